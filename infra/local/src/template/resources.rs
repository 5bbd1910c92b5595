//! Queues, buckets, secrets and environments.

use std::collections::BTreeMap;

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::intrinsics::Resolver;

/// An SQS queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Its logical name in the template.
    pub resource: String,
    /// Its name.
    pub name: String,
    /// How many seconds a received message stays invisible.
    pub visibility_timeout: Option<String>,
    /// Where messages go that nobody could handle.
    pub dead_letters: Option<DeadLetters>,
}

/// Where a queue's messages go that nobody could handle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetters {
    /// The other queue's logical name.
    pub queue: String,
    /// After how many attempts.
    pub after: String,
}

/// An S3 bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its logical name in the template.
    pub resource: String,
    /// Its name.
    pub name: String,
}

/// A secret of Secrets Manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its logical name in the template.
    pub resource: String,
    /// Its name.
    pub name: String,
    /// What it says at first.
    pub text: SecretText,
}

/// What a secret says at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretText {
    /// Made when the stack is made.
    Generated(Generated),
    /// As the template has it.
    Written(String),
}

/// How a secret's text is generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// How many characters.
    pub length: usize,
    /// A JSON text and the member of it that the generated characters become; without it they are
    /// the whole secret.
    pub within: Option<(String, String)>,
}

pub(super) fn queues(resolver: &Resolver<'_>) -> Result<Vec<Queue>, TemplateError> {
    let queue = |resource: &str| {
        let timeout = resolver.property(resource, "VisibilityTimeout");
        let place = Place::of(resource).at("VisibilityTimeout");
        let visibility_timeout = timeout.map(|value| resolver.text(&place, value)).transpose()?;
        let name = name(resolver, resource, "QueueName")?;
        let dead_letters = dead_letters(resolver, resource)?;
        Ok(Queue { resource: resource.to_owned(), name, visibility_timeout, dead_letters })
    };
    resolver.of_type("AWS::SQS::Queue").into_iter().map(queue).collect()
}

fn dead_letters(resolver: &Resolver<'_>, resource: &str) -> Result<Option<DeadLetters>, TemplateError> {
    let Some(policy) = resolver.property(resource, "RedrivePolicy") else { return Ok(None) };
    let place = Place::of(resource).at("RedrivePolicy");
    let member = |name: &str| {
        let place = place.at(name);
        policy.get(name).ok_or_else(|| resolver.missing(place.clone())).and_then(|value| resolver.text(&place, value))
    };
    let queue = queue_in(resolver, &place.at("deadLetterTargetArn"), &member("deadLetterTargetArn")?)?;
    Ok(Some(DeadLetters { queue, after: member("maxReceiveCount")? }))
}

pub(super) fn buckets(resolver: &Resolver<'_>) -> Result<Vec<Bucket>, TemplateError> {
    let bucket = |resource: &str| {
        // names of buckets have no capitals
        let name = name(resolver, resource, "BucketName")?.to_ascii_lowercase();
        Ok(Bucket { resource: resource.to_owned(), name })
    };
    resolver.of_type("AWS::S3::Bucket").into_iter().map(bucket).collect()
}

pub(super) fn secrets(resolver: &Resolver<'_>) -> Result<Vec<Secret>, TemplateError> {
    let secret = |resource: &str| {
        Ok(Secret {
            resource: resource.to_owned(),
            name: name(resolver, resource, "Name")?,
            text: secret_text(resolver, resource)?,
        })
    };
    resolver.of_type("AWS::SecretsManager::Secret").into_iter().map(secret).collect()
}

fn secret_text(resolver: &Resolver<'_>, resource: &str) -> Result<SecretText, TemplateError> {
    let place = Place::of(resource).at("GenerateSecretString");
    let Some(how) = resolver.property(resource, "GenerateSecretString") else {
        let place = Place::of(resource).at("SecretString");
        let text = resolver.property(resource, "SecretString").ok_or_else(|| resolver.missing(place.clone()))?;
        return Ok(SecretText::Written(resolver.text(&place, text)?));
    };
    let how = resolver.value(&place, how)?;
    let length = match how.get("PasswordLength") {
        None => 32, // CloudFormation's default
        Some(length) => {
            let text = resolver.text(&place, length)?;
            let place = place.at("PasswordLength");
            text.parse().map_err(|_| resolver.unusable(&place, "is not a number"))?
        }
    };
    let text = |name: &str| how.get(name).and_then(Value::as_str).map(str::to_owned);
    let within = text("SecretStringTemplate").zip(text("GenerateStringKey"));
    Ok(SecretText::Generated(Generated { length, within }))
}

fn name(resolver: &Resolver<'_>, resource: &str, property: &str) -> Result<String, TemplateError> {
    match resolver.property(resource, property) {
        Some(value) => resolver.text(&Place::of(resource).at(property), value),
        None => Ok(resource.to_owned()),
    }
}

const FUNCTIONS: [&str; 2] = ["AWS::Serverless::Function", "AWS::Lambda::Function"];

/// The function that an ARN, or a text around one, leads to.
pub(super) fn function_in(resolver: &Resolver<'_>, place: &Place, arn: &str) -> Result<String, TemplateError> {
    let is_named = |name: &&str| arn.split(['/', ':']).any(|part| part == *name);
    let found = FUNCTIONS.iter().flat_map(|kind| resolver.of_type(kind)).find(is_named);
    found.map(str::to_owned).ok_or_else(|| resolver.unusable(place, "does not lead to a function"))
}

/// The queue that an ARN leads to.
pub(super) fn queue_in(resolver: &Resolver<'_>, place: &Place, arn: &str) -> Result<String, TemplateError> {
    let mut queues = resolver.of_type("AWS::SQS::Queue").into_iter();
    let found = queues.find(|name| arn.rsplit(':').next() == Some(name));
    found.map(str::to_owned).ok_or_else(|| resolver.unusable(place, "does not lead to a queue"))
}

pub(super) fn environment(resolver: &Resolver<'_>, function: &str) -> Result<BTreeMap<String, String>, TemplateError> {
    if !FUNCTIONS.iter().any(|kind| resolver.of_type(kind).contains(&function)) {
        return Err(resolver.missing(Place::of(function)));
    }
    let globals = resolver.section("Globals").and_then(|globals| globals.get("Function"));
    let globals = globals.and_then(|function| function.get("Environment"));
    let own = resolver.property(function, "Environment");
    let mut environment = BTreeMap::new();
    for (given, place) in [(globals, Place::of("Globals").at("Function")), (own, Place::of(function))] {
        let Some(Value::Object(variables)) = given.and_then(|given| given.get("Variables")) else {
            continue;
        };
        for (name, value) in variables {
            let place = place.at("Environment").at("Variables").at(name);
            environment.insert(name.clone(), resolver.text(&place, value)?);
        }
    }
    Ok(environment)
}
