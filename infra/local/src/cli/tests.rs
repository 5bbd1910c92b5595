use clap::{CommandFactory as _, Parser as _};

use super::*;

fn parse(arguments: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(std::iter::once("dutyline").chain(arguments.split_whitespace()))
}

fn refused(arguments: &str, said: &str) {
    let error = parse(arguments).unwrap_err().to_string();
    assert!(error.contains(said), "{arguments}: {error}");
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn without_a_command_it_serves() {
    let cli = parse("--port 0 --data /tmp/x").unwrap();
    assert!(cli.command.is_none());
    assert_eq!((cli.serve.port, cli.data.to_str()), (0, Some("/tmp/x")));
    assert_eq!(parse("").unwrap().serve.port, 4000);
}

#[test]
fn a_call_with_everything() {
    let line = "call +4721000000 --press 9 1 --from +4790000001 --speed max --phone +4791000001=busy \
                --phone +4791000002=answers,press-free --data d";
    refused(line, "\"press-free\"");
    let cli = parse(&line.replace(",press-free", ",talk-free").replace(",talk-free", "")).unwrap();
    let Some(Command::Call(call)) = cli.command else { panic!("no call: {cli:?}") };
    assert_eq!(call.press, ["9", "1"]);
    assert_eq!(call.speed, Speed::Max);
    assert_eq!(call.phone.len(), 2);
    assert_eq!(call.phone[0].number, "+4791000001");
    assert_eq!(cli.data.to_str(), Some("d"));
}

#[test]
fn a_text_is_all_that_follows() {
    let cli = parse("text +4791000001 +4721000000 12 --who").unwrap();
    let Some(Command::Text(text)) = cli.command else { panic!("no text: {cli:?}") };
    assert_eq!((text.from.as_str(), text.to.as_str()), ("+4791000001", "+4721000000"));
    assert_eq!(text.words, ["12", "--who"]);
}

#[test]
fn refusals_say_what_is_wrong() {
    refused("call", "<LINE>");
    refused("call +4721000000 --press x", "keys are digits");
    refused("call +4721000000 --speed 0", "more than 0");
    refused("call +4721000000 --phone +4791000001=sleeps", "\"sleeps\"");
    refused("call +4721000000 --phone 91000001", "NUMBER=WHAT");
    refused("who +4721000000 --at tomorrow", "2026-10-25T02:30");
    refused("text +4791000001 +4721000000", "<WORDS>...");
    refused("log --last 0", "1..=100");
    refused("--port 70000", "70000");
}

#[test]
fn help_explains_everything() {
    let help = |name: Option<&str>| {
        let mut command = Cli::command().term_width(100);
        command.build();
        match name.and_then(|name| command.find_subcommand_mut(name).cloned()) {
            Some(mut sub) => sub.render_long_help().to_string(),
            None => command.render_long_help().to_string(),
        }
    };
    insta::assert_snapshot!("help", help(None));
    insta::assert_snapshot!("help_call", help(Some("call")));
    insta::assert_snapshot!("help_who", help(Some("who")));
}
