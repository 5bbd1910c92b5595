//! Voice requests as Twilio sends them, blanks and duplicates included, and what each type reads.

use serde_json::Value;
use twilio::webhook::voice::*;
use twilio::webhook::{Caller, FromForm, ParameterError, Problem, Verified, receive};

use crate::fixture;
use crate::signing::{ACCOUNT, Request, TOKEN, keys};

const CALLER_LEG: &str = "CAbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const DIALLED_LEG: &str = "CAcccccccccccccccccccccccccccccccc";
const RECORDING: &str = "REdddddddddddddddddddddddddddddddd";

const INBOUND: [(&str, &str); 17] = [
    ("AccountSid", ACCOUNT),
    ("ApiVersion", "2010-04-01"),
    ("CallSid", CALLER_LEG),
    ("CallStatus", "in-progress"),
    ("Called", "+4721000000"),
    ("CalledCity", ""),
    ("CalledCountry", "NO"),
    ("Caller", "+4791234589"),
    ("Direction", "inbound"),
    ("From", "+4791234589"),
    ("FromCity", ""),
    ("FromCountry", "NO"),
    ("FromZip", ""),
    ("To", "+4721000000"),
    ("ToCity", ""),
    ("ToZip", ""),
    ("BrandNewTwilioParam", "1"),
];

/// `base` with `changes`: a name that is there gets the new value, another is added; `None` removes it.
fn changed(
    base: &[(&'static str, &'static str)],
    changes: &[(&'static str, Option<&'static str>)],
) -> Vec<(&'static str, &'static str)> {
    let mut pairs = base.to_vec();
    for (name, value) in changes {
        pairs.retain(|(there, _)| there != name);
        pairs.extend(value.map(|value| (*name, value)));
    }
    pairs
}

fn dialled(changes: &[(&'static str, Option<&'static str>)]) -> Vec<(&'static str, &'static str)> {
    let leg = changed(
        &INBOUND,
        &[
            ("CallSid", Some(DIALLED_LEG)),
            ("ParentCallSid", Some(CALLER_LEG)),
            ("Direction", Some("outbound-dial")),
            ("To", Some("+4799999999")),
        ],
    );
    changed(&leg, changes)
}

fn parse<T: FromForm>(pairs: &[(&str, &str)]) -> Result<Verified<T>, ParameterError> {
    let request = Request::form("https://hooks.example.org/voice", pairs);
    receive(&request.signed(), &keys(&[TOKEN])).unwrap().parse::<T>()
}

#[track_caller]
fn read<T: FromForm>(changes: &[(&'static str, Option<&'static str>)]) -> T {
    parse::<T>(&changed(&INBOUND, changes)).unwrap().into_inner()
}

#[track_caller]
fn refused<T: FromForm + std::fmt::Debug>(pairs: &[(&str, &str)], name: &'static str, problem: Problem) {
    assert_eq!(parse::<T>(pairs).unwrap_err(), ParameterError { name, problem });
}

#[test]
fn incoming() {
    let incoming: Incoming = read(&[
        ("CallStatus", Some("ringing")),
        ("ForwardedFrom", Some("+4722222222")),
        ("CallerName", Some("ALICE")),
        ("StirVerstat", Some("TN-Validation-Passed-A")),
    ]);
    let Call { account, sid, parent, from, to, status, direction } = incoming.call;
    assert_eq!((account.as_str(), sid.as_str(), parent), (ACCOUNT, CALLER_LEG, None));
    assert_eq!(from.number().unwrap().as_e164(), "+4791234589");
    assert_eq!(to.unwrap().as_e164(), "+4721000000");
    assert_eq!((status, direction), (CallStatus::Ringing, Direction::Inbound));
    assert_eq!(incoming.forwarded_from.unwrap().as_e164(), "+4722222222");
    assert_eq!(incoming.caller_name.unwrap().as_str(), "ALICE");
    assert_eq!(incoming.verification.as_deref(), Some("TN-Validation-Passed-A"));
}

