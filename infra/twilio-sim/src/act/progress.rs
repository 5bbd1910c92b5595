//! Statuses of a leg and who is told of them.
use std::sync::Arc;

use crate::{
    alert::Alert,
    engine::Engine,
    instant,
    journal::Purpose,
    ledger::{Charge, Item, minutes},
    leg::{CallStatus, Direction, Signal},
    parameters::voice_parameters,
    send::{self, Answer, Request},
    transcript::Event,
};

/// Tells the leg's status callback of an event: `initiated`, `ringing`, `answered`, `completed`.
pub(crate) fn progress(engine: &Arc<Engine>, sid: &str, event: &str) {
    let request = engine.change(|w| {
        let mut params = voice_parameters(w, &engine.options, sid);
        let now = w.now;
        let leg = w.legs.get_mut(sid)?;
        let callback = leg.callback.clone().filter(|c| c.events.iter().any(|e| e == event))?;
        let mut add = |name: &str, value: String| params.push((name.to_owned(), value));
        if callback.progress {
            add("Timestamp", instant::rfc2822(now));
            add("CallbackSource", "call-progress-events".to_owned());
            add("SequenceNumber", leg.sequence.to_string());
            leg.sequence += 1;
        }
        if leg.status.is_over() {
            let seconds = leg.seconds(now);
            add("CallDuration", seconds.to_string());
            if leg.direction != Direction::OutboundDial {
                add("Duration", minutes(seconds).to_string());
            }
            if callback.progress {
                add("SipResponseCode", sip(leg.status).to_owned());
            }
        }
        Some(Request {
            url: callback.url,
            method: callback.method,
            params,
            purpose: Purpose::Status,
            call: Some(sid.to_owned()),
            account: leg.account.clone(),
        })
    });
    if let Some(request) = request {
        tell(engine, request);
    }
}

/// Sends a callback whose answer does not matter, on its own.
pub(crate) fn tell(engine: &Arc<Engine>, request: Request) {
    let sender = engine.clone();
    engine.spawn(async move { told(&sender, request).await });
}

/// Sends a callback and waits for its answer; a refusal is Twilio's warning 15003.
pub(crate) async fn told(engine: &Arc<Engine>, request: Request) {
    let (url, call) = (request.url.clone(), request.call.clone());
    let wrong = match send::send(engine, request).await {
        Answer::Got { status, .. } if status < 400 => return,
        Answer::Got { status, .. } => (format!("status {status}"), false),
        Answer::Failed { message, provoked, .. } => (message, provoked),
    };
    engine.change(|w| {
        w.alerts.push(Alert {
            at: w.now,
            code: 15003,
            message: format!("Warning response to a callback URL: {}", wrong.0),
            url,
            call,
            provoked: wrong.1,
        });
    });
}

/// Ends a leg: its status, its bill, its callbacks, and its parent.
pub(crate) fn finish(engine: &Arc<Engine>, sid: &str, status: CallStatus) {
    engine.change(|w| {
        let now = w.now;
        let Some(leg) = w.legs.get_mut(sid) else {
            return;
        };
        leg.status = status;
        leg.ended = Some(now);
        leg.bridged_with = None;
        let (parent, seconds) = (leg.parent.clone(), leg.seconds(now));
        let item = match leg.direction {
            Direction::Inbound => Item::InboundMinutes,
            Direction::OutboundApi | Direction::OutboundDial => Item::OutboundMinutes,
        };
        if seconds > 0 && !leg.rejected {
            let account = leg.account.clone();
            w.charge(Charge::minutes(now, &account, sid, item, minutes(seconds)));
        }
        w.note(sid, Event::Status(status));
        if let Some(parent) = parent.and_then(|parent| w.legs.get_mut(&parent)) {
            parent.mailbox.push_back(Signal::ChildOver(sid.to_owned()));
        }
    });
    progress(engine, sid, "completed");
}

fn sip(status: CallStatus) -> &'static str {
    match status {
        CallStatus::Busy => "486",
        CallStatus::NoAnswer => "480",
        CallStatus::Canceled => "487",
        CallStatus::Failed => "404",
        _ => "200",
    }
}
