//! How documents look, and the edges of the writer's numbers.

use phone::PhoneNumber;
use twilio::twiml::*;

#[track_caller]
fn check(twiml: impl Into<String>, expected: &str) {
    let xml: String = twiml.into();
    let inside = xml
        .strip_prefix(r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#)
        .and_then(|rest| rest.strip_suffix("</Response>"));
    assert_eq!(inside, Some(expected));
}

fn number() -> PhoneNumber {
    "+4791234589".parse().unwrap()
}

#[test]
fn documents_that_end() {
    check(Response::new().into_xml(), "");
    check(Response::new().hangup().into_xml(), "<Hangup/>");
    check(Response::new().redirect("/a?b=1&c=2").into_xml(), "<Redirect>/a?b=1&amp;c=2</Redirect>");
    check(Response::reject(RejectReason::Busy).into_xml(), r#"<Reject reason="busy"/>"#);
    check(Response::reject(RejectReason::Rejected).into_xml(), r#"<Reject reason="rejected"/>"#);
}

#[test]
fn texts() {
    check(TextResponse::new().into_xml(), "");
    check(TextResponse::new().message("").message(" \n").into_xml(), "");
    check(
        TextResponse::new().message("\"Hei\" & <ha det>\u{0}").message("2").into_xml(),
        r#"<Message>"Hei" &amp; &lt;ha det&gt; </Message><Message>2</Message>"#,
    );
    let long = "\u{e5}".repeat(2000);
    check(TextResponse::new().message(&long).into_xml(), &format!("<Message>{}</Message>", "\u{e5}".repeat(1600)));
    let eleven = (0..11).fold(TextResponse::new(), |response, _| response.message("a"));
    check(eleven.into_xml(), &"<Message>a</Message>".repeat(10));
}

#[test]
fn prompts() {
    let plain = Voice::default();
    check(Response::new().say(&plain, "Hei").into_xml(), "<Say>Hei</Say>");
    check(Response::new().say(&plain, "").say(&plain, " \n").into_xml(), "");
    check(Response::new().say_times(&plain, 0, "a").into_xml(), "<Say>a</Say>");
    check(Response::new().say_times(&plain, 9999, "a").into_xml(), r#"<Say loop="1000">a</Say>"#);
    check(Response::new().play("/a.mp3").into_xml(), "<Play>/a.mp3</Play>");
    check(Response::new().play_times(0, "/a.mp3").into_xml(), "<Play>/a.mp3</Play>");
    check(Response::new().pause(0).into_xml(), r#"<Pause length="1"/>"#);
    let ida = Voice::language("nb-NO").named("Polly.Ida-Neural");
    check(
        Response::new().say_times(&ida, 2, "\"Hei\" & <ha det>\u{0}").into_xml(),
        r#"<Say voice="Polly.Ida-Neural" language="nb-NO" loop="2">"Hei" &amp; &lt;ha det&gt; </Say>"#,
    );
}

#[test]
fn gathers() {
    let silent = |prompt: Prompt| prompt;
    check(
        Response::new().gather(Gather::keys(0).action("/a").timeout(0), silent).into_xml(),
        r#"<Gather input="dtmf" numDigits="1" timeout="1" action="/a"></Gather>"#,
    );
    check(
        Response::new().gather(Gather::keys(1).finish_on_key("").action("/a"), silent).into_xml(),
        r#"<Gather input="dtmf" numDigits="1" finishOnKey="" action="/a"></Gather>"#,
    );
    check(
        Response::new().gather(Gather::keys_until("#x *").action("/a"), silent).into_xml(),
        r##"<Gather input="dtmf" finishOnKey="#*" action="/a"></Gather>"##,
    );
    check(
        Response::new()
            .gather(Gather::keys(4).or_speech("en-GB").action_on_empty_result().action("/a"), silent)
            .into_xml(),
        r#"<Gather input="dtmf speech" numDigits="4" language="en-GB" actionOnEmptyResult="true" action="/a"></Gather>"#,
    );
}

#[test]
fn dials() {
    let number = number();
    check(
        Response::new().dial(Dial::to(&number)).hangup().into_xml(),
        "<Dial><Number>+4791234589</Number></Dial><Hangup/>",
    );
    check(
        Response::new().dial(Dial::to(&number).timeout(1).time_limit(0)).into_xml(),
        r#"<Dial timeout="5" timeLimit="1"><Number>+4791234589</Number></Dial>"#,
    );
    check(
        Response::new().dial(Dial::to(&number).timeout(601)).into_xml(),
        r#"<Dial timeout="600"><Number>+4791234589</Number></Dial>"#,
    );
    let line: PhoneNumber = "+4721000000".parse().unwrap();
    let screened =
        Number::new(&number).url("/screen").status_callback("/leg", &[LegEvent::Ringing, LegEvent::Completed]);
    check(
        Response::new().dial(Dial::to(screened).caller_id(&line).answer_on_bridge().action("/next")).into_xml(),
        concat!(
            r#"<Dial callerId="+4721000000" answerOnBridge="true" action="/next">"#,
            r#"<Number url="/screen" statusCallback="/leg" statusCallbackEvent="ringing completed">"#,
            "+4791234589</Number></Dial>",
        ),
    );
    check(
        Response::new().dial(Dial::to(Number::new(&number).status_callback("/leg", &[]))).into_xml(),
        r#"<Dial><Number statusCallback="/leg">+4791234589</Number></Dial>"#,
    );
}

#[test]
fn records() {
    check(
        Response::new()
            .record(Record::new().max_length(120).play_beep(true).transcribe("/t").action("/r"))
            .hangup()
            .into_xml(),
        concat!(
            r#"<Record maxLength="120" playBeep="true" transcribe="true" transcribeCallback="/t" action="/r"/>"#,
            "<Hangup/>",
        ),
    );
}

#[test]
fn debug_shows_no_number() {
    let number = number();
    let dial = Dial::to(&number).caller_id(&number);
    let response = Response::new().dial(dial.clone());
    let shown = format!("{dial:?} {response:?}") + &format!("{:?}", response.end());
    assert!(!shown.contains("91234589"), "{shown}");
}
