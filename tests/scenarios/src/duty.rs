//! The stage on which incidents are played: all functions that Twilio and the cloud can call, behind the template's
//! routes, with a table, a queue and secrets on loopback, and a pretend Twilio with people around it.
//!
//! ```no_run
//! # use scenarios::{ADA, Duty};
//! # async fn story() {
//! let duty = Duty::open().await;
//! duty.alert("disk", "Disk full on db1").await;
//! duty.reads(ADA, "Alert 10: Disk full on db1").await;
//! duty.texts(ADA, "10a", "Alert 10 is yours").await;
//! duty.passes(3600).await;
//! assert_eq!(duty.sim.phone(ADA).rang(), 0);
//! # }
//! ```
//!
//! Time passes by [`Duty::passes`] alone: from one instant at which something is due to the next, as the queue's delayed
//! messages would have it, or from minute to minute, if those are lost.

use std::{collections::BTreeMap, path::Path, time::Duration};

use carrier::{Carrier, Taken};
use entry::{Environment, Gate, Queue, TwilioSecrets};
use jiff::{SignedDuration, Timestamp};
use local::{
    aws::{Services, dynamodb_at},
    dynamodb::DynamoDb,
    gateway::Gateway,
    template::{LocalValues, Template},
};
use oncall::{
    Plan, ServiceId,
    incident::{Act, Actor, Cause, Incident, Via, Wish},
};
use serde_json::{Value, json};
use store::{Author, IncidentsOf, Integration, Retention, Store};
use tokio::net::TcpListener;
use twilio_sim::{Number, Options, Sim};
use wire::Wire;

use crate::{LINE, NIGHT, clock_of, configuration::save, organisation::paging};

/// How often the sweep comes.
const EVERY_MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// For how long the queue is not looked at.
const STEP: SignedDuration = SignedDuration::from_secs(2);

/// Everything that a story of incidents needs.
pub struct Duty {
    /// Twilio, and the people with their phones.
    pub sim: Sim,
    /// The wire to the table.
    pub table: Wire,
    /// The table itself, not over the wire that stories cut.
    pub store: Store,
    /// Whether delayed messages come; else the sweep is alone.
    pub wakes: bool,
    template: Template,
    local: LocalValues,
    services: Services,
    queue_url: String,
    pager: tokio::sync::Mutex<notify::App>,
    public_url: String,
    _dynamodb: DynamoDb,
}

impl Duty {
    /// With the organisation of most stories ([`paging`]): for `payments` Ada is paged, then after five minutes Bo.
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// With a change to it.
    pub async fn with(change: impl FnOnce(&mut Plan)) -> Self {
        Self::at(NIGHT, change).await
    }

    /// Beginning at another instant.
    pub async fn at(begins: &str, change: impl FnOnce(&mut Plan)) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let public_url = format!("http://{}", listener.local_addr().unwrap());
        let sim = Sim::start(Options::at(begins)).await;
        let template = Template::of_repository().unwrap();
        let table = template.table(&LocalValues::default()).unwrap();
        let dynamodb = DynamoDb::with_table(Path::new(":memory:"), &table).await.unwrap();
        let wire = Wire::to(dynamodb.url().trim_start_matches("http://").parse().unwrap()).await.unwrap();
        let services = Services::start();

        let mut local = LocalValues { api_url: public_url.clone(), ..LocalValues::default() };
        local.references.insert(table.resource.clone(), table.name.clone());
        local.references.extend(services.make_queues(&template.queues(&local).unwrap()).await.unwrap());
        local.references.extend(services.make_buckets(&template.buckets(&local).unwrap()).await.unwrap());
        local.parameters.insert("TwilioBaseUrl".to_owned(), sim.base_url().to_owned());
        let queue_url = local.references["IncidentEvents"].clone();
        store_secrets(&services, &template, &local, &sim).await;

        let store = Store::new(dynamodb_at(&dynamodb.url()), table.name.as_str(), Retention { call_log_days: 400 });
        let over_the_wire = Store::new(dynamodb_at(&wire.url()), table.name.as_str(), Retention { call_log_days: 400 });
        let stage =
            Functions { template: &template, local: &local, services: &services, store: &over_the_wire, sim: &sim };
        let pager = tokio::sync::Mutex::new(stage.pager());
        let gateway = stage.gateway();
        tokio::spawn(async move { axum::serve(listener, gateway).await });

