//! Files: in parts, from elsewhere, and never with the credentials where they do not belong.

use twilio::rest::{ByteRange, Error, File, Uncertainty};

use crate::fake::{ACCOUNT, Answer, Fake, answer, answer_with, client};

/// No text in any encoding.
const SOUND: [u8; 10] = [0xff, 0xf3, 0x44, 0xc0, 0, 1, 2, 3, 4, 5];

fn sound(status: u16, headers: &[(&str, &str)], bytes: &[u8]) -> Answer {
    let mut answer = answer(status, bytes.to_vec());
    for (name, value) in headers {
        answer.headers_mut().insert(name.parse::<axum::http::HeaderName>().unwrap(), value.parse().unwrap());
    }
    answer
}

/// All of it, and nobody says how much that is.
fn in_chunks() -> Answer {
    let chunks = SOUND.chunks(4).map(|chunk| Ok::<_, std::convert::Infallible>(chunk.to_vec()));
    Answer::new(axum::body::Body::from_stream(futures_util::stream::iter(chunks)))
}

async fn fetched(fake: &Fake, range: &str) -> Result<File, Error> {
    fake.client().fetch_recording(&"RE1".parse().unwrap(), range.parse().unwrap()).await
}

#[track_caller]
fn check(found: Result<File, Error>, first: u64, bytes: &[u8]) {
    let is_it = matches!(&found, Ok(File::Part(part)) if (part.first, &*part.bytes, part.total) == (first, bytes, 10));
    assert!(is_it, "{found:?}");
}

#[tokio::test]
async fn a_part_of_a_recording() {
    let kind = ("content-type", "audio/mpeg");
    let fake = Fake::answering([
        sound(206, &[kind, ("content-range", "bytes 2-4/10")], &SOUND[2..5]),
        // whoever knows of no ranges sends it all, and may not say how much that is
        sound(200, &[kind], &SOUND),
        in_chunks(),
        sound(200, &[kind], &SOUND),
        sound(200, &[kind], &SOUND),
    ])
    .await;
    for _ in 0..3 {
        check(fetched(&fake, "bytes=2-4").await, 2, &SOUND[2..5]);
    }
    check(fetched(&fake, "bytes=-3").await, 7, &SOUND[7..]);
    check(fetched(&fake, "bytes=0-").await, 0, &SOUND);
    let asked = fake.asked();
    assert_eq!(asked[0].path, format!("/2010-04-01/Accounts/{ACCOUNT}/Recordings/RE1.mp3"));
    let header = |name: &str| asked[0].headers[name].to_str().unwrap();
    assert_eq!((header("range"), header("accept")), ("bytes=2-4", "*/*"));
    assert!(header("authorization").starts_with("Basic "));
}

#[tokio::test]
async fn beyond_the_end_there_is_nothing() {
    let fake = Fake::answering([
        sound(416, &[("content-range", "bytes */10")], &[]),
        sound(416, &[], &[]),
        sound(200, &[], &SOUND),
    ])
    .await;
    for total in [Some(10), None, Some(10)] {
        assert_eq!(fetched(&fake, "bytes=10-").await.unwrap(), File::Shorter { total });
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let fake = Fake::answering([answer(404, r#"{"code":20404}"#), answer(401, "")]).await;
    assert!(matches!(fetched(&fake, "bytes=0-").await, Err(Error::NotFound(_))));
    assert!(matches!(fetched(&fake, "bytes=0-").await, Err(Error::Unauthorised(_))));
}

#[tokio::test]
async fn another_part_is_not_taken_for_the_one_that_was_wanted() {
    for (range, length) in [("bytes 3-4/10", 2), ("bytes 2-4/10", 4), ("bytes 2-4/*", 3), ("", 3)] {
        let fake = Fake::answering([sound(206, &[("content-range", range)], &SOUND[..length])]).await;
        let found = fetched(&fake, "bytes=2-4").await;
        assert!(matches!(found, Err(Error::Unknown(Uncertainty::Unreadable(_)))), "{range}: {found:?}");
    }
}

#[tokio::test]
async fn another_host_is_not_told_the_credentials() {
    let there = Fake::answering([sound(200, &[("content-type", "image/jpeg")], &SOUND)]).await;
    let secret = format!("{}/kept/elsewhere?sign=1", there.base);
    let here = Fake::answering([answer_with(307, ("location", Box::leak(secret.into_boxed_str())), "")]).await;
    let (client, path) = (here.client(), format!("/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"));
    let name = client.media_named(&format!("{}{path}", here.base)).unwrap();
    check(client.fetch_media(&name, ByteRange::ALL).await, 0, &SOUND);
    assert_eq!(here.asked()[0].path, path);
    assert!(here.asked()[0].headers.contains_key("authorization"));
    let asked = there.asked().remove(0);
    assert_eq!((asked.path.as_str(), asked.query[0].0.as_str()), ("/kept/elsewhere", "sign"));
    assert_eq!(asked.headers["range"], "bytes=0-");
    assert!(!asked.headers.contains_key("authorization") && asked.headers["host"] != here.base["http://".len()..]);
    // somebody else's is not asked for
    let others = path.replace(ACCOUNT, "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    assert_eq!(client.media_named(&format!("{}{others}", here.base)), None);
    assert_eq!(client.media_named(&format!("{}{path}", there.base)), None);
}

#[tokio::test]
async fn links_that_lead_nowhere_or_on_and_on() {
    let link = |location: &'static str| answer_with(302, ("location", location), "");
    let fake = Fake::answering((0..9).map(|_| link("/next"))).await;
    let error = fetched(&fake, "bytes=0-").await.unwrap_err();
    assert!(error.to_string().ends_with("a link leads on and on"), "{error}");
    assert_eq!(fake.asked().len(), 4);
    let fake = Fake::answering([link("http://media.example.org/the-secret"), answer(302, "")]).await;
    let error = fetched(&fake, "bytes=0-").await.unwrap_err();
    assert!(
        error.to_string().ends_with("a link leads nowhere") && !format!("{error:?}").contains("secret"),
        "{error:?}"
    );
    assert!(matches!(fetched(&fake, "bytes=0-").await, Err(Error::Unknown(Uncertainty::ServerFault { status: 302 }))));
    let gone = client("http://127.0.0.1:9").fetch_recording(&"RE1".parse().unwrap(), ByteRange::ALL).await;
    assert!(matches!(gone, Err(Error::NotSent(_))), "{gone:?}");
}
