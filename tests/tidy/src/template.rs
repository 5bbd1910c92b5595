//! What the rules ask template.yaml.

use saphyr::{LoadableYamlNode as _, Yaml};

use crate::repository;

/// The routes of the HTTP API as their keys write them: `POST /voice/menu/{asking}`.
pub(crate) fn route_keys() -> Vec<String> {
    let routes = in_resources(|kind, properties| {
        let key = properties.as_mapping_get("RouteKey").and_then(Yaml::as_str);
        if kind == "AWS::ApiGatewayV2::Route" { vec![key.unwrap().to_owned()] } else { Vec::new() }
    });
    assert!(!routes.is_empty(), "the template has no routes");
    routes
}

/// The variables that the template sets for its functions.
pub(crate) fn variables() -> Vec<String> {
    in_resources(|_, properties| {
        let environment = properties.as_mapping_get("Environment");
        let variables = environment.and_then(|environment| environment.as_mapping_get("Variables"));
        variables.map(names).unwrap_or_default()
    })
}

/// The roles of the functions, as the template writes them.
pub(crate) fn roles() -> Vec<String> {
    in_resources(|kind, properties| {
        let role = properties.as_mapping_get("Role");
        if kind == "AWS::Serverless::Function" { vec![format!("{:?}", role.unwrap())] } else { Vec::new() }
    })
}

/// The template's parameters.
pub(crate) fn parameters() -> Vec<String> {
    in_template(|template| names(template.as_mapping_get("Parameters").unwrap()))
}

fn in_resources(ask: impl Fn(&str, &Yaml<'_>) -> Vec<String>) -> Vec<String> {
    in_template(|template| {
        let resources = template.as_mapping_get("Resources").and_then(Yaml::as_mapping).unwrap();
        let asked = resources.values().filter_map(|resource| {
            let kind = resource.as_mapping_get("Type")?.as_str()?;
            Some(ask(kind, resource.as_mapping_get("Properties")?))
        });
        asked.flatten().collect()
    })
}

fn in_template<T>(ask: impl FnOnce(&Yaml<'_>) -> T) -> T {
    let text = repository::read("template.yaml");
    ask(&Yaml::load_from_str(&text).unwrap()[0])
}

fn names(mapping: &Yaml<'_>) -> Vec<String> {
    mapping.as_mapping().unwrap().keys().map(|name| name.as_str().unwrap().to_owned()).collect()
}
