//! The organisation object by object: what is saved stands in every plan that reaches it, and in no other.

use oncall::{
    Directory, EscalationPolicy, Line, LineId, NamedSchedule, Person, PersonId, Plan, PolicyId, ScheduleId, Service,
    Team,
};
use store::{
    Action, AuditQuery, Author, Configured, Error, Expected, Kind, PlanKey, Reference, SaveContext, SaveError,
    SavedObject, Stored,
};

use crate::{
    organisation::{LINE_ID, NUMBER, at, person_id, plan},
    table::{Table, text},
};

const NOON: &str = "2026-10-24T12:00:00Z";

/// Whoever edits in these tests, at an instant.
pub(crate) struct Editor {
    by: Author,
    at: jiff::Timestamp,
}

impl Editor {
    pub(crate) fn at(instant: &str) -> Self {
        Self { by: Author::of("tk_1"), at: at(instant) }
    }

    pub(crate) fn context(&self) -> SaveContext<'_> {
        SaveContext { by: &self.by, at: self.at, prompts: &["greeting"] }
    }
}

pub(crate) async fn save<T: Configured>(
    table: &Table,
    value: &T,
    expected: Expected,
) -> Result<SavedObject, SaveError> {
    table.store.save(value, expected, &Editor::at(NOON).context()).await
}

async fn create_all<T: Configured>(table: &Table, values: &[T]) {
    for value in values {
        save(table, value, Expected::Absent).await.unwrap();
    }
}

/// The organisation of a plan, object by object.
pub(crate) async fn create(table: &Table, plan: &Plan) {
    create_all(table, &plan.directory.people).await;
    create_all(table, &plan.directory.teams).await;
    create_all(table, &plan.directory.schedules).await;
    create_all(table, &plan.policies).await;
    create_all(table, &plan.services).await;
    create_all(table, std::slice::from_ref(&plan.line)).await;
}

/// A plan without an order of its lists, which means nothing.
fn sorted(mut plan: Plan) -> Plan {
    plan.services.sort_by(|one, other| one.id.cmp(&other.id));
    plan.policies.sort_by(|one, other| one.id.cmp(&other.id));
    let Directory { people, teams, schedules, .. } = &mut plan.directory;
    people.sort_by(|one, other| one.id.cmp(&other.id));
    teams.sort_by(|one, other| one.id.cmp(&other.id));
    schedules.sort_by(|one, other| one.id.cmp(&other.id));
    plan
}

/// The line's plan, of which both copies are the same.
pub(crate) async fn found(table: &Table) -> Plan {
    let number = NUMBER.parse().unwrap();
    let by_number = table.store.plan(PlanKey::Number(&number)).await.unwrap().unwrap();
    let by_line = table.store.plan(PlanKey::Line(&LineId::new(LINE_ID))).await.unwrap().unwrap();
    assert_eq!(by_number, by_line);
    assert_eq!(by_number.problems, []);
    by_number.plan
}

#[tokio::test]
async fn an_organisation_made_object_by_object_is_the_same_plan() {
    let table = Table::patient().await;
    let whole = plan(0);
    create(&table, &whole).await;
    let saves = 20 + 1 + 3 + 3 + 3 + 1;
    let mut expected = Plan { version: saves, ..whole };
    expected.directory.people.retain(|person| person.id != person_id(19)); // whom nothing names
    assert_eq!(sorted(found(&table).await), sorted(expected));
}

#[tokio::test]
async fn a_changed_object_stands_in_the_plan_at_once() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let before = found(&table).await;
    let Stored { mut value, version, .. } = table.store.find::<Person>("per_07").await.unwrap().unwrap();
    value.name = "Grace".to_owned();
    let saved = save(&table, &value, Expected::Version(version)).await.unwrap();
    assert_eq!((saved.version, saved.changed, saved.rebuilding), (2, true, vec![]));
    let after = found(&table).await;
    assert_eq!((before.version + 1, after.version), (after.version, saved.revision));
    assert_eq!(after.directory.person(&person_id(7)), Some(&value));
    // whoever keeps something that was made of the plan sees in the list that it is old
    assert_eq!(table.store.lines().await.unwrap()[0].version, saved.revision);
}

#[tokio::test]
async fn what_is_not_reached_any_more_leaves_the_plan() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let mut service = table.store.find::<Service>("network").await.unwrap().unwrap().value;
    service.policy = PolicyId::new("pol_payments");
    save(&table, &service, Expected::Any).await.unwrap();
    let after = found(&table).await;
    assert!(after.policy(&PolicyId::new("pol_network")).is_none());
    assert!(after.directory.schedule(&ScheduleId::new("sch_network")).is_none());

    // and a change of it writes no plan
    let mut schedule = table.store.find::<NamedSchedule>("sch_network").await.unwrap().unwrap().value;
    schedule.name = "Nobody's".to_owned();
    save(&table, &schedule, Expected::Any).await.unwrap();
    assert_eq!(found(&table).await, after);
}

