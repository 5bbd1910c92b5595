//! Request and response types of the admin API, and a typed client for it.
//!
//! One file for each resource. A type is written as the client sends it, and read in the same shape with what the
//! server adds ([`Stored`]): what was read can be changed and sent back. Members that the server does not know are
//! refused and named, so that a misspelt setting is not silently absent.
//!
//! Features: `openapi` describes every type for the OpenAPI document, each with an example; `client` brings a typed
//! [client](client::Client), with a method for each route.
//!
//! Telephone numbers show themselves masked in `Debug`, the secrets of tokens not at all.

mod address;
mod answer;
mod audit;
mod call;
mod calling;
#[cfg(feature = "client")]
pub mod client;
mod configuration;
mod conversation;
mod escalation_policy;
mod explanation;
mod feed;
mod holidays;
mod hours;
mod incident;
mod integration;
mod line;
mod market;
mod me;
mod money;
mod number;
mod on_call;
mod owned_number;
mod page;
mod person;
mod plan;
mod problem;
mod purchase;
mod readiness;
mod rehearsal;
mod resource;
mod routing_key;
mod schedule;
mod sending;
mod service;
mod spoken;
mod status;
mod step;
mod team;
mod token;
mod verification;

pub use address::{Address, Addresses, NewAddress, NewValidation};
pub use answer::{Notice, READ_ONLY, Stored};
pub use audit::{AuditEntry, AuditKind, AuditQuery};
pub use call::{
    AllCallsQuery, Attempt, AttemptResult, Call, CallQuery, Message, Outcome, Recording, Transcript, TranscriptState,
};
pub use calling::Calling;
pub use configuration::{Applied, ApplyQuery, Change, ChangeAction, ChangeOutcome, Configuration};
pub use conversation::{
    Attachment, Conversation, ConversationIncident, ConversationMessage, ConversationQuery, Delivery, Said, SaidQuery,
    Writer, WriterKind,
};
pub use escalation_policy::EscalationPolicy;
pub use explanation::{
    Closed, DestinationExplanation, ExplainQuery, Explanation, Question, Round, Rung, RungResult, SkippedShifts,
};
pub use feed::{CreatedFeed, Feed, NewFeed};
pub use holidays::{Holiday, HolidayCalendar};
pub use hours::{Day, Hours, Window};
pub use incident::{
    ActionAnswer, ActionOutcome, Actor, ActorKind, EventLink, Incident, IncidentAction, IncidentCall, IncidentDetails,
    IncidentEvent, IncidentKind, IncidentPage, IncidentQuery, IncidentSeverity, IncidentStatus, LogEntry, NewIncident,
    PageState, Via,
};
pub use integration::{
    DisconnectQuery, Disconnection, Integration, IntegrationChange, IntegrationState, NewIntegration, Rotation,
    StoppedLine,
};
pub use line::{CallerId, Destination, Line, Voicemail, Withheld};
pub use market::{AvailableNumber, Countries, Country, Market, MarketQuery, NumberKind};
pub use me::{How, Me};
pub use money::Money;
pub use number::{Number, NumberPattern};
pub use on_call::{
    AtQuery, LayerShifts, OnCall, OnCallNow, OnCallPerson, SchedulePreview, Shift, Timeline, WindowQuery,
};
pub use owned_number::{
    Adoption, Difference, Drift, NewAdoption, OwnedNumber, OwnedNumbers, Release, Released, Webhooks,
};
pub use page::{Page, PageQuery};
pub use person::{Channel, NotificationRule, NotificationRules, Person, Phone, PhoneState, Reachability};
pub use plan::NumberPlan;
pub use problem::{FieldError, Problem, Reference};
pub use purchase::{NewPurchase, Purchase, PurchaseState};
pub use readiness::{Gap, Readiness, ReadinessCode, ReadinessFinding, Severity};
pub use rehearsal::{
    Awaited, Happening, HungUpBy, KeyLeadsTo, Move, MoveKind, Named, Party, PhoneBehaviour, Rehearsal, RehearsalWait,
    Rehearsed, RehearsedCaller, RehearsedIncident, RehearsedPage, Scene, WhatAKeyDoes,
};
pub use resource::{Kind, Resource};
pub use routing_key::{CreatedRoutingKey, NewRoutingKey, RoutingKey};
pub use schedule::{Layer, Override, Overrides, Schedule};
pub use sending::{Sending, SpendState};
pub use service::{Mode, ModeChange, Service, ServiceMode};
pub use spoken::{NewSpoken, Spoken, SpokenSentence};
pub use status::{Counts, Status};
pub use step::{Order, Step, Target, TargetKind};
pub use team::Team;
pub use token::{CreatedToken, NewToken, Role, Token};
pub use verification::{Confirmation, NewVerification, Verification, VerificationOutcome};
