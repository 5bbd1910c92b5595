//! Every page that can be reached by links: nothing is in anybody's way, at any width, in light and dark.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::tab::Tab;

/// Of pages of one kind, so many: the others show the same.
const OF_A_KIND: usize = 2;

pub(super) async fn tell(tab: Tab) {
    tab.sign_in().await;
    let (mut waiting, mut known, mut kinds) =
        (vec!["/console".to_owned()], vec!["/console".to_owned()], BTreeMap::new());
    while let Some(path) = waiting.pop() {
        tab.go(&path).await;
        tab.is_for_everybody().await;
        let links = tab.run("return [...document.querySelectorAll('main a[href], nav a[href]')].filter((link) => !link.download).map((link) => link.pathname + link.search)").await;
        for link in links.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let pages = link.starts_with("/console") && !link.starts_with("/console/assets");
            if !pages || known.iter().any(|known| known == link) {
                continue;
            }
            known.push(link.to_owned());
            let kind = link.split(['?', '#']).next().unwrap_or_default();
            let kind = kind.rsplit_once('/').map_or(kind, |(kind, _)| kind).to_owned();
            let seen: &mut usize = kinds.entry(kind.clone()).or_default();
            *seen += 1;
            // the menu's own entries are all different
            if kind == "/console" || *seen <= OF_A_KIND {
                waiting.push(link.to_owned());
            }
        }
    }
    assert!(known.len() > 20, "{known:?}");
}
