//! What may be sent and where to, and what has been spent today.

use api::{
    Sending, SpendState, Stored,
    client::{BuiltOn, Client, ClientError},
};
use askama::Template;
use axum::{
    Router,
    extract::Query,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;

use crate::{
    App,
    choices::{Choice, Choices},
    editor::Done,
    failure::Failure,
    form::{self, Form},
    frame::Frame,
    money,
    visitor::{Submitted, Visitor},
};

const SECTION: &str = "/console/sending";

pub(super) fn routes() -> Router<App> {
    Router::new().route(SECTION, get(show).post(save))
}

#[derive(Template)]
#[template(path = "sending.html")]
struct Page {
    frame: Frame,
    form: Form,
    version: Option<u64>,
    now: Sending,
    lines: Vec<Choice>,
}

impl Page {
    fn spent(&self) -> &str {
        self.now.spent_today.as_deref().unwrap_or("0.00")
    }

    /// How far the day's spend is towards its cap, of a hundred.
    fn percent(&self) -> Option<u32> {
        percent(self.spent(), self.now.daily_cap.as_deref()?)
    }

    fn state(&self) -> (&'static str, &'static str) {
        match self.now.spend_state {
            Some(SpendState::Low) => ("warn", "Less than a fifth of the cap is left."),
            Some(SpendState::Reached) => ("bad", "The cap is reached: nothing more leaves today."),
            _ if self.now.daily_cap.is_none() => ("", "There is no cap."),
            _ => ("good", "Within the cap."),
        }
    }
}

fn percent(spent: &str, cap: &str) -> Option<u32> {
    let (spent, cap) = (money::millionths(spent)?, money::millionths(cap)?);
    let part = spent.checked_mul(100)?.checked_div(cap).unwrap_or(100);
    u32::try_from(part.clamp(0, 100)).ok()
}

async fn read(client: &Client) -> Result<(Stored<Sending>, Vec<Choice>), ClientError> {
    let (sending, choices) = tokio::try_join!(client.sending(), Choices::read(client, &[api::Kind::Line]))?;
    Ok((sending, choices.lines))
}

async fn show(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let (stored, lines) = read(&visitor.client).await?;
    let form = Form::showing(&serde_json::to_value(&stored.value).unwrap_or_default());
    let frame = Frame::of(&visitor, SECTION, "Sending").after(done.done.as_deref());
    let page = Page { frame, form, version: Some(stored.version), now: stored.value, lines };
    Ok(Html(page.render()?).into_response())
}

async fn save(submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let built_on = fields.text("_version").parse().map_or(BuiltOn::Any, BuiltOn::Version);
    let wanted: Sending = match form::read(&fields) {
        Ok(wanted) => wanted,
        Err(errors) => {
            return again(&visitor, Form::typed(fields).with_errors(errors), StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match visitor.client.set_sending(&wanted, built_on).await {
        Ok(_) => Ok(Redirect::to(&format!("{SECTION}?done=saved")).into_response()),
        Err(ClientError::Problem(problem)) if problem.status == 412 => {
            let current = visitor.client.sending().await?.value;
            if says(&current, &wanted) {
                // this very form, sent twice
                return Ok(Redirect::to(&format!("{SECTION}?done=saved")).into_response());
            }
            let mut form = Form::typed(fields);
            form.problem = Some(
                "Somebody else has saved it since you opened this form. What you typed stands below. Save again to put \
                 it in the place of theirs, or load the page again."
                    .to_owned(),
            );
            again(&visitor, form, StatusCode::CONFLICT).await
        }
        Err(ClientError::Problem(problem)) if problem.status == 422 || problem.status == 400 => {
            again(&visitor, Form::typed(fields).refused(&problem), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Whether what is kept is what was to be kept; the server writes amounts in its own way.
fn says(kept: &Sending, wanted: &Sending) -> bool {
    let cap = |sending: &Sending| sending.daily_cap.as_deref().and_then(money::millionths);
    kept.default_line == wanted.default_line
        && kept.allowed == wanted.allowed
        && kept.refused == wanted.refused
        && cap(kept) == cap(wanted)
}

async fn again(visitor: &Visitor, form: Form, status: StatusCode) -> Result<Response, Failure> {
    let (stored, lines) = read(&visitor.client).await?;
    // over what somebody else has saved, if that was said; else over what the form was made from
    let version =
        if status == StatusCode::CONFLICT { Some(stored.version) } else { form.value("_version").parse().ok() };
    let frame = Frame::of(visitor, SECTION, "Sending");
    Ok((status, Html(Page { frame, form, version, now: stored.value, lines }.render()?)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spend_is_told_in_whole_percent() {
        for (spent, cap, part) in
            [("0.00", "25.00", 0), ("1.42", "25.00", 5), ("25.00", "25", 100), ("30", "25", 100), ("0", "0", 100)]
        {
            assert_eq!(percent(spent, cap), Some(part), "{spent} of {cap}");
        }
        assert_eq!(percent("1", "much"), None);
    }

    #[test]
    fn the_same_form_is_known_by_what_it_says() {
        let cap = |cap: &str| Sending { daily_cap: Some(cap.to_owned()), ..none() };
        assert!(says(&cap("25.00"), &cap("25")));
        assert!(!says(&cap("25.00"), &cap("26")));
        assert!(!says(&none(), &cap("0")));
    }

    fn none() -> Sending {
        Sending {
            default_line: None,
            allowed: Vec::new(),
            refused: Vec::new(),
            daily_cap: None,
            spent_today: None,
            spend_state: None,
        }
    }
}
