//! Messaging requests as Twilio sends them, and what each type reads.

use twilio::delivery::{Fault, Receipt};
use twilio::webhook::messaging::*;
use twilio::webhook::{Caller, FromForm, ParameterError, Problem, Verified, receive};

use crate::fixture;
use crate::signing::{ACCOUNT, Request, TOKEN, keys};

const TEXT: &str = "SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

const INBOUND: [(&str, &str); 14] = [
    ("AccountSid", ACCOUNT),
    ("ApiVersion", "2010-04-01"),
    ("MessageSid", TEXT),
    ("SmsSid", TEXT),
    ("SmsMessageSid", TEXT),
    ("SmsStatus", "received"),
    ("From", "+4791234589"),
    ("FromCity", ""),
    ("FromCountry", "NO"),
    ("To", "+4721000000"),
    ("Body", "12a & <thanks>\n✓"),
    ("NumMedia", "0"),
    ("NumSegments", "1"),
    ("BrandNewTwilioParam", "1"),
];

const STATUS: [(&str, &str); 6] = [
    ("AccountSid", ACCOUNT),
    ("MessageSid", TEXT),
    ("MessageStatus", "undelivered"),
    ("ErrorCode", "30006"),
    ("From", "+4721000000"),
    ("To", "+4791234589"),
];

/// `base` with other values, or without a name.
fn changed<'a>(base: &[(&'a str, &'a str)], changes: &[(&'a str, Option<&'a str>)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = base.to_vec();
    for (name, value) in changes {
        pairs.retain(|(there, _)| there != name);
        pairs.extend(value.map(|value| (*name, value)));
    }
    pairs
}

fn parse<T: FromForm>(pairs: &[(&str, &str)]) -> Result<Verified<T>, ParameterError> {
    let request = Request::form("https://hooks.example.org/sms/incoming", pairs);
    receive(&request.signed(), &keys(&[TOKEN])).unwrap().parse::<T>()
}

#[track_caller]
fn text(changes: &[(&str, Option<&str>)]) -> IncomingText {
    parse::<IncomingText>(&changed(&INBOUND, changes)).unwrap().into_inner()
}

#[track_caller]
fn status(changes: &[(&str, Option<&str>)]) -> TextStatus {
    parse::<TextStatus>(&changed(&STATUS, changes)).unwrap().into_inner()
}

#[test]
fn a_text_with_words() {
    let IncomingText { account, sid, from, to, body, media, segments, opt_out } = text(&[]);
    assert_eq!((account.as_str(), sid.as_str()), (ACCOUNT, TEXT));
    assert_eq!((from.number().unwrap().as_e164(), to.unwrap().as_e164()), ("+4791234589", "+4721000000"));
    assert_eq!((body.as_str(), media, segments, opt_out), ("12a & <thanks>\n✓", Vec::new(), Some(1), None));
}

#[test]
fn a_text_of_pictures_alone() {
    let pictures = text(&[
        ("MessageSid", Some("MMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")),
        ("Body", Some("")),
        ("NumMedia", Some("3")),
        ("MediaUrl0", Some("https://api.twilio.com/one")),
        ("MediaContentType0", Some("image/jpeg")),
        ("MediaUrl1", Some("https://api.twilio.com/two")),
        ("MediaUrl3", Some("https://api.twilio.com/beyond")),
    ]);
    let media: Vec<_> = pictures.media.iter().map(|item| (&*item.url, &*item.content_type)).collect();
    assert_eq!(media, [("https://api.twilio.com/one", "image/jpeg"), ("https://api.twilio.com/two", "")]);
    assert_eq!(pictures.body.as_str(), "");
    let shown = format!("{pictures:?}");
    assert!(!shown.contains("api.twilio.com") && !shown.contains("+4791234589"), "{shown}");
    for count in [None, Some(""), Some("many"), Some("70000")] {
        assert_eq!(text(&[("NumMedia", count), ("MediaUrl0", Some("https://api.twilio.com/one"))]).media, []);
    }
}

#[test]
fn who_writes_need_not_be_a_number() {
    assert_eq!(text(&[("From", Some("12345"))]).from, Caller::Other("12345".into()));
    assert_eq!(text(&[("From", Some("whatsapp:+4791234589")), ("To", Some("whatsapp:+4721000000"))]).to, None);
    assert_eq!(text(&[("From", None)]).from, Caller::Withheld);
}

#[test]
fn what_a_text_must_say() {
    for (changes, name, problem) in [
        ([("MessageSid", None)], "MessageSid", Problem::Missing),
        ([("MessageSid", Some("CAaaaa"))], "MessageSid", Problem::Malformed),
    ] {
        let error = parse::<IncomingText>(&changed(&INBOUND, &changes)).unwrap_err();
        assert_eq!(error, ParameterError { name, problem });
    }
    let error = parse::<TextStatus>(&changed(&STATUS, &[("MessageSid", None)])).unwrap_err();
    assert_eq!(error, ParameterError { name: "MessageSid", problem: Problem::Missing });
    let two = [&INBOUND[..], &[("Body", "another")]].concat();
    let error = parse::<IncomingText>(&two).unwrap_err();
    assert_eq!(error, ParameterError { name: "Body", problem: Problem::TwoValues });
}

#[test]
fn a_status_says_how_a_text_fares() {
    let read = status(&[]);
    assert_eq!((read.account.as_str(), read.sid.as_str(), read.error_code), (ACCOUNT, TEXT, Some(30006)));
    assert_eq!(read.receipt(), Receipt::Lost(Fault::Recipient));
    assert_eq!(status(&[("MessageStatus", Some("delivered")), ("ErrorCode", None)]).receipt(), Receipt::Delivered);
    assert_eq!(status(&[("MessageStatus", Some("sent"))]).receipt(), Receipt::OnItsWay);
    assert_eq!(status(&[("MessageStatus", None)]).receipt(), Receipt::OnItsWay);
    let new = status(&[("MessageStatus", Some("teleported"))]);
    assert_eq!((new.status.as_str(), new.receipt()), ("teleported", Receipt::OnItsWay));
}

#[test]
fn every_word_of_the_fixture() {
    let words = fixture::read("webhook_values.json");
    let known =
        |list: &'static str| -> Vec<String> { fixture::strings(&words[list]).into_iter().map(str::to_owned).collect() };
    for word in known("MessageStatus") {
        let status = MessageStatus::from(word.as_str());
        assert_eq!(status.as_str(), word);
        assert!(!matches!(status, MessageStatus::Other(_)), "{word}");
    }
    for word in known("OptOutType") {
        let opt_out = text(&[("OptOutType", Some(&word))]).opt_out.unwrap();
        assert_eq!(opt_out.as_str(), word);
        assert!(!matches!(opt_out, OptOutType::Other(_)), "{word}");
    }
}
