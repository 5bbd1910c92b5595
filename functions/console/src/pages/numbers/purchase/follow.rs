//! What has become of a purchase of which it was not known at once.

use api::{Line, Purchase, PurchaseState};
use askama::Template;
use axum::{
    extract::Path,
    response::{Html, IntoResponse, Response},
};

use crate::{editor::Edited as _, failure::Failure, frame::Frame, visitor::Visitor};

#[derive(Template)]
#[template(path = "purchase/follow.html")]
struct Followed {
    frame: Frame,
    purchase: Purchase,
}

impl Followed {
    fn is_over(&self) -> bool {
        matches!(self.purchase.state, PurchaseState::Done | PurchaseState::Refused)
    }
}

pub(super) async fn show(
    visitor: Visitor,
    Path((account, purchase)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let purchase = visitor.client.purchase(&account, &purchase).await?;
    let frame = Frame::of(&visitor, Line::SECTION, "Purchase");
    Ok(Html(Followed { frame, purchase }.render()?).into_response())
}
