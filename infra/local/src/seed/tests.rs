use oncall::schedule::Schedule;
use oncall::{Ladder, LiveCall};

use super::*;

fn now() -> Timestamp {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

/// Who is rung in the first round, by a plan's service.
fn rung(plan: &Plan, service: &str, at: &str) -> Vec<String> {
    let service = plan.service(&ServiceId::new(service)).unwrap();
    let call = LiveCall { caller: None, seed: "a", round: 0 };
    let ladder = Ladder::of(plan, service, at.parse().unwrap(), call);
    ladder.candidates().map(|candidate| candidate.name.clone()).collect()
}

#[test]
fn all_schedules_are_sound() {
    for schedule in &plans(now()).unwrap()[0].directory.schedules {
        let sound = Schedule::new(&schedule.definition);
        assert!(sound.is_ok(), "{}: {:?}", schedule.name, sound.err());
    }
}

#[test]
fn an_override_counts_today_and_the_rotation_tomorrow() {
    let [hotline, _] = plans(now()).unwrap();
    let first = |at: &str| rung(&hotline, "payments", at)[0].clone();
    assert_eq!(first("2026-11-19T22:59:59Z"), "Ola Haugen");
    assert_eq!(first("2026-11-19T23:00:00Z"), "Astrid Moen");
    assert_eq!(first("2026-11-20T22:59:59Z"), "Astrid Moen");
    assert_eq!(first("2026-11-20T23:00:00Z"), "Ola Haugen");
    assert_eq!(first("2026-11-23T07:00:00Z"), "Ingrid Berg");
}

#[test]
fn the_platform_follows_the_sun() {
    let [hotline, _] = plans(now()).unwrap();
    let first = |at: &str| rung(&hotline, "platform", at)[0].clone();
    assert_eq!(first("2026-11-20T07:00:00Z"), "Jonas Lie");
    assert_eq!(first("2026-11-20T19:00:00Z"), "Liam O'Neill");
}

#[test]
fn whoever_is_first_does_not_answer_and_somebody_later_accepts() {
    let [hotline, network] = plans(now()).unwrap();
    let accepts = |plan: &Plan, service: &str| {
        let service = plan.service(&ServiceId::new(service)).unwrap();
        let call = LiveCall { caller: None, seed: "a", round: 0 };
        let ladder = Ladder::of(plan, service, now(), call);
        let numbers = ladder.candidates().map(|candidate| candidate.number.as_e164().to_owned());
        let does = |number: String| behaviours().into_iter().find(|(known, _)| *known == number).map(|(_, does)| does);
        numbers.map(|number| does(number) == Some(crate::phone_behaviour::Behaviour::accepts(5))).collect::<Vec<_>>()
    };
    for (plan, service) in
        [(&hotline, "payments"), (&hotline, "platform"), (&hotline, "network"), (&network, "network")]
    {
        let told = accepts(plan, service);
        assert_eq!((told[0], told.contains(&true)), (false, true), "{service}: {told:?}");
    }
}
