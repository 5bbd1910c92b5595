/// How Twilio asks a URL; with `POST` unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The parameters go into the query; the answer may come from a cache.
    Get,
    /// The parameters are a form.
    Post,
}

impl Method {
    /// Twilio's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}
