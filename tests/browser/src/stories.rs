//! What visitors do, one story a file.

mod every_page;
mod first_steps;
mod incident;
mod line;
mod purchase;
mod schedule;
mod signing_in;
mod softphone;

use std::pin::Pin;

use crate::tab::Tab;

/// A story, told in a browser of its own on a stack of its own.
pub(crate) type Story = fn(Tab) -> Pin<Box<dyn Future<Output = ()>>>;

/// The story that begins with nothing, and is told on a phone alone.
pub(crate) const FROM_NOTHING: &str = "first steps";

/// All of them.
pub(crate) const ALL: [(&str, Story); 8] = [
    ("signing in and out", |tab| Box::pin(signing_in::tell(tab))),
    (FROM_NOTHING, |tab| Box::pin(first_steps::tell(tab))),
    ("buying a number", |tab| Box::pin(purchase::tell(tab))),
    ("configuring a line", |tab| Box::pin(line::tell(tab))),
    ("a schedule", |tab| Box::pin(schedule::tell(tab))),
    ("trying a call", |tab| Box::pin(softphone::tell(tab))),
    ("an incident", |tab| Box::pin(incident::tell(tab))),
    ("every page", |tab| Box::pin(every_page::tell(tab))),
];
