//! Reading the keys that an issuer publishes: where they are, then the keys. Nothing else is asked of anybody, no
//! redirect is followed, and no connection is kept, which Lambda would freeze.

use std::{sync::Arc, time::Duration};

use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::{
    Request, StatusCode, Uri,
    body::Bytes,
    header::{ACCEPT, USER_AGENT},
};
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::{ClientConfig, RootCertStore};
use serde::{Deserialize, de::DeserializeOwned};
use tokio::time::timeout;

use super::{
    address::{IssuerUrl, NotAnIssuer},
    jwk::{KeySet, Keys},
};

/// How long each of the two answers may take, connecting included.
const PATIENCE: Duration = Duration::from_secs(3);

/// A set of twenty RSA keys, each with its certificates, has some 100 KB.
const LARGEST_ANSWER: usize = 256 << 10;

/// Why the keys are not known.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotRead {
    #[error("there is no TLS")]
    Tls(#[source] rustls::Error),
    #[error("{0} does not answer")]
    NoAnswer(Uri, #[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("{0} took too long")]
    TooLate(Uri),
    #[error("{0} answers {1}")]
    Status(Uri, StatusCode),
    #[error("what {0} answers is not understood")]
    NotUnderstood(Uri, #[source] serde_json::Error),
    #[error("its configuration is of another issuer")]
    AnotherIssuer,
    #[error("where its keys should be cannot be asked")]
    KeysElsewhere(#[source] NotAnIssuer),
    #[error("it publishes no key that could sign a token")]
    NoKey,
}

#[derive(Deserialize)]
struct Configuration {
    issuer: String,
    jwks_uri: String,
}

/// The keys that an issuer publishes at this moment.
pub(super) async fn keys(issuer: &IssuerUrl) -> Result<Keys, NotRead> {
    keys_trusting(issuer, RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }).await
}

async fn keys_trusting(issuer: &IssuerUrl, roots: RootCertStore) -> Result<Keys, NotRead> {
    let client = Client::builder(TokioExecutor::new()).build(connector(roots).map_err(NotRead::Tls)?);
    let configuration: Configuration = get(&client, issuer.configuration().clone()).await?;
    // whoever can put a document there might name somebody else's keys
    if configuration.issuer != issuer.as_str() {
        return Err(NotRead::AnotherIssuer);
    }
    let keys_at = issuer.leads_to(&configuration.jwks_uri).map_err(NotRead::KeysElsewhere)?;
    let set: KeySet = get(&client, keys_at).await?;
    Keys::of(set).ok_or(NotRead::NoKey)
}

type Connector = HttpsConnector<HttpConnector>;

fn connector(roots: RootCertStore) -> Result<Connector, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let config = versions.with_root_certificates(roots).with_no_client_auth();
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false); // the scheme is the next layer's
    Ok(HttpsConnector::from((tcp, config)))
}

async fn get<T: DeserializeOwned>(client: &Client<Connector, Empty<Bytes>>, uri: Uri) -> Result<T, NotRead> {
    let no_answer = |source: Box<dyn std::error::Error + Send + Sync>| NotRead::NoAnswer(uri.clone(), source);
    let request = Request::get(uri.clone())
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, concat!("dutyline/", env!("CARGO_PKG_VERSION")))
        .body(Empty::new())
        .map_err(|error| no_answer(error.into()))?;
    let answer = async {
        let (head, body) = client.request(request).await.map_err(|error| no_answer(error.into()))?.into_parts();
        if head.status != StatusCode::OK {
            return Err(NotRead::Status(uri.clone(), head.status));
        }
        let whole = Limited::new(body, LARGEST_ANSWER).collect().await.map_err(no_answer)?;
        Ok(whole.to_bytes())
    };
    let json = timeout(PATIENCE, answer).await.map_err(|_| NotRead::TooLate(uri.clone()))??;
    serde_json::from_slice(&json).map_err(|source| NotRead::NotUnderstood(uri, source))
}

#[cfg(test)]
mod tests {
    use rcgen::{CertifiedKey, generate_simple_self_signed};
    use rustls::{ServerConfig, pki_types::PrivateKeyDer};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };
    use tokio_rustls::TlsAcceptor;

    use super::*;

    const KEY: &str = r#"{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

    /// An issuer with a certificate of its own on loopback, which answers one request after the other.
    async fn issuer(answers: Vec<String>) -> (IssuerUrl, RootCertStore) {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(cert.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
        let config = versions.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let own = url.clone();
        tokio::spawn(async move {
            for answer in answers {
                let (tcp, _) = listener.accept().await.unwrap();
                let Ok(mut tls) = TlsAcceptor::from(Arc::new(config.clone())).accept(tcp).await else { continue };
                let mut asked = [0; 1024];
                let _length = tls.read(&mut asked).await.unwrap();
                let answer = answer.replace("{own}", &own);
                let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n";
                let answer = format!("{head}content-length: {}\r\n\r\n{answer}", answer.len());
                tls.write_all(answer.as_bytes()).await.unwrap();
                tls.shutdown().await.unwrap();
            }
        });
        (url.parse().unwrap(), roots)
    }

    fn answers() -> Vec<String> {
        let configuration = r#"{"issuer": "{own}", "jwks_uri": "{own}/keys"}"#.to_owned();
        vec![configuration, format!(r#"{{"keys": [{KEY}]}}"#)]
    }

    /// No issuer of the world can be had here, so another root stands in for Mozilla's.
    #[tokio::test]
    async fn keys_over_tls() {
        let (url, roots) = issuer(answers()).await;
        assert!(keys_trusting(&url, roots).await.is_ok());
    }

    #[tokio::test]
    async fn a_certificate_that_nobody_vouches_for_is_no_issuer() {
        let (url, _) = issuer(answers()).await;
        assert!(matches!(keys(&url).await, Err(NotRead::NoAnswer(..))));
    }
}
