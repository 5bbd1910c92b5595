//! A number is paid once, whoever is killed when, whatever Twilio does, and however often the client asks.
//!
//! The process is killed at its nth request, before the request or after it, by the wires that lead to the table and to
//! Twilio: from then on nothing of it reaches anybody, and its future is dropped. Then a new process goes on; or it is
//! killed, too, while it repeats the request or while it sweeps, and a third one goes on.
//!
//! A usual run kills at each kind of request, with each of Twilio's outcomes, in each way of the client, and at each request of
//! a purchase before and after it (`sample`). `KILL_EVERY=1` takes every point, `KILL_EVERY=7` every seventh.

mod sample;

use std::{collections::BTreeMap, future::Future, time::Duration};

use futures_util::{StreamExt as _, future::join_all, stream};
use provision::router;
use twilio_sim::{Fault, Mishap};

use crate::estate::Estate;

/// What Twilio does with the request to buy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    BoughtAndAnswered,
    BoughtAndReset,
    BoughtAndTimedOut,
    BoughtAndFailed,
    Refused,
    FailedNotBought,
    ResetNotBought,
    TooMany,
    Malformed,
}

const OUTCOMES: [Outcome; 9] = [
    Outcome::BoughtAndAnswered,
    Outcome::BoughtAndReset,
    Outcome::BoughtAndTimedOut,
    Outcome::BoughtAndFailed,
    Outcome::Refused,
    Outcome::FailedNotBought,
    Outcome::ResetNotBought,
    Outcome::TooMany,
    Outcome::Malformed,
];

/// What the client does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Client {
    GivesUp,
    Retries,
    EightAtOnce,
    SecondKey,
}

const CLIENTS: [Client; 4] = [Client::GivesUp, Client::Retries, Client::EightAtOnce, Client::SecondKey];

/// When a process is killed: at its nth request, which arrives or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kill {
    Never,
    Before(usize),
    After(usize),
}

#[derive(Clone, Copy, Debug)]
struct Case {
    outcome: Outcome,
    client: Client,
    kill: Kill,
    /// When the process is killed that goes on after the first.
    repeated: Kill,
    /// When the first sweep is.
    sweep: Kill,
}

/// What came of a case.
struct Ran {
    /// The requests of the first process, by name.
    requests: Vec<String>,
    statuses: Vec<u16>,
    /// How many of those that went on were killed.
    killed_again: usize,
    sold: usize,
}

fn mishap(outcome: Outcome) -> Option<(Mishap, u32)> {
    Some(match outcome {
        Outcome::BoughtAndAnswered => return None,
        Outcome::BoughtAndReset => (Mishap::ResetAfter, 1),
        Outcome::BoughtAndTimedOut => (Mishap::Stalls(Duration::from_millis(400)), 1),
        Outcome::BoughtAndFailed => (Mishap::FailedAfter(500), 1),
        Outcome::Refused => (Mishap::Refused(400), 1),
        Outcome::FailedNotBought => (Mishap::Refused(503), 1),
        Outcome::ResetNotBought => (Mishap::ResetBefore, 1),
        // as often as one request is repeated
        Outcome::TooMany => (Mishap::TooMany { retry_after: 0 }, 3),
        Outcome::Malformed => (Mishap::Garbled, 1),
    })
}

/// What a client was told: whether each key was ever told that its number is bought.
type Told = BTreeMap<&'static str, bool>;

const A: &str = "key-a";
const B: &str = "key-b";