#[tokio::test]
async fn whoever_has_read_an_older_version_is_told() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let mut team = table.store.find::<Team>("team_leads").await.unwrap().unwrap().value;
    team.name = "Leaders".to_owned();
    save(&table, &team, Expected::Version(1)).await.unwrap();
    team.name = "Heads".to_owned();
    for expected in [Expected::Version(1), Expected::Version(3), Expected::Absent] {
        let refused = save(&table, &team, expected).await;
        assert!(matches!(refused, Err(SaveError::Stale { current: Some(2) })), "{expected:?}: {refused:?}");
    }
    team.id = oncall::TeamId::new("other");
    let refused = save(&table, &team, Expected::Version(1)).await;
    assert!(matches!(refused, Err(SaveError::Stale { current: None })), "{refused:?}");
    save(&table, &team, Expected::Any).await.unwrap();
}

#[tokio::test]
async fn a_repetition_changes_nothing() {
    let table = Table::patient().await;
    let person = plan(0).directory.people.remove(0);
    let first = save(&table, &person, Expected::Absent).await.unwrap();
    let again = save(&table, &person, Expected::Absent).await.unwrap();
    assert_eq!(again, SavedObject { changed: false, ..first });
}

#[tokio::test]
async fn names_of_nobody_are_refused_by_their_field() {
    let table = Table::patient().await;
    let whole = plan(0);
    let of = |id: &str| Team { members: vec![PersonId::new(id)], ..whole.directory.teams[0].clone() };
    let refused = [
        (save(&table, &whole.directory.teams[0], Expected::Absent).await, "members[0] is nobody's id"),
        (save(&table, &of(""), Expected::Absent).await, "members[0] is nobody's id"),
        (save(&table, &of(&"x".repeat(2000)), Expected::Absent).await, "members[0] is nobody's id"),
        (save(&table, &whole.services[0], Expected::Absent).await, "policy is not the id of an escalation policy"),
        (save(&table, &whole.line, Expected::Absent).await, "destinations[0].service is not the id of a service"),
        (
            save(&table, &whole.policies[0], Expected::Absent).await,
            "steps[0].notify.targets[0] is not the id of a schedule",
        ),
    ];
    for (outcome, first) in refused {
        let Err(SaveError::Refused(review)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(review.refusals[0].to_string(), first);
    }
    assert_eq!(table.store.list::<Team>(None, 10).await.unwrap().items, []);
}

#[tokio::test]
async fn a_phone_is_not_a_line_of_ours() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let mut person = table.store.find::<Person>("per_01").await.unwrap().unwrap().value;
    person.phones[0].number = NUMBER.parse().unwrap();
    let refused = save(&table, &person, Expected::Any).await;
    let Err(SaveError::Refused(review)) = refused else { panic!("{refused:?}") };
    assert_eq!(review.refusals[0].to_string(), "phones[0].number is the number of the line itself");
}

#[tokio::test]
async fn what_is_in_use_stays_and_its_users_are_named() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let editor = Editor::at(NOON);
    let refused = table.store.delete::<Service>("network", Expected::Any, &editor.context()).await;
    let Err(SaveError::InUse(users)) = refused else { panic!("{refused:?}") };
    assert_eq!(users, [Reference::new(Kind::Line, LINE_ID)]);
    let refused = table.store.delete::<Person>("per_01", Expected::Any, &editor.context()).await;
    let Err(SaveError::InUse(users)) = refused else { panic!("{refused:?}") };
    assert_eq!(
        users.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "team team_leads",
            "schedule sch_payments",
            "escalation policy pol_network",
            "escalation policy pol_payments",
            "escalation policy pol_platform",
        ]
    );

    // what has let go of it is no user any more
    let mut line = table.store.find::<Line>(LINE_ID).await.unwrap().unwrap().value;
    line.destinations.pop();
    save(&table, &line, Expected::Any).await.unwrap();
    table.store.delete::<Service>("network", Expected::Version(1), &editor.context()).await.unwrap();
    assert_eq!(table.store.find::<Service>("network").await.unwrap(), None);
    let missing = table.store.delete::<Service>("network", Expected::Any, &editor.context()).await;
    assert!(matches!(missing, Err(SaveError::Missing)), "{missing:?}");
}

#[tokio::test]
async fn a_removed_line_leaves_no_plan_behind() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    table.store.delete::<Line>(LINE_ID, Expected::Any, &Editor::at(NOON).context()).await.unwrap();
    let number = NUMBER.parse().unwrap();
    assert_eq!(table.store.plan(PlanKey::Number(&number)).await.unwrap(), None);
    assert_eq!(table.store.plan(PlanKey::Line(&LineId::new(LINE_ID))).await.unwrap(), None);
    assert_eq!(table.store.lines().await.unwrap(), []);
}

