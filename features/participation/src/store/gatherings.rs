//! Gatherings: planned, held, told back.

use std::collections::BTreeMap;

use identity::people::StaffId;
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::language::Language;
use kernel::time::Date;
use reporting::domain::{LONGEST_PROPOSAL, Theme};
use reporting::store::{Editor, PhenomenonId, phenomena, themes};
use store::{Query, Row, StoreError, WriteTx, params};

use super::{GatheringId, NO_CLIENT, OWN, changed, not_future, unreadable};
use crate::domain::{
    Kind, Outcome, PartError, Plan, Planned, Reward, Stage, State, Wrong, checked,
};

/// Most gatherings of a list.
const MOST: usize = 300;

/// A gathering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    pub id: GatheringId,
    pub planned: Planned,
    pub state: State,
    /// What came of it, once it was held.
    pub outcome: Option<Outcome>,
    /// When and how those who came were told what became of it.
    pub told: Option<(Date, String)>,
    pub written_by: StaffId,
    pub revision: i64,
}

const GATHERING: &str = "select id, kind, title, language, place, municipality, held_on, hours, is_open, held_by, state, plan_what, plan_many, plan_how, plan_when, plan_collects, plan_sums_up, plan_results, plan_told, people, experts, developers, reward, notes, outcome, told_on, told_how, written_by, revision from gathering";

fn from_row(row: &Row) -> Result<Gathering, StoreError> {
    let people: Option<u32> = row.get(19)?;
    let municipality: String = row.get(5)?;
    let outcome = match people {
        None => None,
        Some(people) => Some(Outcome {
            people,
            experts: row.get(20)?,
            developers: row.get(21)?,
            reward: Reward::from_code(&row.get::<String>(22)?),
            notes: row.get(23)?,
            outcome: row.get(24)?,
        }),
    };
    let told = match row.get::<Option<Date>>(25)? {
        None => None,
        Some(on) => Some((on, row.get(26)?)),
    };
    Ok(Gathering {
        id: GatheringId::from_bytes(row.get(0)?),
        planned: Planned {
            kind: Kind::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
            title: row.get(2)?,
            language: Language::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
            place: row.get(4)?,
            municipality: Some(municipality).filter(|code| !code.is_empty()),
            held_on: row.get(6)?,
            hours: row.get(7)?,
            is_open: row.get(8)?,
            held_by: row.get(9)?,
            themes: Vec::new(),
            plan: Plan {
                what: row.get(11)?,
                many: row.get(12)?,
                how: row.get(13)?,
                when: row.get(14)?,
                collects: row.get(15)?,
                sums_up: row.get(16)?,
                results: row.get(17)?,
                told: row.get(18)?,
            },
        },
        state: State::from_code(&row.get::<String>(10)?).ok_or_else(unreadable)?,
        outcome,
        told,
        written_by: StaffId::from_bytes(row.get(27)?),
        revision: row.get(28)?,
    })
}

/// Whether she may change it: she wrote it, or she takes what was said further.
///
/// # Errors
/// [`PartError::NotFound`] when she may not.
pub fn right_to_change(
    editor: &Editor,
    one: &Gathering,
) -> Result<&'static access::rights::Row, PartError> {
    let given = if one.written_by == editor.staff {
        OWN
    } else {
        NO_CLIENT
    };
    Ok(editor.right("participation", "edit_draft", given)?)
}

