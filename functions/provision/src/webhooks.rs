//! Where the calls of our numbers go at Twilio, and how that is compared with what is there.

use api::{Difference, Webhooks};
use entry::PublicUrl;
use twilio::{
    rest::{NumberSettings, OwnedNumber, Setting, Webhook},
    twiml::Method,
};

/// What stands before a purchase's id in a number's name at Twilio: by this it is known to be ours.
pub(crate) const NAME_PREFIX: &str = "dutyline/";

/// All that is set of a number of ours. Texts go nowhere.
pub(crate) fn settings(public_url: &PublicUrl) -> NumberSettings {
    NumberSettings {
        voice: Setting::Ask(Webhook::post(public_url.join("/voice/incoming"))),
        status_callback: Setting::Ask(Webhook::post(public_url.join("/voice/ended"))),
        sms: Setting::Clear,
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

/// What of a number of ours is not as it should be. An application or a trunk would take its calls away.
pub(crate) fn differences(number: &OwnedNumber, public_url: &PublicUrl) -> Vec<Difference> {
    let (should, found) = (settings(public_url), shown(number));
    let compared = [
        ("voice", wanted(&should.voice), found.voice),
        ("status_callback", wanted(&should.status_callback), found.status_callback),
        ("sms", wanted(&should.sms), found.sms),
        ("sms_fallback", wanted(&should.sms_fallback), found.sms_fallback),
        ("voice_application", None, found.voice_application),
        ("trunk", None, found.trunk),
    ];
    let differ = compared.into_iter().filter(|(_, expected, found)| expected != found);
    differ.map(|(setting, expected, found)| Difference { setting: setting.to_owned(), expected, found }).collect()
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
