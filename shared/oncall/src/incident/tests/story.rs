//! An incident as it is told: what happens, minute by minute, and what is done for it.

use jiff::{SignedDuration, Timestamp};

use crate::{
    Channel, Directory, EscalationPolicy, IncidentId, Mode, NotificationRule, NotificationRules, PersonId, ServiceId,
    Target,
    incident::{
        Act, Actor, Answer, Cause, Early, Effect, Event, Failure, Happened, Incident, KnownPhones, Opening, Page,
        Reason, Receipt, Sending, Severity, Signal, Snapshot, Source, Stepped, Surroundings, Via, Wish, open, step,
    },
    sketch,
};

pub(super) const NOON: &str = "2026-01-08T12:00:00Z";

pub(super) struct Story {
    pub(super) incident: Incident,
    pub(super) directory: Directory,
    pub(super) mode: Mode,
    pub(super) phones: KnownPhones,
    pub(super) now: Timestamp,
    pub(super) answer: Option<Answer>,
    told: Vec<String>,
    logged: usize,
}

pub(super) fn minutes(count: i64) -> Timestamp {
    sketch::at(NOON) + SignedDuration::from_mins(count)
}

pub(super) fn seconds(count: i64) -> Timestamp {
    sketch::at(NOON) + SignedDuration::from_secs(count)
}

pub(super) fn event(id: &str, at: Timestamp, signal: Signal) -> Event {
    let summary = Some("Disk full".to_owned());
    Event {
        id: id.to_owned(),
        at,
        source: Source::Tool,
        summary,
        severity: Some(Severity::Critical),
        signal,
        thread: None,
        links: Vec::new(),
    }
}

pub(super) fn opening(policy: Option<EscalationPolicy>, reason: Reason) -> Opening {
    Opening {
        id: IncidentId::new("in_1"),
        number: 7,
        key: "disk".to_owned(),
        service: Some(ServiceId::new("payments")),
        snapshot: Snapshot { policy, acknowledged_minutes: None },
        reason,
    }
}

pub(super) fn triggered() -> Reason {
    Reason::Event { event: event("e1", minutes(0), Signal::Trigger), early: Early::default() }
}

pub(super) fn person(id: &str) -> Actor {
    Actor::Person { id: PersonId::new(id), via: Via::Sms }
}

/// `sms 0, voice 2`.
pub(super) fn rules(text: &str) -> Vec<NotificationRule> {
    let rule = |words: &str| {
        let (channel, minutes) = words.trim().split_once(' ').unwrap();
        let channel = if channel == "sms" { Channel::Sms } else { Channel::Voice };
        NotificationRule { channel, after_minutes: minutes.parse().unwrap() }
    };
    text.split(',').filter(|words| !words.trim().is_empty()).map(rule).collect()
}

impl Story {
    /// An incident that was triggered at noon.
    pub(super) fn of(directory: &str, policy: &str) -> Self {
        Self::told_of(sketch::directory(directory), opening(Some(sketch::policy(policy)), triggered()), Mode::Normal)
    }

    pub(super) fn told_of(directory: Directory, opening: Opening, mode: Mode) -> Self {
        Self::told_from(minutes(0), directory, opening, mode)
    }

    pub(super) fn told_from(now: Timestamp, directory: Directory, opening: Opening, mode: Mode) -> Self {
        let phones = KnownPhones::default();
        let stepped = open(opening, now, &Surroundings { directory: &directory, mode, phones: &phones });
        let mut story = Self {
            incident: stepped.incident.clone(),
            directory,
            mode,
            phones,
            now,
            answer: None,
            told: Vec::new(),
            logged: 0,
        };
        story.take(stepped);
        story
    }

    /// With notification rules for everybody.
    pub(super) fn with_rules(directory: &str, policy: &str, high: &str, severity: Severity) -> Self {
        let mut directory = sketch::directory(directory);
        for person in &mut directory.people {
            person.rules = NotificationRules { high: rules(high), low: rules("sms 0") };
        }
        let mut first = event("e1", minutes(0), Signal::Trigger);
        first.severity = Some(severity);
        let reason = Reason::Event { event: first, early: Early::default() };
        Self::told_of(directory, opening(Some(sketch::policy(policy)), reason), Mode::Normal)
    }

    fn take(&mut self, stepped: Stepped) {
        for effect in &stepped.effects {
            let line = written(effect);
            self.told.push(format!("{} {line}", since_noon(self.now)));
        }
        if stepped.changed {
            let entries = &stepped.incident.log.entries;
            for entry in &entries[self.logged..] {
                if let Some(line) = remarkable(&entry.what) {
                    self.told.push(format!("{} {line}", since_noon(self.now)));
                }
            }
            self.logged = entries.len();
            self.incident = stepped.incident;
        }
        if stepped.answer.is_some() {
            self.answer = stepped.answer;
        }
        assert!(self.incident.due().is_none_or(|due| due > self.now), "due in the past: {:?}", self.incident);
    }

