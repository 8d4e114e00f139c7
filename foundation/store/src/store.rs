//! The door itself: closures go in, answers come out.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use access::log::LogEntry;
use kernel::{chance::Chance, clock::Clock};

use crate::{
    Engine, Logged, Migration, ReadTx, Receipt, ShowTx, StoreConfig, StoreError, WriteTx,
    call::{LogCall, ReadCall, ReadClosure, Reply, WriteCall, WriteClosure},
    engine::Connection,
    heads::HeadsFile,
    keeper::{keep, wal_of},
    ledger::SubjectHeads,
    migrate, opening,
    pulse::{Commits, Pulse},
    queue::{Queue, Refused},
    reader,
    writer::{Writer, settle},
};

/// Closures that may wait; one more gets [`StoreError::Busy`].
const QUEUE_LIMIT: usize = 4_096;
/// Import jobs that may wait; the next caller waits for room.
const SLOW_LIMIT: usize = 64;
/// A batch that takes longer hangs on its disk or server: those who come then are told at once, and do not pile up.
const HANGS: Duration = Duration::from_secs(15);
const MIN_READERS: usize = 2;
const MAX_READERS: usize = 4;

/// What the threads share.
pub(crate) struct Shared {
    pub writes: Queue<Box<dyn WriteCall>>,
    pub reads: Queue<Box<dyn ReadCall>>,
    pub statements: AtomicU64,
    pub pulse: Pulse,
    pub subjects: Arc<SubjectHeads>,
    /// Set while the store rests because writing failed twice in a row: no client data is served.
    pub stopped: AtomicBool,
    opened: Instant,
    /// Milliseconds from `opened` to the beginning of the batch under way, plus one; 0 between batches.
    batch: AtomicU64,
}

impl Shared {
    fn now(&self) -> u64 {
        self.opened.elapsed().as_millis() as u64 + 1
    }

    pub fn batch_begins(&self) {
        self.batch.store(self.now(), Ordering::Release);
    }

    pub fn batch_ended(&self) {
        self.batch.store(0, Ordering::Release);
    }

    /// Whether the batch under way has taken so long that the disk or the server must hang.
    fn hangs(&self) -> bool {
        let begun = self.batch.load(Ordering::Acquire);
        begun != 0 && self.now().saturating_sub(begun) > HANGS.as_millis() as u64
    }
}

struct Inner {
    config: StoreConfig,
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    end: Arc<(Mutex<bool>, Condvar)>,
}

/// One county's data. Cheap to clone; the last clone that goes shuts the store down.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

impl Store {
    /// Opens the county's data, runs missing migrations when the configuration says so, and starts
    /// the threads. Blocks.
    ///
    /// # Errors
    /// The engine cannot be reached, another process writes the same SQLite file, or a migration
    /// does not fit.
    pub fn open(config: StoreConfig, rooms: &[Migration]) -> Result<Self, StoreError> {
        check(&config)?;
        fs::create_dir_all(&config.heads_dir).map_err(StoreError::file(&config.heads_dir))?;
        let shared = Arc::new(Shared {
            writes: Queue::new(QUEUE_LIMIT, SLOW_LIMIT),
            reads: Queue::new(QUEUE_LIMIT, 0),
            statements: AtomicU64::new(0),
            pulse: Pulse::default(),
            subjects: Arc::default(),
            stopped: AtomicBool::new(false),
            opened: Instant::now(),
            batch: AtomicU64::new(0),
        });
        let end = Arc::new((Mutex::new(false), Condvar::new()));
        let mut threads = Vec::new();
        let (writer, heads) = start_writer(&config, &shared, rooms)?;
        threads.push(writer);
        let inner = Inner {
            config,
            shared,
            threads: Mutex::new(threads),
            end,
        };
        inner.start_helpers(&heads)?;
        Ok(Self(Arc::new(inner)))
    }

    /// Runs a closure in one consistent snapshot.
    ///
    /// # Errors
    /// The closure's own, or a [`StoreError`] turned into it.
    pub async fn read<T, E>(
        &self,
        closure: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        self.push_read(Box::new(ReadClosure::new(closure, Reply::Task(sender))))?;
        receiver
            .await
            .unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// As [`Store::read`], for the command line and tests. Blocks the thread.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_blocking<T, E>(
        &self,
        closure: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.push_read(Box::new(ReadClosure::new(closure, Reply::Thread(sender))))?;
        receiver
            .recv()
            .unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Runs a closure that reads client data and logs whose: in one snapshot on a reader, so that a
    /// slow page holds up nobody's write. The answer is given after its log entries are committed.
    ///
    /// # Errors
    /// The closure's own, or a [`StoreError`] turned into it; then nothing is shown and nothing logged.
    pub async fn show<T, E>(
        &self,
        closure: impl FnOnce(&mut ShowTx<'_, '_>) -> Result<T, E> + Send + 'static,
    ) -> Result<Receipt<T>, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (value, entries) = self.read(move |tx| shown(tx, closure)).await?;
        let logged = match entries.is_empty() {
            true => None,
            false => Some(self.log_all(entries).await?),
        };
        Ok(Receipt { value, logged })
    }

