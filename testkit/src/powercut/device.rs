//! The disk as tests handle it: its power, its room, its faults.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use kernel::chance::Chance;

use super::disk::{Disk, File, Left};
use super::vfs;

pub(super) type SharedDisk = Arc<Device>;

/// The disk and what is done to it from outside.
#[derive(Default)]
pub(super) struct Device {
    disk: Mutex<Disk>,
    stalled: Mutex<bool>,
    moved: Condvar,
    record: Mutex<Option<Record>>,
}

/// What is to be known of each moment beside the disk itself.
type Note = Box<dyn Fn() -> (usize, Vec<u8>) + Send>;

struct Record {
    note: Note,
    moments: Vec<Moment>,
}

/// A disk as it was when something was about to be forced, or just had been.
pub struct Moment {
    disk: Disk,
    /// What the recorder's note gave then.
    pub count: usize,
    pub bytes: Vec<u8>,
}

impl Device {
    /// Waits while the disk does not move.
    pub(super) fn wait(&self) {
        let stalled = self.stalled.lock().unwrap_or_else(PoisonError::into_inner);
        drop(
            self.moved
                .wait_while(stalled, |stalled| *stalled)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    /// Keeps the disk as it is now, when somebody records.
    pub(super) fn keep_moment(&self, disk: &Disk) {
        let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(record) = record.as_mut() {
            let (count, bytes) = (record.note)();
            let disk = disk.still();
            record.moments.push(Moment { disk, count, bytes });
        }
    }
}

/// The disk itself, for one at a time.
pub(super) fn locked(device: &SharedDisk) -> MutexGuard<'_, Disk> {
    device.disk.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A disk that SQLite can open files on. It stays registered until the process ends.
#[derive(Clone)]
pub struct PowerDisk {
    disk: SharedDisk,
    name: String,
}

impl std::fmt::Debug for PowerDisk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PowerDisk({})", self.name)
    }
}

impl PowerDisk {
    /// An empty disk.
    #[expect(
        clippy::new_without_default,
        reason = "it registers itself with SQLite"
    )]
    pub fn new() -> Self {
        Self::register(Disk::default())
    }

    /// The address of a file on this disk, for `Engine::Sqlite` or rusqlite.
    pub fn uri(&self, file: &str) -> String {
        format!("file:{file}?vfs={}", self.name)
    }

    /// The disk as it is found when the power is cut now. This one goes on, unaware.
    pub fn cut(&self, chance: &dyn Chance) -> Self {
        let left = locked(&self.disk).after_cut(Left::Some, chance);
        Self::register(left)
    }

    /// Becomes what a cut at a moment left. Nobody may have a file of this disk open.
    pub fn become_after(&self, moment: &Moment, left: Left, chance: &dyn Chance) {
        *locked(&self.disk) = moment.disk.after_cut(left, chance);
    }

    /// From now on keeps the disk before and after each forcing, with what `note` tells then; it must not use the disk.
    pub fn record(&self, note: impl Fn() -> (usize, Vec<u8>) + Send + 'static) {
        let mut record = self
            .disk
            .record
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *record = Some(Record {
            note: Box::new(note),
            moments: Vec::new(),
        });
    }

    /// The moments so far; recording has ended.
    pub fn recorded(&self) -> Vec<Moment> {
        let mut record = self
            .disk
            .record
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        record
            .take()
            .map(|record| record.moments)
            .unwrap_or_default()
    }

    /// Whether forcing waits from now on, until this is taken back.
    pub fn stall(&self, stalled: bool) {
        let mut now = self
            .disk
            .stalled
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *now = stalled;
        self.disk.moved.notify_all();
    }

    /// The next forcings fail, and what they should have forced is never forced unless it is written again.
    pub fn forget(&self, times: u32) {
        locked(&self.disk).forgets = times;
    }

    /// Whether nothing can be written any more.
    pub fn read_only(&self, read_only: bool) {
        locked(&self.disk).read_only = read_only;
    }

    /// Bytes that may still be added before the disk is full; `None` takes the limit away.
    pub fn room(&self, more: Option<usize>) {
        let mut disk = locked(&self.disk);
        let all: usize = disk.files.values().map(File::length).sum();
        disk.room = more.map(|more| all + more);
    }

    /// From now on the disk says it has forced what it was told to, and has not.
    pub fn lie(&self) {
        locked(&self.disk).lies = true;
    }

    /// Whether forcing fails from now on.
    pub fn fail(&self, fails: bool) {
        locked(&self.disk).fails = fails;
    }

    fn register(disk: Disk) -> Self {
        let disk: SharedDisk = Arc::new(Device {
            disk: Mutex::new(disk),
            ..Device::default()
        });
        let name = vfs::register(&disk);
        Self { disk, name }
    }
}
