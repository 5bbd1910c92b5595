use std::collections::HashMap;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::answer::{self, unreadable};
use super::client::Client;
use super::error::Error;
use super::hosts::Product;

/// A list that comes in pages. Nothing is asked for before the first [`Pages::next`].
#[derive(Debug)]
pub struct Pages<'c, T> {
    client: &'c Client,
    product: Product,
    /// What the list is called in the answer.
    key: &'static str,
    next: Option<String>,
    of: PhantomData<fn() -> T>,
}

/// Twilio's pages have at most a thousand things.
const MOST_PAGES: usize = 100;

impl<'c, T: DeserializeOwned> Pages<'c, T> {
    pub(super) fn new(client: &'c Client, product: Product, key: &'static str, first: String) -> Self {
        Self { client, product, key, next: Some(first), of: PhantomData }
    }

    /// The next page; none after the last. After an error the same page can be asked for again.
    ///
    /// # Errors
    /// Any [`Error`]; since nothing is changed by reading, `Unknown` only means that there is no answer.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Some(target) = &self.next else { return Ok(None) };
        let said = self.client.read(self.product, target).await?;
        let mut page: HashMap<String, &RawValue> = answer::parsed(&said)?;
        let link = link(&page)?;
        let list = page.remove(self.key).ok_or_else(|| unreadable("it lacks the list"))?;
        let list = answer::parsed(list.get().as_bytes())?;
        let next = link.map(|link| here(&link).map(str::to_owned).ok_or_else(|| unreadable("a link leads nowhere")));
        let next = next.transpose()?;
        if next.is_some() && next == self.next {
            return Err(unreadable("a page leads to itself"));
        }
        self.next = next;
        Ok(Some(list))
    }

    /// All that are left, from all pages.
    ///
    /// # Errors
    /// Any [`Error`], and [`Unreadable`](super::Uncertainty::Unreadable) after a hundred pages: half a list is not given out as a whole
    /// one.
    pub async fn all(mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        for _ in 0..MOST_PAGES {
            match self.next().await? {
                Some(page) => all.extend(page),
                None => return Ok(all),
            }
        }
        if self.next.is_some() { Err(unreadable("there are too many pages")) } else { Ok(all) }
    }
}

/// Where the next page is: `next_page_uri` in the API of 2010, `meta.next_page_url` in the later ones.
fn link(page: &HashMap<String, &RawValue>) -> Result<Option<String>, Error> {
    #[derive(Deserialize)]
    struct Meta {
        next_page_url: Option<String>,
    }
    let link = match (page.get("next_page_uri"), page.get("meta")) {
        (Some(uri), _) => answer::parsed(uri.get().as_bytes())?,
        (None, Some(meta)) => answer::parsed::<Meta>(meta.get().as_bytes())?.next_page_url,
        (None, None) => None,
    };
    Ok(link.filter(|link: &String| !link.is_empty()))
}

/// A link's path and query. Its host is left out: the credentials go nowhere but to the host that was configured.
fn here(link: &str) -> Option<&str> {
    let rest = match link.split_once("://") {
        Some((_, rest)) => rest.find('/').map(|start| &rest[start..]),
        None => Some(link),
    };
    rest.filter(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::here;

    #[test]
    fn only_the_path_of_a_link_counts() {
        assert_eq!(
            here("/2010-04-01/Accounts/AC1/Calls.json?Page=1"),
            Some("/2010-04-01/Accounts/AC1/Calls.json?Page=1")
        );
        assert_eq!(here("https://numbers.twilio.com/v2/Bundles?Page=1"), Some("/v2/Bundles?Page=1"));
        assert_eq!(here("https://numbers.twilio.com"), None);
        assert_eq!(here("Calls.json"), None);
        assert_eq!(here(""), None);
    }
}
