//! The one list of endpoints, the router over them, and the document that describes them.

use std::sync::LazyLock;

use axum::{
    Router,
    http::{HeaderValue, Method, header::CONTENT_TYPE},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
};
use entry::trace;
use utoipa::openapi::{
    ComponentsBuilder, HttpMethod, Info, OpenApi, OpenApiBuilder, PathItem, PathsBuilder,
    security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use crate::{
    addresses,
    app::App,
    attachments, audit,
    caller::{Caller, Reader},
    calls, configuration, conversations,
    describe::{BEARER, Schemas},
    endpoint::{BASE, Endpoint},
    escalation_policies, explain,
    failure::{Cause, Failure},
    feeds, holidays, incidents, integrations, lines, market, me, number_plan, owned_numbers, people, purchases,
    readiness, rehearsal, routing_keys, schedules, sending, services, sound, spoken, status, teams, tokens, upkeep,
    verification,
};

/// Every endpoint. A new resource is a module of its own and one more name here.
fn endpoints() -> Vec<Endpoint> {
    let modules = [
        people::endpoints,
        verification::endpoints,
        teams::endpoints,
        schedules::endpoints,
        holidays::endpoints,
        escalation_policies::endpoints,
        services::endpoints,
        lines::endpoints,
        explain::endpoints,
        rehearsal::endpoints,
        calls::endpoints,
        sound::endpoints,
        conversations::endpoints,
        attachments::endpoints,
        audit::endpoints,
        status::endpoints,
        tokens::endpoints,
        me::endpoints,
        number_plan::endpoints,
        spoken::endpoints,
        integrations::endpoints,
        market::endpoints,
        purchases::endpoints,
        addresses::endpoints,
        owned_numbers::endpoints,
        upkeep::endpoints,
        feeds::endpoints,
        configuration::endpoints,
        readiness::endpoints,
        routing_keys::endpoints,
        incidents::endpoints,
        sending::endpoints,
    ];
    modules.into_iter().flat_map(|endpoints| endpoints()).chain(public()).collect()
}

/// All that may be asked without a token.
fn public() -> [Endpoint; 2] {
    let example = serde_json::json!({
        "openapi": "3.1.0", "info": {"title": "Dutyline", "version": env!("CARGO_PKG_VERSION")}, "paths": {},
    });
    let openapi = Endpoint::public(&format!("{BASE}/openapi.json"), describe_all, |description| {
        description.says("This document", "OpenAPI 3.1, made from the code that answers.");
        description.answers_openly(200, "The document.", "application/json", example);
    });
    [openapi, feeds::public()]
}

/// The admin API. What it does not know is a problem, too, and only for those whom it knows.
pub fn router(app: App) -> Router {
    let log = from_fn_with_state(app.clock.clone(), trace::requests);
    let routed = |router: Router<App>, endpoint: Endpoint| router.route(&endpoint.path, endpoint.handler);
    let router = endpoints().into_iter().fold(Router::new(), routed);
    router.fallback(unknown_path).method_not_allowed_fallback(unknown_method).layer(log).with_state(app)
}

async fn unknown_path(_: Caller<Reader>) -> Failure {
    Failure::from(Cause::NotFound).detail("the API has no such path")
}

async fn unknown_method(_: Caller<Reader>) -> Failure {
    Failure::from(Cause::MethodNotAllowed)
}

async fn describe_all() -> Response {
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| openapi().to_json().unwrap_or_default());
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], DOCUMENT.as_str()).into_response()
}

/// The OpenAPI document of every endpoint.
pub fn openapi() -> OpenApi {
    let (mut paths, mut schemas) = (PathsBuilder::new(), Schemas::new());
    for mut endpoint in endpoints() {
        for name in endpoint.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            endpoint.description.segment(name, about(name));
        }
        let (tag, id) = (tag(&endpoint.path), operation_id(&endpoint.method, &endpoint.path));
        let (operation, named) = endpoint.description.into_operation(tag, &id);
        schemas.extend(named);
        paths = paths.path(endpoint.path, PathItem::new(method(&endpoint.method), operation));
    }
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(SCHEME));
    let components = schemas.into_iter().fold(ComponentsBuilder::new(), |all, (name, schema)| all.schema(name, schema));
    let mut info = Info::new("Dutyline", env!("CARGO_PKG_VERSION"));
    info.description = Some(ABOUT.to_owned());
    OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components.security_scheme(BEARER, SecurityScheme::Http(scheme.build())).build()))
        .build()
}

const SCHEME: &str = "A token of `POST /api/v1/tokens`, the first administrator's from Secrets Manager or, if an issuer \
is configured (OpenID Connect), a JWT of it.";

const ABOUT: &str = "The admin API. Objects carry their version as an ETag: a change names the version on which it was \
built in `If-Match`, something new is made by `POST` or by `PUT` with `If-None-Match: *`. Lists have pages: ask again \
with `cursor` as long as `next` is not null. Errors are `application/problem+json` (RFC 9457) and name the fields that \
are wrong.";

/// What a variable segment names.
fn about(segment: &str) -> &'static str {
    match segment {
        "token" => "A token's id.",
        "phone" => "The id of one of the person's phones, as the person shows it.",
        "account" => "A Twilio account's SID.",
        "address" => "An address's SID.",
        "purchase" => "A purchase's id.",
        "key" => "A routing key's id.",
        "feed" => "A feed's id.",
        "secret" => "What the feed's address ends with.",
        "override" => "An override's id, as the schedule shows it.",
        _ => "The object's id.",
    }
}

fn tag(path: &str) -> &str {
    path.strip_prefix(BASE).and_then(|path| path.split('/').nth(1)).unwrap_or("feeds")
}

fn operation_id(method: &Method, path: &str) -> String {
    let path = path.strip_prefix(BASE).unwrap_or(path);
    let words = path.split(['/', '-', '.']).filter(|word| !word.is_empty());
    let words = words.map(|word| word.trim_matches(['{', '}']));
    std::iter::once(method.as_str().to_lowercase().as_str()).chain(words).collect::<Vec<_>>().join("_")
}

fn method(method: &Method) -> HttpMethod {
    match *method {
        Method::POST => HttpMethod::Post,
        Method::PUT => HttpMethod::Put,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}
