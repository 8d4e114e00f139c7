//! The part of experts by experience: read by other rooms, and asked for where the county says so.

use std::collections::{BTreeMap, BTreeSet};

use kernel::time::Date;
use reporting::store::{Editor, PhenomenonId};
use store::{Query, StoreError, WriteTx, params};

use super::unreadable;
use crate::domain::{BikvaStage, PartError, Publication, Stage, Wrong};

/// A smaller number than this is told to the public only as "fewer than": 1-4 people of a small place are soon known.
pub const FEW: u32 = 5;

/// How many took part in the handling of a phenomenon. Numbers only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// By stage; a stage in which nobody took part is not there.
    pub stages: BTreeMap<Stage, Count>,
    /// Everybody who came, each gathering once.
    pub people: u32,
    /// Of them experts by experience and developer clients; of a round of Bikva the clients who were asked.
    pub experts: u32,
}

/// How many took part in one stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub gatherings: u32,
    pub people: u32,
    pub experts: u32,
}

/// A number as it may be told to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Nobody,
    /// 1-4.
    Few,
    Number(u32),
}

impl Told {
    /// A number of people as it may be told to anybody.
    pub const fn of(number: u32) -> Self {
        match number {
            0 => Self::Nobody,
            few if few < FEW => Self::Few,
            number => Self::Number(number),
        }
    }
}

impl Share {
    /// Experts by experience of all who came, in whole percent; `None` when nobody came.
    pub fn percent(&self) -> Option<u32> {
        (self.people > 0).then(|| (self.experts * 100 + self.people / 2) / self.people)
    }

    fn add(&mut self, stage: Stage, count: Count) {
        let own = self.stages.entry(stage).or_default();
        own.gatherings += count.gatherings;
        own.people += count.people;
        own.experts += count.experts;
    }
}

/// Who took part in the handling of a phenomenon, and of those that were merged into it. No right is asked: the numbers
/// stand on the phenomenon, its analysis and its publications.
///
/// # Errors
/// When the engine fails.
pub fn share(query: &mut impl Query, phenomenon: PhenomenonId) -> Result<Share, StoreError> {
    Ok(shares(query)?.remove(&phenomenon).unwrap_or_default())
}

/// The same of every phenomenon in which somebody took part, in three statements whatever their number.
///
/// # Errors
/// When the engine fails.
pub fn shares(query: &mut impl Query) -> Result<BTreeMap<PhenomenonId, Share>, StoreError> {
    let mut merged: BTreeMap<[u8; 16], [u8; 16]> = BTreeMap::new();
    for row in &query.query(
        "select id, merged_into from phenomenon where merged_into is not null",
        &[],
    )? {
        merged.insert(row.get(0)?, row.get(1)?);
    }
    let now = |mut id: [u8; 16]| {
        // Never more steps than there are merges, so that a circle ends too.
        for _ in 0..=merged.len() {
            match merged.get(&id) {
                Some(into) => id = *into,
                None => break,
            }
        }
        PhenomenonId::from_bytes(id)
    };
    let mut shares: BTreeMap<PhenomenonId, Share> = BTreeMap::new();
    let mut counted = BTreeSet::new();
    let mut linked = BTreeSet::new();
    for row in &query.query(
        "select l.phenomenon_id, l.stage, g.id, g.people, g.experts, g.developers from gathering_phenomenon l join gathering g on g.id = l.gathering_id where g.state = 'held'",
        &[],
    )? {
        let (phenomenon, gathering) = (now(row.get(0)?), row.get::<[u8; 16]>(2)?);
        let stage = Stage::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?;
        let (people, experts): (u32, u32) = (row.get(3)?, row.get::<u32>(4)? + row.get::<u32>(5)?);
        let share = shares.entry(phenomenon).or_default();
        if linked.insert((phenomenon, gathering, stage)) {
            share.add(stage, Count { gatherings: 1, people, experts });
        }
        if counted.insert((phenomenon, gathering)) {
            share.people += people;
            share.experts += experts;
        }
    }
    for row in &query.query(
        "select r.phenomenon_id, s.stage, s.people from bikva_stage s join bikva_round r on r.id = s.round_id where s.skipped = ''",
        &[],
    )? {
        let stage = BikvaStage::from_number(row.get(1)?).ok_or_else(unreadable)?;
        let people: u32 = row.get(2)?;
        let experts = if stage == BikvaStage::Clients { people } else { 0 };
        let share = shares.entry(now(row.get(0)?)).or_default();
        share.add(stage.participation(), Count { gatherings: 1, people, experts });
        share.people += people;
        share.experts += experts;
    }
    Ok(shares)
}

