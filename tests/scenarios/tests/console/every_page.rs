//! What holds of every page: one round of requests, not more than 100 kB, nothing inline.

use http::StatusCode;

use crate::house::{House, Visitor};

/// Every page that can be reached by links, each once: what follows the first of a kind shows the same.
async fn reachable(visitor: &Visitor<'_>) -> Vec<crate::page::Page> {
    let (mut waiting, mut known, mut pages) = (vec!["/console".to_owned()], vec!["/console".to_owned()], Vec::new());
    while let Some(path) = waiting.pop() {
        let page = visitor.get(&path).await;
        let document = scraper::Html::parse_document(&page.html);
        let links = scraper::Selector::parse("a[href]").unwrap();
        for link in document.select(&links).filter_map(|link| link.attr("href")) {
            let link = link.split('#').next().unwrap().to_owned();
            if link.starts_with("/console") && !known.contains(&link) && known.len() < 300 {
                known.push(link.clone());
                waiting.push(link);
            }
        }
        pages.push(page);
    }
    pages
}

#[tokio::test]
async fn every_page_that_is_linked_is_there_small_and_quick() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    crate::texts::report(&house, &admin).await;
    let mut assets = std::collections::BTreeMap::new();
    for page in reachable(&admin).await {
        assert_eq!(page.status, StatusCode::OK, "{}", page.path);
        assert!(page.rounds <= 1, "{} takes {} rounds of {} requests", page.path, page.rounds, page.calls);
        let mut bytes = page.html.len();
        for (selector, attribute) in [("link[rel=stylesheet]", "href"), ("script", "src")] {
            let document = scraper::Html::parse_document(&page.html);
            let found = scraper::Selector::parse(selector).unwrap();
            for asset in document.select(&found) {
                let path = asset.attr(attribute).unwrap_or_else(|| panic!("{}: an inline {selector}", page.path));
                if !assets.contains_key(path) {
                    let asset = admin.get(path).await;
                    assert_eq!(asset.status, StatusCode::OK, "{path}");
                    assert!(asset.headers["cache-control"].to_str().unwrap().contains("immutable"));
                    assets.insert(path.to_owned(), asset.html.len());
                }
                bytes += assets[path];
            }
        }
        assert!(bytes < 100_000, "{} has {bytes} bytes", page.path);
        for inline in ["[style]", "style", "[onclick]", "[onsubmit]", "[onchange]"] {
            assert!(!page.has(inline), "{} has {inline}", page.path);
        }
    }
}
