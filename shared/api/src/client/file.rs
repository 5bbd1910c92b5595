//! The organisation as a file, as somebody has written it: what is left out of it means something.

use http::Method;

use super::{BuiltOn, Client, Result};
use crate::{Applied, ApplyQuery};

/// How the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// As JSON.
    Json,
    /// As YAML.
    Yaml,
}

impl FileForm {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Yaml => "application/yaml",
        }
    }
}

/// The organisation as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationFile {
    /// What stands in it.
    pub text: String,
    /// The organisation's revision, if the answer says it.
    pub revision: Option<u64>,
}

/// The organisation as a file.
impl Client {
    /// The file.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn configuration_file(&self, form: FileForm) -> Result<ConfigurationFile> {
        let asking = self.ask(Method::GET, &["configuration"]).accepting(form.media_type());
        let (text, revision) = asking.written().await?;
        Ok(ConfigurationFile { text, revision })
    }

    /// Applies a file to the organisation of a revision, or tells what that would change. If there is another revision by
    /// now, the answer is a problem of status 412 that names it.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn apply_file(
        &self,
        text: &str,
        form: FileForm,
        query: &ApplyQuery,
        built_on: BuiltOn,
    ) -> Result<Applied> {
        let asking = self.ask(Method::PUT, &["configuration"]).query(query)?.built_on(built_on);
        asking.text(text, form.media_type()).json().await
    }
}
