//! What came with the texts of a conversation.

use axum::extract::State;
use oncall::{ThreadId, texting};

use crate::{
    app::App,
    argument::{Part, Two, cursor_at, place_of},
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
    kept::{IN_PARTS, Kept, Sort},
};

/// What is shown as what it is. Whoever texts a line may send anything, and a page or a drawing with a script would run
/// in the name of whoever looks at it.
const SHOWN: &[&str] = &[
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/amr",
    "video/mp4",
    "video/3gpp",
    ANYTHING,
];
/// What is kept, and not shown.
const ANYTHING: &str = "application/octet-stream";

#[derive(Debug)]
struct Attached;

impl Sort for Attached {
    const MEDIA_TYPES: &'static [&'static str] = SHOWN;
}

pub(crate) fn endpoints() -> Vec<Endpoint> {
    let about = format!(
        "From the Twilio account that keeps it. What is no picture, film or sound of a usual kind is answered as \
         `{ANYTHING}`. {IN_PARTS}"
    );
    let shows = get("/conversations/{id}/media/{media}", show).says("Shows what came with a text", &about);
    vec![shows.asks_twilio().refuses(&[Cause::Malformed])]
}

async fn show(
    _: Caller<Reader>,
    State(app): State<App>,
    Two(conversation, media): Two,
    part: Part,
) -> Result<Kept<Attached>, Failure> {
    let (place, number) = place(&media).ok_or(Cause::NotFound)?;
    let id = ThreadId::new(conversation);
    let (thread, said) = tokio::try_join!(app.store.thread(&id), app.store.said_at(&id, &place))?;
    let thread = thread.ok_or(Cause::NotFound)?;
    let attached = said.and_then(|said| said.media.into_iter().nth(number)).ok_or(Cause::NotFound)?;
    let account = app.number_of(thread.line.as_str()).await?.account;
    let client = app.twilio(&account).await?;
    let elsewhere = || Failure::from(Cause::NotFound).detail("the line's Twilio account does not keep it");
    let name = client.media_named(&attached.href).ok_or_else(elsewhere)?;
    Kept::of(client.fetch_media(&name, part.wanted()).await, &part, shown_as(&attached.content_type))
}

/// What came with the text that has this place in its conversation.
pub(crate) fn attachments(place: &str, media: &[texting::Attachment]) -> Vec<api::Attachment> {
    let attachment = |(number, it): (usize, &texting::Attachment)| api::Attachment {
        id: cursor_at(&format!("{place}#{number}")),
        content_type: it.content_type.clone(),
    };
    media.iter().enumerate().map(attachment).collect()
}

/// The place of the text in its conversation, and which of what came with it.
fn place(id: &str) -> Option<(String, usize)> {
    let found = place_of(id).ok()?;
    let (place, number) = found.rsplit_once('#')?;
    Some((place.to_owned(), number.parse().ok()?))
}

fn shown_as(content_type: &str) -> &'static str {
    let plain = content_type.split(';').next().unwrap_or_default().trim();
    SHOWN.iter().find(|known| known.eq_ignore_ascii_case(plain)).unwrap_or(&ANYTHING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attachment_is_found_by_its_id() {
        let media = vec![texting::Attachment { href: String::new(), content_type: "image/png".to_owned() }; 2];
        let ids = attachments("2026-11-20T08:00:00.000000000Z#MM1", &media);
        assert_eq!(place(&ids[1].id), Some(("2026-11-20T08:00:00.000000000Z#MM1".to_owned(), 1)));
        assert_ne!(ids[0].id, ids[1].id);
        assert_eq!([place("x!"), place(&cursor_at("1")), place(&cursor_at("a#b"))], [None, None, None]);
    }

    #[test]
    fn what_could_run_is_not_shown() {
        let shown = ["image/JPEG", "audio/amr; codecs=x", "image/svg+xml", "text/html", ""].map(shown_as);
        assert_eq!(shown, ["image/jpeg", "audio/amr", ANYTHING, ANYTHING, ANYTHING]);
    }
}
