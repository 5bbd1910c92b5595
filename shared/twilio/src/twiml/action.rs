use std::borrow::Cow;

/// The verb has no `action` yet.
#[derive(Debug, Clone, Copy)]
pub struct NoAction;

/// The verb's `action`: the URL that Twilio asks for what to do next.
#[derive(Debug, Clone)]
pub struct Action<'a>(pub(super) Cow<'a, str>);
