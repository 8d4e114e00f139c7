//! The editor's bench: observations are read, cleaned of personal data, grouped by a person.

use kernel::language::Language;
use kernel::time::Date;
use store::{Query, Row, StoreError, Value, WriteTx, params, places};

use super::observe::date;
use super::{Editor, ObservationId, PhenomenonId, changed, unreadable};
use crate::domain::{
    LONGEST, LONGEST_WISH, ObservationState, ReportError, ReporterKind, Valence, check_text,
};

/// An observation as the editor meets it. Who wrote it is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub id: ObservationId,
    pub written_on: Date,
    pub kind: ReporterKind,
    pub valence: Valence,
    pub language: Language,
    pub body: String,
    /// A municipality's code; empty for the whole county.
    pub area: String,
    pub proposal: String,
    pub wished: String,
    pub state: ObservationState,
    pub revision: i64,
    pub phenomenon: Option<PhenomenonId>,
}

const SEEN: &str = "select o.id, o.written_on, o.reporter_kind, o.valence, o.body, o.area, o.proposal, o.wished, o.state, o.revision, g.phenomenon_id, o.language from observation o left join phenomenon_observation g on g.observation_id = o.id";

fn seen(row: &Row) -> Result<Seen, StoreError> {
    Ok(Seen {
        id: ObservationId::from_bytes(row.get(0)?),
        written_on: date(&row.get::<String>(1)?)?,
        kind: ReporterKind::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
        valence: Valence::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
        body: row.get(4)?,
        area: row.get(5)?,
        proposal: row.get(6)?,
        wished: row.get(7)?,
        state: ObservationState::from_code(&row.get::<String>(8)?).ok_or_else(unreadable)?,
        revision: row.get(9)?,
        phenomenon: row
            .get::<Option<[u8; 16]>>(10)?
            .map(PhenomenonId::from_bytes),
        language: Language::from_code(&row.get::<String>(11)?).ok_or_else(unreadable)?,
    })
}

/// Observations in a state, the oldest day first. The editor alone may see those that nobody has screened yet.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn in_state(
    query: &mut impl Query,
    editor: &Editor,
    state: ObservationState,
) -> Result<Vec<Seen>, ReportError> {
    editor.right("observation", "edit_draft", super::REDACTS)?;
    let rows = query.query(
        &format!("{SEEN} where o.state = $1 order by o.written_on, o.id limit 500"),
        &params![state.code()],
    )?;
    Ok(rows.iter().map(seen).collect::<Result<_, _>>()?)
}

/// Observations that were accepted, grouped or not, the newest first: what another may be like.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn accepted(query: &mut impl Query, editor: &Editor) -> Result<Vec<Seen>, ReportError> {
    editor.right("observation", "edit_draft", super::REDACTS)?;
    let rows = query.query(
        &format!("{SEEN} where o.state in ('screened', 'grouped', 'answered') order by o.written_on desc, o.id limit 500"),
        &[],
    )?;
    Ok(rows.iter().map(seen).collect::<Result<_, _>>()?)
}

/// An accepted observation as its words are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub id: ObservationId,
    pub written_on: Date,
    pub language: Language,
    pub body: String,
    /// The random name of who wrote it, for telling how many different people say a word; it is on no page.
    pub writer: Option<[u8; 16]>,
}

/// Most observations whose words are counted: some years of a large county.
pub const MOST_HEARD: usize = 5000;

/// Accepted observations from a day on, the newest [`MOST_HEARD`].
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn heard(
    query: &mut impl Query,
    editor: &Editor,
    from: Date,
) -> Result<Vec<Heard>, ReportError> {
    editor.right("observation", "edit_draft", super::REDACTS)?;
    let rows = query.query(
        &format!("select id, written_on, language, body, source from observation where state in ('screened', 'grouped', 'answered') and written_on >= $1 order by written_on desc, id limit {MOST_HEARD}"),
        &params![from.to_string()],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Heard {
                id: ObservationId::from_bytes(row.get(0)?),
                written_on: date(&row.get::<String>(1)?)?,
                language: Language::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
                body: row.get(3)?,
                writer: row.get(4)?,
            })
        })
        .collect()
}

