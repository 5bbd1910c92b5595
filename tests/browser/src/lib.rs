//! The console in a real browser, against `cargo run`'s own program: what visitors do, at desktop and phone width, what
//! axe finds on every page in light and dark, and the screenshots of the documents.
//!
//! `.ci/check-console` starts the driver and calls this.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test that is a program")]

mod axe;
mod complaints;
mod stack;
mod stories;
mod tab;

use std::{path::PathBuf, sync::Arc};

use clap::Parser;

use stack::Stack;
use tab::{Look, Tab};

/// Tries the console in a browser.
#[derive(Debug, Parser)]
struct Arguments {
    /// Where the browser's driver listens.
    #[arg(long)]
    driver: String,
    /// The program to try.
    #[arg(long)]
    dutyline: PathBuf,
    /// The script of axe-core.
    #[arg(long)]
    axe: PathBuf,
    /// Where screenshots go.
    #[arg(long)]
    shots: PathBuf,
    /// Only stories whose name has this in it.
    #[arg(long, default_value = "")]
    only: String,
}

/// Tells every story in every look. The first one that does not go well ends it.
pub async fn main() {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.shots).unwrap();
    let axe: Arc<str> = std::fs::read_to_string(&arguments.axe).unwrap().into();
    for look in Look::ALL {
        for (name, story) in stories::ALL {
            let title = format!("{name}, {}", look.name());
            if !title.contains(&arguments.only) {
                continue;
            }
            if name == stories::FROM_NOTHING && look != Look::Phone {
                continue;
            }
            let stack = Arc::new(Stack::start(&arguments.dutyline, name == stories::FROM_NOTHING).await);
            let tab = Tab::open(&arguments.driver, look, stack, axe.clone(), arguments.shots.clone()).await;
            story(tab.clone()).await;
            tab.has_no_complaints().await;
            tab.close().await;
            println!("{title}: well");
        }
    }
}
