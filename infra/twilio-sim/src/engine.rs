//! Tasks, time and the world, and the loop that moves them.
use std::{
    future::poll_fn,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    task::Poll,
    time::Duration,
};

use tokio::sync::Semaphore;

use crate::{
    clock::{Clock, Pace},
    executor::{Executor, Ready},
    options::Options,
    world::World,
};

pub(crate) struct Engine {
    world: Mutex<World>,
    pub(crate) clock: Clock,
    pub(crate) ready: Arc<Ready>,
    executor: tokio::sync::Mutex<Executor>,
    in_flight: AtomicUsize,
    /// One webhook at a time while a test drives, so that runs repeat exactly.
    pub(crate) one_at_a_time: Arc<Semaphore>,
    pub(crate) http: reqwest::Client,
    pub(crate) options: Options,
    /// Where the REST server is.
    pub(crate) base_url: String,
}

/// The instant came before the thing that was waited for.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// Why a wait of the driver ended without what it waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vain {
    /// Nothing is left that could happen.
    Quiet,
    /// The virtual time allowed is over.
    TooLong,
}

impl Engine {
    pub(crate) fn new(mut options: Options, http: reqwest::Client, base_url: &str) -> Arc<Self> {
        let ready = Arc::new(Ready::default());
        let lines = if options.concurrent_webhooks || options.pace != Pace::Driven { 64 } else { 1 };
        let mut world = World::new(options.at, options.seed);
        if let Some(saved) = options.saved.take() {
            world.restore(saved);
        }
        Arc::new(Self {
            world: Mutex::new(world),
            clock: Clock::new(options.at, options.pace),
            executor: tokio::sync::Mutex::new(Executor::new(ready.clone())),
            ready,
            in_flight: AtomicUsize::new(0),
            one_at_a_time: Arc::new(Semaphore::new(lines)),
            http,
            options,
            base_url: base_url.to_owned(),
        })
    }

    /// Looks at the world.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        look(&self.lock())
    }

    /// Changes the world and lets every waiting task look again.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut World) -> R) -> R {
        let mut world = self.lock();
        let result = change(&mut world);
        world.wake();
        drop(world);
        self.ready.notify.notify_waiters();
        result
    }

    /// Starts something that goes on by itself.
    pub(crate) fn spawn(&self, job: impl Future<Output = ()> + Send + 'static) {
        self.ready.spawn(Box::pin(job));
    }

    /// Waits, inside a task, until the world shows something or an instant comes.
    pub(crate) async fn observe<T>(
        &self,
        deadline: Option<Duration>,
        mut look: impl FnMut(&mut World) -> Option<T>,
    ) -> Result<T, Elapsed> {
        let mut timer = None;
        poll_fn(|context| {
            let mut world = self.lock();
            if let Some(found) = look(&mut world) {
                world.wake();
                return Poll::Ready(Ok(found));
            }
            world.watchers.push(context.waker().clone());
            drop(world);
            if let Some(deadline) = deadline {
                if self.clock.now() >= deadline {
                    return Poll::Ready(Err(Elapsed));
                }
                timer = Some(self.clock.timer(deadline, context.waker().clone()));
            }
            Poll::Pending
        })
        .await
        .inspect(|_| drop(timer.take()))
    }

    /// Waits, inside a task, for virtual time to pass.
    pub(crate) async fn sleep(&self, time: Duration) {
        let until = self.clock.now() + time;
        let _ = self.observe(Some(until), |_| None::<()>).await;
    }

    /// Waits, outside, until the world shows something, at most so much virtual time.
    /// With a driven clock this is what makes time pass.
    pub(crate) async fn wait<T>(
        &self,
        limit: Duration,
        mut look: impl FnMut(&mut World) -> Option<T>,
    ) -> Result<T, Vain> {
        let until = self.clock.now() + limit;
        if self.clock.pace() == Pace::Driven {
            let mut executor = self.executor.lock().await;
            return loop {
                if let Some(found) = look(&mut self.lock()) {
                    break Ok(found);
                }
                if let Some(vain) = self.advance(&mut executor, until).await {
                    break Err(vain);
                }
            };
        }
        loop {
            let notified = self.ready.notify.notified();
            if let Some(found) = look(&mut self.lock()) {
                return Ok(found);
            }
            if self.clock.now() >= until {
                return Err(Vain::TooLong);
            }
            let _ = tokio::time::timeout(Duration::from_millis(50), notified).await;
        }
    }

    /// Lets so much virtual time pass, outside of tasks.
    pub(crate) async fn pass(&self, time: Duration) {
        let until = self.clock.now() + time;
        let _ = self.wait(time, |_| None::<()>).await;
        self.clock.reach(until);
    }

    /// Lets everything happen that happens at this very instant.
    pub(crate) async fn settle(&self) {
        let now = self.clock.now();
        if self.clock.pace() == Pace::Driven {
            let mut executor = self.executor.lock().await;
            while self.advance(&mut executor, now).await.is_none() {}
        } else {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// One step of a driven clock.
    async fn advance(&self, executor: &mut Executor, until: Duration) -> Option<Vain> {
        let notified = self.ready.notify.notified();
        if executor.poll_one() {
            return None;
        }
        if self.in_flight.load(Ordering::SeqCst) > 0 {
            notified.await;
            return None;
        }
        if !self.ready.is_empty() {
            return None;
        }
        match self.clock.next_timer() {
            None => Some(Vain::Quiet),
            Some(at) if at > until => {
                self.clock.reach(until);
                Some(Vain::TooLong)
            }
            Some(at) => {
                self.clock.reach(at);
                self.clock.fire();
                None
            }
        }
    }

    /// Runs for ever when the clock is not driven by a test.
    pub(crate) async fn run(self: Arc<Self>) {
        let mut executor = self.executor.lock().await;
        loop {
            let notified = self.ready.notify.notified();
            self.clock.fire();
            while executor.poll_one() {}
            let next = self.clock.next_timer();
            match (self.clock.pace(), next) {
                (Pace::Fast, Some(at)) if self.in_flight.load(Ordering::SeqCst) == 0 => {
                    if self.ready.is_empty() {
                        self.clock.reach(at);
                        tokio::task::yield_now().await;
                    }
                }
                (Pace::Speed(speed), Some(at)) => {
                    let wait = at.saturating_sub(self.clock.now()).div_f64(speed.max(0.001));
                    let _ = tokio::time::timeout(wait.max(Duration::from_micros(50)), notified).await;
                }
                _ => notified.await,
            }
        }
    }

    /// Forgets every task, so that nothing keeps the engine alive.
    pub(crate) fn shut_down(&self) {
        if let Ok(mut executor) = self.executor.try_lock() {
            executor.clear();
        }
    }

    /// Counts a webhook on its way: time stands still while there is one.
    pub(crate) fn departs(self: &Arc<Self>) -> InFlight {
        self.in_flight.fetch_add(1, Ordering::SeqCst);
        InFlight(self.clone())
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.now = self.clock.now();
        world
    }
}

/// A webhook on its way.
pub(crate) struct InFlight(Arc<Engine>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::SeqCst);
        self.0.ready.notify.notify_waiters();
        self.0.ready.notify.notify_one();
    }
}
