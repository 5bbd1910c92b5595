//! A route stands in three places, and they agree.
//!
//! template.yaml says what reaches a function, the function's closed list says what it answers, and a table says it to
//! people: the README's to whoever configures a number, that of docs/api.md to whoever uses the admin API, that of
//! docs/events.md to whoever configures a tool, that of docs/console.md to whoever looks at pages. A route that is missing
//! in the first is a 404 in the middle of a call, one that is missing in the second a signed request without
//! an answer. (What `provision` answers is known to its own tests alone, which compare it with the template.)

use std::collections::BTreeSet;

use crate::repository::{first_cells, read};
use crate::template;

#[test]
fn the_template_routes_what_the_functions_for_calls_answer() {
    let routed: BTreeSet<String> =
        template::route_keys().iter().filter_map(|key| key.strip_prefix("POST /voice/")).map(shape).collect();
    let sources = ["functions/voice/src/route.rs", "functions/page/src/route.rs"];
    let answered: BTreeSet<String> = sources.iter().flat_map(|source| answered(&read(source))).collect();
    assert_eq!(routed, answered);
}

#[test]
fn the_readme_lists_every_webhook() {
    check("README.md", |route| !is_of_admin_api(route) && !is_of_tools(route) && !is_of_pages(route));
}

#[test]
fn the_document_of_the_console_lists_its_routes() {
    check("docs/console.md", is_of_pages);
}

#[test]
fn the_document_of_events_lists_every_route_for_tools() {
    check("docs/events.md", is_of_tools);
}

#[test]
fn the_document_of_the_admin_api_lists_every_route_of_it() {
    check("docs/api.md", is_of_admin_api);
}

fn is_of_pages(route: &str) -> bool {
    route.ends_with(" /") || route.contains(" /console")
}

/// Calendars are made through the admin API, and stand outside of it.
fn is_of_admin_api(route: &str) -> bool {
    [" /api/", " /feeds/"].iter().any(|stem| route.contains(stem))
}

fn is_of_tools(route: &str) -> bool {
    route.split(' ').nth(1).is_some_and(|path| path == "/events" || path.starts_with("/events/"))
}

#[track_caller]
fn check(document: &str, belongs: impl Fn(&str) -> bool) {
    let listed = first_cells(&read(document)).into_iter().filter(|cell| cell.contains(" /"));
    let routed: BTreeSet<String> = template::route_keys().into_iter().filter(|route| belongs(route)).collect();
    assert_eq!(listed.collect::<BTreeSet<_>>(), routed);
}

/// A path without the names of its parameters: `menu/{}`, `again/{}/{+}`.
fn shape(path: &str) -> String {
    let segment = |segment: &str| match segment.strip_prefix('{') {
        Some(parameter) if parameter.ends_with("+}") => "{+}".to_owned(),
        Some(_) => "{}".to_owned(),
        None => segment.to_owned(),
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// The shapes of the slice patterns that begin with a word: `["menu", asking] =>`.
fn answered(source: &str) -> BTreeSet<String> {
    let source = source.split("#[cfg(test)]").next().unwrap();
    let arms = source.lines().filter_map(|line| {
        let (pattern, _) = line.trim().strip_prefix('[')?.split_once(']')?;
        (line.contains("=>") || line.contains(" if ")).then_some(pattern).filter(|pattern| pattern.starts_with('"'))
    });
    let shapes: BTreeSet<String> = arms.map(pattern_shape).collect();
    assert!(!shapes.is_empty(), "the list of routes is not where it was");
    shapes
}

fn pattern_shape(pattern: &str) -> String {
    let mut segments = Vec::new();
    for element in pattern.split(", ") {
        if element.ends_with("@ ..") {
            segments.push("{+}");
            break;
        }
        segments.push(element.strip_prefix('"').and_then(|word| word.strip_suffix('"')).unwrap_or("{}"));
    }
    segments.join("/")
}

#[test]
fn shapes() {
    let source = "x = [1];\n[\"menu\", asking] => {\n[\"again\", time, rest @ .., input] if x => {\n[\"a\"] => 1";
    let expected = ["menu/{}", "again/{}/{+}", "a"].map(str::to_owned);
    assert_eq!(answered(source), BTreeSet::from(expected));
    assert_eq!(shape("again/{again}/{step+}"), "again/{}/{+}");
}
