//! Twilio's REST API, as far as an organisation needs it to buy numbers, to call and to text.
//!
//! ```no_run
//! use twilio::rest::{Client, Credentials, Hosts, NumberSettings, Purchase};
//! # async fn buy(account: twilio::AccountSid, token: secrecy::SecretString, number: phone::PhoneNumber) {
//! let client = Client::new(Credentials::auth_token(account, token), Hosts::default());
//! let settings = NumberSettings { friendly_name: Some("intent 7f3k2m9q".to_owned()), ..NumberSettings::default() };
//! match client.purchase_number(&Purchase { number, settings }).await {
//!     Ok(owned) => println!("{} is ours", owned.sid),
//!     Err(error) if error.was_not_processed() => println!("not bought: {error}"),
//!     Err(_) => println!("perhaps bought: look for its friendly name before trying again"),
//! }
//! # }
//! ```
//!
//! [`Error`] keeps apart what has certainly not happened and what may have. Only the former is ever repeated by the
//! client itself ([`Repeats`]); what may have happened is for the caller to look up: numbers by
//! [`Client::owned_numbers`], texts by [`Client::messages`], calls by [`Client::calls`].
//!
//! Telephone numbers travel in bodies, and where Twilio wants them as a filter in the query; no URL is ever in an
//! error.
//!
//! Names of parameters and shapes of answers: Twilio's OpenAPI description 2.6.7. What is read of an answer is what is
//! needed, as leniently as it goes.

mod account;
mod addresses;
mod answer;
mod byte_range;
mod calls;
mod client;
mod codes;
mod credentials;
mod decimal;
mod error;
mod files;
mod hosts;
mod messages;
mod money;
mod number_kind;
mod number_settings;
mod numbers;
mod on_sale;
mod pages;
mod parameters;
mod prices;
mod read;
mod regulation;
mod repeats;
mod request;
mod verdict;
mod wire;
mod words;

pub use account::{Account, AccountKind, AccountStatus};
pub use addresses::{Address, NewAddress};
pub use byte_range::{ByteRange, InvalidRange};
pub use calls::{CallChange, CallFilter, MachineDetection, NewCall, PlacedCall, Script};
pub use client::{Client, Timeouts};
pub use codes::{CountryCode, Currency, InvalidCode};
pub use credentials::Credentials;
pub use decimal::{Decimal, InvalidDecimal};
pub use error::{Cause, Error, Refusal, Uncertainty};
pub use files::{File, FilePart, MediaName};
pub use hosts::{Hosts, InvalidHost, Product};
pub use messages::{Message, MessageFilter, MessageStatus, NewMessage};
pub use money::{InvalidMoney, Money};
pub use number_kind::{Capabilities, NumberKind, UnknownKind};
pub use number_settings::{NumberSettings, Setting, Webhook};
pub use numbers::{NumberFilter, OwnedNumber, Purchase};
pub use on_sale::{AddressRequirements, AvailableNumber, Country, Search};
pub use pages::Pages;
pub use prices::{NumberPrice, NumberPrices};
pub use regulation::{Bundle, BundleFilter, BundleStatus, EndUser, Regulation, RegulationFilter};
pub use repeats::Repeats;
pub use verdict::{Backoff, Verdict};
pub use words::meaning;
