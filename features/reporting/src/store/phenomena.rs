//! A phenomenon: opened, described, merged, split, backed by evidence, closed with a reason.

use identity::people::StaffId;
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::Date;
use store::{Query, StoreError, WriteTx, params};

use super::observe::date;
use super::{Editor, EvidenceId, ObservationId, PhenomenonId, StatementId, changed, unreadable};
use crate::domain::{
    EvidenceKind, LONGEST, LONGEST_NAME, LONGEST_PROPOSAL, PhenomenonState, Quality, ReportError,
    Theme, Wrong, check_text,
};

/// How many merges are followed; more is a circle.
const MERGES: usize = 50;

/// What a phenomenon is called and about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    pub title: String,
    pub description: String,
    pub themes: Vec<Theme>,
    /// Who follows it.
    pub owner: StaffId,
    /// When it is looked at next.
    pub review_on: Date,
}

/// A phenomenon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phenomenon {
    pub id: PhenomenonId,
    pub described: Described,
    pub state: PhenomenonState,
    pub opened_on: Date,
    pub closed_reason: Option<String>,
    pub revision: i64,
}

impl Described {
    fn checked(mut self, today: Date) -> Result<Self, ReportError> {
        for (field, text, most) in [
            ("title", &mut self.title, LONGEST_NAME),
            ("description", &mut self.description, LONGEST),
        ] {
            *text = text.trim().to_owned();
            check_text(field, text, most, field == "title")?;
        }
        self.themes.sort_unstable();
        self.themes.dedup();
        if self.themes.is_empty() {
            return Err(ReportError::Field("theme", Wrong::Missing));
        }
        if self.review_on <= today {
            return Err(ReportError::Field("review_on", Wrong::Past));
        }
        Ok(self)
    }
}

/// Opens a phenomenon.
///
/// # Errors
/// [`ReportError::Field`], or [`ReportError::NotFound`] without the right.
pub fn open(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    described: Described,
) -> Result<PhenomenonId, ReportError> {
    let row = editor.right("publication", "create", super::EVIDENCE)?;
    let described = described.checked(editor.today())?;
    let sensitive = is_sensitive(tx, editor, &described)?;
    let id = PhenomenonId::new(clock, chance);
    tx.execute(
        "insert into phenomenon (id, title, description, state, owner, opened_on, review_on, sensitive, revision) values ($1, $2, $3, 'open', $4, $5, $6, $7, 1)",
        &params![
            id.bytes(),
            described.title.as_str(),
            described.description.as_str(),
            described.owner.bytes(),
            editor.today().to_string(),
            described.review_on.to_string(),
            sensitive
        ],
    )?;
    set_themes(tx, id, &described.themes)?;
    editor.log(tx, row, "phenomenon.open", id.to_string())?;
    Ok(id)
}

/// Changes what it is called and about.
///
/// # Errors
/// As [`open`]; [`ReportError::Changed`] when another was faster.
pub fn describe(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (PhenomenonId, i64),
    described: Described,
) -> Result<(), ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    let described = described.checked(editor.today())?;
    let sensitive = is_sensitive(tx, editor, &described)?;
    let touched = tx.execute(
        "update phenomenon set title = $3, description = $4, owner = $5, review_on = $6, sensitive = $7, revision = revision + 1 where id = $1 and revision = $2",
        &params![
            id.bytes(),
            revision,
            described.title.as_str(),
            described.description.as_str(),
            described.owner.bytes(),
            described.review_on.to_string(),
            sensitive
        ],
    )?;
    changed(tx, "phenomenon", id.bytes(), touched)?;
    set_themes(tx, id, &described.themes)?;
    editor.log(tx, row, "phenomenon.describe", id.to_string())?;
    Ok(())
}

/// Whether small numbers of it are more sensitive; only themes of the county are taken.
fn is_sensitive(
    query: &mut impl Query,
    editor: &Editor,
    described: &Described,
) -> Result<bool, ReportError> {
    let themes = super::themes::on(query, editor.today())?;
    if described.themes.iter().any(|one| themes.get(one).is_none()) {
        return Err(ReportError::Field("theme", Wrong::Choice));
    }
    Ok(themes.any_sensitive(&described.themes))
}

fn set_themes(tx: &mut WriteTx<'_>, id: PhenomenonId, themes: &[Theme]) -> Result<(), StoreError> {
    tx.execute(
        "delete from phenomenon_theme where phenomenon_id = $1",
        &params![id.bytes()],
    )?;
    for theme in themes {
        tx.execute(
            "insert into phenomenon_theme (phenomenon_id, theme) values ($1, $2)",
            &params![id.bytes(), theme.code()],
        )?;
    }
    Ok(())
}