    /// As [`Store::show`]. Blocks the thread.
    ///
    /// # Errors
    /// As [`Store::show`].
    pub fn show_blocking<T, E>(
        &self,
        closure: impl FnOnce(&mut ShowTx<'_, '_>) -> Result<T, E> + Send + 'static,
    ) -> Result<Receipt<T>, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (value, entries) = self.read_blocking(move |tx| shown(tx, closure))?;
        let logged = match entries.is_empty() {
            true => None,
            false => Some(self.log_all_blocking(entries)?),
        };
        Ok(Receipt { value, logged })
    }

    /// Runs a closure that may change rows and add log entries; answers after the commit. An error
    /// of the closure undoes its own work only. A caller that stops waiting does not stop the closure.
    /// SQL only inside: everybody waits for it, and a write inside a write waits for itself.
    ///
    /// # Errors
    /// The closure's own, or a [`StoreError`] turned into it.
    pub async fn write<T, E>(
        &self,
        closure: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<Receipt<T>, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        self.push_write(Box::new(WriteClosure::new(closure, Reply::Task(sender))))?;
        receiver
            .await
            .unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// As [`Store::write`], for the command line and tests. Blocks the thread.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_blocking<T, E>(
        &self,
        closure: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<Receipt<T>, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.push_write(Box::new(WriteClosure::new(closure, Reply::Thread(sender))))?;
        receiver
            .recv()
            .unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// A write of an import: served when no ordinary write waits. Keep each under 20 ms of work, so
    /// that nobody waits long behind it. Blocks the thread, also while too many imports wait.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_bulk<T, E>(
        &self,
        closure: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<Receipt<T>, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = mpsc::sync_channel(1);
        let call = Box::new(WriteClosure::new(closure, Reply::Thread(sender)));
        self.0
            .shared
            .writes
            .push_slow(call)
            .map_err(|_| StoreError::Closed)?;
        receiver
            .recv()
            .unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Commits a log entry alone: the reading of client data. Rides in the same group commit.
    ///
    /// # Errors
    /// The store is busy or closed, or the batch was not committed.
    pub async fn log(&self, entry: LogEntry) -> Result<Logged, StoreError> {
        self.log_all(vec![entry]).await
    }

    async fn log_all(&self, entries: Vec<LogEntry>) -> Result<Logged, StoreError> {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        self.push_write(Box::new(LogCall::new(entries, Reply::Task(sender))))?;
        receiver.await.unwrap_or(Err(StoreError::Closed))
    }

    /// As [`Store::log`]. Blocks the thread.
    ///
    /// # Errors
    /// As [`Store::log`].
    pub fn log_blocking(&self, entry: LogEntry) -> Result<Logged, StoreError> {
        self.log_all_blocking(vec![entry])
    }

    fn log_all_blocking(&self, entries: Vec<LogEntry>) -> Result<Logged, StoreError> {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.push_write(Box::new(LogCall::new(entries, Reply::Thread(sender))))?;
        receiver.recv().unwrap_or(Err(StoreError::Closed))
    }

    pub(crate) fn subjects(&self) -> Arc<SubjectHeads> {
        Arc::clone(&self.0.shared.subjects)
    }

    /// How many statements closures have run so far; the store's own (begin, commit, log) are not
    /// counted. For tests of invariant I10.
    pub fn statement_count(&self) -> u64 {
        self.0.shared.statements.load(Ordering::Relaxed)
    }

    /// How many closures wait for the writer and for a reader.
    pub fn waiting(&self) -> (usize, usize) {
        (self.0.shared.writes.len(), self.0.shared.reads.len())
    }

    /// How commits have gone since the store was opened.
    pub fn commits(&self) -> Commits {
        self.0.shared.pulse.commits()
    }

    /// Whether the store takes work: not shut down, not resting after failed commits, not hanging in one.
    pub fn is_open(&self) -> bool {
        !self.0.shared.stopped.load(Ordering::Acquire)
            && !self.0.shared.hangs()
            && !*self.0.end.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The county's code.
    pub fn county(&self) -> &str {
        &self.0.config.county
    }

    /// The configuration the store was opened with.
    pub fn config(&self) -> &StoreConfig {
        &self.0.config
    }

    /// The store's clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.config.clock
    }

    /// The store's random source.
    pub fn chance(&self) -> &Arc<dyn Chance> {
        &self.0.config.chance
    }

    /// Takes no more work, finishes what waits, saves, and closes. Blocks; a second call does nothing.
    pub fn shutdown(&self) {
        self.0.shutdown();
    }

    fn push_read(&self, call: Box<dyn ReadCall>) -> Result<(), StoreError> {
        self.0.shared.reads.push(call).map_err(refused)
    }

    fn push_write(&self, call: Box<dyn WriteCall>) -> Result<(), StoreError> {
        if self.0.shared.hangs() {
            return Err(StoreError::Unavailable("the database hangs".into()));
        }
        self.0.shared.writes.push(call).map_err(refused)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "shape wanted by map_err")]
