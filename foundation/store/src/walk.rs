//! Walking a chain entry by entry: at opening over the newest part, in verification over all of it.

use access::log::{
    Body, Head, Header, Position, SealedHead, body_digest, decode_body, decode_header,
    entry_digest, header_digest,
};

use crate::{
    Row, StoreError, Value,
    engine::{Connection, Dialect},
    params,
    tx::Query,
};

/// Entries read at once.
const CHUNK: i64 = 2_000;
/// Entries of a batch, and what a crash can leave the heads file behind by: the writer forces the file to
/// disk before it commits an entry further on. More means that somebody put an old file in its place.
pub(crate) const BATCH_ENTRIES: u64 = 512;

/// One entry as the store keeps it, read but not believed.
pub(crate) struct StoredEntry {
    pub number: u64,
    pub header: Header,
    pub body: Body,
    header_digest: [u8; 32],
    body_digest: [u8; 32],
    link: [u8; 32],
}

impl StoredEntry {
    /// Whose data it was about; nobody's when the body has been destroyed.
    pub fn subjects(&self) -> impl Iterator<Item = [u8; 16]> + '_ {
        let content = match &self.body {
            Body::Content(content) => Some(content),
            Body::Destroyed(_) => None,
        };
        content
            .into_iter()
            .flat_map(|content| content.subjects.iter().map(|seen| seen.subject))
    }
}

/// The first entry that does not hold, and why.
#[derive(Debug, thiserror::Error)]
#[error("{position}: {what}")]
pub(crate) struct ChainFault {
    pub position: Position,
    pub what: String,
}

/// A walk along one chain.
pub(crate) struct Walk {
    head: Head,
}

impl Walk {
    /// Begins after the entry of `head`.
    pub fn from(head: Head) -> Self {
        Self { head }
    }

    /// The head as far as the walk has come.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Reads and checks the next entries up to number `last`. Gives at least one.
    pub fn next_chunk(
        &mut self,
        connection: &mut Connection,
        last: u64,
    ) -> Result<Vec<StoredEntry>, ChainFault> {
        let writer = self.head.writer;
        let entries = match entries(connection, writer, self.head.count, last) {
            Ok(entries) => entries,
            Err(error) => return Err(self.search(connection, last, &error)),
        };
        if entries.is_empty() {
            return Err(self.fault(self.head.count + 1, "the entry is missing"));
        }
        for entry in &entries {
            self.step(entry)?;
        }
        Ok(entries)
    }

    fn step(&mut self, entry: &StoredEntry) -> Result<(), ChainFault> {
        let expected = self.head.count + 1;
        if entry.number != expected {
            return Err(self.fault(expected, "the entry is missing"));
        }
        let next = self
            .head
            .after(&entry_digest(&entry.header_digest, &entry.body_digest));
        if next.link != entry.link {
            return Err(self.fault(expected, "the content and the link do not belong together"));
        }
        self.head = next;
        Ok(())
    }

    /// The chunk could not be read: goes on one by one to the entry that is in the way.
    fn search(&mut self, connection: &mut Connection, last: u64, error: &StoreError) -> ChainFault {
        while self.head.count < last {
            let number = self.head.count + 1;
            match entries(connection, self.head.writer, self.head.count, number) {
                Ok(found) => match found.first() {
                    Some(entry) => {
                        if let Err(fault) = self.step(entry) {
                            return fault;
                        }
                    }
                    None => return self.fault(number, "the entry is missing"),
                },
                Err(error) => {
                    return self.fault(number, &format!("the entry cannot be read: {error}"));
                }
            }
        }
        self.fault(self.head.count, &error.to_string())
    }

    fn fault(&self, number: u64, what: &str) -> ChainFault {
        ChainFault {
            position: Position {
                writer: self.head.writer,
                number,
            },
            what: what.to_owned(),
        }
    }
}

/// Statements outside a closure.
pub(crate) struct Reading<'a>(pub &'a mut Connection);

impl Query for Reading<'_> {
    fn dialect(&self) -> Dialect {
        self.0.dialect()
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.0.query(sql, params)
    }
}

/// The entries of a chain after number `after` and up to `last`, at most a chunk of them.
pub(crate) fn entries(
    connection: &mut Connection,
    writer: u32,
    after: u64,
    last: u64,
) -> Result<Vec<StoredEntry>, StoreError> {
    let rows = connection.query(
        "select position, header, body, link from log_entry where position > $1 and position <= $2
         order by position limit $3",
        &params![place(writer, after), place(writer, last), CHUNK],
    )?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<StoredEntry, StoreError> {
    let bad = |what: &str| StoreError::Decode(what.to_owned());
    let position = Position::from_i64(row.get(0)?).ok_or_else(|| bad("the position is none"))?;
    let (header, body): (Vec<u8>, Vec<u8>) = (row.get(1)?, row.get(2)?);
    Ok(StoredEntry {
        number: position.number,
        header: decode_header(&header).ok_or_else(|| bad("the header is none"))?,
        body: decode_body(&body, position.number).ok_or_else(|| bad("the body is none"))?,
        header_digest: header_digest(&header),
        body_digest: body_digest(&body).ok_or_else(|| bad("the body is none"))?,
        link: row.get(3)?,
    })
}

/// The head of a writer as the database has it.
pub(crate) fn stored_head(
    connection: &mut Connection,
    writer: u32,
) -> Result<Option<SealedHead>, StoreError> {
    Reading(connection)
        .query_optional(
            "select writer, count, link, code from log_head where writer = $1",
            &params![writer],
        )?
        .as_ref()
        .map(read_head)
        .transpose()
}

pub(crate) fn read_head(row: &Row) -> Result<SealedHead, StoreError> {
    let head = Head {
        writer: row.get(0)?,
        count: row.get(1)?,
        link: row.get(2)?,
    };
    Ok(SealedHead {
        head,
        code: row.get(3)?,
    })
}

/// Number and link of a writer's newest entry.
pub(crate) fn newest(
    connection: &mut Connection,
    writer: u32,
) -> Result<Option<(u64, [u8; 32])>, StoreError> {
    let row = Reading(connection).query_optional(
        "select position, link from log_entry where position > $1 and position < $2 order by position desc limit 1",
        &params![place(writer, 0), place(writer + 1, 0)],
    )?;
    row.map(|row| {
        let position = Position::from_i64(row.get(0)?)
            .ok_or_else(|| StoreError::Decode("the position is none".into()))?;
        Ok((position.number, row.get(1)?))
    })
    .transpose()
}

/// The stored link of one entry.
pub(crate) fn link_of(
    connection: &mut Connection,
    writer: u32,
    number: u64,
) -> Result<Option<[u8; 32]>, StoreError> {
    Reading(connection)
        .query_optional(
            "select link from log_entry where position = $1",
            &params![place(writer, number)],
        )?
        .map(|row| row.get(0))
        .transpose()
}

/// Where an entry's row is.
pub(crate) fn place(writer: u32, number: u64) -> i64 {
    Position { writer, number }.to_i64()
}

/// Whether a crash explains that the heads file is `entries` behind.
pub(crate) fn lag_is_a_crash(entries: u64) -> Result<(), String> {
    if entries <= BATCH_ENTRIES {
        return Ok(());
    }
    Err(format!(
        "the heads file is {entries} entries behind, more than a crash leaves: an old file"
    ))
}
