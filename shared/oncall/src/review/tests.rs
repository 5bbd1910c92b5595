//! What is refused or warned of when saving, each with its field.

use crate::{
    CalendarId, Destination, Directory, HolidayCalendar, Key, Line, Plan, ServiceId, Voicemail,
    sketch::{self, directory, hours, policy},
};

use super::Review;

mod texts;

const PROMPTS: &[&str] = &["greeting", "nobody", "recording_notice"];

/// Refusals, then warnings, one a line, as people read them.
fn check(review: &Review, refusals: &[&str], warnings: &[&str]) {
    let refused: Vec<String> = review.refusals.iter().map(ToString::to_string).collect();
    let warned: Vec<String> = review.warnings.iter().map(ToString::to_string).collect();
    assert_eq!((refused, warned), (owned(refusals), owned(warnings)));
    assert_eq!(review.is_sound(), refusals.is_empty());
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn check_policy(text: &str, refusals: &[&str], warnings: &[&str]) {
    let people = directory("ada 1; bo 2; core: ada bo; idle: ; night = ada | bo; gap = | ");
    check(&policy(text).review(&people), refusals, warnings);
}

#[test]
fn a_sound_policy_has_nothing_to_say() {
    check_policy(
        "ring:5 ada; wait 1; random team:core; wait 10080; events:2/10080 bo; hours:22-06 on:night; repeat 5; \
         wait 5; ring:600 bo; resolve; fallback ada",
        &[],
        &[],
    );
}

#[test]
fn numbers_have_their_limits() {
    check_policy(
        "ring:4 ada; wait 0; wait 10081; events:0/0 ada; events:10001/10081 ring:601 ada; repeat 0; fallback bo",
        &[
            "steps[0].notify.ring_seconds must be between 5 and 600",
            "steps[1].wait.minutes must be between 1 and 10080",
            "steps[2].wait.minutes must be between 1 and 10080",
            "steps[3].notify_if_events.events must be between 1 and 10000",
            "steps[3].notify_if_events.minutes must be between 1 and 10080",
            "steps[4].notify_if_events.events must be between 1 and 10000",
            "steps[4].notify_if_events.minutes must be between 1 and 10080",
            "steps[4].notify_if_events.notify.ring_seconds must be between 5 and 600",
            "steps[5].repeat.times must be between 1 and 5",
        ],
        &[],
    );
    check_policy("ada; wait 5; repeat 6", &["steps[2].repeat.times must be between 1 and 5"], &[]);
}

#[test]
fn steps_have_their_order() {
    check_policy(
        "ada; wait 5; repeat 1; bo; repeat 2; ada",
        &["steps[4] is a second repeat: a policy has at most one"],
        &[],
    );
    check_policy("wait 5; repeat 1; ada", &["steps[1] must come after a step that notifies"], &[]);
    check_policy("ada; resolve; bo", &["steps[1] must be the last step: nothing comes after it"], &[]);
    check_policy("ada; repeat 1; bo", &[], &["steps[1] comes without a wait: everybody is paged again at once"]);
}

#[test]
fn whoever_is_named_exists() {
    check_policy(
        "ada eve; team:none on:none; hours:22-06 eve; fallback fay",
        &[
            "steps[0].notify.targets[1] is nobody's id",
            "steps[1].notify.targets[0] is not the id of a team",
            "steps[1].notify.targets[1] is not the id of a schedule",
            "steps[2].notify_if_time.notify.targets[0] is nobody's id",
            "fallback is nobody's id",
        ],
        &[],
    );
}

#[test]
fn steps_that_do_little_are_warned_of() {
    check_policy(
        "-; team:idle on:gap; ada bo ada; events:1/5 ada",
        &[],
        &[
            "steps[0].notify.targets name nobody: the step is skipped",
            "steps[1].notify.targets name nobody: the step is skipped",
            "steps[2].notify.targets[2] is named before in the same step",
            "steps[3].notify_if_events.events of one always holds: each incident has had an event",
        ],
    );
}

#[test]
fn a_policy_that_reaches_nobody_is_warned_of() {
    let nobody = "steps name nobody, and there is no fallback: nobody is ever reached";
    check_policy("", &[], &[nobody]);
    check_policy("wait 5; resolve", &[], &[nobody]);
    check_policy("fallback ada", &[], &[]);
    let texts = "steps only send texts, and there is no fallback: on a call nobody is rung";
    check_policy("text ada; wait 5; text bo", &[], &[texts]);
    check_policy("text ada; fallback bo", &[], &[]);
}

#[test]
fn a_policy_has_a_name_and_no_end_of_steps() {
    let mut long = policy(&vec!["ada"; 51].join(";"));
    long.name = " ".to_owned();
    check(&long.review(&directory("ada 1")), &["name must not be empty", "steps are too many: at most 50"], &[]);
    let crowd = policy(&vec!["ada"; 51].join(" "));
    let review = crowd.review(&directory("ada 1"));
    assert_eq!(review.refusals[0].to_string(), "steps[0].notify.targets are too many: at most 50");
    assert_eq!(review.warnings.len(), 50);
}

#[test]
fn hours_have_a_zone_windows_and_days() {
    check(&hours("Europe/Oslo", "MO-FR 08-16, SA 22-06, not 2026-12-25").review(&Directory::default()), &[], &[]);
    check(
        &hours("Europe/Atlantis", "").review(&Directory::default()),
        &[
            "timezone is not the name of a time zone, such as Europe/Oslo",
            "windows must have at least one window: without one they never come",
        ],
        &[],
    );
    let mut odd = hours("UTC", "MO-TU 08-16, WE 08-16");
    odd.windows[1].days.clear();
    let monday = odd.windows[0].days[0];
    odd.windows[0].days.push(monday);
    check(
        &odd.review(&Directory::default()),
        &["windows[0].days[2] is the same as one before it", "windows[1].days must name at least one day"],
        &[],
    );
    let mut step = policy("hours:22-06 ada");
    let crate::Step::NotifyIfTime { hours, .. } = &mut step.steps[0] else { panic!("a step with hours") };
    hours.timezone = "+02:00".to_owned();
    check(
        &step.review(&directory("ada 1")),
        &["steps[0].notify_if_time.hours.timezone is not the name of a time zone, such as Europe/Oslo"],
        &[],
    );
}

fn destinations(keys: &str) -> Vec<Destination> {
    let service = ServiceId::new("payments");
    let destination =
        |key| Destination { key: Key::from_char(key).unwrap(), service: service.clone(), label: "payments".to_owned() };
    keys.chars().map(destination).collect()
}

fn line() -> Line {
    Line { destinations: destinations("12"), default_destination: Key::from_char('1'), ..sketch::line() }
}

#[track_caller]
fn check_line(line: &Line, refusals: &[&str], warnings: &[&str]) {
    check(&line.review(&[sketch::service()], &calendars(), PROMPTS), refusals, warnings);
}

#[test]
fn a_sound_line_has_nothing_to_say() {
    check_line(&line(), &[], &[]);
    check_line(&Line { destinations: destinations("0123456789"), ..line() }, &[], &[]);
    let prompts = [("greeting".to_owned(), "Hi.".to_owned()), ("nobody".to_owned(), String::new())].into();
    check_line(&Line { prompts, voice: Some("Polly.Amy".to_owned()), ..line() }, &[], &[]);
}

#[test]
fn a_line_leads_somewhere_once_a_key() {
    let nowhere = Line { destinations: vec![], default_destination: None, ..line() };
    check_line(&nowhere, &["destinations must be at least one"], &[]);
    let mut odd = Line { destinations: destinations("1213"), default_destination: Key::from_char('9'), ..line() };
    odd.destinations[1].service = ServiceId::new("none");
    odd.destinations[3].label = String::new();
    check_line(
        &odd,
        &[
            "destinations[1].service is not the id of a service",
            "destinations[3].label must not be empty",
            "destinations[2].key is the same as one before it",
            "default_destination is not the key of a destination",
        ],
        &[],
    );
    check_line(
        &Line { destinations: destinations("01234567890"), ..line() },
        &["destinations are too many: at most 10", "destinations[10].key is the same as one before it"],
        &[],
    );
}

#[test]
fn a_line_has_words_that_can_be_spoken() {
    let prompts = [("greeting".to_owned(), "x".repeat(3_001)), ("hello".to_owned(), String::new())].into();
    let odd = Line {
        name: String::new(),
        language: "English!".to_owned(),
        voice: Some(" ".to_owned()),
        prompts,
        voicemail: Voicemail { transcribe: false, ..Voicemail::default() },
        ..line()
    };
    check_line(
        &odd,
        &[
            "name must not be empty",
            "language is not a language tag, such as en-GB",
            "voice must not be empty",
            "prompts.greeting is too long: at most 3000 characters",
            "prompts.hello is not the name of a sentence that is spoken",
        ],
        &[],
    );
}

#[test]
fn a_recording_is_announced_in_words() {
    let prompts = [("recording_notice".to_owned(), " ".to_owned())].into();
    let silent = Line { prompts, recording: true, ..line() };
    check_line(&silent, &["prompts.recording_notice must not be empty"], &[]);
    check_line(&Line { recording: false, ..silent }, &[], &[]);
}

#[test]
fn a_phone_rings_within_twilios_limits() {
    for (ring_seconds, sound) in [(4, false), (5, true), (600, true), (601, false)] {
        let expected: &[&str] = if sound { &[] } else { &["ring_seconds must be between 5 and 600"] };
        check_line(&Line { ring_seconds, ..line() }, expected, &[]);
    }
}

#[test]
fn a_message_is_as_long_as_twilio_records_or_transcribes() {
    let mail = |max_seconds, transcribe| Voicemail { enabled: true, max_seconds, transcribe };
    for (voicemail, most) in [
        (mail(4, false), Some(3_600)),
        (mail(5, false), None),
        (mail(3_600, false), None),
        (mail(3_601, false), Some(3_600)),
        (mail(120, true), None),
        (mail(121, true), Some(120)),
    ] {
        let refusal = most.map(|most| format!("voicemail.max_seconds must be between 5 and {most}"));
        let expected: Vec<&str> = refusal.iter().map(String::as_str).collect();
        check_line(&Line { voicemail, ..line() }, &expected, &[]);
    }
    let norwegian = Line { language: "nb-NO".to_owned(), ..line() };
    check_line(&norwegian, &[], &["voicemail.transcribe works for US English only"]);
}

/// Norway's holidays.
fn calendars() -> Directory {
    let days = vec![sketch::holiday("Constitution Day", "2026-05-17", "2026-05-17", true)];
    let norway = HolidayCalendar { id: CalendarId::new("norway"), name: "Norway".to_owned(), days };
    Directory { calendars: vec![norway], ..Directory::default() }
}

#[test]
fn hours_follow_calendars_that_there_are_once_each() {
    let following =
        |calendars: &str| Line { support_hours: Some(hours("UTC", &format!("MO-FR 08-16, {calendars}"))), ..line() };
    check_line(&following("calendar norway"), &[], &[]);
    check_line(
        &following("calendar norway, calendar sweden, calendar norway"),
        &[
            "support_hours.calendars[1] is not the id of a holiday calendar",
            "support_hours.calendars[2] is the same as one before it",
        ],
        &[],
    );
}

#[test]
fn holidays_end_after_they_begin_and_before_long() {
    let holiday = sketch::holiday;
    let of = |days| HolidayCalendar { id: CalendarId::new("cal"), name: "All".to_owned(), days };
    let longest = holiday("Summer", "2026-06-01", "2026-09-08", true);
    let other_year = holiday("Christmas", "2027-12-24", "2027-12-26", false);
    let sound = of(vec![longest, holiday("Christmas", "2026-12-24", "2026-12-26", false), other_year]);
    check(&sound.review(), &[], &[]);
    let odd = of(vec![
        holiday("", "2026-12-24", "2026-12-23", false),
        holiday("Too long", "2026-06-01", "2026-09-09", false),
        holiday("Twice", "2026-05-17", "2026-05-17", true),
        holiday("Again", "2026-05-17", "2026-05-17", true),
    ]);
    check(
        &odd.review(),
        &[
            "days[0].name must not be empty",
            "days[0].to is before the first day",
            "days[1].to makes it longer than 100 days",
            "days[3] is the same as one before it",
        ],
        &[],
    );
    check(&of(vec![]).review(), &[], &["days name none: the calendar changes nothing"]);
}

#[test]
fn a_lines_hours_are_reviewed() {
    check_line(
        &Line { support_hours: Some(hours("UTC", "")), ..line() },
        &["support_hours.windows must have at least one window: without one they never come"],
        &[],
    );
}

#[test]
fn people_teams_and_schedules_are_reviewed() {
    let mut odd = directory("ada 1 1; bo 1?; cy; ada 3; core: ada eve ada; idle: ; night = ada | eve ; night = ada");
    odd.people[1].language = Some("Norsk bokmål".to_owned());
    odd.people[2].name = String::new();
    odd.teams[1].name = String::new();
    odd.schedules[1].definition.timezone = "Europe/Atlantis".to_owned();
    odd.schedules[1].name = String::new();
    check(
        &odd.review(),
        &[
            "people[0].phones[1].number is the same as one before it",
            "people[1].language is not a language tag, such as en-GB",
            "people[2].name must not be empty",
            "people[3].id is the same as one before it",
            "teams[0].members[1] is nobody's id",
            "teams[0].members[2] is the same as one before it",
            "teams[1].name must not be empty",
            "schedules[0].definition.layers[0].users[1][0] is nobody's id",
            "schedules[1].name must not be empty",
            "schedules[1].definition.timezone is not the name of a time zone, such as Europe/Oslo",
            "schedules[1].id is the same as one before it",
        ],
        &[
            "people[1].phones have no verified one: they cannot be rung",
            "people[2].phones have no verified one: they cannot be rung",
            "people[1].phones[0].number is somebody else's too: it is rung for one of them in a round",
            "teams[1].members name nobody: the team is skipped",
        ],
    );
}

#[test]
fn a_schedules_warnings_are_passed_on() {
    check(
        &directory("ada 1; night = ada | ").review(),
        &[],
        &["schedules[0].definition.layers[0].users[1] is empty: its turn falls through to the lower layers"],
    );
}

fn whole() -> Plan {
    Plan { line: line(), ..sketch::plan("ada 1; bo 2", "ada; wait 5; bo") }
}

#[test]
fn a_plan_is_reviewed_with_all_its_parts() {
    check(&whole().review(PROMPTS), &[], &[]);
    let mut odd = Plan { directory: directory("ada 1 0"), ..whole() };
    odd.line.ring_seconds = 0;
    odd.services.push(odd.services[0].clone());
    odd.services[1].name = String::new();
    odd.services[1].policy = crate::PolicyId::new("none");
    odd.policies.push(odd.policies[0].clone());
    check(
        &odd.review(PROMPTS),
        &[
            "line.ring_seconds must be between 5 and 600",
            "services[1].name must not be empty",
            "services[1].policy is not the id of an escalation policy",
            "services[1].id is the same as one before it",
            "policies[0].steps[2].notify.targets[0] is nobody's id",
            "policies[1].steps[2].notify.targets[0] is nobody's id",
            "policies[1].id is the same as one before it",
            "directory.people[0].phones[1].number is the number of the line itself",
        ],
        &[],
    );
}

#[test]
fn no_finding_repeats_a_phone_number() {
    let odd = Plan { directory: directory("ada 0 0 1; bo 1"), ..whole() };
    let review = odd.review(PROMPTS);
    assert_eq!((review.refusals.len(), review.warnings.len()), (3, 1));
    let said = format!("{review:?}");
    assert!(!said.contains("4790000"), "{said}");
}
