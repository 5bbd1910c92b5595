use std::net::SocketAddr;
use std::sync::Arc;

use axum::serve::Listener;
use entry::{Chain, Clock, TwilioSecrets};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

use crate::aws_on_loopback::{Aws, environment};
use crate::secrets::document;

struct Tls(TcpListener, TlsAcceptor);

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let (stream, address) = self.0.accept().await.unwrap();
            if let Ok(stream) = self.1.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// An AWS behind TLS, and the certificate of the authority that vouches for it.
async fn aws_behind_tls() -> (Aws, String) {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    let certificate = server.signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let aws = Aws::over(Tls(listener, TlsAcceptor::from(Arc::new(config))), url);
    aws.set_secret(Some(&document("one")));
    (aws, authority.pem())
}

fn secrets(aws: &Aws, bundle: Option<String>) -> TwilioSecrets {
    let url = aws.url().to_owned();
    let environment = environment(move |name| match name {
        "AWS_ENDPOINT_URL" => Some(url.clone()),
        "AWS_CA_BUNDLE" => bundle.clone(),
        _ => None,
    });
    let sdk = entry::aws::sdk_config(&environment).unwrap();
    TwilioSecrets::new(aws_sdk_secretsmanager::Client::new(&sdk), "s", Clock::system())
}

#[tokio::test]
async fn a_server_under_the_bundle_s_authority_is_trusted() {
    let (aws, pem) = aws_behind_tls().await;
    let bundle = std::env::temp_dir().join(format!("entry-tls-{}.pem", std::process::id()));
    std::fs::write(&bundle, pem).unwrap();
    let read = secrets(&aws, Some(bundle.to_string_lossy().into_owned())).accounts().await;
    std::fs::remove_file(bundle).unwrap();
    read.unwrap();
    assert_eq!(aws.asked().len(), 1);
}

#[tokio::test]
async fn any_other_server_is_not() {
    let (aws, _) = aws_behind_tls().await;
    let error = secrets(&aws, None).accounts().await.unwrap_err();
    assert!(Chain(&error).to_string().contains("UnknownIssuer"), "{}", Chain(&error));
    assert_eq!(aws.asked(), []);
}
