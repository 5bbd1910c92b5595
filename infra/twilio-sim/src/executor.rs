//! A small executor that polls tasks in the order in which they were woken, so that two runs of one
//! scenario do the same things in the same order whatever the machine is busy with.
use std::{
    collections::{HashMap, VecDeque},
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Wake, Waker},
};

use tokio::sync::Notify;

/// Something that goes on by itself: a leg, a person, a webhook on its way.
pub(crate) type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The queue of tasks that want to be polled; shared with every waker.
#[derive(Default)]
pub(crate) struct Ready {
    state: Mutex<State>,
    /// Told whenever a task is woken or spawned.
    pub(crate) notify: Notify,
}

#[derive(Default)]
struct State {
    order: VecDeque<u64>,
    born: Vec<(u64, Job)>,
    next: u64,
}

impl Ready {
    pub(crate) fn spawn(&self, job: Job) {
        let mut state = self.lock();
        let id = state.next;
        state.next += 1;
        state.born.push((id, job));
        state.order.push_back(id);
        drop(state);
        self.notify.notify_waiters();
        self.notify.notify_one();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lock().order.is_empty()
    }

    fn push(&self, id: u64) {
        self.lock().order.push_back(id);
        self.notify.notify_waiters();
        self.notify.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tasks themselves.
pub(crate) struct Executor {
    ready: Arc<Ready>,
    tasks: HashMap<u64, (Job, Arc<TaskWaker>)>,
}

impl Executor {
    pub(crate) fn new(ready: Arc<Ready>) -> Self {
        Self { ready, tasks: HashMap::new() }
    }

    /// Drops every task.
    pub(crate) fn clear(&mut self) {
        self.tasks.clear();
        self.ready.lock().born.clear();
    }

    /// Polls the task that has waited longest. False when none wants to run.
    pub(crate) fn poll_one(&mut self) -> bool {
        let (id, born) = {
            let mut state = self.ready.lock();
            (state.order.pop_front(), std::mem::take(&mut state.born))
        };
        for (id, job) in born {
            let waker = TaskWaker { id, queued: AtomicBool::new(true), ready: self.ready.clone() };
            self.tasks.insert(id, (job, Arc::new(waker)));
        }
        let Some(id) = id else { return false };
        if let Some((job, task)) = self.tasks.get_mut(&id) {
            task.queued.store(false, Ordering::SeqCst);
            let waker = Waker::from(task.clone());
            if job.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                self.tasks.remove(&id);
            }
        }
        true
    }
}

struct TaskWaker {
    id: u64,
    queued: AtomicBool,
    ready: Arc<Ready>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, Ordering::SeqCst) {
            self.ready.push(self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_run_in_the_order_in_which_they_were_woken() {
        let ready = Arc::new(Ready::default());
        let log = Arc::new(Mutex::new(Vec::new()));
        for name in ["first", "second", "third"] {
            let log = log.clone();
            ready.spawn(Box::pin(async move { log.lock().unwrap().push(name) }));
        }
        let mut executor = Executor::new(ready.clone());
        while executor.poll_one() {}
        assert_eq!(*log.lock().unwrap(), ["first", "second", "third"]);
        assert!(ready.is_empty());
    }
}
