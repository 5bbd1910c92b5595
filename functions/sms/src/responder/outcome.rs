//! What came of what a responder wanted.

use oncall::{PersonId, incident::Answer, texting::Verb};

/// What was wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wanted {
    /// Something to be done.
    Done(Verb),
    /// Something to be told to whoever reported it.
    Told,
}

/// What came of one command.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Outcome {
    pub wanted: Wanted,
    /// The code by which the phone was told of it.
    pub code: u32,
    /// What each of its incidents answered; none if there is none with this code.
    pub answers: Vec<Answer>,
}

/// What came of a text.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Came {
    /// Something of each command.
    Of(Vec<Outcome>),
    /// The phone was never told of anything.
    NothingTold,
    /// It was not understood.
    NotUnderstood,
}

impl Outcome {
    /// How many of its incidents are as they wanted.
    pub(crate) fn done(&self) -> usize {
        self.answers.iter().filter(|answer| **answer == Answer::Done).count()
    }

    /// The people whom its answers name.
    pub(crate) fn people(&self) -> impl Iterator<Item = &PersonId> {
        self.answers.iter().filter_map(|answer| match answer {
            Answer::AcknowledgedBy { by, .. } | Answer::ResolvedBy { by, .. } => by.person_id(),
            _ => None,
        })
    }
}

impl Came {
    /// Whether something was done, or would have been had somebody else not been first.
    pub(crate) fn is_real(&self) -> bool {
        matches!(self, Self::Of(outcomes) if outcomes.iter().any(|outcome| !outcome.answers.is_empty()))
    }
}
