//! Schedules as they were: a shift that is past does not change when the schedule does.

use jiff::Timestamp;
use oncall::{NamedSchedule, ScheduleId};

use super::{Configured, Object};
use crate::{
    Error, Item, Store,
    document::{read_object, write_object},
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{Key, SK, history},
};

impl Store {
    /// The versions of a schedule that were in force at `from` or later, each with the instant of its save, oldest
    /// first: one Query for each MB.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn schedule_history(
        &self,
        id: &ScheduleId,
        from: Timestamp,
    ) -> Result<Vec<(Timestamp, NamedSchedule)>, Error> {
        let (mut versions, mut start) = (Vec::new(), None);
        'pages: loop {
            let query = self.partition(history(id.as_str())).scan_index_forward(false);
            let answer = query.set_exclusive_start_key(start).send().await.map_err(Error::of)?;
            for item in answer.items.iter().flatten() {
                let version = version_of(item)?;
                let first_in_force = version.0 <= from;
                versions.push(version);
                if first_in_force {
                    break 'pages;
                }
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                break;
            }
        }
        versions.reverse();
        Ok(versions)
    }
}

/// The item of a schedule as it is saved at an instant.
pub(super) fn item(schedule: &NamedSchedule, at: Timestamp) -> Result<Attributes, Error> {
    let mut item = Key::history(schedule.id.as_str(), at).attributes();
    item.insert(DOC.to_owned(), text(write_object(&Object::Schedule(schedule.clone()))?));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    Ok(item)
}

fn version_of(item: &Attributes) -> Result<(Timestamp, NamedSchedule), Error> {
    let unreadable = |why| Error::Unreadable { item: Item::Object, why };
    let saved = text_of(item, SK).and_then(|at| at.parse().ok()).ok_or_else(|| unreadable("it has no instant"))?;
    let (object, _) = read_object(NamedSchedule::KIND, document_of(item, Item::Object)?)?;
    let schedule = NamedSchedule::of(object).ok_or_else(|| unreadable("it is of another kind"))?;
    Ok((saved, schedule))
}
