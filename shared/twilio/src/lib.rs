//! Twilio's wire, and nothing on-call-shaped: signatures, typed webhooks, TwiML, a REST client.
//!
//! - [`webhook`]: a request becomes a [`webhook::Verified`] value or a refusal; there is no third
//!   way to get at a body. [`webhook::voice`] has one type per kind of voice request.
//! - [`signature`]: what the check is made of: secrets, algorithms, the text that is signed.
//! - [`twiml`]: documents written verb by verb; what Twilio would not obey does not compile.
//! - [`segments`]: how many segments a text takes; [`delivery`]: whose fault it is that one did not arrive.
//! - [`Sid`](CallSid) types: identifiers that cannot be taken for one another.
//!
//! ```
//! use twilio::{twiml::{Dial, Gather, Response, Voice}, webhook::{self, SignedRequest, voice}};
//! # fn answer(request: SignedRequest<'_>, secrets: &twilio::signature::AccountKeys)
//! #     -> Result<String, Box<dyn std::error::Error>> {
//! let incoming = webhook::receive(&request, secrets)?.parse::<voice::Incoming>()?;
//! let norwegian = Voice::language("nb-NO");
//! let xml = match incoming.call.from.number() {
//!     Some(caller) => Response::new()
//!         .say(&norwegian, "Hei!")
//!         .gather(Gather::keys(1).action("/voice/menu").timeout(5), |prompt| {
//!             prompt.say(&norwegian, "Trykk 1 for betaling.")
//!         })
//!         .dial(Dial::to(caller).timeout(20))
//!         .redirect("/voice/next")
//!         .into_xml(),
//!     None => Response::new().say(&norwegian, "Ha det!").hangup().into_xml(),
//! };
//! # Ok(xml)
//! # }
//! ```
//!
//! There is no I/O here, no async and no clock, but in `rest`: the client of Twilio's REST API, which the feature of
//! that name brings. It is off unless a room asks for it, so that who answers the public can neither link it nor spend.

pub mod delivery;
mod private;
#[cfg(feature = "rest")]
pub mod rest;
pub mod segments;
mod sid;
pub mod signature;
pub mod twiml;
mod value_set;
pub mod webhook;

pub use private::Private;
pub use sid::{
    AccountSid, AddressSid, ApiKeySid, BundleSid, CallSid, IdentitySid, InvalidSid, MediaSid, MessageSid,
    PhoneNumberSid, RecordingSid, RegulationSid, TranscriptionSid,
};
