//! From counts to a table that may be shown: every cell and every sum that a reader could know of stands in one system, and
//! [`disclosure::release`] says what of it is hidden.
//!
//! Cells that are never shown (a municipality that is told with others, months told as quarters) stand in the system as hidden
//! ones: a reader who knows how the table is made must not work them out either.

use disclosure::rounding::base_of;
use disclosure::{Refused, Released, Run};

use crate::definition::{Coarser, Definition, Merge};
use crate::layout::{ALL, Layout, cell, total};
use crate::period::Period;
use crate::store::count::Counted;
use crate::system::System;

/// What a table is made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub definition: &'a Definition,
    pub period: Period,
    pub counted: &'a [Counted],
    /// Codes of the county's municipalities.
    pub municipalities: &'a [&'a str],
    pub threshold: u64,
    /// Municipalities are told.
    pub areas: bool,
    /// What was released of the same figure and year before, and of those it is linked with.
    pub earlier: &'a [Earlier],
    /// By which counts are rounded where they must be: a secret of the house, or rounding could be taken back.
    pub key: [u8; 32],
}

/// An earlier release: of the same figure, or of one that counts the same people.
#[derive(Debug, Clone)]
pub struct Earlier {
    pub definition: &'static Definition,
    pub released: Released,
    pub layout: Layout,
    /// The last month that it counted, 1-12.
    pub last_month: i8,
}

/// A table that may be shown.
#[derive(Debug, Clone)]
pub struct Made {
    pub released: Released,
    pub run: Run,
    pub layout: Layout,
}

/// Makes the table, as fine as it may be: by hiding small counts, then by merging, at last by rounding, as its definition says
/// ([`Coarser`]).
///
/// # Errors
/// When nothing of it can be protected.
pub fn make(source: &Source<'_>) -> Result<Made, Refused> {
    let made = made_beside(source);
    let strict = |one: &&Earlier| one.released.threshold() >= source.threshold;
    if !matches!(made, Err(Refused::Unprotected(_)))
        || source.earlier.iter().all(|one| strict(&one))
    {
        return made;
    }
    // What was told under a lower threshold can be kept back by no table any more: this one goes by what it can keep.
    let earlier: Vec<Earlier> = source.earlier.iter().filter(strict).cloned().collect();
    made_beside(&Source {
        earlier: &earlier,
        ..*source
    })
}

/// The table beside everything that was released before.
fn made_beside(source: &Source<'_>) -> Result<Made, Refused> {
    let system = System::of(source);
    let layouts = ladder(source.definition.coarser, &system);
    let mut kept: Option<(Worth, Made)> = None;
    let mut refused = None;
    for layout in &layouts {
        let (table, known) = system.table(layout);
        match disclosure::release_knowing(&table, &known) {
            Ok((released, run)) => {
                let made = Made {
                    released,
                    run,
                    layout: layout.clone(),
                };
                let worth = Worth::of(source.definition, &made);
                if worth == BEST {
                    return Ok(made);
                }
                if kept.as_ref().is_none_or(|(other, _)| *other < worth) {
                    kept = Some((worth, made));
                }
            }
            Err(Refused::Table(error)) => return Err(Refused::Table(error)),
            Err(error) => refused = Some(error),
        }
    }
    let tells = kept.as_ref().is_some_and(|(worth, _)| worth.tells_enough());
    if !tells
        && source.definition.coarser.rounded
        && let Some(made) = rounded(source, &system, &layouts)
    {
        return Ok(made);
    }
    kept.map(|(_, made)| made)
        .ok_or_else(|| refused.unwrap_or(Refused::Unprotected(vec![total()])))
}

/// The finest layout that can be rounded; none where the total is so small that rounding would tell nothing of it.
fn rounded(source: &Source<'_>, system: &System<'_>, layouts: &[Layout]) -> Option<Made> {
    let base = base_of(source.threshold);
    layouts.iter().find_map(|layout| {
        let (mut table, known) = system.table(layout);
        // What was told before and how it has changed since is known, not told again.
        let shown = layout.shown();
        let beside = table
            .cells
            .keys()
            .filter(|name| !shown.contains(*name))
            .cloned();
        table.suppressed = beside.collect();
        let whole = table.cells.get(&total()).copied().unwrap_or(0);
        if whole < base {
            return None;
        }
        let (released, run) = disclosure::release_rounded(&table, &known, &source.key).ok()?;
        Some(Made {
            released,
            run,
            layout: layout.clone(),
        })
    })
}

/// What a table tells, the more the better; the first thing counts most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    /// 2: all that the county is told by; 1: its total; 0: not even that.
    county: u8,
    /// No more is hidden than the definition allows.
    little_hidden: bool,
    /// More than its total is told, where there is more.
    beside_total: bool,
}

const BEST: Worth = Worth {
    county: 2,
    little_hidden: true,
    beside_total: true,
};

impl Worth {
    fn of(definition: &Definition, made: &Made) -> Self {
        let told = |name: &str| made.released.cell(name).count().is_some();
        let parts = definition.counted_parts();
        let whole = parts.iter().all(|part| {
            made.layout.parts.iter().any(|one| one == part) && told(&cell(ALL, ALL, part, ALL))
        });
        let shown = made.layout.shown();
        let count = shown.iter().filter(|name| told(name)).count();
        let hidden = (shown.len() - count) * 100;
        Self {
            county: match (told(&total()), whole) {
                (false, _) => 0,
                (true, false) => 1,
                (true, true) => 2,
            },
            little_hidden: hidden <= shown.len() * usize::from(definition.coarser.most_hidden),
            beside_total: count > 1 || definition.is_total_alone(),
        }
    }

    /// Whether it is worth more than a rounded table.
    const fn tells_enough(self) -> bool {
        self.county > 0 && self.beside_total
    }
}

/// The finest layout, then coarser ones: each step of the definition on top of those before.
fn ladder(coarser: Coarser, system: &System<'_>) -> Vec<Layout> {
    let finest = system.finest();
    let mut all = vec![finest.clone()];
    for step in coarser.merges {
        let mut next = all.last().cloned().unwrap_or_default();
        take(*step, &mut next, system);
        if all.last() != Some(&next) {
            all.push(next);
        }
    }
    // The county by time may be told where its municipalities cannot.
    let mut county = finest;
    take(Merge::Ages, &mut county, system);
    take(Merge::Areas, &mut county, system);
    if coarser.merges.contains(&Merge::Areas) && !all.contains(&county) {
        let place = all.len().saturating_sub(2);
        all.insert(place, county);
    }
    all
}

fn take(step: Merge, layout: &mut Layout, system: &System<'_>) {
    match step {
        Merge::SmallParts => {
            if let Some(parts) = system.with_few_together(layout) {
                layout.parts = parts;
            }
        }
        Merge::HalfYears => {
            if let Some(halves) = system.halves(&layout.times) {
                layout.times = halves;
            }
        }
        Merge::Ages => layout.ages.clear(),
        Merge::AreaParts => layout.area_parts = false,
        Merge::TimeParts => layout.time_parts = false,
        Merge::Times => layout.times.clear(),
        Merge::Areas => {
            layout.areas.clear();
            layout.merged.clear();
            layout.others = false;
        }
        Merge::Parts => layout.parts.clear(),
    }
}
