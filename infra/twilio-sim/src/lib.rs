//! A strict pretend Twilio, and the phones of the people around it.
//!
//! It takes the place of Twilio for a product that answers voice webhooks: it places calls, executes
//! the product's TwiML, rings people who behave as they were told, signs and sends webhooks, answers
//! REST requests, and writes down everything. It shares no code with the product, so that one wrong
//! belief cannot hide in both.
//!
//! * **Strict.** What Twilio would only warn of (an unknown verb or attribute, a bad value, an unknown
//!   parameter) fails [`Sim::assert_clean`].
//! * **Virtual time.** Driven by a test, the clock stands still until the test waits for something,
//!   and then jumps from event to event; two runs are equal to the last identifier. On a laptop it
//!   follows the wall at any speed.
//! * **Both answers.** Where Twilio's documentation is silent, [`Variants`] chooses.
//!
//! ```no_run
//! use twilio_sim::{Number, Options, Sim};
//! # async fn scenario(base: &str) {
//! let sim = Sim::start(Options::at("2026-11-20T03:00:00Z")).await;
//! sim.own(Number::new("+4721000000").voice_url(format!("{base}/voice/incoming")));
//! sim.phone("+4791000001").answers_after(4).presses("1").talks_for(60);
//! let mut call = sim.dial("+4790000009", "+4721000000").await;
//! call.hears("Press 1 for payments").await;
//! call.presses("1").await;
//! call.rings("+4791000001").await;
//! call.is_connected_to("+4791000001").await;
//! call.hangs_up().await;
//! call.ends().await;
//! sim.assert_clean();
//! # }
//! ```
mod account;
mod act;
mod address;
mod alert;
mod bundle;
mod call;
mod catalogue;
mod clock;
mod engine;
mod estate;
mod executor;
mod fail;
mod fault;
mod fetch;
mod form;
mod instant;
mod inventory;
mod journal;
mod ledger;
mod leg;
mod media;
mod message;
mod money;
mod number;
mod opt_out;
mod options;
mod parameters;
mod person;
mod phone;
mod recording;
mod rest;
mod saved;
mod segments;
mod send;
mod signature;
mod sim;
mod socket;
mod sound;
mod transcript;
mod twiml;
mod wire;
mod world;

pub use crate::{
    account::{AccountKind, Credentials},
    alert::Alert,
    bundle::BundleStatus,
    call::Call,
    catalogue::{AddressRequirement, NumberKind, Terms},
    clock::{Clock, Pace},
    fault::{Fault, Mishap},
    form::{Params, decode as decode_form, encode as encode_form},
    inventory::Offer,
    journal::{Exchange, Purpose},
    ledger::{Charge, Item},
    leg::CallStatus,
    media::Attachment,
    message::{MessageStatus, Text, Texting},
    money::Money,
    number::Number,
    options::{
        ActionAfterHangup, DialRecording, OptOutType, Options, OthersCancelled, Receipts, RecordingCallback,
        ScreenedOut, SilentRecording, Variants,
    },
    phone::Phone,
    saved::Saved,
    signature::Signing,
    sim::{Sim, StartError},
    transcript::{Event, Line, render},
};