/// Writes a gathering down.
///
/// # Errors
/// [`PartError::Field`], or [`PartError::NotFound`] without the right.
pub fn write(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    planned: Planned,
) -> Result<GatheringId, PartError> {
    let row = editor.right("participation", "create", NO_CLIENT)?;
    let new = known(tx, editor, planned.checked()?)?;
    let id = GatheringId::new(clock, chance);
    tx.execute(
        "insert into gathering (id, kind, title, language, place, municipality, held_on, hours, is_open, held_by, state, plan_what, plan_many, plan_how, plan_when, plan_collects, plan_sums_up, plan_results, plan_told, reward, notes, outcome, told_how, written_on, written_by, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'planned', $11, $12, $13, $14, $15, $16, $17, $18, '', '', '', '', $19, $20, 1)",
        &params![
            id.bytes(),
            new.kind.code(),
            new.title.as_str(),
            own_language(new.language),
            new.place.as_str(),
            new.municipality.as_deref().unwrap_or_default(),
            new.held_on,
            new.hours.as_str(),
            new.is_open,
            new.held_by.as_str(),
            new.plan.what.as_str(),
            new.plan.many.as_str(),
            new.plan.how.as_str(),
            new.plan.when.as_str(),
            new.plan.collects.as_str(),
            new.plan.sums_up.as_str(),
            new.plan.results.as_str(),
            new.plan.told.as_str(),
            editor.today(),
            editor.staff.bytes()
        ],
    )?;
    set_themes(tx, id, &new.themes)?;
    editor.log(tx, row, "gathering.write", id.to_string())?;
    Ok(id)
}

/// The same, when the county knows its themes.
fn known(query: &mut impl Query, editor: &Editor, new: Planned) -> Result<Planned, PartError> {
    let themes = themes::on(query, editor.today())?;
    if new.themes.iter().any(|one| themes.get(one).is_none()) {
        return Err(PartError::Field("theme", Wrong::Choice));
    }
    Ok(new)
}

/// Easy Finnish is Finnish here: the text is the writer's own.
const fn own_language(language: Language) -> &'static str {
    match language {
        Language::Fi | Language::Easy => "fi",
        Language::Sv => "sv",
        Language::En => "en",
    }
}

/// Changes what was planned.
///
/// # Errors
/// As [`write`]; [`PartError::State`] when it was cancelled, [`PartError::Changed`] when another was faster.
pub fn change(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (GatheringId, i64),
    planned: Planned,
) -> Result<(), PartError> {
    let row = changeable(tx, editor, id)?.0;
    let new = known(tx, editor, planned.checked()?)?;
    let touched = tx.execute(
        "update gathering set kind = $3, title = $4, place = $5, municipality = $6, held_on = $7, hours = $8, is_open = $9, held_by = $10, plan_what = $11, plan_many = $12, plan_how = $13, plan_when = $14, plan_collects = $15, plan_sums_up = $16, plan_results = $17, plan_told = $18, revision = revision + 1 where id = $1 and revision = $2",
        &params![
            id.bytes(),
            revision,
            new.kind.code(),
            new.title.as_str(),
            new.place.as_str(),
            new.municipality.as_deref().unwrap_or_default(),
            new.held_on,
            new.hours.as_str(),
            new.is_open,
            new.held_by.as_str(),
            new.plan.what.as_str(),
            new.plan.many.as_str(),
            new.plan.how.as_str(),
            new.plan.when.as_str(),
            new.plan.collects.as_str(),
            new.plan.sums_up.as_str(),
            new.plan.results.as_str(),
            new.plan.told.as_str()
        ],
    )?;
    changed(tx, "gathering", id.bytes(), touched)?;
    set_themes(tx, id, &new.themes)?;
    editor.log(tx, row, "gathering.change", id.to_string())?;
    Ok(())
}

/// The row that lets her change a gathering that was not cancelled.
pub(super) fn changeable(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    id: GatheringId,
) -> Result<(&'static access::rights::Row, Gathering), PartError> {
    let one = bare(tx, id)?;
    let row = right_to_change(editor, &one)?;
    if one.state == State::Cancelled {
        return Err(PartError::State);
    }
    Ok((row, one))
}

fn set_themes(tx: &mut WriteTx<'_>, id: GatheringId, themes: &[Theme]) -> Result<(), StoreError> {
    tx.execute(
        "delete from gathering_theme where gathering_id = $1",
        &params![id.bytes()],
    )?;
    for theme in themes {
        tx.execute(
            "insert into gathering_theme (gathering_id, theme) values ($1, $2)",
            &params![id.bytes(), theme.code()],
        )?;
    }
    Ok(())
}

