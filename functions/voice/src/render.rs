//! Writes a reply as TwiML: which verbs, which attributes, which URLs.

use entry::PublicUrl;
use hotline::{Reply, Ring, patience};
use oncall::LineId;
use twilio::twiml::{
    Dial, DialRecording, Gather, LegEvent, Number, Record, RecordingEvent, RejectReason, Response, Twiml, Voice,
};

use crate::{degraded::Detour, route::Route};

/// How long we wait before we ask again what could not be answered in time, seconds.
const AGAIN_SECONDS: u16 = 2;

/// Where a reply is given, and in which voice.
pub(crate) struct Studio<'a> {
    pub public_url: &'a PublicUrl,
    pub voice: Voice,
    /// The line, if it is known; without it no responder can be asked.
    pub line: Option<&'a LineId>,
}

impl Studio<'_> {
    /// The document. A callback, too, is answered with one: an empty one.
    pub(crate) fn write(&self, detour: &Detour) -> Twiml {
        match detour {
            Detour::Reply(reply) => self.reply(reply),
            Detour::OneMoment { says, again } => self.ask(says, AGAIN_SECONDS, again),
        }
    }

    fn reply(&self, reply: &Reply) -> Twiml {
        match reply {
            Reply::Nothing => Response::new().end(),
            Reply::Reject => Response::reject(RejectReason::Busy),
            Reply::Goodbye { says } => self.say(says).hangup(),
            Reply::Offer { says } => self.ask(says, patience::OFFER, &Route::Offered),
            Reply::Desk => match self.line {
                Some(line) => Response::new().redirect(self.public_url.join(&format!("/voice/desk/{line}"))),
                None => Response::new().hangup(),
            },
            Reply::Menu { asking, says } => self.ask(says, patience::MENU, &Route::Menu { asking: *asking }),
            Reply::Ring(ring) => self.ring(ring),
            Reply::TakeMessage { asking, says, max_seconds, transcribe } => {
                self.take_message(*asking, says, *max_seconds, *transcribe)
            }
            Reply::Screen { attempt, asking, says } => match self.line {
                Some(line) => {
                    let answered = Route::Answered { line: line.clone(), attempt: *attempt, asking: *asking };
                    self.ask(says, patience::SCREEN, &answered)
                }
                None => self.say(says).hangup(),
            },
            Reply::Bridge { says } => self.say(says).end(),
        }
    }

    fn url(&self, route: &Route) -> String {
        self.public_url.join(&route.to_string())
    }

    fn say(&self, says: &[String]) -> Response {
        says.iter().fold(Response::new(), |response, text| response.say(&self.voice, text))
    }

    /// One key, and the same question is answered whether it comes or not. `#` is a key like the others.
    fn key(seconds: u16) -> Gather<'static> {
        Gather::keys(1).finish_on_key("").timeout(seconds)
    }

    fn ask(&self, says: &[String], seconds: u16, route: &Route) -> Twiml {
        let gather = Self::key(seconds).action_on_empty_result().action(self.url(route));
        let asked = Response::new()
            .gather(gather, |prompt| says.iter().fold(prompt, |prompt, text| prompt.say(&self.voice, text)));
        // Twilio asks the action without a key too; should it ever not, the caller is not left in silence, and
        // a mailbox is not connected
        if route.is_responders() { asked.hangup() } else { asked.redirect(self.url(route)) }
    }

    fn ring(&self, ring: &Ring) -> Twiml {
        let attempt = ring.attempt;
        let response = if ring.offers_message {
            let gather = Self::key(patience::BETWEEN).action(self.url(&Route::Between { attempt }));
            Response::new()
                .gather(gather, |prompt| ring.says.iter().fold(prompt, |prompt, text| prompt.say(&self.voice, text)))
        } else {
            self.say(&ring.says)
        };
        let mut number = Number::new(&ring.to);
        if let Some(line) = self.line {
            number = number.url(self.url(&Route::Screen { line: line.clone(), attempt })).status_callback(
                self.url(&Route::Leg { line: line.clone(), attempt }),
                &[LegEvent::Initiated, LegEvent::Completed],
            );
        }
        let mut dial = Dial::to(number).timeout(ring.ring_seconds).caller_id(&ring.caller_id);
        if ring.recorded {
            let stored = self.url(&Route::Talk { attempt });
            dial = dial
                .record(DialRecording::FromAnswerDual)
                .recording_status_callback(stored, &[RecordingEvent::Completed]);
        }
        response.dial(dial.action(self.url(&Route::Dialled { attempt })))
    }

    fn take_message(&self, asking: u8, says: &[String], max_seconds: u16, transcribe: bool) -> Twiml {
        let recorded = self.url(&Route::Recorded { asking });
        let mut record =
            Record::new().max_length(max_seconds.into()).timeout(patience::MESSAGE_SILENCE).finish_on_key("#");
        if let Some(line) = self.line {
            let stored = self.url(&Route::Recording { line: line.clone() });
            record = record.recording_status_callback(stored, &[RecordingEvent::Completed]);
        }
        if transcribe {
            record = record.transcribe(self.url(&Route::Transcribed));
        }
        // where Twilio makes no request for an empty recording, it goes on to the redirect
        self.say(says).record(record.action(recorded.as_str())).redirect(&recorded)
    }
}
