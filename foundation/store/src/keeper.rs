//! What is looked after beside readers and the writer, each second.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

use crate::heads::HeadsFile;

/// Bytes from which the write-ahead log is reported; checkpoints keep it near 16 MB.
const WAL_ALARM: u64 = 256 << 20;

/// Each second: forces the heads file to disk when it has changed, and looks at the size of the
/// write-ahead log.
pub fn keep(heads: &HeadsFile, wal: Option<&Path>, end: &(Mutex<bool>, Condvar)) {
    let mut told = false;
    let mut ended = end.0.lock().unwrap_or_else(PoisonError::into_inner);
    while !*ended {
        ended = end
            .1
            .wait_timeout(ended, Duration::from_secs(1))
            .unwrap_or_else(PoisonError::into_inner)
            .0;
        heads.sync();
        let size = wal
            .and_then(|wal| fs::metadata(wal).ok())
            .map_or(0, |wal| wal.len());
        let large = size > WAL_ALARM;
        if large && !told {
            tracing::error!(
                size,
                "the write-ahead log grows: a reader keeps a snapshot too long"
            );
        }
        told = large;
    }
}

/// Where `SQLite` keeps the write-ahead log of a database.
pub fn wal_of(path: &Path) -> PathBuf {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    wal.into()
}
