//! What is found, in words.

use std::collections::{BTreeMap, BTreeSet};

use api::{Gap, Readiness, ReadinessCode as Code, ReadinessFinding, Severity};
use jiff::{SignedDuration, Timestamp};
use oncall::{Channel, Cover, Line, LineId, Mode, Person, PersonId, Plan, Service, ServiceId};
use store::{Integration, ListedLine, NumberRecord, Problem, Reference, Sends};

use super::at_twilio::Differing;

/// How late a fallback document may be written anew before that is told: it is looked at every minute.
const LATE: SignedDuration = SignedDuration::from_mins(5);

/// What has been found so far.
pub(super) struct Findings {
    from: Timestamp,
    to: Timestamp,
    found: Vec<ReadinessFinding>,
    /// Whoever may be reached by some line.
    people: BTreeMap<PersonId, Person>,
    services: BTreeSet<ServiceId>,
}

impl Findings {
    pub(super) fn new(from: Timestamp, to: Timestamp) -> Self {
        Self { from, to, found: Vec::new(), people: BTreeMap::new(), services: BTreeSet::new() }
    }

    fn add(&mut self, severity: Severity, code: Code, about: (&str, &str), what: String, mend: &str) {
        let ((kind, id), mend) = (about, mend.to_owned());
        let (kind, id) = (kind.to_owned(), id.to_owned());
        let (key, since, gaps) = (None, None, Vec::new());
        self.found.push(ReadinessFinding { severity, code, kind, id, key, what, since, mend, gaps });
    }

    /// Parts of an object that cannot be read.
    pub(super) fn unreadable(&mut self, name: &Reference, problems: &[Problem]) {
        for problem in problems {
            let kind = name.kind.to_string();
            let mend = "look at it, and save it again as it should be";
            self.add(Severity::Critical, Code::Unreadable, (&kind, &name.id), problem.to_string(), mend);
        }
    }

    /// Everybody whom a line reaches, and when it reaches nobody.
    pub(super) fn line(&mut self, plan: &Plan) {
        let line = &plan.line;
        if !line.enabled {
            let what = format!("{} is disabled: it says so, and rings nobody", line.name);
            return self.add(Severity::Note, Code::LineDisabled, ("line", line.id.as_str()), what, "enable it");
        }
        for destination in &line.destinations {
            if let Some(service) = plan.service(&destination.service) {
                self.destination(plan, service, &destination.key.to_string());
            }
        }
        self.people.extend(plan.directory.people.iter().map(|person| (person.id.clone(), person.clone())));
        for service in &plan.services {
            self.service(service);
        }
    }

    fn destination(&mut self, plan: &Plan, service: &Service, key: &str) {
        let stretches = plan.coverage(service, self.from, self.to);
        let gaps: Vec<_> = stretches.iter().filter(|stretch| stretch.cover == Cover::Nobody).collect();
        let Some(first) = gaps.first() else { return };
        let why = first.skips.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        self.found.push(ReadinessFinding {
            severity: Severity::Critical,
            code: Code::NobodyOnCall,
            kind: "line".to_owned(),
            id: plan.line.id.to_string(),
            key: Some(key.to_owned()),
            what: format!("nobody could be rung for {}; at first: {why}", service.name),
            since: None,
            mend: "add an override or a layer to a schedule, verify a phone, or give the escalation policy a fallback"
                .to_owned(),
            gaps: gaps.iter().map(|gap| Gap { start: gap.start, end: gap.end }).collect(),
        });
    }

    fn service(&mut self, service: &Service) {
        let (word, until) = match service.mode.at(self.from) {
            Mode::Normal => return,
            Mode::Debug { until } => ("being tried out", until),
            Mode::Maintenance { until } => ("under maintenance", until),
        };
        if !self.services.insert(service.id.clone()) {
            return;
        }
        let (severity, end) = match until {
            Some(until) => (Severity::Note, format!("until {until}")),
            None => (Severity::Warning, "without an end".to_owned()),
        };
        let what = format!("{} is {word} {end}: nobody is rung", service.name);
        self.add(severity, Code::ServicePaused, ("service", service.id.as_str()), what, "set its mode to normal");
    }

    /// What all lines together lack, and those whose numbers cannot what their switches say.
    pub(super) fn lines(&mut self, lines: &[Line], sends: &BTreeMap<LineId, Sends>) {
        if lines.is_empty() {
            let mend = "buy a number, or adopt one that the account has";
            self.add(Severity::Note, Code::NoLine, ("organisation", ""), "there is no line".to_owned(), mend);
        }
        let people = std::mem::take(&mut self.people);
        people.values().for_each(|person| self.person(person));
        let wants = |channel| {
            let rules = people.values().flat_map(|person| person.rules.high.iter().chain(&person.rules.low));
            rules.into_iter().any(|rule| rule.channel == channel)
        };
        // of whose number nothing is known, it is not said that it cannot
        let texts = |line: &&Line| sends.get(&line.id).is_none_or(|sends| sends.texts);
        let calls = |line: &&Line| sends.get(&line.id).is_none_or(|sends| sends.calls);
        for line in lines {
            let vain = [
                (line.sms_notifications && !texts(&line), "sms_notifications", "texts"),
                (line.voice_notifications && !calls(&line), "voice_notifications", "calls"),
            ];
            for (_, switch, things) in vain.into_iter().filter(|(is_vain, ..)| *is_vain) {
                let what = format!("{switch} of {} is set, and its number cannot send {things}", line.name);
                let mend = "switch it off, and set it of a line whose number can";
                self.add(Severity::Warning, Code::CannotSend, ("line", line.id.as_str()), what, mend);
            }
        }
        let enabled = || lines.iter().filter(|line| line.enabled);
        if wants(Channel::Sms) && !enabled().filter(texts).any(|line| line.sms_notifications) {
            let what = "somebody is to be told by text, and no line may send any".to_owned();
            let mend = "set sms_notifications of a line whose number can send texts";
            self.add(Severity::Warning, Code::NoSenderOfTexts, ("organisation", ""), what, mend);
        }
        if wants(Channel::Voice) && !enabled().filter(calls).any(|line| line.voice_notifications) {
            let what = "somebody is to be told by a call, and no line may place any".to_owned();
            let mend = "set voice_notifications of a line whose number can place calls";
            self.add(Severity::Warning, Code::NoSenderOfCalls, ("organisation", ""), what, mend);
        }
    }

