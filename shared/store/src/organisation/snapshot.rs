//! Objects as they stood at one revision of the organisation.
//!
//! The revision is read first. Whatever is read after it may be newer; a transaction on condition that the revision
//! still holds then fails, and everything is read again.

use std::collections::{BTreeMap, BTreeSet};

use oncall::Line;

use super::{Kind, Object, Reference};
use crate::{
    Error, Item, Problem, Store,
    document::read_object,
    item::{Attributes, document_of, number_of, text_of, version_of},
    keys::{Key, PK, SK},
};

/// The organisation's revision, a number.
pub(crate) const REVISION: &str = "revision";
/// Lines whose plans are older than the revision asks for, a set of ids.
pub(super) const PENDING: &str = "pending";
/// What a line's plan holds, a set of references.
pub(super) const REACH: &str = "reach";

/// How many items one BatchGetItem may ask for.
pub(super) const MOST_KEYS: usize = 100;

/// What has been read of the organisation so far.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    /// The revision at which reading began.
    pub revision: u64,
    /// Lines whose plans were still to be rebuilt.
    pub pending: BTreeSet<String>,
    pub(super) objects: BTreeMap<Reference, Option<Entry>>,
    reach: BTreeMap<String, BTreeSet<Reference>>,
}

/// An object and how often it has been saved.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub object: Object,
    pub version: u64,
    pub problems: Vec<Problem>,
}

impl Snapshot {
    /// An object that has been loaded and exists.
    pub(super) fn get(&self, name: &Reference) -> Option<&Object> {
        self.entry(name).map(|entry| &entry.object)
    }

    pub(super) fn entry(&self, name: &Reference) -> Option<&Entry> {
        self.objects.get(name)?.as_ref()
    }

    /// Whether it is known if the object exists.
    pub(super) fn knows(&self, name: &Reference) -> bool {
        self.objects.contains_key(name)
    }

    /// Puts an object in the place of what was read, or takes it away.
    pub(super) fn set(&mut self, name: Reference, object: Option<Object>) {
        let version = self.entry(&name).map_or(0, |entry| entry.version) + 1;
        self.objects.insert(name, object.map(|object| Entry { object, version, problems: Vec::new() }));
    }

    /// The lines that have been loaded.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.objects.values().flatten().filter_map(|entry| match &entry.object {
            Object::Line(line) => Some(line),
            _ => None,
        })
    }

    /// What the line's plan held when it was last built.
    pub(super) fn reach(&self, line: &str) -> Option<&BTreeSet<Reference>> {
        self.reach.get(line)
    }

    /// The ids of the lines whose plans hold an object.
    pub(super) fn lines_that_reach(&self, name: &Reference) -> BTreeSet<String> {
        let reached = self.reach.iter().filter(|(_, reach)| reach.contains(name));
        reached.map(|(line, _)| line.clone()).collect()
    }
}

impl Store {
    /// Begins to read: one GetItem.
    pub(super) async fn snapshot(&self) -> Result<Snapshot, Error> {
        let Some(item) = self.get_one(Key::revision()).await? else {
            return Ok(Snapshot::default());
        };
        let revision = number_of(&item, REVISION)
            .ok_or(Error::Unreadable { item: Item::Organisation, why: "it has no revision" })?;
        let pending = texts_of(&item, PENDING).map(str::to_owned).collect();
        Ok(Snapshot { revision, pending, ..Snapshot::default() })
    }

    /// Loads those of these objects that are not known yet: one BatchGetItem for each hundred.
    pub(super) async fn load(
        &self,
        snapshot: &mut Snapshot,
        names: impl IntoIterator<Item = Reference>,
    ) -> Result<(), Error> {
        let unknown: BTreeSet<_> = names.into_iter().filter(|name| !snapshot.knows(name)).collect();
        let unknown: Vec<_> = unknown.into_iter().collect();
        for some in unknown.chunks(MOST_KEYS) {
            snapshot.objects.extend(some.iter().map(|name| (name.clone(), None)));
            for item in self.get(some.iter().map(Key::object).collect()).await? {
                snapshot.take(&item)?;
            }
        }
        Ok(())
    }

    /// Loads all lines, and what each of their plans holds: one Query for each MB.
    pub(super) async fn load_lines(&self, snapshot: &mut Snapshot) -> Result<(), Error> {
        self.load_kind(snapshot, Kind::Line).await
    }

    /// Loads all objects of a kind: one Query for each MB.
    pub(super) async fn load_kind(&self, snapshot: &mut Snapshot, kind: Kind) -> Result<(), Error> {
        let mut from = None;
        loop {
            let query = self.partition(kind.partition().to_owned()).set_exclusive_start_key(from);
            let answer = query.send().await.map_err(Error::of)?;
            for item in answer.items.iter().flatten() {
                snapshot.take(item)?;
                if let Some(id) = text_of(item, SK).filter(|_| kind == Kind::Line) {
                    let reach = texts_of(item, REACH).filter_map(Reference::of_key).collect();
                    snapshot.reach.insert(id.to_owned(), reach);
                }
            }
            from = answer.last_evaluated_key;
            if from.is_none() {
                return Ok(());
            }
        }
    }
}

impl Snapshot {
    fn take(&mut self, item: &Attributes) -> Result<(), Error> {
        let kind = text_of(item, PK).and_then(|pk| Kind::ALL.into_iter().find(|kind| kind.partition() == pk));
        let (Some(kind), Some(id)) = (kind, text_of(item, SK)) else {
            return Err(Error::Unreadable { item: Item::Object, why: "it has no id" });
        };
        let entry = entry_of(kind, item)?;
        self.objects.insert(Reference::new(kind, id), Some(entry));
        Ok(())
    }
}

/// The object of an item.
pub(super) fn entry_of(kind: Kind, item: &Attributes) -> Result<Entry, Error> {
    let (object, problems) = read_object(kind, document_of(item, Item::Object)?)?;
    Ok(Entry { object, version: version_of(item, Item::Object)?, problems })
}

/// The members of a set of texts; none if there is no such attribute.
fn texts_of<'a>(item: &'a Attributes, name: &str) -> impl Iterator<Item = &'a str> {
    item.get(name).and_then(|set| set.as_ss().ok()).into_iter().flatten().map(String::as_str)
}
