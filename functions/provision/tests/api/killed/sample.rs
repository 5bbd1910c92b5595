//! At which points somebody is killed.

use std::collections::BTreeSet;

use super::{Case, Client, Kill, Outcome};

/// The first process of a case, killed at one of its requests.
pub(super) struct Point {
    case: Case,
    /// What kind of request it is.
    kind: String,
    /// Which of the process's requests.
    place: usize,
}

/// What has to be met at least once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Goal {
    /// Each kind of request, with each of Twilio's outcomes, in each way of the client.
    Kind(String, Outcome, Client),
    /// Each request of a purchase, before and after it.
    Place(usize, bool),
}

/// More requests than one purchase makes: what comes later is the same of several purchases at once.
const ONE_PURCHASE: usize = 40;
/// Those who go on are killed at one of so many of their requests.
const GOING_ON: usize = 12;

/// Everywhere that a process which made these requests can be killed.
pub(super) fn points(case: Case, requests: &[String]) -> Vec<Point> {
    let of = |(place, request): (usize, &String)| {
        [Kill::Before(place), Kill::After(place)].map(|kill| Point {
            case: Case { kill, ..case },
            kind: kind(request),
            place,
        })
    };
    (1..).zip(requests).flat_map(of).collect()
}

/// A request without what differs between two accounts: `GET IncomingPhoneNumbers.json`.
fn kind(request: &str) -> String {
    let words = request.split_once(' ').map(|(method, path)| (method, path.rsplit('/').next().unwrap_or_default()));
    let resource = |path: &str| path.split('?').next().unwrap_or_default().to_owned();
    words.map_or_else(|| request.to_owned(), |(method, path)| format!("{method} {}", resource(path)))
}

/// Every nth point; every third of them once more, with a second process that is killed.
pub(super) fn every(points: &[Point], nth: usize) -> Vec<Case> {
    let chosen = points.iter().skip(nth - 1).step_by(nth).enumerate();
    let with_second = |(index, point): (usize, &Point)| {
        let second = (index % 3 == 2).then(|| again(point.case, index / 3 * 3 + 1 + index / 3 % 2));
        [Some(point.case), second].into_iter().flatten()
    };
    chosen.flat_map(with_second).collect()
}

/// As many points as it takes to meet every goal; they are walked in large steps, so that neighbours meet different ones.
pub(super) fn spread(points: &[Point]) -> Vec<Case> {
    let stride = (points.len() / 7 * 4..).find(|stride| gcd(*stride, points.len()) == 1).unwrap_or(1);
    let mut met = BTreeSet::new();
    let mut cases = Vec::new();
    for index in 0..points.len() {
        let point = &points[index * stride % points.len()];
        let before = matches!(point.case.kill, Kill::Before(_));
        let mut goals = vec![Goal::Kind(point.kind.clone(), point.case.outcome, point.case.client)];
        goals.extend((point.place <= ONE_PURCHASE).then_some(Goal::Place(point.place, before)));
        let new: Vec<bool> = goals.into_iter().map(|goal| met.insert(goal)).collect();
        if new.contains(&true) {
            cases.push(again(point.case, cases.len()));
        }
    }
    cases
}

/// Of three cases, one has its sweep killed, too, and one its repetition; where there is none, its sweep.
fn again(case: Case, index: usize) -> Case {
    let place = 1 + index / 3 * 7 % GOING_ON;
    let kill = if (index / 3).is_multiple_of(2) { Kill::Before(place) } else { Kill::After(place) };
    match index % 3 {
        0 => case,
        1 if case.client != Client::GivesUp => Case { repeated: kill, ..case },
        _ => Case { sweep: kill, ..case },
    }
}

fn gcd(one: usize, other: usize) -> usize {
    if other == 0 { one } else { gcd(other, one % other) }
}
