//! The short codes of one phone, and what is bundled in a storm.

use jiff::{SignedDuration, Timestamp};

use super::About;
use crate::{IncidentId, incident::later};

/// What one phone has been told: its short codes, and what is being gathered for it.
///
/// The first code is 10, so that a single digit is a key and never a code. A code is given to another incident only
/// after it has rested for [`Codes::REST`], so that a late reply cannot reach the wrong one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Codes {
    /// Codes that have been told, the latest last.
    pub issued: Vec<Issued>,
    /// What is gathered, to be told together.
    pub gathering: Option<Gathering>,
    /// When a bundle was last told.
    pub bundled_at: Option<Timestamp>,
    /// Replies that did not help, since the last that did.
    pub unhelpful: u8,
}

/// A code that a phone has been told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issued {
    /// The code.
    pub code: u32,
    /// What it means: one incident, or those of a bundle.
    pub incidents: Vec<IncidentId>,
    /// Whether it stands for a bundle, even of one.
    pub is_bundle: bool,
    /// When it was told for the first time.
    pub first_told_at: Timestamp,
    /// When it was told last.
    pub told_at: Timestamp,
}

/// Incidents that wait to be told together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gathering {
    /// Which.
    pub incidents: Vec<IncidentId>,
    /// When they are told.
    pub due: Timestamp,
}

/// How a phone is told of an incident.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Announcement {
    /// By a text of its own, at once.
    Alone {
        /// Its code.
        code: u32,
    },
    /// Together with others, by one text.
    Bundled {
        /// When: then [`Codes::bundle`] says which.
        at: Timestamp,
    },
}

/// Incidents that a phone is told of together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bundle {
    /// Their common code.
    pub code: u32,
    /// Which: exactly those that the text is about, so that a reply means no other ones.
    pub incidents: Vec<IncidentId>,
}

impl Codes {
    /// The first code.
    pub const FIRST: u32 = 10;
    /// How long a code rests after it was told last, before it means something else.
    pub const REST: SignedDuration = SignedDuration::from_hours(14 * 24);
    /// How many codes are remembered; the one that rests longest gives way.
    pub const MOST: usize = 300;
    /// How many incidents a phone is told of one by one within [`Codes::STORM`].
    pub const MOST_ALONE: usize = 3;
    /// In which time more incidents than that are a storm.
    pub const STORM: SignedDuration = SignedDuration::from_secs(60);
    /// How long a bundle is gathered, at least.
    pub const GATHERS: SignedDuration = SignedDuration::from_secs(15);
    /// How many incidents all codes together mean, at most; the code that rests longest gives way.
    pub const MOST_MEANT: usize = 5000;
    /// How many replies in a row may be of no help.
    pub const MOST_UNHELPFUL: u8 = 5;

    /// How the phone is told of an incident that pages it now. Asked again about the same incident, the answer is the
    /// same.
    pub fn announce(&mut self, incident: &IncidentId, at: Timestamp) -> Announcement {
        if let Some(due) = self.due() {
            return self.gather(incident, due);
        }
        let known = self.issued.iter().position(|issued| !issued.is_bundle && issued.incidents == [incident.clone()]);
        if let Some(known) = known.filter(|known| self.issued.get(*known).is_some_and(|it| !has_rested(it, at))) {
            let mut again = self.issued.remove(known);
            again.told_at = again.told_at.max(at);
            let code = again.code;
            self.issued.push(again);
            return Announcement::Alone { code };
        }
        let is_new = |issued: &&Issued| later(issued.first_told_at, Self::STORM) > at;
        let alone = self.issued.iter().filter(is_new).filter(|issued| !issued.is_bundle).count();
        let in_storm = self.bundled_at.is_some_and(|bundled| later(bundled, Self::STORM) > at);
        if alone < Self::MOST_ALONE && !in_storm {
            return Announcement::Alone { code: self.issue(vec![incident.clone()], false, at) };
        }
        // one bundle a minute is what the cap allows
        let next = self.bundled_at.map_or(at, |bundled| later(bundled, Self::STORM));
        let due = next.max(later(at, Self::GATHERS));
        self.gather(incident, due)
    }

    /// The phone is told of an incident together with whatever else there is at that instant, or when what is gathered
    /// already is told: for one that may not have a text of its own before.
    pub fn gather(&mut self, incident: &IncidentId, due: Timestamp) -> Announcement {
        let gathering = self.gathering.get_or_insert_with(|| Gathering { incidents: Vec::new(), due });
        if !gathering.incidents.contains(incident) {
            gathering.incidents.push(incident.clone());
        }
        Announcement::Bundled { at: gathering.due }
    }

    /// Those that are gathered and need not be told any more are left out. Nothing is gathered if that is all of them.
    pub fn keep_gathered(&mut self, needed: impl Fn(&IncidentId) -> bool) {
        if let Some(gathering) = &mut self.gathering {
            gathering.incidents.retain(needed);
        }
        self.gathering = self.gathering.take().filter(|gathering| !gathering.incidents.is_empty());
    }

    /// When a bundle is to be told.
    pub fn due(&self) -> Option<Timestamp> {
        Some(self.gathering.as_ref()?.due)
    }

    /// The bundle that is due, with its code.
    pub fn bundle(&mut self, at: Timestamp) -> Option<Bundle> {
        let gathering = self.gathering.take_if(|gathering| gathering.due <= at)?;
        self.bundled_at = Some(at);
        let code = self.issue(gathering.incidents.clone(), true, at);
        Some(Bundle { code, incidents: gathering.incidents })
    }

    /// The incidents that a reply is about; none if no such code has been told.
    pub fn meant(&self, about: About) -> &[IncidentId] {
        let issued = match about {
            About::Latest => self.issued.last(),
            About::Code(code) => self.issued.iter().rev().find(|issued| issued.code == code),
        };
        issued.map_or(&[], |issued| &issued.incidents)
    }

    /// The code by which the phone was told of an incident last.
    pub fn code_of(&self, incident: &IncidentId) -> Option<u32> {
        Some(self.issued.iter().rev().find(|issued| issued.incidents.contains(incident))?.code)
    }

    /// Somebody did something real: their mistakes are forgotten.
    pub fn acted(&mut self) {
        self.unhelpful = 0;
    }

    /// Whether a reply that does not help is answered; no more than five in a row are.
    pub fn may_help(&mut self) -> bool {
        let may = self.unhelpful < Self::MOST_UNHELPFUL;
        self.unhelpful = self.unhelpful.saturating_add(1).min(Self::MOST_UNHELPFUL);
        may
    }

    fn issue(&mut self, incidents: Vec<IncidentId>, is_bundle: bool, at: Timestamp) -> u32 {
        self.issued.retain(|issued| !has_rested(issued, at));
        let meant = |issued: &[Issued]| issued.iter().map(|issued| issued.incidents.len()).sum::<usize>();
        while self.issued.len() >= Self::MOST || self.issued.len() > 1 && meant(&self.issued) > Self::MOST_MEANT {
            self.issued.remove(0);
        }
        let is_free = |code: &u32| self.issued.iter().all(|issued| issued.code != *code);
        let code = (Self::FIRST..).find(is_free).unwrap_or(Self::FIRST);
        self.issued.push(Issued { code, incidents, is_bundle, first_told_at: at, told_at: at });
        code
    }
}

fn has_rested(issued: &Issued, at: Timestamp) -> bool {
    later(issued.told_at, Codes::REST) <= at
}
