//! What a Dial records of the two people whom it joins.
use std::time::Duration;

use super::{
    Control,
    progress::tell,
    recorded::{Callback, PROCESSING},
};
use crate::{
    fetch::Fetched,
    ledger::{Charge, Item, minutes},
    options::DialRecording,
    recording::{Recording, Source},
    twiml::Element,
};

/// The moments at which a tape may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Ringing,
    PickedUp,
    Bridged,
}

/// What a Dial records, from its moment on.
pub(super) struct Tape {
    begins: Option<Moment>,
    channels: u8,
    callback: Option<Callback>,
    running: Option<Recording>,
}

impl Control {
    /// As the verb says. When an answer is, if the one who answers is screened first, is not documented.
    pub(super) fn tape(&self, verb: &Element, doc: &Fetched) -> Tape {
        let record = verb.get("record").unwrap_or("do-not-record");
        let answer = match self.engine.options.variants.dial_recording {
            DialRecording::FromPickup => Moment::PickedUp,
            DialRecording::FromBridge => Moment::Bridged,
        };
        let begins = match record.trim_end_matches("-dual") {
            "record-from-answer" | "true" => Some(answer),
            "record-from-ringing" => Some(Moment::Ringing),
            _ => None,
        };
        let url = verb.get("recordingStatusCallback").and_then(|reference| self.link(doc, reference));
        let channels = if record.ends_with("-dual") { 2 } else { 1 };
        Tape { begins, channels, callback: Callback::of(verb, url), running: None }
    }

    /// Begins to record, if this is the tape's moment.
    pub(super) fn reach(&self, tape: &mut Tape, moment: Moment) {
        if tape.begins != Some(moment) || tape.running.is_some() {
            return;
        }
        let recording = self.engine.change(|w| Recording {
            sid: w.sids.make("RE"),
            call: self.sid.clone(),
            started: w.now,
            seconds: 0,
            source: Source::DialVerb,
            channels: tape.channels,
            words: String::new(),
            ready: false,
        });
        self.tell_of(tape, "in-progress", &recording);
        tape.running = Some(recording);
    }

    /// The Dial is over: what was recorded is kept, and paid for. Says where it will be.
    pub(super) fn wind_up(&self, tape: &mut Tape) -> Option<String> {
        let mut recording = tape.running.take()?;
        let spent = self.engine.clock.now().saturating_sub(recording.started);
        recording.seconds = spent.as_secs() + u64::from(spent > Duration::from_secs(spent.as_secs()));
        if recording.seconds == 0 {
            self.tell_of(tape, "absent", &recording);
            return None;
        }
        self.engine.change(|w| {
            let account = w.account_of_leg(&self.sid);
            let minutes = minutes(recording.seconds);
            w.charge(Charge::minutes(w.now, &account, &self.sid, Item::RecordingMinutes, minutes));
            w.recordings.insert(recording.sid.clone(), recording.clone());
        });
        let request =
            tape.callback.as_ref().and_then(|callback| self.recording_callback(callback, "completed", &recording));
        self.later(PROCESSING, Some(recording.sid.clone()), request);
        Some(self.recording_url(&recording.sid))
    }

    fn tell_of(&self, tape: &Tape, event: &str, recording: &Recording) {
        let request = tape.callback.as_ref().and_then(|callback| self.recording_callback(callback, event, recording));
        if let Some(request) = request {
            tell(&self.engine, request);
        }
    }
}
