//! The one way in which an object of the configuration is made, changed and deleted on a page.
//!
//! A form is sent to its own address. Its button says what for (`_do`): `save`, `delete`, or a change of the form
//! itself, which is shown again with what was typed: `add:phones`, `remove:phones[1]`, `move:steps[2]:0`, and
//! `put:support_hours` for something that is no list. So a form works without scripts, and with them the same answers are
//! put into the page.

use api::{
    FieldError, Kind, Resource, Stored,
    client::{BuiltOn, Client, ClientError},
};
use axum::{
    Router,
    extract::{Path, Query},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    App,
    choices::Choices,
    failure::Failure,
    form::{self, Fields, Form},
    frame::Frame,
    visitor::{Submitted, Visitor},
};

/// A kind of object that has a form.
pub(crate) trait Edited: Resource + Send + Sync + 'static {
    /// What one of them is called.
    const ONE: &'static str;
    /// Whether a form makes one, and deletes it. Otherwise it comes and goes in another way, and is changed here.
    const BY_FORM: bool = true;
    /// The path of their list.
    const SECTION: &'static str;
    /// The kinds that the form offers to choose from.
    const NEEDS: &'static [Kind];
    /// What stands beside the form and comes from elsewhere: states, previews.
    type Beside: Default + Send + Sync;

    /// Where the form of one is.
    fn form_at(id: &str) -> String {
        format!("{}/{id}", Self::SECTION)
    }

    /// Reads what stands beside the form, at the same time as the object itself.
    fn beside(client: &Client, id: &str) -> impl Future<Output = Result<Self::Beside, ClientError>> + Send {
        let _unused = (client, id);
        async { Ok(Self::Beside::default()) }
    }

    /// What can be said of something that is not saved yet, such as what would follow from it.
    fn preview(visitor: &Visitor, id: Option<&str>, draft: &Self) -> impl Future<Output = Previewed<Self>> + Send {
        let _unused = (visitor, id, draft);
        async { Ok(Self::Beside::default()) }
    }

    /// A new object, as its form begins; or, by the name of a list, an item that is added to it; or, by its path, what
    /// is put there.
    fn fresh(list: Option<&str>) -> Value;

    /// Puts right what a form can leave in two minds: what is not of its type any more; before it is saved, items that
    /// nothing was chosen for, too.
    fn settle(fields: &mut Fields, is_saved: bool) {
        let _unused = (fields, is_saved);
    }

    /// The page with the form.
    fn page(editing: &Editing<Self>) -> askama::Result<String>;
}

/// What stands beside the form of something that is not saved; or what the API refuses of it.
pub(crate) type Previewed<T> = Result<<T as Edited>::Beside, ClientError>;

/// A form with what is around it.
pub(crate) struct Editing<T: Edited> {
    pub(crate) frame: Frame,
    pub(crate) form: Form,
    /// The object's id; none if it is new.
    pub(crate) id: Option<String>,
    /// The version that the form was made from.
    pub(crate) version: Option<u64>,
    pub(crate) choices: Choices,
    pub(crate) beside: T::Beside,
    /// When the page is written.
    pub(crate) now: Timestamp,
}

/// What an address says beside its path.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    /// A word for what was just done.
    pub(crate) done: Option<String>,
}

/// The addresses of a kind's forms: `…/new`, if one is made there, and `…/{id}`.
pub(crate) fn routes<T: Edited>() -> Router<App> {
    let one = Router::new().route(&format!("{}/{{id}}", T::SECTION), get(show::<T>).post(change::<T>));
    if T::BY_FORM { one.route(&format!("{}/new", T::SECTION), get(fresh::<T>).post(create::<T>)) } else { one }
}

async fn fresh<T: Edited>(visitor: Visitor) -> Result<Response, Failure> {
    begin::<T>(&visitor, &T::fresh(None)).await
}

/// The form of a new object that begins as this.
pub(crate) async fn begin<T: Edited>(visitor: &Visitor, object: &Value) -> Result<Response, Failure> {
    let choices = Choices::read(&visitor.client, T::NEEDS).await?;
    let form = Form::showing(object);
    let frame = Frame::of(visitor, T::SECTION, format!("New {}", T::ONE));
    let (beside, now) = (T::Beside::default(), visitor.app.now());
    let editing = Editing::<T> { frame, form, id: None, version: None, choices, beside, now };
    Ok(Html(T::page(&editing)?).into_response())
}

pub(crate) async fn show<T: Edited>(
    visitor: Visitor,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let client = &visitor.client;
    let (stored, choices, beside) =
        tokio::try_join!(client.read::<T>(&id), Choices::read(client, T::NEEDS), T::beside(client, &id))?;
    let form = Form::showing(&json(&stored.value)).warned(stored.warnings);
    let frame = Frame::of(&visitor, T::SECTION, name_in(&form, &id)).after(done.done.as_deref());
    let (version, now) = (Some(stored.version), visitor.app.now());
    let editing = Editing::<T> { frame, form, id: Some(id), version, choices, beside, now };
    Ok(Html(T::page(&editing)?).into_response())
}

