//! TwiML, written verb by verb into one string: [`Response`] for a call, [`TextResponse`] for a text.
//!
//! ```
//! use twilio::twiml::{Dial, Gather, LegEvent, Number, Response, Voice};
//!
//! # let responder: phone::PhoneNumber = "+4791234589".parse()?;
//! let voice = Voice::language("en-GB");
//! let xml = Response::new()
//!     .say(&voice, "You have reached the hotline.")
//!     .gather(Gather::keys(1).action("/voice/menu").timeout(5), |prompt| {
//!         prompt.say(&voice, "Press 1 for payments & cards.").pause(1)
//!     })
//!     .dial(
//!         Dial::to(Number::new(&responder).url("/voice/screen")).timeout(20).action("/voice/next"),
//!     )
//!     .into_xml();
//! assert_eq!(
//!     xml,
//!     concat!(
//!         r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#,
//!         r#"<Say language="en-GB">You have reached the hotline.</Say>"#,
//!         r#"<Gather input="dtmf" numDigits="1" timeout="5" action="/voice/menu">"#,
//!         r#"<Say language="en-GB">Press 1 for payments &amp; cards.</Say><Pause length="1"/>"#,
//!         r#"</Gather>"#,
//!         r#"<Dial timeout="20" action="/voice/next"><Number url="/voice/screen">+4791234589</Number></Dial>"#,
//!         r#"</Response>"#,
//!     ),
//! );
//! # Ok::<(), phone::InvalidNumber>(())
//! ```
//!
//! # What does not compile
//!
//! Twilio drops what is nested wrongly and never reaches what follows a verb that hands the call on.
//! Here such documents are not expressible.
//!
//! A prompt is made of words, sounds and silence. It has no `dial`, `gather` or `redirect`:
//!
//! ```
//! # use twilio::twiml::*;
//! Response::new().gather(Gather::keys(1).action("/a"), |prompt| prompt.play("/hold.mp3"));
//! ```
//! ```compile_fail,E0599
//! # use twilio::twiml::*;
//! Response::new().gather(Gather::keys(1).action("/a"), |prompt| prompt.redirect("/hold.mp3"));
//! ```
//!
//! Nothing follows a hang-up or a redirect, nor a dial with an action:
//!
//! ```
//! # use twilio::twiml::*;
//! Response::new().pause(1).hangup();
//! Response::new().pause(1).redirect("/next");
//! # let number: phone::PhoneNumber = "+4791234589".parse().unwrap();
//! Response::new().dial(Dial::to(&number)).pause(1);
//! Response::new().dial(Dial::to(&number).action("/next")).into_xml();
//! ```
//! ```compile_fail,E0599
//! # use twilio::twiml::*;
//! Response::new().hangup().pause(1);
//! ```
//! ```compile_fail,E0599
//! # use twilio::twiml::*;
//! Response::new().redirect("/next").pause(1);
//! ```
//! ```compile_fail,E0599
//! # use twilio::twiml::*;
//! # let number: phone::PhoneNumber = "+4791234589".parse().unwrap();
//! Response::new().dial(Dial::to(&number).action("/next")).pause(1);
//! ```
//!
//! A rejection is a document of its own: after any other verb the call would be answered and billed.
//!
//! ```
//! # use twilio::twiml::*;
//! Response::reject(RejectReason::Busy).into_xml();
//! ```
//! ```compile_fail,E0599
//! # use twilio::twiml::*;
//! Response::new().pause(1).reject(RejectReason::Busy);
//! ```
//!
//! `<Gather>` and `<Record>` name their action, which by default is the current document, that is, a
//! loop:
//!
//! ```
//! # use twilio::twiml::*;
//! Response::new().record(Record::new().max_length(120).action("/recorded"));
//! ```
//! ```compile_fail,E0308
//! # use twilio::twiml::*;
//! Response::new().record(Record::new().max_length(120));
//! ```
//! ```compile_fail,E0308
//! # use twilio::twiml::*;
//! Response::new().gather(Gather::keys(1), |prompt| prompt.play("/hold.mp3"));
//! ```
//!
//! A number is dialled only if it parsed: a text is not one.
//!
//! ```compile_fail,E0277
//! # use twilio::twiml::*;
//! Response::new().dial(Dial::to("+266696687"));
//! ```
//!
//! # Limits
//!
//! Writing never fails. A text that is longer than one `<Say>` may hold is split where a voice would
//! pause; words that do not fit into the document are left out, so that the verbs which steer the call
//! still do. A character that XML cannot carry becomes a space.

mod action;
mod dial;
mod document;
mod escape;
mod event;
mod gather;
mod message;
mod method;
mod prompt;
mod record;
mod response;
mod ring_tone;
mod speech;
mod voice;

pub use action::{Action, NoAction};
pub use dial::{Dial, DialRecording, Next, Number};
pub use event::{LegEvent, RecordingEvent};
pub use gather::Gather;
pub use message::TextResponse;
pub use method::Method;
pub use prompt::Prompt;
pub use record::{Record, Trim};
pub use response::{RejectReason, Response, Twiml};
pub use ring_tone::RingTone;
pub use voice::Voice;
