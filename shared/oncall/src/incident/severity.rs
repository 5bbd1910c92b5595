//! How bad it is, and whether that can wait.

/// How bad an incident is, as its source says; from the least to the worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// For information.
    Info,
    /// Something may become a problem.
    Warning,
    /// Something does not work.
    Error,
    /// Something important does not work.
    Critical,
}

/// Which of a person's notification rules count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Urgency {
    /// It can wait.
    Low,
    /// It cannot.
    High,
}

impl Severity {
    /// The urgency of something so bad.
    pub fn urgency(self) -> Urgency {
        match self {
            Self::Info | Self::Warning => Urgency::Low,
            Self::Error | Self::Critical => Urgency::High,
        }
    }
}
