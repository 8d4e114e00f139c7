//! Opening the log: which chain this process goes on with, and the newest entry of each subject.
//!
//! A chain is continued only when three things agree: the head in the database (with its code), the
//! newest entry, and the line in the heads file (with its code). A file that is a little behind, as a
//! crash leaves it, is brought up to date after the entries it has not seen have verified. When
//! anything else is wrong the chain is left exactly as it is, for `log verify` to find, and a new chain
//! with the next writer's number is begun: evidence is never written over, and the house stays open.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use access::log::{Head, OutsideHeads, Position, SealedHead};

use crate::{
    StoreConfig, StoreError,
    engine::Connection,
    heads::HeadsFile,
    ledger::{Ledger, SubjectHeads},
    params,
    subject_seal::SubjectSeal,
    tx::Query,
    walk::{self, Walk},
};

/// How long a process that has just ended may keep its writer's number.
const PREDECESSOR: Duration = Duration::from_secs(2);

/// Finds or begins this process's chain and fills `subjects`.
pub(crate) fn ledger(
    config: &StoreConfig,
    connection: &mut Connection,
    file: &HeadsFile,
    file_was_there: bool,
    subjects: &Arc<SubjectHeads>,
) -> Result<Ledger, StoreError> {
    let outside = OutsideHeads::parse(&file.bytes()?, &config.county);
    if let Err(fault) = &outside {
        tracing::error!(county = config.county, %fault, "the log heads file has been changed: run `log verify`");
    }
    for writer in 0..=Position::MAX_WRITER {
        let line = outside.as_ref().map(|outside| outside.of(writer));
        let ours = matches!(line, Ok(Some(_)));
        if !claim(connection, writer, ours)? {
            continue;
        }
        match judge(config, connection, writer, line.ok())? {
            Verdict::Continue { head, behind } => {
                if behind {
                    file.put_head(&SealedHead::seal(head, &config.key.0, &config.county))?;
                }
                // How far behind the file on disk may be is counted from here.
                file.sync();
                let unsaved = load_subjects(config, connection, head, subjects)?;
                return Ok(Ledger::new(
                    &config.county,
                    config.key,
                    head,
                    Arc::clone(subjects),
                    unsaved,
                ));
            }
            Verdict::Begin => {
                let head = Head::empty(&config.county, writer);
                // On disk before the first entry, so that a crash after it leaves a file that is
                // behind and not one that is missing.
                file.put_head(&SealedHead::seal(head, &config.key.0, &config.county))?;
                file.sync();
                drop(subjects.begin(writer));
                return Ok(Ledger::new(
                    &config.county,
                    config.key,
                    head,
                    Arc::clone(subjects),
                    HashSet::new(),
                ));
            }
            Verdict::Elsewhere => connection.release_writer(writer)?,
            Verdict::Broken(what) => {
                let file = if file_was_there {
                    ""
                } else {
                    " (the heads file is missing)"
                };
                tracing::error!(
                    county = config.county,
                    writer,
                    "the log does not hold{file}: {what}. It is left as it is; run `log verify`"
                );
                connection.release_writer(writer)?;
            }
        }
    }
    Err(StoreError::Config(
        "every writer's chain of the log is taken or broken".into(),
    ))
}

