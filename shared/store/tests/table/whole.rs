//! The organisation at once, and what would be wrong with a later one.

use oncall::{EscalationPolicy, Mode, PersonId, PolicyId, Service, ServiceId, Team, TeamId};
use store::{Author, Expected, Kind, Object, Reference, SaveContext, Store};
use wire::Fault;

use crate::{organisation::at, table::Table};

fn policy(id: &str) -> EscalationPolicy {
    EscalationPolicy { id: PolicyId::new(id), name: id.to_owned(), steps: vec![], fallback: None }
}

fn service(id: &str, policy: &str) -> Service {
    Service {
        id: ServiceId::new(id),
        name: id.to_owned(),
        policy: PolicyId::new(policy),
        mode: Mode::Normal,
        acknowledged_minutes: None,
    }
}

fn author() -> Author {
    Author::of("k1")
}

async fn save(store: &Store, object: impl store::Configured) {
    let (by, at) = (author(), at("2026-11-20T08:00:00Z"));
    store.save(&object, Expected::Any, &SaveContext { by: &by, at, prompts: &[] }).await.unwrap();
}

#[tokio::test]
async fn everything_is_read_at_one_revision() {
    let table = Table::new().await;
    assert_eq!(table.store.whole().await.unwrap().unwrap().objects.len(), 0);
    save(&table.store, policy("usual")).await;
    save(&table.store, service("payments", "usual")).await;
    let whole = table.store.whole().await.unwrap().unwrap();
    let names: Vec<String> = whole.objects.keys().map(ToString::to_string).collect();
    assert_eq!((whole.revision, names), (2, vec!["escalation policy usual".to_owned(), "service payments".to_owned()]));
    let found = &whole.objects[&Reference::new(Kind::Service, "payments")];
    assert_eq!((&found.object, found.version), (&Object::Service(service("payments", "usual")), 1));
}

#[tokio::test]
async fn it_is_read_again_if_somebody_saves_meanwhile() {
    let table = Table::patient().await;
    save(&table.store, policy("usual")).await;
    // the first of the six lists comes late, and a save after it was asked for counts before it is over
    table.wire.next("Query", Fault::Delay(std::time::Duration::from_millis(300)));
    let (whole, ()) = tokio::join!(table.store.whole(), async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        save(
            &Store::new(table.direct.clone(), crate::table::NAME, store::Retention { call_log_days: 1 }),
            policy("new"),
        )
        .await;
    });
    let whole = whole.unwrap().unwrap();
    assert_eq!((whole.revision, whole.objects.len()), (2, 2));
}

#[tokio::test]
async fn objects_are_judged_as_if_all_were_saved() {
    let table = Table::new().await;
    save(&table.store, policy("usual")).await;
    save(&table.store, service("payments", "usual")).await;
    let team = Team { id: TeamId::new("core"), name: "Core".to_owned(), members: vec![PersonId::new("ada")] };
    let kept =
        [service("payments", "usual").into(), service("search", "new").into(), policy("new").into(), team.into()];
    let gone = [Reference::new(Kind::Policy, "usual")];
    let by = author();
    let context = SaveContext { by: &by, at: at("2026-11-20T09:00:00Z"), prompts: &[] };
    let reviews = table.store.foresee(&kept, &gone, &context).await.unwrap();
    let fields = reviews.iter().map(|review| review.refusals.iter().map(|one| one.field.as_str()).collect());
    assert_eq!(fields.collect::<Vec<Vec<_>>>(), [vec!["policy"], vec![], vec![], vec!["members[0]"]]);
    // and nothing is written
    assert_eq!(table.store.whole().await.unwrap().unwrap().revision, 2);
}
