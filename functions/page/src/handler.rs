//! From a verified request to its answer, in time.

use axum::{
    Router,
    extract::{OriginalUri, State},
    http::StatusCode,
    middleware::from_fn_with_state,
    response::Response,
    routing::post,
};
use entry::{Chain, Signed, reply, trace};
use oncall::{
    IncidentId,
    incident::{Cause, Receipt},
};
use tokio::time::timeout;
use twilio::webhook::{
    Form, ParameterError, Verified,
    voice::{CallEnded, GatherResult},
};

use crate::{
    app::App,
    degraded, document, ended,
    route::{PATHS, Route},
    said::Said,
};

/// The routes under `/voice/page`, `/voice/desk` and `/voice/callback`, each request with its line in the log.
pub fn router(app: App) -> Router {
    let log = from_fn_with_state(app.carrier.clock.clone(), trace::requests);
    PATHS.iter().fold(Router::new(), |router, path| router.route(path, post(webhook))).layer(log).with_state(app)
}

async fn webhook(State(app): State<App>, OriginalUri(uri): OriginalUri, Signed(form): Signed) -> Response {
    let Some(route) = Route::parse(uri.path()) else {
        return reply::empty(StatusCode::NOT_FOUND);
    };
    let answered = match &route {
        Route::PageEnded { incident, page } => app.ended(incident, *page, &form).await,
        _ => app.speak(&route, &form).await,
    };
    answered.unwrap_or_else(|error| {
        tracing::error!(error = %Chain(&error), route = %route, "a webhook lacks what it needs");
        app.write(&degraded::unreadable())
    })
}

/// Why something could not be answered as it should.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the table failed")]
    Store(#[from] store::Error),
    #[error("the incident was not changed")]
    NotChanged(#[from] carrier::Failed),
    #[error("the table did not answer in time")]
    Late,
}

impl App {
    async fn speak(&self, route: &Route, form: &Verified<Form>) -> Result<Response, ParameterError> {
        let pressed = form.parse::<GatherResult>()?.into_inner();
        trace::call(pressed.call.sid.as_str());
        let said = timeout(self.deadline, Box::pin(self.answer(route, &pressed))).await.unwrap_or(Err(Failure::Late));
        let said = said.unwrap_or_else(|failure| {
            tracing::error!(error = %Chain(&failure), route = %route, "a responder was answered without the table");
            degraded::said(route, pressed.key())
        });
        Ok(self.write(&said))
    }

    async fn answer(&self, route: &Route, pressed: &GatherResult) -> Result<Said, Failure> {
        match route {
            Route::Page { incident, page } | Route::PageEnded { incident, page } => self.page(incident, *page).await,
            Route::PageKey { incident, page, asking } => self.page_key((incident, *page), *asking, pressed).await,
            Route::Desk { line } | Route::DeskAgain { line, .. } => self.desk(line, &pressed.call).await,
            Route::DeskKey { line, incident, asking } => self.desk_key(line, incident.as_ref(), *asking, pressed).await,
            Route::CallBack { line, incident } => self.call_back_to(line, incident, 0, pressed).await,
            Route::CallBackKey { line, incident, asking } => self.call_back_to(line, incident, *asking, pressed).await,
        }
    }

    /// The page's call is over. Without a key it came to nothing, and what comes next comes at once.
    async fn ended(&self, incident: &IncidentId, page: u32, form: &Verified<Form>) -> Result<Response, ParameterError> {
        let call = form.parse::<CallEnded>()?.into_inner().call;
        trace::call(call.sid.as_str());
        let Some(why) = ended::failure(&call.status, form.get("AnsweredBy")) else { return Ok(reply::noted()) };
        let cause = Cause::Receipt { page, receipt: Receipt::Failed(why) };
        let failure = match timeout(self.deadline, Box::pin(self.carrier.act(incident, &cause))).await {
            Ok(Ok(_)) => return Ok(reply::noted()),
            Ok(Err(error)) => Failure::NotChanged(error),
            Err(_) => Failure::Late,
        };
        tracing::error!(error = %Chain(&failure), incident = incident.as_str(), page, "how a page's call ended is lost");
        Ok(reply::empty(StatusCode::SERVICE_UNAVAILABLE))
    }

    fn write(&self, said: &Said) -> Response {
        reply::twiml(document::write(&self.public_url, said).into_xml())
    }
}
