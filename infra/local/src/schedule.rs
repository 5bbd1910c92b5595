//! Functions that are called again and again: what EventBridge does in AWS.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use entry::Clock;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::template::Schedule;

/// How often it is looked at a clock that may be fast: real time.
const LOOK: Duration = Duration::from_millis(200);

/// A function without a question: what it says of itself is in its log.
pub type Task = Arc<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>;

/// A schedule calls a function that is not in this program.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("template.yaml has a schedule for {0}, which this program does not have")]
pub struct UnknownTask(String);

/// Calls each function as often as its schedule says, by this clock, for the first time when that time has passed
/// once, until it is told to stop.
///
/// # Errors
/// [`UnknownTask`].
pub fn start(
    schedules: Vec<Schedule>,
    tasks: &BTreeMap<String, Task>,
    clock: &Clock,
    stopped: &watch::Receiver<bool>,
) -> Result<Vec<JoinHandle<()>>, UnknownTask> {
    let of = |Schedule { function, every }| match tasks.get(&function) {
        Some(task) => Ok((task.clone(), every)),
        None => Err(UnknownTask(function)),
    };
    let scheduled: Result<Vec<_>, _> = schedules.into_iter().map(of).collect();
    let now = clock.now();
    let call = |(task, every)| tokio::spawn(again_and_again(task, every, clock.clone(), now, stopped.clone()));
    Ok(scheduled?.into_iter().map(call).collect())
}

async fn again_and_again(
    task: Task,
    every: Duration,
    clock: Clock,
    mut last: Timestamp,
    mut stopped: watch::Receiver<bool>,
) {
    while tokio::time::timeout(LOOK, stopped.wait_for(|stopped| *stopped)).await.is_err() {
        let waited = clock.now().duration_since(last);
        if Duration::try_from(waited).is_ok_and(|waited| waited >= every) {
            last = clock.now();
            task().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

    use jiff::ToSpan as _;

    use super::*;

    #[tokio::test]
    async fn a_function_is_called_once_each_time_by_the_clock() {
        let seconds = Arc::new(AtomicI64::new(0));
        let shown = seconds.clone();
        let clock = Clock::of(move || Timestamp::UNIX_EPOCH + shown.load(Ordering::SeqCst).seconds());
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = calls.clone();
        let task: Task = Arc::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            Box::pin(async {})
        });
        let (stop, stopped) = watch::channel(false);
        let schedule = Schedule { function: "Sweep".into(), every: Duration::from_secs(60) };
        let running = start(vec![schedule], &[("Sweep".to_owned(), task)].into(), &clock, &stopped).unwrap();
        for (now, expected) in [(59, 0), (60, 1), (100, 1), (200, 2)] {
            seconds.store(now, Ordering::SeqCst);
            tokio::time::sleep(LOOK * 3).await;
            assert_eq!(calls.load(Ordering::SeqCst), expected, "after {now} s");
        }
        stop.send_replace(true);
        for task in running {
            task.await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_function_that_is_missing_is_named() {
        let schedule = Schedule { function: "Sweep".into(), every: Duration::from_secs(60) };
        let (_stop, stopped) = watch::channel(false);
        let error = start(vec![schedule], &BTreeMap::new(), &Clock::system(), &stopped).unwrap_err();
        assert_eq!(error.to_string(), "template.yaml has a schedule for Sweep, which this program does not have");
    }
}
