//! Which path leads to which function.

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::intrinsics::Resolver;
use super::resources;

/// One route of the HTTP API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The method, or `ANY`.
    pub method: String,
    /// The path.
    pub path: RoutePath,
    /// The logical name of the function that answers.
    pub function: String,
}

/// A path as API Gateway's route keys write it: `/voice/incoming`, `/lines/{id}`, `/console/{rest+}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutePath {
    text: String,
}

impl RoutePath {
    /// The path as it is written in the template.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a request's path is one of this route's. `{name}` is one segment that is not empty,
    /// `{name+}` at the end is one or more.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let mut asked = path.split('/');
        for wanted in self.text.split('/') {
            let greedy = wanted.starts_with('{') && wanted.ends_with("+}");
            match asked.next() {
                Some(segment) if greedy => return !segment.is_empty() || asked.next().is_some(),
                Some(segment) if wanted.starts_with('{') && !segment.is_empty() => {}
                Some(segment) if segment == wanted => {}
                _ => return false,
            }
        }
        asked.next().is_none()
    }

    /// The more of it is literal, the earlier it is asked: API Gateway prefers full matches to
    /// greedy ones.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.text.matches('{').count() + 100 * self.text.matches("+}").count()
    }
}

pub(super) fn read(resolver: &Resolver<'_>) -> Result<Vec<Route>, TemplateError> {
    refuse_events(resolver)?;
    let mut routes = Vec::new();
    for name in resolver.of_type("AWS::ApiGatewayV2::Route") {
        let key = resolver.text_of(name, "RouteKey")?;
        let place = Place::of(name).at("RouteKey");
        let (method, path) = key
            .split_once(' ')
            .filter(|(_, path)| path.starts_with('/'))
            .ok_or_else(|| resolver.unusable(&place, format!("{key:?} is not METHOD /path")))?;
        routes.push(Route {
            method: method.to_owned(),
            path: RoutePath { text: path.to_owned() },
            function: function(resolver, name)?,
        });
    }
    Ok(routes)
}

/// Follows a route's target over its integration to a function.
fn function(resolver: &Resolver<'_>, route: &str) -> Result<String, TemplateError> {
    let target = resolver.text_of(route, "Target")?;
    let place = Place::of(route).at("Target");
    let integration = target.strip_prefix("integrations/");
    let integration = integration
        .filter(|name| resolver.of_type("AWS::ApiGatewayV2::Integration").contains(name))
        .ok_or_else(|| resolver.unusable(&place, "does not lead to an integration"))?;
    let uri = resolver.text_of(integration, "IntegrationUri")?;
    resources::function_in(resolver, &Place::of(integration).at("IntegrationUri"), &uri)
}

/// The routes that SAM would make from a function's own events are not supported: say so instead of
/// answering 404 to all of them.
fn refuse_events(resolver: &Resolver<'_>) -> Result<(), TemplateError> {
    for function in resolver.of_type("AWS::Serverless::Function") {
        let Some(Value::Object(events)) = resolver.property(function, "Events") else {
            continue;
        };
        for (name, event) in events {
            if event.get("Type").and_then(Value::as_str) == Some("HttpApi") {
                let place = Place::of(function).at("Events").at(name);
                return Err(resolver.unusable(&place, "routes must be AWS::ApiGatewayV2::Route"));
            }
        }
    }
    Ok(())
}
