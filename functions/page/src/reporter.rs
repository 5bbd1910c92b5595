//! Whoever reported an incident, and whether they may be called back.

use oncall::{
    CallId, Channel,
    incident::Incident,
    sending::{Exits, NoExit},
};
use phone::PhoneNumber;
use store::{Error, Store};

/// The number of whoever reported an incident: of the latest who texted about it, else of whoever called, if that may be
/// called at all. Whoever is heard at the desk may come with a false number, and so may whoever called: nobody is led to a
/// dear number by them.
pub(crate) async fn reporter(store: &Store, incident: &Incident) -> Result<Option<PhoneNumber>, Error> {
    let Some(number) = number(store, incident).await? else { return Ok(None) };
    let (exits, _) = store.exits().await?;
    Ok(Some(number).filter(|number| may_be_called(&exits, number)))
}

async fn number(store: &Store, incident: &Incident) -> Result<Option<PhoneNumber>, Error> {
    if let Some(thread) = incident.threads.last()
        && let Some(thread) = store.thread(thread).await?
    {
        return Ok(Some(thread.reporter));
    }
    // the key of an incident about a call is that call
    if !is_of_call(&incident.key) {
        return Ok(None);
    }
    Ok(store.call(&CallId::new(incident.key.as_str())).await?.and_then(|logged| logged.call.caller))
}

fn is_of_call(key: &str) -> bool {
    key.strip_prefix("CA").is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether a line is switched on for pages does not matter: the call is the responder's own.
fn may_be_called(exits: &Exits, number: &PhoneNumber) -> bool {
    matches!(exits.choose(number, Channel::Voice), Ok(_) | Err(NoExit::NoLine))
}
