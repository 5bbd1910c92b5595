//! Bearer tokens of the admin API: who may ask, as long as they may.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Action, AuditEntry, Author, Error, Item, Page, Store,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{EXPIRES_AT, Key, SK, all_tokens},
    organisation::audit_item,
    transaction::{Outcome, Transaction},
};

/// For how long a token is still listed after it has expired, seconds.
const LISTED_AFTER_EXPIRY: i64 = 30 * 86_400;

/// A token, without the secret that its bearer shows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StoredToken {
    /// Its id, which its bearer shows too.
    #[serde(skip)]
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What its bearer may do; whoever checks tokens knows the words.
    pub role: String,
    /// SHA-256 of all that its bearer shows, in hexadecimal.
    pub hash: String,
    /// The last four characters of it.
    pub last4: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// The id of the token with which it was made.
    pub created_by: String,
    /// From when on it no longer counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

impl Store {
    /// A token, expired or not: one GetItem, strongly consistent, so that a revoked one is refused at once.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn token(&self, id: &str) -> Result<Option<StoredToken>, Error> {
        self.get_one(Key::token(id)).await?.as_ref().map(token_of).transpose()
    }

    /// Tokens by id, at most `limit` of those after `after`: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn tokens(&self, after: Option<&str>, limit: u16) -> Result<Page<StoredToken>, Error> {
        self.page(all_tokens(), after, limit, token_of).await
    }

    /// Keeps a new token and tells the audit log, in one transaction. Says whether its id was free; if it was not,
    /// nothing is written.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn add_token(&self, token: &StoredToken, by: &Author) -> Result<bool, Error> {
        let document = serde_json::to_string(token)
            .map_err(|_| Error::Unreadable { item: Item::Token, why: "it cannot be written as JSON" })?;
        let mut item = Key::token(&token.id).attributes();
        item.insert(DOC.to_owned(), text(document));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        if let Some(expiry) = token.expires_at {
            item.insert(EXPIRES_AT.to_owned(), number(expiry.as_second() + LISTED_AFTER_EXPIRY));
        }
        let mut transaction = Transaction::default();
        let put = self.to_put(item).condition_expression("attribute_not_exists(pk)");
        transaction.put(Part::Token, put)?;
        self.told(transaction, Action::Created, token, by, token.created_at).await
    }

    /// Removes a token and tells the audit log what it was called, in one transaction. Says whether there was one: one
    /// GetItem before it.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn revoke_token(&self, id: &str, by: &Author, at: Timestamp) -> Result<bool, Error> {
        let Some(token) = self.token(id).await? else { return Ok(false) };
        let mut transaction = Transaction::default();
        let delete = self.to_delete(Key::token(id).attributes()).condition_expression("attribute_exists(pk)");
        transaction.delete(Part::Token, delete)?;
        self.told(transaction, Action::Deleted, &token, by, at).await
    }

    async fn told(
        &self,
        mut transaction: Transaction<Part>,
        action: Action,
        token: &StoredToken,
        by: &Author,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let (name, role) = (Some(token.name.clone()), Some(token.role.clone()));
        let entry = AuditEntry { name, role, ..AuditEntry::new(at, by, action, ("token", &token.id)) };
        transaction.put(Part::Told, self.to_put(audit_item(&entry)?))?;
        Ok(transaction.commit(self, Part::Token).await? == Outcome::Done)
    }
}

/// The parts of a change of a token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Token,
    Told,
}

fn token_of(item: &Attributes) -> Result<StoredToken, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::Token, why };
    let id = text_of(item, SK).ok_or_else(|| unreadable("it has no id"))?;
    let token: StoredToken =
        serde_json::from_str(document_of(item, Item::Token)?).map_err(|_| unreadable("its document is damaged"))?;
    Ok(StoredToken { id: id.to_owned(), ..token })
}
