//! A line's own page: who would be rung now, how its number is set at Twilio, and all of its configuration.

use api::{
    Closed, DestinationExplanation, ExplainQuery, Explanation, Kind, Line, NewSpoken, Rung, RungResult, Spoken,
    client::{Client, ClientError},
};
use askama::Template;
use serde_json::{Value, json};

use super::sentences::{self, Hears, Sentence};
use crate::{
    choices::Choice,
    editor::{Edited, Editing},
    failure::if_any,
    form::{Fields, Form},
    frame::Frame,
    visitor::Visitor,
};

/// What is known of a line besides what it is configured to do.
#[derive(Default)]
pub(crate) struct Known {
    /// Who would be rung now, as it was saved.
    explanation: Option<Explanation>,
    /// What it would say, as it stands in the form.
    spoken: Option<Spoken>,
}

impl Known {
    async fn of(client: &Client, id: &str, draft: Option<&Line>) -> Result<Self, ClientError> {
        let wanted = NewSpoken { line: draft.cloned() };
        let (query, explained) = (ExplainQuery::default(), async |query| if_any(client.explain(id, query).await));
        // a form that is not complete yet has no sentences, and that is no reason to refuse anything
        let (explanation, spoken) =
            tokio::try_join!(explained(&query), async { if_any(client.spoken(id, &wanted).await) })?;
        Ok(Self { explanation, spoken })
    }
}

impl Edited for Line {
    const ONE: &'static str = "line";
    const BY_FORM: bool = false;
    const SECTION: &'static str = "/console/numbers";
    const NEEDS: &'static [Kind] = &[Kind::Service, Kind::HolidayCalendar];
    type Beside = Known;

    async fn beside(client: &Client, id: &str) -> Result<Known, ClientError> {
        Known::of(client, id, None).await
    }

    async fn preview(visitor: &Visitor, id: Option<&str>, draft: &Self) -> Result<Known, ClientError> {
        Known::of(&visitor.client, id.unwrap_or_default(), Some(draft)).await
    }

    fn fresh(list: Option<&str>) -> Value {
        match list {
            Some("destinations") => json!({"key": "", "service": "", "label": ""}),
            Some("support_hours") => {
                json!({"timezone": "", "windows": [office_hours()], "holidays": [], "calendars": []})
            }
            Some("support_hours.windows") => office_hours(),
            Some(path) if path.starts_with("prompts.") => json!(""),
            _ => json!({}),
        }
    }

    fn settle(fields: &mut Fields, is_saved: bool) {
        if is_saved {
            settle_labels(fields);
        }
    }

    fn page(editing: &Editing<Self>) -> askama::Result<String> {
        Page { frame: &editing.frame, editing }.render()
    }
}

/// A destination that nobody has named is called as its service; the form says beside it what services are called.
fn settle_labels(fields: &mut Fields) {
    for place in 0..fields.count("destinations") {
        let (label, service) = (format!("destinations[{place}].label"), format!("destinations[{place}].service"));
        if fields.text(&label).trim().is_empty() {
            let name = fields.text(&format!("_service-{}", fields.text(&service))).to_owned();
            fields.set(&label, &name);
        }
    }
}

fn office_hours() -> Value {
    json!({"days": ["MO", "TU", "WE", "TH", "FR"], "from": "08:00", "to": "16:00"})
}

#[derive(Template)]
#[template(path = "line.html")]
struct Page<'p> {
    frame: &'p Frame,
    editing: &'p Editing<Line>,
}

/// Days of the week, as the API and as people name them.
const DAYS: [(&str, &str); 7] =
    [("MO", "Mon"), ("TU", "Tue"), ("WE", "Wed"), ("TH", "Thu"), ("FR", "Fri"), ("SA", "Sat"), ("SU", "Sun")];

