//! Requests that do something.
use std::{sync::Arc, time::Duration};

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::{Named, Shared, json_answer, ok, read, unknown};
use crate::{
    act::{is_e164, leg_tasks, speak_time},
    clock::Pace,
    engine::Engine,
    person,
    phone::{Behaviour, Pickup, Press, When},
};

/// When and what keys are pressed; without a condition, when a Gather waits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PressForm {
    keys: String,
    after_hearing: Option<String>,
    after_seconds: Option<f64>,
}

impl From<PressForm> for Press {
    fn from(form: PressForm) -> Self {
        let when = match (form.after_hearing, form.after_seconds) {
            (Some(words), _) => When::Heard(words),
            (None, Some(seconds)) => When::After(Duration::from_secs_f64(seconds.clamp(0.0, 1e6))),
            (None, None) => When::Asked,
        };
        Self { when, keys: form.keys }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Does {
    Answers,
    Voicemail,
    Declines,
    Busy,
    Unreachable,
    RingsOut,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BehaviourForm {
    does: Does,
    #[serde(default)]
    after: u64,
    #[serde(default)]
    press: Vec<PressForm>,
    talks_for: Option<u64>,
    hangs_up_after: Option<u64>,
}

impl From<BehaviourForm> for Behaviour {
    fn from(form: BehaviourForm) -> Self {
        let after = Duration::from_secs(form.after);
        let mailbox = matches!(form.does, Does::Voicemail);
        Self {
            pickup: match form.does {
                Does::Answers | Does::Voicemail => Pickup::After(after),
                Does::Declines => Pickup::Declined(after),
                Does::Busy => Pickup::Busy,
                Does::Unreachable => Pickup::Unreachable,
                Does::RingsOut => Pickup::Never,
            },
            keys: form.press.into_iter().map(Press::from).collect(),
            talks_for: form.talks_for.map(Duration::from_secs),
            hangs_up_after: form.hangs_up_after.or(mailbox.then_some(30)).map(Duration::from_secs),
        }
    }
}

pub(super) async fn behave(engine: Shared, number: Named, body: String) -> Response {
    let (State(engine), axum::extract::Path(number)) = (engine, number);
    let forms: Vec<BehaviourForm> = match read(&body) {
        Ok(forms) => forms,
        Err(refusal) => return refusal,
    };
    engine.change(|w| {
        let phone = w.phones.entry(number).or_default();
        phone.script = forms.into_iter().map(Behaviour::from).collect();
    });
    ok(&json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaceForm {
    speed: Option<f64>,
    #[serde(default)]
    fast: bool,
}

pub(super) async fn pace(State(engine): Shared, body: String) -> Response {
    match read::<PaceForm>(&body) {
        Ok(form) => {
            set_pace(&engine, form.speed, form.fast);
            ok(&json!({}))
        }
        Err(refusal) => refusal,
    }
}

fn set_pace(engine: &Arc<Engine>, speed: Option<f64>, fast: bool) {
    if engine.clock.pace() == Pace::Driven {
        return;
    }
    match (fast, speed) {
        (true, _) => engine.clock.set_pace(Pace::Fast),
        (false, Some(speed)) => engine.clock.set_pace(Pace::Speed(speed.clamp(0.01, 1e6))),
        (false, None) => return,
    }
    engine.ready.notify.notify_waiters();
    engine.ready.notify.notify_one();
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CallForm {
    from: String,
    to: String,
    #[serde(default)]
    press: Vec<PressForm>,
    /// Said when a recording starts.
    says: Option<String>,
    talks_for: Option<u64>,
    hangs_up_after: Option<u64>,
    speed: Option<f64>,
    #[serde(default)]
    fast: bool,
}

pub(super) async fn place(State(engine): Shared, body: String) -> Response {
    let form: CallForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    if !engine.read(|w| w.numbers.contains_key(&form.to)) {
        return unknown("number of the account");
    }
    if form.from.starts_with('+') && !is_e164(&form.from) {
        let error = json!({ "error": "from is neither a phone number nor a word for a withheld one" });
        return json_answer(StatusCode::BAD_REQUEST, &error);
    }
    set_pace(&engine, form.speed, form.fast);
    let sid = leg_tasks::inbound(&engine, &form.from, &form.to);
    let behaviour = Behaviour {
        pickup: Pickup::Never,
        keys: form.press.into_iter().map(Press::from).collect(),
        talks_for: form.talks_for.map(Duration::from_secs),
        hangs_up_after: form.hangs_up_after.map(Duration::from_secs),
    };
    person::act(&engine, &sid, behaviour);
    if let Some(words) = form.says {
        person::say_after_the_beep(&engine, &sid, words);
    }
    json_answer(StatusCode::CREATED, &json!({ "call": sid }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeysForm {
    keys: String,
}

pub(super) async fn keys(State(engine): Shared, sid: Named, body: String) -> Response {
    let axum::extract::Path(sid) = sid;
    let form: KeysForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    on_leg(&engine, &sid, || {
        for key in form.keys.chars() {
            engine.change(|w| person::press_key(w, &sid, key));
        }
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaysForm {
    words: String,
}

pub(super) async fn says(State(engine): Shared, sid: Named, body: String) -> Response {
    let axum::extract::Path(sid) = sid;
    let form: SaysForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    on_leg(&engine, &sid, || {
        let time = speak_time(&form.words);
        engine.change(|w| person::say(w, &sid, &form.words, time));
    })
}

pub(super) async fn hang_up(State(engine): Shared, sid: Named) -> Response {
    let axum::extract::Path(sid) = sid;
    on_leg(&engine, &sid, || engine.change(|w| w.hang_up(&sid)))
}

fn on_leg(engine: &Engine, sid: &str, act: impl FnOnce()) -> Response {
    if !engine.read(|w| w.legs.contains_key(sid)) {
        return unknown("call");
    }
    act();
    ok(&json!({}))
}
