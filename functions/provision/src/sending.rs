//! What may be sent, and where to.

use api::{FieldError, NumberPattern, Sending, SpendState, Stored};
use axum::extract::State;
use oncall::{LineId, sending};
use store::{SaveError, SendingSettings, StoredSendingSettings};

use crate::{
    answer::{Changed, Live},
    app::App,
    argument::{Condition, Conditions, Draft},
    caller::{Admin, Caller, Reader},
    endpoint::{Endpoint, get, put},
    failure::{Cause, Failure},
    objects::Turns,
};

/// Millionths of the account's currency in one of it.
const UNIT: u64 = 1_000_000;
/// What is wrong about a default line that is not there.
pub(crate) const NO_LINE: &str = "is not a line of ours";
/// How many patterns a list may have.
const MOST_PATTERNS: usize = 100;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/sending", read).says("Shows what may be sent", "And what has been spent today, by our estimate."),
        put("/sending", replace)
            .says("Sets what may be sent", "What is left out is as if it had never been set. Send `If-Match`.")
            .refuses(&[Cause::Stale, Cause::PreconditionRequired]),
    ]
}

async fn read(
    _: Caller<Reader>,
    State(app): State<App>,
    conditions: Conditions,
) -> Result<Live<Stored<Sending>>, Failure> {
    let stored = app.store.sending_settings().await?;
    Ok(Live(conditions, app.with_spend(stored).await?))
}

async fn replace(
    caller: Caller<Admin>,
    State(app): State<App>,
    conditions: Conditions,
    Draft(draft): Draft<Sending>,
) -> Result<Changed<Sending>, Failure> {
    let condition = conditions.of_write()?;
    let settings = settings(draft).map_err(Failure::refused)?;
    if let Some(line) = &settings.default_line
        && app.store.find::<oncall::Line>(line.as_str()).await?.is_none()
    {
        return Err(Failure::field("default_line", NO_LINE));
    }
    let mut turns = Turns::of(&condition);
    loop {
        let version = app.store.sending_settings().await?.version;
        // settings are there, even if nobody has saved any
        if !condition.holds(version) && (condition != Condition::Absent || version != 0) {
            return Err(Failure::stale(Some(version)));
        }
        let saved = StoredSendingSettings { settings: settings.clone(), version };
        if app.store.save_sending_settings(&saved, &caller.author, app.clock.now()).await? {
            let saved = StoredSendingSettings { version: version + 1, ..saved };
            return app.with_spend(saved).await.map(Changed);
        }
        turns.next(SaveError::Stale { current: Some(version) }).await?;
    }
}

impl App {
    async fn with_spend(&self, stored: StoredSendingSettings) -> Result<Stored<Sending>, Failure> {
        let now = self.clock.now();
        let spend = self.store.daily_spend(now).await?;
        let StoredSendingSettings { settings, version } = stored;
        let state = match spend.state(settings.daily_cap, now) {
            sending::SpendState::Fine => SpendState::Fine,
            sending::SpendState::Low => SpendState::Low,
            sending::SpendState::Reached => SpendState::Reached,
        };
        let value = Sending { spent_today: Some(amount(spend.spent)), spend_state: Some(state), ..shown(settings) };
        Ok(Stored { value, version, warnings: Vec::new(), rebuilding: Vec::new() })
    }
}

/// Settings without what was spent.
pub(crate) fn shown(settings: SendingSettings) -> Sending {
    Sending {
        default_line: settings.default_line.map(|line| line.to_string()),
        allowed: settings.allowed.into_iter().map(NumberPattern).collect(),
        refused: settings.refused.into_iter().map(NumberPattern).collect(),
        daily_cap: settings.daily_cap.map(amount),
        spent_today: None,
        spend_state: None,
    }
}

/// Settings as somebody wants them, whatever they say of what was spent.
pub(crate) fn settings(draft: Sending) -> Result<SendingSettings, Vec<FieldError>> {
    let mut errors = Vec::new();
    for (field, patterns) in [("allowed", &draft.allowed), ("refused", &draft.refused)] {
        if patterns.len() > MOST_PATTERNS {
            errors.push(FieldError::new(field, format!("must have at most {MOST_PATTERNS}")));
        }
    }
    let daily_cap = draft.daily_cap.as_deref().map(millionths);
    if daily_cap == Some(None) {
        let message = "must be an amount with at most four decimals, as in 25.00";
        errors.push(FieldError::new("daily_cap", message));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(SendingSettings {
        default_line: draft.default_line.map(LineId::new),
        allowed: draft.allowed.into_iter().map(|pattern| pattern.0).collect(),
        refused: draft.refused.into_iter().map(|pattern| pattern.0).collect(),
        daily_cap: daily_cap.flatten(),
    })
}

/// An amount as text, in millionths.
fn millionths(amount: &str) -> Option<u64> {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, "0"));
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 7) || !digits(part, 4) {
        return None;
    }
    let part: u64 = format!("{part:0<6}").parse().ok()?;
    Some(whole.parse::<u64>().ok()? * UNIT + part)
}

/// Millionths as text, with two decimals, or four if they say more.
fn amount(millionths: u64) -> String {
    let (whole, part) = (millionths / UNIT, millionths % UNIT / 100);
    if part.is_multiple_of(100) { format!("{whole}.{:02}", part / 100) } else { format!("{whole}.{part:04}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_and_told() {
        for (text, value, told) in [
            ("0", 0, "0.00"),
            ("25", 25_000_000, "25.00"),
            ("25.5", 25_500_000, "25.50"),
            ("0.0079", 7_900, "0.0079"),
            ("9999999.9999", 9_999_999_999_900, "9999999.9999"),
        ] {
            assert_eq!(millionths(text), Some(value), "{text}");
            assert_eq!(amount(value), told);
        }
        for wrong in ["", ".", "1.", ".5", "-1", "1.00000", "12345678", "1e3", "1,5", "٣"] {
            assert_eq!(millionths(wrong), None, "{wrong}");
        }
    }
}
