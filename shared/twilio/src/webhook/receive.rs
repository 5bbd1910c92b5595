use super::{Form, Refused, SignedRequest, Verified};
use crate::signature::{AccountSecrets, Body, check};

/// The body of a signed request: a form nearly always, raw bytes for JSON events.
#[derive(Debug)]
pub enum Payload<'a> {
    /// A form; of a GET request (which has no body) the parameters of its query.
    Form(Form),
    /// Any other body, bound to the signature by `bodySHA256`.
    Raw(&'a [u8]),
}

/// Checks the signature of a request whose body is a form, which every voice and messaging webhook's
/// is.
///
/// # Errors
/// [`Refused`] says why, for our log. The answer to all of them is an empty 403.
pub fn receive(request: &SignedRequest<'_>, secrets: &impl AccountSecrets) -> Result<Verified<Form>, Refused> {
    receive_any(request, secrets)?.try_map(|payload| match payload {
        Payload::Form(form) => Ok(form),
        Payload::Raw(_) => Err(Refused::NotAForm),
    })
}

/// Checks the signature of any request.
///
/// # Errors
/// [`Refused`], as for [`receive`].
pub fn receive_any<'a>(
    request: &SignedRequest<'a>,
    secrets: &impl AccountSecrets,
) -> Result<Verified<Payload<'a>>, Refused> {
    let payload = match check(request, secrets)? {
        Body::Form(form) => Payload::Form(form),
        Body::Raw(bytes) => Payload::Raw(bytes),
    };
    Ok(Verified::checked(payload))
}
