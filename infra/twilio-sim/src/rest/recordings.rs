//! The Recordings resource.
use serde_json::{Value, json};

use super::{Ask, Reply, access, page::page};
use crate::{instant, recording::Recording, sound::silence, world::World};

pub(super) fn list(world: &World, ask: &Ask) -> Reply {
    let chosen = world
        .recordings
        .values()
        .filter(|recording| is_there(world, ask, recording))
        .filter(|recording| ask.get("CallSid").is_none_or(|wanted| wanted == recording.call));
    page(ask, "recordings", chosen.map(|recording| view(world, recording)).collect())
}

pub(super) fn fetch(world: &World, ask: &Ask, sid: &str) -> Reply {
    match world.recordings.get(sid).filter(|recording| is_there(world, ask, recording)) {
        Some(recording) => Reply::json(200, view(world, recording)),
        None => Reply::not_found(&ask.path),
    }
}

/// The recording itself, as MP3.
pub(super) fn sound(world: &World, ask: &Ask, file: &str) -> Reply {
    let sid = file.trim_end_matches(access::SOUND);
    match world.recordings.get(sid).filter(|recording| is_there(world, ask, recording)) {
        Some(recording) => {
            Reply::file("audio/mpeg", silence(recording.seconds, recording.channels), ask.range.as_deref())
        }
        None => Reply::not_found(&ask.path),
    }
}

pub(super) fn delete(world: &mut World, ask: &Ask, sid: &str) -> Reply {
    if !world.recordings.get(sid).is_some_and(|recording| is_there(world, ask, recording)) {
        return Reply::not_found(&ask.path);
    }
    world.recordings.remove(sid);
    Reply::gone()
}

/// It is the account's, and finished.
fn is_there(world: &World, ask: &Ask, recording: &Recording) -> bool {
    recording.ready && world.account_of_leg(&recording.call) == ask.account
}

fn view(world: &World, recording: &Recording) -> Value {
    let account = world.account_of_leg(&recording.call);
    let uri = format!("/2010-04-01/Accounts/{account}/Recordings/{}", recording.sid);
    let started = instant::rfc2822(recording.started);
    json!({
        "sid": recording.sid,
        "account_sid": account,
        "api_version": "2010-04-01",
        "call_sid": recording.call,
        "channels": recording.channels,
        "conference_sid": null,
        "date_created": started,
        "date_updated": started,
        "duration": recording.seconds.to_string(),
        "encryption_details": null,
        "error_code": null,
        "media_url": format!("https://api.twilio.com{uri}"),
        "price": null,
        "price_unit": "USD",
        "source": recording.source.as_str(),
        "start_time": started,
        "status": "completed",
        "subresource_uris": { "transcriptions": format!("{uri}/Transcriptions.json") },
        "uri": format!("{uri}.json"),
    })
}
