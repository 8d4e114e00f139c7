//! From counts to a table that may be shown: every cell and every sum that a reader could know of stands in one system, and
//! [`disclosure::release`] says what of it is hidden.
//!
//! Cells that are never shown (a municipality that is told with others, months told as quarters) stand in the system as hidden
//! ones: a reader who knows how the table is made must not work them out either.

use disclosure::{Refused, Released, Run};

use crate::definition::Definition;
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
    /// What was released of the same figure and year before.
    pub earlier: &'a [Earlier],
}

/// An earlier release.
#[derive(Debug, Clone)]
pub struct Earlier {
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

/// Makes the table, as fine as it may be.
///
/// # Errors
/// When nothing of it can be protected.
pub fn make(source: &Source<'_>) -> Result<Made, Refused> {
    let system = System::of(source);
    let mut kept: Option<(u8, Made)> = None;
    let mut refused = None;
    for layout in ladder(&system.finest()) {
        match disclosure::release(&system.table(&layout)) {
            Ok((released, run)) => {
                let made = Made {
                    released,
                    run,
                    layout,
                };
                let worth = worth(source.definition, &made);
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
    kept.map(|(_, made)| made)
        .ok_or_else(|| refused.unwrap_or(Refused::Unprotected(vec![total()])))
}

const BEST: u8 = 2;

/// 2: all that the county is told by; 1: its total; 0: not even that.
fn worth(definition: &Definition, made: &Made) -> u8 {
    let told = |name: &str| made.released.cell(name).count().is_some();
    if !told(&total()) {
        return 0;
    }
    let parts = definition.counted_parts();
    let whole = parts.iter().all(|part| {
        made.layout.parts.iter().any(|one| one == part) && told(&cell(ALL, ALL, part, ALL))
    });
    if whole { BEST } else { 1 }
}

/// The finest layout, then coarser ones: without ages, without parts of the areas, without times, without areas.
fn ladder(finest: &Layout) -> Vec<Layout> {
    let mut all = vec![finest.clone()];
    let mut step = |change: &dyn Fn(&mut Layout)| {
        let mut next = all.last().cloned().unwrap_or_default();
        change(&mut next);
        if all.last() != Some(&next) {
            all.push(next);
        }
    };
    step(&|layout| layout.ages.clear());
    step(&|layout| layout.area_parts = false);
    step(&|layout| layout.time_parts = false);
    step(&|layout| layout.times.clear());
    let no_areas = |layout: &mut Layout| {
        layout.areas.clear();
        layout.merged.clear();
        layout.others = false;
    };
    step(&no_areas);
    step(&|layout| layout.parts.clear());
    // The county by time may be told where its municipalities cannot.
    let mut county = finest.clone();
    county.ages.clear();
    no_areas(&mut county);
    if !all.contains(&county) {
        let place = all.len().saturating_sub(2);
        all.insert(place, county);
    }
    all
}
