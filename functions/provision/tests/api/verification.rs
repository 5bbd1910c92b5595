//! Phones are proven by codes that were sent to them, once each.

mod sending;

use api::{Confirmation, NewVerification};
use futures_util::future::join_all;
use serde_json::{Value, json};
use store::{Action, AuditQuery, Author, Expected, SaveContext};
use twilio_sim::{Event, Number, Purpose};

use crate::estate::Estate;

const ADA: &str = "+4791000001";
const LINE: &str = "+14155550100";
const LINE_ID: &str = "ln_7f3k2m9qab";

/// An organisation whose line may send, and Ada, whose phone is not verified.
async fn organisation() -> Estate {
    let estate = Estate::open().await;
    with_line(&estate, LINE_ID, LINE, |_| {}).await;
    let ada = json!({"id": "ada", "name": "Ada", "language": "en-GB", "phones": [{"number": ADA}]});
    assert_eq!(estate.asked("POST", "/people", Some(&ada)).await.0, 201);
    estate
}

/// A line whose number the account has, that may send texts and calls unless it is changed.
async fn with_line(estate: &Estate, id: &str, number: &str, change: impl Fn(&mut oncall::Line)) {
    estate.sim.own(Number::new(number));
    let mut line = crate::organisation::line(id, number);
    (line.sms_notifications, line.voice_notifications) = (true, true);
    (line.destinations, line.enabled) = (Vec::new(), false);
    change(&mut line);
    save(estate, &line).await;
}

async fn save<T: store::Configured>(estate: &Estate, value: &T) {
    let by = Author::of("test");
    let context = SaveContext { by: &by, at: estate.now(), prompts: &["verification_text"] };
    estate.store.save(value, Expected::Any, &context).await.unwrap();
}

async fn ada(estate: &Estate) -> Value {
    estate.asked("GET", "/people/ada", None).await.1
}

async fn is_verified(estate: &Estate) -> bool {
    ada(estate).await["phones"][0]["verified"].as_bool().unwrap()
}

async fn path(estate: &Estate) -> String {
    format!("/people/ada/phones/{}/verification", ada(estate).await["phones"][0]["id"].as_str().unwrap())
}

async fn start(estate: &Estate, channel: &str) -> (u16, Value) {
    estate.asked("POST", &path(estate).await, Some(&json!({"channel": channel}))).await
}

async fn confirm(estate: &Estate, code: &str) -> (u16, Value) {
    estate.asked("POST", &format!("{}/confirm", path(estate).await), Some(&json!({"code": code}))).await
}

/// A code that was started by text, as Ada reads it.
async fn texted(estate: &Estate) -> String {
    let before = estate.sim.phone(ADA).texts().len();
    let (status, answer) = start(estate, "sms").await;
    assert_eq!((status, &answer["outcome"]), (200, &json!("sent")), "{answer}");
    for _ in 0..30 {
        estate.sim.wait(1).await;
        if let Some(text) = estate.sim.phone(ADA).texts().get(before) {
            return code_in(&text.body);
        }
    }
    panic!("no text arrives");
}

async fn read(estate: &Estate) -> String {
    code_in(&estate.sim.phone(ADA).reads("code").await.body)
}

fn code_in(text: &str) -> String {
    text.split(' ').find(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit())).unwrap().to_owned()
}

