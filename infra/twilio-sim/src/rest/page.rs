//! Lists in pages, as the 2010 API gives them and as the later ones do.
use serde_json::{Value, json};

use super::{Ask, Reply};

/// Where a page stands in its list.
struct Page {
    size: usize,
    at: usize,
    more: bool,
    items: Vec<Value>,
}

impl Page {
    fn of(ask: &Ask, all: Vec<Value>) -> Self {
        let number = |name: &str| ask.get(name).and_then(|value| value.parse::<usize>().ok());
        let size = number("PageSize").unwrap_or(50).clamp(1, 1000);
        let at = number("Page").unwrap_or(0);
        let start = at.saturating_mul(size);
        let more = all.len() > start.saturating_add(size);
        Self { size, at, more, items: all.into_iter().skip(start).take(size).collect() }
    }

    /// Path and query of another page of the same list.
    fn uri(&self, ask: &Ask, page: usize) -> String {
        let kept = |name: &str| !matches!(name, "Page" | "PageSize" | "PageToken");
        let mut params: Vec<_> = ask.params.iter().filter(|(name, _)| kept(name)).cloned().collect();
        params.push(("PageSize".to_owned(), self.size.to_string()));
        params.push(("Page".to_owned(), page.to_string()));
        format!("{}?{}", ask.path, crate::form::encode(&params))
    }
}

/// One page of a list that is complete in memory; links have no host.
pub(super) fn page(ask: &Ask, key: &str, all: Vec<Value>) -> Reply {
    let page = Page::of(ask, all);
    let start = page.at.saturating_mul(page.size);
    let body = json!({
        "first_page_uri": page.uri(ask, 0),
        "next_page_uri": page.more.then(|| page.uri(ask, page.at + 1)),
        "previous_page_uri": (page.at > 0).then(|| page.uri(ask, page.at - 1)),
        "page": page.at,
        "page_size": page.size,
        "start": start,
        "end": (start + page.items.len()).saturating_sub(1),
        "uri": ask.uri,
    });
    with(body, key, page.items)
}

/// The same with the later products' `meta`, whose links name the product's real host.
pub(super) fn meta_page(ask: &Ask, host: &str, key: &str, all: Vec<Value>) -> Reply {
    let page = Page::of(ask, all);
    let url = |at: usize| format!("https://{host}{}", page.uri(ask, at));
    let meta = json!({
        "first_page_url": url(0),
        "next_page_url": page.more.then(|| url(page.at + 1)),
        "previous_page_url": (page.at > 0).then(|| url(page.at - 1)),
        "page": page.at,
        "page_size": page.size,
        "key": key,
        "url": url(page.at),
    });
    with(json!({ "meta": meta }), key, page.items)
}

fn with(mut body: Value, key: &str, items: Vec<Value>) -> Reply {
    if let Some(body) = body.as_object_mut() {
        body.insert(key.to_owned(), Value::Array(items));
    }
    Reply::json(200, body)
}
