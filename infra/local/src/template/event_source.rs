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
    /// How many batches it is given at the same time, at most.
    pub concurrency: usize,
}

/// What CloudFormation takes for granted.
const USUAL_BATCH: u8 = 10;
/// With how many readers Lambda begins at a queue, unless it is told otherwise.
const USUAL_CONCURRENCY: usize = 5;

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
        let concurrency = match resolver.property(resource, "ScalingConfig") {
            None => USUAL_CONCURRENCY,
            Some(scaling) => {
                let place = Place::of(resource).at("ScalingConfig");
                let number = scaling.get("MaximumConcurrency").and_then(serde_json::Value::as_u64);
                let number = number.and_then(|number| usize::try_from(number).ok()).filter(|number| *number >= 2);
                number.ok_or_else(|| resolver.unusable(&place, "has no MaximumConcurrency of at least 2"))?
            }
        };
        Ok(EventSource { function, queue, batch, concurrency })
    };
    resolver.of_type("AWS::Lambda::EventSourceMapping").into_iter().map(source).collect()
}
