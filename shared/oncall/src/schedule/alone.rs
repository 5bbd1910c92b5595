//! What stands behind the final shifts: each layer as if there were nothing else.

use super::overrides::Overrides;
use super::{History, Schedule};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A layer without the others and without overrides.
#[derive(Clone, Debug)]
pub struct LoneLayer {
    /// Its name, or its number counted from 1 if it has none.
    pub name: String,
    /// Its latest priority.
    pub priority: i64,
    /// What it would say if there were nothing else, and has said.
    pub history: History,
}

/// A layer stays the same as long as it keeps its name: of several of one name, their order tells them apart.
type Identity = (Box<str>, usize);

/// A layer, which versions of the schedule have had it, and which not.
type Row = (Identity, LoneLayer, Vec<(Timestamp, Schedule)>);

impl Schedule {
    /// Each layer that can be understood, in the definition's order, as a schedule that has nothing else.
    fn lone_layers(&self) -> Vec<(Identity, i64, Schedule)> {
        let mut layers: Vec<_> = self.layers.iter().collect();
        layers.sort_by_key(|layer| layer.index);
        let mut namesakes: BTreeMap<&str, usize> = BTreeMap::new();
        let lone = layers.into_iter().map(|layer| {
            let before = namesakes.entry(&layer.name).or_default();
            let identity = (layer.name.clone(), *before);
            *before += 1;
            (identity, layer.priority, Self { layers: vec![layer.clone()], ..Self::empty(self) })
        });
        lone.collect()
    }

    fn empty(of: &Schedule) -> Schedule {
        Schedule {
            zone: of.zone.clone(),
            layers: Vec::new(),
            overrides: Overrides::default(),
            unusable_layers: Vec::new(),
            empty_overrides: Vec::new(),
        }
    }
}

impl History {
    /// Each layer alone: those of the latest version in the definition's order, then those that have gone.
    pub fn layers(&self) -> Vec<LoneLayer> {
        let mut rows: Vec<Row> = Vec::new();
        for (index, (saved, schedule)) in self.versions().iter().enumerate().rev() {
            let mut found: BTreeMap<Identity, Schedule> = BTreeMap::new();
            for (identity, priority, alone) in schedule.lone_layers() {
                if !rows.iter().any(|(known, ..)| *known == identity) {
                    let row = LoneLayer { name: identity.0.to_string(), priority, history: History::default() };
                    // later versions, which are behind us, did not have it
                    let later = self.versions().iter().skip(index + 1).rev();
                    let without = later.map(|(later, schedule)| (*later, Schedule::empty(schedule)));
                    rows.push((identity.clone(), row, without.collect()));
                }
                found.insert(identity, alone);
            }
            for (identity, _, versions) in &mut rows {
                let alone = found.remove(identity).unwrap_or_else(|| Schedule::empty(schedule));
                versions.push((*saved, alone));
            }
        }
        let rows = rows.into_iter().map(|(_, row, versions)| {
            let history = History::new(versions.into_iter().rev());
            LoneLayer { history, ..row }
        });
        rows.collect()
    }
}
