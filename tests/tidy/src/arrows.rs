//! Dependencies point one way.
//!
//! The domain (`oncall`) and the wire (`twilio`) can be read, tested and reused alone; the simulator can only judge
//! the product if it shares nothing with it; a function can be changed without looking at another one. A crate that
//! is not in the table fails: a new room is a decision (docs/decisions), and its arrows are a part of it.

use cargo_metadata::{DependencyKind, Package};

use crate::repository::{no, room, workspace};

const ALL_SHARED: &[&str] = &["api", "entry", "oncall", "phone", "store", "twilio", "words"];

/// What a room may use in the product, and what more in its tests.
fn may_use(room: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match room {
        "shared/phone" => (&[], &[]),
        "shared/oncall" | "shared/twilio" => (&["phone"], &[]),
        "shared/store" => (&["oncall", "phone"], &["wire"]),
        "shared/words" => (&["oncall", "twilio"], &[]),
        "shared/entry" => (&["phone", "twilio"], &["wire"]),
        "shared/api" => (&["oncall", "phone"], &["wire"]),
        "functions/console" => (&["api", "entry"], &["wire"]),
        room if room.starts_with("functions/") => (ALL_SHARED, &["twilio-sim", "wire"]),
        "infra/twilio-sim" | "infra/wire" => (&[], &[]),
        _ => return None,
    })
}

/// They stand outside, and use whatever they like.
const OUTSIDE: [&str; 3] = ["infra/local", "tests/scenarios", "tests/tidy"];

/// What pure crates do without, by the beginning of its name: input and output, asynchrony, serialisation.
const PURE: [&str; 3] = ["shared/oncall", "shared/twilio", "shared/words"];
const IMPURE: [&str; 9] = ["async", "aws", "axum", "futures", "hyper", "lambda", "reqwest", "serde", "tokio"];

#[test]
fn crates_use_only_what_their_room_may_use() {
    let workspace = workspace();
    let packages = workspace.workspace_packages();
    let ours: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    no(packages.iter().flat_map(|package| complaints(package, &ours)).collect());
}

fn complaints(package: &Package, ours: &[&str]) -> Vec<String> {
    let room = room(package);
    if OUTSIDE.contains(&room.as_str()) {
        return Vec::new();
    }
    let Some((product, tests)) = may_use(&room) else {
        return vec![format!("{room} is not in the table of arrows")];
    };
    let used = package.dependencies.iter().filter(|used| ours.contains(&used.name.as_str()));
    let wrong = used.filter(|used| {
        let in_tests = used.kind == DependencyKind::Development && tests.contains(&used.name.as_str());
        !in_tests && !product.contains(&used.name.as_str())
    });
    wrong.map(|used| format!("{room} may not use {} ({})", used.name, used.kind)).collect()
}

#[test]
fn pure_crates_know_no_io_no_async_and_no_serialisation() {
    let workspace = workspace();
    let pure = workspace.workspace_packages().into_iter().filter(|package| PURE.contains(&room(package).as_str()));
    let used = pure.flat_map(|package| &package.dependencies).filter(|used| used.kind != DependencyKind::Development);
    let impure = used.filter(|used| IMPURE.iter().any(|name| used.name.starts_with(name)));
    no(impure.map(|used| format!("a pure crate uses {}", used.name)).collect());
}
