//! Who changed what.

use api::{AuditEntry, AuditKind, AuditQuery, Page, PageQuery};
use axum::extract::State;
use entry::Chain;
use serde_json::Value;
use store::{Action, Author};

use crate::{
    answer::Shown,
    app::App,
    argument::{Query, cursor_at, page, place_of},
    caller::{self, Caller, Reader},
    endpoint::{Endpoint, get},
    failure::Failure,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![get("/audit", list).says(
        "Lists changes",
        "Latest first. With filters, a page may have fewer items than asked for and still be followed by another.",
    )]
}

async fn list(
    _: Caller<Reader>,
    State(app): State<App>,
    Query(query): Query<AuditQuery>,
) -> Result<Shown<Page<AuditEntry>>, Failure> {
    let AuditQuery { kind, id, by, cursor, limit } = query;
    let (cursor, limit) = page(PageQuery { cursor, limit })?;
    let cursor = cursor.as_deref().map(place_of).transpose()?;
    let kind = kind.map(|kind| kept(kind).to_owned());
    let found = app.store.audit(&store::AuditQuery { kind, id, by, cursor, limit }).await?;
    let next = found.next.as_deref().map(cursor_at);
    Ok(Shown(Page { items: found.items.into_iter().map(shown).collect(), next }))
}

impl App {
    /// Tells of something that is done at Twilio and cannot be undone by us. If it cannot be told, the answer stays the
    /// one that is true: whoever repeated the request would do it twice, or find nothing left to do.
    pub(crate) async fn tell(&self, by: &Author, action: Action, (kind, id): (&str, &str), fields: &[String]) {
        let entry = store::AuditEntry::new(self.clock.now(), by, action, (kind, id));
        let entry = store::AuditEntry { fields: fields.to_vec(), ..entry };
        if let Err(error) = self.store.tell(&entry).await {
            tracing::error!(error = %Chain(&error), ?action, kind, id, by = by.token, "the audit log was not told");
        }
    }
}

fn shown(entry: store::AuditEntry) -> AuditEntry {
    let action = match serde_json::to_value(entry.action) {
        Ok(Value::String(action)) => action,
        _ => String::new(),
    };
    let store::AuditEntry { at, by, by_name, kind, id, fields, name, role, .. } = entry;
    let told = AuditKind::ALL.into_iter().find(|known| kept(*known) == kind);
    let kind = told.map_or(kind, |kind| kind.as_str().to_owned());
    let role = role.as_deref().and_then(caller::role);
    AuditEntry { at, by, by_name, action, kind, id, fields, name, role }
}

/// What the store calls a kind.
fn kept(kind: AuditKind) -> &'static str {
    match kind {
        AuditKind::HolidayCalendar => "calendar",
        AuditKind::EscalationPolicy => "policy",
        AuditKind::Sending => "sending_settings",
        kind => kind.as_str(),
    }
}
