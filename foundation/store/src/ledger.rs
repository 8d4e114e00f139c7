//! The log in the writer's hands: packs the entries of a batch, links them, and knows the newest
//! entry about each subject.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use access::log::{
    Head, LogEntry, Position, SealedHead, content_digest, encode_body, encode_header, entry_digest,
    header_digest,
};

use crate::{LogKey, engine::PackedEntry, subject_seal::SubjectSeal};

/// Subjects are saved after this many entries ...
const SAVE_ENTRIES: u64 = 50_000;
/// ... or after this time.
const SAVE_PERIOD: Duration = Duration::from_secs(60);

/// The newest committed entry about each subject in this process's chain.
#[derive(Default)]
pub(crate) struct SubjectHeads {
    /// The chain's writer plus one; 0 before the log is opened.
    writer: AtomicU32,
    numbers: Mutex<HashMap<[u8; 16], u64>>,
}

impl SubjectHeads {
    pub fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 16], u64>> {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins anew for a chain.
    pub fn begin(&self, writer: u32) -> MutexGuard<'_, HashMap<[u8; 16], u64>> {
        let mut numbers = self.lock();
        numbers.clear();
        self.writer.store(writer + 1, Ordering::Release);
        numbers
    }

    /// Whose chain these are the heads of.
    pub fn writer(&self) -> Option<u32> {
        self.writer.load(Ordering::Acquire).checked_sub(1)
    }
}

pub(crate) struct Ledger {
    county: String,
    key: LogKey,
    head: Head,
    subjects: Arc<SubjectHeads>,
    /// The batch under way: its head and what it changes in `subjects`.
    next: Head,
    staged: HashMap<[u8; 16], u64>,
    rows: Vec<PackedEntry>,
    unsaved: HashSet<[u8; 16]>,
    /// Over all of `subjects`.
    seal: SubjectSeal,
    entries_unsaved: u64,
    saved_at: Instant,
}

impl Ledger {
    /// Goes on from `head`; `subjects` is filled already, `unsaved` of it is not in the database yet.
    pub fn new(
        county: &str,
        key: LogKey,
        head: Head,
        subjects: Arc<SubjectHeads>,
        unsaved: HashSet<[u8; 16]>,
    ) -> Self {
        let mut seal = SubjectSeal::new(&key.0, county, head.writer);
        for (subject, number) in subjects.lock().iter() {
            seal.add(subject, *number);
        }
        Self {
            seal,
            county: county.to_owned(),
            key,
            head,
            subjects,
            next: head,
            staged: HashMap::new(),
            rows: Vec::new(),
            entries_unsaved: unsaved.len() as u64,
            unsaved,
            saved_at: Instant::now(),
        }
    }

    pub fn head(&self) -> Head {
        self.head
    }

    /// Packs the entries of a batch, in order. `None` when there are none.
    pub fn stage(&mut self, entries: &[LogEntry]) -> Option<(&[PackedEntry], SealedHead)> {
        self.discard();
        if entries.is_empty() {
            return None;
        }
        let subjects = self.subjects.lock();
        for entry in entries {
            let number = self.next.count + 1;
            let mut header = Vec::with_capacity(96);
            encode_header(entry, &mut header);
            let mut body = Vec::with_capacity(48 + entry.subjects.len() * 20 + entry.detail.len());
            encode_body(entry, number, &mut body, |subject| {
                let staged = self.staged.insert(*subject, number);
                staged
                    .or_else(|| subjects.get(subject).copied())
                    .unwrap_or(0)
            });
            // The first byte of the body tells that its content is there.
            let digest = entry_digest(&header_digest(&header), &content_digest(&body[1..]));
            self.next = self.next.after(&digest);
            let position = Position {
                writer: self.next.writer,
                number,
            }
            .to_i64();
            self.rows.push(PackedEntry {
                position,
                header,
                body,
                link: self.next.link,
            });
        }
        drop(subjects);
        Some((
            &self.rows,
            SealedHead::seal(self.next, &self.key.0, &self.county),
        ))
    }

    /// The staged batch is on disk.
    pub fn accept(&mut self) {
        self.entries_unsaved += self.next.count - self.head.count;
        self.head = self.next;
        let mut subjects = self.subjects.lock();
        for (subject, number) in self.staged.drain() {
            if let Some(before) = subjects.insert(subject, number) {
                self.seal.remove(&subject, before);
            }
            self.seal.add(&subject, number);
            self.unsaved.insert(subject);
        }
        drop(subjects);
        self.rows.clear();
    }

    /// The staged batch came to nothing.
    pub fn discard(&mut self) {
        self.next = self.head;
        self.staged.clear();
        self.rows.clear();
    }

    /// Whether it is time to save the subjects' heads.
    pub fn wants_saving(&self) -> bool {
        !self.unsaved.is_empty()
            && (self.entries_unsaved >= SAVE_ENTRIES || self.saved_at.elapsed() >= SAVE_PERIOD)
    }

    /// The code over all subjects' heads, as saved up to this process's newest entry.
    pub fn subjects_code(&self) -> [u8; 32] {
        self.seal.code(self.head.count)
    }

    /// Gives what is to be saved and counts it as saved; [`Ledger::give_back`] undoes that.
    pub fn take_unsaved(&mut self) -> Vec<([u8; 16], u64)> {
        self.saved_at = Instant::now();
        self.entries_unsaved = 0;
        let subjects = self.subjects.lock();
        self.unsaved
            .drain()
            .map(|subject| (subject, subjects.get(&subject).copied().unwrap_or(0)))
            .collect()
    }

    /// Saving failed: try again later.
    pub fn give_back(&mut self, unsaved: &[([u8; 16], u64)]) {
        self.unsaved
            .extend(unsaved.iter().map(|(subject, _)| *subject));
    }
}
