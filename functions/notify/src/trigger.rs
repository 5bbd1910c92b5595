//! What has called this function: told apart by the shape of its payload.

use serde_json::Value;

/// What has called this function.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Trigger {
    /// Messages of the queue.
    Messages(Vec<QueuedMessage>),
    /// The schedule: look at what is due.
    Sweep,
    /// Somebody says something, in our own shape with a service.
    Said(Vec<SaidBody>),
}

/// A message of the queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct QueuedMessage {
    /// SQS's id of it.
    pub(crate) id: String,
    /// What it says.
    pub(crate) body: String,
}

/// Something that is said.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct SaidBody {
    /// In our own shape.
    pub(crate) body: Value,
    /// The carrier's own id of it: the same when it is delivered again.
    pub(crate) id: Option<String>,
}

/// The payload is none that this function knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unknown {
    /// Neither records, nor an event of a bus, nor an event in our own shape.
    #[error("the payload is no event: it must be an object with \"action\" and \"service\"")]
    Payload,
    /// Records of something else.
    #[error("the records are neither of SQS nor of SNS")]
    Records,
    /// A topic's message in which no JSON stands.
    #[error("the topic's message is no JSON object")]
    TopicMessage,
}

impl Trigger {
    /// What a payload is.
    pub(crate) fn of(mut payload: Value) -> Result<Self, Unknown> {
        if !payload.is_object() {
            return Err(Unknown::Payload);
        }
        if let Some(Value::Array(records)) = payload.get_mut("Records").map(Value::take) {
            return of_records(records);
        }
        let bus = text(&payload, "source").zip(text(&payload, "detail-type"));
        match bus {
            Some(("aws.events", "Scheduled Event")) => Ok(Self::Sweep),
            Some(_) if payload.get("detail").is_some() => {
                let id = text(&payload, "id").map(str::to_owned);
                let body = payload.get_mut("detail").map(Value::take).unwrap_or_default();
                Ok(Self::Said(vec![SaidBody { body, id }]))
            }
            _ if payload.get("action").is_some() || payload.get("service").is_some() => {
                Ok(Self::Said(vec![SaidBody { body: payload, id: None }]))
            }
            _ => Err(Unknown::Payload),
        }
    }
}

fn of_records(records: Vec<Value>) -> Result<Trigger, Unknown> {
    if records.iter().all(|record| text(record, "eventSource") == Some("aws:sqs")) {
        let message = |record: &Value| {
            let (id, body) = text(record, "messageId").zip(text(record, "body"))?;
            Some(QueuedMessage { id: id.to_owned(), body: body.to_owned() })
        };
        let messages: Option<Vec<_>> = records.iter().map(message).collect();
        return messages.map(Trigger::Messages).ok_or(Unknown::Records);
    }
    let said = |record: &Value| {
        let topic = record.get("Sns").filter(|_| text(record, "EventSource") == Some("aws:sns"));
        let message = text(topic.ok_or(Unknown::Records)?, "Message").ok_or(Unknown::Records)?;
        let body: Value = serde_json::from_str(message).map_err(|_| Unknown::TopicMessage)?;
        let id = topic.and_then(|topic| text(topic, "MessageId")).map(str::to_owned);
        Some(SaidBody { body, id }).filter(|said| said.body.is_object()).ok_or(Unknown::TopicMessage)
    };
    records.iter().map(said).collect::<Result<_, _>>().map(Trigger::Said)
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sample(name: &str) -> Value {
        let text = match name {
            "sqs" => include_str!("../fixtures/sqs.json"),
            "sns" => include_str!("../fixtures/sns.json"),
            "schedule" => include_str!("../fixtures/schedule.json"),
            _ => include_str!("../fixtures/eventbridge.json"),
        };
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn messages_of_the_queue() {
        let message = |id: &str, body: &str| QueuedMessage { id: id.to_owned(), body: body.to_owned() };
        let expected = vec![
            message("059f36b4-87a3-44ab-83d2-661975830a7d", "Test message."),
            message("2e1424d4-f796-459a-8184-9c92662be6da", "{}"),
        ];
        assert_eq!(Trigger::of(sample("sqs")), Ok(Trigger::Messages(expected)));
        assert_eq!(Trigger::of(json!({"Records": []})), Ok(Trigger::Messages(Vec::new())));
    }

    #[test]
    fn the_schedule() {
        assert_eq!(Trigger::of(sample("schedule")), Ok(Trigger::Sweep));
    }

    #[test]
    fn a_bus_and_a_topic_bring_our_own_shape_under_their_own_ids() {
        let body = json!({"action": "trigger", "service": "payments", "summary": "Backup failed"});
        let said = |id: &str| Trigger::Said(vec![SaidBody { body: body.clone(), id: Some(id.to_owned()) }]);
        assert_eq!(Trigger::of(sample("bus")), Ok(said("6a7e8feb-b491-4cf7-a9f1-bf3703467718")));
        assert_eq!(Trigger::of(sample("sns")), Ok(said("95df01b4-ee98-5cb9-9903-4c221d41eb5e")));
        assert_eq!(Trigger::of(body.clone()), Ok(Trigger::Said(vec![SaidBody { body, id: None }])));
    }

    #[test]
    fn what_is_none_of_them_is_refused() {
        for payload in [json!(null), json!([]), json!("x"), json!({}), json!({"Records": 7}), json!({"detail": {}})] {
            assert_eq!(Trigger::of(payload.clone()), Err(Unknown::Payload), "{payload}");
        }
        for records in
            [json!([{}]), json!([{"eventSource": "aws:s3"}]), json!([{"eventSource": "aws:sqs"}]), json!([7])]
        {
            assert_eq!(Trigger::of(json!({"Records": records})), Err(Unknown::Records), "{records}");
        }
        let topic = |message: &str| json!({"Records": [{"EventSource": "aws:sns", "Sns": {"Message": message}}]});
        assert_eq!(Trigger::of(topic("down!")), Err(Unknown::TopicMessage));
        assert_eq!(Trigger::of(topic("[]")), Err(Unknown::TopicMessage));
    }
}
