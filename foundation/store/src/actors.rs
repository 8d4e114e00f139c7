//! The log of one actor, newest first: for whoever oversees the use of client data (asiakastietolaki
//! 703/2023, sections 10-11 and 25).
//!
//! An index by actor would cost a random page at every page shown. Instead the log is looked at in
//! blocks of 4,096 entries: for each full one the writer, when it has nothing else to do, notes who
//! acted in it and when. A search skips the blocks without the actor and reads the others, so it costs
//! what the actor did and not what everybody did. A note that is missing or was changed is not
//! believed: that block is read, so nobody can hide an entry by changing the notes.

use access::log::{
    ACTOR_OFFSET, Actor, Body, Head, Header, Position, decode_body, decode_header, encode_actor,
};
use kernel::time::{Timestamp, from_millis, millis};

use crate::{
    Query, Recorded, Row, StoreError,
    engine::Connection,
    params,
    walk::{Reading, place},
};

/// Entries of a block.
pub(crate) const BLOCK: u64 = 4_096;
/// Notes read at once.
const NOTES: i64 = 64;
/// Blocks read for one answer; what is left is told in [`ActorLog::reached`].
const MOST_BLOCKS: usize = 512;
/// Bytes of an actor in a block's note.
const MARK: usize = 4;

/// Which entries of an actor are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorFilter {
    pub actor: Actor,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
    /// An event's code (`client.read`), or the beginning of codes with its dot (`client.`).
    pub event: Option<String>,
    /// Older than this entry: the last one of the page before.
    pub before: Option<(Timestamp, Position)>,
    /// At most so many.
    pub limit: usize,
}

impl ActorFilter {
    /// The newest `limit` entries of an actor.
    pub fn new(actor: Actor, limit: usize) -> Self {
        Self {
            actor,
            from: None,
            to: None,
            event: None,
            before: None,
            limit,
        }
    }

    fn wants(&self, header: &Header, position: Position) -> bool {
        let event = self
            .event
            .as_deref()
            .is_none_or(|event| match event.ends_with('.') {
                true => header.event.starts_with(event),
                false => header.event == event,
            });
        event
            && header.actor == self.actor
            && self.from.is_none_or(|from| header.at >= from)
            && self.to.is_none_or(|to| header.at < to)
            && self
                .before
                .is_none_or(|before| (header.at, position) < before)
    }

    /// The first moment (in ms) that is too late.
    fn end(&self) -> i64 {
        let before = self.before.map(|(at, _)| millis(at).saturating_add(1));
        let to = self.to.map(millis);
        before.into_iter().chain(to).min().unwrap_or(i64::MAX)
    }

    fn start(&self) -> i64 {
        self.from.map_or(i64::MIN, millis)
    }
}

/// What an actor did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorLog {
    /// Newest first. Entries whose content has been destroyed after its retention are left out.
    pub entries: Vec<Recorded>,
    /// `None`: these are all there are, or as many as were asked for. A moment: the search stopped at
    /// the bound of its work; everything from this moment on has been seen, and asking again with `to`
    /// at this moment goes on.
    pub reached: Option<Timestamp>,
}

/// The key of the notes' codes.
#[derive(Clone, Copy)]
pub(crate) struct NoteKey([u8; 32]);

impl NoteKey {
    pub fn new(key: &[u8; 32], county: &str) -> Self {
        let own = blake3::derive_key("noste 2026 actor blocks", key);
        Self(*blake3::keyed_hash(&own, county.as_bytes()).as_bytes())
    }

    fn mark(&self, actor: Actor) -> [u8; MARK] {
        let mut bytes = Vec::with_capacity(17);
        encode_actor(actor, &mut bytes);
        let hash = blake3::keyed_hash(&self.0, &bytes);
        let mut mark = [0; MARK];
        mark.copy_from_slice(&hash.as_bytes()[..MARK]);
        mark
    }

    fn code(&self, writer: u32, block: u64, note: &Note) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(b"block");
        hasher.update(&writer.to_le_bytes());
        for number in [block as i64, note.first_at, note.last_at, note.newest_at] {
            hasher.update(&number.to_le_bytes());
        }
        hasher.update(&note.actors);
        *hasher.finalize().as_bytes()
    }
}

/// What is known of a block.
struct Note {
    first_at: i64,
    last_at: i64,
    /// Of this block and all before it.
    newest_at: i64,
    /// The marks of those who acted, each once, in order.
    actors: Vec<u8>,
}

impl Note {
    fn read(row: &Row, writer: u32, block: u64, key: NoteKey) -> Result<Option<Self>, StoreError> {
        let note = Self {
            first_at: row.get(1)?,
            last_at: row.get(2)?,
            newest_at: row.get(3)?,
            actors: row.get(4)?,
        };
        let code: Vec<u8> = row.get(5)?;
        Ok((code == key.code(writer, block, &note)).then_some(note))
    }