/// Voices that Twilio has, for languages that we have sentences in. Others can be typed.
const VOICES: [&str; 18] = [
    "alice",
    "Polly.Amy",
    "Polly.Brian",
    "Polly.Emma",
    "Polly.Joanna",
    "Polly.Matthew",
    "Polly.Salli",
    "Polly.Liv",
    "Polly.Ida-Neural",
    "Polly.Astrid",
    "Polly.Elin-Neural",
    "Polly.Marlene",
    "Polly.Hans",
    "Polly.Vicki",
    "Polly.Celine",
    "Polly.Mathieu",
    "Polly.Conchita",
    "Polly.Enrique",
];

impl Page<'_> {
    /// What no choice is called: if there is one service, it is the choice.
    fn unchosen(services: &[Choice]) -> &'static str {
        if services.len() == 1 { "" } else { "Choose a service" }
    }

    fn form(&self) -> &Form {
        &self.editing.form
    }

    fn id(&self) -> &str {
        self.editing.id.as_deref().unwrap_or_default()
    }

    fn spoken(&self) -> Option<&Spoken> {
        self.editing.beside.spoken.as_ref()
    }

    /// The keys of the destinations, as the default is chosen among them.
    fn keys(&self) -> Vec<Choice> {
        let choice = |path: String| {
            let id = self.key(&path);
            let label = self.form().value(format!("{path}.label"));
            let name = if label.is_empty() { id.clone() } else { format!("{id}, {label}") };
            Choice { id, name }
        };
        self.form().items("destinations").into_iter().map(choice).collect()
    }

    /// A destination's key; for a new one the first that is free.
    fn key(&self, path: &str) -> String {
        let typed = self.form().value(format!("{path}.key"));
        if !typed.is_empty() {
            return typed.to_owned();
        }
        let taken: Vec<String> = self.form().each("destinations", "key");
        let free = (1..=9).chain([0]).map(|key| key.to_string()).find(|key| !taken.contains(key));
        free.unwrap_or_default()
    }

    fn place(path: &str) -> usize {
        path.rsplit_once('[').and_then(|(_, place)| place.strip_suffix(']')?.parse().ok()).unwrap_or(0)
    }

    /// A time without its seconds, if it has none.
    fn time(&self, path: String) -> &str {
        let time = self.form().value(path);
        time.strip_suffix(":00").filter(|short| short.len() == 5).unwrap_or(time)
    }

    fn greeting(&self) -> Sentence {
        sentences::greeting(self.form(), self.spoken())
    }

    fn sentences(&self) -> [(&'static str, Vec<Sentence>); 3] {
        let heard = |hears| sentences::heard_by(hears, self.form(), self.spoken());
        [
            ("What callers hear", heard(Hears::Callers)),
            ("What responders hear who are rung", heard(Hears::Responders)),
            ("What people hear and read who verify their phone", heard(Hears::Verification)),
        ]
    }

    /// Whether the other sentences are looked at.
    fn shows_sentences(&self) -> bool {
        let form = self.form();
        sentences::any_own(form) || form.value("_do").contains("prompts.") || form.error_within("prompts").is_some()
    }

    fn closed(&self) -> Vec<&'static str> {
        let explanation = self.editing.beside.explanation.iter();
        let said = |closed: &Closed| match closed {
            Closed::Disabled => "the line is disabled",
            Closed::Blocked => "the caller is blocked",
            Closed::OutsideHours => "it is outside its support hours",
            Closed::Withheld => "the caller hides their number",
        };
        explanation.flat_map(|explanation| &explanation.closed).map(said).collect()
    }

    /// The first climb of each destination's policy.
    fn first_round(destination: &DestinationExplanation) -> &[Rung] {
        destination.rounds.first().map_or(&[], |round| round.rungs.as_slice())
    }

    /// Whoever is rung first.
    fn first(destination: &DestinationExplanation) -> &str {
        let first = Self::first_round(destination).iter().find(|rung| Self::rings(rung));
        first.and_then(|rung| rung.name.as_deref()).unwrap_or("somebody")
    }

    /// How many phones ring after the first one.
    fn others(destination: &DestinationExplanation) -> usize {
        Self::first_round(destination).iter().filter(|rung| Self::rings(rung)).count().saturating_sub(1)
    }

    fn rings(rung: &Rung) -> bool {
        rung.result == RungResult::Ring
    }
}
