//! What Twilio says of a recording, whichever verb made it.
use std::{sync::Arc, time::Duration};

use super::{Control, progress::tell};
use crate::{
    engine::Engine,
    instant,
    journal::Purpose,
    recording::{Recording, Source},
    send::Request,
    twiml::Element,
};

/// A recording can be fetched so long after it ended.
pub(super) const PROCESSING: Duration = Duration::from_secs(2);

/// Who is told of a recording's steps, and of which.
pub(super) struct Callback {
    url: String,
    method: String,
    events: Vec<String>,
}

impl Callback {
    pub(super) fn of(verb: &Element, url: Option<String>) -> Option<Self> {
        let events = verb.get("recordingStatusCallbackEvent").unwrap_or("completed");
        Some(Self {
            url: url?,
            method: verb.method("recordingStatusCallbackMethod").to_owned(),
            events: events.split_whitespace().map(str::to_owned).collect(),
        })
    }
}

impl Control {
    /// What is told of a step, if it is asked for.
    pub(super) fn recording_callback(
        &self,
        callback: &Callback,
        event: &str,
        recording: &Recording,
    ) -> Option<Request> {
        if !callback.events.iter().any(|wanted| wanted == event) {
            return None;
        }
        let account = self.engine.read(|w| w.account_of_leg(&self.sid));
        let track = match recording.source {
            Source::RecordVerb => "inbound",
            Source::DialVerb => "both",
        };
        let mut params = vec![
            ("AccountSid", account.clone()),
            ("CallSid", recording.call.clone()),
            ("RecordingSid", recording.sid.clone()),
            ("RecordingUrl", self.recording_url(&recording.sid)),
            ("RecordingStatus", event.to_owned()),
            ("RecordingChannels", recording.channels.to_string()),
            ("RecordingSource", recording.source.as_str().to_owned()),
            ("RecordingStartTime", instant::rfc2822(recording.started)),
            ("RecordingTrack", track.to_owned()),
            ("ErrorCode", "0".to_owned()),
        ];
        if event == "completed" {
            params.push(("RecordingDuration", recording.seconds.to_string()));
        }
        Some(Request {
            url: callback.url.clone(),
            method: callback.method.clone(),
            params: params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            purpose: Purpose::Recording,
            call: Some(self.sid.clone()),
            account,
        })
    }

    /// Sends a callback after a while, when the recording (if given) can be fetched.
    pub(super) fn later(&self, wait: Duration, ready: Option<String>, request: Option<Request>) {
        let control = self.clone();
        let engine: Arc<Engine> = self.engine.clone();
        self.engine.spawn(async move {
            engine.sleep(wait).await;
            if let Some(sid) = ready {
                control.make_ready(&sid);
            }
            if let Some(request) = request {
                tell(&engine, request);
            }
        });
    }

    pub(super) fn make_ready(&self, sid: &str) {
        self.engine.change(|w| w.recordings.get_mut(sid).map(|recording| recording.ready = true));
    }

    pub(super) fn recording_url(&self, sid: &str) -> String {
        let account = self.engine.read(|w| w.account_of_leg(&self.sid));
        format!("https://api.twilio.com/2010-04-01/Accounts/{account}/Recordings/{sid}")
    }
}
