//! From what a tool has said to a message on the queue.

use entry::{Chain, Outgoing, trace};
use oncall::ServiceId;
use pipeline::ToolEvent;
use statement::Said;
use store::Room;

use crate::{app::App, routing_key::RoutingKey};

/// Why nothing is promised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// No service has this key.
    UnknownKey,
    /// The key's minute is full.
    TooMany {
        /// In how many seconds the next one begins.
        seconds: u16,
    },
    /// Table or queue are away. Some of it may be queued: sent again, it has the same ids.
    Unavailable,
}

impl App {
    /// The service whose key this is.
    pub(crate) async fn service_of(&self, key: &RoutingKey) -> Result<ServiceId, Refusal> {
        match self.store.service_of_routing_key(key.hash()).await {
            Ok(Some(service)) => {
                trace::service(service.as_str());
                Ok(service)
            }
            Ok(None) => {
                tracing::warn!("no service has the routing key");
                Err(Refusal::UnknownKey)
            }
            Err(error) => Err(unavailable("a routing key could not be looked up", &error)),
        }
    }

    /// Puts on the queue what was said. Once this returns, SQS has all of it.
    pub(crate) async fn queue(
        &self,
        key: &RoutingKey,
        service: &ServiceId,
        said: Vec<Said>,
    ) -> Result<Vec<ToolEvent>, Refusal> {
        let at = self.clock.now();
        match self.store.count_events(key.hash(), said.len(), self.events_per_minute, at).await {
            Ok(Room::Yes) => {}
            Ok(Room::Full { seconds }) => {
                tracing::warn!(events = said.len(), "a routing key has brought too many events in this minute");
                return Err(Refusal::TooMany { seconds });
            }
            Err(error) => return Err(unavailable("events could not be counted", &error)),
        }
        let said = said.into_iter().enumerate();
        let events: Vec<ToolEvent> = said.map(|(place, said)| said.event(service.as_str(), at, place)).collect();
        let bodies: Result<Vec<String>, _> = events.iter().map(serde_json::to_string).collect();
        let bodies = bodies.map_err(|error| unavailable("an event could not be written", &error))?;
        let messages: Vec<_> =
            events.iter().zip(&bodies).map(|(event, body)| Outgoing { id: &event.id, body }).collect();
        let sent = self.queue.send_all(&messages).await;
        sent.map_err(|error| unavailable("events were not queued", &error))?;
        Ok(events)
    }
}

fn unavailable(what: &str, error: &(dyn std::error::Error + 'static)) -> Refusal {
    tracing::error!(error = %Chain(error), "{what}");
    Refusal::Unavailable
}
