//! What an incident may forget, so that whoever keeps it has room for it.

use super::{Escalation, Incident, Log, Page};

/// How many of the last of each list are never forgotten.
const ALWAYS: usize = 10;
/// What others wrote is kept up to so many characters.
const MOST_CHARACTERS: usize = 1_000;

/// How many steps back the pages of a generation are kept, and when there is no room for them.
const STEPS_BACK: u32 = 2;
const STEPS_BACK_AT_LEAST: u32 = 0;

impl Incident {
    /// Forgets about half of what is only history: of the log after its beginning, of its source's events, and of pages
    /// that are settled. Says whether there was anything. What is still to happen stays, and so do the pages of the last
    /// step and of those whose it is, on which depends what comes next.
    pub fn forget_some(&mut self) -> bool {
        let entries = &mut self.log.entries;
        let beginning = Log::BEGINNING.min(entries.len());
        let left_out = surplus(entries.len() - beginning);
        entries.drain(beginning..beginning + left_out);
        self.log.left_out = self.log.left_out.saturating_add(u32::try_from(left_out).unwrap_or(u32::MAX));

        let said = surplus(self.events.recent.len());
        self.events.recent.drain(..said);

        let settled = self.settled_pages(STEPS_BACK_AT_LEAST);
        let forgotten = surplus(settled.len());
        self.forget_pages(settled.get(..forgotten).unwrap_or_default());
        left_out + said + forgotten > 0
    }

    /// Forgets pages that are settled and decide nothing any more, the oldest first, but for the last ones.
    pub(super) fn forget_settled_pages(&mut self) {
        let settled = self.settled_pages(STEPS_BACK);
        let surplus = settled.len().saturating_sub(Self::MOST_SETTLED_PAGES);
        self.forget_pages(settled.get(..surplus).unwrap_or_default());
    }

    /// The numbers of pages that are settled, and older than so many steps before the last one.
    fn settled_pages(&self, steps_back: u32) -> Vec<u32> {
        let Escalation { rises, responsible, .. } = self.escalation;
        let is_old = |page: &&Page| {
            let is_past = page.rise.saturating_add(1).saturating_add(steps_back) < rises;
            page.generation != self.generation || is_past && Some(page.rise) != responsible
        };
        let settled = self.pages.iter().filter(|page| !page.is_pending()).filter(is_old);
        settled.map(|page| page.number).collect()
    }

    fn forget_pages(&mut self, numbers: &[u32]) {
        let Some(last) = numbers.last() else { return };
        self.pages.retain(|page| page.number > *last || !numbers.contains(&page.number));
    }
}

fn surplus(of: usize) -> usize {
    of.saturating_sub(ALWAYS).div_ceil(2)
}

/// What somebody wrote, as far as it is kept.
pub(super) fn shortened(words: &str) -> String {
    words.chars().take(MOST_CHARACTERS).collect()
}
