//! Every verb, attribute, word and nesting that can be written is one that Twilio knows.

use phone::PhoneNumber;
use twilio::twiml::*;

use crate::fixture;

/// Documents that use all of the writer.
fn everything() -> Vec<String> {
    let number: PhoneNumber = "+4791234589".parse().unwrap();
    let voice = Voice::language("nb-NO").named("Polly.Ida-Neural");
    let leg_events = [LegEvent::Initiated, LegEvent::Ringing, LegEvent::Answered, LegEvent::Completed];
    let recording_events = [RecordingEvent::InProgress, RecordingEvent::Completed, RecordingEvent::Absent];
    let dial = || {
        Dial::to(Number::new(&number).url("/screen").method(Method::Get).status_callback("/leg", &leg_events))
            .timeout(20)
            .time_limit(3600)
            .caller_id(&number)
            .answer_on_bridge()
            .hangup_on_star()
            .ring_tone(RingTone::of_country("no").unwrap())
            .recording_status_callback("/recording", &recording_events)
    };
    let record = Record::new()
        .max_length(120)
        .timeout(5)
        .finish_on_key("#")
        .play_beep(false)
        .transcribe("/transcribed")
        .recording_status_callback("/recording", &recording_events)
        .action("/recorded");
    let prompt = |prompt: Prompt| prompt.say_times(&voice, 2, "Hei").play_times(2, "/hold.mp3").pause(1);
    vec![
        Response::new()
            .say_times(&voice, 3, "Hei")
            .play_times(3, "/hold.mp3")
            .pause(2)
            .gather(
                Gather::keys(1)
                    .or_speech("nb-NO")
                    .timeout(5)
                    .finish_on_key("#")
                    .action_on_empty_result()
                    .method(Method::Post)
                    .action("/menu"),
                prompt,
            )
            .gather(Gather::keys_until("#").method(Method::Get).action("/menu"), prompt)
            .gather(Gather::speech("nb-NO").action("/menu"), prompt)
            .record(record.clone().method(Method::Get).trim(Trim::Silence))
            .record(record.trim(Trim::Nothing))
            .dial(dial().record(DialRecording::FromAnswer))
            .dial(dial().record(DialRecording::FromAnswerDual))
            .dial(dial().record(DialRecording::FromRinging))
            .dial(dial().record(DialRecording::FromRingingDual).action("/dialled"))
            .into_xml(),
        TextResponse::new().message("Hei").into_xml(),
        Response::new().redirect("/next").into_xml(),
        Response::new().hangup().into_xml(),
        Response::reject(RejectReason::Busy).into_xml(),
        Response::reject(RejectReason::Rejected).into_xml(),
    ]
}

#[test]
fn all_that_is_written_is_known() {
    let known = fixture::read("twiml_attrs.json");
    let mut verbs = std::collections::BTreeSet::new();
    for xml in everything() {
        let document = roxmltree::Document::parse(&xml).unwrap();
        for element in document.descendants().filter(roxmltree::Node::is_element) {
            let name = element.tag_name().name();
            verbs.insert(name.to_owned());
            let verb = known.get(name).unwrap_or_else(|| panic!("verb {name}"));
            for attribute in element.attributes() {
                let rule = &verb["attributes"][attribute.name()];
                assert!(rule.is_object(), "{name} {}", attribute.name());
                check_value(name, attribute, rule);
            }
            for child in element.children() {
                if child.is_text() {
                    assert_eq!(verb["text"], true, "text in {name}");
                } else {
                    let child = child.tag_name().name();
                    assert!(fixture::strings(&verb["children"]).contains(&child), "{child} in {name}");
                }
            }
        }
    }
    let all: std::collections::BTreeSet<String> = known.as_object().unwrap().keys().cloned().collect();
    assert_eq!(verbs, all);
}

fn check_value(verb: &str, attribute: roxmltree::Attribute<'_, '_>, rule: &serde_json::Value) {
    let (name, value) = (attribute.name(), attribute.value());
    let values: Vec<&str> = if rule["list"] == true { value.split(' ').collect() } else { vec![value] };
    for value in values {
        match rule["type"].as_str().unwrap() {
            "boolean" => assert!(["true", "false"].contains(&value), "{verb} {name} {value}"),
            "number" => assert!(value.parse::<u32>().is_ok(), "{verb} {name} {value}"),
            "enum" if rule["enum"].is_array() => {
                assert!(fixture::strings(&rule["enum"]).contains(&value), "{verb} {name} {value}");
            }
            _ => {}
        }
    }
}

#[test]
fn every_ring_tone_of_the_fixture() {
    let known = fixture::read("twiml_attrs.json");
    for code in fixture::strings(&known["Dial"]["attributes"]["ringTone"]["enum"]) {
        assert!(RingTone::of_country(code).is_some(), "{code}");
        assert_eq!(RingTone::of_country(&code.to_uppercase()), RingTone::of_country(code));
    }
    assert_eq!(RingTone::of_country("GB"), RingTone::of_country("uk"));
    assert_eq!(RingTone::of_country("xx"), None);
    assert_eq!(RingTone::of_country(""), None);
}
