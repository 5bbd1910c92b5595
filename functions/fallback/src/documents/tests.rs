use std::collections::BTreeMap;

use insta::assert_snapshot;
use jiff::ToSpan;
use oncall::{
    CallerIdPolicy, Destination, Directory, EscalationPolicy, Hours, Key, LineId, Mode, NamedSchedule,
    NotificationRules, Notify, Order, Person, PersonId, Phone, PolicyId, ScheduleId, Service, ServiceId, Step, Target,
    Voicemail, Window, WithheldPolicy,
    schedule::{Definition, LayerDefinition},
};

use super::*;

/// A Friday, three at night.
const NIGHT: &str = "2026-11-20T03:00:00Z";

/// `1` leads to payments: Ada, then Bo, who speaks Norwegian. `2` leads to the network: whoever is on call, Ada and Bo
/// in turn by the day at 08:00 in Oslo.
fn plan() -> Plan {
    let on_call = Target::Schedule(ScheduleId::new("rota"));
    let person = |id: &str| Target::Person(PersonId::new(id));
    Plan {
        version: 1,
        line: Line {
            id: LineId::new("line-1"),
            number: "+4721000000".parse().unwrap(),
            name: "Hotline".to_owned(),
            enabled: true,
            language: "en-GB".to_owned(),
            voice: None,
            prompts: BTreeMap::new(),
            destinations: ["payments", "network"].iter().zip("12".chars()).map(destination).collect(),
            default_destination: None,
            caller_id: CallerIdPolicy::Line,
            ring_seconds: 20,
            voicemail: Voicemail::default(),
            recording: false,
            support_hours: None,
            blocked: Vec::new(),
            allowed: Vec::new(),
            withheld: WithheldPolicy::Accept,
            opens_incidents: true,
            sms_notifications: false,
            voice_notifications: false,
        },
        services: ["payments", "network"].map(service).into(),
        policies: vec![policy("payments", vec![person("ada"), person("bo")]), policy("network", vec![on_call])],
        directory: Directory {
            people: vec![somebody("ada", "+4791000001", None), somebody("bo", "+4791000002", Some("nb-NO"))],
            teams: Vec::new(),
            schedules: vec![rota()],
            calendars: Vec::new(),
        },
    }
}

fn destination((service, key): (&&str, char)) -> Destination {
    let key = Key::from_char(key).unwrap();
    Destination { key, service: ServiceId::new(*service), label: (*service).to_owned() }
}

fn service(id: &str) -> Service {
    let name = id[..1].to_uppercase() + &id[1..];
    Service { id: ServiceId::new(id), name, policy: PolicyId::new(id), mode: Mode::Normal, acknowledged_minutes: None }
}

fn policy(id: &str, targets: Vec<Target>) -> EscalationPolicy {
    let notify = Notify { targets, order: Order::Listed, ring_seconds: None, channel: None };
    EscalationPolicy { id: PolicyId::new(id), name: id.to_owned(), steps: vec![Step::Notify(notify)], fallback: None }
}

fn somebody(id: &str, number: &str, language: Option<&str>) -> Person {
    let phones = vec![Phone { number: number.parse().unwrap(), verified: true }];
    Person {
        id: PersonId::new(id),
        name: id.to_owned(),
        language: language.map(str::to_owned),
        timezone: None,
        phones,
        rules: NotificationRules::default(),
    }
}

fn rota() -> NamedSchedule {
    let layer = LayerDefinition {
        name: "Days".to_owned(),
        users: ["ada", "bo"].map(|id| vec![PersonId::new(id)]).into(),
        frequency: "daily".to_owned(),
        start: "2026-11-02T08:00".to_owned(),
        ..LayerDefinition::default()
    };
    let definition = Definition { timezone: "Europe/Oslo".to_owned(), layers: vec![layer], overrides: vec![] };
    NamedSchedule { id: ScheduleId::new("rota"), name: "Rota".to_owned(), definition }
}

fn of(plan: &Plan, at: &str) -> Documents {
    documents(plan, &"https://calls.example.com".parse().unwrap(), at.parse().unwrap())
}

/// The call's document, a verb a line.
fn call(plan: &Plan) -> String {
    lines(&of(plan, NIGHT).call)
}

fn lines(twiml: &Twiml) -> String {
    let xml = twiml.as_str().split_once("<Response>").unwrap().1;
    xml.trim_end_matches("</Response>").replace("><", ">\n<")
}

fn linked(documents: &Documents, name: &str) -> String {
    lines(&documents.linked.iter().find(|(known, _)| known == name).unwrap().1)
}

