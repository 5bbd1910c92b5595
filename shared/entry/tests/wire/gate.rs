use axum::body::Body;
use axum::extract::{FromRef, Path};
use axum::http::{Request, Response};
use axum::routing::post;
use axum::{Router, middleware};
use entry::{Clock, Gate, Signed, TwilioSecrets, reply, trace};
use tower::ServiceExt as _;

use crate::aws_on_loopback::Aws;
use crate::secrets::{ACCOUNT, Hands, document, secrets};
use crate::twilio_signs::signature;

pub(crate) const BASE: &str = "https://hotline.example.org/live";
const INCOMING: &str = "/voice/incoming/l-7?step=a%20b&&x";
pub(crate) const BODY: &str = "AccountSid=AC00000000000000000000000000000001&CallSid=CA1&From=%2B4799999999&ToCity=";
pub(crate) const PARAMETERS: [(&str, &str); 4] =
    [("AccountSid", ACCOUNT), ("CallSid", "CA1"), ("From", "+4799999999"), ("ToCity", "")];

#[derive(Clone)]
struct App {
    gate: Gate,
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        app.gate.clone()
    }
}

async fn incoming(Path(line): Path<String>, Signed(form): Signed) -> Response<Body> {
    reply::twiml(format!("<Response><!-- {line} {} --></Response>", form.get("From").unwrap()))
}

/// The function as it is served: the gate sits on nested routes, within the request log.
pub(crate) fn function_of(secrets: TwilioSecrets, clock: Clock) -> Router {
    let voice = Router::new().route("/incoming/{line}", post(incoming));
    Router::new()
        .nest("/voice", voice)
        .layer(middleware::from_fn_with_state(clock, trace::requests))
        .with_state(App { gate: Gate::new(BASE.parse().unwrap(), secrets) })
}

fn function(aws: &Aws, hands: &Hands) -> Router {
    function_of(secrets(aws, hands.clock()), hands.clock())
}

struct Twilio {
    token: &'static str,
    signed_url: String,
    body: String,
    uri: &'static str,
    signatures: Option<usize>,
}

impl Twilio {
    fn calls() -> Self {
        let signed_url = format!("{BASE}{INCOMING}");
        Self { token: "one", signed_url, body: BODY.to_owned(), uri: INCOMING, signatures: Some(1) }
    }

    fn request(&self) -> Request<Body> {
        let mut request = Request::post(self.uri).header("content-type", "application/x-www-form-urlencoded");
        request = request.header("host", "evil.example").header("x-forwarded-host", "evil.example");
        for _ in 0..self.signatures.unwrap_or(0) {
            request = request.header("X-Twilio-Signature", signature(self.token, &self.signed_url, &PARAMETERS));
        }
        request.body(Body::from(self.body.clone())).unwrap()
    }
}

async fn check(function: &Router, twilio: Twilio, status: u16, body: &str) {
    let response = function.clone().oneshot(twilio.request()).await.unwrap();
    assert_eq!(response.status().as_u16(), status);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let content_type = response.headers().get("content-type").map(|value| value.to_str().unwrap());
    assert_eq!(content_type, (status == 200).then_some("text/xml; charset=utf-8"));
    assert_eq!(axum::body::to_bytes(response.into_body(), 1024).await.unwrap(), body.as_bytes());
}

pub(crate) const ADMITTED: &str = "<Response><!-- l-7 +4799999999 --></Response>";

#[tokio::test]
async fn a_signed_request_is_admitted_whatever_its_host() {
    let aws = Aws::with_secret(&document("one")).await;
    let function = function(&aws, &Hands::default());
    check(&function, Twilio::calls(), 200, ADMITTED).await;
    let uri = "http://evil.example/voice/incoming/l-7?step=a%20b&&x";
    check(&function, Twilio { uri, ..Twilio::calls() }, 200, ADMITTED).await;
}

