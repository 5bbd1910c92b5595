//! The fourth and the fifth click: what it costs and what is left at Twilio then; and the purchase itself, which is one
//! however often its form is sent.

use api::{
    FieldError, IntegrationState, Line, Money, NewPurchase, Problem, Purchase, PurchaseState,
    client::{Client, ClientError},
};
use askama::Template;
use axum::{
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
};
use http::StatusCode;

use super::kind_named;
use crate::{
    choices::Choice,
    countries,
    editor::Edited as _,
    failure::{Failure, if_any},
    form::{self, Fields, Form},
    frame::Frame,
    money, once,
    visitor::{Submitted, Visitor},
};

#[derive(Template)]
#[template(path = "purchase/confirm.html")]
struct Confirm {
    frame: Frame,
    account: String,
    form: Form,
    /// What Twilio says of the account.
    state: Option<IntegrationState>,
    addresses: Vec<Choice>,
    bundles: Vec<Choice>,
    /// Whether the price that was shown is not the price any more.
    is_stale: bool,
}

impl Confirm {
    fn price(&self) -> Money {
        let part = |name: &str| self.form.value(format!("monthly_price.{name}")).to_owned();
        Money { amount: part("amount"), currency: part("currency") }
    }

    fn balance(&self) -> Option<&Money> {
        self.state.as_ref()?.balance.as_ref()
    }

    /// What the account has left when Twilio has taken the first month.
    fn left(&self) -> Option<Money> {
        money::less(self.balance()?, &self.price())
    }

    fn is_too_little(&self) -> bool {
        self.left().is_some_and(|left| money::is_negative(&left))
    }

    fn place(&self) -> String {
        let parts = [self.form.value("_place"), countries::name(self.form.value("country"))];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn kind(&self) -> &'static str {
        kind_named(self.form.value("type"))
    }
}

/// The page that asks.
pub(super) async fn ask(Path(account): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, mut fields } = submitted;
    begin(&mut fields);
    page(&visitor, account, Form::typed(fields), StatusCode::OK, false).await
}

/// What the form begins with, so that nothing needs to be typed.
fn begin(fields: &mut Fields) {
    fields.set("_key", &once::key());
    let language = language(fields.text("country"));
    for (list, own) in [("_addresses", "address"), ("_bundles", "bundle")] {
        if let Some(first) = fields.list(list).first() {
            fields.set(own, first);
        }
    }
    fields.set("name", "Hotline");
    fields.set("language", language);
}

/// The purchase.
pub(super) async fn buy(Path(account): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, mut fields } = submitted;
    let wanted: NewPurchase = match form::read(&fields) {
        Ok(wanted) => wanted,
        Err(errors) => {
            let form = Form::typed(fields).with_errors(errors);
            return page(&visitor, account, form, StatusCode::UNPROCESSABLE_ENTITY, false).await;
        }
    };
    let key = fields.text("_key").to_owned();
    match visitor.client.buy(&account, &key, &wanted).await {
        Ok(Purchase { state: PurchaseState::Done, line, .. }) => {
            Ok(Redirect::to(&format!("{}?done=bought#{line}", Line::SECTION)).into_response())
        }
        Ok(purchase) => {
            Ok(Redirect::to(&format!("{}/purchase/{account}/{}", Line::SECTION, purchase.id)).into_response())
        }
        Err(ClientError::Problem(problem)) if [401, 403, 404].contains(&problem.status) => {
            Err(ClientError::Problem(problem).into())
        }
        Err(ClientError::Problem(problem)) => {
            if is_final(&problem) {
                // nothing was bought and nothing will be for this key: to try again is another purchase
                fields.set("_key", &once::key());
            }
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_GATEWAY);
            let form = Form::typed(fields).refused(&problem);
            page(&visitor, account, form, status, problem.slug() == "price-changed").await
        }
        Err(_) => {
            let mut form = Form::typed(fields);
            form.problem = Some(NO_ANSWER.to_owned());
            page(&visitor, account, form, StatusCode::BAD_GATEWAY, false).await
        }
    }
}

const NO_ANSWER: &str = "Dutyline's API did not answer in time, so it is not known yet whether the number was bought. \
                         Press Buy again: it is the same purchase, and is paid once. Or look at the list of numbers in \
                         a minute.";

/// Whether the same request will be refused for ever.
fn is_final(problem: &Problem) -> bool {
    ["not-bought", "price-changed", "quota-reached", "number-taken"].contains(&problem.slug())
}

async fn page(
    visitor: &Visitor,
    account: String,
    mut form: Form,
    status: StatusCode,
    is_stale: bool,
) -> Result<Response, Failure> {
    let client = &visitor.client;
    let (state, addresses) =
        tokio::try_join!(async { if_any(client.integration(&account).await) }, fitting(client, &account, &form))?;
    let bundle = |id: String| Choice { name: id.clone(), id };
    let bundles = form.fields().list("_bundles").into_iter().map(bundle).collect();
    if form.value("_key").is_empty() {
        form = form.with_errors(vec![FieldError::new("", "The form has no key: choose the number again.")]);
    }
    let frame = Frame::of(visitor, Line::SECTION, "Buy this number?");
    let page = Confirm { frame, account, form, state, addresses, bundles, is_stale };
    Ok((status, Html(page.render()?)).into_response())
}

/// The addresses that would do, in words.
async fn fitting(client: &Client, account: &str, form: &Form) -> Result<Vec<Choice>, ClientError> {
    let ids = form.fields().list("_addresses");
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = if_any(client.addresses(account).await)?.map(|known| known.items).unwrap_or_default();
    let choice = |id: String| {
        let name = known.iter().find(|address| address.id == id).map_or_else(
            || id.clone(),
            |address| {
                format!("{}, {}, {} {}", address.customer_name, address.street, address.postal_code, address.city)
            },
        );
        Choice { id, name }
    };
    Ok(ids.into_iter().map(choice).collect())
}

/// What is probably spoken where a number is at home, of what we have sentences in.
fn language(country: &str) -> &'static str {
    match country {
        "NO" => "nb-NO",
        "SE" => "sv-SE",
        "DE" | "AT" => "de-DE",
        "FR" | "BE" | "LU" => "fr-FR",
        "ES" => "es-ES",
        "MX" | "AR" | "CL" | "CO" | "PE" => "es-MX",
        "GB" | "IE" => "en-GB",
        "AU" | "NZ" => "en-AU",
        _ => "en-US",
    }
}

/// What the line may be asked to speak, besides what somebody types later.
pub(in crate::pages::numbers) const LANGUAGES: [(&str, &str); 10] = [
    ("en-US", "English (United States)"),
    ("en-GB", "English (United Kingdom)"),
    ("en-AU", "English (Australia)"),
    ("nb-NO", "Norwegian"),
    ("sv-SE", "Swedish"),
    ("de-DE", "German"),
    ("fr-FR", "French"),
    ("es-ES", "Spanish (Spain)"),
    ("es-MX", "Spanish (Mexico)"),
    ("da-DK", "Danish: our sentences are English, unless you replace them"),
];
