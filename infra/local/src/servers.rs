//! Routers on ports of loopback, until they are told to stop.

use std::io;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Where somebody listens.
pub(crate) fn url_of(listener: &TcpListener) -> io::Result<String> {
    Ok(format!("http://{}", listener.local_addr()?))
}

/// Serves, and lets what is under way finish at the end.
pub(crate) fn serve(
    listener: TcpListener,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) -> JoinHandle<io::Result<()>> {
    tokio::spawn(async move {
        let stopped = async move {
            let _: Result<_, watch::error::RecvError> = stopped.wait_for(|stopped| *stopped).await.map(drop);
        };
        axum::serve(listener, router).with_graceful_shutdown(stopped).await
    })
}