#[tokio::test]
async fn everything_else_gets_an_empty_403() {
    let aws = Aws::with_secret(&document("one")).await;
    let function = function(&aws, &Hands::default());
    let refused = async |twilio| check(&function, twilio, 403, "").await;
    refused(Twilio { signatures: None, ..Twilio::calls() }).await;
    refused(Twilio { signatures: Some(2), ..Twilio::calls() }).await;
    refused(Twilio { token: "forged", ..Twilio::calls() }).await;
    refused(Twilio { token: "shared", ..Twilio::calls() }).await;
    refused(Twilio { token: "", ..Twilio::calls() }).await;
    refused(Twilio { body: BODY.replace("4799999999", "4788888888"), ..Twilio::calls() }).await;
    refused(Twilio { body: format!("{BODY}&Digits=1"), ..Twilio::calls() }).await;
    refused(Twilio { body: String::new(), ..Twilio::calls() }).await;
    refused(Twilio { uri: "/voice/incoming/l-8?step=a%20b&&x", ..Twilio::calls() }).await;
    refused(Twilio { uri: "/voice/incoming/l-7?step=a+b&&x", ..Twilio::calls() }).await;
    refused(Twilio { signed_url: format!("https://evil.example{INCOMING}"), ..Twilio::calls() }).await;
    refused(Twilio { signed_url: format!("https://hotline.example.org{INCOMING}"), ..Twilio::calls() }).await;
    check(&function, Twilio::calls(), 200, ADMITTED).await;
}

#[tokio::test]
async fn an_account_that_is_not_ours_is_refused_even_if_signed_with_a_token_of_ours() {
    let other = document("one").replace(ACCOUNT, "AC00000000000000000000000000000002");
    let aws = Aws::with_secret(&other).await;
    check(&function(&aws, &Hands::default()), Twilio::calls(), 403, "").await;
}

#[tokio::test]
async fn a_token_rotated_in_the_middle_of_a_call_is_picked_up_at_once() {
    let aws = Aws::with_secret(&document("one")).await;
    let function = function(&aws, &Hands::default());
    check(&function, Twilio::calls(), 200, ADMITTED).await;
    aws.set_secret(Some(&document("two")));
    check(&function, Twilio { token: "two", ..Twilio::calls() }, 200, ADMITTED).await;
    check(&function, Twilio::calls(), 403, "").await;
    assert_eq!(aws.asked().len(), 2);
}

#[tokio::test]
async fn forged_requests_do_not_make_us_hammer_secrets_manager() {
    let aws = Aws::with_secret(&document("one")).await;
    let hands = Hands::default();
    let function = function(&aws, &hands);
    for _ in 0..50 {
        check(&function, Twilio { token: "forged", ..Twilio::calls() }, 403, "").await;
    }
    assert_eq!(aws.asked().len(), 2, "the first read and one refresh");
    for _ in 0..50 {
        check(&function, Twilio { signatures: None, ..Twilio::calls() }, 403, "").await;
        hands.advance(31);
    }
    assert_eq!(aws.asked().len(), 0, "no newer secret makes an unsigned request signed");
    check(&function, Twilio { token: "forged", ..Twilio::calls() }, 403, "").await;
    assert_eq!(aws.asked().len(), 1);
}

#[tokio::test]
async fn a_body_of_64_kib_is_read_and_a_longer_one_is_not() {
    let aws = Aws::with_secret(&document("one")).await;
    let function = function(&aws, &Hands::default());
    let of_length = |length: usize| {
        let padding = "x".repeat(length - BODY.len() - "&Pad=".len());
        Twilio { body: format!("{BODY}&Pad={padding}"), ..Twilio::calls() }
    };
    check(&function, of_length(entry::BODY_LIMIT), 403, "").await;
    check(&function, of_length(entry::BODY_LIMIT + 1), 413, "").await;
}

#[tokio::test]
async fn without_secrets_the_answer_leads_twilio_to_the_fallback() {
    let aws = Aws::start().await;
    let function = function(&aws, &Hands::default());
    check(&function, Twilio::calls(), 503, "").await;
    aws.set_secret(Some(&document("one")));
    check(&function, Twilio::calls(), 200, ADMITTED).await;
}
