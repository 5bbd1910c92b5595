//! What is said, as TwiML.

use entry::PublicUrl;
use twilio::twiml::{Dial, Gather, Response, Twiml};
use words::Heard;

use crate::{
    route::Route,
    said::{Said, Then},
};

/// How long a responder may think after the last word, seconds.
const KEY_SECONDS: u16 = 6;
/// How long a reporter's phone rings, seconds.
const RING_SECONDS: u16 = 30;
/// How long we wait before we ask again what could not be answered in time, seconds.
const AGAIN_SECONDS: u16 = 2;

/// The document.
pub(crate) fn write(public_url: &PublicUrl, said: &Said) -> Twiml {
    match &said.then {
        Then::Dial(dialling) => {
            let voice = Heard::voice(&said.tag);
            let url = public_url.join(&dialling.then.to_string());
            let dial = Dial::to(&dialling.to).timeout(RING_SECONDS).caller_id(&dialling.as_line).action(url);
            said.says.iter().fold(Response::new(), |response, text| response.say(&voice, text)).dial(dial)
        }
        Then::HangUp => {
            let voice = Heard::voice(&said.tag);
            said.says.iter().fold(Response::new(), |response, text| response.say(&voice, text)).hangup()
        }
        Then::Ask(route) => ask(public_url, said, route, KEY_SECONDS),
        Then::Again(route) => ask(public_url, said, route, AGAIN_SECONDS),
    }
}

/// Words inside a question, so that a key cuts them short. `#` is a key like the others.
fn ask(public_url: &PublicUrl, said: &Said, route: &Route, seconds: u16) -> Twiml {
    let url = public_url.join(&route.to_string());
    let voice = Heard::voice(&said.tag);
    let gather = Gather::keys(1).finish_on_key("").timeout(seconds).action_on_empty_result().action(url.as_str());
    let words = |prompt| said.says.iter().fold(prompt, |prompt: twilio::twiml::Prompt, text| prompt.say(&voice, text));
    // should Twilio ever not ask without a key, nobody is left in silence
    Response::new().gather(gather, words).redirect(&url)
}
