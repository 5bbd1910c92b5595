//! Queues whose messages Lambda hands to a function.

use super::error::{Place, TemplateError};
use super::intrinsics::Resolver;
use super::resources;

/// A function that is given a queue's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventSource {
    /// The function's logical name.
    pub function: String,
    /// The queue's logical name.
    pub queue: String,
    /// How many messages it is given at once, at most.
    pub batch: u8,
}

/// What CloudFormation takes for granted.
const USUAL_BATCH: u8 = 10;

pub(super) fn read(resolver: &Resolver<'_>) -> Result<Vec<EventSource>, TemplateError> {
    let source = |resource: &str| {
        let place = Place::of(resource).at("FunctionName");
        let function = resources::function_in(resolver, &place, &resolver.text_of(resource, "FunctionName")?)?;
        let place = Place::of(resource).at("EventSourceArn");
        let arn = resolver.text_of(resource, "EventSourceArn")?;
        let queue = resources::queue_in(resolver, &place, &arn)?;
        // without it one failed message brings back all of its batch, and the laptop would do otherwise than Lambda
        let place = Place::of(resource).at("FunctionResponseTypes");
        let types = resolver.property(resource, "FunctionResponseTypes");
        let tells = types
            .and_then(serde_json::Value::as_array)
            .is_some_and(|types| types.iter().any(|kind| kind == "ReportBatchItemFailures"));
        if !tells {
            return Err(resolver.unusable(&place, "must have ReportBatchItemFailures"));
        }
        let batch = match resolver.property(resource, "BatchSize") {
            None => USUAL_BATCH,
            Some(_) => {
                let place = Place::of(resource).at("BatchSize");
                let text = resolver.text_of(resource, "BatchSize")?;
                let number = text.parse().ok().filter(|number| (1..=USUAL_BATCH).contains(number));
                number.ok_or_else(|| resolver.unusable(&place, "is not a number from 1 to 10"))?
            }
        };
        Ok(EventSource { function, queue, batch })
    };
    resolver.of_type("AWS::Lambda::EventSourceMapping").into_iter().map(source).collect()
}