#[test]
fn incoming_from_nobody_in_particular() {
    for from in ["anonymous", "Anonymous", "+266696687", "RESTRICTED", ""] {
        let from = if from.is_empty() { None } else { Some(from) };
        assert_eq!(read::<Incoming>(&[("From", from)]).call.from, Caller::Withheld, "{from:?}");
    }
    let incoming: Incoming = read(&[("From", Some("sip:alice@example.org")), ("To", Some("sip:us@example.org"))]);
    assert_eq!(incoming.call.from, Caller::Other("sip:alice@example.org".into()));
    assert_eq!((incoming.call.to, incoming.caller_name), (None, None));
}

#[test]
fn every_withheld_word_of_the_fixture() {
    let words = fixture::read("webhook_values.json");
    for word in fixture::strings(&words["withheld_caller_ids"]) {
        assert_eq!(Caller::from(word), Caller::Withheld, "{word}");
    }
}

#[test]
fn gather_result() {
    let pressed: GatherResult = read(&[("Digits", Some("2")), ("FinishedOnKey", Some(""))]);
    assert_eq!((pressed.digits.as_deref(), pressed.key()), (Some("2"), Some('2')));
    let several: GatherResult = read(&[("Digits", Some("12*"))]);
    assert_eq!((several.digits.as_deref(), several.key()), (Some("12*"), None));
    for nothing in [None, Some("")] {
        let nothing: GatherResult = read(&[("Digits", nothing)]);
        assert_eq!((nothing.digits.as_deref(), nothing.key()), (None, None));
    }
    let said: GatherResult = read(&[("SpeechResult", Some("payments"))]);
    assert_eq!(said.speech.unwrap().as_str(), "payments");
}

#[test]
fn dial_result() {
    let joined: DialResult = read(&[
        ("DialCallStatus", Some("completed")),
        ("DialCallSid", Some(DIALLED_LEG)),
        ("DialCallDuration", Some("47")),
        ("DialBridged", Some("true")),
    ]);
    assert_eq!(joined.status, DialCallStatus::Completed);
    assert_eq!(joined.dialled.unwrap().as_str(), DIALLED_LEG);
    assert_eq!((joined.duration, joined.bridged), (Some(47), Some(true)));
    let failed: DialResult = read(&[("DialCallStatus", Some("failed")), ("DialBridged", Some("maybe"))]);
    assert_eq!((failed.status, failed.dialled), (DialCallStatus::Failed, None));
    assert_eq!((failed.duration, failed.bridged), (None, None));
    refused::<DialResult>(&INBOUND, "DialCallStatus", Problem::Missing);
}

#[test]
fn screening() {
    let screening: Verified<Screening> = parse(&dialled(&[])).unwrap();
    assert_eq!(screening.call.sid.as_str(), DIALLED_LEG);
    assert_eq!(screening.parent.as_str(), CALLER_LEG);
    assert_eq!(screening.call.direction, Direction::OutboundDial);
    refused::<Screening>(&INBOUND, "ParentCallSid", Problem::Missing);
    refused::<Screening>(&dialled(&[("ParentCallSid", Some("+4791234589"))]), "ParentCallSid", Problem::Malformed);
}

#[test]
fn leg_status() {
    let ended = dialled(&[
        ("CallStatus", Some("no-answer")),
        ("Timestamp", Some("Fri, 19 Jun 2026 21:22:33 +0000")),
        ("CallbackSource", Some("call-progress-events")),
        ("SequenceNumber", Some("2")),
        ("CallDuration", Some("0")),
        ("SipResponseCode", Some("487")),
    ]);
    let ended: Verified<LegStatus> = parse(&ended).unwrap();
    assert_eq!(ended.call.status, CallStatus::NoAnswer);
    assert_eq!(ended.timestamp.as_deref(), Some("Fri, 19 Jun 2026 21:22:33 +0000"));
    assert_eq!((ended.sequence, ended.duration, ended.sip_response), (Some(2), Some(0), Some(487)));
    refused::<LegStatus>(&dialled(&[("CallStatus", None)]), "CallStatus", Problem::Missing);
    refused::<LegStatus>(&INBOUND, "ParentCallSid", Problem::Missing);
}

