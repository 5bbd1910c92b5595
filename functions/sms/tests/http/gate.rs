//! Nobody but Twilio is heard.

use crate::{
    house::{ACCOUNT, House},
    organisation::{CALLER, HOTLINE},
    twilio_signs::signature,
};

#[tokio::test]
async fn what_is_not_signed_is_refused_before_anything_is_read() {
    let house = House::open().await;
    let form = [("AccountSid", ACCOUNT), ("MessageSid", "SM1"), ("From", CALLER), ("To", HOTLINE), ("Body", "Help me")];
    for path in ["/sms/incoming", "/sms/receipt"] {
        let forged = signature("guessed", &format!("https://hotline.example.org{path}"), &form);
        for signature in [None, Some(""), Some(forged.as_str())] {
            assert_eq!(house.post_signed(path, &form, signature).await, (403, String::new()), "{path}");
        }
    }
    assert_eq!(house.table.counts(), [].into());
    assert!(house.queued().await.texts.is_empty());
}

#[tokio::test]
async fn a_form_that_lacks_what_it_needs_is_nobodys() {
    let house = House::open().await;
    let (status, document) = house.post("/sms/incoming", &[("AccountSid", ACCOUNT), ("Body", "Hi")]).await;
    assert_eq!((status, document.ends_with("<Response></Response>")), (200, true), "{document}");
    assert_eq!(house.post("/sms/receipt", &[("AccountSid", ACCOUNT)]).await.0, 400);
    // who cannot be answered is not asked anything
    for (from, to) in [("12345", HOTLINE), ("ACME", HOTLINE), ("+266696687", HOTLINE), (CALLER, "whatsapp:+4721000000")]
    {
        assert_eq!(house.text(from, to, "Hi").await, None, "{from}");
    }
    assert_eq!(house.table.counts(), [].into());
}
