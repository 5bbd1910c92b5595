//! The program itself, as somebody uses it: on free ports and a data directory of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod fallback;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

fn dutyline(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dutyline"));
    command.arg("--data").arg(data).args(arguments);
    command.env_remove("TWILIO_ACCOUNT_SID").env_remove("TWILIO_AUTH_TOKEN");
    command
}

fn output(data: &Path, arguments: &[&str]) -> Output {
    dutyline(data, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A stack that serves until it is told to stop.
struct Serving {
    process: Child,
    /// What it said at its start.
    said: String,
}

impl Serving {
    fn start(data: &Path) -> Self {
        let mut command = dutyline(data, &["--port", "0"]);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut reader = BufReader::new(process.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("Call one:") {
            assert_ne!(reader.read_line(&mut said).unwrap(), 0, "it ended early: {said}");
        }
        process.stdout = Some(reader.into_inner());
        Self { process, said }
    }

    /// SIGTERM; the exit code.
    fn stop(mut self) -> Option<i32> {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").arg(&pid).status().unwrap().success());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// These words stand in the text in this order.
fn in_order(text: &str, words: &[&str]) {
    let mut rest = text;
    for wanted in words {
        let Some((_, after)) = rest.split_once(wanted) else {
            panic!("{wanted:?} is not there, or not in its place:\n{text}");
        };
        rest = after;
    }
}

#[test]
fn it_serves_takes_calls_and_stops_cleanly() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path();
    let serving = Serving::start(data);
    in_order(&serving.said, &["organisation to begin with", "webhooks   http://127.0.0.1:", "DynamoDB"]);
    assert!(data.join("running.json").exists());

    let call = output(data, &["call", "+4721000000", "--press", "1", "--speed", "max"]);
    let told = text(&call.stdout);
    assert!(call.status.success(), "{told}{}", text(&call.stderr));
    in_order(
        &told,
        &[
            "Caller             dials +4721000000",
            "hears: ",
            "Caller             presses 1",
            "Astrid Moen        rings",
            "Astrid Moen        does not answer",
            "Sofie Lund         rings",
            "Sofie Lund         picks up",
            "Sofie Lund         presses 1",
            "is connected with",
            "the call is over (completed)",
            "In the call log:",
            "payments: accepted",
            "1. Astrid Moen, phone 1: no answer",
            "2. Sofie Lund, phone 1: accepted",
        ],
    );

    let second = output(data, &["--port", "0"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(text(&second.stderr).contains("it is running already on the data in"));

    assert_eq!(serving.stop(), Some(0));
    assert!(!data.join("running.json").exists());

    // the log outlives the process
    let log = text(&output(data, &["log", "+4721000000"]).stdout);
    in_order(&log, &["Hotline (+4721000000)", "+4790000009, payments: accepted", "2. Sofie Lund"]);
    // so do the numbers that were bought, which lead to wherever the next process listens
    let again = text(&output(data, &["call", "+4721000000", "--press", "1", "--speed", "max"]).stdout);
    in_order(&again, &["Sofie Lund         presses 1", "is connected with"]);
}

#[test]
fn a_call_starts_a_stack_of_its_own_and_phones_do_as_told() {
    let directory = tempfile::tempdir().unwrap();
    let call = output(
        directory.path(),
        &["call", "+4721000000", "--press", "1", "--speed", "max", "--everybody", "voicemail"],
    );
    let told = text(&call.stdout);
    assert!(call.status.success(), "{told}{}", text(&call.stderr));
    in_order(&told, &["Astrid Moen        picks up", "Sofie Lund         picks up", "In the call log:"]);
    assert!(!told.contains("is connected with"), "{told}");
}

/// A caller who hangs up after so many seconds of a call that leaps from event to event.
fn check_hang_up(data: &Path, seconds: &str, expected: &[&str]) {
    let call = ["call", "+4721000000", "--press", "1", "--everybody", "nobody", "--speed", "max", "--hang-up", seconds];
    let call = output(data, &call);
    let told = text(&call.stdout);
    assert!(call.status.success(), "{told}{}", text(&call.stderr));
    in_order(&told, expected);
}

#[test]
fn a_caller_hangs_up_when_told_however_fast_time_passes() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path();
    let serving = Serving::start(data);
    let gone =
        ["  0:03  Caller             hangs up", "  0:03  Caller             the call is over", "In the call log:"];
    check_hang_up(data, "3", &gone);
    let rung =
        ["Astrid Moen        rings", "  0:14  Caller             hangs up", "1. Astrid Moen, phone 1: the caller left"];
    check_hang_up(data, "14", &rung);
    drop(serving);
}

#[test]
fn what_a_caller_says_after_the_beep_is_recorded_however_fast_time_passes() {
    let directory = tempfile::tempdir().unwrap();
    let arguments = ["call", "+4721000000", "--press", "1", "--everybody", "nobody", "--speed", "max"];
    let call = output(directory.path(), &[&arguments[..], &["--say", "The tills have stopped"]].concat());
    let told = text(&call.stdout);
    assert!(call.status.success(), "{told}{}", text(&call.stderr));
    in_order(&told, &["says: The tills have stopped", "nobody accepted, a message was left", "The tills have stopped"]);
}

#[test]
fn a_stack_that_is_stopped_during_a_call_is_said_in_one_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path();
    let serving = Serving::start(data);
    let mut command = dutyline(data, &["call", "+4721000000", "--speed", "1"]);
    let mut call = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut reader, mut told) = (BufReader::new(call.stdout.take().unwrap()), String::new());
    assert_ne!(reader.read_line(&mut told).unwrap(), 0, "nothing was told");
    serving.stop();
    let ended = call.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(text(&ended.stderr), "dutyline: the stack was stopped before the call was over\n");
}

#[test]
fn who_would_be_rung() {
    let directory = tempfile::tempdir().unwrap();
    let who = output(directory.path(), &["who", "+4721000000", "--digit", "2", "--at", "2026-10-25T02:30"]);
    let told = text(&who.stdout);
    in_order(
        &told,
        &[
            "2 → Platform, on Sunday 2026-10-25 02:30:00 +02:00 (Europe/Oslo)",
            "The clock changes",
            "ring  step 1",
            "a wait of 5 min",
        ],
    );
}

#[test]
fn what_cannot_work_is_said_in_one_sentence() {
    let check = |arguments: &[&str], prepare: &dyn Fn(&Path), said: &str| {
        let directory = tempfile::tempdir().unwrap();
        prepare(directory.path());
        let failed = output(directory.path(), arguments);
        let error = text(&failed.stderr);
        assert_eq!(failed.status.code(), Some(1), "{error}");
        assert!(error.starts_with("dutyline: ") && error.contains(said), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    };
    let nothing = |_: &Path| {};
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    check(
        &["--port", &port],
        &nothing,
        &format!("port {port} of 127.0.0.1 cannot be used; choose another with --port"),
    );
    let garbage = |data: &Path| std::fs::write(data.join("dutyline.db"), "garbage ".repeat(999)).unwrap();
    check(&["--port", "0"], &garbage, "dutyline.db cannot be read");
    let garbage = |data: &Path| std::fs::write(data.join("secrets.json"), "garbage").unwrap();
    check(&["--port", "0"], &garbage, "secrets.json is damaged; remove it");
    check(&["who", "+4729999999"], &nothing, "there is no line +4729999999");
    check(&["call", "21000000"], &nothing, "21000000 is no number to dial");
    check(&["--port", "0", "--public-url", "https://hotline.example.org"], &nothing, "TWILIO_ACCOUNT_SID must be set");
}
