/// A step of a dialled leg that its status callback is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegEvent {
    /// It was placed.
    Initiated,
    /// It rings.
    Ringing,
    /// Somebody or something answered.
    Answered,
    /// It is over, however it ended.
    Completed,
}

/// A step of a recording that its status callback is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordingEvent {
    /// It has begun.
    InProgress,
    /// It can be fetched.
    Completed,
    /// There is nothing.
    Absent,
}

/// An event in Twilio's word.
pub(super) trait Word: Copy {
    fn word(self) -> &'static str;
}

impl LegEvent {
    /// Twilio's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Initiated => "initiated",
            Self::Ringing => "ringing",
            Self::Answered => "answered",
            Self::Completed => "completed",
        }
    }
}

impl Word for LegEvent {
    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Word for RecordingEvent {
    fn word(self) -> &'static str {
        match self {
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Absent => "absent",
        }
    }
}

/// The events with spaces between them. `None` for none: Twilio then tells of `completed` alone.
pub(super) fn list(events: &[impl Word]) -> Option<String> {
    let words: Vec<&str> = events.iter().map(|event| event.word()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}
