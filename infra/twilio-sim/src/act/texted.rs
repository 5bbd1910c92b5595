//! A phone texts one of the account's numbers: the webhook, the document that answers it, and the replies.
use std::{sync::Arc, time::Duration};

use super::{dial::e164, text};
use crate::{
    alert::Alert,
    engine::Engine,
    fetch::{About, Document, Fetched, fetch},
    ledger::{Charge, Item},
    media::{Attachment, Media},
    message::{Draft, Message, Sender, Texting},
    money::Money,
    opt_out::OptOut,
    send::resolve,
    twiml::Element,
    world::World,
};

/// So many documents may follow one text.
const DOCUMENTS: usize = 50;
/// So many replies may stand in the documents that follow one text.
const REPLIES: usize = 10;
/// So many replies may go to one phone within [`BRAKE`]: two machines that answer each other end here.
const WITHIN_BRAKE: usize = 15;
const BRAKE: Duration = Duration::from_secs(30);
/// The longest reply.
const LONGEST: usize = 1600;
/// A segment that comes in costs the same everywhere.
const SEGMENT: Money = Money::of(75);

/// A text arrives at Twilio. Its identifier; None when the number is no number of an account that takes texts. What
/// comes with it is lost on the way to a number that takes none.
pub(crate) fn receive(
    engine: &Arc<Engine>,
    (from, to): (&str, &str),
    body: &str,
    attachments: Vec<Attachment>,
) -> Option<String> {
    let (sid, own) = engine.change(|w| {
        let number = w.numbers.get(to).filter(|number| number.terms.sms)?;
        let (account, takes_media) = (number.account.clone(), number.terms.mms);
        let media = attachments.into_iter().filter(|_| takes_media).map(|attachment| w.media("", attachment)).collect();
        let (from, to, body) = (from.to_owned(), to.to_owned(), body.to_owned());
        let draft = Draft { account, sender: Sender::Phone, from, to, body, media, callback: None };
        let sid = w.add_message(draft);
        let text = w.messages.get(&sid)?.clone();
        let price = SEGMENT * text.segments;
        w.charge(Charge::priced(w.now, &text.account, &sid, Item::InboundSegments, price));
        Some((sid, twilios_own(w, &text)))
    })?;
    if let Some(own) = own {
        text::deliver(engine, &own);
    }
    let (actor, about) = (engine.clone(), sid.clone());
    engine.spawn(async move { Conversation::new(&actor, &about).go_on().await });
    Some(sid)
}

/// What Twilio itself makes of a word such as STOP, and the answer that it gives.
fn twilios_own(world: &mut World, text: &Message) -> Option<String> {
    let said = OptOut::of(&text.body)?;
    said.apply(world, &text.from, &text.to);
    Some(world.add_message(Draft {
        account: text.account.clone(),
        sender: Sender::Reply,
        from: text.to.clone(),
        to: text.from.clone(),
        body: said.answer().to_owned(),
        media: Vec::new(),
        callback: None,
    }))
}

impl World {
    /// A media resource of what is attached to a text, or of what the product says is at this address.
    pub(crate) fn media(&mut self, source: &str, attachment: Attachment) -> Media {
        Media { sid: self.sids.make("ME"), source: source.to_owned(), attachment, pass: self.sids.secret() }
    }
}

/// One text and what is said to it.
struct Conversation {
    engine: Arc<Engine>,
    sid: String,
    replies: usize,
}

