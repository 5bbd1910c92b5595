//! Whoever reported an incident, and whether they may be called back.

use oncall::{
    Channel,
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
    let Some(call) = incident.call() else { return Ok(None) };
    Ok(store.call(&call).await?.and_then(|logged| logged.call.caller))
}

/// Whether a line is switched on for pages does not matter: the call is the responder's own.
fn may_be_called(exits: &Exits, number: &PhoneNumber) -> bool {
    matches!(exits.choose(number, Channel::Voice), Ok(_) | Err(NoExit::NoLine))
}