    /// Lines whose account is not connected.
    pub(super) fn accounts(&mut self, integrations: &[&Integration], records: &[NumberRecord]) {
        if integrations.is_empty() {
            let what = "no Twilio account is connected: nothing can be sent, and nobody watches the numbers".to_owned();
            let mend = "connect the Twilio account, with its auth token and an API key";
            self.add(Severity::Warning, Code::NoAccount, ("organisation", ""), what, mend);
        }
        let is_gone = |record: &&NumberRecord| !integrations.iter().any(|known| known.account == record.account);
        for record in records.iter().filter(is_gone) {
            let what = "the Twilio account that has its number is not connected: its calls are refused".to_owned();
            let mend = "connect that account again; Twilio goes on billing the number to it";
            self.add(Severity::Critical, Code::AccountGone, ("line", &record.line), what, mend);
        }
    }

    /// Lines that would not go on without our functions.
    pub(super) fn fallbacks(&mut self, lines: &[ListedLine]) {
        let is_old = |until: Timestamp| self.from.duration_since(until) > LATE;
        let without = |line: &&ListedLine| {
            let written = line.fallback.as_ref().and_then(|fallback| fallback.written);
            written.is_none_or(|written| is_old(written.until))
        };
        let without: Vec<&ListedLine> = lines.iter().filter(without).collect();
        for line in without {
            let what = "its fallback document is not there, or says what is not so any more".to_owned();
            let mend = "wait a minute after a new line's first save; else look at the log of the fallback function";
            self.add(Severity::Warning, Code::NoFallback, ("line", line.id.as_str()), what, mend);
        }
    }

    fn person(&mut self, person: &Person) {
        let about = ("person", person.id.as_str());
        if !person.phones.iter().any(|phone| phone.verified) {
            let what = format!("{} has no verified phone: they cannot be rung", person.name);
            return self.add(Severity::Warning, Code::NoVerifiedPhone, about, what, VERIFY);
        }
        for (index, _) in person.phones.iter().enumerate().filter(|(_, phone)| !phone.verified) {
            let what = format!("phone {} of {} is not verified: it is never rung", index + 1, person.name);
            self.add(Severity::Note, Code::PhoneNotVerified, about, what, VERIFY);
        }
    }

    /// Lines that wait for their plans.
    pub(super) fn rebuilding<'l>(&mut self, lines: impl Iterator<Item = &'l str>) {
        for line in lines {
            let what = "it does not follow the last saves yet".to_owned();
            self.add(Severity::Warning, Code::Rebuilding, ("line", line), what, "wait a minute; a sweep sees to it");
        }
    }

    /// An account whose Twilio has not answered.
    pub(super) fn silent(&mut self, integration: &Integration, why: &str) {
        let what = format!(
            "Twilio was asked about the account {}, and has not said how its numbers are: {why}. What was found there \
             before is told instead",
            integration.name
        );
        let mend = "ask again; if Twilio refuses the API key, rotate it";
        self.add(Severity::Warning, Code::NotAsked, ("integration", &integration.account), what, mend);
    }

    /// What is at Twilio not as it should be.
    pub(super) fn differing(&mut self, differing: &Differing) {
        let finding = &differing.finding;
        let about = finding.about.split_once('#').unwrap_or(("sweep", finding.about.as_str()));
        let (severity, mend) = match about.0 {
            "orphan" => (Severity::Warning, "adopt the number as a line, or give it back at Twilio"),
            "fallback" => (Severity::Warning, "repair the line, which sets its number's fallback again"),
            "drift" => (Severity::Critical, "repair the line, which sets its number's webhooks again"),
            "lost" => (Severity::Critical, "release the line, or buy its number again"),
            _ => (Severity::Warning, "look at the number at Twilio"),
        };
        self.add(severity, Code::DiffersAtTwilio, about, finding.what.clone(), mend);
        if let Some(told) = self.found.last_mut() {
            told.since = Some(finding.since).filter(|_| !differing.is_new);
        }
    }

    /// All of it, the gravest first.
    pub(super) fn told(mut self) -> Readiness {
        self.found.sort_by_key(|one| (one.severity, one.code));
        let ready = self.found.iter().all(|finding| finding.severity != Severity::Critical);
        Readiness { from: self.from, to: self.to, ready, findings: self.found }
    }
}

const VERIFY: &str = "send a code to the phone, and confirm it";
