//! Carries out a command line.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser as _;
use entry::{Chain, Clock};
use oncall::Key;
use phone::PhoneNumber;
use reqwest::Client;
use store::{PlanKey, Retention, Store};

use crate::cli::{self, Call, Cli, Command, Log, Serve, Texts, Who};
use crate::control::{CallRequest, TextRequest};
use crate::data_dir::DataDir;
use crate::moment::Moment;
use crate::running::Running;
use crate::speed::Speed;
use crate::stack::{Options, Stack};
use crate::template::{LocalValues, Template};
use crate::twilio_side::Account;
use crate::{aws, log, secrets, who};

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

/// Runs the program; what it prints goes to standard output, errors to standard error.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run(cli, &mut io::stdout())),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _told = writeln!(io::stderr(), "dutyline: {}", Chain(&*error));
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli, out: &mut impl Write) -> Outcome {
    let data = DataDir::open(cli.data)?;
    match cli.command {
        None => serve(data, cli.serve, out).await,
        Some(Command::Token) => token(&data, out),
        Some(Command::Call(call)) => with_stack(data, async |running: &Running| place(running, call, out).await).await,
        Some(Command::Who(question)) => {
            with_stack(data, async |running: &Running| explain(running, question, out).await).await
        }
        Some(Command::Log(wanted)) => {
            with_stack(data, async |running: &Running| show(running, wanted, out).await).await
        }
        Some(Command::Text(text)) => with_stack(data, async |running: &Running| write(running, text, out).await).await,
        Some(Command::Texts(wanted)) => {
            with_stack(data, async |running: &Running| read(running, wanted, out).await).await
        }
    }
}

async fn serve(data: DataDir, serve: Serve, out: &mut impl Write) -> Outcome {
    if let Some(running) = Running::find(&data.running(), &Client::new()).await {
        let path = data.path().display();
        let said = format!(
            "it is running already on the data in {path}, as process {} at {}; \
             stop it, or choose another directory with --data",
            running.pid, running.webhooks
        );
        return Err(said.into());
    }
    let path = data.path().display().to_string();
    let real = serve.public_url.map(|url| Ok::<_, String>((url.as_str().to_owned(), account()?)));
    let real = real.transpose()?;
    let public_url = real.as_ref().map(|(url, _)| url.clone());
    let stack =
        Stack::start(data, Options { port: serve.port, empty: serve.empty, real, ..Options::default() }).await?;
    let stop = asked_to_stop()?;
    announce(&stack, public_url.as_deref(), &path, out).await?;
    stop.await;
    writeln!(out, "Stopping.")?;
    stack.stop().await;
    Ok(())
}

/// The first administrator's token.
fn token(data: &DataDir, out: &mut impl Write) -> Outcome {
    let token = secrets::admin_token(&data.secrets())?.ok_or("there is no token yet: `cargo run` makes it")?;
    Ok(writeln!(out, "{token}")?)
}

fn account() -> Result<Account, String> {
    let variable = |name: &str| {
        let value = std::env::var(name).ok().filter(|value| !value.is_empty());
        value.ok_or_else(|| format!("with --public-url, {name} must be set to the Twilio account's"))
    };
    Ok(Account { sid: variable("TWILIO_ACCOUNT_SID")?, auth_token: variable("TWILIO_AUTH_TOKEN")? })
}

async fn announce(stack: &Stack, public_url: Option<&str>, path: &str, out: &mut impl Write) -> Outcome {
    let Running { webhooks, documents, dynamodb, twilio, .. } = &stack.running;
    writeln!(out, "Dutyline is running. Stop it with Ctrl-C.\n")?;
    if stack.seeded {
        writeln!(out, "A small organisation to begin with has been put into the table.\n")?;
    }
    writeln!(out, "  console    {webhooks}/console; `cargo run -- token` prints what to sign in with")?;
    writeln!(out, "  webhooks   {webhooks}")?;
    writeln!(out, "  admin API  {webhooks}/api/v1, by the token AdminToken in {path}/secrets.json")?;
    match (twilio, public_url) {
        (Some(twilio), _) => writeln!(out, "  Twilio     {twilio} (pretend)")?,
        (None, Some(url)) => writeln!(out, "  Twilio     your account, by {url}/voice/incoming and {url}/voice/ended")?,
        (None, None) => {}
    }
    writeln!(out, "  documents  {documents} (S3)")?;
    writeln!(out, "  DynamoDB   {dynamodb}")?;
    writeln!(out, "  data       {path}\n")?;
    let lines = stack.store.lines().await?;
    for line in &lines {
        writeln!(out, "  line       {} {}", line.number.as_e164(), line.name)?;
    }
    match lines.first() {
        Some(line) if twilio.is_some() => {
            writeln!(out, "\nCall one: cargo run -- call {} --press 1", line.number.as_e164())?;
        }
        None if twilio.is_some() => {
            writeln!(
                out,
                "Nothing is set up yet: the console leads from here to a line that rings. It asks for the pretend"
            )?;
            writeln!(out, "account's SID, primary auth token and API key, which stand in {path}/twilio.json;")?;
            writeln!(out, "`cargo run -- texts NUMBER` shows the codes that are texted to a phone.")?;
        }
        _ => {}
    }
    Ok(out.flush()?)
}

