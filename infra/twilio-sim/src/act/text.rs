//! A text on its way: sent, and delivered or not, with a callback for each.
use std::{sync::Arc, time::Duration};

use super::progress::tell;
use crate::{
    engine::Engine,
    journal::Purpose,
    ledger::{Charge, Item},
    message::{self, MessageStatus, Text, Texting},
    options::Receipts,
    send::Request,
};

/// From the turn of a text to its carrier.
const SENDING: Duration = Duration::from_secs(1);
/// From the carrier to the phone.
const DELIVERING: Duration = Duration::from_secs(2);

/// Sends a text when its turn comes.
pub(crate) fn deliver(engine: &Arc<Engine>, sid: &str) {
    let (engine, sid) = (engine.clone(), sid.to_owned());
    engine.clone().spawn(async move {
        turn(&engine, &sid, MessageStatus::Queued, None);
        let starts = engine.read(|w| w.messages.get(&sid).map_or(w.now, |text| text.starts));
        let _ = engine.observe(Some(starts), |_| None::<()>).await;
        turn(&engine, &sid, MessageStatus::Sending, None);
        engine.sleep(SENDING).await;
        let texting = engine.read(|w| w.messages.get(&sid).map(|text| w.texting(&text.to)).unwrap_or_default());
        if let Texting::Failed(code) = texting {
            return turn(&engine, &sid, MessageStatus::Failed, Some(code));
        }
        turn(&engine, &sid, MessageStatus::Sent, None);
        engine.sleep(DELIVERING).await;
        match texting {
            Texting::Undelivered(code) => turn(&engine, &sid, MessageStatus::Undelivered, Some(code)),
            _ => turn(&engine, &sid, MessageStatus::Delivered, None),
        }
    });
}

/// A text's next status: what it costs, who gets it, and the callback.
fn turn(engine: &Arc<Engine>, sid: &str, status: MessageStatus, error: Option<u32>) {
    let request = engine.change(|w| {
        let now = w.now;
        let text = w.messages.get_mut(sid)?;
        (text.status, text.error, text.updated) = (status, error, now);
        if status == MessageStatus::Sent {
            text.sent = Some(now);
        }
        let text = text.clone();
        match status {
            MessageStatus::Sent => {
                w.charge(Charge::priced(now, &text.account, sid, Item::MessageSegments, text.price()));
            }
            MessageStatus::Delivered => {
                let media = text.media.into_iter().map(|media| media.source).collect();
                let arrived = Text { at: now, from: text.from.clone(), body: text.body, sid: text.sid, media };
                w.phones.entry(text.to.clone()).or_default().texts.push(arrived);
            }
            _ => {}
        }
        let settles = !matches!(status, MessageStatus::Queued | MessageStatus::Sending);
        if !settles && engine.options.variants.receipts == Receipts::Settled {
            return None;
        }
        let mut params = engine.options.extra_parameters.clone();
        let mut add = |name: &str, value: &str| params.push((name.to_owned(), value.to_owned()));
        for name in ["MessageSid", "SmsSid"] {
            add(name, sid);
        }
        for name in ["MessageStatus", "SmsStatus"] {
            add(name, status.as_str());
        }
        add("AccountSid", &text.account);
        add("From", &text.from);
        add("To", &text.to);
        add("ApiVersion", "2010-04-01");
        if let Some(code) = error {
            add("ErrorCode", &code.to_string());
            add("ErrorMessage", message::sentence(code));
        }
        let (url, method) = (text.callback?, "POST".to_owned());
        Some(Request { url, method, params, purpose: Purpose::Message, call: None, account: text.account })
    });
    if let Some(request) = request {
        tell(engine, request);
    }
}
