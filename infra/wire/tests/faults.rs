//! Every fault, against a service that counts its requests and says how many there were.

#![expect(clippy::unwrap_used, reason = "a helper's failure is the test's")]

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use wire::{ANY, Fault, Passed, Wire};

/// A service that answers each request with how many it has had.
async fn service() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    tokio::spawn(async move {
        loop {
            let (mut client, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let read = client.read(&mut request).await.unwrap();
            assert!(request[..read].ends_with(b"\r\n\r\nbody"), "the whole request, in one piece");
            let answer = (counter.fetch_add(1, SeqCst) + 1).to_string();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", answer.len());
            client.write_all(format!("{head}{answer}").as_bytes()).await.unwrap();
        }
    });
    (address, asked)
}

struct Client(TcpStream);

impl Client {
    async fn of(wire: &Wire) -> Self {
        Self(TcpStream::connect(wire.url().strip_prefix("http://").unwrap()).await.unwrap())
    }

    /// Sends a request; the first and the last line of the answer.
    async fn asks(&mut self, operation: &str) -> Option<(String, String)> {
        let request = format!("POST / HTTP/1.1\r\nX-Amz-Target: Any_2026.{operation}\r\ncontent-length: 4\r\n\r\nbody");
        self.0.write_all(request.as_bytes()).await.unwrap();
        let mut answer = [0; 4096];
        let read = self.0.read(&mut answer).await.unwrap_or(0);
        let answer = str::from_utf8(&answer[..read]).unwrap();
        Some((answer.lines().next()?.to_owned(), answer.lines().last()?.to_owned()))
    }
}

fn answer(status: &str, body: &str) -> Option<(String, String)> {
    Some((format!("HTTP/1.1 {status}"), body.to_owned()))
}

#[tokio::test]
async fn a_sound_wire_carries_and_counts() {
    let (address, _) = service().await;
    let wire = Wire::to(address).await.unwrap();
    let mut client = Client::of(&wire).await;
    assert_eq!(client.asks("Get").await, answer("200 OK", "1"));
    assert_eq!(client.asks("Put").await, answer("200 OK", "2"));
    assert_eq!(client.asks("Get").await, answer("200 OK", "3"));
    assert_eq!(wire.counts(), [("Get".to_owned(), 2), ("Put".to_owned(), 1)].into());
    assert_eq!(wire.passed()[1], Passed { operation: "Put".to_owned(), sent: 4, answered: Some(1) });
    wire.forget();
    assert_eq!((wire.count("Get"), wire.passed().len()), (0, 0));
    assert_eq!(client.asks("Get").await, answer("200 OK", "4"));
    assert_eq!(wire.passed(), [Passed { operation: "Get".to_owned(), sent: 4, answered: Some(1) }]);
}

#[tokio::test]
async fn a_refused_request_does_not_reach_the_service_and_one_cut_after_does() {
    let (address, asked) = service().await;
    let wire = Wire::to(address).await.unwrap();
    wire.next("Get", Fault::Refuse);
    wire.next("Put", Fault::CutAfter);
    assert_eq!(Client::of(&wire).await.asks("Get").await, None);
    assert_eq!(asked.load(SeqCst), 0);
    assert_eq!(Client::of(&wire).await.asks("Put").await, None);
    assert_eq!(asked.load(SeqCst), 1);
    assert_eq!(Client::of(&wire).await.asks("Put").await, answer("200 OK", "2"));
    assert_eq!((wire.count("Get"), wire.count("Put")), (1, 2));
}

#[tokio::test]
async fn an_answer_of_our_own_keeps_the_connection() {
    let (address, asked) = service().await;
    let wire = Wire::to(address).await.unwrap();
    wire.next(ANY, Fault::Answer { status: 500, body: "{}".to_owned() });
    let mut client = Client::of(&wire).await;
    assert_eq!(client.asks("Get").await, answer("500 Fault", "{}"));
    assert_eq!(asked.load(SeqCst), 0);
    assert_eq!(client.asks("Get").await, answer("200 OK", "1"));
}

#[tokio::test]
async fn a_lasting_fault_lasts_until_it_is_mended() {
    let (address, _) = service().await;
    let wire = Wire::to(address).await.unwrap();
    wire.every(ANY, Fault::Refuse);
    for _ in 0..3 {
        assert_eq!(Client::of(&wire).await.asks("Get").await, None);
    }
    wire.mend();
    assert_eq!(Client::of(&wire).await.asks("Get").await, answer("200 OK", "1"));
}

#[tokio::test]
async fn a_delayed_request_is_answered_late() {
    let (address, _) = service().await;
    let wire = Wire::to(address).await.unwrap();
    wire.next("Get", Fault::Delay(Duration::from_millis(120)));
    let began = Instant::now();
    assert_eq!(Client::of(&wire).await.asks("Get").await, answer("200 OK", "1"));
    assert!(began.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn a_wire_ends_with_its_handle() {
    let (address, _) = service().await;
    let wire = Wire::to(address).await.unwrap();
    let mut client = Client::of(&wire).await;
    assert_eq!(client.asks("Get").await, answer("200 OK", "1"));
    drop(wire);
    assert_eq!(client.0.read(&mut [0; 1]).await.unwrap(), 0);
}
