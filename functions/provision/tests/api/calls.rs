//! The call log.

use oncall::{Call, CallId, Candidate, LegEnd, LineId, PersonId, ServiceId, reach::Why};
use serde_json::{Value, json};
use store::TalkRecording;

use crate::{
    house::House,
    organisation::{LINE, settle, with_line},
};

/// Calls one minute after another: even ones are accepted, odd ones missed.
async fn calls(house: &House, count: u32) {
    for number in 0..count {
        let at = |second: u32| format!("2026-11-20T08:{number:02}:{second:02}Z").parse().unwrap();
        let caller = "+4792345678".parse().ok();
        let mut call = Call::begin(CallId::new(format!("CA{number:032}")), LineId::new(LINE), caller, at(0));
        call.service = Some(ServiceId::new("payments"));
        let candidate = Candidate {
            step: Some(0),
            person: PersonId::new("ada"),
            name: "Ada".to_owned(),
            phone: 0,
            number: "+4791000001".parse().unwrap(),
            ring_seconds: 20,
            why: Why::Named,
        };
        call.ring(0, &candidate, at(5));
        if number.is_multiple_of(2) {
            call.answer(1, at(12));
            call.accept(1, at(15));
            call.leg_over(1, LegEnd::Completed { bridged: Some(true) }, at(40));
        } else {
            call.leg_over(1, LegEnd::NoAnswer, at(25));
        }
        call.end(at(41));
        house.store.save_call(&call).await.unwrap();
    }
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|call| call["id"].as_str().unwrap().trim_start_matches("CA").trim_start_matches('0').to_owned()).collect()
}

#[tokio::test]
async fn calls_are_listed_latest_first_a_page_at_a_time() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    calls(&house, 7).await;
    let path = format!("/lines/{LINE}/calls");
    let first = house.get(&format!("{path}?limit=3")).await.body;
    assert_eq!(ids(&first), ["6", "5", "4"]);
    let cursor = first["next"].as_str().unwrap();
    let rest = house.get(&format!("{path}?limit=200&cursor={cursor}")).await.body;
    assert_eq!((ids(&rest), &rest["next"]), (["3", "2", "1", ""].map(str::to_owned).to_vec(), &Value::Null));
    let missed = house.get(&format!("{path}?outcome=missed&limit=2&service=payments")).await.body;
    assert_eq!(ids(&missed), ["5", "3"]);
    assert_eq!(house.get(&format!("{path}?service=other")).await.body["items"], json!([]));
    house.get(&format!("{path}?cursor=x!")).await.refuses(422, "refused", &["cursor"]);
    house.get(&format!("{path}?outcome=lost")).await.refuses(422, "refused", &["outcome"]);
    house.get("/lines/none/calls").await.refuses(404, "not-found", &[]);
}

#[tokio::test]
async fn a_call_shows_every_attempt() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    calls(&house, 1).await;
    let call = house.get(&format!("/calls/CA{:032}", 0)).await.body;
    assert_eq!(
        (&call["outcome"], &call["caller"], &call["message"]),
        (&json!("accepted"), &json!("+4792345678"), &Value::Null)
    );
    let attempt = json!({
        "round": 1, "step": 0, "person": "ada", "name": "ada", "phone": 1, "why": "named by the step", "result": "accepted",
        "started_at": "2026-11-20T08:00:05Z", "answered_at": "2026-11-20T08:00:12Z",
        "accepted_at": "2026-11-20T08:00:15Z", "ended_at": "2026-11-20T08:00:40Z", "ring_seconds": 7, "talk_seconds": 25,
    });
    assert_eq!(call["attempts"], json!([attempt]));
    assert_eq!(call["recording"], Value::Null);
    let recording = TalkRecording { sid: "RE1".to_owned(), account: "AC1".to_owned(), seconds: Some(24) };
    house.store.record_talk(&CallId::new(format!("CA{:032}", 0)), 1, &recording).await.unwrap();
    let listed = house.get(&format!("/lines/{LINE}/calls")).await.body;
    assert_eq!(listed["items"][0]["recording"], json!({"id": "RE1", "account": "AC1", "seconds": 24}));
    house.get("/calls/CA1").await.refuses(404, "not-found", &[]);
}

/// A call of a line that has begun at an instant, and perhaps ended.
async fn begun(house: &House, id: &str, line: &str, at: &str, ended: Option<&str>) {
    let mut call = Call::begin(CallId::new(id), LineId::new(line), None, at.parse().unwrap());
    if let Some(ended) = ended {
        call.end(ended.parse().unwrap());
    }
    house.store.save_call(&call).await.unwrap();
}

fn whole_ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|call| call["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_calls_of_all_lines_are_one_list() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    crate::organisation::keep(&house, &crate::organisation::line("ln_other", "+4721000001")).await;
    calls(&house, 2).await;
    begun(&house, "CAx", "ln_other", "2026-11-20T08:00:30Z", Some("2026-11-20T08:00:40Z")).await;
    let first = house.get("/calls?limit=2").await.body;
    assert_eq!(whole_ids(&first), [format!("CA{:032}", 1).as_str(), "CAx"]);
    let call = &first["items"][0];
    assert_eq!(
        (&call["line_name"], &call["service_name"], &call["attempts"][0]["name"]),
        (&json!("Hotline"), &json!("Payments"), &json!("ada"))
    );
    assert_eq!((&first["items"][1]["service_name"], &first["items"][1]["attempts"]), (&Value::Null, &json!([])));
    let rest = house.get(&format!("/calls?cursor={}", first["next"].as_str().unwrap())).await.body;
    assert_eq!((whole_ids(&rest), &rest["next"]), (vec![format!("CA{:032}", 0).as_str()], &Value::Null));
    assert_eq!(whole_ids(&house.get("/calls?line=ln_other").await.body), ["CAx"]);
    assert_eq!(whole_ids(&house.get("/calls?line=ln_none").await.body), Vec::<&str>::new());
    assert_eq!(ids(&house.get("/calls?outcome=missed&service=payments").await.body), ["1"]);
    house.get("/calls?open=perhaps").await.refuses(422, "refused", &["open"]);
    let client = house.client().await;
    assert_eq!(client.all_calls(&api::AllCallsQuery::default()).await.unwrap().items.len(), 3);
}

#[tokio::test]
async fn calls_that_go_on_or_have_just_ended() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    // long over, but nobody has told
    begun(&house, "CAlost", LINE, "2026-11-19T08:59:59Z", None).await;
    begun(&house, "CAlong", LINE, "2026-11-20T05:00:00Z", None).await;
    begun(&house, "CAover", LINE, "2026-11-20T08:50:00Z", Some("2026-11-20T08:58:00Z")).await;
    begun(&house, "CAjust", LINE, "2026-11-20T08:51:00Z", Some("2026-11-20T08:58:01Z")).await;
    begun(&house, "CAnow", LINE, "2026-11-20T08:59:00Z", None).await;
    let open = house.get("/calls?open=true").await.body;
    assert_eq!((whole_ids(&open), &open["next"]), (vec!["CAnow", "CAjust", "CAlong"], &Value::Null));
    let (first, mut path) = (house.get("/calls?open=true&limit=1").await.body, String::new());
    assert_eq!(whole_ids(&first), ["CAnow"]);
    path.push_str(first["next"].as_str().unwrap());
    let second = house.get(&format!("/calls?open=true&limit=1&cursor={path}")).await.body;
    assert_eq!(whole_ids(&second), ["CAjust"]);
}
