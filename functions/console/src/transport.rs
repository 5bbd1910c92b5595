//! How requests reach the API: by HTTP/1.1, over TLS unless it is on loopback. Mozilla's roots, since the installation's
//! own domain may have a certificate of anybody's.

use std::{fmt, io, sync::Arc, time::Duration};

use api::client::{Carried, NotCarried, Transport};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::{ClientConfig, RootCertStore};
use tokio::time::timeout;

/// The API's own limit is API Gateway's half minute.
const PATIENCE: Duration = Duration::from_secs(29);

/// Lambda answers no more than this.
const LARGEST_ANSWER: usize = 6 << 20;

/// Requests over connections that are kept.
#[derive(Clone)]
pub(crate) struct Https {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Https {
    pub(crate) fn new() -> Result<Self, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let config = versions.with_root_certificates(roots).with_no_client_auth();
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false); // the scheme is the next layer's
        let connector = HttpsConnector::from((tcp, config));
        // a frozen Lambda's connections are dead when it thaws: whichever was idle longer is not tried
        let client = Client::builder(TokioExecutor::new()).pool_idle_timeout(Duration::from_secs(3)).build(connector);
        Ok(Self { client })
    }
}

impl Transport for Https {
    fn carry(&self, request: Request<Vec<u8>>) -> Carried<'_> {
        Box::pin(async move {
            let carried = async {
                let request = request.map(|body| Full::new(Bytes::from(body)));
                let (head, body) = self.client.request(request).await?.into_parts();
                let body = Limited::new(body, LARGEST_ANSWER).collect().await?.to_bytes();
                Ok::<_, NotCarried>(Response::from_parts(head, body))
            };
            timeout(PATIENCE, carried).await.map_err(|_| NotCarried::from(io::Error::from(io::ErrorKind::TimedOut)))?
        })
    }
}

impl fmt::Debug for Https {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Https")
    }
}