/// Writes down what came of it; a correction writes it again.
///
/// # Errors
/// [`PartError::Field`] with `held_on` when its day is still to come; [`PartError::Changed`].
pub fn hold(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (GatheringId, i64),
    outcome: Outcome,
) -> Result<(), PartError> {
    let (row, one) = changeable(tx, editor, id)?;
    not_future(editor, "outcome", one.planned.held_on)?;
    let outcome = outcome.checked()?;
    let touched = tx.execute(
        "update gathering set state = 'held', people = $3, experts = $4, developers = $5, reward = $6, notes = $7, outcome = $8, revision = revision + 1 where id = $1 and revision = $2",
        &params![
            id.bytes(),
            revision,
            outcome.people,
            outcome.experts,
            outcome.developers,
            outcome.reward.map_or("", Reward::code),
            outcome.notes.as_str(),
            outcome.outcome.as_str()
        ],
    )?;
    changed(tx, "gathering", id.bytes(), touched)?;
    editor.log(tx, row, "gathering.hold", id.to_string())?;
    Ok(())
}

/// Cancels one that was not held.
///
/// # Errors
/// [`PartError::State`] when it was held or cancelled already, [`PartError::Changed`].
pub fn cancel(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (GatheringId, i64),
) -> Result<(), PartError> {
    let (row, one) = changeable(tx, editor, id)?;
    if one.state != State::Planned {
        return Err(PartError::State);
    }
    let touched = tx.execute(
        "update gathering set state = 'cancelled', revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), revision],
    )?;
    changed(tx, "gathering", id.bytes(), touched)?;
    editor.log(tx, row, "gathering.cancel", id.to_string())?;
    Ok(())
}

/// Writes down when and how those who came were told what became of it.
///
/// # Errors
/// [`PartError::State`] before it was held, [`PartError::Field`], [`PartError::Changed`].
pub fn tell(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (GatheringId, i64),
    on: Date,
    mut how: String,
) -> Result<(), PartError> {
    let (row, one) = changeable(tx, editor, id)?;
    if one.state != State::Held {
        return Err(PartError::State);
    }
    not_future(editor, "told_on", on)?;
    if on < one.planned.held_on {
        return Err(PartError::Field("told_on", Wrong::Past));
    }
    checked("told_how", &mut how, LONGEST_PROPOSAL, true)?;
    let touched = tx.execute(
        "update gathering set told_on = $3, told_how = $4, revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), revision, on, how],
    )?;
    changed(tx, "gathering", id.bytes(), touched)?;
    editor.log(tx, row, "gathering.tell", id.to_string())?;
    Ok(())
}

/// Ties it to a phenomenon: people took part in this stage of its handling.
///
/// # Errors
/// [`PartError::State`] when the phenomenon is closed, [`PartError::NotFound`] when there is none.
pub fn link(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    id: GatheringId,
    phenomenon: PhenomenonId,
    stage: Stage,
) -> Result<(), PartError> {
    let row = changeable(tx, editor, id)?.0;
    if phenomena::state(tx, phenomenon)? == reporting::domain::PhenomenonState::Closed {
        return Err(PartError::State);
    }
    // Said twice it is one.
    tx.execute(
        "insert into gathering_phenomenon (gathering_id, phenomenon_id, stage, linked_on) values ($1, $2, $3, $4) on conflict do nothing",
        &params![id.bytes(), phenomenon.bytes(), stage.code(), editor.today()],
    )?;
    editor.log(tx, row, "gathering.link", format!("{id} {phenomenon}"))?;
    Ok(())
}

/// A gathering without its themes, without a question of rights.
pub(super) fn bare(query: &mut impl Query, id: GatheringId) -> Result<Gathering, PartError> {
    let row = query.query_optional(&format!("{GATHERING} where id = $1"), &params![id.bytes()])?;
    Ok(from_row(&row.ok_or(PartError::NotFound)?)?)
}

