//! What a line says, to be heard before it is saved.

use api::{Line, NewSpoken, Spoken, SpokenSentence};
use axum::extract::State;
use oncall::{Destination, Service};
use words::{Prompt, Words};

use crate::{
    answer::Shown,
    app::App,
    argument::{Id, Unsaved},
    caller::{Caller, Reader},
    endpoint::{Endpoint, post},
    failure::{Cause, Failure},
    objects::Kept as _,
};

/// Spoken in our own words where no line is known.
const OF_NO_LINE: [Prompt; 3] = [Prompt::OneMoment, Prompt::UnknownNumber, Prompt::WhisperUnknown];
/// In the place of a code that verifies a phone.
const CODE: &str = "123456";

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![post("/lines/{id}/prompts", show).says(
        "What a line says",
        "Every sentence, of the line as it is or as it would be saved; what saving refuses is refused here. Nothing is \
         saved.",
    )]
}

async fn show(
    caller: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Unsaved(wanted): Unsaved<NewSpoken>,
) -> Result<Shown<Spoken>, Failure> {
    let kept = app.store.find::<oncall::Line>(&id).await?.ok_or(Cause::NotFound)?.value;
    let line = match wanted.line {
        Some(line) => app.line_to_be(&caller, line, &kept).await.map_err(|failure| failure.under("line"))?,
        None => kept,
    };
    let first = line.fallback_destination();
    let service = match first {
        Some(destination) => app.store.find::<Service>(destination.service.as_str()).await?,
        None => None,
    };
    let service = service.map(|found| found.value.name).unwrap_or_default();
    let prompts = Prompt::ALL.iter().filter(|prompt| !OF_NO_LINE.contains(prompt));
    let sentences = prompts.flat_map(|prompt| said(&line, *prompt, &service)).collect();
    Ok(Shown(Spoken { language: line.language.clone(), voice: line.voice.clone(), sentences }))
}

impl App {
    async fn line_to_be(
        &self,
        caller: &Caller<Reader>,
        line: Line,
        kept: &oncall::Line,
    ) -> Result<oncall::Line, Failure> {
        if line.id.as_deref().is_some_and(|own| own != kept.id.as_str()) {
            return Err(Failure::field("id", "must be the one in the path, or left out"));
        }
        let line = line.domain(kept.id.as_str(), Some(kept)).map_err(Failure::refused)?;
        self.foreseen(caller, line).await
    }
}

fn said(line: &oncall::Line, prompt: Prompt, service: &str) -> Vec<SpokenSentence> {
    let words = Words::of_line(line);
    let hidden = words.say(Prompt::HiddenNumber, &[]);
    let sentence = |destination: Option<&Destination>| {
        let key = destination.map(|destination| destination.key.to_string()).unwrap_or_default();
        let label = destination.map(|destination| destination.label.as_str()).unwrap_or_default();
        let values: &[(&str, &str)] = match prompt {
            Prompt::MenuItem => &[("label", label), ("key", &key)],
            Prompt::VerificationText => &[("line", &line.name), ("code", CODE)],
            Prompt::VerificationCall | Prompt::VerificationAgain | Prompt::VerificationEnd => &[("line", &line.name)],
            Prompt::Whisper => &[("line", &line.name), ("service", service), ("caller", &hidden)],
            _ => &[("line", &line.name), ("service", service)],
        };
        SpokenSentence {
            prompt: prompt.name().to_owned(),
            words: words.say(prompt, values),
            replaced: line.prompts.contains_key(prompt.name()),
        }
    };
    match prompt {
        Prompt::MenuItem => line.destinations.iter().map(|destination| sentence(Some(destination))).collect(),
        _ => vec![sentence(line.fallback_destination())],
    }
}