        let now = clock_of(&sim).now();
        let by = Author::of("story");
        let integration = Integration {
            account: sim.account_sid(),
            name: "Main".to_owned(),
            key_sid: sim.api_key().0,
            auth_token_last4: String::new(),
            key_secret_last4: String::new(),
            created_at: now,
            rotated_at: None,
            rotation: None,
            version: 1,
        };
        assert!(store.add_integration(&integration, &by).await.unwrap());
        let mut plan = paging();
        change(&mut plan);
        save(&store, &plan, now).await;
        let number = Number::new(LINE).voice_url(format!("{public_url}/voice/incoming"));
        let number = number.status_callback(format!("{public_url}/voice/ended"));
        sim.own(number.sms_url(format!("{public_url}/sms/incoming")).takes_pictures());
        Self {
            sim,
            table: wire,
            store,
            wakes: true,
            template,
            local,
            services,
            queue_url,
            pager,
            public_url,
            _dynamodb: dynamodb,
        }
    }

    /// The pager's process ends, and another one begins: it remembers nothing.
    pub async fn restarts(&self) {
        let store = Store::new(
            dynamodb_at(&self.table.url()),
            self.template.table(&self.local).unwrap().name,
            Retention { call_log_days: 400 },
        );
        let Self { template, local, services, sim, .. } = self;
        *self.pager.lock().await = Functions { template, local, services, store: &store, sim }.pager();
    }

    /// A tool says that something is the matter.
    pub async fn alert(&self, key: &str, summary: &str) {
        self.says(&json!({"action": "trigger", "service": "payments", "dedup_key": key, "summary": summary, "severity": "critical"})).await;
    }

    /// A tool says that it is over.
    pub async fn over(&self, key: &str) {
        self.says(&json!({"action": "resolve", "service": "payments", "dedup_key": key})).await;
    }

    /// Somebody who may invoke the pager says something, and what follows is done.
    pub async fn says(&self, event: &Value) {
        self.pager.lock().await.handle(event.clone()).await.unwrap();
        self.settles().await;
    }

    /// A person texts the line; the answer has these words, or there is none if they are empty.
    pub async fn texts(&self, phone: &str, words: &str, answer: &str) {
        let phone = self.sim.phone(phone);
        let before = phone.texts().len();
        phone.texts_to(LINE, words).await;
        self.settles().await;
        self.sim.wait(20).await;
        self.settles().await;
        let texts = phone.texts();
        let new: Vec<&str> = texts[before..].iter().map(|text| text.body.as_str()).collect();
        match answer {
            "" => assert_eq!(new, Vec::<&str>::new(), "after {words:?}"),
            answer => assert!(new.iter().any(|text| text.contains(answer)), "after {words:?}: {new:#?}"),
        }
    }

    /// Within a minute a text with these words reaches a phone.
    pub async fn reads(&self, phone: &str, words: &str) {
        for _ in 0..12 {
            if self.texts_of(phone).iter().any(|text| text.contains(words)) {
                return;
            }
            self.passes(5).await;
        }
        panic!("{phone} never reads {words:?}: {:#?}", self.texts_of(phone));
    }

    /// All texts that have reached a phone.
    pub fn texts_of(&self, phone: &str) -> Vec<String> {
        self.sim.phone(phone).texts().into_iter().map(|text| text.body).collect()
    }

    /// How many texts have reached a phone, and how often it has rung.
    pub fn got(&self, phone: &str) -> (usize, usize) {
        let phone = self.sim.phone(phone);
        (phone.texts().len(), phone.rang())
    }

    /// Time passes, and whoever is to be woken is. What the queue brings is carried within two seconds.
    pub async fn passes(&self, seconds: i64) {
        let until = self.now() + SignedDuration::from_secs(seconds);
        let mut sweep = self.now() + EVERY_MINUTE;
        self.settles().await;
        let mut wake = self.next_due(until).await;
        while self.now() < until {
            let next = until.min(sweep).min(wake.unwrap_or(until)).min(self.now() + STEP);
            let millis = self.now().duration_until(next).as_millis();
            self.sim.wait(u64::try_from(millis).unwrap_or_default().div_ceil(1000).max(1)).await;
            let mut carried = self.settles().await;
            if self.now() >= sweep {
                sweep = self.now() + EVERY_MINUTE;
                let event = json!({"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}});
                self.pager.lock().await.handle(event).await.unwrap();
                carried = true;
            }
            if wake.is_some_and(|wake| wake <= self.now()) {
                self.wake_for_what_is_due().await;
                carried = true;
            }
            if carried {
                self.settles().await;
                wake = self.next_due(until).await;
            }
        }
    }

    /// When a delayed message would come next.
    async fn next_due(&self, until: Timestamp) -> Option<Timestamp> {
        if !self.wakes {
            return None;
        }
        let due = self.store.due(until, 1_000).await.unwrap().into_iter();
        due.filter(|due| !matches!(due.what, store::Due::Conversation { .. } | store::Due::Call(_)))
            .map(|due| due.at)
            .min()
    }

    /// What delayed messages do.
    async fn wake_for_what_is_due(&self) {
        let now = self.now();
        for due in self.store.due(now, 100).await.unwrap() {
            let task = match due.what {
                store::Due::Incident(incident) => json!({"kind": "incident.due", "incident": incident.to_string()}),
                store::Due::Phone(phone) => json!({"kind": "phone.due", "phone": phone.as_e164()}),
                // the sweep alone
                store::Due::Conversation { .. } | store::Due::Call(_) => continue,
            };
            let mut errand = json!({"version": 1, "id": format!("{}", due.at), "at": now.to_string()});
            errand.as_object_mut().unwrap().extend(task.as_object().unwrap().clone());
            self.carry(&[errand.to_string()]).await;
        }
    }

    /// Everything that waits on the queue is carried; says whether there was anything. What fails comes again.
    pub async fn settles(&self) -> bool {
        for round in 0..10_000 {
            let sqs = &self.services.sqs;
            let receive = sqs.receive_message().queue_url(&self.queue_url).max_number_of_messages(10);
            let received = receive.visibility_timeout(0).send().await.unwrap();
            if received.messages().is_empty() {
                return round > 0;
            }
            let bodies: Vec<_> = received.messages().iter().map(|message| message.body().unwrap().to_owned()).collect();
            let failed = self.carry(&bodies).await;
            for (place, message) in received.messages().iter().enumerate() {
                if !failed.contains(&place) {
                    let delete = sqs.delete_message().queue_url(&self.queue_url);
                    delete.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
                }
            }
        }
        panic!("the queue is never empty");
    }

    /// What waits on the queue never arrives; says how much it was.
    pub async fn loses_messages(&self) -> usize {
        let sqs = &self.services.sqs;
        let mut lost = 0;
        loop {
            let receive = sqs.receive_message().queue_url(&self.queue_url).max_number_of_messages(10);
            let received = receive.visibility_timeout(0).send().await.unwrap();
            if received.messages().is_empty() {
                return lost;
            }
            for message in received.messages() {
                let delete = sqs.delete_message().queue_url(&self.queue_url);
                delete.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
                lost += 1;
            }
        }
    }

    /// Hands messages to the pager as the queue does; says which failed.
    pub async fn carry(&self, bodies: &[String]) -> Vec<usize> {
        let record = |(place, body): (usize, &String)| json!({"eventSource": "aws:sqs", "messageId": place.to_string(), "body": body});
        let records: Vec<_> = bodies.iter().enumerate().map(record).collect();
        let pager = self.pager.lock().await.clone();
        let answer = pager.handle(json!({"Records": records})).await.unwrap();
        let failures = answer["batchItemFailures"].as_array().cloned().unwrap_or_default();
        failures.iter().map(|failure| failure["itemIdentifier"].as_str().unwrap().parse().unwrap()).collect()
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        clock_of(&self.sim).now()
    }

    /// All incidents of a service, the latest first.
    pub async fn incidents(&self) -> Vec<Incident> {
        let payments = ServiceId::new("payments");
        let page = self.store.listed_incidents(IncidentsOf::Service(&payments), 50, None).await.unwrap();
        assert_eq!(page.unreadable, []);
        page.incidents.into_iter().map(|found| found.incident).collect()
    }

    /// The one incident that there is.
    pub async fn incident(&self) -> Incident {
        let mut incidents = self.incidents().await;
        assert_eq!(incidents.len(), 1, "{incidents:#?}");
        incidents.remove(0)
    }

    /// Somebody does something in the console.
    pub async fn acts(&self, wish: Wish) {
        let incident = self.incident().await;
        let queue = Queue::new(self.services.sqs.clone(), self.queue_url.as_str());
        let carrier = Carrier { store: self.store.clone(), queue, clock: clock_of(&self.sim) };
        let by = Actor::Person { id: oncall::PersonId::new("cy"), via: Via::Console };
        let act = Act { id: format!("story {}", self.now()), by, wish };
        let taken = carrier.act(&incident.id, &Cause::Act(act)).await.unwrap();
        assert!(matches!(taken, Taken::Taken { .. }), "{taken:?}");
        self.settles().await;
    }

    /// The words of the incident's log, without who and when.
    pub async fn log(&self) -> Vec<String> {
        let incident = self.incident().await;
        let word = |entry: &oncall::incident::Entry| {
            let whole = format!("{:?}", entry.what);
            whole.split([' ', '(', '{']).next().unwrap().to_owned()
        };
        incident.log.entries.iter().map(word).collect()
    }

    /// The URL of a route.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Twilio had nothing to complain about.
    pub fn closes(self) {
        self.sim.assert_clean();
    }
}

/// What the functions are made of.
struct Functions<'s> {
    template: &'s Template,
    local: &'s LocalValues,
    services: &'s Services,
    store: &'s Store,
    sim: &'s Sim,
}

