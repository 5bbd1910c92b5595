//! What visitors do, one story a file.

mod every_page;
mod signing_in;

use std::pin::Pin;

use crate::tab::Tab;

/// A story, told in a browser of its own on a stack of its own.
pub(crate) type Story = fn(Tab) -> Pin<Box<dyn Future<Output = ()>>>;

/// All of them. One whose name has `from nothing` in it begins with an empty organisation.
pub(crate) const ALL: [(&str, Story); 2] = [
    ("signing in and out", |tab| Box::pin(signing_in::tell(tab))),
    ("every page", |tab| Box::pin(every_page::tell(tab))),
];