/// One observation.
///
/// # Errors
/// [`ReportError::NotFound`] without the right, or when there is none.
pub fn one(
    query: &mut impl Query,
    editor: &Editor,
    id: ObservationId,
) -> Result<Seen, ReportError> {
    editor.right("observation", "edit_draft", super::REDACTS)?;
    let row = query.query_optional(&format!("{SEEN} where o.id = $1"), &params![id.bytes()])?;
    Ok(seen(&row.ok_or(ReportError::NotFound)?)?)
}

/// Texts without personal data, as the editor accepts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    pub body: String,
    pub proposal: String,
    pub wished: String,
}

/// Accepts an observation with cleaned texts. What was written before is destroyed with this: the editor takes words out
/// and adds none, so every word that stands must have stood before, or be the mark of what was taken out.
///
/// # Errors
/// [`ReportError::Field`] when a text still holds an identity code or words that were not there, [`ReportError::State`] when
/// it was screened already, [`ReportError::Changed`] when another editor was faster.
pub fn screen(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    id: ObservationId,
    revision: i64,
    cleaned: &Cleaned,
) -> Result<(), ReportError> {
    let row = editor.right("observation", "edit_draft", super::REDACTS)?;
    let before = one(tx, editor, id)?;
    if !before.state.leads_to(ObservationState::Screened) {
        return Err(ReportError::State);
    }
    for (field, text, was, most, needed) in [
        ("body", &cleaned.body, &before.body, LONGEST, true),
        (
            "proposal",
            &cleaned.proposal,
            &before.proposal,
            LONGEST_WISH,
            false,
        ),
        (
            "wished",
            &cleaned.wished,
            &before.wished,
            LONGEST_WISH,
            false,
        ),
    ] {
        check_text(field, text.trim(), most, needed)?;
        if !only_taken_out(was, text) {
            return Err(ReportError::Field(field, crate::domain::Wrong::Choice));
        }
    }
    let touched = tx.execute(
        "update observation set body = $3, proposal = $4, wished = $5, state = 'screened', set_aside_reason = null, revision = revision + 1 where id = $1 and revision = $2",
        &params![
            id.bytes(),
            revision,
            cleaned.body.trim(),
            cleaned.proposal.trim(),
            cleaned.wished.trim()
        ],
    )?;
    changed(tx, "observation", id.bytes(), touched)?;
    editor.log(tx, row, "observation.screen", String::new())?;
    Ok(())
}

/// What stands where something was taken out.
pub const TAKEN_OUT: &str = "[…]";

/// Whether a text is another with words taken out and nothing put in but the mark. A word goes whole, or up to a sign that is
/// no letter (`Virtasen-tapaus` to `-tapaus`): letters taken out of a word would make another word of it.
fn only_taken_out(was: &str, now: &str) -> bool {
    let mut left = was.split_whitespace();
    now.replace(TAKEN_OUT, " ")
        .split_whitespace()
        .all(|word| left.any(|one| is_end_of(one, word)))
}

/// Whether a word is another, or what is left of it beside a sign.
fn is_end_of(one: &str, word: &str) -> bool {
    let sign = |letter: Option<char>| letter.is_some_and(|letter| !letter.is_alphanumeric());
    one == word
        || sign(word.chars().next()) && one.ends_with(word)
        || sign(word.chars().next_back()) && one.starts_with(word)
}

