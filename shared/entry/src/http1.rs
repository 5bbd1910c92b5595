//! HTTP/1.1 over TLS for the AWS clients. It is all that DynamoDB, SQS and Secrets Manager need; the SDK's own client
//! would bring HTTP/2 along, a tenth of a function's size.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use axum::http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::{CaptureConnection, HttpConnector as Tcp, capture_connection};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use lambda_http::tower::Service;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tokio::time::error::Elapsed;

/// Clients with the same timeouts share a pool of connections.
#[derive(Debug)]
pub(crate) struct Http1 {
    dial: HttpsConnector<Tcp>,
    pools: Mutex<Vec<(HttpConnectorSettings, SharedHttpConnector)>>,
}

impl Http1 {
    pub(crate) fn new(tls: ClientConfig) -> Self {
        let mut tcp = Tcp::new();
        tcp.enforce_http(false); // the scheme is the next layer's
        tcp.set_nodelay(true);
        Self { dial: HttpsConnector::from((tcp, tls)), pools: Mutex::default() }
    }
}

impl HttpClient for Http1 {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |known: &HttpConnectorSettings| {
            (known.connect_timeout(), known.read_timeout()) == (settings.connect_timeout(), settings.read_timeout())
        };
        if let Some((_, pool)) = pools.iter().find(|(known, _)| same(known)) {
            return pool.clone();
        }
        let pool = SharedHttpConnector::new(Pool::new(self.dial.clone(), settings));
        pools.push((settings.clone(), pool.clone()));
        pool
    }
}

#[derive(Debug)]
struct Pool {
    client: Client<Dial, SdkBody>,
    read_timeout: Option<Duration>,
}

impl Pool {
    fn new(https: HttpsConnector<Tcp>, settings: &HttpConnectorSettings) -> Self {
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            // Lambda freezes a process between events; a connection that has been closed meanwhile is replaced
            .retry_canceled_requests(true)
            .build(Dial { https, timeout: settings.connect_timeout() });
        Self { client, read_timeout: settings.read_timeout() }
    }
}

impl HttpConnector for Pool {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        };
        let connection = capture_connection(&mut request);
        if let Some(capture) = request.extensions().get::<CaptureSmithyConnection>() {
            capture.set_connection_retriever(move || metadata(&connection));
        }
        let response = within(self.read_timeout, self.client.request(request));
        HttpConnectorFuture::new(async move {
            let response = response.await.map_err(classified)?;
            HttpResponse::try_from(response.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// Lets the SDK say that a connection must not be used again, as it does when a server has a fault.
fn metadata(connection: &CaptureConnection) -> Option<ConnectionMetadata> {
    connection.connection_metadata().as_ref()?;
    let connection = connection.clone();
    let poison = move || {
        if let Some(connected) = connection.connection_metadata().as_ref() {
            connected.poison();
        }
    };
    Some(ConnectionMetadata::builder().proxied(false).poison_fn(poison).build())
}

/// Connects, TLS included, within a time.
#[derive(Clone, Debug)]
struct Dial {
    https: HttpsConnector<Tcp>,
    timeout: Option<Duration>,
}

type BoxError = Box<dyn Error + Send + Sync>;

impl Service<Uri> for Dial {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.https.poll_ready(context)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        Box::pin(within(self.timeout, self.https.call(to)))
    }
}

async fn within<T, E: Into<BoxError>>(
    limit: Option<Duration>,
    future: impl Future<Output = Result<T, E>>,
) -> Result<T, BoxError> {
    match limit {
        Some(limit) => tokio::time::timeout(limit, future).await?.map_err(Into::into),
        None => future.await.map_err(Into::into),
    }
}

/// What the SDK's retries need to know of an error. What it calls `io`, `timeout` and transient is tried again.
fn classified(error: BoxError) -> ConnectorError {
    if find::<Elapsed>(&*error).is_some() {
        return ConnectorError::timeout(error);
    }
    let (http, client) = (find::<hyper::Error>(&*error), find::<ClientError>(&*error));
    if http.is_some_and(hyper::Error::is_user) {
        return ConnectorError::user(error);
    }
    let closed = http.is_some_and(|error| error.is_closed() || error.is_canceled());
    if closed || client.is_some_and(ClientError::is_connect) || find::<std::io::Error>(&*error).is_some() {
        return ConnectorError::io(error);
    }
    let cut_short = http.is_some_and(hyper::Error::is_incomplete_message);
    ConnectorError::other(error, cut_short.then_some(ErrorKind::TransientError))
}

fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    error.downcast_ref().or_else(|| find(error.source()?))
}
