//! Lists in pages, as the 2010 API gives them.
use serde_json::{Value, json};

use super::{Ask, Reply};

/// One page of a list that is complete in memory.
pub(super) fn page(ask: &Ask, key: &str, all: Vec<Value>) -> Reply {
    let number = |name: &str| ask.get(name).and_then(|value| value.parse::<usize>().ok());
    let size = number("PageSize").unwrap_or(50).clamp(1, 1000);
    let at = number("Page").unwrap_or(0);
    let others: Vec<_> = ask
        .params
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "Page" | "PageSize" | "PageToken"))
        .cloned()
        .collect();
    let uri = |page: usize| {
        let mut params = others.clone();
        params.push(("PageSize".to_owned(), size.to_string()));
        params.push(("Page".to_owned(), page.to_string()));
        format!("{}?{}", ask.path, crate::form::encode(&params))
    };
    let start = at * size;
    let more = all.len() > start + size;
    let items: Vec<Value> = all.into_iter().skip(start).take(size).collect();
    let end = (start + items.len()).saturating_sub(1);
    let mut body = json!({
        "first_page_uri": uri(0),
        "next_page_uri": more.then(|| uri(at + 1)),
        "previous_page_uri": (at > 0).then(|| uri(at - 1)),
        "page": at,
        "page_size": size,
        "start": start,
        "end": end,
        "uri": ask.uri,
    });
    if let Some(body) = body.as_object_mut() {
        body.insert(key.to_owned(), Value::Array(items));
    }
    Reply::json(200, body)
}
