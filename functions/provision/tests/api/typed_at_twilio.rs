//! What is typed about Twilio's things: refused at its own field, before Twilio is asked, or with what Twilio said.

use provision::router;
use serde_json::{Value, json};

use crate::estate::Estate;

#[track_caller]
fn refuses((status, body): &(u16, Value), expected: u16, fields: &[&str]) {
    let errors = body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named: Vec<&str> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!((*status, named.as_slice()), (expected, fields), "{body}");
}

/// How many requests Twilio got: those of the table have no path.
fn asked_of_twilio(estate: &Estate) -> usize {
    estate.to_twilio.passed().iter().filter(|passed| passed.operation.contains('/')).count()
}

fn sid(prefix: &str) -> String {
    format!("{prefix}{}", "0".repeat(32))
}

#[tokio::test]
async fn an_identifier_has_its_form() {
    let estate = Estate::unconnected().await;
    let connect = async |account: &str, key: &str| {
        let wanted = json!({"account": account, "name": "x", "auth_token": "x", "key_sid": key, "key_secret": "x"});
        estate.asked("POST", "/integrations", Some(&wanted)).await
    };
    refuses(&connect("AC123", &sid("SK")).await, 422, &["account"]);
    refuses(&connect(&sid("AC"), "SK1").await, 422, &["key_sid"]);
    assert_eq!(asked_of_twilio(&estate), 0);

    let estate = Estate::open().await;
    let at = |path: &str| format!("/integrations/{}{path}", estate.account);
    refuses(
        &estate.asked("POST", &at("/rotate"), Some(&json!({"key_sid": "SK1", "key_secret": "x"}))).await,
        422,
        &["key_sid"],
    );
    let (_, mut request) = estate.offer();
    let app = router(estate.app());
    for (field, wrong) in [("bundle", "BU123"), ("address", "AD123"), ("identity", "RI"), ("address", &sid("BU"))] {
        let mut request = request.clone();
        request[field] = json!(wrong);
        refuses(&estate.buys(&app, "k", &request).await, 422, &[field]);
    }
    assert_eq!(asked_of_twilio(&estate), 0);

    // the form is right, and there is none
    request["address"] = json!(sid("AD"));
    refuses(&estate.buys(&app, "k1", &request).await, 409, &["address"]);
    request.as_object_mut().unwrap().remove("address");
    request["bundle"] = json!(sid("BU"));
    refuses(&estate.buys(&app, "k2", &request).await, 409, &["bundle"]);
    assert!(asked_of_twilio(&estate) > 0);
    assert_eq!(estate.sold(), Vec::<String>::new());
}

#[tokio::test]
async fn a_paper_that_is_missing_is_named() {
    let estate = Estate::open().await;
    let at = |path: &str| format!("/integrations/{}{path}", estate.account);
    for (country, fields) in [("NO", vec!["address"]), ("DE", vec!["address", "bundle"])] {
        let path = at(&format!("/available-numbers?country={country}&type=local&limit=1"));
        let (_, market) = estate.asked("GET", &path, None).await;
        let offer = &market["items"][0];
        let request = json!({
            "number": offer["number"], "country": country, "type": "local", "name": "x",
            "monthly_price": offer["monthly_price"],
        });
        let refused = estate.buys(&router(estate.app()), country, &request).await;
        refuses(&refused, 409, &fields);
        assert!(refused.1["detail"].as_str().unwrap().starts_with("It needs an "), "{refused:?}");
    }
}

#[tokio::test]
async fn what_twilio_does_not_sell_is_named() {
    let estate = Estate::open().await;
    let search = async |query: &str| {
        let path = format!("/integrations/{}/available-numbers?{query}", estate.account);
        estate.asked("GET", &path, None).await
    };
    let nowhere = search("country=ZZ&type=local").await;
    refuses(&nowhere, 422, &["country"]);
    assert_eq!(nowhere.1["errors"][0]["message"], "is none in which Twilio sells numbers");
    let no_such = search("country=US&type=national").await;
    refuses(&no_such, 422, &["type"]);
    let message = no_such.1["errors"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("is none that Twilio sells in this country, where it has local"), "{message}");
    let (_, mut request) = estate.offer();
    request["type"] = json!("national");
    refuses(&estate.buys(&router(estate.app()), "k", &request).await, 422, &["type"]);
}

#[tokio::test]
async fn an_adoption_names_what_is_wrong_and_nothing_else() {
    let estate = Estate::open().await;
    let path = format!("/integrations/{}/adoptions", estate.account);
    let adopt = async |id: &str, name: &str| {
        estate.asked("POST", &path, Some(&json!({"id": id, "name": name, "webhooks": {}}))).await
    };
    refuses(&adopt(&sid("PN"), "").await, 422, &["name"]);
    refuses(&adopt(&sid("PN"), &"x".repeat(101)).await, 422, &["name"]);
    refuses(&adopt("PN1", "x").await, 422, &["id"]);
    refuses(&adopt("PN1", " ").await, 422, &["id", "name"]);
}

#[tokio::test]
async fn whoever_registers_an_address_sees_what_was_corrected() {
    let estate = Estate::open().await;
    let path = format!("/integrations/{}/addresses", estate.account);
    let address = |more: Value| {
        let mut address = json!({
            "customer_name": "Acme AB", "street": "Storgatan 1", "city": "stockholm", "region": "Stockholm",
            "postal_code": "11122", "country": "SE",
        });
        address.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        address
    };
    let refused = estate.asked("POST", &path, Some(&address(json!({"auto_correct": false})))).await;
    refuses(&refused, 422, &[]);
    assert!(refused.1["detail"].as_str().unwrap().contains("111 22"), "{}", refused.1);
    let (status, made) = estate.asked("POST", &path, Some(&address(json!({})))).await;
    assert_eq!((status, &made["city"], &made["postal_code"]), (201, &json!("Stockholm"), &json!("111 22")), "{made}");
    let corrected = json!([
        {"field": "city", "message": "was sent as stockholm"}, {"field": "postal_code", "message": "was sent as 11122"},
    ]);
    assert_eq!(made["corrected"], corrected);
    let (_, listed) = estate.asked("GET", &path, None).await;
    assert_eq!(listed["items"][0]["corrected"], Value::Null, "it is told once");
    let right = json!({"city": "Stockholm", "postal_code": "111 22"});
    assert_eq!(estate.asked("POST", &path, Some(&address(right))).await.1["corrected"], Value::Null);
    refuses(&estate.asked("POST", &path, Some(&address(json!({"street": "x".repeat(101)})))).await, 422, &["street"]);

    let document = serde_json::to_value(provision::openapi()).unwrap();
    let property = &document["components"]["schemas"]["NewAddress"]["properties"]["auto_correct"];
    assert_eq!(property["default"], true);
}