impl Functions<'_> {
    /// The pager, as the template configures it.
    fn pager(&self) -> notify::App {
        let settings = notify::Settings::read(&self.environment("NotifyFunction")).unwrap();
        let secrets = self.services.secrets_manager.clone();
        let pace = notify::Pace::default();
        notify::App::over(self.store.clone(), self.queue(), secrets, &settings, clock_of(self.sim), pace)
    }

    /// Those that Twilio asks, behind the template's routes.
    fn gateway(&self) -> axum::Router {
        let clock = clock_of(self.sim);
        let settings = voice::Settings::read(&self.environment("VoiceFunction")).unwrap();
        let secrets = self.services.secrets_manager.clone();
        let secrets = TwilioSecrets::new(secrets, settings.secret_id.as_str(), clock.clone());
        let gate = Gate::new(settings.public_url.clone(), secrets.clone());
        let carrier = Carrier { store: self.store.clone(), queue: self.queue(), clock: clock.clone() };
        let deadline = Duration::from_secs(10);
        let voice = voice::App {
            gate: gate.clone(),
            secrets: secrets.clone(),
            store: self.store.clone(),
            queue: self.queue(),
            clock,
            public_url: settings.public_url.clone(),
            deadline,
        };
        let page = page::App {
            gate: gate.clone(),
            secrets: secrets.clone(),
            carrier: carrier.clone(),
            public_url: settings.public_url,
            deadline,
        };
        let sms = sms::App { gate, secrets, carrier, app_name: "Dutyline".to_owned(), deadline };
        let functions = BTreeMap::from([
            ("VoiceFunction".to_owned(), voice::router(voice)),
            ("PageFunction".to_owned(), page::router(page)),
            ("SmsFunction".to_owned(), sms::router(sms)),
        ]);
        let mut routes = self.template.routes(self.local).unwrap();
        routes.retain(|route| functions.contains_key(&route.function));
        Gateway::new(routes, functions).unwrap().into_router()
    }

    fn queue(&self) -> Queue {
        Queue::new(self.services.sqs.clone(), self.local.references["IncidentEvents"].as_str())
    }

    fn environment(&self, function: &str) -> Environment {
        let environment = self.template.environment(function, self.local).unwrap();
        Environment::of(move |name| environment.get(name).cloned())
    }
}

/// The account's token, by which webhooks are known, and its API key, by which it is asked.
async fn store_secrets(services: &Services, template: &Template, local: &LocalValues, sim: &Sim) {
    let environment = template.environment("NotifyFunction", local).unwrap();
    let account = sim.account_sid();
    let (key_sid, key_secret) = sim.api_key();
    let keys = json!({"accounts": {&account: {"key_sid": key_sid, "key_secret": key_secret}}});
    let tokens = json!({"accounts": {&account: {"auth_tokens": [sim.auth_token()]}}});
    let tokens_id = template.environment("VoiceFunction", local).unwrap()["TWILIO_SECRET_ID"].clone();
    let secrets = [(environment["TWILIO_REST_SECRET_ID"].clone(), keys.to_string()), (tokens_id, tokens.to_string())];
    services.store_secrets(&secrets.into()).await.unwrap();
}
