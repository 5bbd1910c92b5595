//! A small organisation to begin with, put into an empty table.
//!
//! Nordlys AS answers for payments, for its platform and for its network, from Oslo and from New
//! York. Everybody and every number is made up.

mod people;
mod policies;
mod schedules;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Weekday, time};
use oncall::{
    CallerIdPolicy, Destination, Directory, Hours, Key, Line, LineId, Mode, Plan, Service, ServiceId, Voicemail,
    Window, WithheldPolicy,
};
use phone::PhoneNumber;
use store::Store;

pub use people::behaviours;

/// Somebody outside, who calls.
pub const CALLER: &str = "+4790000009";
/// The line with three destinations.
pub const HOTLINE: &str = "+4721000000";
/// The line with one destination, in Norwegian, closed at night.
pub const NETWORK_LINE: &str = "+4722000000";

/// The organisation could not be put into the table.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A number of it is none.
    #[error("a number of the organisation to begin with is not one")]
    Number(#[from] phone::InvalidNumber),
    /// The table did not take it.
    #[error("the organisation to begin with was not saved")]
    Store(#[from] store::Error),
}

/// Saves the organisation if the table has no line yet; says whether it did.
///
/// # Errors
/// [`SeedError`].
pub async fn sow(store: &Store, now: Timestamp) -> Result<bool, SeedError> {
    if !store.lines().await?.is_empty() {
        return Ok(false);
    }
    for plan in plans(now)? {
        store.save_plan(&plan).await?;
    }
    Ok(true)
}

/// The plan of each line, with an override on the day of `now`.
///
/// # Errors
/// When a number is none.
pub fn plans(now: Timestamp) -> Result<[Plan; 2], phone::InvalidNumber> {
    let directory = Directory {
        people: people::all()?,
        teams: people::teams(),
        schedules: schedules::all(now),
        ..Directory::default()
    };
    let plan = |line: Line| {
        let reached = |service: &Service| line.destinations.iter().any(|destination| destination.service == service.id);
        let services: Vec<_> = services().into_iter().filter(reached).collect();
        let named = |policy: &oncall::EscalationPolicy| services.iter().any(|service| service.policy == policy.id);
        let policies = policies::all().into_iter().filter(named).collect();
        Plan { version: 1, line, services, policies, directory: directory.clone() }
    };
    Ok([plan(hotline()?), plan(network_line()?)])
}

fn services() -> [Service; 3] {
    [("payments", "Payments"), ("platform", "Platform"), ("network", "Network")].map(|(id, name)| Service {
        id: ServiceId::new(id),
        name: name.to_owned(),
        policy: oncall::PolicyId::new(id),
        mode: Mode::Normal,
    })
}

fn hotline() -> Result<Line, phone::InvalidNumber> {
    let destinations =
        [('1', "payments", "payments"), ('2', "platform", "the platform"), ('3', "network", "the network")];
    Ok(Line {
        name: "Hotline".to_owned(),
        destinations: destinations.into_iter().filter_map(destination).collect(),
        ..line("hotline", HOTLINE, "en-GB")?
    })
}

fn network_line() -> Result<Line, phone::InvalidNumber> {
    let days = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let hours = Hours {
        timezone: schedules::OSLO.to_owned(),
        windows: vec![Window { days: days.into(), from: time(7, 0, 0, 0), to: time(20, 0, 0, 0) }],
        holidays: Vec::new(),
        calendars: Vec::new(),
    };
    Ok(Line {
        name: "Nettvakt".to_owned(),
        destinations: [('1', "network", "nettet")].into_iter().filter_map(destination).collect(),
        support_hours: Some(hours),
        ..line("network", NETWORK_LINE, "nb-NO")?
    })
}

fn destination((key, service, label): (char, &str, &str)) -> Option<Destination> {
    let (service, label) = (ServiceId::new(service), label.to_owned());
    Key::from_char(key).map(|key| Destination { key, service, label })
}

fn line(id: &str, number: &str, language: &str) -> Result<Line, phone::InvalidNumber> {
    let number: PhoneNumber = number.parse()?;
    Ok(Line {
        id: LineId::new(id),
        number,
        name: String::new(),
        enabled: true,
        language: language.to_owned(),
        voice: None,
        prompts: BTreeMap::new(),
        destinations: Vec::new(),
        default_destination: None,
        caller_id: CallerIdPolicy::Line,
        ring_seconds: Line::RING_SECONDS,
        voicemail: Voicemail::default(),
        recording: false,
        support_hours: None,
        blocked: Vec::new(),
        allowed: Vec::new(),
        withheld: WithheldPolicy::Accept,
        opens_incidents: true,
        sms_notifications: false,
        voice_notifications: false,
    })
}

#[cfg(test)]
mod tests;
