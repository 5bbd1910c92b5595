//! The program that is tried, on data of its own.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;
use tokio::time::sleep;

/// A program that runs; it ends with this.
pub(crate) struct Stack {
    process: Child,
    _data: TempDir,
    /// Where its pages are.
    pub(crate) url: String,
    /// The first administrator's token.
    pub(crate) token: String,
}

impl Stack {
    /// Starts it.
    pub(crate) async fn start(dutyline: &Path) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut command = Command::new(dutyline);
        command.arg("--data").arg(data.path()).args(["--port", "0"]).stdout(Stdio::null());
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
        Self { process, _data: data, url, token }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _reaped = self.process.wait();
    }
}
