//! A file that nobody includes is not compiled.
//!
//! A story or a test whose `mod` line was forgotten passes for ever. So each source file is named by the file above it.

use crate::repository::{files, no};

/// Directories whose files are each a crate of their own.
const CRATES: [&str; 4] = ["benches", "bin", "examples", "tests"];

#[test]
fn every_source_file_is_part_of_a_crate() {
    let sources = files(&[".rs"]);
    let is_orphan = |path: &str| {
        let (directory, module) = place(path)?;
        let above = ["/main.rs", "/lib.rs", "/mod.rs", ".rs"].map(|end| format!("{directory}{end}"));
        let declaration = format!("mod {module};");
        let declares = |line: &str| {
            line.strip_suffix(declaration.as_str()).is_some_and(|before| before.is_empty() || before.ends_with(' '))
        };
        let mut above = sources.iter().filter(|file| above.contains(&file.path));
        (!above.any(|file| file.text.lines().any(|line| declares(line.trim())))).then_some(())
    };
    let orphans = sources.iter().map(|file| file.path.as_str()).filter(|path| is_orphan(path).is_some());
    no(orphans.map(|path| format!("no mod line includes {path}")).collect());
}

/// Where a module is declared, and its name; none for the root of a crate.
fn place(path: &str) -> Option<(&str, &str)> {
    let (directory, file) = path.rsplit_once('/')?;
    let stem = file.strip_suffix(".rs")?;
    let last = directory.rsplit('/').next()?;
    let is_crate = CRATES.contains(&last);
    match stem {
        _ if is_crate => None,
        "lib" | "main" | "build" => None,
        "mod" => directory.rsplit_once('/'),
        module => Some((directory, module)),
    }
}

#[test]
fn places() {
    assert_eq!(place("a/src/b/c.rs"), Some(("a/src/b", "c")));
    assert_eq!(place("a/src/b/mod.rs"), Some(("a/src", "b")));
    assert_eq!(place("a/tests/b/c.rs"), Some(("a/tests/b", "c")));
    assert_eq!(place("a/tests/b/main.rs"), None);
    assert_eq!(place("a/tests/b.rs"), None);
    assert_eq!(place("a/src/lib.rs"), None);
}
