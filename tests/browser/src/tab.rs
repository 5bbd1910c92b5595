//! A browser of some size and colour, and what a visitor does with it.

use std::{path::PathBuf, sync::Arc, time::Duration};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::stack::Stack;

/// How a visitor looks at pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Desktop,
    Phone,
    Dark,
}

impl Look {
    pub(crate) const ALL: [Self; 3] = [Self::Desktop, Self::Phone, Self::Dark];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Phone => "phone",
            Self::Dark => "dark",
        }
    }
}

/// How long anything may take to appear.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Tab {
    pub(crate) browser: Client,
    pub(crate) look: Look,
    pub(crate) stack: Arc<Stack>,
    axe: Arc<str>,
    shots: PathBuf,
}

impl Tab {
    /// Opens a browser, and signs in as the first administrator.
    pub(crate) async fn open(driver: &str, look: Look, stack: Arc<Stack>, axe: Arc<str>, shots: PathBuf) -> Self {
        let mut arguments =
            vec!["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900", "--lang=en-GB"];
        if look == Look::Dark {
            arguments.push("--force-dark-mode");
        }
        let mut options = json!({"args": arguments});
        if look == Look::Phone {
            options["mobileEmulation"] = json!({"deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 2}});
        }
        let capabilities = json!({
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"},
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is written so") };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let browser = builder.capabilities(capabilities).connect(driver).await.unwrap();
        Self { browser, look, stack, axe, shots }
    }

    pub(crate) async fn close(self) {
        self.browser.close().await.unwrap();
    }

    /// Goes to an address of ours.
    pub(crate) async fn go(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.stack.url)).await.unwrap();
    }

    /// Where the visitor is.
    pub(crate) async fn place(&self) -> String {
        let url = self.browser.current_url().await.unwrap();
        url.as_str().trim_start_matches(&self.stack.url).to_owned()
    }

    /// Signs in as the first administrator.
    pub(crate) async fn sign_in(&self) {
        self.go("/console").await;
        self.fill("token", &self.stack.token.clone()).await;
        self.press("Sign in").await;
        self.sees("Overview").await;
    }

    /// The first element of a kind that can be seen, as soon as there is one.
    #[track_caller]
    pub(crate) fn find(&self, what: Locator<'static>) -> impl Future<Output = Element> + '_ {
        let asked = std::panic::Location::caller();
        async move {
            let until = Instant::now() + PATIENCE;
            loop {
                for element in self.browser.find_all(what).await.unwrap() {
                    if element.is_displayed().await.unwrap_or(false) {
                        return element;
                    }
                }
                if Instant::now() > until {
                    self.gives_up(&format!("{asked}: nothing is {what:?}")).await;
                }
                sleep(Duration::from_millis(50)).await;
            }
        }
    }

    async fn gives_up(&self, why: &str) -> ! {
        let picture = self.browser.screenshot().await.unwrap_or_default();
        let path = self.shots.join("failed.png");
        let _kept = std::fs::write(&path, picture);
        panic!("{why}, at {}; {path:?} shows it:\n{}", self.place().await, self.text().await)
    }

    /// All that can be read on the page.
    pub(crate) async fn text(&self) -> String {
        let text = self.browser.execute("return document.body.innerText", Vec::new()).await;
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Waits until words can be read on the page.
    #[track_caller]
    pub(crate) fn sees<'a>(&'a self, words: &'a str) -> impl Future<Output = ()> + 'a {
        let asked = std::panic::Location::caller();
        async move {
            let until = Instant::now() + PATIENCE;
            while !self.text().await.contains(words) {
                if Instant::now() > until {
                    self.gives_up(&format!("{asked}: {words:?} is nowhere")).await;
                }
                sleep(Duration::from_millis(50)).await;
            }
        }
    }

    /// Types into an input, by its name without its shape.
    #[track_caller]
    pub(crate) fn fill<'a>(&'a self, name: &'a str, text: &'a str) -> impl Future<Output = ()> + 'a {
        let input = self.find(Locator::Css(named(name)));
        async move {
            let input = input.await;
            input.clear().await.unwrap();
            input.send_keys(text).await.unwrap();
        }
    }

    /// Chooses from a list, by the value.
    #[track_caller]
    pub(crate) fn choose<'a>(&'a self, name: &'a str, value: &'a str) -> impl Future<Output = ()> + 'a {
        let input = self.find(Locator::Css(named(name)));
        async move { input.await.select_by_value(value).await.unwrap() }
    }

    /// Presses a button or follows a link, by what it says.
    #[track_caller]
    pub(crate) fn press(&self, words: &str) -> impl Future<Output = ()> + '_ {
        let is_it = format!("normalize-space(.)={0} or @aria-label={0}", quoted(words));
        let path = format!("//button[{is_it}] | //a[{is_it}] | //summary[{is_it}]");
        let found = self.find(Locator::XPath(path.leak()));
        async move { found.await.click().await.unwrap() }
    }

    /// Clicks whatever is of a kind.
    #[track_caller]
    pub(crate) fn click(&self, selector: &'static str) -> impl Future<Output = ()> + '_ {
        let found = self.find(Locator::Css(selector));
        async move { found.await.click().await.unwrap() }
    }

    /// What a script finds out.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.browser.execute(script, Vec::new()).await.unwrap()
    }

    /// The same script, which may take its time and calls its last argument when it is done.
    pub(crate) async fn run_to_its_end(&self, script: &str) -> Value {
        self.browser.execute_async(script, Vec::new()).await.unwrap()
    }

    pub(crate) fn axe(&self) -> &str {
        &self.axe
    }

    /// Keeps what the page looks like, all of it.
    pub(crate) async fn shoot(&self, name: &str) {
        if self.look == Look::Dark {
            return;
        }
        // no caret, nothing that has just been pressed, and all of the page
        self.run("document.activeElement && document.activeElement.blur(); scrollTo(0, 0)").await;
        let picture = self.browser.screenshot().await.unwrap();
        std::fs::write(self.shots.join(format!("{name}-{}.png", self.look.name())), picture).unwrap();
    }
}

/// Leaked: a program of tests has few of them.
fn named(name: &str) -> &'static str {
    format!("[name='{name}']:not([type=hidden]), [name^='{name}:']:not([type=hidden])").leak()
}

/// As XPath writes a text.
fn quoted(words: &str) -> String {
    if words.contains('\'') { format!("\"{words}\"") } else { format!("'{words}'") }
}