pub(crate) async fn create<T: Edited>(submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, mut fields } = submitted;
    if let Deed::Reshape = deed::<T>(&mut fields) {
        return again::<T>(&visitor, None, Form::typed(fields), StatusCode::OK).await;
    }
    // the same form sent twice makes one object
    let id = match fields.text("id") {
        "" => slug(fields.text("name")),
        chosen => chosen.to_owned(),
    };
    fields.set("id", &id);
    let object = match form::read::<T>(&fields) {
        Ok(object) => object,
        Err(errors) => return refused::<T>(&visitor, None, fields, errors).await,
    };
    match visitor.client.create_as(&id, &object).await {
        Ok(stored) => after_save::<T>(&visitor, &id, stored, "created").await,
        Err(ClientError::Problem(problem)) if problem.status == 412 => match visitor.client.read::<T>(&id).await {
            Ok(stored) if says(&json(&stored.value), &json(&object)) => Ok(to_object::<T>(&id, "created")),
            _ => {
                let taken = FieldError::new("id", "is taken: choose another one");
                refused::<T>(&visitor, None, fields, vec![taken]).await
            }
        },
        Err(ClientError::Problem(problem)) if problem.status == 422 || problem.status == 400 => {
            let form = Form::typed(fields).refused(&problem);
            again::<T>(&visitor, None, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn change<T: Edited>(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, mut fields } = submitted;
    let built_on = fields.text("_version").parse().map_or(BuiltOn::Any, BuiltOn::Version);
    match deed::<T>(&mut fields) {
        Deed::Reshape => return again::<T>(&visitor, Some(&id), Form::typed(fields), StatusCode::OK).await,
        Deed::Delete => {
            return match visitor.client.delete::<T>(&id, built_on).await {
                Ok(()) => Ok(Redirect::to(&format!("{}?done=deleted", T::SECTION)).into_response()),
                Err(ClientError::Problem(problem)) if problem.status == 404 => {
                    Ok(Redirect::to(&format!("{}?done=deleted", T::SECTION)).into_response())
                }
                Err(ClientError::Problem(problem)) if problem.status == 409 || problem.status == 412 => {
                    let form = Form::typed(fields).refused(&problem);
                    again::<T>(&visitor, Some(&id), form, StatusCode::CONFLICT).await
                }
                Err(other) => Err(other.into()),
            };
        }
        Deed::Save => {}
    }
    fields.set("id", &id);
    let object = match form::read::<T>(&fields) {
        Ok(object) => object,
        Err(errors) => return refused::<T>(&visitor, Some(&id), fields, errors).await,
    };
    match visitor.client.replace(&id, &object, built_on).await {
        Ok(stored) => after_save::<T>(&visitor, &id, stored, "saved").await,
        Err(ClientError::Problem(problem)) if problem.status == 412 => {
            let current = visitor.client.read::<T>(&id).await?;
            if says(&json(&current.value), &json(&object)) {
                // this very form, sent twice
                return Ok(to_object::<T>(&id, "saved"));
            }
            let mut form = Form::typed(fields);
            form.problem = Some(
                "Somebody else has saved it since you opened this form. Nothing of yours is lost: it stands below. Save \
                 again to put it in the place of theirs, or reload the page to see what they did."
                    .to_owned(),
            );
            again_on::<T>(&visitor, Some(&id), form, Some(current.version), StatusCode::CONFLICT).await
        }
        Err(ClientError::Problem(problem)) if problem.status == 422 || problem.status == 400 => {
            let form = Form::typed(fields).refused(&problem);
            again::<T>(&visitor, Some(&id), form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What a form was sent for.
enum Deed {
    Save,
    Delete,
    /// The form itself has changed, or is to be looked at.
    Reshape,
}

/// Reads what the form was sent for, and changes the form if that is it.
fn deed<T: Edited>(fields: &mut Fields) -> Deed {
    let wanted = fields.text("_do").to_owned();
    match wanted.split_once(':') {
        None if wanted == "save" => {
            T::settle(fields, true);
            return Deed::Save;
        }
        None if wanted == "delete" && T::BY_FORM => return Deed::Delete,
        Some(("add", list)) => fields.add(list, &T::fresh(Some(list))),
        Some(("put", path)) => fields.put(path, &T::fresh(Some(path))),
        Some(("remove", path)) => fields.remove(path),
        Some(("move", moved)) => {
            if let Some((item, Ok(to))) = moved.rsplit_once(':').map(|(item, to)| (item, to.parse())) {
                fields.shift(item, to);
            }
        }
        _ => {}
    }
    T::settle(fields, false);
    Deed::Reshape
}

/// The form once more, with what was typed.
async fn again<T: Edited>(
    visitor: &Visitor,
    id: Option<&str>,
    form: Form,
    status: StatusCode,
) -> Result<Response, Failure> {
    let version = form.value("_version").parse().ok();
    again_on::<T>(visitor, id, form, version, status).await
}

async fn again_on<T: Edited>(
    visitor: &Visitor,
    id: Option<&str>,
    mut form: Form,
    version: Option<u64>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let client = &visitor.client;
    let draft = form::read::<T>(form.fields());
    let preview = async {
        match &draft {
            Ok(draft) => T::preview(visitor, id, draft).await,
            // what cannot be read yet has no preview; what is saved has what it had
            Err(_) => match id {
                Some(id) => T::beside(client, id).await,
                None => Ok(T::Beside::default()),
            },
        }
    };
    let (choices, previewed) = tokio::join!(Choices::read(client, T::NEEDS), preview);
    let beside = match previewed {
        Ok(beside) => beside,
        // what a preview is refused for, saving would be refused for
        Err(ClientError::Problem(problem)) if form.errors.is_empty() && problem.status < 500 => {
            form = form.refused(&problem);
            T::Beside::default()
        }
        Err(_) => T::Beside::default(),
    };
    let title = id.map_or_else(|| format!("New {}", T::ONE), |id| name_in(&form, id));
    let mut frame = Frame::of(visitor, T::SECTION, title);
    // a script puts this into a page that may still have the address at which it was made
    frame.sent_to = id.map_or_else(String::new, T::form_at);
    let (id, choices, now) = (id.map(str::to_owned), choices?, visitor.app.now());
    let editing = Editing::<T> { frame, form, id, version, choices, beside, now };
    Ok((status, Html(T::page(&editing)?)).into_response())
}

async fn refused<T: Edited>(
    visitor: &Visitor,
    id: Option<&str>,
    fields: Fields,
    errors: Vec<FieldError>,
) -> Result<Response, Failure> {
    let form = Form::typed(fields).with_errors(errors);
    again::<T>(visitor, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// On to the object; or, if there is something to be said of what was saved, back to the form with it.
async fn after_save<T: Edited>(
    visitor: &Visitor,
    id: &str,
    stored: Stored<T>,
    done: &str,
) -> Result<Response, Failure> {
    if stored.warnings.is_empty() {
        return Ok(to_object::<T>(id, done));
    }
    let client = &visitor.client;
    let (choices, beside) = tokio::try_join!(Choices::read(client, T::NEEDS), T::beside(client, id))?;
    let form = Form::showing(&json(&stored.value)).warned(stored.warnings);
    let mut frame = Frame::of(visitor, T::SECTION, name_in(&form, id)).after(Some(done));
    frame.sent_to = T::form_at(id);
    let (id, version, now) = (Some(id.to_owned()), Some(stored.version), visitor.app.now());
    let editing = Editing::<T> { frame, form, id, version, choices, beside, now };
    Ok(Html(T::page(&editing)?).into_response())
}

fn to_object<T: Edited>(id: &str, done: &str) -> Response {
    Redirect::to(&format!("{}/{id}?done={done}", T::SECTION)).into_response()
}

fn json<T: Resource>(object: &T) -> Value {
    serde_json::to_value(object).unwrap_or_default()
}

fn name_in(form: &Form, id: &str) -> String {
    let name = form.value("name");
    if name.is_empty() { id.to_owned() } else { name.to_owned() }
}

/// Whether what is kept says all that was to be kept. What the server adds does not count, nor does what was left open.
fn says(kept: &Value, wanted: &Value) -> bool {
    match (kept, wanted) {
        (_, Value::Null) => true,
        (Value::Object(kept), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| says(kept.get(name).unwrap_or(&Value::Null), wanted))
        }
        (Value::Array(kept), Value::Array(wanted)) => {
            kept.len() == wanted.len() && kept.iter().zip(wanted).all(|(kept, wanted)| says(kept, wanted))
        }
        (kept, wanted) => kept == wanted,
    }
}

/// An id made of a name: what the API takes as one.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'å' | 'ä' | 'à' | 'á' | 'â' => slug.push('a'),
            'ø' | 'ö' | 'ó' | 'ô' => slug.push('o'),
            'é' | 'è' | 'ê' | 'ë' => slug.push('e'),
            'ü' | 'ú' => slug.push('u'),
            'æ' => slug.push_str("ae"),
            'ß' => slug.push_str("ss"),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(60);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_id_is_made_of_a_name() {
        for (name, expected) in
            [("Ada Lovelace", "ada-lovelace"), (" Bø & Sønn AS ", "bo-sonn-as"), ("24/7", "24-7"), ("–", "")]
        {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn what_was_saved_by_the_same_form_is_known() {
        let wanted = json!({"name": "Ada", "language": null, "phones": [{"number": "+4791000001"}]});
        let kept =
            json!({"id": "ada", "name": "Ada", "phones": [{"id": "x", "number": "+4791000001", "verified": true}]});
        assert!(says(&kept, &wanted));
        assert!(!says(&kept, &json!({"name": "Bo"})));
        assert!(!says(&kept, &json!({"phones": []})));
    }
}