/// Why Twilio does not send a reply: its code, a sentence, and whether a test brought it about.
struct Refusal(u32, &'static str, bool);

impl Conversation {
    fn new(engine: &Arc<Engine>, sid: &str) -> Self {
        Self { engine: engine.clone(), sid: sid.to_owned(), replies: 0 }
    }

    async fn go_on(&mut self) {
        let first = self.engine.read(|w| {
            let number = w.numbers.get(&w.messages.get(&self.sid)?.to)?;
            let url = Some(number.sms_webhook()).filter(|url| !url.is_empty())?;
            Some(Document::url(url, number.get("SmsMethod")))
        });
        let mut next = first;
        for _ in 0..DOCUMENTS {
            let Some(document) = next else { return };
            let about = About::Text(self.sid.clone());
            let Ok(fetched) = fetch(&self.engine, &about, document).await else { return };
            next = self.document(&fetched);
        }
        if next.is_some() {
            self.alert(Refusal(14106, "Message: document limit exceeded", false), "");
        }
    }

    /// Does what a document says; the one that follows.
    fn document(&mut self, fetched: &Fetched) -> Option<Document> {
        let base = fetched.base.as_deref().unwrap_or_default();
        for verb in &fetched.root.children {
            if verb.name == "Redirect" {
                return resolve(base, &verb.text).map(|url| Document::url(url, verb.method("method")));
            }
            self.replies += 1;
            let sent = match self.replies > REPLIES {
                true => Err(Refusal(14109, "Reply message limit exceeded", false)),
                false => self.engine.change(|w| reply(w, &self.sid, verb, base)),
            };
            let outcome = match sent {
                Ok(sid) => {
                    text::deliver(&self.engine, &sid);
                    vec![("MessageSid".to_owned(), sid), ("MessageStatus".to_owned(), "queued".to_owned())]
                }
                Err(refusal) => {
                    let failed = [("MessageStatus", "failed".to_owned()), ("ErrorCode", refusal.0.to_string())];
                    self.alert(refusal, base);
                    failed.map(|(name, value)| (name.to_owned(), value)).to_vec()
                }
            };
            // what stands behind an action is not reached
            if let Some(url) = verb.get("action").and_then(|action| resolve(base, action)) {
                let extra = outcome;
                return Some(Document::Url { url, method: verb.method("method").to_owned(), extra });
            }
        }
        None
    }

    fn alert(&self, Refusal(code, message, provoked): Refusal, url: &str) {
        self.engine.change(|w| {
            let (at, message, url) = (w.now, message.to_owned(), url.to_owned());
            w.alerts.push(Alert { at, code, message, url, call: None, provoked });
        });
    }
}

/// Takes a reply as REST takes a text; the new message.
fn reply(world: &mut World, asked: &str, verb: &Element, base: &str) -> Result<String, Refusal> {
    let refused = |code, message| Err(Refusal(code, message, false));
    let Some(asked) = world.messages.get(asked).cloned() else {
        return refused(20404, "The text is not there");
    };
    let to = verb.get("to").unwrap_or(&asked.from);
    let from = verb.get("from").unwrap_or(&asked.to);
    let child = |name: &'static str| verb.children.iter().filter(move |child| child.name == name);
    let bodies: Vec<&str> = child("Body").map(|body| body.text.as_str()).collect();
    let body = if bodies.is_empty() { verb.text.clone() } else { bodies.concat() };
    let sources: Vec<String> = child("Media").filter_map(|media| resolve(base, &media.text)).collect();
    if !e164(to) {
        return refused(14101, "Message: invalid To");
    }
    let number = world.numbers.get(from).filter(|number| number.account == asked.account && number.terms.sms);
    let Some(number) = number else {
        return refused(14108, "Message: From is no number of the account that can text");
    };
    if body.is_empty() && sources.is_empty() {
        return refused(14103, "Message: invalid Body");
    }
    if body.chars().count() > LONGEST {
        return refused(21617, "The concatenated message body exceeds the 1600 character limit");
    }
    if !sources.is_empty() && !number.terms.mms {
        return refused(21621, "The 'From' number has not been enabled for MMS");
    }
    if world.has_opted_out(to, from) {
        return refused(21610, "Attempt to send to unsubscribed recipient");
    }
    if let Texting::Refused(code) = world.texting(to) {
        return Err(Refusal(code, "Texts to this phone are not possible", true));
    }
    let lately = |text: &&Message| {
        let pair = text.sender == Sender::Reply && text.from == from && text.to == to;
        pair && text.created + BRAKE > world.now
    };
    if world.messages.values().filter(lately).count() >= WITHIN_BRAKE {
        return refused(14107, "Message rate limit exceeded");
    }
    let (account, from, to) = (asked.account, from.to_owned(), to.to_owned());
    let callback = verb.get("statusCallback").and_then(|url| resolve(base, url));
    let media = sources.iter().map(|source| world.media(source, Attachment::new("", ""))).collect();
    Ok(world.add_message(Draft { account, sender: Sender::Reply, from, to, body, media, callback }))
}
