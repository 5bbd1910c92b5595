//! The console in a real browser, as `.ci/check-console` calls it.

#[tokio::main]
async fn main() {
    browser::main().await;
}
