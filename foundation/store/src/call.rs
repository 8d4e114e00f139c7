//! A closure on its way to a thread, and its answer on the way back.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use access::log::LogEntry;

use crate::{Logged, ReadTx, Receipt, StoreError, WriteTx};

/// Where an answer goes: to a waiting task or a waiting thread. A caller that went away is no error.
pub(crate) enum Reply<R> {
    Task(tokio::sync::oneshot::Sender<R>),
    Thread(std::sync::mpsc::SyncSender<R>),
}

impl<R> Reply<R> {
    fn send(self, answer: R) {
        match self {
            Self::Task(sender) => drop(sender.send(answer)),
            Self::Thread(sender) => drop(sender.send(answer)),
        }
    }
}

/// Why a whole batch was lost.
#[derive(Debug, Clone)]
pub(crate) enum BatchFailure {
    NotCommitted(Arc<str>),
    Unavailable(Arc<str>),
}

impl From<BatchFailure> for StoreError {
    fn from(failure: BatchFailure) -> Self {
        match failure {
            BatchFailure::NotCommitted(why) => Self::NotCommitted(why),
            BatchFailure::Unavailable(why) => Self::Unavailable(why.to_string()),
        }
    }
}

/// A closure waiting for the writer.
pub(crate) trait WriteCall: Send {
    /// Runs the closure in its share of the batch; whether the share is to be kept.
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool;
    /// Whether it runs no statements, so that it needs no share of its own.
    fn only_logs(&self) -> bool {
        false
    }
    /// Answers the caller, after the commit or its failure.
    fn finish(self: Box<Self>, batch: Result<(), BatchFailure>);
}

pub(crate) struct WriteClosure<F, T, E> {
    closure: Option<F>,
    answer: Option<Result<Receipt<T>, E>>,
    reply: Reply<Result<Receipt<T>, E>>,
}

impl<F, T, E> WriteClosure<F, T, E> {
    pub fn new(closure: F, reply: Reply<Result<Receipt<T>, E>>) -> Self {
        Self {
            closure: Some(closure),
            answer: None,
            reply,
        }
    }
}

impl<F, T, E> WriteCall for WriteClosure<F, T, E>
where
    F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool {
        let Some(closure) = self.closure.take() else {
            return false;
        };
        let answer = match catch_unwind(AssertUnwindSafe(|| closure(&mut *tx))) {
            // The failed statement's work is gone, so an `Ok` would promise what is not there.
            Ok(Ok(_)) if tx.failed => Err(E::from(StoreError::AfterFailure)),
            Ok(Ok(value)) => Ok(Receipt {
                value,
                logged: (!tx.entries.is_empty()).then_some(Logged(())),
            }),
            Ok(Err(error)) => Err(error),
            Err(panic) => Err(E::from(panicked(panic.as_ref()))),
        };
        self.answer = Some(answer);
        matches!(self.answer, Some(Ok(_)))
    }

    fn finish(self: Box<Self>, batch: Result<(), BatchFailure>) {
        let answer = match (self.answer, batch) {
            // Its own error stands whatever became of the batch.
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(receipt)), Ok(())) => Ok(receipt),
            (_, Err(failure)) => Err(E::from(failure.into())),
            (None, Ok(())) => Err(E::from(StoreError::Closed)),
        };
        self.reply.send(answer);
    }
}

/// A log entry without changes: the reading of client data.
pub(crate) struct LogCall {
    entries: Vec<LogEntry>,
    reply: Reply<Result<Logged, StoreError>>,
}

impl LogCall {
    pub fn new(entries: Vec<LogEntry>, reply: Reply<Result<Logged, StoreError>>) -> Self {
        Self { entries, reply }
    }
}

impl WriteCall for LogCall {
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool {
        let mut entries = std::mem::take(&mut self.entries).into_iter();
        entries.all(|entry| tx.log(entry).is_ok())
    }

    fn only_logs(&self) -> bool {
        true
    }

    fn finish(self: Box<Self>, batch: Result<(), BatchFailure>) {
        self.reply
            .send(batch.map(|()| Logged(())).map_err(Into::into));
    }
}

/// A closure waiting for a reader.
pub(crate) trait ReadCall: Send {
    /// Runs the closure and answers the caller.
    fn run(self: Box<Self>, tx: Result<&mut ReadTx<'_>, StoreError>);
}

pub(crate) struct ReadClosure<F, T, E> {
    closure: F,
    reply: Reply<Result<T, E>>,
}

impl<F, T, E> ReadClosure<F, T, E> {
    pub fn new(closure: F, reply: Reply<Result<T, E>>) -> Self {
        Self { closure, reply }
    }
}

impl<F, T, E> ReadCall for ReadClosure<F, T, E>
where
    F: FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(self: Box<Self>, tx: Result<&mut ReadTx<'_>, StoreError>) {
        let Self { closure, reply } = *self;
        let answer = match tx {
            Ok(tx) => match catch_unwind(AssertUnwindSafe(|| closure(tx))) {
                Ok(answer) => answer,
                Err(panic) => Err(E::from(panicked(panic.as_ref()))),
            },
            Err(error) => Err(E::from(error)),
        };
        reply.send(answer);
    }
}

fn panicked(panic: &(dyn Any + Send)) -> StoreError {
    // Words that were put together may quote what somebody has typed: the error goes to the log.
    let text = panic
        .downcast_ref::<&'static str>()
        .map_or("words that may quote a text are left out", |text| text);
    StoreError::Panicked(text.to_owned())
}
