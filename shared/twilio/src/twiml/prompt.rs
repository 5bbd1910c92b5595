use super::{Voice, document::Document, speech};

/// The inside of a `<Gather>`: words, sounds and silence, all cut short at the first key.
pub struct Prompt {
    pub(super) document: Document,
}

impl Prompt {
    /// Speaks a text.
    #[must_use]
    pub fn say(self, voice: &Voice, text: impl AsRef<str>) -> Self {
        self.say_times(voice, 1, text)
    }

    /// Speaks a text several times, at least once and at most 1000 times.
    #[must_use]
    pub fn say_times(mut self, voice: &Voice, times: u16, text: impl AsRef<str>) -> Self {
        self.document.say(voice, times, text.as_ref());
        self
    }

    /// Plays the audio file at a URL.
    #[must_use]
    pub fn play(self, url: impl AsRef<str>) -> Self {
        self.play_times(1, url)
    }

    /// Plays the audio file at a URL several times, at least once and at most 1000 times.
    #[must_use]
    pub fn play_times(mut self, times: u16, url: impl AsRef<str>) -> Self {
        self.document.play(times, url.as_ref());
        self
    }

    /// Is silent for some seconds, at least one.
    #[must_use]
    pub fn pause(mut self, seconds: u16) -> Self {
        self.document.pause(seconds);
        self
    }
}

impl Document {
    pub(super) fn say(&mut self, voice: &Voice, times: u16, text: &str) {
        let (name, language) = voice.name_and_language();
        let say = |document: &mut Self, repeat: Option<u16>, part: &str| {
            document.prompt(|document| {
                document.element(
                    "Say",
                    |attributes| {
                        attributes.text("voice", name);
                        attributes.text("language", language);
                        attributes.plain("loop", repeat);
                    },
                    |document| document.text(part),
                );
            })
        };
        let times = times.clamp(1, 1_000);
        let mut parts = speech::parts(text).peekable();
        let Some(first) = parts.next() else { return };
        if parts.peek().is_none() {
            say(self, (times > 1).then_some(times), first);
            return;
        }
        // several parts are repeated as a whole
        for _ in 0..times {
            if !speech::parts(text).all(|part| say(self, None, part)) {
                return;
            }
        }
    }

    pub(super) fn play(&mut self, times: u16, url: &str) {
        let repeat = Some(times.clamp(1, 1_000)).filter(|times| *times > 1);
        self.prompt(|document| {
            let repeated = |attributes: &mut super::document::Attributes<'_>| {
                attributes.plain("loop", repeat);
            };
            document.element("Play", repeated, |document| document.text(url));
        });
    }

    pub(super) fn pause(&mut self, seconds: u16) {
        self.prompt(|document| {
            document.empty("Pause", |attributes| attributes.plain("length", Some(seconds.max(1))));
        });
    }
}
