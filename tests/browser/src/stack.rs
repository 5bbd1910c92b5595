//! The program that is tried, on data of its own.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use api::client::Client;
use serde_json::Value;
use tempfile::TempDir;
use tokio::time::sleep;

/// A program that runs; it ends with this.
pub(crate) struct Stack {
    process: Child,
    program: PathBuf,
    data: TempDir,
    /// Where its pages are.
    pub(crate) url: String,
    /// The first administrator's token.
    pub(crate) token: String,
    /// What the pretend Twilio's account is connected with.
    pub(crate) twilio: Value,
}

impl Stack {
    /// Starts it: a story that begins with nothing says so by its name.
    pub(crate) async fn start(dutyline: &Path, story: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut command = Command::new(dutyline);
        command.arg("--data").arg(data.path()).args(["--port", "0"]).stdout(Stdio::null());
        if story.contains("from nothing") {
            command.arg("--empty");
        }
        let process = command.spawn().unwrap();
        let running = data.path().join("running.json");
        for _ in 0..600 {
            if running.exists() {
                break;
            }
            sleep(Duration::from_millis(100)).await;
        }
        let read = |name: &str| -> Value {
            let path = data.path().join(name);
            serde_json::from_slice(&std::fs::read(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"))).unwrap()
        };
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let url = text(&read("running.json")["webhooks"]);
        let token = text(&read("secrets.json")["AdminToken"]);
        let twilio = read("twilio.json");
        Self { process, program: dutyline.to_owned(), data, url, token, twilio }
    }

    /// The admin API.
    pub(crate) fn api(&self) -> Client {
        Client::new(reqwest::Client::new(), self.url.as_str(), self.token.clone().into())
    }

    /// What a command of the program says, asked of the one that runs.
    pub(crate) fn said(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(&self.program);
        let output = command.arg("--data").arg(self.data.path()).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _reaped = self.process.wait();
    }
}
