//! What a function starts with is what the first caller waits for.
//!
//! AWS's clients and reqwest bring by default a TLS provider and a chain of credential sources that cost most of a
//! cold start (docs/performance.md). So the crates that end up in a function take them without default features, and
//! never `aws-config`.

use cargo_metadata::DependencyKind;

use crate::repository::{no, room, workspace};

const FORBIDDEN: [&str; 5] = ["aws-config", "aws-lc-rs", "native-tls", "openssl", "rustls-native-certs"];

#[test]
fn functions_start_with_lean_clients() {
    let mut complaints = Vec::new();
    for package in workspace().workspace_packages() {
        let room = room(package);
        if !room.starts_with("functions/") && !room.starts_with("shared/") {
            continue;
        }
        for used in package.dependencies.iter().filter(|used| used.kind == DependencyKind::Normal) {
            if FORBIDDEN.contains(&used.name.as_str()) {
                complaints.push(format!("{room} uses {}", used.name));
            }
            let heavy = used.name.starts_with("aws-") || used.name == "reqwest";
            if heavy && used.uses_default_features {
                complaints.push(format!("{room} uses {} with default features", used.name));
            }
        }
    }
    no(complaints);
}
