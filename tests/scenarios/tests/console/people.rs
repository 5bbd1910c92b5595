//! People: phones that are proven by a code, and rules by which they are told.

use std::time::Duration;

use api::{Person, Role};
use http::StatusCode;

use crate::{house::House, page::Page};

const PHONE: &str = "+4791000077";

impl House {
    /// The codes that a phone was sent, once there are so many. However long it takes: none can come twice.
    async fn codes(&self, phone: &str, least: usize) -> Vec<String> {
        let url = format!("{}/_sim/phones/{phone}/texts", self.stack.running.twilio.as_ref().unwrap());
        for _ in 0..1000 {
            let texts = reqwest::get(&url).await.unwrap().text().await.unwrap();
            let words = texts.split(|letter: char| !letter.is_ascii_alphanumeric());
            let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
            let codes: Vec<String> = words.filter(is_code).map(str::to_owned).collect();
            if codes.len() >= least {
                return codes;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("no code came to {phone}");
    }

    async fn grete(&self) -> Person {
        let grete = serde_json::json!({"id": "grete", "name": "Grete", "phones": [{"number": PHONE}]});
        self.api.create(&serde_json::from_value::<Person>(grete).unwrap()).await.unwrap().value
    }

    async fn is_verified(&self) -> bool {
        self.api.read::<Person>("grete").await.unwrap().value.phones[0].verified
    }
}

fn light(page: &Page) {
    assert_eq!((page.status, page.rounds), (StatusCode::OK, 1), "{}", page.path);
    assert!(page.html.len() < 40_000, "{} has {} bytes", page.path, page.html.len());
}

#[tokio::test]
async fn a_phone_is_proven_by_the_code_that_was_sent_to_it() {
    let house = House::seeded().await;
    house.grete().await;
    let operator = house.visitor(Role::Operator).await;
    light(&operator.get("/console/people").await);
    let page = operator.get("/console/people/grete").await;
    light(&page);
    let send = page.form("#reach form:first-of-type").press("Send a code by text");
    let page = operator.submit(send.clone()).await;
    assert!(page.text("#reach .notice").contains("on its way"), "{}", page.html);
    // the same form once more sends no other code
    let again = operator.submit(send).await;
    assert_eq!(again.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(again.text("#reach .problem").contains("The next one: in "), "{}", again.text("#reach .problem"));
    let codes = house.codes(PHONE, 1).await;
    assert_eq!(codes.len(), 1);
    let wrong = if codes[0] == "000000" { "000001" } else { "000000" };
    let confirm = page.form("#reach form:nth-of-type(2)");
    let page = operator.submit(confirm.clone().set("_code", wrong).press("Confirm")).await;
    assert!(page.wrong("_code").contains("4 tries are left"), "{}", page.wrong("_code"));
    assert!(!house.is_verified().await);
    let page = operator.submit(confirm.set("_code", &codes[0]).press("Confirm")).await;
    assert!(page.text("#reach .notice").starts_with("Verified"));
    assert!(house.is_verified().await);
    assert!(!page.has("#reach form"), "there is nothing more to be proven");
}

#[tokio::test]
async fn a_reader_is_offered_nothing_that_takes_another_role() {
    let house = House::seeded().await;
    house.grete().await;
    let reader = house.visitor(Role::Reader).await;
    let page = reader.get("/console/people/grete").await;
    assert!(!page.has("#reach form"));
    assert!(page.text("#reach .hint").contains("operator"));
    assert!(!page.texts("#editor button").contains(&"Save".to_owned()) || !page.has("#editor .actions"));
}

#[tokio::test]
async fn rules_are_chosen_and_given_back() {
    let house = House::seeded().await;
    house.grete().await;
    let admin = house.admin().await;
    let page = admin.get("/console/people/grete").await;
    let form = page.form("#editor").set("rules.high[0].after_minutes", "7").press_value("remove:rules.low[0]");
    let page = admin.submit(form).await;
    assert!(page.texts("#editor .warn").contains(&"They are not told at all.".to_owned()));
    admin.submit(page.form("#editor").press("Save")).await;
    let rules = house.api.read::<Person>("grete").await.unwrap().value.rules.unwrap();
    assert_eq!((rules.high[0].after_minutes, rules.high.len(), rules.low.len()), (7, 2, 0));
    let page = admin.get("/console/people/grete").await;
    let page = admin.submit(page.form("#editor").press("Use the usual rules")).await;
    admin.submit(page.form("#editor").press("Save")).await;
    let rules = house.api.read::<Person>("grete").await.unwrap().value.rules.unwrap();
    assert_eq!((rules.high[0].after_minutes, rules.low.len()), (0, 1));
}
