//! What goes wrong on the way, and how Twilio takes it.
use twilio_sim::{Fault, Number, Options, Signing, Sim};

use crate::product::{ANNA, CALLER, LINE, Product, set_up};

const APOLOGY: &str = "We are sorry, an application error has occurred. Goodbye";

/// A faulty first document leads to the fallback with this error.
async fn check_fallback(code: u32, prepare: impl FnOnce(&Product, &Sim)) {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/fallback", "<Say>Plan B</Say>");
    prepare(&product, &sim);
    let mut call = sim.dial(CALLER, LINE).await;
    call.hears("Plan B").await.ends().await;
    let fallback = &product.seen("/fallback")[0];
    assert_eq!(fallback.get("ErrorCode"), code.to_string());
    assert_eq!(fallback.get("ErrorUrl"), format!("{}/in", product.base));
    assert_eq!(fallback.get("From"), CALLER);
    assert_eq!(sim.alerts()[0].code, code);
    assert_eq!(sim.alerts().len(), 1);
}

#[tokio::test]
async fn errors_lead_to_the_fallback() {
    check_fallback(11200, |product, _| {
        product.page("/in", 500, "text/xml", "<Response/>");
    })
    .await;
    check_fallback(11200, |_, _| {}).await;
    check_fallback(12100, |product, _| {
        product.page("/in", 200, "text/xml", "<Response>");
    })
    .await;
    check_fallback(12102, |product, _| {
        product.page("/in", 200, "text/xml", "<Say>a</Say>");
    })
    .await;
    check_fallback(12300, |product, _| {
        product.page("/in", 200, "image/png", "x");
    })
    .await;
    check_fallback(12300, |product, _| {
        product.page("/in", 200, "", "<Response/>");
    })
    .await;
    check_fallback(11770, |product, _| {
        product.page("/in", 200, "text/xml", "");
    })
    .await;
    check_fallback(11215, |product, _| {
        product.redirect("/in", 302, "/in");
    })
    .await;
    check_fallback(11750, |product, _| {
        let long = "x".repeat(64 * 1024);
        product.twiml("/in", &format!("<Say>{long}</Say>"));
    })
    .await;
    check_fallback(11200, |product, sim| {
        product.twiml("/in", "<Hangup/>");
        sim.fault(Fault::slow("/in", 15));
    })
    .await;
    check_fallback(11205, |_, sim| sim.fault(Fault::unreachable("/in"))).await;
}

#[tokio::test]
async fn without_a_fallback_the_caller_hears_an_apology() {
    let (product, sim) = set_up(Options::default()).await;
    sim.own(Number::new("+4721000001").voice_url(format!("{}/nowhere", product.base)));
    sim.expect_alert(11200);
    let mut call = sim.dial(CALLER, "+4721000001").await;
    call.hears(APOLOGY).await;
    assert_eq!(call.ends().await.as_str(), "completed");
    sim.assert_clean();
}

#[tokio::test]
async fn nobody_listening_is_11205_after_a_second_attempt() {
    let (_product, sim) = set_up(Options::default()).await;
    sim.own(Number::new("+4721000001").voice_url("http://127.0.0.1:9/voice"));
    sim.expect_alert(11205);
    sim.dial(CALLER, "+4721000001").await.hears(APOLOGY).await.ends().await;
    sim.assert_clean();
}

#[tokio::test]
async fn a_slow_answer_within_fifteen_seconds_counts() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Say>At last</Say>");
    sim.fault(Fault::slow("/in", 14));
    let start = sim.clock().unix_seconds();
    sim.dial(CALLER, LINE).await.hears("At last").await.ends().await;
    assert_eq!(sim.clock().unix_seconds() - start, 14);
    sim.assert_clean();
}

#[tokio::test]
async fn duplicates_carry_the_same_request() {
    for fault in [Fault::duplicated("/in"), Fault::duplicated_at_once("/in")] {
        let (product, sim) = set_up(Options::default()).await;
        product.twiml("/in", "<Say>Once</Say>");
        sim.fault(fault);
        let mut call = sim.dial(CALLER, LINE).await;
        call.ends().await;
        let seen = product.seen("/in");
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].raw, seen[1].raw);
        assert_eq!(seen[0].headers["x-twilio-signature"], seen[1].headers["x-twilio-signature"]);
        assert_eq!(call.heard(), ["Once"]);
        sim.assert_clean();
    }
}

