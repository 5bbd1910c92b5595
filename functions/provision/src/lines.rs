//! Lines. They are made when a number is bought or adopted, and go when it is released.

use api::{CallerId, Destination, FieldError, Line, Number, NumberPattern, Voicemail, Withheld};
use oncall::{CallerIdPolicy, Key, LineId, ServiceId, WithheldPolicy};

use crate::{
    app::App,
    caller::Admin,
    endpoint::Endpoint,
    failure::Failure,
    hours,
    objects::{self, Kept},
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    objects::readable::<Line>()
}

impl App {
    /// Every line.
    pub(crate) async fn all_lines(&self) -> Result<Vec<oncall::Line>, Failure> {
        let (mut lines, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.list::<oncall::Line>(after.as_deref(), 200).await?;
            lines.extend(page.items.into_iter().map(|stored| stored.value));
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(lines),
            }
        }
    }
}

impl Kept for Line {
    type Domain = oncall::Line;
    type Editor = Admin;
    const PREFIX: &'static str = "ln";

    fn shown(line: oncall::Line) -> Self {
        let destination = |destination: oncall::Destination| Destination {
            key: destination.key.to_string(),
            service: destination.service.to_string(),
            label: destination.label,
        };
        Self {
            id: Some(line.id.to_string()),
            number: Some(Number(line.number)),
            name: line.name,
            enabled: line.enabled,
            language: line.language,
            voice: line.voice,
            prompts: line.prompts,
            destinations: line.destinations.into_iter().map(destination).collect(),
            default_destination: line.default_destination.map(|key| key.to_string()),
            caller_id: match line.caller_id {
                CallerIdPolicy::Line => CallerId::Line,
                CallerIdPolicy::Caller => CallerId::Caller,
            },
            ring_seconds: line.ring_seconds,
            voicemail: Voicemail {
                enabled: line.voicemail.enabled,
                max_seconds: line.voicemail.max_seconds,
                transcribe: line.voicemail.transcribe,
            },
            recording: line.recording,
            support_hours: line.support_hours.map(hours::shown),
            blocked: line.blocked.into_iter().map(NumberPattern).collect(),
            allowed: line.allowed.into_iter().map(NumberPattern).collect(),
            withheld: match line.withheld {
                WithheldPolicy::Accept => Withheld::Accept,
                WithheldPolicy::Refuse => Withheld::Refuse,
            },
            opens_incidents: line.opens_incidents,
            sms_notifications: line.sms_notifications,
            voice_notifications: line.voice_notifications,
        }
    }

    fn domain(self, id: &str, before: Option<&oncall::Line>) -> Result<oncall::Line, Vec<FieldError>> {
        let mut errors = Vec::new();
        let number = match (before, self.number) {
            (None, _) => {
                Err(FieldError::new("", "cannot be made: a line comes with a number that is bought or adopted"))
            }
            (Some(line), Some(Number(number))) if number != line.number => {
                Err(FieldError::new("number", "cannot be changed"))
            }
            (Some(line), _) => Ok(line.number.clone()),
        };
        let number = number.map_err(|error| errors.push(error));
        let mut destinations = Vec::new();
        for (index, destination) in self.destinations.into_iter().enumerate() {
            match key(&destination.key) {
                Some(key) => destinations.push(oncall::Destination {
                    key,
                    service: ServiceId::new(destination.service),
                    label: destination.label,
                }),
                None => errors.push(FieldError::new(format!("destinations[{index}].key"), A_DIGIT)),
            }
        }
        let default_destination = self.default_destination.as_deref().and_then(key);
        if self.default_destination.is_some() && default_destination.is_none() {
            errors.push(FieldError::new("default_destination", A_DIGIT));
        }
        let (Ok(number), true) = (number, errors.is_empty()) else { return Err(errors) };
        Ok(oncall::Line {
            id: LineId::new(id),
            number,
            name: self.name,
            enabled: self.enabled,
            language: self.language,
            voice: self.voice,
            prompts: self.prompts,
            destinations,
            default_destination,
            caller_id: match self.caller_id {
                CallerId::Line => CallerIdPolicy::Line,
                CallerId::Caller => CallerIdPolicy::Caller,
            },
            ring_seconds: self.ring_seconds,
            voicemail: oncall::Voicemail {
                enabled: self.voicemail.enabled,
                max_seconds: self.voicemail.max_seconds,
                transcribe: self.voicemail.transcribe,
            },
            recording: self.recording,
            support_hours: self.support_hours.map(hours::domain),
            blocked: self.blocked.into_iter().map(|NumberPattern(pattern)| pattern).collect(),
            allowed: self.allowed.into_iter().map(|NumberPattern(pattern)| pattern).collect(),
            withheld: match self.withheld {
                Withheld::Accept => WithheldPolicy::Accept,
                Withheld::Refuse => WithheldPolicy::Refuse,
            },
            opens_incidents: self.opens_incidents,
            sms_notifications: self.sms_notifications,
            voice_notifications: self.voice_notifications,
        })
    }
}

const A_DIGIT: &str = "must be a digit, 0 to 9";

/// A key, as JSON writes it.
pub(crate) fn key(text: &str) -> Option<Key> {
    let mut keys = text.chars();
    keys.next().filter(|_| keys.as_str().is_empty()).and_then(Key::from_char)
}
