//! The second and the third click: which numbers are on sale, what they cost, and what stands against buying them.

use api::{AvailableNumber, FieldError, Line, MarketQuery, client::ClientError};
use askama::Template;
use axum::{
    extract::{Path, RawQuery},
    response::{Html, IntoResponse, Response},
};
use http::StatusCode;
use serde_json::{from_value, json};

use super::kind_named;
use crate::{
    countries,
    editor::Edited as _,
    failure::Failure,
    form::{Fields, Form},
    frame::Frame,
    visitor::Visitor,
};

/// How many are shown at once.
const SHOWN: u16 = 30;

#[derive(Template)]
#[template(path = "purchase/market.html")]
struct Found {
    frame: Frame,
    account: String,
    form: Form,
    numbers: Vec<AvailableNumber>,
}

impl Found {
    /// Area codes are a thing of North America.
    fn has_area_codes(&self) -> bool {
        ["US", "CA"].contains(&self.form.value("country"))
    }

    fn place(number: &AvailableNumber) -> String {
        let parts = [&number.locality, &number.region];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// What stands against all of them, said once.
    fn common(&self) -> Option<&[String]> {
        let (first, rest) = self.numbers.split_first()?;
        let same = rest.iter().all(|number| number.obstacles == first.obstacles);
        (same && !first.obstacles.is_empty()).then_some(first.obstacles.as_slice())
    }

    fn wants_address(&self) -> bool {
        self.numbers.iter().any(|number| !number.buyable && number.address_requirement != "none")
    }
}

pub(super) async fn search(
    visitor: Visitor,
    Path(account): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let mut fields = Fields::submitted(query.unwrap_or_default().as_bytes());
    if fields.find("for").is_none() {
        fields.set("for", "calls");
    }
    let title = format!("{} numbers: {}", kind_named(fields.text("type")), countries::name(fields.text("country")));
    let mut form = Form::typed(fields);
    let (mut numbers, mut status) = (Vec::new(), StatusCode::OK);
    let asked = match wanted(form.fields()) {
        Ok(wanted) => visitor.client.available_numbers(&account, &wanted).await,
        Err(error) => {
            form = form.with_errors(vec![error]);
            Ok(api::Market { items: Vec::new() })
        }
    };
    match asked {
        Ok(market) => numbers = market.items,
        // the account is not there, or the token does not count
        Err(ClientError::Problem(problem)) if ![401, 403, 404].contains(&problem.status) => {
            status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_GATEWAY);
            form = form.refused(&problem);
        }
        Err(other) => return Err(other.into()),
    }
    // what can be bought stands first
    numbers.sort_by_key(|number| !number.buyable);
    let frame = Frame::of(&visitor, Line::SECTION, title.trim_start());
    Ok((status, Html(Found { frame, account, form, numbers }.render()?)).into_response())
}

fn wanted(fields: &Fields) -> Result<MarketQuery, FieldError> {
    let typed = |name: &str| Some(fields.text(name).trim().to_owned()).filter(|text| !text.is_empty());
    let area_code = match typed("area_code").map(|code| code.parse()) {
        Some(Ok(code)) => Some(code),
        Some(Err(_)) => return Err(FieldError::new("area_code", "must be the digits of an area code, as 212")),
        None => None,
    };
    let kind = from_value(json!(fields.text("type")));
    let (voice, sms) = match fields.text("for") {
        "both" => (Some(true), Some(true)),
        "texts" => (None, Some(true)),
        _ => (Some(true), None),
    };
    Ok(MarketQuery {
        country: fields.text("country").to_owned(),
        kind: kind.map_err(|_| FieldError::new("type", "must be local, mobile, toll_free or national"))?,
        voice,
        sms,
        // people write numbers with blanks and a plus
        contains: typed("contains").map(|text| text.replace([' ', '+', '-', '(', ')'], "")),
        area_code,
        locality: typed("locality"),
        region: typed("region"),
        postal_code: typed("postal_code"),
        limit: Some(SHOWN),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_what_is_looked_for() {
        let fields = |text: &str| Fields::submitted(text.as_bytes());
        let found = wanted(&fields("country=US&type=toll_free&for=both&contains=%2B1 (55)&area_code= 212&locality= "));
        let found = found.unwrap();
        assert_eq!((found.country.as_str(), found.voice, found.sms), ("US", Some(true), Some(true)));
        assert_eq!((found.contains.as_deref(), found.area_code, found.locality), (Some("155"), Some(212), None));
        assert_eq!(wanted(&fields("country=US&type=local&area_code=x")).unwrap_err().field, "area_code");
        assert_eq!(wanted(&fields("country=US&type=odd")).unwrap_err().field, "type");
    }
}
