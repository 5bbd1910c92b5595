//! Looking up the hosts that are connected to.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use lambda_http::tower::Service;

use crate::lambda;

/// Asks as the system does, which takes a thread as long as it lasts: one of its own, so that a name server which does
/// not answer keeps nobody waiting for longer than a connection may take. While a function starts, nobody waits, and a
/// thread would cost more than it saves (docs/performance.md).
#[derive(Clone, Debug)]
pub(crate) struct HostNames {
    on_a_thread: GaiResolver,
}

type Addresses = vec::IntoIter<SocketAddr>;
type Found = Pin<Box<dyn Future<Output = io::Result<Addresses>> + Send>>;

impl HostNames {
    pub(crate) fn new() -> Self {
        Self { on_a_thread: GaiResolver::new() }
    }

    fn look_up(&mut self, name: Name, at_once: bool) -> Found {
        if at_once {
            let found = (name.as_str(), 0).to_socket_addrs();
            return Box::pin(async { found });
        }
        let found = self.on_a_thread.call(name);
        Box::pin(async { Ok(found.await?.collect::<Vec<_>>().into_iter()) })
    }
}

impl Service<Name> for HostNames {
    type Response = Addresses;
    type Error = io::Error;
    type Future = Found;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.on_a_thread.poll_ready(context)
    }

    fn call(&mut self, name: Name) -> Found {
        self.look_up(name, lambda::is_starting())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use tokio::runtime::Builder;
    use tokio::time::timeout;

    use super::*;

    /// Looks a name up while the only thread for what blocks has other work, and once more when it has none.
    fn looked_up(at_once: bool) -> (bool, bool) {
        let runtime = Builder::new_current_thread().enable_time().max_blocking_threads(1).build().unwrap();
        let (release, released) = mpsc::channel::<()>();
        runtime.block_on(async {
            let busy = tokio::task::spawn_blocking(move || released.recv());
            let mut names = HostNames::new();
            let mut find = || names.look_up("localhost".parse().unwrap(), at_once);
            let meanwhile = timeout(Duration::from_millis(50), find()).await.is_ok();
            drop(release);
            let _ended = busy.await;
            let afterwards = find().await.is_ok_and(|mut found| found.any(|address| address.ip().is_loopback()));
            (meanwhile, afterwards)
        })
    }

    #[test]
    fn a_name_takes_a_thread_unless_nobody_waits() {
        assert_eq!(looked_up(false), (false, true));
        assert_eq!(looked_up(true), (true, true));
    }

    #[tokio::test]
    async fn a_name_that_cannot_be_one_is_an_error_either_way() {
        let name = "a".repeat(64); // DNS has 63: no name server is asked
        for at_once in [true, false] {
            let found = HostNames::new().look_up(name.parse().unwrap(), at_once).await;
            assert!(found.is_err(), "{found:?}");
        }
    }
}
