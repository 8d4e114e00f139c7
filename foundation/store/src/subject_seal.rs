//! A keyed code over the saved heads of the subjects, so that rows that were removed or changed are not
//! believed: the next entry about such a subject would break the subject's chain.
//!
//! The rows' codes are added up, so a changed row costs two of them and not a walk over all.

#[derive(Clone)]
pub(crate) struct SubjectSeal {
    key: [u8; 32],
    writer: u32,
    sum: [u64; 4],
}

impl SubjectSeal {
    /// The seal of no rows.
    pub fn new(key: &[u8; 32], county: &str, writer: u32) -> Self {
        let own = blake3::derive_key("noste 2026 subject heads", key);
        Self {
            key: *blake3::keyed_hash(&own, county.as_bytes()).as_bytes(),
            writer,
            sum: [0; 4],
        }
    }

    pub fn add(&mut self, subject: &[u8; 16], number: u64) {
        let row = self.row(subject, number);
        self.sum = std::array::from_fn(|lane| self.sum[lane].wrapping_add(row[lane]));
    }

    pub fn remove(&mut self, subject: &[u8; 16], number: u64) {
        let row = self.row(subject, number);
        self.sum = std::array::from_fn(|lane| self.sum[lane].wrapping_sub(row[lane]));
    }

    /// The code of the rows, saved up to entry `mark`.
    pub fn code(&self, mark: u64) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(b"all");
        hasher.update(&self.writer.to_le_bytes());
        hasher.update(&mark.to_le_bytes());
        for lane in self.sum {
            hasher.update(&lane.to_le_bytes());
        }
        *hasher.finalize().as_bytes()
    }

    fn row(&self, subject: &[u8; 16], number: u64) -> [u64; 4] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(b"row");
        hasher.update(&self.writer.to_le_bytes());
        hasher.update(subject);
        hasher.update(&number.to_le_bytes());
        let hash = *hasher.finalize().as_bytes();
        std::array::from_fn(|lane| {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&hash[lane * 8..lane * 8 + 8]);
            u64::from_le_bytes(bytes)
        })
    }
}