/// Another code than this one.
fn wrong(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

fn slug(answer: &Value) -> &str {
    answer["type"].as_str().unwrap_or_default().trim_start_matches("urn:dutyline:problem:")
}

fn detail(answer: &Value) -> &str {
    answer["detail"].as_str().unwrap_or_default()
}

fn field(answer: &Value) -> (&str, &str) {
    let error = &answer["errors"][0];
    (error["field"].as_str().unwrap_or_default(), error["message"].as_str().unwrap_or_default())
}

/// How often Twilio was asked to send something.
fn asked_to_send(estate: &Estate) -> usize {
    let sends = |url: &str| url.ends_with("/Messages.json") || url.ends_with("/Calls.json");
    let journal = estate.sim.journal();
    journal.iter().filter(|one| one.purpose == Purpose::Rest && one.method == "POST" && sends(&one.url)).count()
}

#[tokio::test]
async fn a_phone_is_verified_by_a_text() {
    let estate = organisation().await;
    let (status, answer) = start(&estate, "sms").await;
    let expected = json!({
        "channel": "sms", "line": LINE_ID, "outcome": "sent", "expires_at": "2026-11-20T09:10:00Z",
    });
    assert_eq!((status, &answer), (200, &expected));
    let text = estate.sim.phone(ADA).reads("code").await;
    let code = code_in(&text.body);
    assert_eq!(text.from, LINE);
    assert_eq!(
        text.body,
        format!("{code} is the code from Hotline that verifies this phone. It is valid for 10 minutes.")
    );
    let (status, saved) = confirm(&estate, &format!("{} {}", &code[..3], &code[3..])).await;
    assert_eq!((status, &saved["phones"][0]["verified"], &saved["version"]), (200, &json!(true), &json!(2)), "{saved}");
    assert_eq!(saved["warnings"], json!([]));

    // whoever lost the answer asks again, and a phone that is verified needs no other code
    assert_eq!(confirm(&estate, &code).await.0, 200);
    assert_eq!(ada(&estate).await["version"], 2);
    let (status, answer) = start(&estate, "sms").await;
    assert_eq!((status, slug(&answer)), (409, "already-verified"));
    let log = estate.store.audit(&AuditQuery { limit: 10, ..AuditQuery::default() }).await.unwrap().items;
    let told = log.iter().filter(|entry| entry.action == Action::Verified).collect::<Vec<_>>();
    let [entry] = told.as_slice() else { panic!("{log:?}") };
    assert_eq!((entry.kind.as_str(), entry.id.as_str(), &entry.fields), ("person", "ada", &vec!["phones".to_owned()]));
    assert_eq!(asked_to_send(&estate), 1);
    for exchange in estate.sim.journal() {
        assert!(!exchange.url.contains(&ADA[1..]) && !exchange.url.contains(&code), "{}", exchange.url);
    }
}

#[tokio::test]
async fn a_phone_is_verified_by_a_call_in_its_owners_language() {
    let estate = organisation().await;
    let norwegian = json!({"id": "ada", "name": "Ada", "language": "nb-NO", "phones": [{"number": ADA}]});
    let known = estate.store.find::<oncall::Person>("ada").await.unwrap().unwrap();
    let changed = oncall::Person { language: Some("nb-NO".to_owned()), ..known.value };
    save(&estate, &changed).await;
    assert_eq!(ada(&estate).await["language"], norwegian["language"]);
    let phone = estate.sim.phone(ADA).answers_after(4);
    let (status, answer) = start(&estate, "voice").await;
    assert_eq!((status, &answer["outcome"]), (200, &json!("sent")), "{answer}");
    phone.hears("Hei, dette er Hotline. Koden som bekrefter denne telefonen er:").await;
    phone.hears("Det var koden. Ha det.").await;
    let heard = estate.sim.lines().into_iter().filter(|line| line.who == ADA);
    let digits: String = heard
        .filter_map(|line| match line.event {
            Event::Hears { text, .. } if text.len() == 1 => Some(text),
            _ => None,
        })
        .collect();
    assert_eq!((digits.len(), &digits[..6]), (12, &digits[6..]), "six digits, twice");
    assert_eq!(confirm(&estate, &digits[..6]).await.0, 200);
    assert!(is_verified(&estate).await);
    estate.sim.wait(30).await;
    estate.sim.assert_clean();
}

#[tokio::test]
async fn a_wrong_code_can_be_tried_five_times() {
    let estate = organisation().await;
    let (status, answer) = confirm(&estate, "123456").await;
    assert_eq!((status, slug(&answer)), (409, "no-code"), "nothing was sent");
    let code = texted(&estate).await;
    for bad in ["", "12345", "1234567", "12345x"] {
        let (status, answer) = confirm(&estate, bad).await;
        assert_eq!((status, field(&answer)), (422, ("code", "must be six digits")), "that is no try");
    }
    for left in ["4 tries are left", "3 tries are left", "2 tries are left", "1 try is left", "the last try"] {
        let (status, answer) = confirm(&estate, &wrong(&code)).await;
        assert!(status == 422 && field(&answer).0 == "code" && field(&answer).1.contains(left), "{left}: {answer}");
    }
    let (status, answer) = confirm(&estate, &code).await;
    assert_eq!((status, slug(&answer)), (409, "no-code"), "{answer}");
    assert!(detail(&answer).contains("tried five times") && !is_verified(&estate).await);

    // a new code has tries of its own
    estate.sim.wait(60).await;
    let second = texted(&estate).await;
    assert_eq!(confirm(&estate, &second).await.0, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_have_no_more_tries() {
    let estate = organisation().await;
    let code = texted(&estate).await;
    let wrong = wrong(&code);
    let answers = join_all((0..12).map(|_| confirm(&estate, &wrong))).await;
    let told = answers.iter().filter(|(status, _)| *status == 422).count();
    assert!((1..=5).contains(&told), "{answers:?}");
    let kept = estate.store.verification(&ADA.parse().unwrap()).await.unwrap().code.unwrap();
    assert_eq!(kept.tries as usize, told);
}

#[tokio::test]
async fn a_code_expires_after_ten_minutes() {
    let estate = organisation().await;
    let code = texted(&estate).await;
    estate.sim.wait(9 * 60).await;
    assert_eq!(confirm(&estate, &wrong(&code)).await.0, 422, "it counts still");
    estate.sim.wait(60).await;
    let (status, answer) = confirm(&estate, &code).await;
    assert_eq!((status, slug(&answer)), (409, "no-code"));
    assert!(detail(&answer).contains("ten minutes") && !is_verified(&estate).await, "{answer}");
}

#[tokio::test]
async fn a_new_code_replaces_the_one_before_it() {
    let estate = organisation().await;
    let first = texted(&estate).await;
    estate.sim.wait(60).await;
    let second = texted(&estate).await;
    assert_ne!(first, second, "one in a million");
    assert_eq!(confirm(&estate, &first).await.0, 422);
    assert_eq!(confirm(&estate, &second).await.0, 200);
}

#[tokio::test]
async fn a_number_that_was_changed_meanwhile_does_not_become_verified() {
    let estate = organisation().await;
    let code = texted(&estate).await;
    let before = path(&estate).await;
    let known = estate.store.find::<oncall::Person>("ada").await.unwrap().unwrap();
    let mut changed = known.value.clone();
    changed.phones[0].number = "+4791000002".parse().unwrap();
    save(&estate, &changed).await;
    let (status, answer) = estate.asked("POST", &format!("{before}/confirm"), Some(&json!({"code": code}))).await;
    assert_eq!((status, slug(&answer)), (404, "not-found"), "{answer}");
    assert_eq!(confirm(&estate, &code).await.0, 409, "it was sent to another phone");
    assert!(!is_verified(&estate).await);

    // even if it changes between reading and saving
    let read = estate.store.verification(&ADA.parse().unwrap()).await.unwrap();
    let by = Author::of("test");
    let context = SaveContext { by: &by, at: estate.now(), prompts: &[] };
    let mut late = known.value;
    late.phones[0].verified = true;
    let refused = estate.store.verify_phone(&late, known.version, &read, &context).await;
    assert!(matches!(refused, Err(store::SaveError::Stale { current: Some(2) })), "{refused:?}");
}

#[tokio::test]
async fn a_phone_is_rung_from_then_on_and_not_before() {
    let estate = organisation().await;
    let steps = json!([{"type": "notify", "targets": [{"type": "person", "id": "ada"}]}]);
    let policy = json!({"id": "payments", "name": "Payments", "steps": steps});
    assert_eq!(estate.asked("POST", "/escalation-policies", Some(&policy)).await.0, 201);
    let service = json!({"id": "payments", "name": "Payments", "policy": "payments"});
    assert_eq!(estate.asked("POST", "/services", Some(&service)).await.0, 201);
    let whole = crate::organisation::line(LINE_ID, LINE);
    let destinations = whole.destinations.clone();
    with_line(&estate, LINE_ID, LINE, |line| {
        (line.destinations, line.enabled) = (destinations.clone(), true);
    })
    .await;
    let explain = format!("/lines/{LINE_ID}/explain?digit=1");
    let (_, before) = estate.asked("GET", &explain, None).await;
    assert_eq!(before["destinations"][0]["rings"], false, "{before}");
    assert!(before.to_string().contains("phone 1 is not verified"), "{before}");
    let code = texted(&estate).await;
    assert_eq!(confirm(&estate, &code).await.0, 200);
    let (_, after) = estate.asked("GET", &explain, None).await;
    assert_eq!(after["destinations"][0]["rings"], true, "the plan holds it: {after}");
}

#[tokio::test]
async fn the_client_verifies_a_phone() {
    let estate = organisation().await;
    let client = estate.client().await;
    let phone = ada(&estate).await["phones"][0]["id"].as_str().unwrap().to_owned();
    let wanted = NewVerification { channel: api::Channel::Sms };
    let sent = client.verify_phone("ada", &phone, &wanted).await.unwrap();
    assert_eq!(sent.outcome, api::VerificationOutcome::Sent);
    let confirmation = Confirmation { code: read(&estate).await };
    assert!(!format!("{confirmation:?}").contains(&confirmation.code));
    let saved = client.confirm_phone("ada", &phone, &confirmation).await.unwrap();
    assert!(saved.value.phones[0].verified);
}
