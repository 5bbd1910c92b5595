//! Texts of people outside the team.

use oncall::{Mode, ThreadId};
use pipeline::TextEvent;

use crate::{
    house::House,
    organisation::{CALLER, DESK, HOTLINE, line, save, service},
};

const ASKED: &str = "Acme: What is it about? Reply 1 for the payments, 2 for the network.";
const AGAIN: &str = "Acme: Sorry, that is none of the choices. Reply 1 for the payments, 2 for the network.";
const TAKEN: &str = "Thank you. Your message is with the team, who will reply here.";

/// Who wrote what about which service.
fn told(texts: &[TextEvent]) -> Vec<(&str, &str)> {
    texts.iter().map(|text| (text.service.as_str(), text.words.as_str())).collect()
}

#[tokio::test]
async fn a_line_with_one_service_takes_a_text_at_once_and_further_ones_quietly() {
    let house = House::open().await;
    let sid = house.sid();
    assert_eq!(house.text_as(&sid, CALLER, DESK, "It is down", &[]).await, Some(format!("Desk: {TAKEN}")));
    let texts = house.queued().await.texts;
    assert_eq!(told(&texts), [("payments", "It is down")]);
    let first = &texts[0];
    assert_eq!(
        (first.id.as_str(), first.line.as_str(), first.at.to_string().as_str()),
        (sid.as_str(), "desk", "2026-11-20T10:00:00Z")
    );
    let thread = house.store.thread(&ThreadId::new(&*first.thread)).await.unwrap().unwrap();
    assert_eq!((thread.line.as_str(), thread.reporter.as_e164(), thread.is_over), ("desk", CALLER, false));

    assert_eq!(house.text(CALLER, DESK, "All of it").await, None, "they have just been answered");
    house.later(10);
    assert_eq!(house.text(CALLER, DESK, "Still").await.as_deref(), Some("Desk: Added to your message."));
    let texts = house.queued().await.texts;
    assert_eq!(told(&texts), [("payments", "All of it"), ("payments", "Still")]);
    assert!(texts.iter().all(|text| text.thread == first.thread));

    house.store.end_thread(&thread.id, "2026-11-20T11:00:00Z".parse().unwrap()).await.unwrap();
    assert_eq!(house.text(CALLER, DESK, "Again").await, Some(format!("Desk: {TAKEN}")));
    let texts = house.queued().await.texts;
    assert_eq!(told(&texts), [("payments", "Again")]);
    assert_ne!(texts[0].thread, first.thread);
    // somebody else is somebody else
    assert_eq!(house.text("+4799999998", DESK, "Me too").await, Some(format!("Desk: {TAKEN}")));
    assert_ne!(house.queued().await.texts[0].thread, texts[0].thread);
}

#[tokio::test]
async fn a_menu_is_answered_by_a_digit_and_all_words_go_along() {
    let house = House::open().await;
    let picture = [("NumMedia", "1"), ("MediaUrl0", "https://api.twilio.com/ME1"), ("MediaContentType0", "image/png")];
    let (first, second) = (house.sid(), house.sid());
    assert_eq!(house.text_as(&first, CALLER, HOTLINE, "", &picture).await.as_deref(), Some(ASKED));
    assert_eq!(house.text(CALLER, HOTLINE, "*").await.as_deref(), Some(ASKED));
    assert_eq!(house.text(CALLER, HOTLINE, "0").await.as_deref(), Some(AGAIN), "a digit that leads nowhere");
    assert_eq!(house.text_as(&second, CALLER, HOTLINE, "the router", &[]).await.as_deref(), Some(AGAIN));
    assert!(house.queued().await.texts.is_empty());
    assert_eq!(house.text(CALLER, HOTLINE, " \"2\". ").await, Some(format!("Acme: {TAKEN}")));
    let texts = house.queued().await.texts;
    assert_eq!(told(&texts), [("network", ""), ("network", "the router")]);
    assert_eq!((&texts[0].id, &texts[1].id), (&first, &second));
    let media: Vec<_> = texts[0].media.iter().map(|item| (item.href.as_str(), item.content_type.as_str())).collect();
    assert_eq!(media, [("https://api.twilio.com/ME1", "image/png")]);
    // the menu is over: a digit is a word
    house.text(CALLER, HOTLINE, "1").await;
    assert_eq!(told(&house.queued().await.texts), [("network", "1")]);
}

#[tokio::test]
async fn who_does_not_choose_is_taken_where_calls_go_by_default() {
    let house = House::open().await;
    let mut hotline = line("hotline", "Acme", HOTLINE, &["payments", "network"]);
    hotline.default_destination = oncall::Key::from_char('2');
    save(&house.store, &hotline).await;
    assert_eq!(house.text(CALLER, HOTLINE, "one").await.as_deref(), Some(ASKED));
    assert_eq!(house.text(CALLER, HOTLINE, "two").await.as_deref(), Some(AGAIN));
    assert_eq!(house.text(CALLER, HOTLINE, "three").await.as_deref(), Some(AGAIN));
    assert_eq!(house.text(CALLER, HOTLINE, "four").await, Some(format!("Acme: {TAKEN}")));
    let texts = house.queued().await.texts;
    assert_eq!(told(&texts), [("network", "one"), ("network", "two"), ("network", "three"), ("network", "four")]);
}

#[tokio::test]
async fn a_question_is_forgotten_after_a_day() {
    let house = House::open().await;
    house.text(CALLER, HOTLINE, "It was down").await;
    house.later(24 * 60);
    assert_eq!(house.text(CALLER, HOTLINE, "1").await.as_deref(), Some(ASKED));
    assert_eq!(house.text(CALLER, HOTLINE, "1").await, Some(format!("Acme: {TAKEN}")));
    assert_eq!(told(&house.queued().await.texts), [("payments", "1")]);
}