#[tokio::test]
async fn retries_carry_an_idempotency_token() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Say>First</Say>").twiml("/in", "<Say>Second</Say>");
    sim.fault(Fault::retried("/in"));
    let mut call = sim.dial(CALLER, LINE).await;
    call.ends().await;
    let seen = product.seen("/in");
    let token = "i-twilio-idempotency-token";
    assert_eq!(seen[0].headers[token], seen[1].headers[token]);
    assert_eq!(call.heard(), ["Second"]);
    assert!(!product.seen("/status")[0].headers.contains_key(token));
}

#[tokio::test]
async fn status_callbacks_are_lost_or_overtaken() {
    let (product, sim) = set_up(Options::default()).await;
    let all = "initiated ringing answered completed";
    product.page("/child", 204, "", "").twiml(
        "/in",
        &format!("<Dial><Number statusCallback=\"/child\" statusCallbackEvent=\"{all}\">{ANNA}</Number></Dial>"),
    );
    sim.phone(ANNA).answers_after(2).talks_for(5);
    sim.fault(Fault::lost("/child"));
    sim.fault(Fault::late("/child", 30));
    sim.dial(CALLER, LINE).await.ends().await;
    sim.wait(60).await;
    let order: Vec<_> = product.seen("/child").iter().map(|seen| seen.get("SequenceNumber").to_owned()).collect();
    assert_eq!(order, ["2", "3", "1"]);
    sim.assert_clean();
}

#[tokio::test]
async fn a_refused_status_callback_is_15003() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Hangup/>").twiml("/gone", "");
    sim.own(
        Number::new("+4721000001")
            .voice_url(format!("{}/in", product.base))
            .status_callback(format!("{}/nowhere", product.base)),
    );
    sim.expect_alert(15003);
    sim.dial(CALLER, "+4721000001").await.ends().await;
    sim.assert_clean();
}

#[tokio::test]
async fn a_rotated_token_signs_from_the_next_request_on() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Pause length=\"2\"/><Redirect>/in</Redirect>").twiml("/in", "<Hangup/>");
    let mut call = sim.dial(CALLER, LINE).await;
    let (old, new) = (sim.auth_token(), sim.create_secondary_token());
    call.waits(1).await;
    assert_eq!(sim.auth_token(), old);
    sim.promote_secondary_token();
    assert_eq!(sim.auth_token(), new);
    call.ends().await;
    let signatures: Vec<_> = product.seen("/in").iter().map(|s| s.headers["x-twilio-signature"].clone()).collect();
    assert_eq!(signatures.len(), 2);
    assert_ne!(signatures[0], signatures[1]);
}

#[tokio::test]
async fn a_shared_key_is_announced() {
    let signing = Signing::SharedKey { key: "key-1".into(), secret: "s3cret".into() };
    let (product, sim) = set_up(Options { signing, ..Options::default() }).await;
    product.twiml("/in", "<Hangup/>");
    sim.dial(CALLER, LINE).await.ends().await;
    let headers = &product.seen("/in")[0].headers;
    assert_eq!(headers["x-twilio-webhooks-signature-settings"], "key=key-1,algorithm=HMAC_SHA256");
    assert_eq!(headers["x-twilio-signature"].len(), 44);
}

#[tokio::test]
async fn forged_requests_are_for_the_product_to_refuse() {
    let (product, sim) = set_up(Options::default()).await;
    product.page("/in", 403, "", "");
    let url = format!("{}/in", product.base);
    assert_eq!(sim.post_unsigned(&url, &[("From", CALLER)]).await, 403);
    assert_eq!(sim.post_forged(&url, &[("From", CALLER)]).await, 403);
    assert_eq!(sim.post_signed(&url, &[("From", CALLER)]).await, 403);
    let signed: Vec<_> =
        product.seen("/in").iter().map(|seen| seen.headers.contains_key("x-twilio-signature")).collect();
    assert_eq!(signed, [false, true, true]);
    sim.assert_clean();
}

#[tokio::test]
async fn configured_origins_are_reached_elsewhere() {
    let product = Product::start().await;
    product.twiml("/voice/in", "<Redirect>next</Redirect>").twiml("/voice/next", "<Hangup/>");
    let reach = vec![("https://hotline.example.org".to_owned(), product.base.clone())];
    let sim = Sim::start(Options { reach, ..Options::default() }).await;
    sim.own(Number::new(LINE).voice_url("https://hotline.example.org/voice/in"));
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(product.paths(), ["/voice/in", "/voice/next"]);
    assert_eq!(sim.journal()[1].url, "https://hotline.example.org/voice/next");
    sim.assert_clean();
}
