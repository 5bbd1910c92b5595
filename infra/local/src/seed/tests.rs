use oncall::{Ladder, LiveCall, Plan, ServiceId};
use store::PlanKey;
use tokio::sync::OnceCell;

use super::*;
use crate::data_dir::DataDir;
use crate::phone_behaviour::Behaviour;
use crate::stack::{Options, Stack};

/// The plans of both lines, as a stack has them that began on 20 November 2026.
pub(crate) async fn plans() -> &'static [Plan; 2] {
    static PLANS: OnceCell<[Plan; 2]> = OnceCell::const_new();
    PLANS.get_or_init(sown).await
}

async fn sown() -> [Plan; 2] {
    let directory = tempfile::tempdir().unwrap();
    let begins = Some("2026-11-20T10:00:00Z".parse().unwrap());
    let data = DataDir::open(directory.path()).unwrap();
    let stack = Stack::start(data, Options { begins, ..Options::default() }).await.unwrap();
    assert!(stack.seeded);
    let store = stack.store.clone();
    let plan = async |number: &str| {
        let number = number.parse().unwrap();
        store.plan(PlanKey::Number(&number)).await.unwrap().unwrap().plan
    };
    let plans = [plan("+4721000000").await, plan("+4722000000").await];
    stack.stop().await;
    plans
}

#[tokio::test]
async fn a_directory_that_began_empty_stays_its_owners() {
    let directory = tempfile::tempdir().unwrap();
    for empty in [true, false] {
        let data = DataDir::open(directory.path()).unwrap();
        let stack = Stack::start(data, Options { empty, ..Options::default() }).await.unwrap();
        assert_eq!((stack.seeded, stack.store.lines().await.unwrap()), (false, vec![]), "{empty}");
        stack.stop().await;
    }
}

/// Who is rung in the first round, by a plan's service.
fn rung(plan: &Plan, service: &str, at: &str) -> Vec<String> {
    let service = plan.service(&ServiceId::new(service)).unwrap();
    let call = LiveCall { caller: None, seed: "a", round: 0 };
    let ladder = Ladder::of(plan, service, at.parse().unwrap(), call);
    ladder.candidates().map(|candidate| candidate.name.clone()).collect()
}

#[tokio::test]
async fn an_override_counts_today_and_the_rotation_tomorrow() {
    let [hotline, _] = plans().await;
    let first = |at: &str| rung(hotline, "payments", at)[0].clone();
    assert_eq!(first("2026-11-19T22:59:59Z"), "Ingrid Berg");
    assert_eq!(first("2026-11-19T23:00:00Z"), "Astrid Moen");
    assert_eq!(first("2026-11-20T22:59:59Z"), "Astrid Moen");
    assert_eq!(first("2026-11-20T23:00:00Z"), "Ingrid Berg");
    assert_eq!(first("2026-11-23T07:00:00Z"), "Ola Haugen");
}

#[tokio::test]
async fn the_platform_follows_the_sun() {
    let [hotline, _] = plans().await;
    let first = |at: &str| rung(hotline, "platform", at)[0].clone();
    assert_eq!(first("2026-11-20T07:00:00Z"), "Astrid Moen");
    assert_eq!(first("2026-11-20T19:00:00Z"), "Maya Torres");
}

#[tokio::test]
async fn whoever_is_first_does_not_answer_and_somebody_later_accepts() {
    let [hotline, network] = plans().await;
    let behaviours = behaviours().unwrap();
    let accepts = |plan: &Plan, service: &str| {
        let service = plan.service(&ServiceId::new(service)).unwrap();
        let call = LiveCall { caller: None, seed: "a", round: 0 };
        let ladder = Ladder::of(plan, service, "2026-11-20T10:00:00Z".parse().unwrap(), call);
        let numbers = ladder.candidates().map(|candidate| candidate.number.as_e164().to_owned());
        let does = |number: String| behaviours.iter().find(|(known, _)| *known == number).map(|(_, does)| does.clone());
        numbers.map(|number| does(number) == Some(Behaviour::accepts(5))).collect::<Vec<_>>()
    };
    for (plan, service) in [(hotline, "payments"), (hotline, "platform"), (hotline, "network"), (network, "network")] {
        let told = accepts(plan, service);
        assert_eq!((told[0], told.contains(&true)), (false, true), "{service}: {told:?}");
    }
}
