//! The single writes of a save.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::{AttributeValue, builders::UpdateBuilder};
use oncall::LineId;

use super::{
    Action, AuditEntry, Kind, Object, Reference, audit,
    changes::changed_fields,
    closure::Built,
    history,
    save::{Change, SaveContext},
    snapshot::{Entry, PENDING, REACH, REVISION, Snapshot},
};
use crate::{
    Error, Item, Store,
    calls::names,
    document::{write_object, write_plan},
    fallbacks::with_address,
    item::{CURRENT_FORMAT, DOC, FORMAT, MOST_BYTES, NUMBER, PLAN_OF, PLAN_VERSION, VERSION, number, text},
    keys::Key,
    transaction::Transaction,
};

/// What a write is to a save: what can be mended by reading again comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    /// Somebody else has saved in the meantime.
    Organisation,
    /// Another line has the number.
    Number,
    /// What the caller added to the save.
    Extra,
}

impl Store {
    /// The organisation's next revision, if nobody else has made it.
    pub(super) fn raise_revision(&self, snapshot: &Snapshot, waiting: &BTreeSet<String>) -> UpdateBuilder {
        let update = self.to_update(Key::revision().attributes());
        let update = match snapshot.revision {
            0 => update.condition_expression("attribute_not_exists(pk)"),
            before => update
                .condition_expression("#revision = :before")
                .expression_attribute_values(":before", number(before)),
        };
        let update = update.expression_attribute_values(":revision", number(snapshot.revision + 1));
        let waiting = waiting.iter().cloned().collect::<Vec<_>>();
        let update = update.set_expression_attribute_names(Some(names([REVISION, PENDING])));
        if waiting.is_empty() {
            update.update_expression("SET #revision = :revision REMOVE #pending")
        } else {
            update
                .update_expression("SET #revision = :revision, #pending = :pending")
                .expression_attribute_values(":pending", AttributeValue::Ss(waiting))
        }
    }

    /// The object's own item. A line's plan goes with it if the line is new, changed or removed.
    pub(super) fn write_object(
        &self,
        transaction: &mut Transaction<Part>,
        change: &Change,
        before: Option<&Entry>,
        built: Option<&Built>,
    ) -> Result<(), Error> {
        let key = Key::object(&change.name).attributes();
        let number_before = before.and_then(|entry| match &entry.object {
            Object::Line(line) => Some(&line.number),
            _ => None,
        });
        match &change.object {
            Some(object) => {
                let document = write_object(object)?;
                if document.len() > MOST_BYTES {
                    return Err(Error::TooLarge { item: Item::Object, bytes: document.len() });
                }
                let update = self
                    .to_update(key)
                    .expression_attribute_values(":doc", text(document))
                    .expression_attribute_values(":format", number(CURRENT_FORMAT))
                    .expression_attribute_values(":version", number(before.map_or(0, |entry| entry.version) + 1));
                let update = match before {
                    None => update.condition_expression("attribute_not_exists(pk)"),
                    Some(before) => update
                        .condition_expression("#version = :before")
                        .expression_attribute_values(":before", number(before.version)),
                };
                let set = "#doc = :doc, #format = :format, #version = :version";
                let update = match (object, built) {
                    (Object::Line(line), Some(built)) => {
                        if let Some(number) = number_before.filter(|number| **number != line.number) {
                            let copy = self.to_delete(Key::plan_of_number(number).attributes());
                            transaction.delete(Part::Organisation, copy)?;
                        }
                        let fallback = change.fallback.as_ref().map_or("", |_| "#fallback = :fallback, ");
                        let update = reach(update, &format!("{set}, {fallback}"), built);
                        let known = names([DOC, FORMAT, VERSION, REACH, PLAN_VERSION]);
                        let update = update.set_expression_attribute_names(Some(known));
                        change.fallback.iter().fold(update, with_address)
                    }
                    _ => update
                        .update_expression(format!("SET {set}"))
                        .set_expression_attribute_names(Some(names([DOC, FORMAT, VERSION]))),
                };
                transaction.update(Part::Organisation, update)
            }
            None => {
                if let Some(number) = number_before {
                    let copy = self.to_delete(Key::plan_of_number(number).attributes());
                    transaction.delete(Part::Organisation, copy)?;
                    let copy = self.to_delete(Key::plan_of_line(&LineId::new(change.name.id.as_str())).attributes());
                    transaction.delete(Part::Organisation, copy)?;
                }
                transaction.delete(Part::Organisation, self.to_delete(key))
            }
        }
    }

