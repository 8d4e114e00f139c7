//! Rounds of Bikva: four stages in their order, each an answer to those below and evidence of one phenomenon.

use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::Date;
use reporting::domain::{LONGEST_NAME, LONGEST_PROPOSAL, PhenomenonState, Quality};
use reporting::store::phenomena::{self, NewEvidence};
use reporting::store::{Editor, PhenomenonId};
use store::{Query, WriteTx, params};

use super::{EVIDENCE, NO_CLIENT, RoundId, not_future, unreadable};
use crate::domain::{BikvaStage, MOST_PEOPLE, PartError, Wrong, checked};

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub id: RoundId,
    /// As it stands now, through merges.
    pub phenomenon: PhenomenonId,
    pub title: String,
    pub opened_on: Date,
    /// The stages that are told or were skipped, from below.
    pub told: Vec<Told>,
}

impl Round {
    /// The stage whose turn it is; `None` when all four have had theirs.
    pub fn next(&self) -> Option<BikvaStage> {
        BikvaStage::ALL
            .iter()
            .copied()
            .find(|stage| self.told.iter().all(|told| told.stage != *stage))
    }
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub stage: BikvaStage,
    pub held_on: Date,
    pub people: u32,
    /// What they said; for the upper ones, of what those below had said.
    pub words: String,
    /// Why nobody was asked; empty when somebody was.
    pub skipped: String,
}

/// What a stage said, or why it was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Told { people: u32, words: String },
    Skipped { reason: String },
}

/// Opens a round on a phenomenon.
///
/// # Errors
/// [`PartError::State`] when the phenomenon is closed, [`PartError::Field`].
pub fn open(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    phenomenon: PhenomenonId,
    mut title: String,
) -> Result<RoundId, PartError> {
    let row = editor.right("publication", "edit_draft", EVIDENCE)?;
    let phenomenon = phenomena::resolve(tx, phenomenon)?;
    if phenomena::state(tx, phenomenon)? == PhenomenonState::Closed {
        return Err(PartError::State);
    }
    checked("title", &mut title, LONGEST_NAME, true)?;
    let id = RoundId::new(clock, chance);
    tx.execute(
        "insert into bikva_round (id, phenomenon_id, title, opened_on, written_by) values ($1, $2, $3, $4, $5)",
        &params![
            id.bytes(),
            phenomenon.bytes(),
            title,
            editor.today(),
            editor.staff.bytes()
        ],
    )?;
    editor.log(tx, row, "bikva.open", id.to_string())?;
    Ok(id)
}

/// Writes down what a stage said, or why it was passed over. What was said becomes evidence of the phenomenon at once.
///
/// # Errors
/// [`PartError::State`] when it is not this stage's turn or the phenomenon is closed; [`PartError::Field`].
pub fn answer(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    made: (&dyn Clock, &dyn Chance),
    (id, stage): (RoundId, BikvaStage),
    held_on: Date,
    answer: Answer,
) -> Result<(), PartError> {
    let row = editor.right("publication", "edit_draft", EVIDENCE)?;
    let round = find(tx, editor, id)?;
    if round.next() != Some(stage) {
        return Err(PartError::State);
    }
    not_future(editor, "held_on", held_on)?;
    let (people, words, skipped, evidence) = match answer {
        Answer::Skipped { mut reason } => {
            checked("skipped", &mut reason, LONGEST_PROPOSAL, true)?;
            (0, String::new(), reason, None)
        }
        Answer::Told { people, mut words } => {
            if people == 0 || people > MOST_PEOPLE {
                return Err(PartError::Field("people", Wrong::Number));
            }
            checked("words", &mut words, LONGEST_PROPOSAL, true)?;
            let new = NewEvidence {
                kind: stage.evidence(),
                source: source(&round.title, stage),
                period: held_on.to_string(),
                area: String::new(),
                words: words.clone(),
                // One group interview of its kind; the editor weighs it when a statement is made.
                quality: Quality::Moderate,
            };
            let evidence = phenomena::add_evidence(tx, editor, made, round.phenomenon, &new)?;
            (people, words, String::new(), Some(evidence.bytes()))
        }
    };
    tx.execute(
        "insert into bikva_stage (round_id, stage, held_on, people, words, skipped, evidence_id, written_by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            id.bytes(),
            stage.number(),
            held_on,
            people,
            words,
            skipped,
            evidence,
            editor.staff.bytes()
        ],
    )?;
    editor.log(tx, row, "bikva.answer", format!("{id} {}", stage.code()))?;
    Ok(())
}

/// Where the evidence is from. Finnish, as the county writes its evidence.
fn source(title: &str, stage: BikvaStage) -> String {
    let whose = match stage {
        BikvaStage::Clients => "asiakkaat",
        BikvaStage::Field => "työntekijät",
        BikvaStage::Managers => "johto",
        BikvaStage::Politicians => "päättäjät",
    };
    let kept: String = title.chars().take(LONGEST_NAME - 40).collect();
    format!("Bikva {}/4, {whose}: {}", stage.number(), kept.trim_end())
}

/// One round with its stages.
///
/// # Errors
/// [`PartError::NotFound`] without the right, or when there is none.
pub fn find(query: &mut impl Query, editor: &Editor, id: RoundId) -> Result<Round, PartError> {
    editor.right("observation", "read", GROUPED)?;
    let row = query
        .query_optional(
            "select phenomenon_id, title, opened_on from bikva_round where id = $1",
            &params![id.bytes()],
        )?
        .ok_or(PartError::NotFound)?;
    let phenomenon = phenomena::resolve(query, PhenomenonId::from_bytes(row.get(0)?))?;
    let told = query
        .query(
            "select stage, held_on, people, words, skipped from bikva_stage where round_id = $1 order by stage",
            &params![id.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(Told {
                stage: BikvaStage::from_number(row.get(0)?).ok_or_else(unreadable)?,
                held_on: row.get(1)?,
                people: row.get(2)?,
                words: row.get(3)?,
                skipped: row.get(4)?,
            })
        })
        .collect::<Result<_, PartError>>()?;
    Ok(Round {
        id,
        phenomenon,
        title: row.get(1)?,
        opened_on: row.get(2)?,
        told,
    })
}

/// What holds where only grouped observations are shown, as in reporting.
pub const GROUPED: &[&str] = &["grouped_and_redacted_only", "redact_only", "no_client_link"];

/// A line of the list of rounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: RoundId,
    pub title: String,
    pub opened_on: Date,
    /// How many stages have had their turn.
    pub stages: u8,
}

/// The rounds, the newest first. No right is asked but that to gatherings: a line tells a title and how far it has come.
///
/// # Errors
/// [`PartError::NotFound`] without the right.
pub fn list(query: &mut impl Query, editor: &Editor) -> Result<Vec<Line>, PartError> {
    editor.right("participation", "read", NO_CLIENT)?;
    let rows = query.query(
        "select r.id, r.title, r.opened_on, (select count(*) from bikva_stage s where s.round_id = r.id) from bikva_round r order by r.opened_on desc, r.id limit 100",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                id: RoundId::from_bytes(row.get(0)?),
                title: row.get(1)?,
                opened_on: row.get(2)?,
                stages: row.get(3)?,
            })
        })
        .collect()
}
