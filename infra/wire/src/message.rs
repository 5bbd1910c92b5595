//! Requests and answers as bytes, as far as a relay must understand them.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// A request or an answer, unchanged.
pub(crate) struct Message {
    /// First line and headers, with the empty line that ends them.
    head: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

/// More than AWS's clients and DynamoDB send.
const MOST_HEAD_BYTES: usize = 64 * 1024;
const MOST_BODY_BYTES: usize = 20 * 1024 * 1024;

impl Message {
    /// The next message of a connection; none at its end.
    pub(crate) async fn read(connection: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        loop {
            let before = head.len();
            let room = u64::try_from(MOST_HEAD_BYTES - before).unwrap_or(0);
            let read = (&mut *connection).take(room).read_until(b'\n', &mut head).await?;
            match head.get(before..) {
                _ if read == 0 && head.is_empty() => return Ok(None),
                Some(b"\r\n") if before > 0 => break,
                Some(line) if line.ends_with(b"\n") => {}
                _ => return Err(malformed("a head that does not end")),
            }
        }
        let mut message = Self { head, body: Vec::new() };
        if message.header("transfer-encoding").is_some() {
            return Err(malformed("a body without a length"));
        }
        let length = message.header("content-length").map_or(Ok(0), str::parse::<usize>);
        let length = length.ok().filter(|length| *length <= MOST_BODY_BYTES);
        message.body.resize(length.ok_or_else(|| malformed("a length that is none"))?, 0);
        connection.read_exact(&mut message.body).await?;
        Ok(Some(message))
    }

    /// An answer of our own.
    pub(crate) fn answer(status: u16, body: String) -> Self {
        let head = format!(
            "HTTP/1.1 {status} Fault\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        Self { head: head.into_bytes(), body: body.into_bytes() }
    }

    /// The same bytes that were read.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        self.head.extend_from_slice(&self.body);
        self.head
    }

    /// The name of a request.
    pub(crate) fn operation(&self) -> String {
        match self.header("x-amz-target") {
            Some(target) => target.rsplit('.').next().unwrap_or(target).to_owned(),
            None => {
                let mut words = self.lines().next().unwrap_or_default().split(' ');
                let method = words.next().unwrap_or_default();
                let target = words.next().unwrap_or_default();
                format!("{method} {}", target.split('?').next().unwrap_or_default())
            }
        }
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        str::from_utf8(&self.head).unwrap_or_default().split("\r\n")
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
