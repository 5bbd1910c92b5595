//! Calls that are only played.

use api::{Move, PhoneBehaviour, Rehearsal};
use serde_json::{Value, json};

use crate::{
    house::House,
    organisation::{LINE, settle, verify, with_line},
};

/// Ada is on call until seven in the evening of that Saturday in Oslo, then Bo.
const MORNING: &str = "2026-11-21T09:00:00Z";

async fn house() -> House {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    with_line(&house).await;
    house
}

async fn rehearse(house: &House, story: Value) -> Value {
    let answer = house.ask("POST", &format!("/lines/{LINE}/rehearsal")).json(&story).send().await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

/// What happened, a line a scene.
fn told(rehearsed: &Value) -> Vec<String> {
    rehearsed["scenes"].as_array().unwrap().iter().map(|scene| line(&scene["what"])).collect()
}

fn line(what: &Value) -> String {
    let person = text(&what["person"]["name"]);
    match text(&what["type"]) {
        "hears" => {
            let says: Vec<_> = what["says"].as_array().unwrap().iter().map(text).collect();
            format!("{person} hears {}", says.join(" "))
        }
        "presses" => format!("{person} presses {}", text(&what["key"])),
        "climbs" => {
            let rung =
                |rung: &Value| format!("{} {}: {}", text(&rung["result"]), text(&rung["name"]), text(&rung["why"]));
            let rungs: Vec<_> = what["rungs"].as_array().unwrap().iter().map(rung).collect();
            format!("climbs {}", rungs.join("; "))
        }
        "rings" => format!("{person} rings at {}: {}", text(&what["number"]), text(&what["why"])),
        "attempt_ends" => format!("{person} {} after {} s", text(&what["result"]), what["ring_seconds"]),
        kind => format!("{person} {kind}"),
    }
}

#[tokio::test]
async fn nobody_answers_and_a_mailbox_is_nobody() {
    let house = house().await;
    let story = json!({
        "at": MORNING, "from": {"number": "+4792000009"}, "people": {"bo": "mailbox"},
        "moves": [
            {"type": "wait"}, {"type": "wait"}, {"type": "wait"},
            {"type": "message", "seconds": 12, "hangs_up": false},
        ],
    });
    let rehearsed = rehearse(&house, story).await;
    let whisper = "bo hears Call for Payments on Hotline, from 4 7, 9 2 0, 0 0 0, 0 9. \
                   Press 1 to accept, 2 to decline, 3 to hear this again.";
    assert_eq!(
        told(&rehearsed),
        [
            "climbs ring ada: on call in schedule primary: layer Days, group 1; \
             skip -: a wait of 5 min, not waited for on a live call; ring bo: in team Leads; \
             skip ada: not needed, the steps reach somebody",
            "- hears Welcome to Hotline. Connecting you to Payments. Please hold.",
            "ada rings at +4791****01: on call in schedule primary: layer Days, group 1",
            "ada no_answer after 25 s",
            "- hears We are still trying to reach someone. Please hold. To leave a message instead, press 1.",
            "- keeps_silent",
            "bo rings at +4791****02: in team Leads",
            "bo picks_up",
            whisper,
            "bo keeps_silent",
            whisper,
            "bo keeps_silent",
            "bo hears No key was pressed. Goodbye.",
            "bo hangs_up",
            "bo not_confirmed after 15 s",
            "- hears Sorry, nobody could be reached. Please leave a message after the tone, and press hash when you are done.",
            "- leaves_message",
            "- hears Thank you. Your message has been passed on to the team. Goodbye.",
            "- hangs_up",
        ]
    );
    assert_eq!((&rehearsed["waits_for"], &rehearsed["closed"]), (&Value::Null, &json!([])));
    assert_eq!(rehearsed["call"]["outcome"], "message");
    let results: Vec<_> =
        rehearsed["call"]["attempts"].as_array().unwrap().iter().map(|it| text(&it["result"])).collect();
    assert_eq!(results, ["no_answer", "not_confirmed"]);
    assert_eq!(
        rehearsed["incident"],
        json!({
            "kind": "usual", "status": "triggered", "service": {"id": "payments", "name": "Payments"},
            "after_minutes": 0, "skipped": [],
            "pages": [{
                "person": {"id": "ada", "name": "ada"}, "why": "on call in schedule primary: layer Days, group 1",
            }],
        })
    );
    let quiet = house.get(&format!("/lines/{LINE}/calls")).await.body;
    assert_eq!(quiet["items"], json!([]), "nothing is kept");
}

#[tokio::test]
async fn the_page_answers_for_a_responder() {
    let house = house().await;
    let story = |moves: Value| json!({"at": MORNING, "people": {"ada": "picks_up"}, "moves": moves});
    let asked = rehearse(&house, story(json!([{"type": "wait"}]))).await;
    let waits_for = &asked["waits_for"];
    assert_eq!((&waits_for["what"], &waits_for["who"]), (&json!("question"), &json!("person")));
    assert_eq!(waits_for["person"], json!({"id": "ada", "name": "ada"}));
    let leads: Vec<_> = waits_for["keys"].as_array().unwrap().iter().map(|key| text(&key["leads_to"])).collect();
    assert_eq!(leads[..4], ["question", "conversation", "end", "question"], "silence, 1, 2, 3");
    assert_eq!(asked["incident"], Value::Null);

    let taken = rehearse(&house, story(json!([{"type": "wait"}, {"type": "press", "key": "1"}]))).await;
    assert_eq!(told(&taken).last().unwrap(), "ada connected");
    assert_eq!(
        (&taken["waits_for"]["what"], &taken["incident"]["status"]),
        (&json!("conversation"), &json!("acknowledged"))
    );
    let moves = json!([{"type": "wait"}, {"type": "press", "key": "1"}, {"type": "hang_up", "by": "person"}]);
    let over = rehearse(&house, story(moves)).await;
    assert_eq!((&over["call"]["outcome"], &over["incident"]["status"]), (&json!("accepted"), &json!("resolved")));
    assert_eq!(over["incident"]["pages"], json!([]), "somebody had it");

    let moves = json!([{"type": "wait"}, {"type": "hang_up"}]);
    let left = rehearse(&house, story(moves)).await;
    assert_eq!(told(&left).last().unwrap(), "ada not_confirmed after 4 s");
    assert_eq!((&left["call"]["outcome"], &left["incident"]["status"]), (&json!("missed"), &json!("triggered")));
}

#[tokio::test]
async fn a_shift_hands_over_while_the_phone_rings() {
    let house = house().await;
    // the handover is at eight in the morning in Oslo
    let story = |at: &str| json!({"at": at, "moves": [{"type": "wait"}, {"type": "wait"}]});
    let rung =
        |rehearsed: &Value| told(rehearsed).into_iter().filter(|line| line.contains(" rings at ")).collect::<Vec<_>>();
    let before = rehearse(&house, story("2026-11-21T06:59:50Z")).await;
    let after = rehearse(&house, story("2026-11-21T07:00:10Z")).await;
    let lines = (rung(&before), rung(&after));
    assert!(lines.0[0].starts_with("bo rings") && lines.1[0].starts_with("ada rings"), "{lines:?}");
    assert_eq!(lines.0[1], "ada rings at +4791****01: on call in schedule primary: layer Days, group 1");
    let climbs = told(&before).into_iter().filter(|line| line.starts_with("climbs")).count();
    assert_eq!(climbs, 2, "the ladder is told again since it has changed");
}

#[tokio::test]
async fn whoever_is_turned_away_hears_why_or_nothing() {
    let house = house().await;
    let blocked = rehearse(&house, json!({"from": {"number": "+4790000009"}})).await;
    assert_eq!((told(&blocked), &blocked["closed"]), (vec!["- rejected".to_owned()], &json!(["blocked"])));
    assert_eq!((&blocked["waits_for"], &blocked["call"]["outcome"]), (&Value::Null, &json!("turned_away")));

    let path = format!("/lines/{LINE}");
    let mut line = house.get(&path).await.body;
    line["withheld"] = json!("refuse");
    line["support_hours"] = json!({"timezone": "UTC", "windows": [{"days": ["MO"], "from": "08:00", "to": "16:00"}]});
    assert_eq!(house.ask("PUT", &path).header("if-match", "*").json(&line).send().await.status, 200);
    let hidden = rehearse(&house, json!({"at": MORNING})).await;
    assert_eq!(hidden["closed"], json!(["outside_hours", "withheld"]));
    assert_eq!(told(&hidden).last().unwrap(), "- hangs_up");
    let shown = rehearse(&house, json!({"at": MORNING, "from": {"number": "+4792000009"}})).await;
    assert_eq!((&shown["closed"], &shown["waits_for"]["what"]), (&json!(["outside_hours"]), &json!("message")));
}

#[tokio::test]
async fn a_responder_who_calls_is_asked_and_may_go_to_the_desk() {
    let house = house().await;
    let ada = house.get("/people/ada").await.body["phones"][0]["id"].as_str().unwrap().to_owned();
    let story = |moves: Value| json!({"at": MORNING, "from": {"phone": ada}, "moves": moves});
    let asked = rehearse(&house, story(json!([]))).await;
    assert_eq!(asked["waits_for"]["what"], "offer");
    let star = asked["waits_for"]["keys"].as_array().unwrap().iter().find(|key| key["key"] == "*").unwrap();
    assert_eq!(star["leads_to"], "desk");
    let desk = rehearse(&house, story(json!([{"type": "press", "key": "*"}]))).await;
    assert_eq!((told(&desk).last().unwrap().as_str(), &desk["call"]), ("- desk", &Value::Null));
    let own = rehearse(&house, story(json!([{"type": "wait"}]))).await;
    assert!(told(&own).iter().any(|line| line.contains("skip ada: phone 1 is the caller's own")), "{:?}", told(&own));
    assert!(told(&own).iter().any(|line| line.starts_with("bo rings")), "{:?}", told(&own));
}

#[tokio::test]
async fn what_cannot_be_played_is_named() {
    let house = house().await;
    let path = format!("/lines/{LINE}/rehearsal");
    let wait = json!({"type": "wait"});
    for (story, field) in [
        (json!({"moves": [{"type": "press", "key": "1"}]}), "moves[0]"),
        (json!({"moves": [{"type": "wait"}, {"type": "press", "key": "12"}]}), "moves[1].key"),
        (json!({"moves": vec![wait; 201]}), "moves"),
        (json!({"moves": [{"type": "sing"}]}), "moves[0].type"),
        (json!({"moves": [{"type": "wait", "seconds": 3}]}), "moves[0].seconds"),
        (json!({"moves": [{"type": "press"}]}), "moves[0].key"),
        (json!({"people": {"eve": "busy"}}), "people.eve"),
        (json!({"people": {"ada": "sleeps"}}), "people.ada"),
        (json!({"from": {"phone": "000000000000"}}), "from.phone"),
        (json!({"from": {"phone": "000000000000", "number": "+4792000009"}}), "from"),
        (json!({"seed": "so so"}), "seed"),
        (json!({"at": "noon"}), "at"),
        (json!({"colour": "red"}), "colour"),
    ] {
        house.ask("POST", &path).json(&story).send().await.refuses(422, "refused", &[field]);
    }
    house.ask("POST", "/lines/none/rehearsal").json(&json!({})).send().await.refuses(404, "not-found", &[]);
}

#[tokio::test]
async fn the_client_plays_a_story() {
    let house = house().await;
    let client = house.client().await;
    let people = [("ada".to_owned(), PhoneBehaviour::Declines), ("bo".to_owned(), PhoneBehaviour::Accepts)].into();
    let moves = vec![Move::Wait {}, Move::Wait {}, Move::Wait {}, Move::Wait {}];
    let story = Rehearsal { at: Some(MORNING.parse().unwrap()), people, moves, ..Rehearsal::default() };
    let rehearsed = client.rehearse(LINE, &story).await.unwrap();
    let attempts = rehearsed.call.unwrap().attempts;
    let results: Vec<_> = attempts.iter().map(|attempt| (attempt.person.as_str(), attempt.result)).collect();
    assert_eq!(results, [("ada", api::AttemptResult::Declined), ("bo", api::AttemptResult::Accepted)]);
    assert_eq!(rehearsed.waits_for, None);
}
