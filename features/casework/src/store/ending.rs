//! A matter is closed with a reason; the client relation ends only by an entry that there is no ground for social care.

use clients::{ClientId, Reader};
use kernel::time::millis;
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{CloseReason, Heard, Life, MatterError, MatterId, Stage, Step};
use crate::store::facts::Facts;
use crate::store::follow_up::{self, NewFollowUp};
use crate::store::{
    By, Casework, add_event, clocks, holding, log, offers, relation, timeline, unreadable,
};

/// How a matter is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    pub reason: CloseReason,
    pub words: String,
    /// Why a limit in law was passed, when one was.
    pub late_reason: Option<String>,
    /// The entry that there is no ground for social care (SHL 34 § 2): ends the client relation.
    pub no_ground: Option<String>,
    /// After-follow-up: who asks how it is going, and when.
    pub follow_up: Option<NewFollowUp>,
    /// What the clients say of it.
    pub voices: Vec<Voice>,
}

/// What one client said at the end (tulinko kuulluksi), in her own words when she had some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    pub client: ClientId,
    pub answer: Heard,
    pub words: String,
}

/// Closes a matter.
///
/// # Errors
/// [`MatterError::LateReason`] when a limit in law has run out and no reason is given, [`MatterError::OpenMatters`] when
/// the client relation would end and other matters are open, [`MatterError::Ended`], and [`MatterError::NotFound`]
/// without a right.
pub fn close(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    closing: &Closing,
) -> Result<(), MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let acting = facts.authorise_all(reader, "matter", "finish")?;
    let by = By::Worker(acting);
    let life = facts.life.after(Step::Close { at: now })?;
    clocks::end_all(
        tx,
        matter,
        "matter_closed",
        now,
        closing.late_reason.as_deref(),
        |_| true,
    )?;
    end(
        tx,
        casework,
        &facts,
        life,
        closing.reason.code(),
        &closing.words,
    )?;
    let reason = closing.reason.code();
    add_event(tx, casework, &by, matter, None, "closed", reason)?;
    log(
        tx,
        &by,
        now,
        "matter.close",
        &facts.clients(),
        reason,
        Some(&closing.words),
    )?;
    keep_voices(tx, casework, reader, &facts, &closing.voices)?;
    if let Some(new) = &closing.follow_up {
        follow_up::agree(tx, casework, acting, &facts, new)?;
    }
    if let Some(ground) = &closing.no_ground {
        for client in facts.clients() {
            end_client_relation(tx, casework, reader, &facts, client, ground)?;
        }
    }
    for client in facts.clients() {
        timeline::put(tx, casework, &by, matter, client)?;
    }
    Ok(())
}

/// Keeps what the clients of the matter said; of somebody who is no client of it nothing is kept.
fn keep_voices(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    facts: &Facts,
    voices: &[Voice],
) -> Result<(), StoreError> {
    let clients = facts.clients();
    for voice in voices.iter().filter(|one| clients.contains(&one.client)) {
        tx.execute(
            "insert into closing_voice (id, matter_id, client_id, answer, words, asked_at, asked_by) values ($1, $2, $3, $4, $5, $6, $7)",
            &params![
                casework.row_id(),
                facts.id.bytes(),
                voice.client.bytes(),
                voice.answer.code(),
                voice.words.as_str(),
                millis(casework.now()),
                reader.staff.bytes()
            ],
        )?;
    }
    Ok(())
}

/// What the clients of an ended matter said, of those whom the reader sees.
///
/// # Errors
/// When the engine fails.
pub fn voices(
    query: &mut impl Query,
    matter: MatterId,
    shown: &[ClientId],
) -> Result<Vec<Voice>, StoreError> {
    let rows = query.query(
        "select client_id, answer, words from closing_voice where matter_id = $1 order by id",
        &params![matter.bytes()],
    )?;
    let mut voices = Vec::new();
    for row in rows {
        let client = ClientId::from_bytes(row.get(0)?);
        if shown.contains(&client) {
            voices.push(Voice {
                client,
                answer: Heard::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
                words: row.get(2)?,
            });
        }
    }
    Ok(voices)
}

/// Writes the end of a matter: nobody holds it, and nobody works on it.
pub(crate) fn end(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    facts: &Facts,
    life: Life,
    reason: &str,
    words: &str,
) -> Result<(), StoreError> {
    let now = casework.now();
    offers::withdraw_open(tx, casework, facts.id)?;
    holding::end(tx, casework, facts.id)?;
    for worker in relation::workers_of(tx, facts.id, now)? {
        for client in facts.clients() {
            relation::leave_matter(tx, casework, client, worker.staff, facts.id)?;
        }
    }
    tx.execute(
        "update matter set state = $2, ended_at = $3, end_reason = $4, end_words = $5, version = version + 1 where id = $1",
        &params![facts.id.bytes(), life.stage().code(), millis(now), reason, words],
    )?;
    debug_assert!(matches!(life.stage(), Stage::Closed | Stage::Transferred));
    for ending in &casework.endings.0 {
        ending(tx, casework, facts.id)?;
    }
    Ok(())
}

fn end_client_relation(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    facts: &Facts,
    client: ClientId,
    ground: &str,
) -> Result<(), MatterError> {
    let now = casework.now();
    // The closing row is written already: what is counted are the others.
    let open: i64 = tx
        .query_one(
            "select count(*) from matter m join matter_client mc on mc.matter_id = m.id and mc.left_at is null where mc.client_id = $1 and m.state in ('initiated', 'open')",
            &params![client.bytes()],
        )?
        .get(0)?;
    if open > 0 {
        return Err(MatterError::OpenMatters);
    }
    let acting = facts
        .authorise_over(reader, "client_relation", "finish", client)
        .or_else(|_| {
            // The matter has just been closed by this very act; the right to close carried it.
            facts.authorise_over(reader, "matter", "finish", client)
        })?;
    relation::end_client_relation(tx, casework, reader.staff, client, ground)?;
    log(
        tx,
        &By::Worker(acting),
        now,
        "client.relation_end",
        &[client],
        "",
        Some(ground),
    )?;
    Ok(())
}
