//! The Messages resource.
use std::{cmp::Reverse, sync::Arc};

use serde_json::{Value, json};

use super::{Ask, Reply, page::page, violation};
use crate::{
    act::{is_e164, text},
    engine::Engine,
    instant,
    media::Attachment,
    message::{self, Draft, Message, Sender, Texting},
    world::World,
};

/// The longest text.
const LONGEST: usize = 1600;
/// Parameters that would be lost silently.
const BEYOND: [&str; 6] =
    ["ApplicationSid", "ContentSid", "ContentVariables", "FallbackFrom", "ScheduleType", "SendAt"];

pub(super) fn list(world: &World, ask: &Ask) -> Reply {
    let wanted = |name: &str, value: &str| ask.given(name).is_none_or(|wanted| wanted == value);
    let day = |text: &Message| text.sent.map(instant::rfc3339).unwrap_or_default();
    let chosen = world.messages.values().filter(|text| {
        text.account == ask.account
            && wanted("To", &text.to)
            && wanted("From", &text.from)
            && ask.given("DateSent").is_none_or(|date| day(text).starts_with(date.get(..10).unwrap_or(date)))
            && ask.given("DateSent>").is_none_or(|date| day(text).as_str() >= date)
            && ask.given("DateSent<").is_none_or(|date| day(text).as_str() <= date)
    });
    let mut newest_first: Vec<&Message> = chosen.collect();
    newest_first.sort_by_key(|text| Reverse(text.sid.get(2..)));
    page(ask, "messages", newest_first.into_iter().map(view).collect())
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
        let draft = draft(w, ask);
        let sid = w.add_message(draft);
        let view = w.messages.get(&sid).map(view).unwrap_or_default();
        Ok((sid, view))
    });
    match taken {
        Ok((sid, view)) => {
            text::deliver(engine, &sid);
            Reply::json(201, view)
        }
        Err(refusal) => refusal,
    }
}

fn draft(world: &mut World, ask: &Ask) -> Draft {
    let text = |name: &str| ask.get(name).unwrap_or_default().to_owned();
    let sources = ask.params.iter().filter(|(name, _)| name == "MediaUrl");
    Draft {
        account: ask.account.clone(),
        sender: Sender::Api,
        from: text("From"),
        to: text("To"),
        body: text("Body"),
        media: sources.map(|(_, source)| world.media(source, Attachment::new("", ""))).collect(),
        callback: ask.given("StatusCallback").map(str::to_owned),
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
        "direction": text.sender.as_str(),
        "error_code": text.error,
        "error_message": text.error.map(message::sentence),
        "from": text.from,
        "messaging_service_sid": null,
        "num_media": text.media.len().to_string(),
        "num_segments": text.segments.to_string(),
        "price": text.sent.map(|_| format!("-{}", text.price())),
        "price_unit": "USD",
        "status": text.status.as_str(),
        "subresource_uris": { "media": format!("{uri}/Media.json") },
        "to": text.to,
        "uri": format!("{uri}.json"),
    })
}