/// Where an id leads to: itself, or what it was merged into.
///
/// # Errors
/// [`ReportError::NotFound`] when there is none.
pub fn resolve(query: &mut impl Query, id: PhenomenonId) -> Result<PhenomenonId, ReportError> {
    let mut at = id;
    for _ in 0..MERGES {
        let row = query
            .query_optional(
                "select merged_into from phenomenon where id = $1",
                &params![at.bytes()],
            )?
            .ok_or(ReportError::NotFound)?;
        match row.get::<Option<[u8; 16]>>(0)? {
            Some(into) => at = PhenomenonId::from_bytes(into),
            None => return Ok(at),
        }
    }
    Err(ReportError::State)
}

/// Its state.
///
/// # Errors
/// [`ReportError::NotFound`] when there is none.
pub fn state(query: &mut impl Query, id: PhenomenonId) -> Result<PhenomenonState, ReportError> {
    let row = query
        .query_optional(
            "select state from phenomenon where id = $1",
            &params![id.bytes()],
        )?
        .ok_or(ReportError::NotFound)?;
    Ok(PhenomenonState::from_code(&row.get::<String>(0)?).ok_or_else(unreadable)?)
}

/// One phenomenon, through its merges.
///
/// # Errors
/// [`ReportError::NotFound`] without the right, or when there is none.
pub fn find(
    query: &mut impl Query,
    editor: &Editor,
    id: PhenomenonId,
) -> Result<Phenomenon, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let id = resolve(query, id)?;
    let row = query.query_one(
        "select title, description, state, owner, opened_on, review_on, closed_reason, revision from phenomenon where id = $1",
        &params![id.bytes()],
    )?;
    let themes = query
        .query(
            "select theme from phenomenon_theme where phenomenon_id = $1 order by theme",
            &params![id.bytes()],
        )?
        .iter()
        .map(|row| Theme::from_code(&row.get::<String>(0)?).ok_or_else(unreadable))
        .collect::<Result<_, _>>()?;
    Ok(Phenomenon {
        id,
        described: Described {
            title: row.get(0)?,
            description: row.get(1)?,
            themes,
            owner: StaffId::from_bytes(row.get(3)?),
            review_on: date(&row.get::<String>(5)?)?,
        },
        state: PhenomenonState::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
        opened_on: date(&row.get::<String>(4)?)?,
        closed_reason: row.get(6)?,
        revision: row.get(7)?,
    })
}

/// Takes it a step on; closing needs a reason.
///
/// # Errors
/// [`ReportError::State`] when the step may not follow, [`ReportError::Field`] without a reason, [`ReportError::Changed`].
pub fn step(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (PhenomenonId, i64),
    next: PhenomenonState,
    reason: &str,
) -> Result<(), ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    if !state(tx, id)?.leads_to(next) || resolve(tx, id)? != id {
        return Err(ReportError::State);
    }
    let reason = reason.trim();
    let closes = next == PhenomenonState::Closed;
    if closes {
        check_text("reason", reason, LONGEST_PROPOSAL, true)?;
    }
    let touched = tx.execute(
        "update phenomenon set state = $3, closed_reason = $4, revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), revision, next.code(), closes.then_some(reason)],
    )?;
    changed(tx, "phenomenon", id.bytes(), touched)?;
    editor.log(tx, row, "phenomenon.step", format!("{id} {}", next.code()))?;
    Ok(())
}

/// Merges one into another: its observations, evidence, statements and proposals go along, and its address leads there.
///
/// # Errors
/// [`ReportError::State`] when they are the same or either is closed.
pub fn merge(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (from, into): (PhenomenonId, PhenomenonId),
    reason: &str,
) -> Result<(), ReportError> {
    let row = editor.right("observation", "merge", super::REDACTS)?;
    let closed = |state| state == PhenomenonState::Closed;
    if from == into || closed(state(tx, from)?) || closed(state(tx, into)?) {
        return Err(ReportError::State);
    }
    let reason = reason.trim();
    check_text("reason", reason, LONGEST_PROPOSAL, true)?;
    // Both are locked, in one order: another process may be merging them the other way, and then nothing would lead anywhere.
    for id in [from.min(into), from.max(into)] {
        let touched = tx.execute(
            "update phenomenon set revision = revision + 1 where id = $1 and state <> 'closed'",
            &params![id.bytes()],
        )?;
        if touched == 0 {
            return Err(ReportError::State);
        }
    }
    for table in [
        "phenomenon_observation",
        "phenomenon_evidence",
        "phenomenon_statement",
        "phenomenon_influence",
        "proposal",
    ] {
        tx.execute(
            &format!("update {table} set phenomenon_id = $2 where phenomenon_id = $1"),
            &params![from.bytes(), into.bytes()],
        )?;
    }
    tx.execute(
        "update phenomenon set state = 'closed', closed_reason = $3, merged_into = $2 where id = $1",
        &params![from.bytes(), into.bytes(), reason],
    )?;
    editor.log(tx, row, "phenomenon.merge", format!("{from} {into}"))?;
    Ok(())
}

