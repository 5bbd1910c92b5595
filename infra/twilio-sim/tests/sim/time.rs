//! Virtual time.
use std::time::Duration;

use twilio_sim::{Fault, Options, Pace};

use crate::product::{ANNA, BERIT, CALLER, LINE, set_up};

/// The transcript and journal of a call with parallel legs and callbacks, without ports.
async fn story() -> (String, Vec<String>) {
    let (product, sim) = set_up(Options::default()).await;
    let all =
        "statusCallback=\"/child\" statusCallbackEvent=\"initiated ringing answered completed\"";
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
        .map(|e| {
            format!(
                "{:?} {} {:?}",
                e.at,
                e.url.replace(&product.base, ""),
                e.params
            )
        })
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
    let (product, sim) = set_up(Options {
        pace: Pace::Fast,
        ..Options::default()
    })
    .await;
    product.twiml("/in", "<Say>Hello</Say><Pause length=\"600\"/>");
    let began = tokio::time::Instant::now();
    sim.dial(CALLER, LINE).await.ends().await;
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(product.paths(), ["/in", "/status"]);
    sim.assert_clean();
}

#[tokio::test]
async fn at_a_speed_time_follows_the_wall() {
    let (product, sim) = set_up(Options {
        pace: Pace::Speed(100.0),
        ..Options::default()
    })
    .await;
    product.twiml("/in", "<Say>Hello</Say><Pause length=\"30\"/>");
    let began = tokio::time::Instant::now();
    sim.dial(CALLER, LINE)
        .await
        .hears("Hello")
        .await
        .ends()
        .await;
    let took = began.elapsed();
    assert!(took > Duration::from_millis(300), "{took:?}");
    assert!(took < Duration::from_secs(5), "{took:?}");
    sim.assert_clean();
}