#[tokio::test]
async fn a_text_that_is_delivered_again_is_answered_as_before_and_told_once() {
    let house = House::open().await;
    let (first, digit) = (house.sid(), house.sid());
    for _ in 0..2 {
        assert_eq!(house.text_as(&first, CALLER, HOTLINE, "Down", &[]).await.as_deref(), Some(ASKED));
    }
    for _ in 0..2 {
        assert_eq!(house.text_as(&digit, CALLER, HOTLINE, "1", &[]).await, Some(format!("Acme: {TAKEN}")));
    }
    assert_eq!(house.text_as(&first, CALLER, HOTLINE, "Down", &[]).await.as_deref(), Some(ASKED));
    assert_eq!(told(&house.queued().await.texts), [("payments", "Down")]);
    // at once, on two machines
    let sid = house.sid();
    let (one, two) = tokio::join!(
        house.text_as(&sid, "+4799999998", DESK, "Down", &[]),
        house.text_as(&sid, "+4799999998", DESK, "Down", &[])
    );
    assert_eq!((one.as_deref(), &two), (Some(&*format!("Desk: {TAKEN}")), &one));
    assert_eq!(told(&house.queued().await.texts), [("payments", "Down")]);
}

#[tokio::test]
async fn a_line_that_takes_no_texts_says_so() {
    let house = House::open().await;
    let changed = async |change: fn(&mut oncall::Line)| {
        let mut desk = line("desk", "Desk", DESK, &["payments"]);
        change(&mut desk);
        save(&house.store, &desk).await;
    };
    assert_eq!(
        house.text(CALLER, "+4721000009", "Hi").await.as_deref(),
        Some("Dutyline: This number is not in service.")
    );
    changed(|desk| desk.enabled = false).await;
    assert_eq!(house.text(CALLER, DESK, "Hi").await.as_deref(), Some("Desk: We do not take messages at the moment."));
    changed(|desk| desk.blocked = vec!["+4799*".parse().unwrap()]).await;
    assert_eq!(house.text(CALLER, DESK, "Hi").await, None);
    changed(|desk| {
        desk.blocked = vec!["+4799*".parse().unwrap()];
        desk.allowed = vec![CALLER.parse().unwrap()];
        desk.support_hours = Some(on_mondays());
        desk.voicemail.enabled = false;
    })
    .await;
    assert_eq!(
        house.text(CALLER, DESK, "Hi").await.as_deref(),
        Some("Desk: We are closed at the moment. Please write again later.")
    );
    assert!(house.queued().await.texts.is_empty());
    // a line that takes messages out of hours takes texts
    changed(|desk| desk.support_hours = Some(on_mondays())).await;
    assert_eq!(
        house.text(CALLER, DESK, "Hi").await.as_deref(),
        Some("Desk: We are closed at the moment. Your message has been passed on to the team.")
    );
    assert_eq!(told(&house.queued().await.texts), [("payments", "Hi")]);
}

#[tokio::test]
async fn whoever_writes_learns_that_nobody_is_alerted() {
    let house = House::open().await;
    for (from, mode, answer) in [
        (
            "+4799999991",
            Mode::Debug { until: None },
            "Desk: This is being tested. Your message is kept, nobody is alerted.",
        ),
        (
            "+4799999992",
            Mode::Maintenance { until: None },
            "Desk: There is planned maintenance. Your message has been added to it.",
        ),
        ("+4799999993", Mode::Normal, "Desk: Thank you. Your message is with the team, who will reply here."),
    ] {
        save(&house.store, &service("payments", mode)).await;
        assert_eq!(house.text(from, DESK, "Down").await.as_deref(), Some(answer));
        assert_eq!(told(&house.queued().await.texts), [("payments", "Down")]);
    }
}

#[tokio::test]
async fn words_that_twilio_answers_are_not_answered_and_help_is_a_cry_for_it() {
    let house = House::open().await;
    for word in ["STOP", "start", "Unsubscribe"] {
        assert_eq!(house.text(CALLER, DESK, word).await, None, "{word}");
    }
    assert!(house.queued().await.texts.is_empty());
    assert_eq!(house.text(CALLER, DESK, "help").await, None, "Twilio answers that");
    assert_eq!(house.text(CALLER, DESK, "yes").await, None);
    assert_eq!(told(&house.queued().await.texts), [("payments", "help"), ("payments", "yes")]);
}

#[tokio::test]
async fn a_service_that_is_gone_ends_the_conversation_about_it() {
    let house = House::open().await;
    house.text(CALLER, DESK, "Down").await;
    let first = house.queued().await.texts.remove(0);
    save(&house.store, &line("desk", "Desk", DESK, &["network"])).await;
    assert_eq!(house.text(CALLER, DESK, "Still").await, Some(format!("Desk: {TAKEN}")));
    let texts = house.queued().await.texts;
    assert_eq!(told(&texts), [("network", "Still")]);
    assert_ne!(texts[0].thread, first.thread);
}

/// Not on a Friday.
fn on_mondays() -> oncall::Hours {
    let (timezone, midnight) = ("UTC".to_owned(), jiff::civil::Time::midnight());
    let mondays = oncall::Window { days: vec![jiff::civil::Weekday::Monday], from: midnight, to: midnight };
    oncall::Hours { timezone, windows: vec![mondays], holidays: Vec::new(), calendars: Vec::new() }
}