    pub(super) fn cause(&mut self, cause: &Cause) -> &mut Self {
        let around = Surroundings { directory: &self.directory, mode: self.mode, phones: &self.phones };
        let stepped = step(&self.incident, cause, self.now, &around);
        self.take(stepped);
        self
    }

    /// Everything that is due until then, each at its instant.
    pub(super) fn until(&mut self, at: Timestamp) -> &mut Self {
        while let Some(due) = self.incident.due().filter(|due| *due <= at) {
            self.now = due;
            self.cause(&Cause::Time);
        }
        self.now = at;
        self
    }

    pub(super) fn wishes(&mut self, by: &str, wish: Wish) -> &mut Self {
        let id = format!("act {} {by} {wish:?}", self.now);
        self.cause(&Cause::Act(Act { id, by: person(by), wish }))
    }

    pub(super) fn says(&mut self, id: &str, at: Timestamp, signal: Signal) -> &mut Self {
        self.cause(&Cause::Event(event(id, at, signal)))
    }

    pub(super) fn sent(&mut self, page: u32) -> &mut Self {
        self.cause(&Cause::Sending { page, outcome: Sending::Accepted { sid: format!("SM{page}") } })
    }

    pub(super) fn outcome(&mut self, page: u32, outcome: Sending) -> &mut Self {
        self.cause(&Cause::Sending { page, outcome })
    }

    pub(super) fn failed(&mut self, page: u32, why: Failure) -> &mut Self {
        self.cause(&Cause::Receipt { page, receipt: Receipt::Failed(why) })
    }

    /// What was told since the last time.
    #[track_caller]
    pub(super) fn tells(&mut self, expected: &[&str]) -> &mut Self {
        assert_eq!(std::mem::take(&mut self.told), expected);
        self
    }

    /// Twilio takes every page at once.
    pub(super) fn all_sent(&mut self) -> &mut Self {
        let pending: Vec<u32> =
            self.incident.pages.iter().filter(|page| page.is_pending()).map(|one| one.number).collect();
        for page in pending {
            self.sent(page);
        }
        self
    }

    /// As [`Story::until`], with a Twilio that takes every page at once.
    pub(super) fn runs_until(&mut self, at: Timestamp) -> &mut Self {
        self.all_sent();
        while let Some(due) = self.incident.due().filter(|due| *due <= at) {
            self.now = due;
            self.cause(&Cause::Time);
            self.all_sent();
        }
        self.now = at;
        self
    }
}

pub(super) fn named(id: &str) -> Vec<Target> {
    vec![Target::Person(PersonId::new(id))]
}

fn since_noon(at: Timestamp) -> String {
    let seconds = at.as_second() - minutes(0).as_second();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn written(effect: &Effect) -> String {
    let page = |page: &Page| {
        let first = if page.first { " first" } else { "" };
        format!("{} {:?} to phone {}{first}", page.person.as_str(), page.channel, page.phone + 1)
    };
    match effect {
        Effect::Send(it) => format!("send {}", page(it)),
        Effect::AskTwilio(it) => format!("ask for {}", page(it)),
        Effect::Recall { page, .. } => format!("recall {page}"),
        Effect::Bar { channel, bar, .. } => format!("bar {channel:?}: {bar}"),
        Effect::Tell { thread, words, .. } => format!("tell {thread}: {words}"),
        Effect::EndThread { thread } => format!("end {thread}"),
    }
}

/// What a reader of the log would look for; pages are told by their effects.
fn remarkable(what: &Happened) -> Option<String> {
    Some(match what {
        Happened::NotPaged { person, why, .. } => format!("{} {why}", person.as_str()),
        Happened::Skipped(skip) => format!("skipped {skip}"),
        Happened::WaitCutShort => "wait cut short".to_owned(),
        Happened::PolicyDone { reached_somebody } => format!("policy done, reached {reached_somebody}"),
        Happened::Held => "held".to_owned(),
        Happened::Resumed => "resumed".to_owned(),
        Happened::Acknowledged => "acknowledged".to_owned(),
        Happened::AcknowledgementOver => "acknowledgement over".to_owned(),
        Happened::Lost => "lost".to_owned(),
        Happened::SilenceOver => "silence over".to_owned(),
        Happened::Reopened => "reopened".to_owned(),
        Happened::BecameUrgent => "became urgent".to_owned(),
        Happened::Resolved => "resolved".to_owned(),
        Happened::Failed { page, why } => format!("page {page}: {why}"),
        _ => return None,
    })
}
