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
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{HeaderMap, RETRY_AFTER};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;

use super::Timeouts;
use super::error::{Cause, Error, Uncertainty};
use super::hosts::Host;

/// The largest answers are lists of a thousand things of some kilobytes each.
const LARGEST_ANSWER: usize = 8 << 20;

/// What came back. The status is known before the body, and stays known when the body breaks.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) retry_after: Option<Duration>,
    pub(super) body: Result<Bytes, Uncertainty>,
}

#[derive(Default)]
pub(super) struct Wire {
    tls: OnceLock<TlsConnector>,
}

impl Wire {
    /// Every error but [`Error::Unknown`] means that nothing was written.
    pub(super) async fn exchange(
        &self,
        host: &Host,
        request: Request<Full<Bytes>>,
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
            Either::Left(tcp) => talk(tcp, request, deadline).await,
            Either::Right(tls) => talk(tls, request, deadline).await,
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

async fn talk<S>(stream: S, request: Request<Full<Bytes>>, deadline: Instant) -> Result<Answer, Error>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(not_sent)?;
    let answer = async {
        let response = match timeout_at(deadline, sender.send_request(request)).await {
            Ok(response) => response.map_err(|error| Error::Unknown(cut_off(&error)))?,
            Err(_) => return Err(Error::Unknown(Uncertainty::TimedOut)),
        };
        Ok(read(response, deadline).await)
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

async fn read(response: Response<Incoming>, deadline: Instant) -> Answer {
    let (head, body) = response.into_parts();
    let body = match timeout_at(deadline, Limited::new(body, LARGEST_ANSWER).collect()).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) => Err(cut_off(&*error)),
        Err(_) => Err(Uncertainty::TimedOut),
    };
    Answer { status: head.status.as_u16(), retry_after: retry_after(&head.headers), body }
}

/// In seconds; Twilio's servers write no dates there.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
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
        let asking = wire.exchange(hosts.of(Product::Api), request, Timeouts::default());
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
