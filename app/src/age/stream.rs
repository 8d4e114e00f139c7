//! The payload: chunks of 64 KiB, each authenticated with its place and whether it is the last (STREAM).

use std::io::{self, BufRead, Read, Write};

use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, aead::Aead};

use super::broken;

const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// The nonce of a chunk: its number in eleven bytes, and whether it is the last.
fn nonce(number: u64, last: bool) -> Nonce {
    let mut bytes = [0; 12];
    bytes[3..11].copy_from_slice(&number.to_be_bytes());
    bytes[11] = u8::from(last);
    bytes.into()
}

/// Encrypts what is written. [`Sealer::finish`] writes the last chunk: without it the file counts as cut short.
pub struct Sealer<W> {
    out: W,
    cipher: ChaCha20Poly1305,
    number: u64,
    chunk: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    pub(super) fn new(out: W, key: &[u8; 32]) -> Self {
        Self {
            out,
            cipher: ChaCha20Poly1305::new(&(*key).into()),
            number: 0,
            chunk: Vec::with_capacity(CHUNK),
        }
    }

    fn pass(&mut self, last: bool) -> io::Result<()> {
        let sealed = self
            .cipher
            .encrypt(&nonce(self.number, last), self.chunk.as_slice())
            .map_err(|_| broken("a chunk cannot be encrypted"))?;
        self.out.write_all(&sealed)?;
        self.number += 1;
        self.chunk.clear();
        Ok(())
    }

    /// Writes the last chunk and gives back what was written to.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        self.pass(true)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until it is known that it is not the last.
        if self.chunk.len() == CHUNK {
            self.pass(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        // Chunks have one size; what is gathered goes with the next one.
        self.out.flush()
    }
}

/// Decrypts what is read. Gives nothing of a chunk that was changed, and an error where the file was cut.
pub struct Opener<R> {
    input: R,
    cipher: ChaCha20Poly1305,
    number: u64,
    chunk: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: BufRead> Opener<R> {
    pub(super) fn new(input: R, key: &[u8; 32]) -> Self {
        Self {
            input,
            cipher: ChaCha20Poly1305::new(&(*key).into()),
            number: 0,
            chunk: Vec::new(),
            given: 0,
            ended: false,
        }
    }

    fn next(&mut self) -> io::Result<()> {
        let mut sealed = Vec::with_capacity(CHUNK + TAG);
        Read::take(&mut self.input, (CHUNK + TAG) as u64).read_to_end(&mut sealed)?;
        let last = sealed.len() < CHUNK + TAG || self.input.fill_buf()?.is_empty();
        self.chunk = self
            .cipher
            .decrypt(&nonce(self.number, last), sealed.as_slice())
            .map_err(|_| broken("it was changed or cut short"))?;
        if self.chunk.is_empty() && self.number > 0 {
            return Err(broken("its last chunk is empty"));
        }
        self.given = 0;
        self.number += 1;
        self.ended = last;
        Ok(())
    }
}

impl<R: BufRead> Read for Opener<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.chunk.len() && !self.ended {
            self.next()?;
        }
        let given = buffer.len().min(self.chunk.len() - self.given);
        buffer[..given].copy_from_slice(&self.chunk[self.given..self.given + given]);
        self.given += given;
        Ok(given)
    }
}
