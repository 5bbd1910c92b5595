//! How a request reaches the API.

use std::{error::Error, fmt, future::Future, pin::Pin};

use bytes::Bytes;
use http::{Request, Response};

/// What carries requests: it knows of TLS, timeouts and proxies, and never repeats one by itself.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Carries a request there and its answer back, whatever the answer's status.
    fn carry(&self, request: Request<Vec<u8>>) -> Carried<'_>;
}

/// An answer, or why there is none. A reason ends up in logs: it names no URL.
pub type Carried<'a> = Pin<Box<dyn Future<Output = Result<Response<Bytes>, NotCarried>> + Send + 'a>>;

/// Why there is no answer.
pub type NotCarried = Box<dyn Error + Send + Sync>;

#[cfg(feature = "reqwest")]
impl Transport for reqwest::Client {
    fn carry(&self, request: Request<Vec<u8>>) -> Carried<'_> {
        Box::pin(async move {
            let request = request.try_into().map_err(reqwest::Error::without_url)?;
            let answer = self.execute(request).await.map_err(reqwest::Error::without_url)?;
            let (status, headers) = (answer.status(), answer.headers().clone());
            let mut carried = Response::new(answer.bytes().await.map_err(reqwest::Error::without_url)?);
            *carried.status_mut() = status;
            *carried.headers_mut() = headers;
            Ok(carried)
        })
    }
}
