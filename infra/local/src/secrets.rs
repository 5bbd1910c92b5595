//! The secrets of the template, as CloudFormation would make them, made here once and kept.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::Value;

use crate::private_file;
use crate::template::{Generated, Secret, SecretText};

/// The file of secrets cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// It cannot be read.
    #[error("the file of secrets {path} cannot be read")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not what this program wrote.
    #[error("the file of secrets {path} is damaged; remove it, and new secrets are made at the next start")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be written.
    #[error("the file of secrets {path} cannot be written")]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The operating system has no randomness.
    #[error("no random bytes to make a secret of")]
    NoRandomness,
    /// The template's `SecretStringTemplate` is not a JSON object.
    #[error("template.yaml: {resource}.GenerateSecretString.SecretStringTemplate is no JSON object")]
    Template {
        /// The secret's logical name.
        resource: String,
    },
}

/// The text of each secret by its name: those in `file`, and the first text of each that is not there yet. The file can
/// be read by its owner alone.
///
/// # Errors
/// See [`SecretsError`].
pub fn kept(file: &Path, wanted: &[Secret]) -> Result<BTreeMap<String, String>, SecretsError> {
    let mut secrets = read(file)?;
    let known = secrets.len();
    for secret in wanted {
        if !secrets.contains_key(&secret.name) {
            let text = match &secret.text {
                SecretText::Generated(how) => generate(&secret.resource, how)?,
                SecretText::Written(text) => text.clone(),
            };
            secrets.insert(secret.name.clone(), text);
        }
    }
    if secrets.len() > known {
        let unwritable = |source| SecretsError::Unwritable { path: file.to_owned(), source };
        write(file, &secrets).map_err(unwritable)?;
    }
    Ok(secrets)
}

/// The first administrator's token, if it was made already.
///
/// # Errors
/// See [`SecretsError`].
pub fn admin_token(file: &Path) -> Result<Option<String>, SecretsError> {
    Ok(read(file)?.remove("AdminToken"))
}

fn read(file: &Path) -> Result<BTreeMap<String, String>, SecretsError> {
    match fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| SecretsError::Damaged { path: file.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(source) => Err(SecretsError::Unreadable { path: file.to_owned(), source }),
    }
}

/// Keeps these.
pub(crate) fn write(file: &Path, secrets: &BTreeMap<String, String>) -> io::Result<()> {
    private_file::replace(file, &serde_json::to_vec_pretty(secrets)?)
}

fn generate(resource: &str, how: &Generated) -> Result<String, SecretsError> {
    let characters = random_characters(how.length)?;
    let Some((text, member)) = &how.within else {
        return Ok(characters);
    };
    match serde_json::from_str(text) {
        Ok(Value::Object(mut object)) => {
            object.insert(member.clone(), Value::String(characters));
            Ok(Value::Object(object).to_string())
        }
        _ => Err(SecretsError::Template { resource: resource.to_owned() }),
    }
}

/// Letters and digits: safe in a header, a URL and a shell. 64 of them would divide a byte evenly;
/// with 62 the bytes above 247 are thrown away.
pub(crate) fn random_characters(length: usize) -> Result<String, SecretsError> {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let random = SystemRandom::new();
    let mut out = String::with_capacity(length);
    while out.len() < length {
        let mut bytes = [0; 64];
        random.fill(&mut bytes).map_err(|_| SecretsError::NoRandomness)?;
        let even = bytes.iter().filter(|byte| **byte < 248).take(length - out.len());
        out.extend(even.map(|byte| char::from(ALPHABET[usize::from(byte % 62)])));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(name: &str, within: Option<(&str, &str)>) -> Secret {
        let within = within.map(|(text, key)| (text.to_owned(), key.to_owned()));
        let text = SecretText::Generated(Generated { length: 40, within });
        Secret { resource: "Its".into(), name: name.into(), text }
    }

    #[test]
    fn secrets_survive_and_new_ones_join_them() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("secrets.json");
        let first = kept(&file, &[secret("a", None)]).unwrap();
        let again = kept(&file, &[secret("a", None), secret("b", Some(("{\"x\":1}", "k")))]).unwrap();
        assert_eq!(first["a"], again["a"]);
        assert!(first["a"].len() == 40 && first["a"].bytes().all(|b| b.is_ascii_alphanumeric()));
        let b: Value = serde_json::from_str(&again["b"]).unwrap();
        assert_eq!((&b["x"], b["k"].as_str().unwrap().len()), (&Value::from(1), 40));
    }

    #[test]
    fn what_the_template_says_counts_until_it_is_changed() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("secrets.json");
        let nobody =
            Secret { resource: "Its".into(), name: "twilio".into(), text: SecretText::Written("{}".to_owned()) };
        let mut secrets = kept(&file, std::slice::from_ref(&nobody)).unwrap();
        assert_eq!(secrets["twilio"], "{}");
        secrets.insert("twilio".to_owned(), "changed".to_owned());
        write(&file, &secrets).unwrap();
        assert_eq!(kept(&file, &[nobody]).unwrap(), secrets);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("secrets.json");
        kept(&file, &[secret("a", None)]).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_file_is_named_and_kept() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("secrets.json");
        fs::write(&file, "{\"a\": ").unwrap();
        let error = kept(&file, &[secret("a", None)]).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "the file of secrets {} is damaged; remove it, and new secrets are made at the next start",
                file.display()
            )
        );
        assert_eq!(fs::read(&file).unwrap(), b"{\"a\": ");
    }

    #[test]
    fn every_character_comes_up() {
        let text = random_characters(10_000).unwrap();
        let mut seen: Vec<_> = text.bytes().collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!((text.len(), seen.len()), (10_000, 62));
    }
}
