//! Conversations in words.

use api::{Conversation, ConversationMessage, Delivery, IncidentStatus, Writer, WriterKind};

/// Where a conversation stands, and in what colour.
pub(super) fn state(conversation: &Conversation) -> (&'static str, &'static str) {
    match conversation.incident.as_ref().map(|incident| incident.status) {
        _ if conversation.is_over => ("over", ""),
        None if conversation.service.is_none() => ("is asked what it is about", "warn"),
        None => ("on its way to an incident", "warn"),
        Some(IncidentStatus::Triggered) => ("nobody has it", "bad"),
        Some(IncidentStatus::Acknowledged) => ("somebody has it", "good"),
        Some(IncidentStatus::Silenced) => ("silenced", "warn"),
        Some(IncidentStatus::Resolved) => ("resolved", ""),
    }
}

/// What a line is called.
pub(super) fn line(conversation: &Conversation) -> &str {
    conversation.line_name.as_deref().unwrap_or(&conversation.line)
}

/// What a conversation is about.
pub(super) fn service(conversation: &Conversation) -> Option<&str> {
    conversation.service_name.as_deref().or(conversation.service.as_deref())
}

/// How a conversation begins.
pub(super) fn opening(conversation: &Conversation) -> &str {
    if conversation.opening.is_empty() { "no words" } else { &conversation.opening }
}

/// Who wrote something, to somebody whom the log knows by `me`.
pub(super) fn writer(by: &Writer, me: &str) -> String {
    let id = by.id.as_deref().unwrap_or_default();
    match by.kind {
        WriterKind::Reporter => "They".to_owned(),
        WriterKind::Dutyline => "Dutyline, at once".to_owned(),
        WriterKind::Person => by.name.clone().unwrap_or_else(|| id.to_owned()),
        WriterKind::Token if id == me => "You".to_owned(),
        WriterKind::Token if id == "bootstrap" => "The first administrator".to_owned(),
        WriterKind::Token => format!("Token {id}"),
    }
}

/// On which side a text stands.
pub(super) fn side(message: &ConversationMessage) -> &'static str {
    match message.by.kind {
        WriterKind::Reporter => "theirs",
        WriterKind::Dutyline => "ours at-once",
        WriterKind::Person | WriterKind::Token => "ours",
    }
}

/// How a reply fares, and in what colour.
pub(super) fn fares(delivery: Delivery) -> (&'static str, &'static str) {
    match delivery {
        Delivery::Sending => ("being sent", "warn"),
        Delivery::Sent => ("sent", ""),
        Delivery::Delivered => ("has arrived", "good"),
        Delivery::Failed => ("has not arrived", "bad"),
    }
}

/// What came with a text, as a browser can show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attached {
    Picture,
    Sound,
    Film,
    /// Nothing that every browser shows: to be kept as a file.
    File(&'static str),
}

pub(super) fn attached(content_type: &str) -> Attached {
    match content_type {
        "image/jpeg" | "image/png" | "image/gif" | "image/webp" => Attached::Picture,
        "audio/mpeg" | "audio/mp4" | "audio/ogg" => Attached::Sound,
        "video/mp4" => Attached::Film,
        other => Attached::File(match other.split('/').next() {
            Some("image") => "A picture",
            Some("audio") => "A recording",
            Some("video") => "A film",
            _ => "A file",
        }),
    }
}

#[cfg(test)]
mod tests {
    use api::ConversationIncident;

    use super::*;

    #[test]
    fn where_a_conversation_stands_is_said_in_words() {
        let conversation = |service: Option<&str>, status: Option<IncidentStatus>, is_over| Conversation {
            id: "th_1".to_owned(),
            line: "ln_1".to_owned(),
            line_name: None,
            reporter: api::Number("+4790000009".parse().unwrap()),
            began_at: "2026-11-22T08:51:17Z".parse().unwrap(),
            opening: String::new(),
            service: service.map(str::to_owned),
            service_name: None,
            is_over,
            incident: status.map(|status| ConversationIncident {
                id: "in_1".to_owned(),
                number: 1,
                summary: "Down".to_owned(),
                status,
            }),
            said: None,
        };
        let asked = conversation(None, None, false);
        assert_eq!((state(&asked), service(&asked)), (("is asked what it is about", "warn"), None));
        assert_eq!((line(&asked), opening(&asked)), ("ln_1", "no words"));
        let told = conversation(Some("payments"), None, false);
        assert_eq!((state(&told).0, service(&told)), ("on its way to an incident", Some("payments")));
        let taken = Some(IncidentStatus::Acknowledged);
        assert_eq!(state(&conversation(Some("payments"), taken, false)), ("somebody has it", "good"));
        assert_eq!(state(&conversation(Some("payments"), taken, true)), ("over", ""));
    }

    #[test]
    fn a_writer_is_named() {
        let by = |kind, id: Option<&str>, name: Option<&str>| {
            writer(&Writer { kind, id: id.map(str::to_owned), name: name.map(str::to_owned) }, "k1")
        };
        assert_eq!(by(WriterKind::Person, Some("ada"), Some("Ada Lovelace")), "Ada Lovelace");
        assert_eq!(by(WriterKind::Person, Some("ada"), None), "ada");
        assert_eq!(by(WriterKind::Token, Some("k1"), None), "You");
        assert_eq!(by(WriterKind::Token, Some("k2"), None), "Token k2");
        assert_eq!(by(WriterKind::Token, Some("bootstrap"), None), "The first administrator");
    }

    #[test]
    fn what_came_with_a_text_is_said_in_words() {
        let found = ["image/png", "audio/ogg", "video/mp4", "video/3gpp", "text/vcard"].map(attached);
        let [film, file] = ["A film", "A file"].map(Attached::File);
        assert_eq!(found, [Attached::Picture, Attached::Sound, Attached::Film, film, file]);
    }
}
