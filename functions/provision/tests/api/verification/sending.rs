//! From which line a code is sent, how often, and what is said if it is not.

use std::time::Duration;

use futures_util::future::join_all;
use provision::router;
use serde_json::json;
use twilio_sim::{Fault, Mishap, Texting};

use super::*;

#[tokio::test]
async fn a_phone_gets_one_code_a_minute_and_five_an_hour() {
    let estate = organisation().await;
    for _ in 0..5 {
        texted(&estate).await;
        let (status, answer) = start(&estate, "voice").await;
        assert_eq!((status, slug(&answer)), (429, "too-often"), "{answer}");
        estate.sim.wait(60).await;
    }
    let app = router(estate.app());
    let answer = Estate::answer(&app, "POST", &path(&estate).await, &json!({"channel": "sms"})).await;
    assert_eq!(answer.status(), 429);
    let seconds: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((3200..=3300).contains(&seconds), "{seconds}");
    // the phone is asked, not the person: taken away and given to somebody else, it has had its five
    let bo = json!({"id": "bo", "name": "Bo", "phones": [{"number": ADA}]});
    let bo = estate.asked("POST", "/people", Some(&bo)).await.1;
    let path = format!("/people/bo/phones/{}/verification", bo["phones"][0]["id"].as_str().unwrap());
    assert_eq!(estate.asked("POST", &path, Some(&json!({"channel": "sms"}))).await.0, 429);
    assert_eq!(asked_to_send(&estate), 5);
    estate.sim.wait(seconds).await;
    assert_eq!(estate.asked("POST", &path, Some(&json!({"channel": "sms"}))).await.0, 200);
}

#[tokio::test]
async fn of_many_at_once_one_is_sent() {
    let estate = organisation().await;
    let answers = join_all((0..6).map(|_| start(&estate, "sms"))).await;
    let sent = answers.iter().filter(|(status, _)| *status == 200).count();
    assert!(sent == 1 && answers.iter().all(|(status, _)| [200, 409, 429].contains(status)), "{answers:?}");
    assert_eq!(asked_to_send(&estate), 1);
}

#[tokio::test]
async fn without_a_line_that_may_and_can_nothing_is_sent() {
    let estate = Estate::unconnected().await;
    let person = json!({"id": "ada", "name": "Ada", "phones": [{"number": ADA}]});
    assert_eq!(estate.asked("POST", "/people", Some(&person)).await.0, 201);
    let (status, answer) = start(&estate, "sms").await;
    assert_eq!((status, slug(&answer), detail(&answer)), (409, "no-sender", "No Twilio account is connected."));

    let estate = organisation().await;
    with_line(&estate, LINE_ID, LINE, |line| line.sms_notifications = false).await;
    let (status, answer) = start(&estate, "sms").await;
    assert_eq!((status, slug(&answer)), (409, "no-sender"));
    assert_eq!(detail(&answer), "No line may send texts: set sms_notifications of one.");
    with_line(&estate, LINE_ID, LINE, |line| line.sms_notifications = true).await;
    estate.sim.release_in_console(LINE);
    let (status, answer) = start(&estate, "sms").await;
    assert_eq!((status, slug(&answer)), (409, "no-sender"));
    assert!(detail(&answer).contains("can send texts at Twilio"), "{answer}");
    assert_eq!(asked_to_send(&estate), 0);
}

#[tokio::test]
async fn a_line_of_the_phones_own_country_is_taken_first() {
    let estate = organisation().await;
    with_line(&estate, "ln_norwegian1", "+4759440000", |_| {}).await;
    let (_, answer) = start(&estate, "voice").await;
    assert_eq!(answer["line"], "ln_norwegian1", "{answer}");
}

#[tokio::test]
async fn a_line_whose_number_cannot_send_texts_sends_none() {
    let estate = organisation().await;
    let norwegian = estate.buys_in_norway().await;
    let line = estate.store.find::<oncall::Line>(&norwegian).await.unwrap().unwrap().value;
    save(&estate, &oncall::Line { sms_notifications: true, voice_notifications: true, ..line }).await;
    let (_, answer) = start(&estate, "sms").await;
    assert_eq!(answer["line"], LINE_ID, "{answer}");
    estate.sim.wait(60).await;
    let (_, answer) = start(&estate, "voice").await;
    assert_eq!(answer["line"], norwegian.as_str(), "{answer}");
}

