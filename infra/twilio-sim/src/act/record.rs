//! Record: the caller speaks, Twilio keeps it.
use std::time::Duration;

use super::{
    Control, Flow,
    progress::told,
    recorded::{Callback, PROCESSING},
};
use crate::{
    fetch::{About, Document, Fetched, fetch},
    form::Params,
    journal::Purpose,
    ledger::{Charge, Item, minutes},
    leg::{Signal, Stop},
    options::{RecordingCallback, SilentRecording},
    parameters::voice_parameters,
    recording::{Recording, Source},
    send::Request,
    transcript::Event,
    twiml::Element,
};

/// Its transcription follows so long after it ended.
const TRANSCRIBING: Duration = Duration::from_secs(30);
/// What is transcribed, in seconds.
const TRANSCRIBABLE: std::ops::RangeInclusive<u64> = 2..=120;

/// How the listening ended.
struct Take {
    started: Duration,
    digits: String,
    stop: Option<Stop>,
}

impl Control {
    pub(super) async fn record(&self, verb: &Element, doc: &Fetched) -> Result<Flow, Stop> {
        self.answer();
        let reference = verb.get("action").unwrap_or_default();
        let Some(action) = self.link(doc, reference) else {
            return self.broken_link().await;
        };
        let take = self.listen_to_voice(verb).await;
        if let Some(stop @ (Stop::Ended(_) | Stop::Redirected(_))) = take.stop {
            return Err(stop);
        }
        let Some(recording) = self.keep(verb, &take) else {
            return take.stop.map_or(Ok(Flow::On), Err);
        };
        let link = |name: &str| verb.get(name).and_then(|reference| self.link(doc, reference));
        let callback = Callback::of(verb, link("recordingStatusCallback"));
        let callback = callback.and_then(|callback| self.recording_callback(&callback, "completed", &recording));
        let early = self.engine.options.variants.recording_callback == RecordingCallback::BeforeAction;
        if early {
            self.make_ready(&recording.sid);
            if let Some(request) = callback {
                told(&self.engine, request).await;
            }
        } else {
            self.later(PROCESSING, Some(recording.sid.clone()), callback);
        }
        let transcribe = verb.is("transcribe") || verb.get("transcribeCallback").is_some();
        if transcribe {
            self.transcribe(&recording, link("transcribeCallback"));
        }
        let mut extra = Params::new();
        let mut add = |name: &str, value: String| extra.push((name.to_owned(), value));
        add("RecordingUrl", self.recording_url(&recording.sid));
        add("RecordingSid", recording.sid.clone());
        add("RecordingDuration", recording.seconds.to_string());
        add("Digits", take.digits);
        let method = verb.method("method");
        let document = Document::Url { url: action, method: method.to_owned(), extra };
        match take.stop {
            None => Ok(Flow::Goto(document)),
            Some(stop) => {
                // requested, but nobody is left to hear its document
                let _ = fetch(&self.engine, &About::Leg(self.sid.clone()), document).await;
                Err(stop)
            }
        }
    }

    async fn listen_to_voice(&self, verb: &Element) -> Take {
        if verb.get("playBeep").is_none_or(|value| value.eq_ignore_ascii_case("true")) {
            self.engine.change(|w| w.note(&self.sid, Event::Beep));
        }
        self.forget_keys();
        let started = self.engine.clock.now();
        let transcribe = verb.is("transcribe") || verb.get("transcribeCallback").is_some();
        let longest = verb.number("maxLength").unwrap_or(if transcribe { 120 } else { 3600 });
        let silence = Duration::from_secs(verb.number("timeout").unwrap_or(5));
        let keys = verb.get("finishOnKey").unwrap_or("1234567890*#");
        self.engine.change(|w| w.legs.get_mut(&self.sid).map(|leg| leg.asked += 1));
        loop {
            let voice = self.engine.read(|w| w.legs.get(&self.sid).map_or(started, |leg| leg.talks_until));
            let until = (started + Duration::from_secs(longest)).min(voice.max(started) + silence);
            if self.engine.clock.now() >= until {
                return Take { started, digits: String::new(), stop: None };
            }
            match self.next(Some(until)).await {
                Ok(Some(Signal::Key(key))) if keys.contains(key) => {
                    return Take { started, digits: key.to_string(), stop: None };
                }
                Ok(_) => {}
                Err(stop) => {
                    return Take { started, digits: "hangup".to_owned(), stop: Some(stop) };
                }
            }
        }
    }

    /// Files the recording; None when silence is not kept.
    fn keep(&self, verb: &Element, take: &Take) -> Option<Recording> {
        let trimmed = verb.get("trim") != Some("do-not-trim");
        let keep_silence = self.engine.options.variants.silent_recording == SilentRecording::Saved;
        self.engine.change(|w| {
            let now = w.now;
            let leg = w.legs.get(&self.sid)?;
            let words: Vec<_> = leg
                .spoken
                .iter()
                .filter(|(at, words)| *at + super::speak::spoken_time(words) > take.started)
                .map(|(_, words)| words.clone())
                .collect();
            let voice_end = leg.talks_until.min(now);
            let silent = voice_end <= take.started;
            if silent && !keep_silence {
                return None;
            }
            let end = if trimmed && !silent { voice_end } else { now };
            let seconds = end.saturating_sub(take.started).as_secs_f64().ceil() as u64;
            let recording = Recording {
                sid: w.sids.make("RE"),
                call: self.sid.clone(),
                started: take.started,
                seconds,
                source: Source::RecordVerb,
                channels: 1,
                words: words.join(" "),
                ready: false,
            };
            w.recordings.insert(recording.sid.clone(), recording.clone());
            let account = w.account_of_leg(&self.sid);
            w.charge(Charge::minutes(now, &account, &self.sid, Item::RecordingMinutes, minutes(seconds)));
            Some(recording)
        })
    }

    fn transcribe(&self, recording: &Recording, url: Option<String>) {
        let short_or_long = !TRANSCRIBABLE.contains(&recording.seconds);
        let recording_url = self.recording_url(&recording.sid);
        let (account, params) = self.engine.change(|w| {
            let failed = w.transcriptions_fail || short_or_long || recording.words.is_empty();
            let sid = w.sids.make("TR");
            if !failed {
                let account = w.account_of_leg(&self.sid);
                w.charge(Charge::minutes(
                    w.now,
                    &account,
                    &self.sid,
                    Item::TranscriptionMinutes,
                    minutes(recording.seconds),
                ));
            }
            let account = w.account_of_leg(&self.sid);
            let mut params = voice_parameters(w, &self.engine.options, &self.sid);
            let mut add = |name: &str, value: String| params.push((name.to_owned(), value));
            let text = if failed { String::new() } else { recording.words.clone() };
            add("TranscriptionText", text);
            let status = if failed { "failed" } else { "completed" };
            add("TranscriptionStatus", status.to_owned());
            let url = format!("https://api.twilio.com/2010-04-01/Accounts/{account}/Transcriptions/{sid}");
            add("TranscriptionUrl", url);
            add("TranscriptionSid", sid);
            add("RecordingSid", recording.sid.clone());
            add("RecordingUrl", recording_url);
            (account, params)
        });
        let call = Some(self.sid.clone());
        let request = url.map(|url| Request {
            url,
            method: "POST".to_owned(),
            params,
            purpose: Purpose::Transcription,
            call,
            account,
        });
        self.later(TRANSCRIBING, None, request);
    }
}
