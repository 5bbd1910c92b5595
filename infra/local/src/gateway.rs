//! The HTTP API of the template: what API Gateway does in AWS.

use std::collections::BTreeMap;
use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tower::ServiceExt as _;

use crate::template::Route;

/// Routes and the functions that they lead to.
#[derive(Clone, Debug)]
pub struct Gateway {
    routes: Vec<Route>,
    functions: BTreeMap<String, Router>,
}

/// A route leads to a function that is not in this program.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("template.yaml routes {route} to {function}, which this program does not have")]
pub struct UnknownFunction {
    route: String,
    function: String,
}

impl Gateway {
    /// A gateway for these routes, over functions by their logical names.
    ///
    /// # Errors
    /// [`UnknownFunction`].
    pub fn new(mut routes: Vec<Route>, functions: BTreeMap<String, Router>) -> Result<Self, UnknownFunction> {
        for route in &routes {
            if !functions.contains_key(&route.function) {
                let (path, function) = (route.path.as_str(), route.function.clone());
                return Err(UnknownFunction { route: format!("{} {path}", route.method), function });
            }
        }
        routes.sort_by_key(|route| route.path.variables());
        Ok(Self { routes, functions })
    }

    /// As one service.
    pub fn into_router(self) -> Router {
        Router::new().fallback(move |request: Request| {
            let gateway = self.clone();
            async move { gateway.answer(request).await }
        })
    }

    async fn answer(&self, request: Request) -> Response {
        let (method, path) = (request.method().as_str(), request.uri().path());
        let wanted = self
            .routes
            .iter()
            .find(|route| (route.method == method || route.method == "ANY") && route.path.matches(path));
        let function = wanted.and_then(|route| self.functions.get(&route.function));
        match function {
            Some(function) => {
                function.clone().oneshot(request).await.unwrap_or_else(|never: Infallible| match never {})
            }
            None => not_found(),
        }
    }
}

/// What API Gateway says of a path that it does not route.
fn not_found() -> Response {
    let body = Body::from(r#"{"message":"Not Found"}"#);
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{LocalValues, Template};

    fn routes() -> Vec<Route> {
        let text = include_str!("../fixtures/odd_tags.yaml");
        Template::parse("odd_tags.yaml", text).unwrap().routes(&LocalValues::default()).unwrap()
    }

    /// A function that says where it was asked, whatever the path.
    fn echo() -> Router {
        Router::new().fallback(async |request: Request| request.uri().path().to_owned())
    }

    async fn check(method: &str, path: &str, status: u16, body: &str) {
        let functions = [("VoiceFunction".to_owned(), echo())].into();
        let gateway = Gateway::new(routes(), functions).unwrap().into_router();
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let response = gateway.oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{method} {path}");
        let said = axum::body::to_bytes(response.into_body(), 1024).await.unwrap();
        assert_eq!(said, body.as_bytes(), "{method} {path}");
    }

    #[tokio::test]
    async fn only_what_the_template_routes_is_answered() {
        let lost = r#"{"message":"Not Found"}"#;
        check("POST", "/voice/incoming", 200, "/voice/incoming").await;
        check("POST", "/voice/lines/1/a/b", 200, "/voice/lines/1/a/b").await;
        check("GET", "/voice/lines/1/a", 200, "/voice/lines/1/a").await;
        check("GET", "/voice/incoming", 404, lost).await;
        check("POST", "/voice/other", 404, lost).await;
        check("POST", "/", 404, lost).await;
    }

    #[test]
    fn a_function_that_is_missing_is_named() {
        let error = Gateway::new(routes(), BTreeMap::new()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "template.yaml routes POST /voice/incoming to VoiceFunction, which this program does not have"
        );
    }
}
