//! How large incidents are: the sizes that docs/data.md states, and that what never ends stays small enough to be kept.

use jiff::{SignedDuration, Timestamp};
use oncall::{
    Channel, IncidentId, Mode, Notify, Order, Person, PersonId, PolicyId, Step, Target, Team, TeamId,
    incident::{
        Actor, Cause, Early, Event, Happened, Incident, KnownPhones, Log, Opening, PageState, Reason, Signal, Snapshot,
        Surroundings, open, step,
    },
};
use store::{IncidentSaved, Opened};

use crate::{
    incidents::{event, incident, noon, payments, sent, wish},
    organisation::{at, plan},
    sizes::item,
    table::Table,
};

#[tokio::test]
async fn a_usual_incident() {
    let table = Table::patient().await;
    let mut incident = table.opened("disk", &incident("in_7f3k2m9q", noon())).await;
    let opened = item(&table, "incident#in_7f3k2m9q".to_owned(), "incident").await;
    for (cause, instant) in [
        (sent(1), "2026-11-20T12:00:01.123456Z"),
        (Cause::Time, "2026-11-20T12:02:00.123456Z"),
        (sent(2), "2026-11-20T12:02:01.123456Z"),
        (
            wish("SM0123456789abcdef0123456789abcdef", oncall::incident::Wish::Acknowledge),
            "2026-11-20T12:02:20.123456Z",
        ),
        (Cause::Event(event("e2", at("2026-11-20T12:30:00Z"), Signal::Resolve)), "2026-11-20T12:30:01.123456Z"),
    ] {
        incident = table.carried(&incident, &cause, at(instant)).await;
    }
    let over = item(&table, "incident#in_7f3k2m9q".to_owned(), "incident").await;
    assert!(incident.is_resolved() && incident.pages.len() == 2);
    assert_eq!((opened, over), (1899, 2482), "a page by text; then a call, an acknowledgement and its end");
    assert_eq!(item(&table, "incident_key#disk".to_owned(), "incident#payments").await, 73, "its key");
}

/// So many people of one team, with two phones each.
fn team(many: usize) -> (Team, Vec<Person>) {
    let people: Vec<_> = (0..many)
        .map(|place| {
            let mut person = plan(1).directory.people[3].clone();
            person.id = PersonId::new(format!("per_{place:04}"));
            for (phone, base) in person.phones.iter_mut().zip([91_000_000, 22_000_000]) {
                phone.number = format!("+47{}", base + place).parse().unwrap();
            }
            person
        })
        .collect();
    let members = people.iter().map(|person| person.id.clone()).collect();
    (Team { id: TeamId::new("team_all"), name: "All".to_owned(), members }, people)
}

fn long(id: usize, at: Timestamp) -> Event {
    let summary = Some("ø".repeat(5_000));
    Event { summary, ..event(&format!("{id:0>100}"), at, Signal::Trigger) }
}

/// Everything that has a bound at its bound: a policy of many steps, a team that is paged again and again, a source that
/// says much, and a long log.
fn endless(people: usize, minutes: i64) -> Incident {
    let mut directory = plan(1).directory;
    let (team, members) = team(people);
    directory.people = members;
    let notify = || {
        let targets = vec![Target::Team(team.id.clone())];
        Step::Notify(Notify { targets, order: Order::Listed, ring_seconds: None, channel: None })
    };
    directory.teams.push(team.clone());
    let mut policy = plan(1).policies[0].clone();
    policy.id = PolicyId::new("everybody");
    policy.steps = (0..25).flat_map(|_| [notify(), Step::Wait { minutes: 10 }]).collect();
    let opening = Opening {
        id: IncidentId::new("in_endless"),
        number: 1,
        key: "k".repeat(255),
        service: Some(payments()),
        snapshot: Snapshot { policy: Some(policy), acknowledged_minutes: Some(30) },
        reason: Reason::Event { event: long(0, noon()), early: Early::default() },
    };
    let phones = KnownPhones::default();
    let around = Surroundings { directory: &directory, mode: Mode::Normal, phones: &phones };
    let mut incident = open(opening, noon(), &around).incident;
    for (round, seconds) in (1..).zip((0..minutes * 60).step_by(7)) {
        for page in incident.pages.iter_mut().filter(|page| page.is_pending()) {
            page.state = PageState::Sent { sid: "SM0123456789abcdef0123456789abcdef".to_owned() };
        }
        let now = noon() + SignedDuration::from_secs(seconds);
        incident = step(&incident, &Cause::Event(long(round, now)), now, &around).incident;
    }
    while incident.log.entries.len() < Log::MOST {
        let what = Happened::Replied { words: "ø".repeat(1_000) };
        incident.log.entries.push(oncall::incident::Entry { at: incident.touched_at, by: Actor::Dutyline, what });
    }
    incident
}

#[tokio::test]
async fn what_never_ends_forgets_its_history_and_nothing_that_is_to_happen() {
    let table = Table::patient().await;
    let endless = endless(250, 23);
    let known = table.known("endless", noon()).await;
    let Opened::Yes(kept) = table.store.open_incident(&known, &endless).await.unwrap() else { panic!("a race") };
    let bytes = item(&table, "incident#in_endless".to_owned(), "incident").await;
    assert!((200_000..350_000).contains(&bytes), "{bytes} bytes");
    assert!(kept.log.left_out > 0 && kept.log.entries.len() < endless.log.entries.len(), "some of it is left out");
    assert_eq!(kept.log.entries[..Log::BEGINNING], endless.log.entries[..Log::BEGINNING]);
    let pending = |incident: &Incident| {
        let pending = incident.pages.iter().filter(|page| page.is_pending());
        pending.map(|page| (page.number, page.channel)).collect::<Vec<(u32, Channel)>>()
    };
    assert_eq!(
        (pending(&kept), kept.due(), kept.pursuits.len()),
        (pending(&endless), endless.due(), endless.pursuits.len())
    );
    let rise = endless.escalation.rises - 1;
    let last = |incident: &Incident| incident.pages.iter().filter(|page| page.rise == rise).count();
    assert_eq!((last(&kept), last(&endless)), (500, 500), "whom the last step reached");
    assert_eq!(table.incident(&kept.id).await, Some((*kept).clone()), "and this is how it goes on");
    let saved = table.store.save_incident(&kept, &kept).await.unwrap();
    assert!(matches!(saved, IncidentSaved::Yes(_)));
}

#[tokio::test]
async fn of_more_people_than_an_item_holds_the_first_ones_are_paged_and_the_others_told_in_the_log() {
    let table = Table::patient().await;
    let known = table.known("endless", noon()).await;
    let many = endless(1_500, 23);
    let left_out = |incident: &Incident| {
        let left_out = incident.log.entries.iter().filter(|entry| entry.what == Happened::LeftOut { people: 1_250 });
        left_out.count()
    };
    assert!(left_out(&many) > 0 && many.pursuits.len() == 250, "{:?}", many.log.entries);
    let paged: Vec<_> = many.pursuits.iter().map(|pursuit| pursuit.person.as_str()).collect();
    assert_eq!((paged.first(), paged.last()), (Some(&"per_0000"), Some(&"per_0249")));
    let Opened::Yes(kept) = table.store.open_incident(&known, &many).await.unwrap() else { panic!("a race") };
    assert_eq!((kept.pursuits.len(), left_out(&kept)), (250, 1));
}
