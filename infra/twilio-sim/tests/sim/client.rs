//! A client of the REST API, as small as it gets.
use reqwest::Method;
use serde_json::Value;
use twilio_sim::{Options, Sim};

pub(crate) async fn start() -> Sim {
    Sim::start(Options::default()).await
}

/// A request with the main account's token to a path of its account: status and body.
pub(crate) async fn ask(sim: &Sim, method: Method, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
    let auth = (sim.account_sid(), sim.auth_token());
    ask_as(sim, auth, method, path, form).await
}

pub(crate) async fn ask_as(
    sim: &Sim,
    auth: (String, String),
    method: Method,
    path: &str,
    form: &[(&str, &str)],
) -> (u16, Value) {
    let path = format!("/2010-04-01/Accounts/{}{path}", sim.account_sid());
    ask_at(sim, auth, method, &path, form).await
}

/// A request to any path.
pub(crate) async fn ask_at(
    sim: &Sim,
    (user, secret): (String, String),
    method: Method,
    path: &str,
    form: &[(&str, &str)],
) -> (u16, Value) {
    let form: Vec<_> = form.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
    let mut request = reqwest::Client::new().request(method.clone(), format!("{}{path}", sim.base_url()));
    if method == Method::POST {
        request =
            request.header("content-type", "application/x-www-form-urlencoded").body(twilio_sim::encode_form(&form));
    }
    let response = request.basic_auth(user, Some(secret)).send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

/// What the main account sees of a product other than the 2010 API.
pub(crate) async fn look(sim: &Sim, path: &str) -> (u16, Value) {
    ask_at(sim, (sim.account_sid(), sim.auth_token()), Method::GET, path, &[]).await
}

/// The numbers of a search.
pub(crate) async fn search(sim: &Sim, path: &str) -> Vec<String> {
    let (status, body) = ask(sim, Method::GET, &format!("/AvailablePhoneNumbers/{path}"), &[]).await;
    assert_eq!(status, 200, "{path}: {body}");
    let found = body["available_phone_numbers"].as_array().unwrap();
    found.iter().map(|offer| offer["phone_number"].as_str().unwrap().to_owned()).collect()
}

/// The first number of a search.
pub(crate) async fn first(sim: &Sim, path: &str) -> String {
    search(sim, path).await.into_iter().next().unwrap()
}

/// Buys: status, code (if refused), identifier (if not).
pub(crate) async fn buy(sim: &Sim, form: &[(&str, &str)]) -> (u16, Option<u64>, String) {
    let (status, body) = ask(sim, Method::POST, "/IncomingPhoneNumbers.json", form).await;
    (status, body["code"].as_u64(), body["sid"].as_str().unwrap_or_default().to_owned())
}

/// Registers an address: its identifier.
pub(crate) async fn address(sim: &Sim, country: &str, code: &str) -> String {
    let form = [
        ("CustomerName", "Example"),
        ("Street", "Street 1"),
        ("City", "City"),
        ("Region", "Region"),
        ("PostalCode", code),
        ("IsoCountry", country),
    ];
    let (status, body) = ask(sim, Method::POST, "/Addresses.json", &form).await;
    assert_eq!(status, 201, "{body}");
    body["sid"].as_str().unwrap().to_owned()
}
