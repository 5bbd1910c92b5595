//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use entry::PublicUrl;

use crate::moment::Moment;
use crate::phone_behaviour::{Behaviour, PhoneBehaviour};
use crate::speed::Speed;

/// Dutyline on this machine: the hotline and pager, its table, its queue and a pretend Twilio, in one
/// process on loopback. Nothing needs to be installed, nothing leaves the machine, nothing costs.
#[derive(Debug, Parser)]
#[command(name = "dutyline", version, term_width = 100, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Cli {
    /// Where the table and the generated secrets are kept between runs.
    #[arg(long, global = true, value_name = "DIR", default_value = ".dutyline")]
    pub data: PathBuf,
    /// What to do; without a command it serves the webhooks until Ctrl-C or SIGTERM.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to serve, without a command.
    #[command(flatten)]
    pub serve: Serve,
}

const EXAMPLES: &str = "\
Examples:
  dutyline                                  serve until Ctrl-C; the first time, a small organisation is put in
  dutyline call +4721000000 --press 1       call a line, choose 1, and read what every phone hears
  dutyline call +4721000000 --press 1 --phone +4791000003=busy --phone \"+4791000008=answers,press 2\"
  dutyline who +4721000000 --digit 2 --at 2026-10-25T02:30
                                            who would be rung in the night of the clock change, and why
  dutyline log                              recent calls, with every attempt
  dutyline text +4791000001 +4721000000 help
                                            text a line, and read what comes back
  dutyline texts +4791000001                what a phone has received

With `cargo run`, write the arguments behind two hyphens: cargo run -- call +4721000000 --press 1";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Place a call to a line and show the transcript as it happens.
    Call(Call),
    /// Explain who would be rung, and why, and who would not.
    Who(Who),
    /// Show recent calls and every attempt to connect them.
    Log(Log),
    /// Text a line from a phone of the pretend network, and show what comes back within seconds.
    Text(Text),
    /// Show the texts that a phone of the pretend network has received.
    Texts(Texts),
    /// Print the first administrator's token: what to sign in to the console with, and to show to the admin API.
    Token,
}

/// How to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// The webhooks' port on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    pub port: u16,
    /// Begin with nothing: no organisation is set up, no account is connected. The console leads
    /// from there to a line that rings, and so does docs/api.md by the admin API; what the pretend
    /// account's credentials are stands in twilio.json of the data directory.
    #[arg(long)]
    pub empty: bool,
    /// Serve a real Twilio account, which reaches this machine under this URL (https://…, without a
    /// slash at the end), in place of the pretend one. Needs TWILIO_ACCOUNT_SID and
    /// TWILIO_AUTH_TOKEN in the environment.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<PublicUrl>,
}

/// A call to place.
#[derive(Debug, Args)]
pub struct Call {
    /// The number to dial, such as +4721000000.
    pub line: String,
    /// Who calls.
    #[arg(long, value_name = "NUMBER", default_value = "+4790000009")]
    pub from: String,
    /// Keys that the caller presses, each time that they are asked for some: --press 1, or
    /// --press 9 1 for a wrong key first.
    #[arg(long, value_name = "KEYS", num_args = 1.., value_parser = keys)]
    pub press: Vec<String>,
    /// What the caller says after the first beep.
    #[arg(long, value_name = "WORDS")]
    pub say: Option<String>,
    /// The caller hangs up so many seconds after dialling.
    #[arg(long, value_name = "SECONDS")]
    pub hang_up: Option<u64>,
    /// How fast time passes: 1 is as in life, `max` does not wait at all. The clock of a stack that
    /// is running goes along, and does not go back.
    #[arg(long, value_name = "N|max", default_value = "8")]
    pub speed: Speed,
    /// What a phone does when it rings: NUMBER=answers, busy, declines, voicemail or nobody. An
    /// answering one may have more behind commas: press KEYS, after SECONDS (of ringing), talk SECONDS.
    #[arg(long, value_name = "NUMBER=WHAT", num_args = 1..)]
    pub phone: Vec<PhoneBehaviour>,
    /// What all other phones do, in place of what their owners are known for.
    #[arg(long, value_name = "WHAT")]
    pub everybody: Option<Behaviour>,
}

/// A question about who is on call.
#[derive(Debug, Args)]
pub struct Who {
    /// The number of the line.
    pub line: String,
    /// The key that the caller presses; all destinations if absent.
    #[arg(long, value_name = "KEY")]
    pub digit: Option<char>,
    /// When: 2026-10-25T02:30 on the clock of the schedule's own time zone, or an instant with an
    /// offset, 2026-10-25T02:30+01:00; now if absent.
    #[arg(long, value_name = "TIME")]
    pub at: Option<Moment>,
    /// Who calls: nobody is rung for their own call.
    #[arg(long, value_name = "NUMBER")]
    pub from: Option<String>,
}

/// Which calls to show.
#[derive(Debug, Args)]
pub struct Log {
    /// The number of a line; all lines if absent.
    pub line: Option<String>,
    /// How many calls of each line, at most.
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub last: u16,
}

/// A text to send.
#[derive(Debug, Args)]
pub struct Text {
    /// The phone that sends it, such as +4791000001.
    pub from: String,
    /// The line that it goes to, such as +4721000000.
    pub to: String,
    /// What it says.
    #[arg(value_name = "WORDS", required = true, num_args = 1.., trailing_var_arg = true)]
    pub words: Vec<String>,
}

/// Whose texts to show.
#[derive(Debug, Args)]
pub struct Texts {
    /// The number of the phone, such as +4791000001.
    pub phone: String,
}

fn keys(text: &str) -> Result<String, String> {
    let known = |key: char| key.is_ascii_digit() || key == '*' || key == '#';
    if !text.is_empty() && text.chars().all(known) {
        Ok(text.to_owned())
    } else {
        Err("keys are digits, * and #".to_owned())
    }
}

#[cfg(test)]
mod tests;
