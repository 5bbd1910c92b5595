//! DynamoDB in this process: an emulator that keeps its tables in one file, spoken to over loopback
//! HTTP by the same SDK client that the functions use against AWS.

mod table;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use dynoxide::Database;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::aws;
use crate::template::TableDefinition;

pub use table::{TableError, create_if_absent};

/// How often expired items are removed. DynamoDB itself promises a few days.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// A running emulator. Dropping it stops it a little later; [`stop`](Self::stop) waits.
#[derive(Debug)]
pub struct DynamoDb {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<Result<(), String>>,
    sweep: JoinHandle<()>,
}

/// DynamoDB could not be started here.
#[derive(Debug, thiserror::Error)]
pub enum DynamoDbError {
    /// The file is not a database, or not one that can be read and written.
    #[error("the data file {path} cannot be read ({why}); restore it, or move it away to start with an empty one")]
    File {
        /// The file.
        path: PathBuf,
        /// What the database says.
        why: String,
    },
    /// No port on loopback.
    #[error("no port on loopback for the database")]
    Port(#[source] std::io::Error),
    /// The table is not as the template wants it.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl DynamoDb {
    /// Opens `file`, or makes it, and serves it on a free port of loopback.
    ///
    /// # Errors
    /// [`DynamoDbError::File`] when it is no readable database.
    pub async fn start(file: &Path) -> Result<Self, DynamoDbError> {
        let database = open(file)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(DynamoDbError::Port)?;
        let address = listener.local_addr().map_err(DynamoDbError::Port)?;
        let (stop, stopped) = oneshot::channel();
        let stopped = async move {
            let _: Result<(), oneshot::error::RecvError> = stopped.await;
        };
        let sweep = tokio::spawn(sweep(database.clone()));
        let server = tokio::spawn(dynoxide::server::serve_with_shutdown(listener, database, stopped));
        Ok(Self { address, stop, server, sweep })
    }

    /// Where it is served.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client for it.
    #[must_use]
    pub fn client(&self) -> Client {
        aws::dynamodb_at(&self.url())
    }

    /// Starts it, with the template's table in it.
    ///
    /// # Errors
    /// See [`DynamoDbError`].
    pub async fn with_table(file: &Path, table: &TableDefinition) -> Result<Self, DynamoDbError> {
        let started = Self::start(file).await?;
        create_if_absent(&started.client(), table, file).await?;
        Ok(started)
    }

    /// Lets running requests finish, then closes the file. A client that keeps its connection open
    /// without asking for anything is waited for no longer than two seconds.
    pub async fn stop(self) {
        self.sweep.abort();
        let _: Result<(), ()> = self.stop.send(());
        let _elapsed = tokio::time::timeout(Duration::from_secs(2), self.server).await;
    }
}

fn open(file: &Path) -> Result<Database, DynamoDbError> {
    let refused = |why: String| DynamoDbError::File { path: file.to_owned(), why };
    let path = file.to_str().ok_or_else(|| refused("its name is not UTF-8".to_owned()))?;
    let database = Database::new(path).map_err(|error| refused(error.to_string()))?;
    // opening reads little of a file that is there: ask for something
    database.table_count().map_err(|error| refused(error.to_string()))?;
    Ok(database)
}

async fn sweep(database: Database) {
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    loop {
        ticks.tick().await;
        let database = database.clone();
        // it takes the database's lock a page at a time, and blocks while it waits for it
        let _swept = tokio::task::spawn_blocking(move || database.sweep_ttl()).await;
    }
}

#[cfg(test)]
mod tests;
