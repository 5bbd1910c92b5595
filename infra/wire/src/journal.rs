//! What has passed, and what is to go wrong.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// The name that stands for every request.
pub const ANY: &str = "*";

/// Something that goes wrong with a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It is forwarded only after so long.
    Delay(Duration),
    /// It never reaches the service: the connection ends without an answer.
    Refuse,
    /// The service does what it was asked, and the connection ends without an answer.
    CutAfter,
    /// It never reaches the service; this is the answer instead.
    Answer {
        /// The status code, as 500.
        status: u16,
        /// The body, as `{"__type":"ThrottlingException"}`.
        body: String,
    },
}

/// A request that has arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passed {
    /// Its name.
    pub operation: String,
    /// How large its body was, bytes.
    pub sent: usize,
    /// How large the body of the service's answer was, bytes; none before or without one.
    pub answered: Option<usize>,
}

#[derive(Default, Debug)]
pub(crate) struct Journal(Mutex<State>);

#[derive(Default, Debug)]
struct State {
    passed: Vec<Passed>,
    /// How many were forgotten, so that the place of a later answer is known.
    forgotten: usize,
    planned: Vec<Planned>,
}

#[derive(Debug)]
struct Planned {
    operation: String,
    fault: Fault,
    stays: bool,
}

impl Journal {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn plan(&self, operation: &str, fault: Fault, stays: bool) {
        self.state().planned.push(Planned { operation: operation.to_owned(), fault, stays });
    }

    pub(crate) fn mend(&self) {
        self.state().planned.clear();
    }

    pub(crate) fn passed(&self) -> Vec<Passed> {
        self.state().passed.clone()
    }

    pub(crate) fn forget(&self) {
        let mut state = self.state();
        state.forgotten += state.passed.len();
        state.passed.clear();
    }

    /// Notes a request; gives its number and what goes wrong with it.
    pub(crate) fn arrived(&self, operation: &str, sent: usize) -> (usize, Option<Fault>) {
        let mut state = self.state();
        let number = state.forgotten + state.passed.len();
        state.passed.push(Passed { operation: operation.to_owned(), sent, answered: None });
        let place = state.planned.iter().position(|plan| plan.operation == ANY || plan.operation == operation);
        let fault = place.map(|place| {
            if state.planned[place].stays {
                state.planned[place].fault.clone()
            } else {
                state.planned.remove(place).fault
            }
        });
        (number, fault)
    }

    /// Notes the answer to a request.
    pub(crate) fn answered(&self, number: usize, bytes: usize) {
        let mut state = self.state();
        let place = number.checked_sub(state.forgotten);
        if let Some(passed) = place.and_then(|place| state.passed.get_mut(place)) {
            passed.answered = Some(bytes);
        }
    }
}
