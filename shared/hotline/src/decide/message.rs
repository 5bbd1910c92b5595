//! Messages that callers leave.

use oncall::{Message, Stage, Transcript};
use pipeline::CallKind;
use words::Prompt;

use super::Scene;
use crate::{reply::Reply, step::Recording};

/// How often a caller is asked for a message.
const MESSAGE_ASKINGS: u8 = 2;

impl Scene<'_> {
    /// Asks for a message.
    pub(super) fn take_message(&mut self, says: Vec<String>) -> Reply {
        self.call.leave_message(self.now);
        self.call.service = self.service().map(|service| service.id.clone());
        self.ask_for_message(1, says)
    }

    /// Asks for a message, or says that the team is told, on a line without voicemail.
    pub(super) fn take_message_or_tell(&mut self, mut says: Vec<String>) -> Reply {
        if self.line().voicemail.enabled {
            return self.take_message(says);
        }
        self.call.leave_message(self.now);
        says.push(self.say(Prompt::TeamTold));
        Reply::Goodbye { says }
    }

    fn ask_for_message(&self, asking: u8, mut says: Vec<String>) -> Reply {
        says.push(self.say(Prompt::LeaveMessage));
        let voicemail = &self.line().voicemail;
        Reply::TakeMessage { asking, says, max_seconds: voicemail.max_seconds, transcribe: voicemail.transcribe }
    }

    pub(super) fn recorded(&mut self, asking: u8, recording: Option<&Recording>, caller_gone: bool) -> Reply {
        let recording = recording.filter(|recording| recording.seconds != Some(0));
        if let Some(recording) = recording {
            self.keep(recording);
        }
        if caller_gone {
            return Reply::Nothing;
        }
        if self.call.message.as_ref().is_some_and(Message::was_left) {
            return Reply::Goodbye { says: vec![self.say(Prompt::MessageTaken)] };
        }
        let empty = self.say(Prompt::MessageEmpty);
        if asking < MESSAGE_ASKINGS {
            return self.ask_for_message(asking + 1, vec![empty]);
        }
        Reply::Goodbye { says: vec![empty, self.say(Prompt::TeamTold)] }
    }

    pub(super) fn stored(&mut self, recording: &Recording) -> Reply {
        if recording.seconds != Some(0) {
            self.keep(recording);
        }
        Reply::Nothing
    }

    /// Keeps what is known of a recording. The first news of it is what the team is told.
    fn keep(&mut self, recording: &Recording) {
        if self.call.stage == Stage::Menu {
            self.call.leave_message(self.now);
        }
        let message = self.call.message.get_or_insert_with(Message::default);
        if message.recording.is_none() {
            message.recording = Some(recording.sid.clone());
            self.happening = Some(CallKind::Message);
        }
        message.seconds = message.seconds.or(recording.seconds);
    }

    pub(super) fn transcribed(&mut self, transcript: &Transcript) -> Reply {
        let message = self.call.message.get_or_insert_with(Message::default);
        if message.transcript == Transcript::None && *transcript != Transcript::None {
            message.transcript = transcript.clone();
            self.happening = Some(CallKind::Transcribed);
        }
        Reply::Nothing
    }
}
