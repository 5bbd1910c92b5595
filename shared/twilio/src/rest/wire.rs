//! One request over one connection.
//!
//! Connections are not kept. One that Lambda has frozen, or that the other side has closed meanwhile, breaks only when
//! the next request is written, and then nobody knows whether that was read. With a connection of its own, whatever
//! fails before the request is written has certainly not happened. TLS sessions are resumed.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::future::{Either, select};
use http_body_util::{BodyExt as _, Collected, Full, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{HeaderMap, HeaderName, RETRY_AFTER};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;

use super::Timeouts;
use super::byte_range::{ByteRange, Place};
use super::error::{Cause, Error, Uncertainty};
use super::hosts::Host;

/// The largest answers are lists of a thousand things of some kilobytes each.
const LARGEST_ANSWER: usize = 8 << 20;

/// What came back. The status is known before the body, and stays known when the body breaks.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// Of the whole body, if that was said before it came.
    pub(super) length: Option<u64>,
    pub(super) body: Result<Bytes, Uncertainty>,
}

#[derive(Default)]
pub(super) struct Wire {
    tls: OnceLock<TlsConnector>,
}

impl Wire {
    /// Every error but [`Error::Unknown`] means that nothing was written. If a part of a file is wanted and all of it is
    /// sent, that part alone is read.
    pub(super) async fn exchange(
        &self,
        host: &Host,
        request: Request<Full<Bytes>>,
        part: Option<ByteRange>,
        timeouts: Timeouts,
    ) -> Result<Answer, Error> {
        let deadline = Instant::now() + timeouts.whole;
        let connecting = async {
            let tcp = TcpStream::connect((host.name.as_str(), host.port)).await.map_err(not_sent)?;
            tcp.set_nodelay(true).map_err(not_sent)?;
            if !host.encrypted {
                return Ok(Either::Left(tcp));
            }
            let name = ServerName::try_from(host.name.clone()).map_err(not_sent)?;
            self.tls()?.connect(name, tcp).await.map(Either::Right).map_err(not_sent)
        };
        let connected = timeout(timeouts.connect.min(timeouts.whole), connecting).await;
        match connected.map_err(|_| Error::NotSent(Cause::new("connecting took too long")))?? {
            Either::Left(tcp) => talk(tcp, request, part, deadline).await,
            Either::Right(tls) => talk(tls, request, part, deadline).await,
        }
    }

    fn tls(&self) -> Result<&TlsConnector, Error> {
        if let Some(made) = self.tls.get() {
            return Ok(made);
        }
        let made = trusting(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() })?;
        Ok(self.tls.get_or_init(|| made))
    }
}

fn trusting(roots: RootCertStore) -> Result<TlsConnector, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = versions.map_err(not_sent)?.with_root_certificates(roots).with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

async fn talk<S>(
    stream: S,
    request: Request<Full<Bytes>>,
    part: Option<ByteRange>,
    deadline: Instant,
) -> Result<Answer, Error>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(not_sent)?;
    let answer = async {
        let response = match timeout_at(deadline, sender.send_request(request)).await {
            Ok(response) => response.map_err(|error| Error::Unknown(cut_off(&error)))?,
            Err(_) => return Err(Error::Unknown(Uncertainty::TimedOut)),
        };
        Ok(read(response, part, deadline).await)
    };
    driven_by(connection, answer).await
}

/// The connection moves only while somebody waits for it; who gives up waiting leaves nothing running.
async fn driven_by<T>(connection: impl Future, answer: impl Future<Output = T>) -> T {
    match select(pin!(answer), pin!(connection)).await {
        Either::Left((answer, _)) => answer,
        Either::Right((_, answer)) => answer.await,
    }
}

async fn read(response: Response<Incoming>, part: Option<ByteRange>, deadline: Instant) -> Answer {
    let (head, body) = response.into_parts();
    let length = body.size_hint().exact();
    let place = part.filter(|_| head.status == StatusCode::OK).zip(length).map(|(part, length)| part.place(length));
    let reading = async {
        match place {
            None => {
                Limited::new(body, LARGEST_ANSWER).collect().await.map(Collected::to_bytes).map_err(|e| cut_off(&*e))
            }
            Some(place) => only(body, place.unwrap_or_default()).await.map_err(|error| cut_off(&error)),
        }
    };
    let body = timeout_at(deadline, reading).await.unwrap_or(Err(Uncertainty::TimedOut));
    Answer { status: head.status.as_u16(), headers: head.headers, length, body }
}

/// So many bytes of a body from one of them on; what follows is not waited for.
async fn only(mut body: Incoming, Place { first, length }: Place) -> Result<Bytes, hyper::Error> {
    let (mut skip, mut left) = (first, length);
    let mut read = Vec::new();
    while left > 0 {
        let Some(frame) = body.frame().await.transpose()? else { break };
        let Ok(mut data) = frame.into_data() else { continue };
        let skipped = data.split_to(data.len().min(skip));
        skip -= skipped.len();
        data.truncate(left);
        left -= data.len();
        read.extend_from_slice(&data);
    }
    Ok(read.into())
}

impl Answer {
    /// In seconds; Twilio's servers write no dates there.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        self.header(RETRY_AFTER)?.trim().parse().ok().map(Duration::from_secs)
    }

    pub(super) fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

fn not_sent(error: impl std::error::Error) -> Error {
    Error::NotSent(Cause::of(&error))
}

fn cut_off(error: &dyn std::error::Error) -> Uncertainty {
    Uncertainty::CutOff(Cause::of(error))
}

#[cfg(test)]
mod tests {
    use rcgen::{CertifiedKey, generate_simple_self_signed};
    use rustls::ServerConfig;
    use rustls::pki_types::PrivateKeyDer;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    use super::super::hosts::{Hosts, Product};
    use super::*;

    /// Twilio's own certificates cannot be had here, so another root stands in for Mozilla's.
    #[tokio::test]
    async fn an_answer_over_tls() {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(cert.der().clone()).unwrap();
        let wire = Wire { tls: OnceLock::from(trusting(roots).unwrap()) };

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
        let config = versions.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let answering = async {
            let (tcp, _) = listener.accept().await.unwrap();
            let mut tls = TlsAcceptor::from(Arc::new(config)).accept(tcp).await.unwrap();
            let mut asked = vec![0; 1024];
            let read = tls.read(&mut asked).await.unwrap();
            tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
            tls.shutdown().await.unwrap();
            String::from_utf8(asked[..read].to_vec()).unwrap()
        };

        let hosts = Hosts::all_at(&base).unwrap();
        let request = Request::get("/2010-04-01/x").body(Full::default()).unwrap();
        let asking = wire.exchange(hosts.of(Product::Api), request, None, Timeouts::default());
        let (asked, answer) = futures_util::future::join(answering, asking).await;
        assert!(asked.starts_with("GET /2010-04-01/x HTTP/1.1\r\n"), "{asked}");
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.body.as_deref()), (200, Ok(b"{}".as_slice())));
    }

    #[test]
    fn mozilla_s_roots_are_there() {
        assert!(webpki_roots::TLS_SERVER_ROOTS.len() > 50);
        assert!(Wire::default().tls().is_ok());
    }
}