    /// What stays of the change: the audit log's entry and, for a schedule, the version that counts from now on.
    pub(super) fn write_trail(
        &self,
        transaction: &mut Transaction<Part>,
        change: &Change,
        before: Option<&Entry>,
        context: &SaveContext<'_>,
    ) -> Result<(), Error> {
        let action = change.action.unwrap_or(match (&change.object, before) {
            (None, _) => Action::Deleted,
            (Some(_), None) => Action::Created,
            (Some(_), Some(_)) => Action::Updated,
        });
        let before = before.map(|entry| write_object(&entry.object)).transpose()?;
        let after = change.object.as_ref().map(write_object).transpose()?;
        let fields = changed_fields(before.as_deref(), after.as_deref());
        let entry = AuditEntry::of(context.at, context.by, action, &change.name, fields);
        transaction.put(Part::Organisation, self.to_put(audit::item(&entry)?))?;
        if let Some(Object::Schedule(schedule)) = &change.object {
            transaction.put(Part::Organisation, self.to_put(history::item(schedule, context.at)?))?;
        }
        Ok(())
    }

    /// The document of a plan that an item can hold.
    pub(super) fn plan_document(&self, built: &Built) -> Result<String, Error> {
        let document = write_plan(&built.plan)?;
        if document.len() > MOST_BYTES {
            let line = built.plan.line.id.to_string();
            return Err(Error::PlanTooLarge { line, bytes: document.len(), most: MOST_BYTES });
        }
        Ok(document)
    }

    /// Both copies of a plan.
    pub(super) fn write_copies(
        &self,
        transaction: &mut Transaction<Part>,
        built: &Built,
        document: &str,
    ) -> Result<(), Error> {
        let line = &built.plan.line;
        let copy = |key: Key| {
            self.to_put(key.attributes())
                .item(DOC, text(document))
                .item(FORMAT, number(CURRENT_FORMAT))
                .item(VERSION, number(built.plan.version))
                .item(PLAN_OF, text(line.id.as_str()))
                .item(NUMBER, text(line.number.as_e164()))
        };
        transaction.put(Part::Organisation, copy(Key::plan_of_line(&line.id)))?;
        let of_number = copy(Key::plan_of_number(&line.number))
            .condition_expression("attribute_not_exists(pk) OR #plan_of = :line")
            .set_expression_attribute_names(Some(names([PLAN_OF])))
            .expression_attribute_values(":line", text(line.id.as_str()));
        transaction.put(Part::Number, of_number)
    }

    /// What the plan of a line holds from now on.
    pub(super) fn write_reach(
        &self,
        transaction: &mut Transaction<Part>,
        line: &str,
        built: &Built,
    ) -> Result<(), Error> {
        let update = self.to_update(Key::object(&Reference::new(Kind::Line, line)).attributes());
        let update = reach(update.condition_expression("attribute_exists(pk)"), "", built);
        let update = update.set_expression_attribute_names(Some(names([REACH, PLAN_VERSION])));
        transaction.update(Part::Organisation, update)
    }
}

/// Sets which plan a line has and what it holds, after the update's other assignments. DynamoDB knows no empty set.
fn reach(update: UpdateBuilder, set: &str, built: &Built) -> UpdateBuilder {
    let names: Vec<String> = built.reach.iter().map(Reference::key).collect();
    let update = update.expression_attribute_values(":plan_version", number(built.plan.version));
    if names.is_empty() {
        return update.update_expression(format!("SET {set}#plan_version = :plan_version REMOVE #reach"));
    }
    let update = update.update_expression(format!("SET {set}#plan_version = :plan_version, #reach = :reach"));
    update.expression_attribute_values(":reach", AttributeValue::Ss(names))
}
