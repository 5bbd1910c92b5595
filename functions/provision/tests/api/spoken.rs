//! What a line says, heard before it is saved.

use api::NewSpoken;
use serde_json::{Value, json};

use crate::{
    house::House,
    organisation::{LINE, settle, with_line},
};

fn words<'a>(spoken: &'a Value, prompt: &str) -> Vec<&'a str> {
    let all = spoken["sentences"].as_array().unwrap().iter().filter(|sentence| sentence["prompt"] == prompt);
    all.map(|sentence| sentence["words"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_sentence_of_a_line_is_told() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    let (_, reader) = house.token("reader", None).await;
    let path = format!("/lines/{LINE}/prompts");
    let ask = async |body: Value| house.ask("POST", &path).token(&reader).json(&body).send().await;
    let spoken = ask(json!({})).await.body;
    assert_eq!((&spoken["language"], &spoken["voice"]), (&json!("en-GB"), &Value::Null));
    assert_eq!(words(&spoken, "greeting"), ["Welcome to Hotline."]);
    assert_eq!(words(&spoken, "connecting"), ["Connecting you to Payments. Please hold."]);
    assert_eq!(words(&spoken, "whisper"), ["Call for Payments on Hotline, from an unknown number."]);
    assert_eq!(words(&spoken, "unknown_number"), Vec::<&str>::new());
    let sentences = spoken["sentences"].as_array().unwrap();
    assert!(sentences.iter().all(|sentence| !sentence["words"].as_str().unwrap().contains('{')), "{spoken}");

    // as it would be saved, from what was read
    let read = house.get(&format!("/lines/{LINE}")).await.body;
    let mut line = read.clone();
    line["language"] = json!("nb-NO");
    line["voice"] = json!("Polly.Liv");
    line["prompts"] = json!({"greeting": "Dette er {line}, {caller}."});
    line["destinations"] = json!([
        {"key": "1", "service": "payments", "label": "betaling"}, {"key": "2", "service": "payments", "label": "kort"},
    ]);
    let spoken = ask(json!({"line": line})).await.body;
    assert_eq!((&spoken["language"], &spoken["voice"]), (&json!("nb-NO"), &json!("Polly.Liv")));
    // what has no value there is spoken as it stands
    assert_eq!(words(&spoken, "greeting"), ["Dette er Hotline, {caller}."]);
    assert_eq!(words(&spoken, "menu_item"), ["For betaling, tast 1.", "For kort, tast 2."]);
    let replaced = spoken["sentences"].as_array().unwrap().iter().filter(|sentence| sentence["replaced"] == true);
    assert_eq!(replaced.count(), 1);
    assert_eq!(house.get(&format!("/lines/{LINE}")).await.body, read, "nothing is saved");

    line["prompts"] = json!({"greetings": "Hi"});
    line["destinations"][0]["service"] = json!("none");
    let refused = ask(json!({"line": line})).await;
    let mut fields = refused.problem().2;
    fields.sort_unstable();
    assert_eq!((refused.status, fields), (422, vec!["line.destinations[0].service", "line.prompts.greetings"]));
    line["id"] = json!("ln_other");
    ask(json!({"line": line})).await.refuses(422, "refused", &["line.id"]);
    let nowhere = house.ask("POST", "/lines/ln_none/prompts").json(&json!({})).send().await;
    nowhere.refuses(404, "not-found", &[]);
    let client = house.client().await;
    assert_eq!(client.spoken(LINE, &NewSpoken::default()).await.unwrap().language, "en-GB");
}
