//! What only Twilio can say, asked when somebody wants to know; if it does not answer, what was last found there.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use oncall::{Line, LineId};
use store::{Finding, Integration, ListedLine, NumberRecord, Sends};

use crate::{
    app::App,
    comparison::Looked,
    failure::{Cause, Failure},
};

/// How many findings of sweeps are read at once.
const MANY: u16 = 200;

/// What each account's Twilio has said.
pub(super) struct AtTwilio {
    asked: Vec<(Integration, Result<Looked, Failure>)>,
}

/// One thing that is not as it should be.
pub(super) struct Differing {
    pub(super) finding: Finding,
    /// Whether it was found just now.
    pub(super) is_new: bool,
}

impl AtTwilio {
    /// Asks all accounts at the same time, each once, for as long as such a question may take.
    pub(super) async fn ask(app: &App, integrations: Vec<Integration>) -> Self {
        let ask = |integration: Integration| async move {
            let look = tokio::time::timeout(app.numbers.pace.look, app.look(&integration.account)).await;
            (integration, look.unwrap_or_else(|_| Err(Cause::TwilioUnreachable.into())))
        };
        Self { asked: join_all(integrations.into_iter().map(ask)).await }
    }

    pub(super) fn accounts(&self) -> Vec<&Integration> {
        self.asked.iter().map(|(integration, _)| integration).collect()
    }

    /// Those that did not answer, and why.
    pub(super) fn silent(&self) -> impl Iterator<Item = (&Integration, &Failure)> {
        self.asked.iter().filter_map(|(integration, looked)| Some((integration, looked.as_ref().err()?)))
    }

    /// What differs there from what it should be, by records and lines that were read after it was asked.
    pub(super) async fn differing(
        &self,
        app: &App,
        records: &[NumberRecord],
        listed: &[ListedLine],
    ) -> Result<Vec<Differing>, Failure> {
        let mut differing = Vec::new();
        for looked in self.asked.iter().filter_map(|(_, looked)| looked.as_ref().ok()) {
            let found = app.compare(looked, records, listed).await?;
            differing.extend(found.into_iter().map(|finding| Differing { finding, is_new: true }));
        }
        let has_said = |finding: &Finding| {
            self.asked.iter().any(|(known, looked)| known.account == finding.account && looked.is_ok())
        };
        let swept = swept(app).await?.into_iter().filter(|finding| !has_said(finding));
        differing.extend(swept.map(|finding| Differing { finding, is_new: false }));
        Ok(differing)
    }

    /// What the lines' numbers can send, as far as it is known.
    pub(super) fn sends(&self, lines: &[Line], records: &[NumberRecord]) -> BTreeMap<LineId, Sends> {
        let sends = |line: &Line| {
            let record = records.iter().find(|record| record.line == line.id.as_str());
            let said = self.asked.iter().filter_map(|(_, looked)| looked.as_ref().ok());
            let now = said.filter_map(|looked| looked.sends(line, record)).next();
            Some((line.id.clone(), now.or_else(|| record.and_then(|record| record.sends))?))
        };
        lines.iter().filter_map(sends).collect()
    }
}

async fn swept(app: &App) -> Result<Vec<Finding>, Failure> {
    let mut swept = Vec::new();
    let mut after = None;
    loop {
        let page = app.store.findings(after.as_deref(), MANY).await?;
        swept.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(swept);
        }
    }
}
