//! Bearer tokens of the admin API: who may ask, as long as they may.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Item, Store,
    calls::names,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{EXPIRES_AT, Key, PK, SK, all_tokens},
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

/// Some of the tokens, by id.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TokenPage {
    /// They.
    pub tokens: Vec<StoredToken>,
    /// The id after which the next page begins; none if there is none.
    pub next: Option<String>,
}

impl Store {
    /// A token, expired or not: one GetItem, strongly consistent, so that a revoked one is refused at once.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn token(&self, id: &str) -> Result<Option<StoredToken>, Error> {
        self.get_one(Key::token(id)).await?.as_ref().map(token_of).transpose()
    }

    /// Tokens after an id, at most `limit`: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn tokens(&self, after: Option<&str>, limit: u16) -> Result<TokenPage, Error> {
        let query = self.client.query().table_name(&self.table).consistent_read(true).limit(i32::from(limit.max(1)));
        let query = query.expression_attribute_values(":tokens", text(all_tokens()));
        let query = match after {
            None => query.key_condition_expression("#pk = :tokens").set_expression_attribute_names(Some(names([PK]))),
            Some(after) => query
                .key_condition_expression("#pk = :tokens AND #sk > :after")
                .set_expression_attribute_names(Some(names([PK, SK])))
                .expression_attribute_values(":after", text(after)),
        };
        let answer = query.send().await.map_err(Error::of)?;
        let next = answer.last_evaluated_key.as_ref().and_then(|last| text_of(last, SK)).map(str::to_owned);
        let tokens = answer.items.iter().flatten().map(token_of).collect::<Result<_, _>>()?;
        Ok(TokenPage { tokens, next })
    }

    /// Keeps a new token: one PutItem. Says whether its id was free; if it was not, nothing is written.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn add_token(&self, token: &StoredToken) -> Result<bool, Error> {
        let document = serde_json::to_string(token)
            .map_err(|_| Error::Unreadable { item: Item::Token, why: "it cannot be written as JSON" })?;
        let mut item = Key::token(&token.id).attributes();
        item.insert(DOC.to_owned(), text(document));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        if let Some(expiry) = token.expires_at {
            item.insert(EXPIRES_AT.to_owned(), number(expiry.as_second() + LISTED_AFTER_EXPIRY));
        }
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(refusal) if refusal.is_conditional_check_failed_exception() => Ok(false),
                _ => Err(Error::of(error)),
            },
        }
    }

    /// Removes a token: one DeleteItem. Says whether there was one.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn revoke_token(&self, id: &str) -> Result<bool, Error> {
        let delete = self.client.delete_item().table_name(&self.table).set_key(Some(Key::token(id).attributes()));
        let delete = delete.return_values(aws_sdk_dynamodb::types::ReturnValue::AllOld);
        let answer = delete.send().await.map_err(Error::of)?;
        Ok(answer.attributes.is_some())
    }
}

fn token_of(item: &Attributes) -> Result<StoredToken, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::Token, why };
    let id = text_of(item, SK).ok_or_else(|| unreadable("it has no id"))?;
    let token: StoredToken =
        serde_json::from_str(document_of(item, Item::Token)?).map_err(|_| unreadable("its document is damaged"))?;
    Ok(StoredToken { id: id.to_owned(), ..token })
}