/// One gathering.
///
/// # Errors
/// [`PartError::NotFound`] without the right, or when there is none.
pub fn find(
    query: &mut impl Query,
    editor: &Editor,
    id: GatheringId,
) -> Result<Gathering, PartError> {
    editor.right("participation", "read", NO_CLIENT)?;
    let mut one = bare(query, id)?;
    let rows = query.query(
        "select theme from gathering_theme where gathering_id = $1 order by theme",
        &params![id.bytes()],
    )?;
    for row in &rows {
        let theme = Theme::from_code(&row.get::<String>(0)?).ok_or_else(unreadable)?;
        one.planned.themes.push(theme);
    }
    Ok(one)
}

/// A phenomenon that a gathering was about, as it is called now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    pub phenomenon: PhenomenonId,
    pub title: String,
    pub stage: Stage,
}

/// What a gathering was about.
///
/// # Errors
/// [`PartError::NotFound`] without the right.
pub fn links(
    query: &mut impl Query,
    editor: &Editor,
    id: GatheringId,
) -> Result<Vec<Linked>, PartError> {
    editor.right("participation", "read", NO_CLIENT)?;
    let rows = query.query(
        "select l.phenomenon_id, p.title, l.stage from gathering_phenomenon l join phenomenon p on p.id = l.phenomenon_id where l.gathering_id = $1 order by p.title, l.stage",
        &params![id.bytes()],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Linked {
                phenomenon: PhenomenonId::from_bytes(row.get(0)?),
                title: row.get(1)?,
                stage: Stage::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?,
            })
        })
        .collect()
}

/// Which gatherings a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Planned, the next first; those whose day has passed wait for their outcome and stand first.
    Coming,
    /// Held, the newest first.
    Held,
    /// Cancelled, the newest first.
    Cancelled,
}

/// Gatherings, each with its themes, in two statements.
///
/// # Errors
/// [`PartError::NotFound`] without the right.
pub fn list(
    query: &mut impl Query,
    editor: &Editor,
    shown: Shown,
    kind: Option<Kind>,
) -> Result<Vec<Gathering>, PartError> {
    editor.right("participation", "read", NO_CLIENT)?;
    let (state, order) = match shown {
        Shown::Coming => (State::Planned, "held_on, id"),
        Shown::Held => (State::Held, "held_on desc, id"),
        Shown::Cancelled => (State::Cancelled, "held_on desc, id"),
    };
    let kind = kind.map_or("", Kind::code);
    let rows = query.query(
        &format!(
            "{GATHERING} where state = $1 and ($2 = '' or kind = $2) order by {order} limit {MOST}"
        ),
        &params![state.code(), kind],
    )?;
    themed(query, &rows, state)
}

/// Open gatherings that are still to come, for the public list: no right is asked, because anybody may come.
///
/// # Errors
/// When the engine fails.
pub fn open_to_all(query: &mut impl Query, today: Date) -> Result<Vec<Gathering>, PartError> {
    let rows = query.query(
        &format!("{GATHERING} where state = 'planned' and is_open = 1 and held_on >= $1 order by held_on, hours, id limit {MOST}"),
        &params![today],
    )?;
    themed(query, &rows, State::Planned)
}

fn themed(query: &mut impl Query, rows: &[Row], state: State) -> Result<Vec<Gathering>, PartError> {
    let mut themes: BTreeMap<[u8; 16], Vec<Theme>> = BTreeMap::new();
    let of = query.query(
        "select t.gathering_id, t.theme from gathering_theme t join gathering g on g.id = t.gathering_id where g.state = $1 order by t.theme",
        &params![state.code()],
    )?;
    for row in &of {
        let theme = Theme::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?;
        themes.entry(row.get(0)?).or_default().push(theme);
    }
    rows.iter()
        .map(|row| {
            let mut one = from_row(row)?;
            one.planned.themes = themes.remove(&one.id.bytes()).unwrap_or_default();
            Ok(one)
        })
        .collect()
}
