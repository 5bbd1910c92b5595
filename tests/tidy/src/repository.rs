//! The repository's files and crates, as the rules see them.

use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, MetadataCommand, Package};

/// Directories that hold nothing of ours.
const NOT_OURS: [&str; 5] = [".git", ".dutyline", "target", "node_modules", "__pycache__"];

/// A file and its path from the root, with forward slashes.
pub(crate) struct SourceFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// A file's text, by its path from the root.
#[track_caller]
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every path under the root, directories too, sorted.
pub(crate) fn paths() -> Vec<String> {
    let mut found = Vec::new();
    walk(&root(), "", &mut found);
    assert!(found.iter().any(|path| path == "tests/tidy/src/repository.rs"), "the walk has lost its way");
    found
}

fn walk(directory: &Path, under: &str, found: &mut Vec<String>) {
    let mut entries: Vec<_> = fs::read_dir(directory).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().unwrap();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{under}{name}");
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), &format!("{path}/"), found);
        }
        found.push(path);
    }
}

/// The text files whose names end like this.
pub(crate) fn files(endings: &[&str]) -> Vec<SourceFile> {
    let wanted = |path: &String| endings.iter().any(|ending| path.ends_with(ending)) && root().join(path).is_file();
    paths().into_iter().filter(wanted).map(|path| SourceFile { text: read(&path), path }).collect()
}

/// The workspace, without the crates of others.
pub(crate) fn workspace() -> Metadata {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap()
}

/// A crate's directory from the root: `functions/voice`.
pub(crate) fn room(package: &Package) -> String {
    let directory = package.manifest_path.as_std_path().parent().unwrap();
    directory.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")
}

/// What stands in backquotes in the first cell of each row of a document's tables.
pub(crate) fn first_cells(document: &str) -> Vec<String> {
    let cell = |line: &str| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned());
    document.lines().filter_map(cell).collect()
}

/// Fails with all complaints at once.
#[track_caller]
pub(crate) fn no(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