/// Sets an observation aside with a reason that its reporter reads.
///
/// # Errors
/// As [`screen`].
pub fn set_aside(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    id: ObservationId,
    revision: i64,
    reason: &str,
) -> Result<(), ReportError> {
    let row = editor.right("observation", "edit_draft", super::REDACTS)?;
    let before = one(tx, editor, id)?;
    if !before.state.leads_to(ObservationState::SetAside) {
        return Err(ReportError::State);
    }
    let reason = reason.trim();
    check_text("reason", reason, LONGEST_WISH, true)?;
    let touched = tx.execute(
        "update observation set state = 'set_aside', set_aside_reason = $3, revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), revision, reason],
    )?;
    changed(tx, "observation", id.bytes(), touched)?;
    editor.log(tx, row, "observation.set_aside", String::new())?;
    Ok(())
}

/// Groups screened observations into a phenomenon, out of another when they stood in one. All or none.
///
/// # Errors
/// [`ReportError::NotFound`] when one of them or the phenomenon is not there, [`ReportError::State`] when one was not
/// screened or the phenomenon is closed.
pub fn group(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    observations: &[ObservationId],
    into: PhenomenonId,
) -> Result<(), ReportError> {
    let row = editor.right("observation", "merge", super::REDACTS)?;
    let state = super::phenomena::state(tx, into)?;
    if state == crate::domain::PhenomenonState::Closed {
        return Err(ReportError::State);
    }
    let ids: Vec<Value> = observations
        .iter()
        .map(|id| Value::from(id.bytes()))
        .collect();
    let found = tx.query(
        &format!(
            "select id, state from observation where id in ({})",
            places(ids.len(), 0)
        ),
        &ids,
    )?;
    if ids.is_empty() || found.len() != ids.len() {
        return Err(ReportError::NotFound);
    }
    for one in &found {
        let state = ObservationState::from_code(&one.get::<String>(1)?).ok_or_else(unreadable)?;
        if !state.is_screened() {
            return Err(ReportError::State);
        }
        let id: [u8; 16] = one.get(0)?;
        tx.execute(
            "insert into phenomenon_observation (observation_id, phenomenon_id, grouped_on, grouped_by) values ($1, $2, $3, $4) on conflict (observation_id) do update set phenomenon_id = excluded.phenomenon_id, grouped_on = excluded.grouped_on, grouped_by = excluded.grouped_by",
            &params![id, into.bytes(), editor.today().to_string(), editor.staff.bytes()],
        )?;
        tx.execute(
            "update observation set state = 'grouped', revision = revision + 1 where id = $1",
            &params![id],
        )?;
    }
    editor.log(
        tx,
        row,
        "observation.group",
        format!("{} {}", into, ids.len()),
    )?;
    Ok(())
}

/// Takes an observation out of its phenomenon.
///
/// # Errors
/// [`ReportError::State`] when it stands in none.
pub fn take_out(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    id: ObservationId,
) -> Result<(), ReportError> {
    let row = editor.right("observation", "merge", super::REDACTS)?;
    let gone = tx.execute(
        "delete from phenomenon_observation where observation_id = $1",
        &params![id.bytes()],
    )?;
    if gone == 0 {
        return Err(ReportError::State);
    }
    tx.execute(
        "update observation set state = 'screened', revision = revision + 1 where id = $1",
        &params![id.bytes()],
    )?;
    editor.log(tx, row, "observation.take_out", String::new())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::only_taken_out;

    #[test]
    fn words_may_go_and_none_may_come() {
        for (was, now, fine) in [
            (
                "Matti Virtanen jäi ilman asuntoa",
                "jäi ilman asuntoa",
                true,
            ),
            (
                "Matti Virtanen jäi ilman asuntoa",
                "[…] jäi ilman asuntoa",
                true,
            ),
            ("Matti jäi ilman asuntoa", "Matti sai asunnon", false),
            ("ilman asuntoa jäi Matti", "jäi ilman", false),
            ("Soita 040 123 4567, kiitos", "Soita […], kiitos", true),
            ("se epäonnistui", "se onnistui", false),
            ("Virtasen-tapaus toistui", "[…]-tapaus toistui", true),
            ("", "uusi", false),
            ("kaikki pois", "", true),
        ] {
            assert_eq!(only_taken_out(was, now), fine, "{was} -> {now}");
        }
    }
}