async fn run(case: Case) -> Ran {
    let estate = Estate::open().await;
    let (_, request) = estate.offer();
    if let Some((mishap, times)) = mishap(case.outcome) {
        estate.sim.fault(Fault::rest("POST /IncomingPhoneNumbers.json", mishap).times(times));
    }
    let mut told = Told::new();
    let mut statuses = Vec::new();
    let mut hear = |key: &'static str, status: u16| {
        *told.entry(key).or_default() |= status == 201;
        statuses.push(status);
    };
    let width = if case.client == Client::EightAtOnce { 8 } else { 1 };
    let ask = async |key: &'static str| {
        let process = router(timed(&estate, case.outcome));
        join_all((0..width).map(|_| estate.buys(&process, key, &request))).await
    };

    let (answers, requests) = live(&estate, case.kill, ask(A)).await;
    answers.into_iter().flatten().for_each(|(status, _)| hear(A, status));

    let keys = match case.client {
        Client::GivesUp => [].as_slice(),
        Client::Retries | Client::EightAtOnce => &[A, A, A, A],
        Client::SecondKey => &[B, A, B, A],
    };
    let mut killed_again = 0;
    for (time, key) in keys.iter().enumerate() {
        let kill = if time == 0 { case.repeated } else { Kill::Never };
        let (answers, _) = live(&estate, kill, ask(key)).await;
        killed_again += usize::from(answers.is_none());
        answers.into_iter().flatten().for_each(|(status, _)| hear(key, status));
        estate.sim.wait(40).await;
    }
    if case.sweep != Kill::Never {
        estate.sim.wait(16 * 60).await;
        let (swept, _) = live(&estate, case.sweep, async { estate.app().sweep().await }).await;
        killed_again += usize::from(swept.is_none());
    }
    for _ in 0..2 {
        estate.sim.wait(16 * 60).await;
        sweep(&estate, case).await;
    }
    let sold = check(&estate, case, &told, &statuses).await;
    Ran { requests, statuses, killed_again, sold }
}

/// What a process says if it lives that long, and the requests that it made.
async fn live<T>(estate: &Estate, kill: Kill, process: impl Future<Output = T>) -> (Option<T>, Vec<String>) {
    estate.wire.forget();
    cut(estate, kill);
    let said = tokio::select! {
        said = process => Some(said),
        () = is_killed(estate, kill) => None,
    };
    let requests = estate.wire.passed().into_iter().map(|passed| passed.operation).collect();
    estate.wire.mend();
    (said, requests)
}

/// A whole sweep: on a machine that is busy enough, Twilio seems to be away, and the next one goes on.
async fn sweep(estate: &Estate, case: Case) {
    for _ in 0..5 {
        if estate.app().sweep().await.is_ok() {
            return;
        }
    }
    panic!("{case:?}: five sweeps failed");
}

/// A process whose patience with Twilio is shorter than Twilio's silence.
fn timed(estate: &Estate, outcome: Outcome) -> provision::App {
    let mut app = estate.app();
    if outcome == Outcome::BoughtAndTimedOut {
        app.numbers.pace.timeouts.whole = Duration::from_millis(200);
    }
    app
}

fn cut(estate: &Estate, kill: Kill) {
    let (before, last) = match kill {
        Kill::Never => return,
        Kill::Before(n) => (n - 1, None),
        Kill::After(n) => (n - 1, Some(wire::Fault::CutAfter)),
    };
    for fault in std::iter::repeat_n(wire::Fault::Delay(Duration::ZERO), before).chain(last) {
        estate.wire.next(wire::ANY, fault);
    }
    estate.wire.every(wire::ANY, wire::Fault::Refuse);
}