#[tokio::test]
async fn a_number_has_one_line() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let mut thief = table.store.find::<Line>(LINE_ID).await.unwrap().unwrap().value;
    thief.id = LineId::new("ln_thief");
    let refused = save(&table, &thief, Expected::Absent).await;
    assert!(matches!(refused, Err(SaveError::Store(Error::NumberTaken))), "{refused:?}");
    found(&table).await;
}

#[tokio::test]
async fn objects_are_listed_by_id_in_pages() {
    let table = Table::patient().await;
    create_all(&table, &plan(0).directory.people).await;
    let (mut seen, mut after) = (Vec::new(), None);
    for _ in 0..4 {
        let page = table.store.list::<Person>(after.as_deref(), 7).await.unwrap();
        seen.extend(page.items.into_iter().map(|stored| stored.value.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=20).map(person_id).collect::<Vec<_>>());
    assert_eq!(after, None);
}

#[tokio::test]
async fn every_change_stands_in_the_audit_log() {
    let table = Table::patient().await;
    let mut person = plan(0).directory.people.remove(0);
    for (instant, name) in [("2026-10-01T08:00:00Z", "Ada"), ("2026-10-02T08:00:00Z", "Ada Li")] {
        person.name = name.to_owned();
        table.store.save(&person, Expected::Any, &Editor::at(instant).context()).await.unwrap();
    }
    let removed = Editor::at("2026-10-03T08:00:00Z");
    table.store.delete::<Person>("per_01", Expected::Any, &removed.context()).await.unwrap();
    let all = table.store.audit(&AuditQuery { limit: 50, ..AuditQuery::default() }).await.unwrap();
    let told: Vec<_> = all.items.iter().map(|entry| (entry.action, entry.fields.join(" "))).collect();
    assert_eq!(
        told,
        [
            (Action::Deleted, "name phones".to_owned()),
            (Action::Updated, "name".to_owned()),
            (Action::Created, "name phones".to_owned()),
        ]
    );
    assert!(all.items.iter().all(|entry| entry.by == "tk_1" && entry.kind == "person" && entry.id == "per_01"));

    let first = table.store.audit(&AuditQuery { limit: 2, ..AuditQuery::default() }).await.unwrap();
    let rest = AuditQuery { cursor: first.next, limit: 2, ..AuditQuery::default() };
    let rest = table.store.audit(&rest).await.unwrap();
    assert_eq!([first.items, rest.items].concat(), all.items);
    assert_eq!(rest.next, None);
    let nobodys = AuditQuery { id: Some("per_02".to_owned()), limit: 2, ..AuditQuery::default() };
    assert_eq!(table.store.audit(&nobodys).await.unwrap().items, []);
}

#[tokio::test]
async fn a_schedule_keeps_the_versions_that_counted() {
    let table = Table::patient().await;
    create_all(&table, &plan(0).directory.people).await;
    let mut schedule = plan(0).directory.schedules.remove(0);
    let saves = ["2026-10-01T08:00:00Z", "2026-10-02T08:00:00Z", "2026-10-03T08:00:00Z"];
    for (instant, name) in saves.into_iter().zip(["one", "two", "three"]) {
        schedule.name = name.to_owned();
        table.store.save(&schedule, Expected::Any, &Editor::at(instant).context()).await.unwrap();
    }
    let names = async |from: &str| {
        let versions = table.store.schedule_history(&schedule.id, at(from)).await.unwrap();
        versions.into_iter().map(|(_, schedule)| schedule.name).collect::<Vec<_>>()
    };
    assert_eq!(names("2026-09-01T00:00:00Z").await, ["one", "two", "three"]);
    assert_eq!(names("2026-10-02T08:00:00Z").await, ["two", "three"]);
    assert_eq!(names("2026-10-02T07:59:59Z").await, ["one", "two", "three"]);
    assert_eq!(names("2027-01-01T00:00:00Z").await, ["three"]);
}

#[tokio::test]
async fn damage_in_one_object_is_told_and_costs_only_itself() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let mut item = table.item("people", "per_04").await.unwrap();
    let damaged = item["doc"].as_s().unwrap().replacen("\"+4791000004\"", "17", 1);
    item.insert("doc".to_owned(), text(&damaged));
    table.put(item).await;
    let stored = table.store.find::<Person>("per_04").await.unwrap().unwrap();
    assert_eq!(stored.value.phones.len(), 1);
    assert_eq!(stored.problems.iter().map(|problem| problem.part()).collect::<Vec<_>>(), ["phones[0]"]);
    let mut policy = table.store.find::<EscalationPolicy>("pol_network").await.unwrap().unwrap().value;
    policy.name = "Another".to_owned();
    save(&table, &policy, Expected::Any).await.unwrap();
    assert_eq!(found(&table).await.directory.person(&person_id(4)).unwrap().phones.len(), 1);
}
