//! Proving that a phone is its owner's: a code is sent to it, and whoever has it tells the code.
//!
//! 1. `code`: six random digits, of which a hash is kept, and how often a phone may be asked.
//! 2. `sender`: the line that sends it.
//! 3. `delivery`: a text or a call, once. What Twilio may have carried out is never repeated by us.
//! 4. `confirmation`: each try is counted before it is compared; the right code saves the person.

mod code;
mod confirmation;
mod delivery;
mod sender;

pub(crate) use sender::can_send;

use api::{Confirmation, NewVerification, Person, Verification, VerificationOutcome};
use axum::extract::State;
use phone::PhoneNumber;
use store::{SentCode, Stored};

use crate::{
    answer::{Changed, Shown},
    app::App,
    argument::{Body, Two},
    caller::{Caller, Operator},
    endpoint::{Endpoint, post},
    failure::{Cause, Failure},
    people::phone_id,
};
use code::{Code, expiry, wait};
use delivery::Delivery;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        post("/people/{id}/phones/{phone}/verification", start)
            .says(
                "Sends a code to a phone",
                "By text, or spoken on a call, from a line that may send it. The code counts for ten minutes and takes \
                 the place of the one before it. A phone gets one a minute at most, and five an hour. If `outcome` is \
                 `unknown`, the code may have arrived.",
            )
            .refuses(&[Cause::AlreadyVerified, Cause::NoSender, Cause::TooOften])
            .refuses(&[Cause::TwilioRefused, Cause::TwilioUnreachable, Cause::CredentialsRefused]),
        post("/people/{id}/phones/{phone}/verification/confirm", confirm)
            .says(
                "Verifies a phone",
                "By the code that was sent to it, which can be tried five times. The phone can be rung from then on.",
            )
            .refuses(&[Cause::NoCode]),
    ]
}

async fn start(
    _: Caller<Operator>,
    State(app): State<App>,
    Two(person, phone): Two,
    Body(wanted): Body<NewVerification>,
) -> Result<Shown<Verification>, Failure> {
    let owner = app.owner(&person, &phone).await?;
    if owner.is_verified() {
        return Err(Cause::AlreadyVerified.into());
    }
    let mut before = app.store.verification(&owner.number).await?;
    let now = app.clock.now();
    if let Some(wait) = wait(&before.sent, now) {
        let seconds = wait.as_secs().unsigned_abs() + u64::from(wait.subsec_nanos() > 0);
        let detail =
            format!("A phone gets one code a minute at most, and five an hour. The next one: in {seconds} seconds.");
        return Err(Failure::from(Cause::TooOften).detail(detail).retry_after(seconds));
    }
    let sender = app.sender(wanted.channel, &owner.number).await?;
    let (code, salt) = (Code::random()?, crate::secret::random_letters(16)?);
    let expires_at = expiry(now);
    let hash = code.hash(&salt, &owner.stored.value.id, &owner.number).hex();
    before.sent.retain(|at| code::counts(*at, now));
    let mut reserved = store::Verification { useful_until: code::use_until(now), ..before.clone() };
    reserved.sent.push(now);
    let id = owner.stored.value.id.clone();
    reserved.code = Some(SentCode { person: id, salt, hash, expires_at, tries: 0 });
    // written before Twilio is asked, so that whatever happens then counts as sent
    let Some(reserved) = app.store.save_verification(reserved).await? else {
        return Err(Failure::from(Cause::Pending).detail("Another code is being sent to it."));
    };
    let delivery = Delivery { sender: &sender, to: &owner.stored.value, number: &owner.number, code: &code };
    let outcome = match delivery.by(wanted.channel).await {
        Ok(()) => VerificationOutcome::Sent,
        Err(error) if error.may_have_happened() => {
            tracing::warn!(%error, "it is not known whether a code was sent");
            VerificationOutcome::Unknown
        }
        Err(error) => {
            // certainly not sent: it does not count against the phone, and the code before it still does
            let back = store::Verification { sent: before.sent, code: before.code, ..reserved };
            if let Err(error) = app.store.save_verification(back).await {
                tracing::warn!(%error, "a code that was not sent counts as sent");
            }
            return Err(delivery::refused(error));
        }
    };
    let line = sender.line.id.to_string();
    tracing::info!(person = owner.stored.value.id.as_str(), line, ?outcome, "a code was sent to a phone");
    Ok(Shown(Verification { channel: wanted.channel, line, outcome, expires_at }))
}

async fn confirm(
    caller: Caller<Operator>,
    State(app): State<App>,
    Two(person, phone): Two,
    Body(wanted): Body<Confirmation>,
) -> Result<Changed<Person>, Failure> {
    let code = Code::read(&wanted.code).ok_or_else(|| Failure::field("code", "must be six digits"))?;
    app.confirm(&caller, &person, &phone, &code).await.map(Changed)
}

/// A person and the one of their phones that it is about.
struct Owner {
    stored: Stored<oncall::Person>,
    number: PhoneNumber,
}

impl Owner {
    fn is_verified(&self) -> bool {
        self.stored.value.phones.iter().any(|phone| phone.number == self.number && phone.verified)
    }
}

impl App {
    /// The person as they are now. A phone whose number was changed has another id, so that it is not found.
    async fn owner(&self, person: &str, phone: &str) -> Result<Owner, Failure> {
        let stored = self.store.find::<oncall::Person>(person).await?.ok_or(Cause::NotFound)?;
        let mut phones = stored.value.phones.iter();
        let found = phones.find(|known| phone_id(&stored.value.id, &known.number) == phone);
        let none = || Failure::from(Cause::NotFound).detail("the person has no phone with this id, or not any more");
        let number = found.ok_or_else(none)?.number.clone();
        Ok(Owner { stored, number })
    }
}
