//! Disconnecting an account: first it is said which lines stop working, and asked once more.

use api::{DisconnectQuery, Line, client::ClientError};
use askama::Template;
use axum::{
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
};
use http::StatusCode;

use super::SECTION;
use crate::{choices, failure::Failure, frame::Frame, visitor::Submitted};

#[derive(Template)]
#[template(path = "disconnect.html")]
struct Asked {
    frame: Frame,
    account: String,
    lines: Vec<Line>,
}

pub(super) async fn disconnect(Path(account): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let confirm = fields.text("_confirm") == "yes";
    let gone = || Redirect::to(&format!("{SECTION}?done=disconnected")).into_response();
    match visitor.client.disconnect(&account, &DisconnectQuery { confirm }).await {
        Ok(_) => Ok(gone()),
        // the same form, sent twice
        Err(ClientError::Problem(problem)) if problem.status == 404 => Ok(gone()),
        Err(ClientError::Problem(problem)) if problem.slug() == "in-use" => {
            let all = choices::all::<Line>(&visitor.client).await?.into_iter().map(|stored| stored.value);
            let stops = |line: &Line| problem.used_by.iter().any(|user| Some(user.id.as_str()) == line.id.as_deref());
            let frame = Frame::of(&visitor, SECTION, "These lines stop working");
            let page = Asked { frame, account, lines: all.filter(stops).collect() };
            Ok((StatusCode::CONFLICT, Html(page.render()?)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}
