//! The sentences of a line: which there are, when they are spoken, and what a caller would hear.

use api::Spoken;

use crate::form::Form;

/// Who hears a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hears {
    Callers,
    Responders,
    /// Whoever verifies a phone.
    Verification,
}

/// A sentence, as the page shows it.
pub(super) struct Sentence {
    /// Where its words stand in the form.
    pub(super) path: String,
    /// When it is spoken.
    pub(super) when: &'static str,
    /// What is said now; several, if it is said once for each destination. Nothing, if that is not known.
    pub(super) said: Vec<String>,
    /// Whether the form has words of its own for it.
    pub(super) is_own: bool,
}

/// The sentences that somebody hears, in the order of a call.
pub(super) fn heard_by(hears: Hears, form: &Form, spoken: Option<&Spoken>) -> Vec<Sentence> {
    // the greeting stands by itself
    let known = SENTENCES.iter().filter(|(name, _, by)| *by == hears && *name != "greeting");
    known.map(|(name, when, _)| sentence(name, when, form, spoken)).collect()
}

/// The first sentence.
pub(super) fn greeting(form: &Form, spoken: Option<&Spoken>) -> Sentence {
    sentence("greeting", "The first thing that a caller hears.", form, spoken)
}

/// Whether other words are spoken than ours, but for the greeting.
pub(super) fn any_own(form: &Form) -> bool {
    SENTENCES.iter().any(|(name, ..)| *name != "greeting" && form.has_any(format!("prompts.{name}")))
}

fn sentence(name: &str, when: &'static str, form: &Form, spoken: Option<&Spoken>) -> Sentence {
    let path = format!("prompts.{name}");
    let said = spoken.iter().flat_map(|spoken| &spoken.sentences).filter(|sentence| sentence.prompt == name);
    Sentence { is_own: form.has_any(&path), said: said.map(|sentence| sentence.words.clone()).collect(), when, path }
}

/// By name: when it is spoken, and who hears it. As docs/prompts.md tells them; those that no line can replace left out.
const SENTENCES: [(&str, &str, Hears); 38] = [
    ("greeting", "The first thing that a caller hears.", Hears::Callers),
    ("menu_item", "One destination in the menu.", Hears::Callers),
    ("menu_repeat", "The end of the menu.", Hears::Callers),
    ("menu_wrong", "A key that leads nowhere.", Hears::Callers),
    ("menu_silence", "No key.", Hears::Callers),
    ("recording_notice", "Before the first phone rings, on a line that records.", Hears::Callers),
    ("connecting", "Before the first phone rings.", Hears::Callers),
    ("still_trying", "Between two attempts.", Hears::Callers),
    ("message_instead", "Between two attempts, on a line with voicemail.", Hears::Callers),
    ("nobody", "Nobody is left to ring.", Hears::Callers),
    ("leave_message", "Before the tone.", Hears::Callers),
    ("message_taken", "A message has been left.", Hears::Callers),
    ("message_empty", "The recording was silent, and its caller is asked once more.", Hears::Callers),
    ("team_told", "Nobody could be reached, and the line has no voicemail.", Hears::Callers),
    ("call_over", "The responder has hung up after the talk.", Hears::Callers),
    ("disabled", "The line is switched off.", Hears::Callers),
    ("withheld", "The caller hides their number, and the line refuses that.", Hears::Callers),
    ("closed", "Outside the support hours.", Hears::Callers),
    ("call_later", "Goodbye outside the support hours, on a line without voicemail.", Hears::Callers),
    ("maintenance", "The service is in maintenance.", Hears::Callers),
    ("debug", "The service is being tried out.", Hears::Callers),
    (
        "if_spoken",
        "Between two attempts while our functions are gone: whether the last one was answered is not known.",
        Hears::Callers,
    ),
    ("message_kept", "A message has been left while our functions are gone.", Hears::Callers),
    ("responder_offer", "To a caller whose phone is a responder's, before anything else.", Hears::Callers),
    ("whisper", "To the responder, before the keys: what the call is.", Hears::Responders),
    ("recording_whisper", "To the responder, before the keys, on a line that records.", Hears::Responders),
    ("hidden_number", "Who calls, if they show no number.", Hears::Responders),
    ("whisper_keys", "To the responder: the keys.", Hears::Responders),
    (
        "whisper_any_key",
        "To the responder while our functions are gone: what the call is, and the keys.",
        Hears::Responders,
    ),
    ("accepted", "To the responder who accepted.", Hears::Responders),
    ("declined", "To the responder who declined.", Hears::Responders),
    ("taken", "To the responder who came second.", Hears::Responders),
    ("gone", "To the responder whose caller has left.", Hears::Responders),
    ("not_confirmed", "To the responder, or the mailbox, that pressed nothing.", Hears::Responders),
    ("verification_text", "A text to a phone that is to be verified.", Hears::Verification),
    (
        "verification_call",
        "On a call to a phone that is to be verified, before the digits of the code.",
        Hears::Verification,
    ),
    ("verification_again", "Before the digits are spoken for the second time.", Hears::Verification),
    ("verification_end", "After them.", Hears::Verification),
];

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = include_str!("../../../../../docs/prompts.md");
    /// They are spoken where no line is known.
    const OF_NO_LINE: [&str; 3] = ["one_moment", "unknown_number", "whisper_unknown"];

    #[test]
    fn every_sentence_that_can_be_replaced_is_shown() {
        let rows = DOCUMENT.lines().filter_map(|row| row.strip_prefix("| `")?.split_once("` | "));
        let told: Vec<(&str, &str)> = rows.filter_map(|(name, rest)| Some((name, rest.split_once(" | ")?.0))).collect();
        let told: Vec<_> = told.into_iter().filter(|(name, _)| !OF_NO_LINE.contains(name)).collect();
        let shown: Vec<_> = SENTENCES.iter().map(|(name, when, _)| (*name, *when)).collect();
        assert_eq!(shown, told);
    }
}
