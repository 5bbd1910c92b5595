//! Why a request is not carried out: one problem for whoever asked, one line for our log.

use api::{FieldError, Problem, Reference};
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use entry::Chain;
use store::SaveError;

use crate::field::{self, spoken_field};

macro_rules! causes {
    ($($(#[$about:meta])* $cause:ident is $status:ident, $slug:literal, $title:literal;)+) => {
        /// The kinds of problems. Each has its own type, title and status.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Cause { $($(#[$about])* $cause),+ }

        impl Cause {
            pub(crate) fn status(self) -> StatusCode {
                match self { $(Self::$cause => StatusCode::$status),+ }
            }

            pub(crate) fn slug(self) -> &'static str {
                match self { $(Self::$cause => $slug),+ }
            }

            pub(crate) fn title(self) -> &'static str {
                match self { $(Self::$cause => $title),+ }
            }
        }
    };
}

causes! {
    /// Not JSON, or a header that says nothing.
    Malformed is BAD_REQUEST, "malformed", "The request cannot be read";
    /// More often than a phone may be asked.
    TooOften is TOO_MANY_REQUESTS, "too-often", "It was asked for too often";
    /// Nothing is to be proven any more.
    AlreadyVerified is CONFLICT, "already-verified", "The phone is verified already";
    /// Nothing that could be confirmed.
    NoCode is CONFLICT, "no-code", "There is no code that counts";
    /// Nothing from which it could be sent.
    NoSender is CONFLICT, "no-sender", "No line can send it";
    /// Nobody whom we know.
    Unauthenticated is UNAUTHORIZED, "unauthenticated", "A valid bearer token is needed";
    /// Somebody who may not.
    Forbidden is FORBIDDEN, "forbidden", "The token's role does not suffice";
    /// Nothing there.
    NotFound is NOT_FOUND, "not-found", "There is no such thing";
    /// Something there, but not to be asked in this way.
    MethodNotAllowed is METHOD_NOT_ALLOWED, "method-not-allowed", "The path does not take this method";
    /// The id is taken.
    Exists is CONFLICT, "exists", "There is one with this id already";
    /// Others name it.
    InUse is CONFLICT, "in-use", "It is still in use";
    /// The number is taken.
    NumberTaken is CONFLICT, "number-taken", "Another line has this number";
    /// It costs something else now.
    PriceChanged is CONFLICT, "price-changed", "The price is not the one that was shown";
    /// As many numbers as there may be.
    QuotaReached is CONFLICT, "quota-reached", "There are as many numbers as there may be";
    /// Something stands against buying the number.
    NotBought is CONFLICT, "not-bought", "The number was not bought";
    /// Somebody works on it.
    Pending is CONFLICT, "pending", "Another request is still working on it";
    /// A key that was used for something else.
    KeyReused is UNPROCESSABLE_ENTITY, "key-reused", "This Idempotency-Key was used for another request";
    /// Twilio does not take the account's credentials any more.
    CredentialsRefused is CONFLICT, "credentials-refused", "Twilio does not accept the account's credentials";
    /// Nobody whom Twilio would believe.
    AccountGone is CONFLICT, "account-gone", "The Twilio account that has the number is not connected";
    /// Twilio says no.
    TwilioRefused is UNPROCESSABLE_ENTITY, "twilio-refused", "Twilio refuses it";
    /// Twilio says nothing that can be understood.
    TwilioUnreachable is BAD_GATEWAY, "twilio-unreachable", "Twilio does not answer";
    /// A token that is not ours to revoke.
    KeptElsewhere is CONFLICT, "kept-elsewhere", "The token is not one that can be revoked here";
    /// Fewer bytes than that.
    OutOfRange is RANGE_NOT_SATISFIABLE, "out-of-range", "It has no such bytes";
    /// Not the version that was read.
    Stale is PRECONDITION_FAILED, "stale", "It is not as it was when it was read";
    /// More than we read.
    TooLarge is PAYLOAD_TOO_LARGE, "too-large", "The body is too large";
    /// Not what we read.
    NotJson is UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The body is not of a type that is understood here";
    /// Fields that cannot stay.
    Refused is UNPROCESSABLE_ENTITY, "refused", "Some fields cannot stay as they are";
    /// Somebody who does not say what they have read.
    PreconditionRequired is PRECONDITION_REQUIRED, "precondition-required", "A condition is needed, so that nobody's change is lost";
    /// Ours.
    Internal is INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side";
    /// It passes.
    Unavailable is SERVICE_UNAVAILABLE, "unavailable", "It cannot be answered now";
}

/// A request that is not carried out.
#[derive(Debug)]
pub(crate) struct Failure(Box<Inner>);

#[derive(Debug)]
struct Inner {
    cause: Cause,
    problem: Problem,
    challenge: Option<&'static str>,
    retry_after: Option<u64>,
    content_range: Option<String>,
}