    fn may_hold(&self, mark: [u8; MARK], filter: &ActorFilter) -> bool {
        self.last_at >= filter.start()
            && self.first_at < filter.end()
            && self.actors.chunks_exact(MARK).any(|actor| actor == mark)
    }
}

/// How many full blocks of a writer's chain have a note, counted from the first.
pub(crate) fn noted(connection: &mut Connection, writer: u32) -> Result<u64, StoreError> {
    let row = Reading(connection).query_one(
        "select coalesce(max(block) + 1, 0) from actor_block where writer = $1",
        &params![writer],
    )?;
    row.get(0)
}

/// Notes who acted in a full block.
pub(crate) fn note(
    connection: &mut Connection,
    writer: u32,
    block: u64,
    key: NoteKey,
) -> Result<(), StoreError> {
    let rows = Reading(connection).query(
        "select header from log_entry where position > $1 and position <= $2",
        &params![
            place(writer, block * BLOCK),
            place(writer, (block + 1) * BLOCK)
        ],
    )?;
    let mut note = Note {
        first_at: i64::MAX,
        last_at: i64::MIN,
        newest_at: before(connection, writer, block, key)?,
        actors: Vec::new(),
    };
    let mut marks = std::collections::BTreeSet::new();
    for row in &rows {
        let header: Vec<u8> = row.get(0)?;
        let header = decode_header(&header).ok_or_else(|| bad("the header is none"))?;
        let at = millis(header.at);
        note.first_at = note.first_at.min(at);
        note.last_at = note.last_at.max(at);
        marks.insert(key.mark(header.actor));
    }
    note.newest_at = note.newest_at.max(note.last_at);
    note.actors = marks.into_iter().flatten().collect();
    let code = key.code(writer, block, &note);
    connection.begin_write()?;
    connection.execute(
        "insert into actor_block (writer, block, first_at, last_at, newest_at, actors, code)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (writer, block) do nothing",
        &params![
            writer,
            block as i64,
            note.first_at,
            note.last_at,
            note.newest_at,
            note.actors,
            code
        ],
    )?;
    connection.commit(None)
}

/// The latest moment of all blocks before one; the end of time when that is not known.
fn before(
    connection: &mut Connection,
    writer: u32,
    block: u64,
    key: NoteKey,
) -> Result<i64, StoreError> {
    let Some(previous) = block.checked_sub(1) else {
        return Ok(i64::MIN);
    };
    let row = Reading(connection).query_optional(
        "select block, first_at, last_at, newest_at, actors, code from actor_block
         where writer = $1 and block = $2",
        &params![writer, previous as i64],
    )?;
    let note = match &row {
        Some(row) => Note::read(row, writer, previous, key)?,
        None => None,
    };
    Ok(note.map_or(i64::MAX, |note| note.newest_at))
}

/// The entries that a filter wants, over all writers' chains.
pub(crate) fn of_actor(
    connection: &mut Connection,
    key: NoteKey,
    filter: &ActorFilter,
) -> Result<ActorLog, StoreError> {
    let rows =
        Reading(connection).query("select writer, count from log_head order by writer", &[])?;
    let mut found = Vec::new();
    let mut reached = None;
    let mut blocks = MOST_BLOCKS;
    for row in rows {
        let head = (row.get(0)?, row.get(1)?);
        let (own, stopped) = of_chain(connection, key, filter, head, &mut blocks)?;
        found.extend(own);
        reached = reached.max(stopped);
    }
    found.retain(|recorded| reached.is_none_or(|reached| millis(recorded.header.at) >= reached));
    found.sort_by_key(order);
    if found.len() >= filter.limit {
        // Filled with entries that are all newer than anything unseen.
        reached = None;
    }
    found.truncate(filter.limit);
    Ok(ActorLog {
        entries: found,
        reached: reached.map(from_millis),
    })
}

fn order(recorded: &Recorded) -> std::cmp::Reverse<(Timestamp, Position)> {
    std::cmp::Reverse((recorded.header.at, recorded.position))
}

/// The newest wanted entries of one chain, and the moment from which on all have been seen when the
/// work was bounded.
fn of_chain(
    connection: &mut Connection,
    key: NoteKey,
    filter: &ActorFilter,
    (writer, count): (u32, u64),
    blocks: &mut usize,
) -> Result<(Vec<Recorded>, Option<i64>), StoreError> {
    let mark = key.mark(filter.actor);
    let mut next = count / BLOCK;
    let mut found = scan(connection, filter, writer, next * BLOCK, count)?;
    while next > 0 {
        for (block, note) in notes(connection, key, writer, next)? {
            let newest = note.as_ref().map_or(i64::MAX, |note| note.newest_at);
            if newest < filter.start() || is_filled(&mut found, filter.limit, newest) {
                return Ok((found, None));
            }
            if *blocks == 0 && newest < filter.end().saturating_sub(1) {
                return Ok((found, Some(newest + 1)));
            }
            if note.is_none_or(|note| note.may_hold(mark, filter)) {
                let (after, last) = (block * BLOCK, (block + 1) * BLOCK);
                found.extend(scan(connection, filter, writer, after, last)?);
                *blocks = blocks.saturating_sub(1);
            }
            next = block;
        }
    }
    Ok((found, None))
}

