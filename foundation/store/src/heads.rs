//! The heads file outside the database: `<heads_dir>/<county>.heads`.

use std::{
    fs::{File, OpenOptions},
    io::Read,
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use access::log::{LINE_BYTES, OutsideHeads, SealedHead};

use crate::StoreError;

/// The open file of one county. A writer overwrites its own line only.
pub(crate) struct HeadsFile {
    file: File,
    path: PathBuf,
    changed: AtomicBool,
}

impl HeadsFile {
    /// Opens the file, or makes one without writers when there is none. Also tells whether it was there.
    pub fn open(path: &Path, county: &str) -> Result<(Self, bool), StoreError> {
        let existed = path.exists();
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(StoreError::file(path))?;
        let heads = Self {
            file,
            path: path.to_owned(),
            changed: AtomicBool::new(false),
        };
        if !existed {
            heads.put(0, &OutsideHeads::title(county))?;
            heads
                .file
                .sync_all()
                .and_then(|()| sync_folder(path))
                .map_err(StoreError::file(path))?;
        }
        Ok((heads, existed))
    }

    /// The file's bytes.
    pub fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        read(&self.path)
    }

    /// Writes a head to its line. Called after the commit, so the file never runs ahead of the
    /// database; a process that is killed leaves what was written to the operating system.
    pub fn put_head(&self, sealed: &SealedHead) -> Result<(), StoreError> {
        let line = sealed.head.writer as usize + 1;
        let length = self
            .file
            .metadata()
            .map_err(StoreError::file(&self.path))?
            .len() as usize;
        for missing in length.div_ceil(LINE_BYTES).max(1)..line {
            self.put(missing, &OutsideHeads::unknown())?;
        }
        self.put(line, &sealed.line())
    }

    fn put(&self, line: usize, bytes: &[u8; LINE_BYTES]) -> Result<(), StoreError> {
        self.file
            .write_all_at(bytes, (line * LINE_BYTES) as u64)
            .map_err(StoreError::file(&self.path))?;
        self.changed.store(true, Ordering::Release);
        Ok(())
    }

    /// Forces what was written to the disk, if anything was since the last time.
    pub fn sync(&self) {
        if self.changed.swap(false, Ordering::AcqRel)
            && let Err(error) = self.file.sync_data()
        {
            self.changed.store(true, Ordering::Release);
            tracing::error!(%error, path = %self.path.display(), "the log heads could not be forced to disk");
        }
    }
}

/// The bytes of a heads file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .map_err(StoreError::file(path))?;
    Ok(bytes)
}

/// Forces the folder's list of files to the disk, so that a new file is still there after a power cut.
pub(crate) fn sync_folder(file: &Path) -> std::io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