fn refused<T>(refused: Refused<T>) -> StoreError {
    match refused {
        Refused::Full(_) => StoreError::Busy,
        Refused::Closed(_) => StoreError::Closed,
    }
}

pub(crate) fn check(config: &StoreConfig) -> Result<(), StoreError> {
    let plain = |text: &str| {
        !text.is_empty()
            && text.len() <= 40
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if !plain(&config.county) {
        return Err(StoreError::Config(format!(
            "{:?} is no county code",
            config.county
        )));
    }
    if let Engine::Postgres { schema, .. } = &config.engine
        && !(plain(schema) && schema.bytes().all(|byte| !byte.is_ascii_uppercase()))
    {
        return Err(StoreError::Config(format!(
            "{schema:?}: a schema has small letters, digits and underlines"
        )));
    }
    Ok(())
}

/// The lock that keeps a second process from writing the same SQLite file: two writers would break
/// each other's chain. It ends with the process, however that ends.
pub(crate) fn lock(config: &StoreConfig) -> Result<Option<fs::File>, StoreError> {
    let Engine::Sqlite { path } = &config.engine else {
        return Ok(None);
    };
    let lock: PathBuf = config.heads_dir.join(format!("{}.lock", config.county));
    let file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&lock);
    let file = file.map_err(StoreError::file(&lock))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Err(StoreError::InUse(path.clone())),
        Err(fs::TryLockError::Error(source)) => Err(StoreError::File { path: lock, source }),
    }
}

/// The writer thread opens everything itself: the PostgreSQL driver must not be used on a thread of
/// an asynchronous runtime.
fn start_writer(
    config: &StoreConfig,
    shared: &Arc<Shared>,
    rooms: &[Migration],
) -> Result<(JoinHandle<()>, Arc<HeadsFile>), StoreError> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let (config, shared, rooms) = (config.clone(), Arc::clone(shared), rooms.to_vec());
    let thread = spawn("writer", move || {
        match open_writer(config, shared, &rooms) {
            Ok((writer, heads)) => {
                drop(sender.send(Ok(heads)));
                writer.run();
            }
            Err(error) => drop(sender.send(Err(error))),
        }
    })?;
    let heads = receiver.recv().unwrap_or(Err(StoreError::Closed))?;
    Ok((thread, heads))
}

fn open_writer(
    config: StoreConfig,
    shared: Arc<Shared>,
    rooms: &[Migration],
) -> Result<(Writer, Arc<HeadsFile>), StoreError> {
    let lock = lock(&config)?;
    let mut connection = Connection::open_writer(&config)?;
    if config.migrate {
        migrate::run(&mut connection, rooms)?;
    }
    let (heads, existed) = HeadsFile::open(&config.heads_path(), &config.county)?;
    // What a process before left may have been written and never forced, see `settle`; a reader in the way is no fault here.
    if let Err(error) = settle(&mut connection) {
        tracing::warn!(%error, "the write-ahead log could not be moved into the database");
    }
    let ledger = opening::ledger(&config, &mut connection, &heads, existed, &shared.subjects)?;
    let heads = Arc::new(heads);
    Ok((
        Writer::new(config, shared, connection, ledger, Arc::clone(&heads), lock),
        heads,
    ))
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    std::thread::Builder::new()
        .name(format!("store {name}"))
        .spawn(work)
        .map_err(|error| StoreError::Config(format!("a thread cannot be started: {error}")))
}

impl Inner {
    fn start_helpers(&self, heads: &Arc<HeadsFile>) -> Result<(), StoreError> {
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        let readers = std::thread::available_parallelism().map_or(MIN_READERS, usize::from);
        for _ in 0..readers.clamp(MIN_READERS, MAX_READERS) {
            let (config, shared) = (self.config.clone(), Arc::clone(&self.shared));
            threads.push(spawn("reader", move || reader::run(&config, &shared))?);
        }
        let (heads, end) = (Arc::clone(heads), Arc::clone(&self.end));
        let wal = match &self.config.engine {
            Engine::Sqlite { path } => Some(wal_of(path)),
            Engine::Postgres { .. } => None,
        };
        threads.push(spawn("keeper", move || keep(&heads, wal.as_deref(), &end))?);
        Ok(())
    }

    fn shutdown(&self) {
        self.shared.reads.close();
        self.shared.writes.close();
        *self.end.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.end.1.notify_all();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // The last clone may go inside a closure: a thread cannot wait for itself.
            if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
                tracing::error!("a thread of the store ended with a panic");
            }
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shutdown();
    }
}

/// The value of a showing closure and the log entries it asked for.
fn shown<T, E>(
    tx: &mut ReadTx<'_>,
    closure: impl FnOnce(&mut ShowTx<'_, '_>) -> Result<T, E>,
) -> Result<(T, Vec<LogEntry>), E> {
    let mut show = ShowTx {
        tx,
        entries: Vec::new(),
        hand: None,
    };
    let value = closure(&mut show)?;
    Ok((value, show.entries))
}
