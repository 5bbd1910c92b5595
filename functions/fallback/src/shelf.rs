//! Where the documents stand.

use aws_sdk_s3::{Client, error::SdkError, operation::put_object::PutObjectError, primitives::ByteStream};
use twilio::twiml::Twiml;

/// A bucket whose objects everybody can read who knows their names. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Shelf {
    client: Client,
    bucket: String,
}

/// A document may not have been stored.
#[derive(Debug, thiserror::Error)]
#[error("the document was not stored")]
pub(crate) struct NotStored(#[source] Box<SdkError<PutObjectError>>);

impl Shelf {
    /// The bucket of this name.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self { client, bucket: bucket.into() }
    }

    /// Puts a document under a path, in place of the one that is there. Twilio asks for it at every call, and is not
    /// to keep it.
    ///
    /// # Errors
    /// [`NotStored`].
    pub(crate) async fn put(&self, path: String, twiml: Twiml) -> Result<(), NotStored> {
        let put = self.client.put_object().bucket(&self.bucket).key(path);
        let put = put.content_type(Twiml::CONTENT_TYPE).cache_control("no-store");
        let stored = put.body(ByteStream::from(twiml.into_xml().into_bytes())).send().await;
        stored.map(drop).map_err(|error| NotStored(Box::new(error)))
    }
}
