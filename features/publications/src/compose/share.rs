//! Who took part, and the coming days of the yearly cycle.

use std::collections::BTreeMap;

use disclosure::{Equation, Table, release};
use kernel::time::Date;
use participation::domain::{PartError, Publication, Standing};
use participation::store::{cycle, share};
use reporting::store::{Editor, PhenomenonId};
use store::Query;
use web::Texts;

use super::NewRun;
use crate::domain::figures::{Figures, Layout, Spec};
use crate::domain::{Kind, PublishError};

/// Counts of people under this are hidden.
const THRESHOLD: u64 = 5;
/// Days of the cycle that are told at most.
const MOST_DAYS: usize = 12;

/// How many took part in the handling of each phenomenon: experts by experience, and everybody.
pub type Taken = BTreeMap<PhenomenonId, (u64, u64)>;

/// What is read of it.
#[derive(Debug, Default)]
pub struct Part {
    pub taken: Taken,
    /// Coming days of the yearly cycle, the next first.
    pub days: Vec<(Date, String)>,
    /// Phenomena of which the county asks more experts by experience before this kind is released.
    pub lacking: Vec<PhenomenonId>,
}

fn unread(error: PartError) -> PublishError {
    match error {
        PartError::Store(error) => PublishError::Store(error),
        _ => PublishError::NotFound,
    }
}

/// What the county asks before a kind is released.
///
/// # Errors
/// As the store fails.
pub fn lacking(
    query: &mut impl Query,
    kind: Kind,
    phenomena: &[PhenomenonId],
) -> Result<Vec<PhenomenonId>, PublishError> {
    let Some(kind) = Publication::from_code(kind.code()) else {
        return Ok(Vec::new());
    };
    let mut found: Vec<_> = share::lacking(query, kind, phenomena)?
        .into_iter()
        .map(|lack| lack.phenomenon)
        .collect();
    found.dedup();
    Ok(found)
}

/// Reads all of it.
///
/// # Errors
/// As the store fails.
pub fn read(
    query: &mut impl Query,
    editor: &Editor,
    phenomena: &[PhenomenonId],
    kind: Kind,
) -> Result<Part, PublishError> {
    let mut shares = share::shares(query)?;
    let taken = phenomena
        .iter()
        .filter_map(|id| {
            let share = shares.remove(id)?;
            Some((*id, (u64::from(share.experts), u64::from(share.people))))
        })
        .collect();
    let today = editor.today();
    let mut days: Vec<(Date, String)> = cycle::all(query, editor)
        .map_err(unread)?
        .iter()
        .filter(|step| step.is_kept)
        .flat_map(|step| {
            let coming = step.occurrences(today).into_iter();
            coming
                .filter(|one| matches!(one.standing, Standing::Soon | Standing::Coming))
                .map(|one| (one.on, step.written.title.clone()))
        })
        .collect();
    days.sort();
    days.truncate(MOST_DAYS);
    Ok(Part {
        taken,
        days,
        lacking: lacking(query, kind, phenomena)?,
    })
}

/// Who took part, as figures of a run; `None` when nobody did, and the title alone when it cannot be told.
pub fn figures(
    t: &Texts,
    taken: &Taken,
    phenomena: &[(PhenomenonId, &str)],
) -> Option<Result<(Figures, NewRun), String>> {
    let told: Vec<(usize, &str, (u64, u64))> = phenomena
        .iter()
        .enumerate()
        .filter_map(|(at, (id, title))| Some((at, *title, *taken.get(id)?)))
        .filter(|(_, _, (_, people))| *people > 0)
        .collect();
    if told.is_empty() {
        return None;
    }
    let title = t.get("public-publication-participation");
    let mut table = Table {
        threshold: THRESHOLD,
        cells: BTreeMap::new(),
        equations: Vec::new(),
        groups: Vec::new(),
        primary: Vec::new(),
        published: Vec::new(),
        suppressed: Vec::new(),
    };
    let mut rows = Vec::new();
    for (at, title, (experts, people)) in told {
        let [all, own, others] = ["all", "experts", "others"].map(|part| format!("{at} {part}"));
        table.cells.insert(all.clone(), people);
        table.cells.insert(own.clone(), experts.min(people));
        table
            .cells
            .insert(others.clone(), people.saturating_sub(experts));
        table.equations.push(Equation {
            total: all.clone(),
            parts: vec![own.clone(), others],
        });
        rows.push((
            title.to_owned(),
            vec![Spec::Count(all.clone()), Spec::Share(own, all)],
        ));
    }
    let Ok((released, run)) = release(&table) else {
        return Some(Err(title));
    };
    let name = "participation".to_owned();
    let layout = Layout {
        title,
        unit: t.get("public-publication-unit-people"),
        row_head: t.get("public-publication-phenomenon"),
        heads: vec![
            t.get("public-publication-people"),
            t.get("public-publication-experts-share"),
        ],
        rows,
        times: 0,
        source: t.get("public-publication-own-source"),
    };
    let figures = Figures::of_run(name.clone(), released.clone(), layout);
    let run = NewRun {
        population: name.clone(),
        name,
        released,
        run,
    };
    Some(Ok((figures, run)))
}
