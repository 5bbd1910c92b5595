//! What came with a text, as far as Twilio has nothing of it: what it has is seen in the console's scenarios.

use oncall::{
    LineId, ServiceId, ThreadId,
    texting::{Attachment, Conversation, Stage},
};
use provision::router;
use serde_json::Value;
use store::Said;

use crate::estate::Estate;

/// A conversation `th_1` with a line, with whose first text this came.
async fn texted(estate: &Estate, line: &str, media: Vec<Attachment>) {
    let (called, reporter) = ("+4721000000".parse().unwrap(), "+4790000009".parse().unwrap());
    let found = estate.store.text_facts(&called, &reporter).await.unwrap().conversation;
    let now = estate.now();
    let conversation = Conversation {
        thread: ThreadId::new("th_1"),
        stage: Stage::Open { service: ServiceId::new("payments") },
        waiting: Vec::new(),
        began_at: now,
        touched_at: now,
        answered_at: None,
        handled: Vec::new(),
    };
    let said = Said { id: "MM1".to_owned(), at: now, by: None, words: String::new(), media, answer: None };
    estate.store.save_text(&found, &LineId::new(line), &conversation, Some(&said)).await.unwrap();
}

#[tokio::test]
async fn what_nobody_keeps_is_not_found_and_leads_nowhere() {
    let estate = Estate::open().await;
    let app = router(estate.app());
    let (_, request) = estate.offer();
    let (status, bought) = estate.buys(&app, "one", &request).await;
    assert_eq!(status, 201, "{bought}");
    let sid = |kind: &str| format!("{kind}{}", "0".repeat(32));
    let here = |account: &str| {
        let base = estate.to_twilio.url();
        format!("{base}/2010-04-01/Accounts/{account}/Messages/{}/Media/{}", sid("MM"), sid("ME"))
    };
    let hrefs = [here(&estate.account), here(&sid("AC")), "https://example.org/picture".to_owned()];
    let media = hrefs.map(|href| Attachment { href, content_type: "image/jpeg".to_owned() });
    texted(&estate, bought["line"].as_str().unwrap(), media.into()).await;

    let ask = async |path: &str| estate.asked("GET", path, None).await;
    let shown = ask("/conversations/th_1").await.1;
    let media = shown["said"]["messages"][0]["media"].as_array().unwrap();
    let mut found = Vec::new();
    for one in media {
        let (status, problem) = ask(&format!("/conversations/th_1/media/{}", one["id"].as_str().unwrap())).await;
        assert_eq!(status, 404, "{problem}");
        assert!(!problem.to_string().contains("example.org"), "{problem}");
        found.push(problem["detail"].clone());
    }
    let elsewhere = "the line's Twilio account does not keep it";
    assert_eq!(found, ["Twilio does not have it: not yet, or not any more", elsewhere, elsewhere]);
    let first = media[0]["id"].as_str().unwrap();
    for path in [format!("th_2/media/{first}"), "th_1/media/none".to_owned(), "th_1/media/YSMx".to_owned()] {
        let (status, problem) = ask(&format!("/conversations/{path}")).await;
        assert_eq!((status, &problem["detail"]), (404, &Value::Null), "{path}");
    }
}
