//! How a simulator is set up.
use std::time::Duration;

use crate::{clock::Pace, saved::Saved, signature::Signing};

/// Settings of a simulator; `Options::at("2026-11-20T03:00:00Z")` gives the rest their defaults.
#[derive(Debug, Clone)]
pub struct Options {
    /// Virtual time at the start, since 1970.
    pub at: Duration,
    /// Identifiers and tokens are made from it.
    pub seed: u64,
    /// What the accounts of an earlier simulator had; none: a new account that has nothing.
    pub saved: Option<Saved>,
    /// Port of the REST and control server on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// What drives the clock.
    pub pace: Pace,
    /// True (default): what Twilio would only warn of fails [`crate::Sim::assert_clean`].
    pub strict: bool,
    /// Behaviour that Twilio does not document.
    pub variants: Variants,
    /// How webhooks are signed.
    pub signing: Signing,
    /// True: webhooks of one instant go out together, as in life. False (default): one after the
    /// other, so that runs repeat exactly. Without meaning unless the clock is driven.
    pub concurrent_webhooks: bool,
    /// Configured origins and the loopback origins where they are really served, for instance
    /// `("https://hotline.example.org", "http://127.0.0.1:3000")`. Signatures are over the former.
    pub reach: Vec<(String, String)>,
    /// Added to every voice webhook: new parameters appear without notice.
    pub extra_parameters: Vec<(String, String)>,
    /// Real time after which a webhook counts as timed out.
    pub real_timeout: Duration,
}

impl Options {
    /// Starts at an instant in RFC 3339. One that cannot be read is 1970.
    pub fn at(instant: &str) -> Self {
        let at = instant.parse::<jiff::Timestamp>().unwrap_or_default();
        Self::at_unix(u64::try_from(at.as_second()).unwrap_or_default())
    }

    /// Starts at so many seconds since 1970.
    pub fn at_unix(seconds: u64) -> Self {
        Self {
            at: Duration::from_secs(seconds),
            seed: 1,
            saved: None,
            port: 0,
            pace: Pace::Driven,
            strict: true,
            variants: Variants::default(),
            signing: Signing::AuthToken,
            concurrent_webhooks: false,
            reach: Vec::new(),
            extra_parameters: vec![("UnheardOfParameter".to_owned(), String::new())],
            real_timeout: Duration::from_secs(15),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::at("2026-11-20T03:00:00Z")
    }
}

/// Behaviour of Twilio that its documentation leaves open. A product must be right under all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Variants {
    /// `DialCallStatus` when the document of `<Number url>` hung up on the person who answered.
    pub screened_out: ScreenedOut,
    /// Whether a Dial's action is requested after the caller has hung up.
    pub action_after_hangup: ActionAfterHangup,
    /// When the other phones of a parallel Dial stop ringing.
    pub others_cancelled: OthersCancelled,
    /// Whether `recordingStatusCallback` precedes or follows the Record's action.
    pub recording_callback: RecordingCallback,
    /// What becomes of a recording in which nobody spoke.
    pub silent_recording: SilentRecording,
    /// Which statuses of a text its status callback hears of.
    pub receipts: Receipts,
    /// Whether the webhook of a text such as STOP says that Twilio has understood it.
    pub opt_out_type: OptOutType,
    /// What `record-from-answer` of a Dial takes for the answer, if the one who picks up is screened.
    pub dial_recording: DialRecording,
}

impl Variants {
    /// Every combination of the three questions about Dial; those about recordings alternate with them.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for screened_out in [ScreenedOut::Completed, ScreenedOut::NoAnswer] {
            for action_after_hangup in [ActionAfterHangup::Requested, ActionAfterHangup::Omitted] {
                for others_cancelled in [OthersCancelled::AtPickup, OthersCancelled::AfterScreening] {
                    let odd = all.len() % 2 == 1;
                    let recording_callback =
                        if odd { RecordingCallback::AfterAction } else { RecordingCallback::BeforeAction };
                    let silent_recording =
                        if all.len() % 4 < 2 { SilentRecording::Saved } else { SilentRecording::NoRequest };
                    let dial_recording = if (all.len() + all.len() / 4) % 2 == 0 {
                        DialRecording::FromPickup
                    } else {
                        DialRecording::FromBridge
                    };
                    let receipts = if odd { Receipts::Every } else { Receipts::Settled };
                    let opt_out_type = if all.len() % 4 < 2 { OptOutType::Told } else { OptOutType::Untold };
                    all.push(Self {
                        screened_out,
                        action_after_hangup,
                        others_cancelled,
                        recording_callback,
                        silent_recording,
                        dial_recording,
                        receipts,
                        opt_out_type,
                    });
                }
            }
        }
        all
    }
}

/// See [`Variants::receipts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Receipts {
    /// Of sent, delivered, undelivered and failed.
    #[default]
    Settled,
    /// Of queued and sending, too.
    Every,
}

/// See [`Variants::opt_out_type`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OptOutType {
    /// By the parameter `OptOutType`, as with a messaging service that has advanced opt-out.
    #[default]
    Told,
    /// By nothing but the text itself.
    Untold,
}

/// See [`Variants::screened_out`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScreenedOut {
    /// The leg was answered, so it is `completed`.
    #[default]
    Completed,
    /// Nobody was bridged, so it is `no-answer`.
    NoAnswer,
}

/// See [`Variants::action_after_hangup`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActionAfterHangup {
    /// The action is requested; its document is not executed.
    #[default]
    Requested,
    /// No request.
    Omitted,
}

/// See [`Variants::others_cancelled`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OthersCancelled {
    /// As soon as one is picked up.
    #[default]
    AtPickup,
    /// When one has come through its screening.
    AfterScreening,
}

/// See [`Variants::recording_callback`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordingCallback {
    /// The callback is first.
    BeforeAction,
    /// The action is first; the callback comes seconds later.
    #[default]
    AfterAction,
}

/// See [`Variants::dial_recording`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DialRecording {
    /// Somebody or something has picked up: the screening is recorded too, even if it comes to nothing.
    #[default]
    FromPickup,
    /// The two are joined.
    FromBridge,
}

/// See [`Variants::silent_recording`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SilentRecording {
    /// It is kept and the action is requested.
    #[default]
    Saved,
    /// It is dropped and the call goes on behind the Record.
    NoRequest,
}
