//! A new incident: its id, its number, and what it keeps of the configuration.

use oncall::{
    IncidentId,
    incident::{Opening, Reason, Stepped, open},
};
use ring::rand::{SecureRandom as _, SystemRandom};
use store::Around;

use crate::{app::App, intake::About, message::NotTaken};

/// Letters and digits that are not taken for one another; one for each five bits.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// How many of them: 80 bits, so that nobody guesses one that stands in a URL.
const LENGTH: usize = 16;

impl App {
    /// An incident as it begins. Nothing is saved but that its number is given.
    pub(crate) async fn opened(&self, about: About<'_>, around: &Around, reason: Reason) -> Result<Stepped, NotTaken> {
        let opening = Opening {
            id: new_id()?,
            number: self.store().next_incident_number().await?,
            key: about.key.to_owned(),
            service: about.service.cloned(),
            snapshot: around.snapshot(),
            reason,
        };
        Ok(open(opening, self.now(), &around.surroundings()))
    }
}

fn new_id() -> Result<IncidentId, NotTaken> {
    let mut random = [0_u8; LENGTH];
    SystemRandom::new().fill(&mut random).map_err(|_| NotTaken::NoRandomness)?;
    let letters = random.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 31)));
    Ok(IncidentId::new(format!("in_{}", letters.map(|letter| char::from(*letter)).collect::<String>())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_safe_in_a_url_and_never_the_same() {
        let (one, other) = (new_id().unwrap(), new_id().unwrap());
        assert!(one != other && one.as_str().len() == 3 + LENGTH);
        assert!(one.as_str().chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
    }
}