/// What the county asks before a publication of a kind is released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub kind: Publication,
    pub stage: Stage,
    /// So many experts by experience at least.
    pub least: u32,
}

/// A phenomenon of which the county asks more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    pub phenomenon: PhenomenonId,
    pub stage: Stage,
    pub least: u32,
    /// How many there were.
    pub there: u32,
}

/// The rules, by kind and stage.
///
/// # Errors
/// When the engine fails.
pub fn rules(query: &mut impl Query) -> Result<Vec<Rule>, StoreError> {
    query
        .query(
            "select kind, stage, least from participation_rule order by kind, stage",
            &[],
        )?
        .iter()
        .map(|row| {
            Ok(Rule {
                kind: Publication::from_code(&row.get::<String>(0)?).ok_or_else(unreadable)?,
                stage: Stage::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
                least: row.get(2)?,
            })
        })
        .collect()
}

/// What is lacking before a publication of a kind about these phenomena may be released; empty when nothing is. The release
/// of a publication asks this in its own transaction.
///
/// # Errors
/// When the engine fails.
pub fn lacking(
    query: &mut impl Query,
    kind: Publication,
    phenomena: &[PhenomenonId],
) -> Result<Vec<Lack>, StoreError> {
    let rules = rules(query)?;
    let shares = shares(query)?;
    let mut lacks = Vec::new();
    for phenomenon in phenomena {
        for rule in rules.iter().filter(|rule| rule.kind == kind) {
            let there = shares
                .get(phenomenon)
                .and_then(|share| share.stages.get(&rule.stage))
                .map_or(0, |count| count.experts);
            if there < rule.least {
                lacks.push(Lack {
                    phenomenon: *phenomenon,
                    stage: rule.stage,
                    least: rule.least,
                    there,
                });
            }
        }
    }
    Ok(lacks)
}

/// Most experts that a rule may ask for.
pub const MOST_ASKED: u32 = 50;

/// Sets what the county asks; all rules at once.
///
/// # Errors
/// [`PartError::NotFound`] for somebody who does not keep the county's settings, [`PartError::Field`] for a number that no
/// panel reaches.
pub fn set_rules(tx: &mut WriteTx<'_>, editor: &Editor, rules: &[Rule]) -> Result<(), PartError> {
    let row = editor.right("participation_rule", "edit_draft", super::NO_DATA)?;
    if rules
        .iter()
        .any(|rule| rule.least == 0 || rule.least > MOST_ASKED)
    {
        return Err(PartError::Field("least", Wrong::Number));
    }
    let today: Date = editor.today();
    tx.execute("delete from participation_rule", &[])?;
    for rule in rules {
        tx.execute(
            "insert into participation_rule (kind, stage, least, changed_on, changed_by) values ($1, $2, $3, $4, $5)",
            &params![
                rule.kind.code(),
                rule.stage.code(),
                rule.least,
                today,
                editor.staff.bytes()
            ],
        )?;
    }
    let told: Vec<_> = rules
        .iter()
        .map(|rule| format!("{}:{}:{}", rule.kind.code(), rule.stage.code(), rule.least))
        .collect();
    editor.log(tx, row, "participation.rule", told.join(" "))?;
    Ok(())
}
