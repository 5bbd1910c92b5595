//! From the targets of a step to people, at an instant, with the reason for each.

use std::{collections::BTreeSet, fmt};

use jiff::Timestamp;

use crate::{Directory, Notify, Order, Person, PersonId, ScheduleId, Target, TeamId, schedule::Schedule};

/// The people whom a step reaches at an instant, and what kept others out.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reach<'d> {
    /// Whom, in the order in which they are rung; nobody twice.
    pub people: Vec<Reached<'d>>,
    /// Which targets gave nobody, and why.
    pub missing: Vec<Missing>,
}

/// A person and why it is them.
#[derive(Clone, PartialEq, Debug)]
pub struct Reached<'d> {
    /// Who.
    pub person: &'d Person,
    /// Why.
    pub why: Why,
}

/// Why a step reaches a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// The step names them.
    Named,
    /// They are in a team that the step names.
    Team {
        /// The team's name.
        team: String,
    },
    /// They are on call.
    OnCall {
        /// The schedule's name.
        schedule: String,
        /// Which layer and group, or which override.
        reason: String,
    },
    /// The policy's steps found nobody.
    Fallback,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named => f.write_str("named by the step"),
            Self::Team { team } => write!(f, "in team {team}"),
            Self::OnCall { schedule, reason } => write!(f, "on call in schedule {schedule}: {reason}"),
            Self::Fallback => f.write_str("fallback of the policy"),
        }
    }
}

/// A target that gave nobody.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Missing {
    /// The plan lacks this person.
    #[error("person {0} does not exist")]
    Person(PersonId),
    /// The plan lacks this team.
    #[error("team {0} does not exist")]
    Team(TeamId),
    /// The team has no members.
    #[error("team {0} has no members")]
    EmptyTeam(String),
    /// The plan lacks this schedule.
    #[error("schedule {0} does not exist")]
    Schedule(ScheduleId),
    /// The schedule has a gap here.
    #[error("nobody is on call in schedule {schedule}{}", detail(reasons))]
    NobodyOnCall {
        /// The schedule's name.
        schedule: String,
        /// What each layer says.
        reasons: Vec<String>,
    },
    /// A part of the schedule cannot be read; the rest counts. Worth an alarm.
    #[error("schedule {schedule}: {problem}")]
    Unreadable {
        /// The schedule's name.
        schedule: String,
        /// What is wrong with which field.
        problem: String,
    },
}

fn detail(reasons: &[String]) -> String {
    if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) }
}

/// Resolves the targets of a step at an instant.
///
/// `seed` makes a random order the same each time that it is asked for.
pub fn reach<'d>(directory: &'d Directory, notify: &Notify, at: Timestamp, seed: &str) -> Reach<'d> {
    let mut reach = Reach::default();
    for target in &notify.targets {
        match target {
            Target::Person(id) => reach.add(directory, id, Why::Named),
            Target::Team(id) => reach.add_team(directory, id),
            Target::Schedule(id) => reach.add_schedule(directory, id, at),
        }
    }
    let mut seen = BTreeSet::new();
    reach.people.retain(|reached| seen.insert(&reached.person.id));
    if notify.order == Order::Random {
        reach.people.sort_by_cached_key(|reached| shuffled(seed, &reached.person.id));
    }
    reach
}

impl<'d> Reach<'d> {
    fn add(&mut self, directory: &'d Directory, id: &PersonId, why: Why) {
        match directory.person(id) {
            Some(person) => self.people.push(Reached { person, why }),
            None => self.missing.push(Missing::Person(id.clone())),
        }
    }

    fn add_team(&mut self, directory: &'d Directory, id: &TeamId) {
        let Some(team) = directory.team(id) else {
            return self.missing.push(Missing::Team(id.clone()));
        };
        if team.members.is_empty() {
            self.missing.push(Missing::EmptyTeam(team.name.clone()));
        }
        for member in &team.members {
            self.add(directory, member, Why::Team { team: team.name.clone() });
        }
    }

    fn add_schedule(&mut self, directory: &'d Directory, id: &ScheduleId, at: Timestamp) {
        let Some(named) = directory.schedule(id) else {
            return self.missing.push(Missing::Schedule(id.clone()));
        };
        let (schedule, refusals) = Schedule::stored(&named.definition);
        self.missing.extend(
            refusals
                .into_iter()
                .map(|refusal| Missing::Unreadable { schedule: named.name.clone(), problem: refusal.to_string() }),
        );
        let on_call = schedule.at(at);
        if on_call.is_empty() {
            let reasons = schedule.explain(at).skipped.iter().map(ToString::to_string).collect();
            self.missing.push(Missing::NobodyOnCall { schedule: named.name.clone(), reasons });
        }
        for (person, reason) in on_call.reasons() {
            let why = Why::OnCall { schedule: named.name.clone(), reason: reason.to_string() };
            self.add(directory, person, why);
        }
    }
}

/// A place in a shuffled order: FNV-1a over seed and person, then spread by splitmix64's finaliser. Not
/// secret and not meant to be: it only has to be fair and the same at each webhook of a call.
fn shuffled(seed: &str, person: &PersonId) -> u64 {
    let bytes = seed.bytes().chain([0]).chain(person.as_str().bytes());
    let mut hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