/// A wait for Ctrl-C or SIGTERM, which no longer end the process from now on.
#[cfg(unix)]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// A wait for Ctrl-C.
#[cfg(not(unix))]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _: io::Result<()> = tokio::signal::ctrl_c().await;
    })
}

/// On the stack that runs on this data, else on one started for this command.
async fn with_stack(data: DataDir, command: impl AsyncFnOnce(&Running) -> Outcome) -> Outcome {
    if let Some(running) = Running::find(&data.running(), &Client::new()).await {
        return command(&running).await;
    }
    let stack = Stack::start(data, Options::default()).await?;
    let outcome = command(&stack.running).await;
    stack.stop().await;
    outcome
}

async fn place(running: &Running, call: Call, out: &mut impl Write) -> Outcome {
    let request = CallRequest {
        line: number(&call.line)?.as_e164().to_owned(),
        from: call.from,
        press: call.press,
        say: call.say,
        hang_up: call.hang_up,
        speed: match call.speed {
            Speed::Times(times) => Some(times),
            Speed::Max => None,
        },
        phones: call.phone.iter().map(ToString::to_string).collect(),
        everybody: call.everybody.as_ref().map(ToString::to_string),
    };
    let url = format!("{}/calls", running.control);
    let mut answer = Client::new().post(url).json(&request).send().await?;
    if !answer.status().is_success() {
        return Err(answer.text().await?.into());
    }
    // a stack that is stopped goes in the middle of what it tells
    while let Some(lines) = answer.chunk().await.map_err(|_| "the stack was stopped before the call was over")? {
        out.write_all(&lines)?;
        out.flush()?;
    }
    Ok(())
}

async fn write(running: &Running, text: cli::Text, out: &mut impl Write) -> Outcome {
    let request = TextRequest {
        from: number(&text.from)?.as_e164().to_owned(),
        to: number(&text.to)?.as_e164().to_owned(),
        words: text.words.join(" "),
    };
    let answer = Client::new().post(format!("{}/texts", running.control)).json(&request).send().await?;
    if !answer.status().is_success() {
        return Err(answer.text().await?.into());
    }
    out.write_all(answer.text().await?.as_bytes())?;
    Ok(())
}

async fn explain(running: &Running, question: Who, out: &mut impl Write) -> Outcome {
    let line = number(&question.line)?;
    let from = question.from.as_deref().map(number).transpose()?;
    let digit = question.digit.map(|digit| Key::from_char(digit).ok_or("a destination's key is 0 to 9"));
    let stored = store_of(running)?.plan(PlanKey::Number(&line)).await?;
    let Some(stored) = stored else {
        return Err(format!("there is no line {}", line.as_e164()).into());
    };
    let at = question.at.unwrap_or_else(|| Moment::Instant(Clock::system().now()));
    let question = who::Question { digit: digit.transpose()?, at, from: from.as_ref() };
    out.write_all(who::explain(&stored.plan, question).as_bytes())?;
    Ok(())
}

async fn show(running: &Running, wanted: Log, out: &mut impl Write) -> Outcome {
    let line = wanted.line.as_deref().map(number).transpose()?;
    let text = log::recent(&store_of(running)?, line.as_ref(), wanted.last).await?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

/// A text on a phone, as the simulator tells it.
#[derive(serde::Deserialize)]
struct Text {
    at: String,
    from: String,
    body: String,
}

async fn read(running: &Running, wanted: Texts, out: &mut impl Write) -> Outcome {
    let phone = number(&wanted.phone)?;
    let Some(twilio) = &running.twilio else {
        return Err("it serves a real Twilio account: look at the phone itself".into());
    };
    let url = format!("{twilio}/_sim/phones/{}/texts", phone.as_e164());
    let texts: Vec<Text> = Client::new().get(url).send().await?.error_for_status()?.json().await?;
    for Text { at, from, body } in &texts {
        writeln!(out, "{at}  {from}: {body}")?;
    }
    if texts.is_empty() {
        writeln!(out, "no texts")?;
    }
    Ok(())
}

fn number(text: &str) -> Result<PhoneNumber, String> {
    text.parse().map_err(|error| format!("{text} is no number to dial: {error}"))
}

/// The table of a running stack; nothing is saved through it.
fn store_of(running: &Running) -> Result<Store, Box<dyn Error + Send + Sync>> {
    let table = Template::of_repository()?.table(&LocalValues::default())?;
    let retention = Retention { call_log_days: 400 };
    Ok(Store::new(aws::dynamodb_at(&running.dynamodb), table.name, retention))
}
