//! From nothing to a line that rings, on a phone: whoever does it only follows what the pages offer.

use std::time::Duration;

use tokio::time::sleep;

use crate::tab::Tab;

pub(super) async fn tell(tab: Tab) {
    tab.sign_in().await;
    tab.sees("From nothing to a line that rings").await;
    tab.sees("Nobody can call yet").await;
    tab.is_for_everybody().await;
    tab.shoot("first-steps").await;

    tab.press("Next: Connect Twilio").await;
    let [sid, auth_token, key, secret] = tab.stack.twilio_account();
    for (field, text) in [
        ("account", &sid),
        ("name", &"Ours".to_owned()),
        ("auth_token", &auth_token),
        ("key_sid", &key),
        ("key_secret", &secret),
    ] {
        tab.fill(field, text).await;
    }
    tab.press("Try and connect").await;
    tab.sees("Connected.").await;
    tab.is_for_everybody().await;

    next(&tab, "Get a number").await;
    tab.press("Purchase number").await;
    tab.press("Norway, Mobile").await;
    tab.sees("needs an address").await;
    tab.is_for_everybody().await;
    tab.press("Add an address").await;
    for (field, text) in [
        ("customer_name", "Nordlys AS"),
        ("street", "Storgata 1"),
        ("postal_code", "0155"),
        ("city", "Oslo"),
        ("region", "Oslo"),
    ] {
        tab.fill(field, text).await;
    }
    tab.press("Register").await;
    tab.sees("The address is registered").await;
    tab.is_for_everybody().await;
    tab.press("Back to the numbers").await;
    tab.click("form[action$=confirm] button").await;
    tab.sees("Storgata 1").await;
    let number = tab.run("return document.querySelector('p.big').innerText").await.as_str().unwrap().to_owned();
    tab.click("form[method=post] button.main").await;
    tab.sees("Bought.").await;

    next(&tab, "Let it send codes and pages").await;
    tab.click("#f-sms_notifications").await;
    tab.click("#f-voice_notifications").await;
    tab.click("#editor .actions button.main").await;
    tab.sees("Saved.").await;

    next(&tab, "Add the people who answer").await;
    tab.fill("name", "Ola Haugen").await;
    tab.fill("phones[0].number", "+47 91 00 00 02").await;
    tab.press("Create person").await;
    tab.sees("Can they be reached?").await;
    tab.press("Send a code by text").await;
    tab.sees("on its way").await;
    tab.fill("_code", &code(&tab).await).await;
    tab.press("Confirm").await;
    tab.sees("Verified.").await;
    tab.is_for_everybody().await;

    next(&tab, "Say who is on call when").await;
    tab.fill("name", "On call").await;
    tab.choose("layers[0].users[0]", "ola-haugen").await;
    tab.sees("Times are those of").await;
    tab.press("Create schedule").await;
    tab.sees("Created.").await;

    next(&tab, "Say who comes after whom").await;
    tab.fill("name", "Whoever is on call").await;
    tab.choose("steps[0].targets[0].id", "schedule:on-call").await;
    tab.press("Create escalation policy").await;
    tab.sees("Created.").await;

    next(&tab, "Name a service").await;
    tab.fill("name", "Payments").await;
    tab.press("Create service").await;
    tab.sees("Created.").await;

    next(&tab, "Let the number lead there").await;
    tab.click("#f-enabled").await;
    tab.press("Add a destination").await;
    tab.sees("Spoken in the menu as").await;
    tab.click("#editor .actions button.main").await;
    tab.sees("Saved.").await;
    tab.sees("Ola Haugen").await;
    tab.is_for_everybody().await;

    tab.press("What is next").await;
    tab.sees("It rings").await;
    tab.sees("Ready").await;
    tab.is_for_everybody().await;
    tab.shoot("set-up").await;
    tab.press("Try it").await;
    tab.click("button.dial").await;
    tab.sees("rings").await;
    tab.sees("Ola Haugen").await;
    tab.go("/console").await;
    assert!(!tab.text().await.contains("It rings"), "it is said once");

    let heard = tab.stack.says(&["call", &number, "--speed", "max"]);
    assert!(heard.contains("Ola Haugen"), "{heard}");
}

/// By the way that every page offers, on to what comes next: it is what we think it is.
async fn next(tab: &Tab, step: &str) {
    tab.press("What is next").await;
    tab.press(&format!("Next: {step}")).await;
}

/// The code that Ola's phone has received.
async fn code(tab: &Tab) -> String {
    for _ in 0..100 {
        let texts = tab.stack.says(&["texts", "+4791000002"]);
        let mut words = texts.split(|letter: char| !letter.is_ascii_digit());
        if let Some(code) = words.find(|word| word.len() == 6) {
            return code.to_owned();
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("no code has come")
}
