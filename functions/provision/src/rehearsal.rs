//! A call that is only played.
//!
//! Each thing that would happen is decided by the crate `hotline`, as for a real call; the call is kept in memory. What
//! stands here is how Twilio and people behave between two decisions. Nobody is called, and nothing is saved.

mod afterwards;
mod ahead;
mod legs;
mod people;
mod play;
mod stage;

use api::{Number, Rehearsal, Rehearsed, RehearsedCaller};
use axum::extract::State;
use hotline::Contact;
use jiff::Timestamp;
use oncall::{CallId, Plan};
use phone::PhoneNumber;

use crate::{
    answer::Shown,
    app::App,
    argument::{Body, Id},
    caller::{Caller, Reader},
    endpoint::{Endpoint, post},
    explain::{self, Who},
    failure::Failure,
};
use people::Behaviours;
use stage::Stage;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![post("/lines/{id}/rehearsal", rehearse).says(
        "Plays a call",
        "What the caller hears, whose phone rings and why, and what is to be done next. The whole story comes with each \
        request and is played from its beginning: nothing is kept, and nobody is called.",
    )]
}

async fn rehearse(
    _: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Body(story): Body<Rehearsal>,
) -> Result<Shown<Rehearsed>, Failure> {
    let plan = app.plan(id).await?;
    let at = story.at.unwrap_or_else(|| app.clock.now());
    played(&plan, &story, at).map(Shown)
}

fn played(plan: &Plan, story: &Rehearsal, at: Timestamp) -> Result<Rehearsed, Failure> {
    if story.moves.len() > Rehearsal::MOST_MOVES {
        return Err(Failure::field("moves", format!("a story has at most {} moves", Rehearsal::MOST_MOVES)));
    }
    let seed = seed(story, plan)?;
    let caller = story.from.as_ref().map(|from| caller(plan, from)).transpose()?.flatten();
    let behaviours = Behaviours::of(plan, story)?;
    let who = Who { number: caller.as_ref(), is_withheld: caller.is_none() };
    let (closed, holiday) = explain::closed(plan, at, who);
    let contact = Contact { call: CallId::new(seed.as_str()), withheld: who.is_withheld, caller };
    let mut stage = Stage::open(plan, contact, &behaviours, at);
    for (index, done) in story.moves.iter().enumerate() {
        stage.goes_on(done).map_err(|why| Failure::field(format!("moves[{index}]{}", why.field), why.message))?;
    }
    Ok(Rehearsed { closed, holiday, ..stage.told(seed) })
}

fn seed(story: &Rehearsal, plan: &Plan) -> Result<String, Failure> {
    let Some(seed) = &story.seed else { return Ok(plan.line.id.to_string()) };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if seed.is_empty() || seed.len() > 64 || !seed.bytes().all(is_plain) {
        return Err(Failure::field("seed", "must be 1 to 64 letters, digits, - or _"));
    }
    Ok(seed.clone())
}

/// Who calls; none if they hide their number.
fn caller(plan: &Plan, from: &RehearsedCaller) -> Result<Option<PhoneNumber>, Failure> {
    match (&from.number, &from.phone) {
        (Some(_), Some(_)) => Err(Failure::field("from", "is either a number or a phone")),
        (Some(Number(number)), None) => Ok(Some(number.clone())),
        (None, Some(phone)) => explain::phone_of(plan, "from.phone", phone).map(|number| Some(number.clone())),
        (None, None) => Ok(None),
    }
}

#[cfg(test)]
mod tests;
