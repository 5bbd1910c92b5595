//! The program that is tried, on data of its own.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;
use tokio::time::sleep;

/// A program that runs; it ends with this.
pub(crate) struct Stack {
    process: Child,
    dutyline: PathBuf,
    data: TempDir,
    /// Where its pages are.
    pub(crate) url: String,
    /// The first administrator's token.
    pub(crate) token: String,
}

impl Stack {
    /// Starts it, with the small organisation to begin with or with nothing.
    pub(crate) async fn start(dutyline: &Path, is_empty: bool) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut command = Command::new(dutyline);
        command.arg("--data").arg(data.path()).args(["--port", "0"]).stdout(Stdio::null());
        if is_empty {
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
        Self { process, dutyline: dutyline.to_owned(), data, url, token }
    }

    /// What the pretend Twilio calls its account, and its secrets: SID, auth token, SID of the API key and its secret.
    pub(crate) fn twilio_account(&self) -> [String; 4] {
        let kept: Value =
            serde_json::from_slice(&std::fs::read(self.data.path().join("twilio.json")).unwrap()).unwrap();
        let account = &kept["account"];
        [&account["sid"], &account["primary"], &account["key"][0], &account["key"][1]]
            .map(|value| value.as_str().unwrap().to_owned())
    }

    /// What the program itself says to a command.
    pub(crate) fn says(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(&self.dutyline);
        let output = command.arg("--data").arg(self.data.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _reaped = self.process.wait();
    }
}
