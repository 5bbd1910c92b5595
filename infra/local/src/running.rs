//! The note that a running stack leaves in its data directory, so that the other commands find it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Where a running stack can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The process.
    pub pid: u32,
    /// The webhooks: what the template routes and nothing else.
    pub webhooks: String,
    /// For the commands of this program.
    pub control: String,
    /// What everybody can read on S3: the documents for when the voice function is gone.
    pub documents: String,
    /// DynamoDB.
    pub dynamodb: String,
    /// Twilio's REST API; none if the stack serves a real account.
    pub twilio: Option<String>,
}

/// The note could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be written")]
pub struct NotNoted {
    path: PathBuf,
    source: io::Error,
}

impl Running {
    /// Writes the note.
    ///
    /// # Errors
    /// [`NotNoted`].
    pub fn note(&self, file: &Path) -> Result<(), NotNoted> {
        let written = serde_json::to_vec_pretty(self).map_err(io::Error::from).and_then(|json| fs::write(file, json));
        written.map_err(|source| NotNoted { path: file.to_owned(), source })
    }

    /// Takes the note away; one that is gone already does no harm.
    pub fn forget(file: &Path) {
        let _gone: io::Result<()> = fs::remove_file(file);
    }

    /// The stack that left the note, if it is still there. A note whose process was killed stays
    /// behind, and its port may be somebody else's by now: it is asked for its process id.
    pub async fn find(file: &Path, http: &reqwest::Client) -> Option<Self> {
        let note: Self = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
        let request = http.get(format!("{}/health", note.control)).timeout(Duration::from_secs(1));
        let said = request.send().await.ok()?.text().await.ok()?;
        (said == note.health()).then_some(note)
    }

    /// What the health address of this stack says.
    #[must_use]
    pub fn health(&self) -> String {
        health(self.pid)
    }
}

/// What the health address of a stack says.
#[must_use]
pub fn health(pid: u32) -> String {
    format!("dutyline {pid}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::routing::get;

    async fn check(says: &'static str, found: bool) {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let control = format!("http://{}", listener.local_addr().unwrap());
        let server = Router::new().route("/health", get(async move || says));
        let server = tokio::spawn(async move { axum::serve(listener, server).await });
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("running.json");
        let note = Running {
            pid: 4711,
            webhooks: "http://127.0.0.1:4000".to_owned(),
            control,
            documents: "http://127.0.0.1:4002".to_owned(),
            dynamodb: "http://127.0.0.1:4001".to_owned(),
            twilio: None,
        };
        note.note(&file).unwrap();
        let http = reqwest::Client::new();
        assert_eq!(Running::find(&file, &http).await, found.then_some(note));
        server.abort();
        Running::forget(&file);
        assert_eq!(Running::find(&file, &http).await, None);
    }

    #[tokio::test]
    async fn a_stack_is_known_by_its_process() {
        check("dutyline 4711\n", true).await;
        check("dutyline 4712\n", false).await;
        check("somebody else", false).await;
    }
}
