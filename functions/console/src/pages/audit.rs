//! Who changed what.

use api::{AuditEntry, AuditKind, AuditQuery, PageQuery, Role, client::ClientError};
use askama::Template;
use axum::{
    Router,
    extract::Query,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;

use super::places;
use crate::{App, failure::Failure, frame::Frame, view::address, visitor::Visitor};

const SECTION: &str = "/console/audit";

pub(super) fn routes() -> Router<App> {
    Router::new().route(SECTION, get(show))
}

#[derive(Template)]
#[template(path = "audit.html")]
struct Page {
    frame: Frame,
    entries: Vec<AuditEntry>,
    asked: Asked,
    /// Tokens by id, as far as the visitor may know them.
    names: Vec<(String, String)>,
    older: Option<String>,
    problem: Option<String>,
}

/// What an address asks for. What is left empty in a form is not asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
    id: String,
    by: String,
    cursor: String,
}

impl Asked {
    fn query(&self) -> AuditQuery {
        let given = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        AuditQuery {
            kind: AuditKind::ALL.into_iter().find(|kind| kind.as_str() == self.kind.trim()),
            id: given(&self.id),
            by: given(&self.by),
            cursor: given(&self.cursor),
            limit: Some(50),
        }
    }

    fn filters(&self) -> bool {
        [&self.kind, &self.id, &self.by].into_iter().any(|text| !text.trim().is_empty())
    }

    /// The address of the page that begins at a cursor.
    fn from(&self, cursor: &str) -> String {
        address(SECTION, &[("kind", &self.kind), ("id", &self.id), ("by", &self.by), ("cursor", cursor)])
    }
}

impl Page {
    /// Who it was, as they were called then, or as their token is called.
    fn who<'t>(&'t self, entry: &'t AuditEntry) -> &'t str {
        entry.by_name.as_deref().unwrap_or_else(|| self.name(&entry.by))
    }

    fn name<'t>(&'t self, by: &'t str) -> &'t str {
        match self.names.iter().find(|(id, _)| id == by) {
            Some((_, name)) => name,
            None if by == "bootstrap" => "the first administrator",
            None => by,
        }
    }

    fn place(&self, entry: &AuditEntry) -> Option<String> {
        places::page(&entry.kind, &entry.id).filter(|_| entry.action != "deleted")
    }
}

async fn show(visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let client = &visitor.client;
    let names = async {
        if !visitor.is(Role::Admin) {
            return Ok(Vec::new());
        }
        let tokens = client.tokens(&PageQuery { cursor: None, limit: Some(200) }).await?;
        Ok::<_, ClientError>(tokens.items.into_iter().map(|token| (token.id, token.name)).collect())
    };
    let query = asked.query();
    let (told, names) = tokio::join!(client.audit(&query), names);
    let (entries, older, problem) = match told {
        Ok(page) => (page.items, page.next, None),
        Err(ClientError::Problem(problem)) if problem.status == 400 || problem.status == 422 => {
            (Vec::new(), None, Some(problem.to_string()))
        }
        Err(other) => return Err(other.into()),
    };
    let frame = Frame::of(&visitor, SECTION, "Audit log");
    let page = Page { frame, entries, asked, names: names?, older, problem };
    Ok(Html(page.render()?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_is_not_asked() {
        let asked = Asked { kind: "person".to_owned(), by: " ".to_owned(), ..Asked::default() };
        let query = asked.query();
        assert_eq!((query.kind, query.by, query.cursor), (Some(AuditKind::Person), None, None));
        assert!(asked.filters());
        assert_eq!(
            Asked { id: "a&b".to_owned(), ..Asked::default() }.from("c="),
            "/console/audit?id=a%26b&cursor=c%3D"
        );
    }
}
