//! Virtual time.
use std::time::Duration;

use twilio_sim::{Fault, Options, Pace};

use crate::product::{ANNA, BERIT, CALLER, LINE, set_up};

/// The transcript and journal of a call with parallel legs and callbacks, without ports.
async fn story() -> (String, Vec<String>) {
    let (product, sim) = set_up(Options::default()).await;
    let all = "statusCallback=\"/child\" statusCallbackEvent=\"initiated ringing answered completed\"";
    product.page("/child", 204, "", "").twiml("/ok", "<Say>Hello</Say>").twiml(
        "/in",
        &format!(
            "<Say>One moment</Say><Dial><Number {all} url=\"/ok\">{ANNA}</Number><Number {all}>{BERIT}</Number></Dial>"
        ),
    );
    sim.fault(Fault::slow("/ok", 2));
    sim.phone(ANNA).answers_after(4).talks_for(20);
    sim.phone(BERIT).answers_after(9).talks_for(20);
    sim.dial(CALLER, LINE).await.ends().await;
    let journal = sim
        .journal()
        .iter()
        .map(|e| format!("{:?} {} {:?}", e.at, e.url.replace(&product.base, ""), e.params))
        .collect();
    (sim.transcript(), journal)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_runs_are_equal() {
    let first = story().await;
    for _ in 0..20 {
        assert_eq!(story().await, first);
    }
}

/// Two responders press 1 at the same instant; how the product's two answers overlapped.
async fn both_at_once(concurrent_webhooks: bool) -> usize {
    let options = Options { concurrent_webhooks, ..Options::default() };
    let (product, sim) = set_up(options).await;
    product.twiml("/in", &format!("<Dial><Number url=\"/ask\">{ANNA}</Number></Dial>"));
    product.twiml("/in2", &format!("<Dial><Number url=\"/ask\">{BERIT}</Number></Dial>"));
    product.twiml("/ask", "<Gather numDigits=\"1\" action=\"/accept\"/>").twiml("/accept", "");
    let second = "+4721000002";
    sim.own(twilio_sim::Number::new(second).voice_url(format!("{}/in2", product.base)));
    for phone in [ANNA, BERIT] {
        sim.phone(phone).answers_after(3).presses("1").talks_for(9);
    }
    product.slow("/accept", Duration::from_millis(100));
    let mut first = sim.dial(CALLER, LINE).await;
    let mut other = sim.dial("+4790000008", second).await;
    first.ends().await;
    other.ends().await;
    sim.assert_clean();
    assert_eq!(product.seen("/accept").len(), 2);
    product.most_at_once()
}

#[tokio::test]
async fn webhooks_of_one_instant_go_one_by_one_or_together() {
    assert_eq!(both_at_once(false).await, 1);
    assert_eq!(both_at_once(true).await, 2);
}

#[tokio::test]
async fn time_stands_still_until_something_is_waited_for() {
    let (product, sim) = set_up(Options::at("2026-10-25T00:59:58Z")).await;
    product.twiml("/in", "<Pause length=\"7\"/>");
    let clock = sim.clock();
    let start = clock.unix_seconds();
    let mut call = sim.dial(CALLER, LINE).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(clock.unix_seconds(), start);
    assert!(product.paths().is_empty());
    call.ends().await;
    assert_eq!(clock.unix_seconds(), start + 7);
    sim.wait(100).await;
    assert_eq!(clock.unix_seconds(), start + 107);
}

#[tokio::test]
async fn as_fast_as_possible_nobody_needs_to_wait() {
    let (product, sim) = set_up(Options { pace: Pace::Fast, ..Options::default() }).await;
    product.twiml("/in", "<Say>Hello</Say><Pause length=\"600\"/>");
    let began = tokio::time::Instant::now();
    sim.dial(CALLER, LINE).await.ends().await;
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(product.paths(), ["/in", "/status"]);
    sim.assert_clean();
}

#[tokio::test]
async fn at_a_speed_time_follows_the_wall() {
    let (product, sim) = set_up(Options { pace: Pace::Speed(100.0), ..Options::default() }).await;
    product.twiml("/in", "<Say>Hello</Say><Pause length=\"30\"/>");
    let began = tokio::time::Instant::now();
    sim.dial(CALLER, LINE).await.hears("Hello").await.ends().await;
    let took = began.elapsed();
    assert!(took > Duration::from_millis(300), "{took:?}");
    assert!(took < Duration::from_secs(5), "{took:?}");
    sim.assert_clean();
}
