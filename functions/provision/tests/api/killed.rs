//! A number is paid once, whoever is killed when, whatever Twilio does, and however often the client asks.
//!
//! The process is killed at its nth request, before the request or after it, by the wires that lead to the table and to
//! Twilio: from then on nothing of it reaches anybody, and its future is dropped. Then a new process goes on.
//!
//! Each run takes a part of the points at which one can be killed, others for each outcome; `KILL_EVERY=1` takes all.

use std::{collections::BTreeMap, time::Duration};

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

/// When the first process is killed: at its nth request, which arrives or does not.
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

async fn run(case: Case) -> (usize, Vec<u16>) {
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

    estate.wire.forget();
    cut(&estate, case.kill);
    let first = router(timed(&estate, case.outcome));
    let width = if case.client == Client::EightAtOnce { 8 } else { 1 };
    let requests = join_all((0..width).map(|_| estate.buys(&first, A, &request)));
    tokio::select! {
        answers = requests => answers.into_iter().for_each(|(status, _)| hear(A, status)),
        () = is_killed(&estate, case.kill) => {}
    }
    let steps = estate.wire.passed().len();
    drop(first);
    estate.wire.mend();

    match case.client {
        Client::GivesUp => {}
        Client::Retries | Client::EightAtOnce => {
            for _ in 0..4 {
                let again = router(timed(&estate, case.outcome));
                let answers = join_all((0..width).map(|_| estate.buys(&again, A, &request))).await;
                answers.into_iter().for_each(|(status, _)| hear(A, status));
                estate.sim.wait(40).await;
            }
        }
        Client::SecondKey => {
            for key in [B, A, B, A] {
                let again = router(timed(&estate, case.outcome));
                let (status, _) = estate.buys(&again, key, &request).await;
                hear(key, status);
                estate.sim.wait(40).await;
            }
        }
    }
    for _ in 0..2 {
        estate.sim.wait(16 * 60).await;
        sweep(&estate, case).await;
    }
    check(&estate, case, &told, &statuses).await;
    (steps, statuses)
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

async fn check(estate: &Estate, case: Case, told: &Told, statuses: &[u16]) {
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
    let every: usize = std::env::var("KILL_EVERY").ok().and_then(|every| every.parse().ok()).unwrap_or(101);
    let all = OUTCOMES.iter().flat_map(|outcome| CLIENTS.map(|client| (*outcome, client)));
    let whole = |(outcome, client)| async move {
        let case = Case { outcome, client, kill: Kill::Never };
        (case, tokio::spawn(run(case)).await.unwrap().0)
    };
    let whole: Vec<(Case, usize)> = stream::iter(all).map(whole).buffered(4).collect().await;
    let mut cases = Vec::new();
    let mut points = 0;
    for (case, steps) in whole {
        cases.push(case);
        for kill in (1..=steps).flat_map(|n| [Kill::Before(n), Kill::After(n)]) {
            points += 1;
            if points % every == 0 {
                cases.push(Case { kill, ..case });
            }
        }
    }
    println!("{} points at which somebody can be killed", points);
    let killed: Vec<Case> = cases.iter().copied().filter(|case| case.kill != Kill::Never).collect();
    let counts = stream::iter(killed.clone()).map(|case| async move { (case, tokio::spawn(run(case)).await) });
    let mut counts = counts.buffer_unordered(4);
    let mut successes: BTreeMap<Client, (usize, usize)> = BTreeMap::new();
    let mut failed = Vec::new();
    while let Some((case, ran)) = counts.next().await {
        match ran {
            Ok((_, statuses)) => {
                let of = successes.entry(case.client).or_default();
                of.0 += 1;
                of.1 += usize::from(statuses.contains(&201));
            }
            Err(error) => failed.push(format!("{case:?}: {error}")),
        }
    }
    println!("{} cases, {} of them killed, in {:.1} s", cases.len(), killed.len(), began.elapsed().as_secs_f32());
    for (client, (cases, succeeded)) in successes {
        println!("  {client:?}: {cases} killed, {succeeded} were told of success in the end");
    }
    assert!(failed.is_empty(), "{} failed: {:#?}", failed.len(), &failed[..failed.len().min(5)]);
}
