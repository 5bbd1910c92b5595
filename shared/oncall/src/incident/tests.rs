//! Incidents, step after step.

mod answers;
mod bounds;
mod climbing;
mod deliveries;
mod handing_over;
mod order_of_events;
mod people;
mod promises;
mod several;
mod story;
