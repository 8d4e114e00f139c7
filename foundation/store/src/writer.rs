//! The one thread that writes: takes what waits, gives each closure its share of a batch, commits
//! the batch, answers everybody.

use std::{
    fs::File,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use access::log::LogEntry;

use crate::{
    Dialect, StoreConfig, StoreError, WriteTx,
    actors::{NoteKey, Notes},
    call::{BatchFailure, WriteCall},
    engine::Connection,
    heads::HeadsFile,
    ledger::Ledger,
    opening, params,
    queue::Waited,
    store::Shared,
    walk,
};

/// Commits are at least this far apart: without it batches fall to two closures (measured).
const SPACING: Duration = Duration::from_micros(500);
/// A batch ends at this many closures, bytes or working time.
const BATCH_CALLS: usize = 512;
const BATCH_BYTES: usize = 4 << 20;
/// A batch ends when it has so many entries: what the last closure adds still fits
/// [`walk::BATCH_ENTRIES`], unless it alone logs more than thirty-two.
const BATCH_FULL: usize = walk::BATCH_ENTRIES as usize - 32;
const BATCH_TIME: Duration = Duration::from_millis(20);
/// After so long without work the write-ahead log is moved into the database.
const IDLE: Duration = Duration::from_secs(1);
/// Blocks of the log that may wait for the note of who acted in them until nothing else is to be done;
/// in a house that never rests more of them do not pile up.
const NOTES_WAITING: u64 = 64;
/// Failures in a row after which the store rests: it refuses at once and tries by itself.
const MOST_FAILURES: u32 = 2;
/// How often a resting store tries whether it can write again.
const TRIAL: Duration = Duration::from_millis(500);
/// Subjects' heads saved in one transaction.
const SAVE_CHUNK: usize = 1_000;

pub(crate) struct Writer {
    config: StoreConfig,
    shared: Arc<Shared>,
    connection: Option<Connection>,
    ledger: Ledger,
    heads: Arc<HeadsFile>,
    /// The chain's length that the heads file certainly has on disk.
    heads_on_disk: u64,
    committed_at: Option<Instant>,
    /// Batches in a row that could not be begun or committed.
    failures: u32,
    tried_at: Option<Instant>,
    rested: bool,
    notes: Notes,
    /// Held for as long as this process may write.
    _lock: Option<File>,
}

impl Writer {
    pub fn new(
        config: StoreConfig,
        shared: Arc<Shared>,
        connection: Connection,
        ledger: Ledger,
        heads: Arc<HeadsFile>,
        lock: Option<File>,
    ) -> Self {
        Self {
            config,
            shared,
            connection: Some(connection),
            heads_on_disk: ledger.head().count,
            ledger,
            heads,
            committed_at: None,
            failures: 0,
            tried_at: None,
            rested: false,
            notes: Notes::default(),
            _lock: lock,
        }
    }

    /// Works until the queue is closed and empty.
    pub fn run(mut self) {
        loop {
            match self.shared.writes.wait(IDLE) {
                Waited::Item(call) => {
                    if self.is_resting() && !self.try_again() {
                        let why = "the database cannot be written at present";
                        call.finish(Err(BatchFailure::Unavailable(why.into())));
                        continue;
                    }
                    self.shared.batch_begins();
                    self.batch(call);
                    self.shared.batch_ended();
                    if self.ledger.wants_saving() {
                        self.save_subjects();
                    }
                    if self.notes.waiting(self.ledger.head()) > NOTES_WAITING {
                        self.note_actors();
                    }
                }
                Waited::Nothing if self.is_resting() => drop(self.try_again()),
                Waited::Nothing => self.rest(),
                Waited::Closed => break,
            }
        }
        self.save_subjects();
        if let Some(connection) = &mut self.connection {
            connection.checkpoint(true);
            // The next process need not wait for the server to notice the end of this one.
            if let Err(error) = connection.release_writer(self.ledger.head().writer) {
                tracing::warn!(%error, "the writer's number could not be given back");
            }
        }
        self.heads.sync();
    }

    fn batch(&mut self, first: Box<dyn WriteCall>) {
        self.rested = false;
        if let Some(rest) = self
            .committed_at
            .and_then(|at| SPACING.checked_sub(at.elapsed()))
        {
            std::thread::sleep(rest);
        }
        if let Err(error) = self.begin() {
            self.fail(&error);
            first.finish(Err(BatchFailure::Unavailable(error.to_string().into())));
            return;
        }
        let mut calls = Vec::new();
        let mut filled_at = Instant::now();
        let outcome = self.fill(first, &mut calls).and_then(|entries| {
            filled_at = Instant::now();
            self.commit(&entries)
        });
        match outcome {
            Ok(()) => {
                self.failures = 0;
                self.shared
                    .pulse
                    .committed(filled_at.elapsed(), calls.len());
            }
            Err(ref error) => {
                self.shared.pulse.failed();
                self.recover(error);
            }
        }
        self.committed_at = Some(Instant::now());
        let failure = outcome
            .err()
            .map(|error| BatchFailure::NotCommitted(error.to_string().into()));
        // First, or somebody who is answered after a long batch and writes at once would be told that the database hangs.
        self.shared.batch_ended();
        for call in calls {
            call.finish(failure.clone().map_or(Ok(()), Err));
        }
    }

    /// Begins a transaction, on a new connection when the old one is lost.
    fn begin(&mut self) -> Result<(), StoreError> {
        if self.connection.as_ref().is_none_or(Connection::is_lost) {
            self.reopen()?;
        }
        self.connection
            .as_mut()
            .ok_or(StoreError::Closed)?
            .begin_write()
    }

    /// Runs closures until nothing waits or the batch is full; gives the log entries of those kept.
    fn fill(
        &mut self,
        first: Box<dyn WriteCall>,
        calls: &mut Vec<Box<dyn WriteCall>>,
    ) -> Result<Vec<LogEntry>, StoreError> {
        let started = Instant::now();
        let mut entries = Vec::new();
        let mut bytes = 0;
        let mut next = Some(first);
        while let Some(mut call) = next {
            let share = self.share(call.as_mut(), &mut entries);
            // Counted before a failure is passed on: its caller must get an answer too.
            calls.push(call);
            bytes += share?;
            if calls.len() >= BATCH_CALLS
                || entries.len() >= BATCH_FULL
                || bytes >= BATCH_BYTES
                || started.elapsed() >= BATCH_TIME
            {
                break;
            }
            next = self.shared.writes.pop();
        }
        Ok(entries)
    }

    /// Runs one closure in its share; gives the bytes it wrote. An error means that the whole
    /// transaction is lost.
    fn share(
        &mut self,
        call: &mut dyn WriteCall,
        entries: &mut Vec<LogEntry>,
    ) -> Result<usize, StoreError> {
        let connection = self.connection.as_mut().ok_or(StoreError::Closed)?;
        let only_logs = call.only_logs();
        if !only_logs {
            connection.begin_share()?;
        }
        let mut tx = WriteTx {
            connection,
            statements: &self.shared.statements,
            clock: self.config.clock.as_ref(),
            chance: self.config.chance.as_ref(),
            entries: Vec::new(),
            bytes: 0,
            failed: false,
            hand: None,
        };
        let keep = call.run(&mut tx);
        let WriteTx {
            connection,
            entries: own,
            bytes,
            ..
        } = tx;
        if keep {
            entries.extend(own);
        }
        match (only_logs, keep) {
            (true, _) => {}
            (false, true) => connection.keep_share()?,
            (false, false) => connection.undo_share()?,
        }
        Ok(bytes)
    }

    fn commit(&mut self, entries: &[LogEntry]) -> Result<(), StoreError> {
        let connection = self.connection.as_mut().ok_or(StoreError::Closed)?;
        let count = self.ledger.head().count;
        if count + entries.len() as u64 > self.heads_on_disk + walk::BATCH_ENTRIES {
            // Or a power cut would leave the file as far behind as an old one put in its place.
            self.heads.sync();
            self.heads_on_disk = count;
        }
        match self.ledger.stage(entries) {
            None => connection.commit(None),
            Some((rows, sealed)) => {
                connection.commit(Some((rows, &sealed)))?;
                self.ledger.accept();
                if let Err(error) = self.heads.put_head(&sealed) {
                    // The database has the entries; the file is brought up to date by the next batch.
                    tracing::error!(%error, "the log heads outside the database could not be written");
                }
                Ok(())
            }
        }
    }

    /// After a batch that was not committed: what the disk holds is asked anew.
    fn recover(&mut self, error: &StoreError) {
        self.ledger.discard();
        if let Some(connection) = &mut self.connection {
            connection.rollback();
        }
        self.fail(error);
        if self.is_resting() {
            return;
        }
        if let Err(error) = self.reopen() {
            tracing::error!(%error, "the store could not be reopened yet");
        }
    }

    /// Counts a batch that came to nothing. One failure may be a connection that was cut; a disk that is full, read-only or
    /// broken, or a server that is away, may take long, and the store rests meanwhile.
    fn fail(&mut self, error: &StoreError) {
        tracing::error!(%error, "a batch could not be committed");
        self.connection = None;
        self.failures += 1;
        if self.failures >= MOST_FAILURES && !self.is_resting() {
            tracing::error!("writing failed twice in a row: the store rests, and tries by itself");
            self.tried_at = Some(Instant::now());
            self.shared.stopped.store(true, Ordering::Release);
        }
    }

    fn is_resting(&self) -> bool {
        self.shared.stopped.load(Ordering::Acquire)
    }

    /// Tries, not too often, whether the store can write again: everything is opened anew and one commit is made that changes
    /// nothing.
    fn try_again(&mut self) -> bool {
        if self.tried_at.is_some_and(|at| at.elapsed() < TRIAL) {
            return false;
        }
        self.tried_at = Some(Instant::now());
        match self.reopen().and_then(|()| self.trial()) {
            Ok(()) => {
                tracing::warn!("the store writes again");
                self.failures = 0;
                self.shared.stopped.store(false, Ordering::Release);
                true
            }
            Err(error) => {
                tracing::warn!(%error, "the store cannot write yet");
                self.connection = None;
                false
            }
        }
    }

    fn trial(&mut self) -> Result<(), StoreError> {
        let writer = self.ledger.head().writer;
        let connection = self.connection.as_mut().ok_or(StoreError::Closed)?;
        connection.begin_write()?;
        connection.execute(
            "update log_head set count = count where writer = $1",
            &params![writer],
        )?;
        connection.commit(None)
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        self.connection = None;
        let mut connection = Connection::open_writer(&self.config)?;
        settle(&mut connection)?;
        self.ledger = opening::ledger(
            &self.config,
            &mut connection,
            &self.heads,
            true,
            &self.shared.subjects,
        )?;
        self.heads_on_disk = self.ledger.head().count;
        self.connection = Some(connection);
        Ok(())
    }

    fn rest(&mut self) {
        if self.ledger.wants_saving() {
            self.save_subjects();
        }
        if self.notes.waiting(self.ledger.head()) > 0 {
            self.note_actors();
        }
        if !std::mem::replace(&mut self.rested, true)
            && let Some(connection) = &mut self.connection
        {
            connection.checkpoint(false);
        }
    }

    /// Notes who acted in one more block of the log. Without notes a search reads more, no less.
    fn note_actors(&mut self) {
        let Some(connection) = &mut self.connection else {
            return;
        };
        let key = NoteKey::new(&self.config.key.0, &self.config.county);
        if let Err(error) = self.notes.next(connection, self.ledger.head(), key) {
            connection.rollback();
            self.notes.rest(self.ledger.head());
            tracing::warn!(%error, "who acted in a block of the log could not be noted");
        }
    }

    /// Saves the newest entry of each subject that changed, a thousand at a time. Losing this costs
    /// only a longer start, so a failure is no more than told.
    fn save_subjects(&mut self) {
        let head = self.ledger.head();
        let unsaved = self.ledger.take_unsaved();
        let mark = (head.count, self.ledger.subjects_code());
        let Some(connection) = &mut self.connection else {
            return;
        };
        let mut chunks = unsaved.chunks(SAVE_CHUNK).peekable();
        while let Some(chunk) = chunks.next() {
            let mark = chunks.peek().is_none().then_some(mark);
            if let Err(error) = opening::save_subjects(connection, head.writer, chunk, mark) {
                connection.rollback();
                tracing::error!(%error, "the subjects' heads could not be saved");
                self.ledger.give_back(&unsaved);
                return;
            }
        }
    }
}

/// Moves all of the write-ahead log into the database file. After a forcing that failed, the operating system may hold pages
/// of the log that it will never write and yet call them written: what is built on them would be lost by a power cut. Written
/// again, to the database file, they are forced for sure.
pub(crate) fn settle(connection: &mut Connection) -> Result<(), StoreError> {
    if connection.dialect() == Dialect::Postgres {
        return Ok(());
    }
    let rows = connection.query("pragma wal_checkpoint(truncate)", &[])?;
    let busy: i64 = rows.first().map_or(Ok(0), |row| row.get(0))?;
    match busy {
        0 => Ok(()),
        _ => Err(StoreError::Unavailable(
            "a reader keeps a snapshot too long".into(),
        )),
    }
}