#[test]
fn record_result() {
    let url = "https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/RE";
    let hung_up: RecordResult = read(&[
        ("RecordingUrl", Some(url)),
        ("RecordingSid", Some(RECORDING)),
        ("RecordingDuration", Some("12")),
        ("Digits", Some("hangup")),
    ]);
    assert_eq!((hung_up.url.as_deref(), hung_up.duration), (Some(url), Some(12)));
    assert_eq!(hung_up.recording.unwrap().as_str(), RECORDING);
    assert_eq!(hung_up.ended_by, EndedBy::Hangup);
    assert_eq!(read::<RecordResult>(&[("Digits", Some("#"))]).ended_by, EndedBy::Key("#".into()));
    let silent: RecordResult = read(&[("Digits", Some(""))]);
    assert_eq!((silent.ended_by, silent.url), (EndedBy::Time, None));
}

#[test]
fn recording_update_has_neither_from_nor_to() {
    let update = [
        ("AccountSid", ACCOUNT),
        ("CallSid", CALLER_LEG),
        ("RecordingSid", RECORDING),
        ("RecordingUrl", "https://api.twilio.com/r"),
        ("RecordingStatus", "completed"),
        ("RecordingDuration", "12"),
        ("RecordingChannels", "1"),
        ("RecordingSource", "RecordVerb"),
        ("ErrorCode", "0"),
    ];
    let read: Verified<RecordingUpdate> = parse(&update).unwrap();
    assert_eq!((read.call.as_str(), read.recording.as_str()), (CALLER_LEG, RECORDING));
    assert_eq!((&read.status, read.duration), (&RecordingStatus::Completed, Some(12)));
    assert_eq!((read.url.as_deref(), read.error_code), (Some("https://api.twilio.com/r"), Some(0)));
    let of_dial =
        [("RecordingSource", Some("DialVerb")), ("RecordingChannels", Some("2")), ("RecordingTrack", Some("both"))];
    let of_dial: Verified<RecordingUpdate> = parse(&changed(&update, &of_dial)).unwrap();
    assert_eq!((of_dial.account.as_str(), of_dial.call.as_str()), (ACCOUNT, CALLER_LEG));
    refused::<RecordingUpdate>(&changed(&update, &[("RecordingSid", None)]), "RecordingSid", Problem::Missing);
}

#[test]
fn transcription() {
    let done: Transcription = read(&[
        ("TranscriptionStatus", Some("completed")),
        ("TranscriptionText", Some("the tills are down, call +4791234589")),
        ("RecordingSid", Some(RECORDING)),
    ]);
    assert_eq!(done.status, TranscriptionStatus::Completed);
    assert_eq!(done.text.as_ref().unwrap().as_str(), "the tills are down, call +4791234589");
    assert!(!format!("{done:?}").contains("91234589"), "{done:?}");
    let failed: Transcription = read(&[("TranscriptionStatus", Some("failed")), ("TranscriptionText", Some(""))]);
    assert_eq!((failed.status, failed.text), (TranscriptionStatus::Failed, None));
}

#[test]
fn call_ended() {
    let ended: CallEnded = read(&[("CallStatus", Some("completed")), ("CallDuration", Some("93"))]);
    assert_eq!((ended.call.status.is_final(), ended.duration), (true, Some(93)));
}

#[test]
fn fallback() {
    let fallback: Fallback = read(&[("ErrorCode", Some("11200")), ("ErrorUrl", Some("https://x.org/v"))]);
    assert_eq!((fallback.error_code, fallback.error_url.as_deref()), (Some(11200), Some("https://x.org/v")));
    assert_eq!(read::<Fallback>(&[]).error_code, None);
}

