//! What breaks below HTTP, and how a request is made.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use twilio::rest::{Client, Credentials, Error, Hosts, Purchase, Timeouts, Uncertainty};

use crate::fake::{ACCOUNT, Fake, answer, client};

const WHOLE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 35\r\n\r\n{\"balance\":\"1.00\",\"currency\":\"USD\"}";

/// A server that reads each request and then writes what it is told to; nothing and a reset after the last.
async fn raw(answers: &'static [&'static str]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let answer = answers.get(count.fetch_add(1, Ordering::SeqCst));
            read_request(&mut stream).await;
            match answer {
                Some(answer) => stream.write_all(answer.as_bytes()).await.unwrap(),
                None => stream.set_zero_linger().unwrap(),
            }
        }
    });
    (base, connections)
}

/// Up to the end of the head; the bodies here are small enough to come along.
async fn read_request(stream: &mut TcpStream) {
    let mut read = Vec::new();
    while !read.windows(4).any(|end| end == b"\r\n\r\n") {
        if stream.read_buf(&mut read).await.unwrap() == 0 {
            return;
        }
    }
}

async fn buy(client: Client) -> Error {
    let purchase = Purchase { number: "+4791234589".parse().unwrap(), settings: Default::default() };
    client.purchase_number(&purchase).await.unwrap_err()
}

fn impatient(client: Client) -> Client {
    client.with_timeouts(Timeouts { connect: Duration::from_millis(300), whole: Duration::from_millis(600) })
}

#[tokio::test]
async fn a_reset_after_a_purchase_is_unknown_and_not_repeated() {
    let (base, connections) = raw(&[]).await;
    let error = buy(client(&base)).await;
    assert!(matches!(error, Error::Unknown(Uncertainty::CutOff(_))), "{error:?}");
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_unknown() {
    for answer in [
        "HTTP/1.1 201 Created\r\ncontent-le",
        "HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{\"sid\":",
        "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"sid",
        "nonsense\r\n\r\n",
    ] {
        let (base, connections) = raw(Box::leak(Box::new([answer]))).await;
        let error = buy(client(&base)).await;
        assert!(matches!(error, Error::Unknown(Uncertainty::CutOff(_))), "{error:?}");
        assert_eq!(connections.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_refusal_counts_even_when_its_reasons_break_off() {
    let (base, _) = raw(&["HTTP/1.1 400 Bad Request\r\ncontent-length: 100\r\n\r\n{\"code\":"]).await;
    let error = buy(client(&base)).await;
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
}

#[tokio::test]
async fn reading_is_repeated_after_a_broken_answer() {
    let (base, connections) = raw(&["HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{", WHOLE]).await;
    assert_eq!(client(&base).fetch_balance().await.unwrap().to_string(), "1.00 USD");
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn silence_after_a_purchase_is_unknown() {
    for begun in ["", "HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{\"sid\":"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let silent = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(begun.as_bytes()).await.unwrap();
            std::future::pending::<()>().await;
        };
        tokio::select! {
            error = buy(impatient(client(&base))) => {
                assert!(matches!(error, Error::Unknown(Uncertainty::TimedOut)), "{error:?}");
            }
            () = silent => {}
        }
    }
}

#[tokio::test]
async fn what_is_not_connected_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = buy(client(&format!("http://{address}"))).await;
    assert!(matches!(error, Error::NotSent(_)) && error.was_not_processed(), "{error:?}");
    let error = buy(client(&format!("https://{address}"))).await;
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_comes_late_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    // accepts the connection and closes it before TLS: nothing was sent
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    tokio::spawn(async move {
        loop {
            drop(listener.accept().await.unwrap());
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let error = buy(client(&format!("https://{address}"))).await;
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
    assert_eq!(count.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let error = buy(impatient(client(&format!("https://{}", listener.local_addr().unwrap())))).await;
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_trusted() {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = versions.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (tcp, _) = listener.accept().await.unwrap();
            // fails as soon as the client has seen the certificate
            acceptor.accept(tcp).await.unwrap_err();
        }
    });
    let error = buy(client(&format!("https://localhost:{port}"))).await;
    let Error::NotSent(cause) = error else { panic!("{error:?}") };
    assert!(cause.to_string().contains("UnknownIssuer"), "{cause}");
}

#[tokio::test]
async fn how_a_request_is_made() {
    let fake = Fake::answering((0..3).map(|_| answer(200, r#"{"balance":"1.00","currency":"USD"}"#))).await;
    fake.client().fetch_balance().await.unwrap();
    let asked = fake.asked().remove(0);
    let header = |name: &str| asked.headers[name].to_str().unwrap().to_owned();
    // ACaaaa…:the token
    let pair = "QUNhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYTp0aGUgdG9rZW4=";
    assert_eq!(header("authorization"), format!("Basic {pair}"));
    assert_eq!(format!("http://{}", header("host")), fake.base);
    assert_eq!((header("accept"), header("connection")), ("application/json".to_owned(), "close".to_owned()));
    assert!(header("user-agent").starts_with("dutyline/"));
    assert!(!asked.headers.contains_key("content-type"));

    let credentials =
        Credentials::api_key(ACCOUNT.parse().unwrap(), "SK1".parse().unwrap(), SecretString::from("secret"));
    let with_key = Client::new(credentials, Hosts::all_at(&fake.base).unwrap());
    with_key.fetch_balance().await.unwrap();
    assert_eq!(fake.asked()[1].headers["authorization"], "Basic U0sxOnNlY3JldA==");
    assert!(fake.asked()[1].path.contains(ACCOUNT));
    assert!(!format!("{with_key:?}").contains("secret"), "{with_key:?}");

    let purchase = Purchase { number: "+4791234589".parse().unwrap(), settings: Default::default() };
    fake.client().purchase_number(&purchase).await.unwrap_err();
    assert_eq!(fake.asked()[2].headers["content-type"], "application/x-www-form-urlencoded");
}

/// A handler's future must be able to move between threads.
#[tokio::test]
async fn requests_can_be_made_from_a_task() {
    let fake = Fake::answering([answer(200, r#"{"balance":"1.00","currency":"USD"}"#), answer(404, "")]).await;
    let client = fake.client();
    let task = tokio::spawn(async move {
        let balance = client.fetch_balance().await;
        (balance, client.addresses().all().await)
    });
    let (balance, addresses) = task.await.unwrap();
    assert!(balance.is_ok() && matches!(addresses, Err(Error::NotFound(_))));
}
