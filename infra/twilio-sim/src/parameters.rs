//! The parameters that every webhook of a call, or of a text, carries.
use crate::{
    engine::Engine,
    form::Params,
    leg::{CallStatus, Stop},
    message::{MessageStatus, Sender},
    opt_out::OptOut,
    options::{OptOutType, Options},
    world::World,
};

/// `CallSid` to `StirVerstat` for a leg, in the state in which it is now.
pub(crate) fn voice_parameters(world: &World, options: &Options, sid: &str) -> Params {
    let Some(leg) = world.legs.get(sid) else {
        return Params::new();
    };
    let mut params = Params::new();
    let mut add = |name: &str, value: &str| params.push((name.to_owned(), value.to_owned()));
    add("CallSid", &leg.sid);
    add("AccountSid", &leg.account);
    add("From", &leg.from);
    add("To", &leg.to);
    add("Caller", &leg.from);
    add("Called", &leg.to);
    // who hung up is gone, even while what Twilio still asks about the call is on its way
    let status = match (&leg.stop, leg.status) {
        (Some(Stop::HungUp), CallStatus::InProgress) => CallStatus::Completed,
        (Some(Stop::HungUp), CallStatus::Ringing) => CallStatus::Canceled,
        (_, status) => status,
    };
    add("CallStatus", status.as_str());
    add("ApiVersion", "2010-04-01");
    add("Direction", leg.direction.as_str());
    if let Some(parent) = &leg.parent {
        add("ParentCallSid", parent);
    }
    for (side, number) in [("From", &leg.from), ("Caller", &leg.from), ("To", &leg.to), ("Called", &leg.to)] {
        for part in ["City", "State", "Zip"] {
            add(&format!("{side}{part}"), "");
        }
        add(&format!("{side}Country"), country(number));
    }
    if leg.from.starts_with("+1") {
        add("StirVerstat", "TN-Validation-Passed-A");
    }
    params.extend(options.extra_parameters.iter().cloned());
    params
}

/// `MessageSid` to `MediaContentTypeN` of a text that came in.
pub(crate) fn text_parameters(world: &World, engine: &Engine, sid: &str) -> Params {
    let Some(text) = world.messages.get(sid).filter(|text| text.sender == Sender::Phone) else {
        return Params::new();
    };
    let mut params = Params::new();
    let mut add = |name: &str, value: &str| params.push((name.to_owned(), value.to_owned()));
    for name in ["MessageSid", "SmsSid", "SmsMessageSid"] {
        add(name, sid);
    }
    add("SmsStatus", MessageStatus::Received.as_str());
    add("AccountSid", &text.account);
    add("From", &text.from);
    add("To", &text.to);
    add("Body", &text.body);
    add("NumSegments", &text.segments.to_string());
    add("NumMedia", &text.media.len().to_string());
    for (index, media) in text.media.iter().enumerate() {
        let account = format!("{}/2010-04-01/Accounts/{}", engine.base_url, text.account);
        add(&format!("MediaUrl{index}"), &format!("{account}/Messages/{sid}/Media/{}", media.sid));
        add(&format!("MediaContentType{index}"), &media.attachment.content_type);
    }
    add("ApiVersion", "2010-04-01");
    for (side, number) in [("From", &text.from), ("To", &text.to)] {
        for part in ["City", "State", "Zip"] {
            add(&format!("{side}{part}"), "");
        }
        add(&format!("{side}Country"), country(number));
    }
    let said = OptOut::of(&text.body).filter(|_| engine.options.variants.opt_out_type == OptOutType::Told);
    if let Some(said) = said {
        add("OptOutType", said.as_str());
    }
    params.extend(engine.options.extra_parameters.iter().cloned());
    params
}

fn country(number: &str) -> &'static str {
    let known = [("+47", "NO"), ("+46", "SE"), ("+45", "DK"), ("+44", "GB"), ("+49", "DE"), ("+1", "US")];
    known.iter().find(|(prefix, _)| number.starts_with(prefix)).map_or("", |(_, country)| country)
}