#[test]
fn what_every_request_needs() {
    for (name, problem, value) in [
        ("CallSid", Problem::Missing, None),
        ("CallSid", Problem::Missing, Some("")),
        ("CallSid", Problem::Malformed, Some("+4791234589")),
        ("AccountSid", Problem::Missing, None),
    ] {
        let pairs = changed(&INBOUND, &[(name, value)]);
        refused::<Incoming>(&pairs, name, problem);
        refused::<CallEnded>(&pairs, name, problem);
        let error = parse::<GatherResult>(&pairs).unwrap_err().to_string();
        assert!(error.starts_with("parameter ") && !error.contains("+47"), "{error}");
    }
}

#[test]
fn a_parameter_with_two_values_counts_as_neither() {
    let mut pairs = INBOUND.to_vec();
    pairs.push(("From", "+4790000000"));
    refused::<Incoming>(&pairs, "From", Problem::TwoValues);
    let mut pairs = INBOUND.to_vec();
    pairs.push(("From", "+4791234589"));
    assert!(parse::<Incoming>(&pairs).is_ok());
}

#[test]
fn words_to_come_are_kept() {
    let strange: DialResult = read(&[("DialCallStatus", Some("ghosted")), ("CallStatus", Some("paused"))]);
    assert_eq!(strange.status, DialCallStatus::Other("ghosted".into()));
    assert_eq!((strange.call.status.as_str(), strange.call.status.is_final()), ("paused", false));
    assert_eq!(read::<Incoming>(&[("CallStatus", None)]).call.status.as_str(), "");
}

#[test]
fn words_of_the_fixture_are_known_and_kept() {
    fn check<T: for<'a> From<&'a str> + std::fmt::Debug>(words: &Value, as_str: fn(&T) -> &str, beyond: &[&str]) {
        for word in fixture::strings(words) {
            let value = T::from(word);
            assert_eq!(as_str(&value), word);
            assert_eq!(format!("{value:?}").starts_with("Other"), beyond.contains(&word), "{word}");
        }
    }
    let words = fixture::read("webhook_values.json");
    check(&words["CallStatus"], CallStatus::as_str, &[]);
    check(&words["DialCallStatus"], DialCallStatus::as_str, &[]);
    check(&words["RecordingStatus"], RecordingStatus::as_str, &[]);
    check(&words["TranscriptionStatus"], TranscriptionStatus::as_str, &[]);
    // we have no SIP trunks
    check(&words["Direction"], Direction::as_str, &["trunking-terminating", "trunking-originating"]);
    let last = fixture::strings(&words["terminal_call_status"]);
    for word in fixture::strings(&words["CallStatus"]) {
        assert_eq!(CallStatus::from(word).is_final(), last.contains(&word), "{word}");
    }
}

#[test]
fn nothing_that_is_read_shows_a_number() {
    let pairs = dialled(&[
        ("DialCallStatus", Some("busy")),
        ("RecordingUrl", Some("https://x.org")),
        ("CallerName", Some("+4791234589")),
        ("ForwardedFrom", Some("+4791234589")),
        ("SpeechResult", Some("+4791234589")),
    ]);
    let request = Request::form("https://hooks.example.org/voice", &pairs);
    let form = receive(&request.signed(), &keys(&[TOKEN])).unwrap();
    for shown in [
        format!("{form:?}"),
        format!("{:?}", form.parse::<Incoming>()),
        format!("{:?}", form.parse::<GatherResult>()),
        format!("{:?}", form.parse::<DialResult>()),
        format!("{:?}", form.parse::<Screening>()),
        format!("{:?}", form.parse::<LegStatus>()),
    ] {
        assert!(!shown.contains("91234589") && !shown.contains("99999999"), "{shown}");
    }
}
