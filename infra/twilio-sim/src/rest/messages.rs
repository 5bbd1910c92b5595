//! The Messages resource.
use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use super::{Ask, Reply, page::page, violation};
use crate::{
    act::{is_e164, text},
    engine::Engine,
    instant,
    message::{self, Message, MessageStatus, Texting},
    segments::segments,
    world::World,
};

/// The longest text.
const LONGEST: usize = 1600;
/// A number sends one text a second.
const BETWEEN_TEXTS: Duration = Duration::from_secs(1);
/// Parameters that would be lost silently.
const BEYOND: [&str; 6] =
    ["ApplicationSid", "ContentSid", "ContentVariables", "FallbackFrom", "ScheduleType", "SendAt"];

pub(super) fn list(world: &World, ask: &Ask) -> Reply {
    let wanted = |name: &str, value: &str| ask.given(name).is_none_or(|wanted| wanted == value);
    let day = |text: &Message| text.sent.map(instant::rfc3339).unwrap_or_default();
    let newest_first = world.messages.values().rev();
    let chosen = newest_first.filter(|text| {
        text.account == ask.account
            && wanted("To", &text.to)
            && wanted("From", &text.from)
            && ask.given("DateSent").is_none_or(|date| day(text).starts_with(date.get(..10).unwrap_or(date)))
            && ask.given("DateSent>").is_none_or(|date| day(text).as_str() >= date)
            && ask.given("DateSent<").is_none_or(|date| day(text).as_str() <= date)
    });
    page(ask, "messages", chosen.map(view).collect())
}

pub(super) fn fetch(world: &World, ask: &Ask, sid: &str) -> Reply {
    match world.messages.get(sid).filter(|text| text.account == ask.account) {
        Some(text) => Reply::json(200, view(text)),
        None => Reply::not_found(&ask.path),
    }
}

/// Takes a text; it is sent when its turn comes.
pub(super) fn create(engine: &Arc<Engine>, ask: &Ask) -> Reply {
    for name in BEYOND.iter().filter(|name| ask.get(name).is_some()) {
        violation(engine, &ask.uri, &format!("{name} is beyond the simulator"));
    }
    let taken = engine.change(|w| {
        refusal(w, ask)?;
        let message = message(w, ask);
        w.messages.insert(message.sid.clone(), message.clone());
        Ok(message)
    });
    match taken {
        Ok(message) => {
            text::deliver(engine, &message.sid);
            Reply::json(201, view(&message))
        }
        Err(refusal) => refusal,
    }
}

fn message(world: &mut World, ask: &Ask) -> Message {
    let text = |name: &str| ask.get(name).unwrap_or_default().to_owned();
    let (from, body) = (text("From"), text("Body"));
    let media = ask.params.iter().filter(|(name, _)| name == "MediaUrl").count();
    let before = world.messages.values().filter(|text| text.from == from).map(|text| text.starts + BETWEEN_TEXTS).max();
    Message {
        sid: world.sids.make(if media > 0 { "MM" } else { "SM" }),
        account: ask.account.clone(),
        from,
        to: text("To"),
        segments: segments(&body),
        body,
        media,
        status: MessageStatus::Queued,
        error: None,
        callback: ask.given("StatusCallback").map(str::to_owned),
        created: world.now,
        starts: before.unwrap_or_default().max(world.now),
        sent: None,
        updated: world.now,
    }
}

/// Why Twilio takes no such text.
fn refusal(world: &World, ask: &Ask) -> Result<(), Reply> {
    let refused = |code, message: &str| Err(Reply::error(400, code, message));
    let to = ask.get("To").unwrap_or_default();
    if !is_e164(to) {
        return refused(21211, &format!("Invalid 'To' Phone Number: {to}"));
    }
    let Some(from) = ask.given("From") else {
        return match ask.given("MessagingServiceSid") {
            Some(_) => refused(21701, "The Messaging Service does not exist"),
            None => refused(21603, "A 'From' or 'MessagingServiceSid' parameter is required to send a message"),
        };
    };
    if !is_e164(from) {
        return refused(21212, &format!("The 'From' number {from} is not a valid phone number"));
    }
    let number = world.numbers.get(from).filter(|number| number.account == ask.account && number.terms.sms);
    let Some(number) = number else {
        let message = "The 'From' phone number provided is not a valid message-capable Twilio phone number.";
        return refused(21606, message);
    };
    if to == from {
        return refused(21266, "'To' and 'From' number cannot be the same");
    }
    let (body, media) = (ask.get("Body").unwrap_or_default(), ask.given("MediaUrl").is_some());
    if body.is_empty() && !media {
        return refused(21602, "Message body is required.");
    }
    if body.chars().count() > LONGEST {
        return refused(21617, "The concatenated message body exceeds the 1600 character limit");
    }
    if media && !number.terms.mms {
        return refused(21621, "The 'From' number has not been enabled for MMS");
    }
    let validity = ask.given("ValidityPeriod").and_then(|seconds| seconds.parse::<u32>().ok());
    if validity.is_some_and(|seconds| !(1..=36_000).contains(&seconds)) {
        return refused(21624, "Invalid validity period value");
    }
    if world.has_opted_out(to, from) {
        return refused(21610, "Attempt to send to unsubscribed recipient");
    }
    match world.texting(to) {
        Texting::Refused(code) => refused(code, &format!("Texts to {to} are not possible")),
        _ => Ok(()),
    }
}

fn view(text: &Message) -> Value {
    let uri = format!("/2010-04-01/Accounts/{}/Messages/{}", text.account, text.sid);
    json!({
        "sid": text.sid,
        "account_sid": text.account,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": instant::rfc2822(text.created),
        "date_sent": text.sent.map(instant::rfc2822),
        "date_updated": instant::rfc2822(text.updated),
        "direction": "outbound-api",
        "error_code": text.error,
        "error_message": text.error.map(message::sentence),
        "from": text.from,
        "messaging_service_sid": null,
        "num_media": text.media.to_string(),
        "num_segments": text.segments.to_string(),
        "price": text.sent.map(|_| format!("-{}", text.price())),
        "price_unit": "USD",
        "status": text.status.as_str(),
        "subresource_uris": { "media": format!("{uri}/Media.json") },
        "to": text.to,
        "uri": format!("{uri}.json"),
    })
}
