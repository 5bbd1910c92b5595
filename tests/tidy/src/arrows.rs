//! Dependencies point one way.
//!
//! The domain (`oncall`) and the wire (`twilio`) can be read, tested and reused alone; the simulator can only judge
//! the product if it shares nothing with it; a function can be changed without looking at another one. A crate that
//! is not in the table fails: a new room is a decision (docs/decisions), and its arrows are a part of it.
//!
//! One arrow is a matter of money: `twilio` can be had with a REST client, behind a feature. Whoever asks for it can
//! spend, so the rooms that may are listed; those that answer the public are not among them.

use cargo_metadata::{Dependency, DependencyKind, Package};

use crate::repository::{no, room, workspace};

const ALL_SHARED: &[&str] = &[
    "api",
    "bare",
    "carrier",
    "entry",
    "hotline",
    "oncall",
    "phone",
    "pipeline",
    "statement",
    "store",
    "twilio",
    "words",
];

/// What a room may use in the product, and what more in its tests.
fn may_use(room: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match room {
        "shared/bare" | "shared/phone" | "shared/pipeline" => (&[], &[]),
        "shared/oncall" | "shared/twilio" => (&["phone"], &[]),
        "shared/store" => (&["oncall", "phone"], &["wire"]),
        "shared/words" => (&["oncall", "twilio"], &[]),
        "shared/hotline" => (&["oncall", "phone", "pipeline", "twilio", "words"], &[]),
        "shared/entry" => (&["phone", "twilio"], &["wire"]),
        "shared/carrier" => (&["entry", "oncall", "pipeline", "store"], &[]),
        "shared/statement" => (&["api", "pipeline"], &[]),
        "shared/api" => (&["oncall", "phone"], &["wire"]),
        "functions/console" => (&["api", "entry"], &["wire"]),
        room if room.starts_with("functions/") => (ALL_SHARED, &["twilio-sim", "wire"]),
        "infra/twilio-sim" | "infra/wire" => (&[], &[]),
        _ => return None,
    })
}

/// Who may be able to spend.
const SPENDERS: [&str; 3] = ["functions/notify", "functions/provision", "infra/local"];
const SPENDING: (&str, &str) = ("twilio", "rest");

/// They stand outside, and use whatever they like.
const OUTSIDE: [&str; 4] = ["infra/local", "tests/browser", "tests/scenarios", "tests/tidy"];

/// What pure crates do without, by the beginning of its name: input and output, asynchrony, serialisation. What only
/// `twilio`'s REST client needs is optional there.
const PURE: [&str; 4] = ["shared/hotline", "shared/oncall", "shared/twilio", "shared/words"];
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
        let itself = used.name == package.name.as_str();
        let in_tests = used.kind == DependencyKind::Development && (itself || tests.contains(&used.name.as_str()));
        !in_tests && !product.contains(&used.name.as_str())
    });
    wrong.map(|used| format!("{room} may not use {} ({})", used.name, used.kind)).collect()
}

#[test]
fn pure_crates_know_no_io_no_async_and_no_serialisation() {
    let workspace = workspace();
    let pure = workspace.workspace_packages().into_iter().filter(|package| PURE.contains(&room(package).as_str()));
    let used = pure.flat_map(|package| package.dependencies.iter().map(move |used| (package, used)));
    let used = used.filter(|(_, used)| used.kind != DependencyKind::Development);
    let impure = used.filter(|(_, used)| IMPURE.iter().any(|name| used.name.starts_with(name)));
    let always = impure.filter(|(package, used)| !(used.optional && package.name.as_str() == SPENDING.0));
    no(always.map(|(package, used)| format!("{} always uses {}", package.name, used.name)).collect());
}

#[test]
fn only_who_may_spend_asks_for_the_rest_client() {
    let workspace = workspace();
    let mut complaints = Vec::new();
    for package in workspace.workspace_packages() {
        if package.name.as_str() == SPENDING.0 {
            let by_default = package.features.get("default").is_some_and(|features| !features.is_empty());
            if by_default || !package.features.contains_key(SPENDING.1) {
                complaints.push(format!("{} must come without {}", SPENDING.0, SPENDING.1));
            }
            continue;
        }
        let asks = |used: &Dependency| used.name == SPENDING.0 && used.features.iter().any(|it| it == SPENDING.1);
        // a feature of its own would only hide the arrow
        let passes_on = package.features.values().flatten().any(|feature| feature.starts_with("twilio"));
        if passes_on || (package.dependencies.iter().any(asks) && !SPENDERS.contains(&room(package).as_str())) {
            complaints.push(format!("{} may not ask for Twilio's REST client", package.name));
        }
    }
    no(complaints);
}
