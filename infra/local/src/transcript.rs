//! A pretend call, line by line, for a person to read.

use std::time::Duration;

use twilio_sim::{CallStatus, Event, Line};

use crate::names::Names;

/// Writes the lines of one call.
#[derive(Debug)]
pub(crate) struct Transcript {
    names: Names,
    caller: String,
    begun: Option<Duration>,
}

impl Transcript {
    pub(crate) fn new(names: Names, caller: &str) -> Self {
        Self { names, caller: caller.to_owned(), begun: None }
    }

    /// The line, ended by a newline; none for what only a machine wants to know.
    pub(crate) fn line(&mut self, line: &Line) -> Option<String> {
        let begun = *self.begun.get_or_insert(line.at);
        let what = self.what(line)?;
        let since = line.at.saturating_sub(begun).as_secs();
        let who = self.name(&line.who);
        Some(format!("{:>3}:{:02}  {who:<18} {what}\n", since / 60, since % 60))
    }

    fn name<'n>(&'n self, number: &'n str) -> &'n str {
        if number == self.caller { "Caller" } else { self.names.of_phone(number) }
    }

    fn what(&self, line: &Line) -> Option<String> {
        let caller = line.call == line.leg;
        Some(match &line.event {
            Event::Connected(other) => format!("is connected with {}", self.name(other)),
            Event::Status(CallStatus::Busy) if !caller => "is busy".to_owned(),
            Event::Status(CallStatus::NoAnswer) if !caller => "does not answer".to_owned(),
            Event::Status(CallStatus::Failed) if !caller => "cannot be reached".to_owned(),
            Event::Status(CallStatus::Canceled) if !caller => "stops ringing".to_owned(),
            Event::Status(status) if caller && status.is_over() => {
                format!("the call is over ({status})")
            }
            Event::Status(_) => return None,
            other => other.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(who: &str, caller_s: bool, event: Event, expected: Option<&str>) {
        let mut transcript = Transcript::new(Names::default(), "+4790000009");
        transcript.begun = Some(Duration::from_secs(100));
        let leg = if caller_s { "CA1" } else { "CA2" };
        let line = Line {
            at: Duration::from_millis(165_900),
            call: "CA1".to_owned(),
            leg: leg.to_owned(),
            who: who.to_owned(),
            event,
        };
        assert_eq!(transcript.line(&line).as_deref(), expected);
    }

    #[test]
    fn lines() {
        let hears = Event::Hears { text: "Welcome.".to_owned(), cut: false };
        check("+4790000009", true, hears, Some("  1:05  Caller             hears: Welcome.\n"));
        let over = Event::Status(CallStatus::Completed);
        check("+4790000009", true, over.clone(), Some("  1:05  Caller             the call is over (completed)\n"));
        check("+4791000001", false, over, None);
        check(
            "+4791000001",
            false,
            Event::Status(CallStatus::NoAnswer),
            Some("  1:05  +4791000001        does not answer\n"),
        );
        let connected = Event::Connected("+4790000009".to_owned());
        check("+4791000001", false, connected, Some("  1:05  +4791000001        is connected with Caller\n"));
    }
}
