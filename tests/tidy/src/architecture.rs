//! The map shows every room.
//!
//! Whoever is new reads ARCHITECTURE.md first. A crate that is missing there is found by chance, and a path in it that
//! does not exist is a door into a wall.

use crate::repository::{no, read, room, root, workspace};

#[test]
fn the_map_names_every_crate() {
    let map = read("ARCHITECTURE.md");
    let workspace = workspace();
    let rooms = workspace.workspace_packages().into_iter().map(room);
    no(rooms.filter(|room| !map.contains(&format!("`{room}`"))).map(|room| format!("the map lacks {room}")).collect());
}

#[test]
fn every_path_in_the_documents_exists() {
    let mut complaints = Vec::new();
    for document in ["ARCHITECTURE.md", "README.md"] {
        let text = read(document);
        let quoted = text.split('`').skip(1).step_by(2);
        let linked = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        let rooms = ["functions/", "shared/", "infra/", "tests/", "docs/", ".ci/"];
        let is_path =
            |path: &&str| rooms.iter().any(|room| path.starts_with(room)) && !path.contains([' ', '*', '<', '{', '…']);
        let missing = quoted.chain(linked).filter(is_path).filter(|path| !root().join(path).exists());
        complaints.extend(missing.map(|path| format!("{document} names {path}, which does not exist")));
    }
    no(complaints);
}