#[test]
fn whoever_would_be_rung_is_rung_and_then_a_message_is_taken() {
    assert_snapshot!(call(&plan()), @r##"
    <Say language="en-GB">Welcome to Hotline.</Say>
    <Say language="en-GB">Connecting you to Payments. Please hold.</Say>
    <Dial timeout="20" callerId="+4721000000">
    <Number url="screen-1.xml" method="GET">+4791000001</Number>
    </Dial>
    <Say language="en-GB">If you have spoken with someone, please hang up now.</Say>
    <Pause length="2"/>
    <Say language="en-GB">We are still trying to reach someone. Please hold.</Say>
    <Dial timeout="20" callerId="+4721000000">
    <Number url="screen-2.xml" method="GET">+4791000002</Number>
    </Dial>
    <Say language="en-GB">If you have spoken with someone, please hang up now.</Say>
    <Pause length="2"/>
    <Say language="en-GB">Please leave a message after the tone, and press hash when you are done.</Say>
    <Record maxLength="120" timeout="5" finishOnKey="#" transcribe="true" transcribeCallback="https://calls.example.com/voice/transcribed" recordingStatusCallback="https://calls.example.com/voice/recording/line-1" recordingStatusCallbackEvent="completed" action="message.xml" method="GET"/>
    <Say language="en-GB">We did not hear a message.</Say>
    <Say language="en-GB">Please call again later. Goodbye.</Say>
    <Hangup/>
    "##);
}

#[test]
fn whoever_picks_up_is_asked_in_their_language() {
    let documents = of(&plan(), NIGHT);
    let names: Vec<&str> = documents.linked.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["message.xml", "connected.xml", "screen-1.xml", "screen-2.xml"]);
    assert_snapshot!(linked(&documents, "screen-1.xml"), @r#"
    <Gather input="dtmf" numDigits="1" finishOnKey="" timeout="5" action="connected.xml" method="GET">
    <Say language="en-GB">Call for Payments on Hotline. Press any key to accept, or hang up.</Say>
    </Gather>
    <Gather input="dtmf" numDigits="1" finishOnKey="" timeout="5" action="connected.xml" method="GET">
    <Say language="en-GB">Call for Payments on Hotline. Press any key to accept, or hang up.</Say>
    </Gather>
    <Say language="en-GB">No key was pressed. Goodbye.</Say>
    <Hangup/>
    "#);
    assert_snapshot!(linked(&documents, "screen-2.xml"), @r#"
    <Gather input="dtmf" numDigits="1" finishOnKey="" timeout="5" action="connected.xml" method="GET">
    <Say language="nb-NO">Anrop til Payments på Hotline. Tast hva som helst for å ta samtalen, eller legg på.</Say>
    </Gather>
    <Gather input="dtmf" numDigits="1" finishOnKey="" timeout="5" action="connected.xml" method="GET">
    <Say language="nb-NO">Anrop til Payments på Hotline. Tast hva som helst for å ta samtalen, eller legg på.</Say>
    </Gather>
    <Say language="nb-NO">Ingen tast ble trykket. Ha det.</Say>
    <Hangup/>
    "#);
    assert_snapshot!(linked(&documents, "message.xml"), @r#"
    <Say language="en-GB">Thank you. Your message has been recorded. Goodbye.</Say>
    <Hangup/>
    "#);
    assert_eq!(linked(&documents, "connected.xml"), "");
}

#[test]
fn a_line_speaks_its_language_in_its_voice_and_words() {
    let mut plan = plan();
    plan.line.language = "nb-NO".to_owned();
    plan.line.voice = Some("Polly.Ida-Neural".to_owned());
    plan.line.prompts.insert("greeting".to_owned(), "Hei, dette er {line}.".to_owned());
    plan.line.voicemail.enabled = false;
    plan.line.default_destination = Key::from_char('2');
    assert_snapshot!(call(&plan), @r#"
    <Say voice="Polly.Ida-Neural" language="nb-NO">Hei, dette er Hotline.</Say>
    <Say voice="Polly.Ida-Neural" language="nb-NO">Setter deg over til Network. Vennligst vent.</Say>
    <Dial timeout="20" callerId="+4721000000">
    <Number url="screen-1.xml" method="GET">+4791000002</Number>
    </Dial>
    <Say voice="Polly.Ida-Neural" language="nb-NO">Hvis du har snakket med noen, kan du legge på nå.</Say>
    <Pause length="2"/>
    <Say voice="Polly.Ida-Neural" language="nb-NO">Vennligst ring igjen senere. Ha det.</Say>
    <Hangup/>
    "#);
}

#[test]
fn a_line_that_rings_nobody_says_so() {
    let mut disabled = plan();
    disabled.line.enabled = false;
    assert_snapshot!(call(&disabled), @r#"
    <Say language="en-GB">Hotline is not taking calls at the moment. Goodbye.</Say>
    <Hangup/>
    "#);

    let mut closed = plan();
    closed.line.voicemail.transcribe = false;
    closed.line.support_hours = Some(office_hours());
    assert_snapshot!(call(&closed), @r##"
    <Say language="en-GB">Hotline is closed at the moment.</Say>
    <Say language="en-GB">Please leave a message after the tone, and press hash when you are done.</Say>
    <Record maxLength="120" timeout="5" finishOnKey="#" recordingStatusCallback="https://calls.example.com/voice/recording/line-1" recordingStatusCallbackEvent="completed" action="message.xml" method="GET"/>
    <Say language="en-GB">We did not hear a message.</Say>
    <Say language="en-GB">Please call again later. Goodbye.</Say>
    <Hangup/>
    "##);

    let mut maintained = plan();
    maintained.line.voicemail.enabled = false;
    for service in &mut maintained.services {
        service.mode = Mode::Maintenance { until: None };
    }
    assert_snapshot!(call(&maintained), @r#"
    <Say language="en-GB">Welcome to Hotline.</Say>
    <Say language="en-GB">There is planned maintenance on Payments at the moment.</Say>
    <Say language="en-GB">Please call again later. Goodbye.</Say>
    <Hangup/>
    "#);

    let mut nobody = plan();
    nobody.line.voicemail.enabled = false;
    nobody.directory.people.clear();
    assert_snapshot!(call(&nobody), @r#"
    <Say language="en-GB">Welcome to Hotline.</Say>
    <Say language="en-GB">Sorry, nobody could be reached.</Say>
    <Say language="en-GB">Please call again later. Goodbye.</Say>
    <Hangup/>
    "#);
}

fn office_hours() -> Hours {
    let days = vec![jiff::civil::Weekday::Friday, jiff::civil::Weekday::Monday];
    let (from, to) = (jiff::civil::time(9, 0, 0, 0), jiff::civil::time(16, 0, 0, 0));
    Hours {
        timezone: "Europe/Oslo".to_owned(),
        windows: vec![Window { days, from, to }],
        holidays: vec![],
        calendars: vec![],
    }
}

#[test]
fn where_the_default_destination_reaches_nobody_another_one_is_rung() {
    let mut plan = plan();
    plan.services[0].mode = Mode::Maintenance { until: None };
    let call = call(&plan);
    assert!(call.contains("Connecting you to Network"), "{call}");
    assert!(call.contains(">+4791000002<") && !call.contains("+4791000001"), "{call}");
}

#[test]
fn a_long_ladder_ends_after_five_phones() {
    let mut plan = plan();
    let ids: Vec<String> = (1..9).map(|n| format!("p{n}")).collect();
    plan.policies[0] = policy("payments", ids.iter().map(|id| Target::Person(PersonId::new(id))).collect());
    plan.directory.people = ids.iter().zip(1..).map(|(id, n)| somebody(id, &format!("+4792{n:06}"), None)).collect();
    let documents = of(&plan, NIGHT);
    assert_eq!(documents.call.as_str().matches("<Dial").count(), 5);
    assert_eq!(documents.linked.iter().filter(|(name, _)| name.starts_with("screen")).count(), 5);
}

/// Through two weeks in which the clock is set back.
#[test]
fn documents_stay_as_they_are_until_they_are_no_longer_good() {
    let mut plan = plan();
    plan.line.default_destination = Key::from_char('2');
    plan.line.support_hours = Some(office_hours());
    plan.services[1].mode = Mode::Maintenance { until: Some("2026-10-19T12:34:56Z".parse().unwrap()) };
    let start: Timestamp = "2026-10-18T00:00:00Z".parse().unwrap();
    let url: PublicUrl = "https://calls.example.com".parse().unwrap();
    let (mut good, mut until, mut kinds) = (documents(&plan, &url, start), Situation::until(&plan, start), 1);
    for minutes in (0..14 * 24 * 60).step_by(7) {
        let at = start + minutes.minutes();
        let now = documents(&plan, &url, at);
        if at >= until {
            kinds += usize::from(now != good);
            (good, until) = (now, Situation::until(&plan, at));
            assert!(until > at && until <= at + 24.hours(), "{at}");
        } else {
            assert!(now == good, "{at} is before {until}");
        }
    }
    assert!(kinds > 5, "they changed {kinds} times");
}
