//! What EventBridge calls again and again.

use std::time::Duration;

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::intrinsics::Resolver;
use super::resources;

/// A function that is called by a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The function's logical name.
    pub function: String,
    /// How long after each call the next one comes.
    pub every: Duration,
}

pub(super) fn read(resolver: &Resolver<'_>) -> Result<Vec<Schedule>, TemplateError> {
    let mut schedules = Vec::new();
    for rule in resolver.of_type("AWS::Events::Rule") {
        let place = Place::of(rule).at("ScheduleExpression");
        let expression = resolver.text_of(rule, "ScheduleExpression")?;
        let every = rate(&expression)
            .ok_or_else(|| resolver.unusable(&place, format!("{expression:?} is not a rate of minutes or hours")))?;
        let place = Place::of(rule).at("Targets");
        let Some(Value::Array(targets)) = resolver.property(rule, "Targets") else {
            return Err(resolver.missing(place));
        };
        for (index, target) in targets.iter().enumerate() {
            let place = place.at(index).at("Arn");
            let arn = target.get("Arn").ok_or_else(|| resolver.missing(place.clone()))?;
            let function = resources::function_in(resolver, &place, &resolver.text(&place, arn)?)?;
            schedules.push(Schedule { function, every });
        }
    }
    Ok(schedules)
}

/// `rate(5 minutes)`
fn rate(expression: &str) -> Option<Duration> {
    let (number, unit) = expression.strip_prefix("rate(")?.strip_suffix(')')?.split_once(' ')?;
    let unit = match unit.trim_end_matches('s') {
        "minute" => 60,
        "hour" => 3_600,
        _ => return None,
    };
    let number: u64 = number.parse().ok().filter(|number| *number > 0)?;
    Some(Duration::from_secs(number.checked_mul(unit)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates() {
        let seconds = |expression| rate(expression).map(|every| every.as_secs());
        assert_eq!(seconds("rate(1 minute)"), Some(60));
        assert_eq!(seconds("rate(5 minutes)"), Some(300));
        assert_eq!(seconds("rate(1 hour)"), Some(3_600));
        for wrong in ["rate(0 minutes)", "rate(1 fortnight)", "cron(0 8 * * ? *)", "1 minute", ""] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
