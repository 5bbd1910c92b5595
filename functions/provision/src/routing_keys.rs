//! Routing keys of services: made, listed without what their bearers show, removed.

use api::{CreatedRoutingKey, NewRoutingKey, Page, PageQuery, RoutingKey};
use axum::extract::State;
use oncall::{Service, ServiceId};
use store::StoredRoutingKey;

use crate::{
    answer::{Made, Removed, Shown},
    app::App,
    argument::{Body, Id, Query, Two, page},
    caller::{Admin, Caller, Reader},
    endpoint::{Endpoint, delete, get, post},
    failure::{Cause, Failure},
    secret::{Digest, random_letters},
    texts::Typed,
};

/// As long as the keys of PagerDuty's Events API, which some tools insist on: 160 random bits.
const LENGTH: usize = 32;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/services/{id}/routing-keys", list)
            .says("Lists a service's routing keys", "Without what their bearers show."),
        post("/services/{id}/routing-keys", create).says(
            "Makes a routing key",
            "Events that show it are about this service. It is in this answer and never shown again.",
        ),
        delete("/services/{id}/routing-keys/{key}", remove)
            .says("Removes a routing key", "Events that show it are refused from then on."),
    ]
}

async fn list(
    _: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Query(query): Query<PageQuery>,
) -> Result<Shown<Page<RoutingKey>>, Failure> {
    let (cursor, limit) = page(query)?;
    app.store.find::<Service>(&id).await?.ok_or(Cause::NotFound)?;
    let found = app.store.routing_keys(&ServiceId::new(id), cursor.as_deref(), limit).await?;
    Ok(Shown(Page { items: found.items.into_iter().map(shown).collect(), next: found.next }))
}

async fn create(
    caller: Caller<Admin>,
    State(app): State<App>,
    Id(service): Id,
    Body(wanted): Body<NewRoutingKey>,
) -> Result<Made<CreatedRoutingKey>, Failure> {
    let mut typed = Typed::default();
    typed.name("name", &wanted.name);
    typed.read(Some(()))?;
    let secret = random_letters(LENGTH)?;
    let key = StoredRoutingKey {
        id: random_letters(12)?,
        service,
        name: wanted.name,
        hash: Digest::of(&secret).hex(),
        last4: secret.get(LENGTH - 4..).unwrap_or_default().to_owned(),
        created_at: app.clock.now(),
        created_by: caller.author.token.clone(),
    };
    if !app.store.add_routing_key(&key, &caller.author).await? {
        return Err(Failure::from(Cause::NotFound));
    }
    Ok(Made(CreatedRoutingKey { key: shown(key), secret }))
}

async fn remove(caller: Caller<Admin>, State(app): State<App>, Two(service, key): Two) -> Result<Removed, Failure> {
    if app.store.remove_routing_key(&ServiceId::new(service), &key, &caller.author, app.clock.now()).await? {
        Ok(Removed)
    } else {
        Err(Failure::from(Cause::NotFound))
    }
}

fn shown(key: StoredRoutingKey) -> RoutingKey {
    RoutingKey { id: key.id, name: key.name, last4: key.last4, created_at: key.created_at, created_by: key.created_by }
}