#[tokio::test]
async fn our_own_numbers_and_premium_numbers_are_never_reached() {
    let estate = organisation().await;
    for number in ["+4782912345", "+449098790123"] {
        let known = estate.store.find::<oncall::Person>("ada").await.unwrap().unwrap();
        let mut changed = known.value;
        changed.phones[0].number = number.parse().unwrap();
        save(&estate, &changed).await;
        let (status, answer) = start(&estate, "voice").await;
        let (named, why) = field(&answer);
        assert!(status == 422 && named == "phone" && why.contains("costs more"), "{number}: {answer}");
    }
    // a number that somebody had before it was bought
    with_line(&estate, "ln_2", "+4782912346", |_| {}).await;
    with_line(&estate, "ln_3", "+449098790123", |_| {}).await;
    let (status, answer) = start(&estate, "voice").await;
    assert!(status == 422 && field(&answer).1.contains("line of ours"), "{answer}");
    assert_eq!(asked_to_send(&estate), 0);
}

#[tokio::test]
async fn what_twilio_refuses_is_said_in_words_and_does_not_count() {
    let estate = organisation().await;
    for (code, named, words) in [
        (21614, "channel", "not a mobile number"),
        (21612, "channel", "cannot be reached by text"),
        (21408, "phone", "messaging permissions"),
        (21211, "phone", "not a valid telephone number"),
        (21608, "phone", "trial account"),
    ] {
        estate.sim.phone(ADA).texting(Texting::Refused(code));
        let (status, answer) = start(&estate, "sms").await;
        assert_eq!((status, slug(&answer), field(&answer).0), (422, "twilio-refused", named), "{code}: {answer}");
        let said = format!("{answer}");
        assert!(said.contains(words) && said.contains(&code.to_string()) && !said.contains(&ADA[1..]), "{said}");
    }
    estate.sim.phone(ADA).texting(Texting::Received).opts_out_of(LINE, true);
    let (status, answer) = start(&estate, "sms").await;
    assert!(status == 422 && field(&answer).1.contains("STOP"), "{answer}");
    estate.sim.phone(ADA).opts_out_of(LINE, false);
    let code = texted(&estate).await;
    assert_eq!(confirm(&estate, &code).await.0, 200);
}

#[tokio::test]
async fn a_refused_code_leaves_the_one_before_it() {
    let estate = organisation().await;
    let code = texted(&estate).await;
    estate.sim.wait(60).await;
    estate.sim.fault(Fault::rest("POST /Calls.json", Mishap::Refused(404)));
    assert_eq!(start(&estate, "voice").await.0, 422);
    assert_eq!(confirm(&estate, &code).await.0, 200);
}

#[tokio::test]
async fn a_code_of_which_nothing_is_known_is_sent_once_and_counts() {
    for mishap in [
        Mishap::ResetAfter,
        Mishap::Stalls(Duration::from_millis(1800)),
        Mishap::FailedAfter(500),
        Mishap::HtmlAfter(502),
        Mishap::Garbled,
    ] {
        let estate = organisation().await;
        estate.sim.fault(Fault::rest("POST /Messages.json", mishap.clone()));
        let (status, answer) = start(&estate, "sms").await;
        assert_eq!((status, &answer["outcome"]), (200, &json!("unknown")), "{mishap:?}: {answer}");
        assert_eq!(start(&estate, "sms").await.0, 429, "it may have arrived");
        let code = read(&estate).await;
        estate.sim.wait(30).await;
        assert_eq!((asked_to_send(&estate), estate.sim.phone(ADA).texts().len()), (1, 1), "{mishap:?}");
        assert_eq!(confirm(&estate, &code).await.0, 200);
    }
}

#[tokio::test]
async fn a_line_that_leaves_the_code_out_of_its_words_does_not_count_there() {
    let estate = organisation().await;
    with_line(&estate, LINE_ID, LINE, |line| {
        line.prompts = [("verification_text".to_owned(), "Hello from {line}".to_owned())].into();
    })
    .await;
    texted(&estate).await;
    estate.sim.wait(60).await;
    with_line(&estate, LINE_ID, LINE, |line| {
        line.prompts = [("verification_text".to_owned(), "Acme code: {code} !".to_owned())].into();
    })
    .await;
    let code = texted(&estate).await;
    assert!(estate.sim.phone(ADA).texts().iter().any(|text| text.body == format!("Acme code: {code} !")));
}
