//! Plans that one transaction had no room for.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use oncall::LineId;

use super::{
    save::{MOST_LINES, MOST_PLAN_BYTES},
    snapshot::{PENDING, REVISION},
    writes::Part,
};
use crate::{
    Error, Store,
    calls::names,
    item::number,
    keys::Key,
    transaction::{Outcome, Transaction},
};

/// How many transactions one call makes at most.
const MOST_TURNS: usize = 20;

impl Store {
    /// Rebuilds the plans of lines that wait for it, and says which still do. Until then such a plan is older than
    /// the rest, and whole.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`], [`Error::TooLarge`].
    pub async fn rebuild_pending(&self) -> Result<Vec<LineId>, Error> {
        let mut pending = BTreeSet::new();
        for _ in 0..MOST_TURNS {
            let mut snapshot = self.snapshot().await?;
            pending.clone_from(&snapshot.pending);
            if pending.is_empty() {
                break;
            }
            self.load_lines(&mut snapshot).await?;
            let soon: BTreeSet<_> = pending.iter().take(MOST_LINES).cloned().collect();
            let revision = snapshot.revision;
            let built = self.build(&mut snapshot, &soon, revision).await?;
            let mut transaction = Transaction::default();
            // lines that are gone wait for nothing
            let mut done: BTreeSet<_> = soon.iter().filter(|line| !built.contains_key(*line)).cloned().collect();
            let mut bytes = 0;
            for (line, built) in &built {
                let document = self.plan_document(built)?;
                bytes += 2 * document.len();
                if bytes > MOST_PLAN_BYTES && !done.is_empty() {
                    break;
                }
                self.write_copies(&mut transaction, built, &document)?;
                self.write_reach(&mut transaction, line, built)?;
                done.insert(line.clone());
            }
            let update = self
                .to_update(Key::revision().attributes())
                .condition_expression("#revision = :revision")
                .update_expression("DELETE #pending :done")
                .set_expression_attribute_names(Some(names([REVISION, PENDING])))
                .expression_attribute_values(":revision", number(revision))
                .expression_attribute_values(":done", AttributeValue::Ss(done.iter().cloned().collect()));
            transaction.update(Part::Organisation, update)?;
            if let Outcome::Done = transaction.commit(self, Part::Organisation).await? {
                pending.retain(|line| !done.contains(line));
            }
            if pending.is_empty() {
                break;
            }
        }
        Ok(pending.into_iter().map(LineId::new).collect())
    }
}
