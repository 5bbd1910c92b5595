//! The whole life of the legs that no Dial places: a caller's, and one that REST asked for.
use std::{sync::Arc, time::Duration};

use super::{Control, Role, finish};
use crate::{
    engine::Engine,
    fetch::Document,
    leg::{CallStatus, Direction, Stop},
    transcript::Event,
    twiml::StatusCallback,
};

/// A caller dials a number. The leg's identifier.
pub(crate) fn inbound(engine: &Arc<Engine>, from: &str, to: &str) -> String {
    let (sid, document) = engine.change(|w| {
        let sid = w.add_leg(None, Direction::Inbound, from, to);
        w.note(&sid, Event::Dials(to.to_owned()));
        let number = w.numbers.get(to).cloned();
        let Some(leg) = w.legs.get_mut(&sid) else {
            return (sid, None);
        };
        leg.status = CallStatus::Ringing;
        let Some(number) = number else {
            return (sid, None);
        };
        leg.fallback = Some((number.get("VoiceFallbackUrl").to_owned(), number.get("VoiceFallbackMethod").to_owned()));
        if !number.get("StatusCallback").is_empty() {
            leg.callback = Some(StatusCallback {
                url: number.get("StatusCallback").to_owned(),
                method: number.get("StatusCallbackMethod").to_owned(),
                events: vec!["completed".to_owned()],
                progress: false,
            });
        }
        (sid, Some(Document::url(number.voice_webhook(), number.get("VoiceMethod"))))
    });
    let control = Control::new(engine, &sid);
    engine.spawn(async move {
        let Some(document) = document else {
            let text = "The number you have dialed is not in service".to_owned();
            control.engine.change(|w| {
                w.note(&control.sid, Event::Hears { text, cut: false });
            });
            return finish(&control.engine, &control.sid, CallStatus::Failed);
        };
        control.live(document).await;
    });
    sid
}

/// A leg that REST asked for: it waits for its turn, rings, and executes the document once answered.
pub(crate) fn outbound(engine: &Arc<Engine>, sid: &str, starts: Duration, timeout: Duration, document: Document) {
    let control = Control::new(engine, sid);
    engine.spawn(async move {
        let turn = control.engine.observe(Some(starts), |w| w.legs.get(&control.sid)?.stop.clone());
        if turn.await.is_ok() {
            return finish(&control.engine, &control.sid, CallStatus::Canceled);
        }
        let give_up = control.clone();
        control.engine.spawn(async move {
            let engine = &give_up.engine;
            let late = engine.clock.now() + timeout;
            let rings = engine.observe(Some(late), |w| {
                let leg = w.legs.get(&give_up.sid)?;
                (leg.answered.is_some() || leg.status.is_over()).then_some(())
            });
            if rings.await.is_err() {
                engine.change(|w| w.stop(&give_up.sid, Stop::Ended(CallStatus::NoAnswer)));
            }
        });
        match control.ring().await {
            Ok(None) => control.live(document).await,
            Ok(Some(status)) | Err(Stop::Ended(status)) => {
                finish(&control.engine, &control.sid, status);
            }
            Err(_) => finish(&control.engine, &control.sid, CallStatus::Completed),
        }
    });
}

impl Control {
    /// Executes documents until the leg is over.
    async fn live(&self, document: Document) {
        let status = match self.run(Role::Call, document).await {
            Ok(()) => {
                self.answer();
                CallStatus::Completed
            }
            Err(Stop::Ended(status)) => status,
            Err(_) if self.status() == CallStatus::Ringing => CallStatus::Canceled,
            Err(_) => CallStatus::Completed,
        };
        finish(&self.engine, &self.sid, status);
    }
}
