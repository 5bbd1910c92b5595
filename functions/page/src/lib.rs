//! What a responder hears: the page that rings them, and the desk that they reach by calling a line.
//!
//! A page is a call that `notify` places; its document, its keys and its end come here. At the desk a responder hears
//! the open alerts one by one, and does with them what a page offers. Both change incidents by a [`carrier::Carrier`],
//! and neither can spend: what follows from a key is left to whoever sends.
//!
//! 1. [`Route`]: the path, from a closed list; the gate has verified its form.
//! 2. `page` and `desk`: what is read, what a key does, and what is said then: a `Said`.
//! 3. `document`: the `Said` as TwiML.
//!
//! If 2 takes too long, `degraded` says something that still leads on. The incident's own timers carry on meanwhile.

mod app;
mod callback;
mod degraded;
mod desk;
mod document;
mod ended;
mod handler;
mod listener;
mod page;
mod reporter;
mod roll;
mod route;
mod said;
mod settings;

pub use app::App;
pub use handler::router;
pub use route::Route;
pub use settings::Settings;

/// What we call ourselves.
const APP: &str = "Dutyline";