/// Takes a writer's number. When the heads file knows it as ours, a server may still be busy with the
/// end of the process before this one: that is waited for, or every restart would begin a new chain.
fn claim(connection: &mut Connection, writer: u32, ours: bool) -> Result<bool, StoreError> {
    let begun = Instant::now();
    loop {
        if connection.claim_writer(writer)? {
            return Ok(true);
        }
        if !ours || begun.elapsed() > PREDECESSOR {
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

enum Verdict {
    /// The chain holds; the file may be behind.
    Continue {
        head: Head,
        behind: bool,
    },
    /// Nobody has written under this number.
    Begin,
    /// Another machine's chain (PostgreSQL): its heads file is there.
    Elsewhere,
    Broken(String),
}

/// `line` is `None` when the file cannot be read at all, `Some(None)` when it has no such writer.
fn judge(
    config: &StoreConfig,
    connection: &mut Connection,
    writer: u32,
    line: Option<Option<&SealedHead>>,
) -> Result<Verdict, StoreError> {
    let broken = |what: &str| Ok(Verdict::Broken(what.to_owned()));
    let stored = walk::stored_head(connection, writer)?;
    let newest = walk::newest(connection, writer)?;
    let (stored, line) = match (stored, newest, line) {
        (None, None, Some(None)) => return Ok(Verdict::Begin),
        (None, None, Some(Some(line))) if line.head == Head::empty(&config.county, writer) => {
            let head = line.head;
            return Ok(Verdict::Continue {
                head,
                behind: false,
            });
        }
        (_, _, None) => return broken("the heads file cannot be read"),
        (Some(_), _, Some(None)) if !connection.one_machine() => return Ok(Verdict::Elsewhere),
        (Some(_), _, Some(None)) => return broken("the heads file does not know this writer"),
        (None, ..) => return broken("the head in the database is missing"),
        (Some(stored), _, Some(Some(line))) => (stored, line),
    };
    let key = &config.key.0;
    if !stored.holds(key, &config.county) {
        return broken("the head in the database has a wrong code");
    }
    if !line.holds(key, &config.county) {
        return broken("the heads file has a wrong code");
    }
    let head = stored.head;
    if newest != Some((head.count, head.link)) {
        return broken("the newest entry is not the one of the head");
    }
    if line.head.count > head.count {
        return broken("the heads file is ahead: the newest entries are gone");
    }
    if let Err(what) = tail_holds(config, connection, head, line.head)? {
        return Ok(Verdict::Broken(what));
    }
    Ok(Verdict::Continue {
        head,
        behind: line.head.count < head.count,
    })
}

/// Walks from the file's head to the database's.
fn tail_holds(
    config: &StoreConfig,
    connection: &mut Connection,
    head: Head,
    outside: Head,
) -> Result<Result<(), String>, StoreError> {
    let expected = match outside.count {
        0 => Head::empty(&config.county, head.writer).link,
        number => match walk::link_of(connection, head.writer, number)? {
            Some(link) => link,
            None => return Ok(Err("the entry of the heads file is missing".into())),
        },
    };
    if expected != outside.link {
        return Ok(Err("the heads file belongs to another chain".into()));
    }
    let mut walk = Walk::from(outside);
    while walk.head().count < head.count {
        if let Err(fault) = walk.next_chunk(connection, head.count) {
            return Ok(Err(fault.to_string()));
        }
    }
    if walk.head() != head {
        return Ok(Err(
            "the entries after the heads file do not lead to the head".into(),
        ));
    }
    Ok(walk::lag_is_a_crash(head.count - outside.count))
}

/// Reads the saved heads of the subjects and replays the entries after them, or all entries when what
/// is saved is not what the program saved. Gives the subjects that are newer than what is saved.
fn load_subjects(
    config: &StoreConfig,
    connection: &mut Connection,
    head: Head,
    subjects: &SubjectHeads,
) -> Result<HashSet<[u8; 16]>, StoreError> {
    let mut map = subjects.begin(head.writer);
    let mut seal = SubjectSeal::new(&config.key.0, &config.county, head.writer);
    let mut reading = walk::Reading(connection);
    for row in reading.query(
        "select subject, number from subject_head where writer = $1",
        &params![head.writer],
    )? {
        let (subject, number) = (row.get(0)?, row.get(1)?);
        seal.add(&subject, number);
        map.insert(subject, number);
    }
    let saved = reading.query_optional(
        "select number, code from subject_mark where writer = $1",
        &params![head.writer],
    )?;
    let mut mark: u64 = 0;
    let mut code: Option<[u8; 32]> = None;
    if let Some(row) = saved {
        (mark, code) = (row.get(0)?, row.get(1)?);
    }
    if mark > head.count || code != Some(seal.code(mark)) {
        if mark > 0 || !map.is_empty() {
            tracing::warn!(
                writer = head.writer,
                "the subjects' heads are made anew from the log"
            );
        }
        mark = 0;
        map.clear();
        reading.0.begin_write()?;
        for table in ["subject_head", "subject_mark"] {
            let sql = format!("delete from {table} where writer = $1");
            reading.0.execute(&sql, &params![head.writer])?;
        }
        reading.0.commit(None)?;
    }
    let mut unsaved = HashSet::new();
    let mut after = mark;
    while after < head.count {
        let entries = walk::entries(reading.0, head.writer, after, head.count)?;
        let Some(last) = entries.last() else { break };
        after = last.number;
        for entry in &entries {
            for subject in entry.subjects() {
                map.insert(subject, entry.number);
                unsaved.insert(subject);
            }
        }
    }
    Ok(unsaved)
}

/// Saves one chunk of subjects' heads, with the mark when it is the last one.
pub(crate) fn save_subjects(
    connection: &mut Connection,
    writer: u32,
    chunk: &[([u8; 16], u64)],
    mark: Option<(u64, [u8; 32])>,
) -> Result<(), StoreError> {
    connection.begin_write()?;
    for (subject, number) in chunk {
        connection.execute(
            "insert into subject_head (subject, writer, number) values ($1, $2, $3)
             on conflict (subject, writer) do update set number = excluded.number",
            &params![*subject, writer, *number as i64],
        )?;
    }
    if let Some((mark, code)) = mark {
        connection.execute(
            "insert into subject_mark (writer, number, code) values ($1, $2, $3)
             on conflict (writer) do update set number = excluded.number, code = excluded.code",
            &params![writer, mark as i64, code],
        )?;
    }
    connection.commit(None)
}
