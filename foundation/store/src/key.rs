//! The key of the heads' codes: 32 random bytes in a file of its own.

use std::{fmt, fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use kernel::chance::Chance;

use crate::StoreError;

/// The county's log key. Whoever has it can make heads; keep it out of the database and its backups.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LogKey(pub [u8; 32]);

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LogKey(..)")
    }
}

impl LogKey {
    /// Reads the key of a file (64 hexadecimal digits and a line feed).
    ///
    /// # Errors
    /// The file cannot be read or holds something else.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        let text = fs::read_to_string(path).map_err(StoreError::file(path))?;
        blake3::Hash::from_hex(text.trim())
            .map(|hash| Self(*hash.as_bytes()))
            .map_err(|_| {
                StoreError::Config(format!(
                    "{} is not a log key: 64 hexadecimal digits",
                    path.display()
                ))
            })
    }

    /// Reads the key, or makes one (mode 0600, on disk before this returns) when there is no file.
    ///
    /// # Errors
    /// As [`LogKey::load`], or the file cannot be made.
    pub fn load_or_create(path: &Path, chance: &dyn Chance) -> Result<Self, StoreError> {
        let mut key = [0; 32];
        chance.fill(&mut key);
        // Only one of two processes that start together makes the file; the other reads it.
        let fresh = path.with_extension(format!("new-{}", std::process::id()));
        match fs::symlink_metadata(path) {
            Ok(_) => return Self::load(path),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::file(path)(error)),
        }
        let written = (|| {
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&fresh)?;
            writeln!(file, "{}", blake3::Hash::from_bytes(key).to_hex())?;
            file.sync_all()?;
            match fs::hard_link(&fresh, path) {
                Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
                _ => fs::remove_file(&fresh),
            }?;
            crate::heads::sync_folder(path)
        })();
        written.map_err(StoreError::file(path))?;
        Self::load(path)
    }
}