impl From<Cause> for Failure {
    fn from(cause: Cause) -> Self {
        let problem = Problem {
            kind: format!("{}{}", Problem::URN, cause.slug()),
            title: cause.title().to_owned(),
            status: cause.status().as_u16(),
            ..Problem::default()
        };
        let retry_after = matches!(cause, Cause::Unavailable | Cause::Pending).then_some(1);
        Self(Box::new(Inner { cause, problem, challenge: None, retry_after, content_range: None }))
    }
}

impl Failure {
    /// What is particular to this occurrence. No secrets, no phone numbers.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.problem.detail = Some(detail.into());
        self
    }

    /// What is the matter, in one sentence.
    pub(crate) fn said(&self) -> &str {
        self.0.problem.detail.as_deref().unwrap_or(&self.0.problem.title)
    }

    /// What a client has to show (RFC 6750).
    pub(crate) fn challenge(mut self, challenge: &'static str) -> Self {
        self.0.challenge = Some(challenge);
        self
    }

    /// After how many seconds it may be asked for again.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// How many bytes there are, if that is known.
    pub(crate) fn of_bytes(mut self, total: Option<u64>) -> Self {
        self.0.content_range = total.map(|total| format!("bytes */{total}"));
        self
    }

    /// The field because of which it was not carried out.
    pub(crate) fn naming(mut self, field: &str, message: impl Into<String>) -> Self {
        self.0.problem.errors.push(FieldError::new(field, message));
        self
    }

    /// Fields that cannot stay as they are.
    pub(crate) fn refused(errors: Vec<FieldError>) -> Self {
        let mut failure = Self::from(Cause::Refused);
        failure.0.problem.errors = errors;
        failure
    }

    /// The same, if what is named stands under a member of the body.
    pub(crate) fn under(mut self, member: &str) -> Self {
        for error in &mut self.0.problem.errors {
            let below = std::mem::take(&mut error.field);
            error.field = if below.is_empty() { member.to_owned() } else { format!("{member}.{below}") };
        }
        self
    }

    /// One field that cannot stay as it is.
    pub(crate) fn field(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self::refused(vec![FieldError::new(name, message)])
    }

    /// Others that name it.
    pub(crate) fn used_by(users: Vec<Reference>) -> Self {
        let mut failure = Self::from(Cause::InUse);
        failure.0.problem.used_by = users;
        failure
    }

    /// There is another version than the one expected.
    pub(crate) fn stale(current: Option<u64>) -> Self {
        let mut failure = Self::from(Cause::Stale);
        failure.0.problem.current_version = current;
        failure
    }

    /// What is told of it, as part of a longer answer.
    pub(crate) fn into_problem(self) -> Problem {
        self.0.problem
    }

    /// Something of ours, which is logged here and not told.
    pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = %Chain(error), "a request failed");
        Self::from(Cause::Internal)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match &error {
            store::Error::Unavailable(_) => {
                tracing::warn!(error = %Chain(&error), "the table was away");
                Self::from(Cause::Unavailable)
            }
            store::Error::NumberTaken => Self::from(Cause::NumberTaken),
            store::Error::Stale => Self::stale(None),
            store::Error::PlanTooLarge { line, bytes, most } => {
                let detail = format!(
                    "Line {line} would reach {bytes} bytes of services, policies, schedules and people, and a line's plan \
                     holds {most}. Let its destinations lead to fewer of them, or spread them over several lines."
                );
                Self::from(Cause::Refused).detail(detail)
            }
            store::Error::TooLarge { bytes, .. } => {
                let detail =
                    format!("It would have {bytes} bytes, more than the table can hold. Divide it into several.");
                Self::from(Cause::Refused).detail(detail)
            }
            _ => Self::internal(&error),
        }
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Store(error) => error.into(),
            SaveError::Stale { current } => Self::stale(current),
            SaveError::Missing => Self::from(Cause::NotFound),
            SaveError::Refused(review) => {
                let named = review.refusals.iter();
                let errors = named.map(|found| FieldError::new(spoken_field(&found.field), found.problem.to_string()));
                Self::refused(errors.collect())
            }
            SaveError::InUse(users) => {
                let mut failure = Self::from(Cause::InUse);
                let user = |user: store::Reference| Reference { kind: field::kind(user.kind), id: user.id };
                failure.0.problem.used_by = users.into_iter().map(user).collect();
                failure
            }
            SaveError::Busy => Self::from(Cause::Unavailable).detail("others kept saving at the same time"),
            other => Self::internal(&other),
        }
    }
}

impl From<ring::error::Unspecified> for Failure {
    fn from(_: ring::error::Unspecified) -> Self {
        tracing::error!("there are no random bytes");
        Self::from(Cause::Internal)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Inner { cause, problem, challenge, retry_after, content_range } = *self.0;
        let json = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (cause.status(), json).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(Problem::MEDIA_TYPE));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(challenge) = challenge {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if let Some(seconds) = retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(range) = content_range.and_then(|range| HeaderValue::try_from(range).ok()) {
            headers.insert(CONTENT_RANGE, range);
        }
        response
    }
}
