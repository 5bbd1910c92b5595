//! Where the calls of our numbers go at Twilio, and how that is compared with what is there.

use api::{Difference, Webhooks};
use store::{Address, ListedLine};
use twilio::{
    rest::{NumberSettings, OwnedNumber, Setting, Webhook},
    twiml::Method,
};

use crate::numbers::Numbers;

/// What stands before a purchase's id in a number's name at Twilio: by this it is known to be ours.
pub(crate) const NAME_PREFIX: &str = "dutyline/";

/// All that is set of a number of ours. S3, where the fallback document stands, is asked by GET; where
/// no address is known, the fallback stays as it is.
pub(crate) fn settings(numbers: &Numbers, fallback: Option<&Address>) -> NumberSettings {
    let document = numbers.documents_url.as_ref().zip(fallback);
    let document = document.map(|(url, address)| Webhook::get(url.join(&format!("/{}", address.path()))));
    NumberSettings {
        voice: Setting::Ask(Webhook::post(numbers.public_url.join("/voice/incoming"))),
        voice_fallback: document.map_or(Setting::Keep, Setting::Ask),
        status_callback: Setting::Ask(Webhook::post(numbers.public_url.join("/voice/ended"))),
        sms: Setting::Ask(Webhook::post(numbers.public_url.join("/sms/incoming"))),
        sms_fallback: Setting::Clear,
        ..NumberSettings::default()
    }
}

/// Where a number's calls and texts go, as this API shows it.
pub(crate) fn shown(number: &OwnedNumber) -> Webhooks {
    let webhook = |webhook: &Option<Webhook>| webhook.as_ref().map(said);
    Webhooks {
        voice: webhook(&number.voice),
        voice_fallback: webhook(&number.voice_fallback),
        status_callback: webhook(&number.status_callback),
        sms: webhook(&number.sms),
        sms_fallback: webhook(&number.sms_fallback),
        voice_application: number.voice_application.clone(),
        sms_application: number.sms_application.clone(),
        trunk: number.trunk.clone(),
    }
}

/// What of a number of ours is not as it should be. An application or a trunk would take its calls or texts
/// away.
/// Whoever may see them need not be able to read a fallback document for ever: its address is shortened.
pub(crate) fn differences(number: &OwnedNumber, numbers: &Numbers, fallback: Option<&Address>) -> Vec<Difference> {
    let (should, found) = (settings(numbers, fallback), shown(number));
    let kept = |setting: &Setting, found: Option<String>| if *setting == Setting::Keep { None } else { found };
    let compared = [
        ("voice", wanted(&should.voice), found.voice),
        ("voice_fallback", wanted(&should.voice_fallback), kept(&should.voice_fallback, found.voice_fallback)),
        ("status_callback", wanted(&should.status_callback), found.status_callback),
        ("sms", wanted(&should.sms), found.sms),
        ("sms_fallback", wanted(&should.sms_fallback), found.sms_fallback),
        ("voice_application", None, found.voice_application),
        ("sms_application", None, found.sms_application),
        ("trunk", None, found.trunk),
    ];
    let differ = compared.into_iter().filter(|(_, expected, found)| expected != found);
    let told = |(setting, expected, found): (&str, Option<String>, Option<String>)| Difference {
        setting: setting.to_owned(),
        expected: expected.as_deref().map(shortened),
        found: found.as_deref().map(shortened),
    };
    differ.map(told).collect()
}

/// A webhook without what of it is as good as a key.
fn shortened(webhook: &str) -> String {
    let short = |segment: &str| match segment.parse::<Address>() {
        Ok(_) => segment.chars().take(4).chain(['…']).collect(),
        Err(_) => segment.to_owned(),
    };
    webhook.split('/').map(short).collect::<Vec<String>>().join("/")
}

/// Where the fallback document of one of the lines stands.
pub(crate) fn address_of<'a>(lines: &'a [ListedLine], line: &str) -> Option<&'a Address> {
    let line = lines.iter().find(|listed| listed.id.as_str() == line)?;
    line.fallback.as_ref().map(|fallback| &fallback.address)
}

fn wanted(setting: &Setting) -> Option<String> {
    match setting {
        Setting::Ask(webhook) => Some(said(webhook)),
        Setting::Keep | Setting::Clear => None,
    }
}

fn said(webhook: &Webhook) -> String {
    let method = match webhook.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    format!("{method} {}", webhook.url)
}
