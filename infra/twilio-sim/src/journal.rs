//! Every request and its answer, in order.
use std::time::Duration;

use crate::form::Params;

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A document for a leg: voice URL, action, redirect, number URL, fallback.
    Document,
    /// A status of a leg.
    Status,
    /// A recording is ready, or there is none.
    Recording,
    /// A transcription is ready, or failed.
    Transcription,
    /// What became of a text.
    Message,
    /// A phone has texted a number: SMS URL, redirect, action, fallback.
    Text,
    /// The product called the REST API.
    Rest,
    /// A request made by a test to look like a webhook.
    Forged,
}

/// One request and its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Virtual time of sending.
    pub at: Duration,
    /// What it was for.
    pub purpose: Purpose,
    /// The leg, if it is about one.
    pub call: Option<String>,
    /// `GET`, `POST`, `DELETE`.
    pub method: String,
    /// Where to, as configured.
    pub url: String,
    /// Form or query parameters.
    pub params: Params,
    /// The idempotency token of a retry.
    pub idempotency_token: Option<String>,
    /// The status, once it is known; 0 when there was no answer.
    pub status: Option<u16>,
    /// The body, once it is known.
    pub body: String,
    /// Real time that it took.
    pub took: Duration,
    /// What the simulator did to it on purpose.
    pub fault: Option<&'static str>,
}

impl Exchange {
    /// The first value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        crate::form::first(&self.params, name)
    }
}
