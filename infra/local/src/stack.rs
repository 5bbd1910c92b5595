//! Everything at once: table, queues, secrets, Twilio, the functions behind their routes.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use api::client::{Client, ClientError};
use carrier::Carrier;
use entry::{Environment, Gate, Misconfigured, PublicUrl, Queue, TwilioSecrets};
use fallback::{NotRenewed, Shelf};
use jiff::Timestamp;
use store::{Retention, Store};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use twilio::rest::{Hosts, InvalidHost};

use crate::aws::{ServiceError, Services};
use crate::consumer::{Consumer, Function};
use crate::control;
use crate::data_dir::{Claim, DataDir, DataDirError};
use crate::documents;
use crate::dynamodb::{DynamoDb, DynamoDbError};
use crate::gateway::{Gateway, UnknownFunction};
use crate::incidents;
use crate::keeper::Keeper;
use crate::running::{NotNoted, Running};
use crate::schedule::{self, Task, UnknownTask};
use crate::secrets::{self, SecretsError};
use crate::seed::{self, SeedError};
use crate::servers::{serve, url_of};
use crate::template::{EventSource, LocalValues, Template, TemplateError};
use crate::twilio_side::{Account, PretendError, TwilioSide};

/// A stack that runs.
#[derive(Debug)]
pub struct Stack {
    /// Where it can be reached.
    pub running: Running,
    /// The table.
    pub store: Store,
    /// The time by which it lives.
    pub clock: entry::Clock,
    /// Whether the organisation to begin with was put in just now.
    pub seeded: bool,
    data: DataDir,
    _claim: Claim,
    dynamodb: DynamoDb,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<io::Result<()>>>,
    schedules: Vec<JoinHandle<()>>,
    keeper: JoinHandle<()>,
}

/// How a stack is to be started.
#[derive(Clone, Default)]
pub struct Options {
    /// The webhooks' port; 0 takes a free one.
    pub port: u16,
    /// Nothing is set up at the beginning.
    pub empty: bool,
    /// When the pretend Twilio's time begins; now, if not set.
    pub begins: Option<Timestamp>,
    /// A real Twilio account and the URL by which it reaches this machine.
    pub real: Option<(String, Account)>,
    /// Values of the template's parameters, in place of their defaults.
    pub parameters: BTreeMap<String, String>,
}

