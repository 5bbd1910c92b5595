//! The code comes back.

use api::{Person, Stored};
use store::{Patience, SaveError, SentCode, Verification};

use super::{
    Owner,
    code::{Code, MOST_TRIES},
};
use crate::{
    app::App,
    caller::{Caller, Operator},
    failure::{Cause, Failure},
    objects::{prompts, saved_object, stored},
    secret::Digest,
};

impl App {
    /// Verifies a phone, if the code is the one that was sent to it.
    pub(super) async fn confirm(
        &self,
        caller: &Caller<Operator>,
        person: &str,
        phone: &str,
        code: &Code,
    ) -> Result<Stored<Person>, Failure> {
        let owner = self.owner(person, phone).await?;
        let counted = match self.count_try(&owner).await? {
            Some(counted) => counted,
            // an answer that was lost is asked for again
            None if owner.is_verified() => return Ok(stored(owner.stored)),
            None => return Err(no_code("None was sent to this phone, or it has been used. Send one.")),
        };
        if !counted.code.as_ref().is_some_and(|sent| is_right(sent, &owner, code)) {
            let left = MOST_TRIES - counted.code.as_ref().map_or(MOST_TRIES, |sent| sent.tries);
            let message = match left {
                0 => "is wrong, and was the last try: send a new code".to_owned(),
                1 => "is wrong; 1 try is left".to_owned(),
                left => format!("is wrong; {left} tries are left"),
            };
            return Err(Failure::field("code", message));
        }
        self.save_verified(caller, owner, phone, counted).await
    }

    /// Counts a try before it is compared, so that many at once have no more of them. None if there is no code for it.
    async fn count_try(&self, owner: &Owner) -> Result<Option<Verification>, Failure> {
        let mut patience = Patience::default();
        loop {
            let mut kept = self.store.verification(&owner.number).await?;
            let Some(sent) = kept.code.as_mut().filter(|sent| sent.person == owner.stored.value.id) else {
                return Ok(None);
            };
            if sent.expires_at <= self.clock.now() {
                return Err(no_code("It counted for ten minutes, which are over. Send another."));
            }
            if sent.tries >= MOST_TRIES {
                return Err(no_code("It was tried five times. Send another."));
            }
            sent.tries += 1;
            if let Some(counted) = self.store.save_verification(kept).await? {
                return Ok(Some(counted));
            }
            if !patience.waits().await {
                return Err(SaveError::Busy.into());
            }
        }
    }

    /// Saves the person as they are now. Whoever changed the phone's number meanwhile has changed its id, too.
    async fn save_verified(
        &self,
        caller: &Caller<Operator>,
        mut owner: Owner,
        phone: &str,
        mut used: Verification,
    ) -> Result<Stored<Person>, Failure> {
        let prompts = prompts();
        let mut patience = Patience::default();
        loop {
            let store::Stored { value: mut person, version, .. } = owner.stored;
            person
                .phones
                .iter_mut()
                .filter(|known| known.number == owner.number)
                .for_each(|known| known.verified = true);
            let context = self.context(caller, &prompts);
            match self.store.verify_phone(&person, version, &used, &context).await {
                Ok(saved) => return Ok(saved_object(person, saved, false).stored),
                Err(SaveError::Stale { .. } | SaveError::Overtaken) if !patience.waits().await => {
                    return Err(SaveError::Busy.into());
                }
                Err(SaveError::Stale { .. }) => owner = self.owner(person.id.as_str(), phone).await?,
                Err(SaveError::Overtaken) => {
                    owner = self.owner(person.id.as_str(), phone).await?;
                    if owner.is_verified() {
                        return Ok(stored(owner.stored));
                    }
                    // somebody else may have tried the same code: that ours is right is known already
                    let now = self.store.verification(&owner.number).await?;
                    let hash = |kept: &Verification| kept.code.as_ref().map(|sent| sent.hash.clone());
                    if hash(&now).is_none() || hash(&now) != hash(&used) {
                        return Err(no_code("Another one was sent at the same time."));
                    }
                    used = now;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn is_right(sent: &SentCode, owner: &Owner, code: &Code) -> bool {
    code.hash(&sent.salt, &owner.stored.value.id, &owner.number).is(&Digest::of_hex(&sent.hash))
}

fn no_code(detail: &str) -> Failure {
    Failure::from(Cause::NoCode).detail(detail)
}