/// Once the nth request has been met by its fate.
async fn is_killed(estate: &Estate, kill: Kill) {
    loop {
        let passed = estate.wire.passed();
        let dead = match kill {
            Kill::Never => false,
            Kill::Before(n) => passed.len() >= n,
            Kill::After(n) => passed.get(n - 1).is_some_and(|passed| passed.answered.is_some()),
        };
        if dead {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// How many numbers were sold, if all is as it must be.
async fn check(estate: &Estate, case: Case, told: &Told, statuses: &[u16]) -> usize {
    let sold = estate.sold();
    let purchases = estate.store.purchases(None, 10).await.unwrap().items;
    let records = estate.store.number_records(None, 10).await.unwrap().items;
    let findings = estate.store.findings(None, 10).await.unwrap().items;
    let lines = estate.store.lines().await.unwrap();
    let context = format!("{case:?}: told {told:?} by {statuses:?}, sold {sold:?}, {purchases:?}, {findings:?}");
    assert!(sold.len() <= 1, "the number was paid twice: {context}");
    let mut names = sold.clone();
    names.dedup();
    assert_eq!(names.len(), sold.len(), "a key has bought twice: {context}");
    for (key, success) in told {
        let (id, _) = provision_ids(&estate.account, key);
        let bought = sold.iter().filter(|name| **name == format!("dutyline/{id}")).count();
        assert!(bought <= 1 && (!success || bought == 1), "{key}: {bought} bought: {context}");
    }
    let active = estate.store.active_numbers().await.unwrap();
    assert_eq!(active, sold.len() as u64, "the quota is not the ledger: {context}");
    assert_eq!((records.len(), lines.len()), (sold.len(), sold.len()), "a number is no line: {context}");
    assert!(purchases.iter().all(|purchase| purchase.state.is_settled()), "a purchase is open: {context}");
    for number in estate.sim.numbers() {
        let has_record = records.iter().any(|record| record.sid == number.sid());
        let reported = findings.iter().any(|finding| finding.about.ends_with(number.sid()));
        assert!(has_record || reported, "an orphan: {context}");
        assert_eq!(number.get("VoiceUrl"), "https://hotline.example.org/voice/incoming", "{context}");
        for line in &lines {
            let document = estate.document(line.id.as_str()).await;
            assert_eq!(number.get("VoiceFallbackUrl"), document, "{context}");
        }
    }
    assert!(findings.is_empty(), "{context}");
    sold.len()
}

/// The id of a purchase by the client's key, worked out here once more.
fn provision_ids(account: &str, key: &str) -> (String, ()) {
    let hash = ring::digest::digest(&ring::digest::SHA256, format!("{account}\n{key}").as_bytes());
    let letters = "abcdefghijklmnopqrstuvwxyz234567".as_bytes();
    let id: String = hash.as_ref()[..20].iter().map(|byte| char::from(letters[usize::from(byte & 31)])).collect();
    (format!("pu_{id}"), ())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_is_paid_once_whoever_is_killed_when() {
    let began = std::time::Instant::now();
    let all = OUTCOMES.iter().flat_map(|outcome| CLIENTS.map(|client| (*outcome, client)));
    let whole = |(outcome, client)| async move {
        let case = Case { outcome, client, kill: Kill::Never, repeated: Kill::Never, sweep: Kill::Never };
        (case, tokio::spawn(run(case)).await.unwrap())
    };
    let whole: Vec<(Case, Ran)> = stream::iter(all).map(whole).buffered(4).collect().await;
    let points: Vec<sample::Point> =
        whole.iter().flat_map(|(case, ran)| sample::points(*case, &ran.requests)).collect();
    let every = std::env::var("KILL_EVERY").ok().and_then(|every| every.parse().ok());
    let cases = match every {
        Some(every) => sample::every(&points, every),
        None => sample::spread(&points),
    };
    println!("{} points at which the first process can be killed, {} cases of them", points.len(), cases.len());
    let ran = stream::iter(cases.clone()).map(|case| async move { (case, tokio::spawn(run(case)).await) });
    let mut ran = ran.buffer_unordered(4);
    let mut successes: BTreeMap<Client, (usize, usize)> = BTreeMap::new();
    let (mut killed_again, mut sold) = (0, 0);
    let mut failed = Vec::new();
    while let Some((case, ran)) = ran.next().await {
        match ran {
            Ok(ran) => {
                let of = successes.entry(case.client).or_default();
                of.0 += 1;
                of.1 += usize::from(ran.statuses.contains(&201));
                killed_again += ran.killed_again;
                sold += ran.sold;
            }
            Err(error) => failed.push(format!("{case:?}: {error}")),
        }
    }
    let seconds = began.elapsed().as_secs_f32();
    println!(
        "{} cases, {} first processes and {killed_again} that went on killed, {sold} numbers bought, {} violations, \
         {seconds:.0} s",
        whole.len() + cases.len(),
        cases.len(),
        failed.len()
    );
    for (client, (cases, succeeded)) in successes {
        println!("  {client:?}: {cases} killed, {succeeded} were told of success in the end");
    }
    assert!(failed.is_empty(), "{} failed: {:#?}", failed.len(), &failed[..failed.len().min(5)]);
    // a test whose kills miss would prove nothing
    assert!(every.is_some() || (killed_again > 50 && sold > 100), "{killed_again} killed again, {sold} bought");
}
