use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn purchase(state: PurchaseState, asked_at: Option<&str>) -> Purchase {
    Purchase {
        id: "pu_1".to_owned(),
        version: 1,
        lease: None,
        account: "AC1".to_owned(),
        number: "+4721000000".parse().unwrap(),
        line: "ln_1".to_owned(),
        fallback: None,
        request: serde_json::Value::Null,
        created_at: at("2026-11-20T09:00:00Z"),
        created_by: "tk_1".to_owned(),
        asked_at: asked_at.map(at),
        state,
    }
}

fn reason(code: u32) -> Reason {
    Reason { code: Some(code), why: "no".to_owned() }
}

fn ours() -> Seen {
    Seen::Ours { sid: "PN1".to_owned() }
}

fn keep() -> Step {
    Step::Keep { sid: "PN1".to_owned() }
}

#[test]
fn what_may_have_been_asked_for_is_looked_for_first() {
    let look = Step::Look { just_asked: false, absent: Absent::ByTime };
    let sid = || "PN1".to_owned();
    for (state, asked_at, client, sweep) in [
        (PurchaseState::Open, None, Step::Ask, look.clone()),
        (PurchaseState::Open, Some("2026-11-20T09:00:01Z"), look.clone(), look.clone()),
        (PurchaseState::Bought { sid: sid() }, Some("2026-11-20T09:00:01Z"), keep(), keep()),
        (PurchaseState::Done { sid: sid() }, None, Step::Settled, Step::Settled),
        (PurchaseState::Refused { code: None, why: String::new() }, None, Step::Settled, Step::Settled),
    ] {
        let purchase = purchase(state, asked_at);
        assert_eq!(
            (first(&purchase, Worker::Client), first(&purchase, Worker::Sweep)),
            (client, sweep),
            "{purchase:?}"
        );
    }
}

#[test]
fn a_no_is_believed_only_if_nothing_else_was_asked() {
    let look = |just_asked, absent| Step::Look { just_asked, absent };
    for (asked, before, step) in [
        (Asked::Sold { sid: "PN1".to_owned() }, false, keep()),
        (Asked::Sold { sid: "PN1".to_owned() }, true, keep()),
        (Asked::Refused(reason(21631)), false, Step::GiveUp(reason(21631))),
        (Asked::Refused(reason(21631)), true, look(true, Absent::Nothing)),
        (Asked::Refused(reason(21422)), false, look(false, Absent::Refused(reason(21422)))),
        (Asked::Refused(reason(21422)), true, look(true, Absent::Nothing)),
        (Asked::NotProcessed, false, Step::Later),
        (Asked::NotProcessed, true, Step::Later),
        (Asked::Unknown, false, look(true, Absent::Nothing)),
        (Asked::Unknown, true, look(true, Absent::Nothing)),
    ] {
        assert_eq!(after_ask(asked.clone(), before), step, "{asked:?} {before}");
    }
}

#[track_caller]
fn check(seen: Seen, absent: Absent, worker: Worker, now: &str, step: Step) {
    let purchase = purchase(PurchaseState::Open, Some("2026-11-20T09:00:00Z"));
    assert_eq!(after_look(seen, absent, &purchase, worker, at(now)), step);
}

#[test]
fn only_the_client_asks_again_and_only_the_sweep_gives_up_by_time() {
    use Worker::{Client, Sweep};
    check(Seen::Nothing, Absent::ByTime, Client, "2026-11-20T09:00:59Z", Step::Wait);
    check(Seen::Nothing, Absent::ByTime, Client, "2026-11-20T09:01:00Z", Step::Ask);
    check(Seen::Nothing, Absent::ByTime, Sweep, "2026-11-20T09:14:59Z", Step::Wait);
    let gave_up = Step::GiveUp(Reason { code: None, why: "Twilio did not sell it; nothing was spent.".to_owned() });
    check(Seen::Nothing, Absent::ByTime, Sweep, "2026-11-20T09:15:00Z", gave_up);
    for (worker, absent) in
        [(Client, Absent::ByTime), (Sweep, Absent::ByTime), (Client, Absent::Refused(reason(21422)))]
    {
        check(ours(), absent.clone(), worker, "2026-11-20T10:00:00Z", keep());
        check(Seen::NotKnown, absent, worker, "2026-11-20T10:00:00Z", Step::Wait);
    }
    check(Seen::Nothing, Absent::Nothing, Client, "2026-11-20T10:00:00Z", Step::Wait);
    check(Seen::Nothing, Absent::Refused(reason(21422)), Client, "2026-11-20T09:00:00Z", Step::GiveUp(reason(21422)));
}

#[test]
fn a_number_under_another_name_is_not_bought_again() {
    let purchase = purchase(PurchaseState::Open, None);
    let step = after_look(Seen::Others, Absent::ByTime, &purchase, Worker::Client, at("2026-11-20T10:00:00Z"));
    assert!(matches!(step, Step::GiveUp(Reason { code: None, .. })), "{step:?}");
}