/// Whether enough has been found and nothing unseen, all of it at `newest` or before, is newer.
fn is_filled(found: &mut Vec<Recorded>, limit: usize, newest: i64) -> bool {
    if found.len() < limit {
        return false;
    }
    found.sort_by_key(order);
    found.truncate(limit);
    found
        .last()
        .is_none_or(|oldest| millis(oldest.header.at) > newest)
}

/// The notes of blocks before `end`, the newest first, without holes; `None` where there is none to
/// believe.
fn notes(
    connection: &mut Connection,
    key: NoteKey,
    writer: u32,
    end: u64,
) -> Result<Vec<(u64, Option<Note>)>, StoreError> {
    let first = end.saturating_sub(NOTES as u64);
    let rows = Reading(connection).query(
        "select block, first_at, last_at, newest_at, actors, code from actor_block
         where writer = $1 and block >= $2 and block < $3",
        &params![writer, first as i64, end as i64],
    )?;
    let mut notes: Vec<(u64, Option<Note>)> =
        (first..end).rev().map(|block| (block, None)).collect();
    for row in &rows {
        let block: u64 = row.get(0)?;
        notes[(end - 1 - block) as usize].1 = Note::read(row, writer, block, key)?;
    }
    Ok(notes)
}

/// Reads the entries after number `after` up to `last`; the engine leaves out those of others.
fn scan(
    connection: &mut Connection,
    filter: &ActorFilter,
    writer: u32,
    after: u64,
    last: u64,
) -> Result<Vec<Recorded>, StoreError> {
    let mut actor = Vec::with_capacity(17);
    encode_actor(filter.actor, &mut actor);
    let sql = format!(
        "select position, header, body from log_entry where position > $1 and position <= $2
         and substr(header, {}, {}) = $3",
        ACTOR_OFFSET + 1,
        actor.len()
    );
    let rows = Reading(connection).query(
        &sql,
        &params![place(writer, after), place(writer, last), actor],
    )?;
    let mut found = Vec::new();
    for row in &rows {
        let position =
            Position::from_i64(row.get(0)?).ok_or_else(|| bad("the position is none"))?;
        let (header, body): (Vec<u8>, Vec<u8>) = (row.get(1)?, row.get(2)?);
        let header = decode_header(&header).ok_or_else(|| bad("the header is none"))?;
        if !filter.wants(&header, position) {
            continue;
        }
        let body = decode_body(&body, position.number).ok_or_else(|| bad("the body is none"))?;
        if let Body::Content(content) = body {
            found.push(Recorded {
                position,
                header,
                content,
            });
        }
    }
    Ok(found)
}

fn bad(what: &str) -> StoreError {
    StoreError::Decode(what.to_owned())
}

/// Notes blocks of one writer's chain, one at a time.
#[derive(Default)]
pub(crate) struct Notes {
    /// The chain and how many of its blocks have a note; unknown before the first look.
    noted: Option<(u32, u64)>,
    /// The chain's length up to which nothing is tried again after a failure.
    resting_until: u64,
}

impl Notes {
    /// How many full blocks wait for a note, as far as known.
    pub fn waiting(&self, head: Head) -> u64 {
        if head.count < self.resting_until {
            return 0;
        }
        match self.noted {
            Some((writer, noted)) if writer == head.writer => {
                (head.count / BLOCK).saturating_sub(noted)
            }
            _ => head.count / BLOCK,
        }
    }

    /// A note could not be made: tries again after another block of entries.
    pub fn rest(&mut self, head: Head) {
        self.noted = None;
        self.resting_until = head.count + BLOCK;
    }

    /// Notes the next full block, when there is one.
    pub fn next(
        &mut self,
        connection: &mut Connection,
        head: Head,
        key: NoteKey,
    ) -> Result<(), StoreError> {
        let noted = match self.noted {
            Some((writer, noted)) if writer == head.writer => noted,
            _ => noted(connection, head.writer)?,
        };
        self.noted = Some((head.writer, noted));
        if self.waiting(head) > 0 {
            note(connection, head.writer, noted, key)?;
            self.noted = Some((head.writer, noted + 1));
        }
        Ok(())
    }
}
