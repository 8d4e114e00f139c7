//! The queues in front of the threads: bounded, and a full one says so at once.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Two lanes: the ordinary one, and a slow one (imports) that is served when the first is empty.
pub(crate) struct Queue<T> {
    lanes: Mutex<Lanes<T>>,
    filled: Condvar,
    emptied: Condvar,
    limit: usize,
    slow_limit: usize,
}

struct Lanes<T> {
    ordinary: VecDeque<T>,
    slow: VecDeque<T>,
    closed: bool,
}

/// Why an item was not taken.
pub(crate) enum Refused<T> {
    Full(T),
    Closed(T),
}

/// What waiting gave.
pub(crate) enum Waited<T> {
    Item(T),
    Nothing,
    Closed,
}

impl<T> Queue<T> {
    pub(crate) fn new(limit: usize, slow_limit: usize) -> Self {
        let lanes = Lanes {
            ordinary: VecDeque::new(),
            slow: VecDeque::new(),
            closed: false,
        };
        Self {
            lanes: Mutex::new(lanes),
            filled: Condvar::new(),
            emptied: Condvar::new(),
            limit,
            slow_limit,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Lanes<T>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an item into the ordinary lane if there is room.
    pub(crate) fn push(&self, item: T) -> Result<(), Refused<T>> {
        let mut lanes = self.lock();
        if lanes.closed {
            return Err(Refused::Closed(item));
        }
        if lanes.ordinary.len() >= self.limit {
            return Err(Refused::Full(item));
        }
        lanes.ordinary.push_back(item);
        drop(lanes);
        self.filled.notify_one();
        Ok(())
    }

    /// Takes an item into the slow lane, waiting for room.
    pub(crate) fn push_slow(&self, item: T) -> Result<(), Refused<T>> {
        let mut lanes = self.lock();
        while !lanes.closed && lanes.slow.len() >= self.slow_limit {
            lanes = self
                .emptied
                .wait(lanes)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if lanes.closed {
            return Err(Refused::Closed(item));
        }
        lanes.slow.push_back(item);
        drop(lanes);
        self.filled.notify_one();
        Ok(())
    }

    /// The next item if one waits.
    pub(crate) fn pop(&self) -> Option<T> {
        self.next(&mut self.lock())
    }

    /// The next item, waiting for at most `patience`. A closed queue first gives what is left in it.
    pub(crate) fn wait(&self, patience: Duration) -> Waited<T> {
        let mut lanes = self.lock();
        loop {
            if let Some(item) = self.next(&mut lanes) {
                return Waited::Item(item);
            }
            if lanes.closed {
                return Waited::Closed;
            }
            let (back, timeout) = self
                .filled
                .wait_timeout(lanes, patience)
                .unwrap_or_else(PoisonError::into_inner);
            lanes = back;
            if timeout.timed_out()
                && lanes.ordinary.is_empty()
                && lanes.slow.is_empty()
                && !lanes.closed
            {
                return Waited::Nothing;
            }
        }
    }

    fn next(&self, lanes: &mut Lanes<T>) -> Option<T> {
        if let Some(item) = lanes.ordinary.pop_front() {
            return Some(item);
        }
        let item = lanes.slow.pop_front()?;
        self.emptied.notify_one();
        Some(item)
    }

    /// How many items wait in both lanes.
    pub(crate) fn len(&self) -> usize {
        let lanes = self.lock();
        lanes.ordinary.len() + lanes.slow.len()
    }

    /// Takes no more; what is in the queue is still given.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
        self.emptied.notify_all();
    }
}