/// A stack could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// The port of the webhooks cannot be had.
    #[error("port {port} of 127.0.0.1 cannot be used; choose another with --port, or --port 0 for a free one")]
    Port {
        /// Which.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// The template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The data directory.
    #[error(transparent)]
    Data(#[from] DataDirError),
    /// The table.
    #[error(transparent)]
    DynamoDb(#[from] DynamoDbError),
    /// The secrets.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// SQS or Secrets Manager.
    #[error(transparent)]
    Services(#[from] ServiceError),
    /// The pretend Twilio.
    #[error(transparent)]
    Pretend(#[from] PretendError),
    /// The template's environment is not what the function wants.
    #[error("template.yaml does not configure {function}")]
    Environment {
        /// Which function.
        function: &'static str,
        /// What is wrong.
        source: Misconfigured,
    },
    /// The console has no TLS.
    #[error("the console's requests cannot be carried")]
    Console(#[from] console::NoTls),
    /// Where the pretend Twilio listens is no place to speak to.
    #[error(transparent)]
    Hosts(#[from] InvalidHost),
    /// The template's routes.
    #[error(transparent)]
    Routes(#[from] UnknownFunction),
    /// The template's schedules.
    #[error(transparent)]
    Schedules(#[from] UnknownTask),
    /// The template hands a queue's messages to a function that is not in this program.
    #[error("template.yaml has a queue for {0}, which this program does not have")]
    UnknownReader(String),
    /// The organisation to begin with.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// It could not be kept that the organisation to begin with is there.
    #[error("the data directory cannot be written")]
    Unwritable(#[source] io::Error),
    /// The admin API did not point the pretend Twilio's numbers at this process.
    #[error("the lines' numbers could not be pointed at this process")]
    NotPointedHere(#[source] ClientError),
    /// The table cannot be read.
    #[error("the table cannot be read")]
    Store(#[from] store::Error),
    /// The note for other commands.
    #[error(transparent)]
    Note(#[from] NotNoted),
}

const VOICE: &str = "VoiceFunction";
const PAGE: &str = "PageFunction";
const SMS: &str = "SmsFunction";
const EVENTS: &str = "EventsFunction";
const FALLBACK: &str = "FallbackFunction";
const NOTIFY: &str = "NotifyFunction";
const PROVISION: &str = "ProvisionFunction";
const CONSOLE: &str = "ConsoleFunction";
const SWEEP: &str = "SweepFunction";

impl Stack {
    /// Starts everything on the data in a directory.
    ///
    /// # Errors
    /// [`StackError`]: one sentence that says what is wrong and what to do.
    pub async fn start(data: DataDir, options: Options) -> Result<Self, StackError> {
        let claim = data.claim()?;
        let port = options.port;
        let taken = |source| StackError::Port { port, source };
        let webhooks = TcpListener::bind(("127.0.0.1", port)).await.map_err(taken)?;
        let webhooks_url = url_of(&webhooks).map_err(taken)?;
        let control = TcpListener::bind(("127.0.0.1", 0)).await.map_err(taken)?;
        let control_url = url_of(&control).map_err(taken)?;
        let documents = TcpListener::bind(("127.0.0.1", 0)).await.map_err(taken)?;
        let documents_url = url_of(&documents).map_err(taken)?;

        let template = Template::of_repository()?;
        let table = template.table(&LocalValues::default())?;
        let dynamodb = DynamoDb::with_table(&data.database(), &table).await?;

        let wall = entry::Clock::system();
        let (public_url, twilio) = match options.real {
            Some((url, account)) => (url, TwilioSide::Real(account)),
            None => (
                webhooks_url.clone(),
                TwilioSide::pretend(options.begins.unwrap_or_else(|| wall.now()), &data.twilio()).await?,
            ),
        };
        let twilio_url = match &twilio {
            TwilioSide::Pretend(sim) => Some(sim.base_url().to_owned()),
            TwilioSide::Real(_) => None,
        };

        let services = Services::start();
        let mut local = LocalValues { api_url: public_url.clone(), ..LocalValues::default() };
        local.parameters.extend(options.parameters);
        local.references.insert(table.resource.clone(), table.name.clone());
        local.references.extend(services.make_queues(&template.queues(&local)?).await?);
        local.references.extend(services.make_buckets(&template.buckets(&local)?).await?);
        let settings = configured(VOICE, &template, &local, voice::Settings::read)?;
        let page_settings = configured(PAGE, &template, &local, page::Settings::read)?;
        let sms_settings = configured(SMS, &template, &local, sms::Settings::read)?;
        let events_settings = configured(EVENTS, &template, &local, events::Settings::read)?;
        let fallback_settings = configured(FALLBACK, &template, &local, fallback::Settings::read)?;
        let mut notify_settings = configured(NOTIFY, &template, &local, notify::Settings::read)?;
        let mut provision_settings = configured(PROVISION, &template, &local, provision::Settings::read)?;
        // the real Twilio cannot read what stands on this machine
        provision_settings.documents_url = match &twilio {
            TwilioSide::Pretend(_) => documents_url.parse().ok(),
            TwilioSide::Real(_) => None,
        };
        if let Some(url) = &twilio_url {
            provision_settings.twilio = Hosts::all_at(url)?;
            notify_settings.twilio = Hosts::all_at(url)?;
        }
        let mut secrets = secrets::kept(&data.secrets(), &template.secrets(&local)?)?;
        if let Some(accounts) = secrets.get_mut(&settings.secret_id) {
            twilio.recognised(accounts);
        }
        services.store_secrets(&secrets).await?;
        let token = secrets.get(&provision_settings.admin_secret_id).cloned().unwrap_or_default();

        let retention = Retention { call_log_days: settings.call_log_days };
        let store = Store::new(dynamodb.client(), settings.table.as_str(), retention);
        let bucket = fallback_settings.bucket.clone();
        let renew = task_of(fallback_app(fallback_settings, &services, store.clone(), &twilio));
        for line in store.lines().await? {
            // what S3 had is lost when the process ends
            store.forget_fallback(&line.id).await?;
        }
        let texts = sms_app(sms_settings, &services, &store, &twilio);
        let app = voice_app(settings, &services, store.clone(), &twilio);
        app.warm().await;
        let page_app = page_app(&page_settings, &services, store.clone(), &twilio);
        let secrets_manager = services.secrets_manager.clone();
        let queue = Queue::new(services.sqs.clone(), provision_settings.queue_url.as_str());
        let admin = provision::App::over(store.clone(), secrets_manager, queue, &provision_settings, twilio.clock());
        let sweep = sweep_of(admin.clone());
        let notify = function_of(notify_app(&notify_settings, &services, store.clone(), &twilio));
        let intake = events::App {
            store: store.clone(),
            queue: Queue::new(services.sqs.clone(), events_settings.queue_url.as_str()),
            clock: twilio.clock(),
            events_per_minute: events_settings.events_per_minute,
        };
        let mut console_settings = configured(CONSOLE, &template, &local, console::Settings::read)?;
        // its way to the API does not lead over whatever makes this machine known outside
        console_settings.public_url = webhooks_url.parse().unwrap_or(console_settings.public_url);
        let pages = console::App::connect(&console_settings, twilio.clock())?;
        let functions = BTreeMap::from([
            (CONSOLE.to_owned(), console::router(pages)),
            (VOICE.to_owned(), voice::router(app)),
            (PAGE.to_owned(), page::router(page_app)),
            (SMS.to_owned(), sms::router(texts)),
            (EVENTS.to_owned(), events::router(intake)),
            (PROVISION.to_owned(), provision::router(admin)),
        ]);
        let gateway = Gateway::new(template.routes(&local)?, functions)?;
        let tasks = BTreeMap::from([
            (FALLBACK.to_owned(), renew.clone()),
            (NOTIFY.to_owned(), on_schedule(notify.clone())),
            (SWEEP.to_owned(), sweep),
        ]);
        let consumed = BTreeMap::from([(NOTIFY.to_owned(), notify)]);

        let running = Running {
            pid: std::process::id(),
            webhooks: webhooks_url,
            control: control_url,
            documents: documents_url,
            dynamodb: dynamodb.url(),
            twilio: twilio_url,
        };
        let (stop, stopped) = watch::channel(false);
        let mut schedules = schedule::start(template.schedules(&local)?, &tasks, &twilio.clock(), &stopped)?;
        for consumer in consumers(template.event_sources(&local)?, &consumed, &local, &services)? {
            schedules.push(consumer.start(stopped.clone()));
        }
        let twilio = Arc::new(twilio);
        let keeper = Keeper::new(&data, twilio.clone(), services.secrets_manager, secrets);
        let keeper = keeper.start(stopped.clone()).await;
        let control_router = control::router(twilio.clone(), store.clone()).merge(incidents::router(store.clone()));
        let servers = vec![
            serve(webhooks, gateway.into_router(), stopped.clone()),
            serve(control, control_router, stopped.clone()),
            serve(documents, documents::router(services.s3, bucket), stopped),
        ];
        let client = Client::new(reqwest::Client::new(), running.webhooks.as_str(), token.into());
        let seeded = seed_once(&data, options.empty, &client, &twilio).await?;
        renew().await;
        point_here(&store, &client, &twilio).await?;
        running.note(&data.running())?;
        let clock = twilio.clock();
        Ok(Self { running, store, clock, seeded, data, _claim: claim, dynamodb, stop, servers, schedules, keeper })
    }

    /// Stops taking requests, lets those that are under way finish for a moment, and closes the
    /// table's file.
    pub async fn stop(self) {
        Running::forget(&self.data.running());
        self.stop.send_replace(true);
        for server in self.servers {
            let _late = tokio::time::timeout(Duration::from_secs(1), server).await;
        }
        for schedule in self.schedules {
            let _late = tokio::time::timeout(Duration::from_secs(1), schedule).await;
        }
        let _late = tokio::time::timeout(Duration::from_secs(1), self.keeper).await;
        self.dynamodb.stop().await;
    }
}

/// Sets the organisation to begin with up, the first time that a pretend Twilio is served from this directory; says
/// whether it did. A directory that began empty is its owner's: nothing is put into it later.
async fn seed_once(data: &DataDir, empty: bool, client: &Client, twilio: &TwilioSide) -> Result<bool, StackError> {
    let TwilioSide::Pretend(sim) = twilio else { return Ok(false) };
    if data.seeded().exists() {
        return Ok(false);
    }
    if !empty {
        seed::sow(client, sim, twilio.clock().now()).await?;
    }
    std::fs::write(data.seeded(), "").map_err(StackError::Unwritable)?;
    Ok(!empty)
}

/// Points the pretend Twilio's numbers at this process, whose ports may be others than the last one's. Those of a real
/// account stay as they are.
async fn point_here(store: &Store, client: &Client, twilio: &TwilioSide) -> Result<(), StackError> {
    let TwilioSide::Pretend(sim) = twilio else { return Ok(()) };
    for line in store.lines().await? {
        if sim.number(line.number.as_e164()).is_some() {
            client.repair(line.id.as_str()).await.map_err(StackError::NotPointedHere)?;
        }
    }
    Ok(())
}

/// A function's settings, from the environment that the template gives it.
fn configured<S>(
    function: &'static str,
    template: &Template,
    local: &LocalValues,
    read: impl FnOnce(&Environment) -> Result<S, Misconfigured>,
) -> Result<S, StackError> {
    let environment = template.environment(function, local)?;
    read(&Environment::of(move |name| environment.get(name).cloned()))
        .map_err(|source| StackError::Environment { function, source })
}

fn fallback_app(settings: fallback::Settings, services: &Services, store: Store, twilio: &TwilioSide) -> fallback::App {
    let shelf = Shelf::new(services.s3.clone(), settings.bucket);
    fallback::App { store, shelf, public_url: settings.public_url, clock: twilio.clock() }
}

/// A line whose document cannot be written has none meanwhile; the next call tries again.
fn task_of(fallback: fallback::App) -> Task {
    Arc::new(move || {
        let fallback = fallback.clone();
        Box::pin(async move {
            let _logged: Result<(), NotRenewed> = fallback.renew().await;
        })
    })
}

/// What cannot be finished now is tried again at the next call.
fn sweep_of(admin: provision::App) -> Task {
    Arc::new(move || {
        let admin = admin.clone();
        Box::pin(async move {
            let _logged: Result<(), provision::NotSwept> = admin.sweep().await;
        })
    })
}

/// A function as Lambda calls it: what it says of itself is in its log.
fn function_of(notify: notify::App) -> Function {
    Arc::new(move |payload| {
        let notify = notify.clone();
        Box::pin(async move {
            notify
                .handle(payload)
                .await
                .inspect_err(|error| tracing::error!(error = %entry::Chain(error), "the invocation failed"))
                .ok()
        })
    })
}

/// A function that is called as EventBridge's schedules call.
fn on_schedule(function: Function) -> Task {
    Arc::new(move || {
        let called = function(serde_json::json!({ "source": "aws.events", "detail-type": "Scheduled Event" }));
        Box::pin(async move { drop(called.await) })
    })
}

/// The queues whose messages go to functions.
fn consumers(
    sources: Vec<EventSource>,
    functions: &BTreeMap<String, Function>,
    local: &LocalValues,
    services: &Services,
) -> Result<Vec<Consumer>, StackError> {
    let consumer = |EventSource { function, queue, batch, concurrency }| {
        let known = functions.get(&function).zip(local.references.get(&queue));
        let (function, url) = known.ok_or(StackError::UnknownReader(function.clone()))?;
        let (sqs, url, function) = (services.sqs.clone(), url.clone(), function.clone());
        Ok(Consumer { sqs, url, batch, concurrency, function })
    };
    sources.into_iter().map(consumer).collect()
}

fn notify_app(settings: &notify::Settings, services: &Services, store: Store, twilio: &TwilioSide) -> notify::App {
    let queue = Queue::new(services.sqs.clone(), settings.queue_url.as_str());
    let secrets = services.secrets_manager.clone();
    notify::App::over(store, queue, secrets, settings, twilio.clock(), notify::Pace::default())
}

fn voice_app(settings: voice::Settings, services: &Services, store: Store, twilio: &TwilioSide) -> voice::App {
    let clock = twilio.clock();
    let client = services.secrets_manager.clone();
    let secrets = TwilioSecrets::new(client, settings.secret_id.as_str(), clock.clone());
    let public_url: PublicUrl = settings.public_url;
    voice::App {
        gate: Gate::new(public_url.clone(), secrets.clone()),
        secrets,
        store,
        queue: Queue::new(services.sqs.clone(), settings.queue_url.as_str()),
        clock,
        public_url,
        deadline: settings.deadline,
    }
}

fn page_app(settings: &page::Settings, services: &Services, store: Store, twilio: &TwilioSide) -> page::App {
    let clock = twilio.clock();
    let queue = Queue::new(services.sqs.clone(), settings.queue_url.as_str());
    let client = services.secrets_manager.clone();
    let secrets = TwilioSecrets::new(client, settings.secret_id.as_str(), clock.clone());
    page::App::over(settings, Carrier { store, queue, clock }, secrets)
}

fn sms_app(settings: sms::Settings, services: &Services, store: &Store, twilio: &TwilioSide) -> sms::App {
    let clock = twilio.clock();
    let client = services.secrets_manager.clone();
    let secrets = TwilioSecrets::new(client, settings.secret_id.as_str(), clock.clone());
    let queue = Queue::new(services.sqs.clone(), settings.queue_url.as_str());
    sms::App {
        gate: Gate::new(settings.public_url, secrets.clone()),
        secrets,
        carrier: Carrier { store: store.clone(), queue, clock },
        app_name: settings.app_name,
        deadline: settings.deadline,
    }
}
