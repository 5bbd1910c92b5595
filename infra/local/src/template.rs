//! What template.yaml says, for a machine that is not AWS.
//!
//! The same file that deploys the product tells the laptop which table, queues, buckets and secrets
//! there are, which path leads to which function, which function is called how often, which is given
//! a queue's messages, and what is in each one's environment. Nothing of that is written down a second
//! time.

mod error;
mod event_source;
mod intrinsics;
mod resources;
mod route;
mod schedule;
mod table;
mod yaml;

use std::collections::BTreeMap;

use serde_json::Value;

pub use error::Place;
pub use error::TemplateError;
pub use event_source::EventSource;
pub use intrinsics::LocalValues;
pub use resources::{Bucket, DeadLetters, Generated, Queue, Secret, SecretText};
pub use route::{Route, RoutePath};
pub use schedule::Schedule;
pub use table::{Index, Key, Projection, TableDefinition};

pub(crate) use intrinsics::REGION;
use intrinsics::Resolver;

/// The repository's template, as it was when this program was built.
pub const TEMPLATE: &str = include_str!("../../../template.yaml");

/// A CloudFormation (SAM) template that has been read.
#[derive(Debug, Clone)]
pub struct Template {
    file: String,
    document: Value,
}

impl Template {
    /// The repository's own template.
    ///
    /// # Errors
    /// See [`Template::parse`].
    pub fn of_repository() -> Result<Self, TemplateError> {
        Self::parse("template.yaml", TEMPLATE)
    }

    /// Reads a template; `file` is its name in errors. CloudFormation's short tags (`!Ref`) and long
    /// forms (`Ref:`) mean the same.
    ///
    /// # Errors
    /// [`TemplateError::Syntax`] when the text is not one YAML document with a mapping of
    /// `Resources`.
    pub fn parse(file: impl Into<String>, text: &str) -> Result<Self, TemplateError> {
        let file = file.into();
        let document = yaml::parse(text).map_err(|message| TemplateError::Syntax { file: file.clone(), message })?;
        if !document.get("Resources").is_some_and(Value::is_object) {
            let message = "there is no mapping called Resources".to_owned();
            return Err(TemplateError::Syntax { file, message });
        }
        Ok(Self { file, document })
    }

    /// The template's only table.
    ///
    /// # Errors
    /// When there is none, or more than one, or a property of it is missing or not understood.
    pub fn table(&self, local: &LocalValues) -> Result<TableDefinition, TemplateError> {
        let resolver = self.resolver(local);
        let mut tables = resolver.of_type("AWS::DynamoDB::Table");
        match (tables.pop(), tables.is_empty()) {
            (Some(only), true) => table::read(&resolver, only),
            (found, _) => Err(TemplateError::Tables {
                file: self.file.clone(),
                count: tables.len() + usize::from(found.is_some()),
            }),
        }
    }

    /// Every route of the API, in the order of their logical names.
    ///
    /// # Errors
    /// When a route does not lead to a function, or its key is not understood.
    pub fn routes(&self, local: &LocalValues) -> Result<Vec<Route>, TemplateError> {
        route::read(&self.resolver(local))
    }

    /// Every function that a schedule calls.
    ///
    /// # Errors
    /// When a schedule is not a rate, or does not lead to a function.
    pub fn schedules(&self, local: &LocalValues) -> Result<Vec<Schedule>, TemplateError> {
        schedule::read(&self.resolver(local))
    }

    /// Every queue whose messages go to a function.
    ///
    /// # Errors
    /// When a mapping does not lead from a queue to a function, or one failed message would bring back others.
    pub fn event_sources(&self, local: &LocalValues) -> Result<Vec<EventSource>, TemplateError> {
        event_source::read(&self.resolver(local))
    }

    /// Every bucket.
    ///
    /// # Errors
    /// When a property is not understood.
    pub fn buckets(&self, local: &LocalValues) -> Result<Vec<Bucket>, TemplateError> {
        resources::buckets(&self.resolver(local))
    }

    /// Every queue.
    ///
    /// # Errors
    /// When a property is not understood.
    pub fn queues(&self, local: &LocalValues) -> Result<Vec<Queue>, TemplateError> {
        resources::queues(&self.resolver(local))
    }

    /// Every secret.
    ///
    /// # Errors
    /// When a property is not understood.
    pub fn secrets(&self, local: &LocalValues) -> Result<Vec<Secret>, TemplateError> {
        resources::secrets(&self.resolver(local))
    }

    /// The environment of the function with this logical name: `Globals` first, then its own.
    ///
    /// # Errors
    /// When there is no such function, or a value cannot be resolved here.
    pub fn environment(&self, function: &str, local: &LocalValues) -> Result<BTreeMap<String, String>, TemplateError> {
        resources::environment(&self.resolver(local), function)
    }

    fn resolver<'a>(&'a self, local: &'a LocalValues) -> Resolver<'a> {
        Resolver::new(&self.file, &self.document, local)
    }
}

#[cfg(test)]
mod tests;