/// Splits observations off into a phenomenon of their own.
///
/// # Errors
/// [`ReportError::State`] when one of them is not in `from`; else as [`open`].
pub fn split(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    made: (&dyn Clock, &dyn Chance),
    from: PhenomenonId,
    observations: &[ObservationId],
    described: Described,
) -> Result<PhenomenonId, ReportError> {
    for id in observations {
        let there = tx.query_optional(
            "select 1 from phenomenon_observation where observation_id = $1 and phenomenon_id = $2",
            &params![id.bytes(), from.bytes()],
        )?;
        if there.is_none() {
            return Err(ReportError::State);
        }
    }
    let new = open(tx, editor, made, described)?;
    super::bench::group(tx, editor, observations, new)?;
    Ok(new)
}

/// A piece of evidence as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvidence {
    pub kind: EvidenceKind,
    /// Where it is from: who made the figure, the study, the panel.
    pub source: String,
    pub period: String,
    pub area: String,
    /// What it says.
    pub words: String,
    pub quality: Quality,
}

/// Adds a piece of evidence.
///
/// # Errors
/// [`ReportError::Field`] when a text is missing or too long, [`ReportError::State`] when it is closed.
pub fn add_evidence(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    id: PhenomenonId,
    new: &NewEvidence,
) -> Result<EvidenceId, ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    still_open(tx, id)?;
    for (field, text, most, needed) in [
        ("source", &new.source, LONGEST_NAME, true),
        ("period", &new.period, LONGEST_NAME, false),
        ("area", &new.area, LONGEST_NAME, false),
        ("words", &new.words, LONGEST_PROPOSAL, true),
    ] {
        check_text(field, text.trim(), most, needed)?;
    }
    let evidence = EvidenceId::new(clock, chance);
    tx.execute(
        "insert into phenomenon_evidence (id, phenomenon_id, kind, source, period, area, words, quality, added_on, added_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            evidence.bytes(),
            id.bytes(),
            new.kind.code(),
            new.source.trim(),
            new.period.trim(),
            new.area.trim(),
            new.words.trim(),
            new.quality.code(),
            editor.today().to_string(),
            editor.staff.bytes()
        ],
    )?;
    editor.log(tx, row, "phenomenon.evidence", id.to_string())?;
    Ok(evidence)
}

/// Adds a statement of the analysis. It stands on evidence of the same phenomenon, or it is refused (invariant f of 1.6).
///
/// # Errors
/// [`ReportError::Field`] with [`Wrong::Evidence`] when nothing stands behind it.
pub fn state_that(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    id: PhenomenonId,
    words: &str,
    evidence: &[EvidenceId],
) -> Result<StatementId, ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    still_open(tx, id)?;
    let words = words.trim();
    check_text("words", words, LONGEST_PROPOSAL, true)?;
    let known = tx.query(
        "select id from phenomenon_evidence where phenomenon_id = $1",
        &params![id.bytes()],
    )?;
    let mut behind = std::collections::BTreeSet::new();
    for row in &known {
        let one = EvidenceId::from_bytes(row.get(0)?);
        if evidence.contains(&one) {
            behind.insert(one);
        }
    }
    if behind.is_empty() || evidence.iter().any(|one| !behind.contains(one)) {
        return Err(ReportError::Field("evidence", Wrong::Evidence));
    }
    let statement = StatementId::new(clock, chance);
    tx.execute(
        "insert into phenomenon_statement (id, phenomenon_id, words, made_on, made_by) values ($1, $2, $3, $4, $5)",
        &params![
            statement.bytes(),
            id.bytes(),
            words,
            editor.today().to_string(),
            editor.staff.bytes()
        ],
    )?;
    for one in behind {
        tx.execute(
            "insert into statement_evidence (statement_id, evidence_id) values ($1, $2)",
            &params![statement.bytes(), one.bytes()],
        )?;
    }
    editor.log(tx, row, "phenomenon.statement", id.to_string())?;
    Ok(statement)
}

pub(super) fn still_open(query: &mut impl Query, id: PhenomenonId) -> Result<(), ReportError> {
    if state(query, id)? == PhenomenonState::Closed {
        return Err(ReportError::State);
    }
    Ok(())
}
