//! Carries requests to the service and answers back.

use std::{io, net::SocketAddr, sync::Arc};

use tokio::{
    io::{AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::sleep,
};

use crate::{
    journal::{Fault, Journal},
    message::Message,
};

/// Carries what comes in until it is aborted, and its connections with it.
pub(crate) async fn run(listener: TcpListener, service: SocketAddr, journal: Arc<Journal>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((client, _)) = accepted {
                    connections.spawn(carry(client, service, Arc::clone(&journal)));
                }
            }
            // a connection that broke is the client's to notice
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn carry(client: TcpStream, service: SocketAddr, journal: Arc<Journal>) -> io::Result<()> {
    client.set_nodelay(true)?;
    let mut client = BufReader::new(client);
    while let Some(request) = Message::read(&mut client).await? {
        let (number, fault) = journal.arrived(&request.operation(), request.body.len());
        let answer = match fault {
            Some(Fault::Refuse) => return Ok(()),
            Some(Fault::Answer { status, body }) => Message::answer(status, body),
            Some(Fault::Delay(delay)) => {
                sleep(delay).await;
                ask(service, request).await?
            }
            Some(Fault::CutAfter) => {
                ask(service, request).await?;
                return Ok(());
            }
            None => ask(service, request).await?,
        };
        journal.answered(number, answer.body.len());
        client.write_all(&answer.into_bytes()).await?;
    }
    Ok(())
}

async fn ask(service: SocketAddr, request: Message) -> io::Result<Message> {
    let mut connection = TcpStream::connect(service).await?;
    connection.set_nodelay(true)?;
    connection.write_all(&request.into_bytes()).await?;
    let answer = Message::read(&mut BufReader::new(connection)).await?;
    answer.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
}
