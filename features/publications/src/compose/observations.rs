//! Counts of observations of a phenomenon, through disclosure control.
//!
//! Quarters are the atoms. What is printed is every quarter and the sum of the period, or the sum alone when the quarters cannot
//! be protected, or nothing. What earlier releases have told of the same phenomenon stands in the table too: a sum that has
//! been printed cannot be hidden any more, and where a number has changed since, the difference is a count of its own.

use std::collections::{BTreeMap, BTreeSet};

use disclosure::sources::{SourceRule, Sources};
use disclosure::table::LEAST_THRESHOLD;
use disclosure::{Equation, Released, Run, Shown, Table, release};
use reporting::store::pages::{Behind, Month};

use crate::domain::{Quarter, Span};

/// What a quarter or a period is called in a table.
pub fn cell(span: Span) -> String {
    span.to_string()
}

fn quarter(at: Quarter) -> String {
    format!("{at}..{at}")
}

/// What was let through of one phenomenon.
#[derive(Debug)]
pub struct Counted {
    pub released: Released,
    pub run: Run,
    /// Quarters that are shown beside the sum; none when the sum stands alone.
    pub quarters: Vec<Quarter>,
}

/// What stands behind each quarter.
fn by_quarter(months: &BTreeMap<Month, Behind>) -> BTreeMap<Quarter, Behind> {
    let mut found: BTreeMap<Quarter, Behind> = BTreeMap::new();
    for ((year, month), behind) in months {
        found
            .entry(Quarter::of_month(*year, *month))
            .or_default()
            .join(behind);
    }
    found
}

struct Atoms<'a> {
    by_quarter: &'a BTreeMap<Quarter, Behind>,
    rule: SourceRule,
}

impl Atoms<'_> {
    fn behind(&self, span: Span) -> Behind {
        let mut all = Behind::default();
        for (_, behind) in self.by_quarter.range(span.first()..=span.last()) {
            all.join(behind);
        }
        all
    }

    fn count(&self, span: Span) -> u64 {
        self.behind(span).observations
    }

    fn may_show(&self, span: Span) -> bool {
        let behind = self.behind(span);
        self.rule.allows(Sources {
            observations: behind.observations,
            reporters: behind.writers(),
            units: behind.units(),
        })
    }
}

/// A table with its sums, being made.
struct Making<'a> {
    atoms: &'a Atoms<'a>,
    table: Table,
    printed: BTreeSet<String>,
}

impl Making<'_> {
    /// Adds a period and its sum; the quarters under it are there, printed or not.
    fn add(&mut self, span: Span) {
        let name = cell(span);
        if self.table.cells.contains_key(&name) {
            return;
        }
        self.table
            .cells
            .insert(name.clone(), self.atoms.count(span));
        if !self.atoms.may_show(span) {
            self.table.primary.push(name.clone());
        }
        if span.first() == span.last() {
            return;
        }
        for at in span.quarters() {
            if let Some(one) = Span::new(at, at) {
                self.add(one);
            }
        }
        self.table.equations.push(Equation {
            total: name,
            parts: span.quarters().into_iter().map(quarter).collect(),
        });
    }

    /// What an earlier release has told: the same count, or the difference to it.
    fn add_earlier(&mut self, (at, earlier): (usize, &Released)) {
        for (name, shown) in earlier.cells() {
            let (Shown::Count(old), Ok(span)) = (shown, name.parse::<Span>()) else {
                continue;
            };
            self.add(span);
            let now = self.atoms.count(span);
            if old == now {
                self.table.published.push(name.to_owned());
                continue;
            }
            let (told, difference) = (format!("told {at} {name}"), format!("change {at} {name}"));
            self.table.cells.insert(told.clone(), old);
            self.table
                .cells
                .insert(difference.clone(), now.abs_diff(old));
            self.table.published.push(told.clone());
            self.table.suppressed.push(difference.clone());
            let (total, part) = if now > old {
                (name.to_owned(), told)
            } else {
                (told, name.to_owned())
            };
            self.table.equations.push(Equation {
                total,
                parts: vec![part, difference],
            });
        }
    }

    /// Everything that is not printed is hidden, and what was printed with few behind it is not made worse.
    fn finished(mut self) -> Table {
        let out: BTreeSet<String> = self.table.published.iter().cloned().collect();
        let hidden: Vec<String> = self
            .table
            .cells
            .keys()
            .filter(|name| !self.printed.contains(*name) && !out.contains(*name))
            .cloned()
            .collect();
        self.table.suppressed.extend(hidden);
        self.table.suppressed.sort_unstable();
        self.table.suppressed.dedup();
        // A count that was told cannot be hidden, whatever we think of it today.
        let small = self.table.unsafe_cells();
        let bad: BTreeSet<String> = out
            .iter()
            .filter(|name| small.contains(name.as_str()))
            .cloned()
            .collect();
        self.table.published.retain(|name| !bad.contains(name));
        self.table.published.sort_unstable();
        self.table.published.dedup();
        self.table
    }
}

fn table(atoms: &Atoms<'_>, span: Span, printed: &[Span], earlier: &[Released]) -> Table {
    let mut making = Making {
        atoms,
        table: Table {
            threshold: LEAST_THRESHOLD,
            cells: BTreeMap::new(),
            equations: Vec::new(),
            groups: Vec::new(),
            primary: Vec::new(),
            published: Vec::new(),
            suppressed: Vec::new(),
        },
        printed: printed.iter().map(|one| cell(*one)).collect(),
    };
    making.add(span);
    for one in earlier.iter().enumerate() {
        making.add_earlier(one);
    }
    making.finished()
}

/// Counts the observations of a phenomenon in a period; `None` when nothing can be told of it. `earlier` are the tables that
/// earlier releases have told of the same phenomenon.
pub fn counted(
    months: &BTreeMap<Month, Behind>,
    span: Span,
    earlier: &[Released],
) -> Option<Counted> {
    let by_quarter = by_quarter(months);
    let atoms = Atoms {
        by_quarter: &by_quarter,
        rule: SourceRule::default(),
    };
    let quarters = span.quarters();
    let mut every: Vec<Span> = quarters
        .iter()
        .filter_map(|at| Span::new(*at, *at))
        .collect();
    every.push(span);
    for (printed, quarters) in [(every, quarters), (vec![span], Vec::new())] {
        let Ok((released, run)) = release(&table(&atoms, span, &printed, earlier)) else {
            continue;
        };
        let shown = |one: &Span| released.cell(&cell(*one)).count();
        // Zeros around a hidden count tell nothing but where it is.
        if printed.iter().any(|one| shown(one) > Some(0)) || shown(&span).is_some() {
            return Some(Counted {
                released,
                run,
                quarters,
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Months with so many observations, each of another writer, by turns of two units.
    fn months(counts: &[(i16, i8, u8)]) -> BTreeMap<Month, Behind> {
        let mut found = BTreeMap::new();
        let mut writer = 0_u8;
        for (year, month, count) in counts {
            let mut behind = Behind::default();
            for _ in 0..*count {
                writer += 1;
                behind.join(&Behind::of(1, Some([writer; 16]), Some([writer % 2; 16])));
            }
            found.insert((*year, *month), behind);
        }
        found
    }

    fn span(text: &str) -> Span {
        text.parse().expect("a span")
    }

    #[test]
    fn many_are_told_and_few_are_not() {
        let year = span("2026-1..2026-4");
        let told = counted(
            &months(&[(2026, 1, 9), (2026, 4, 8), (2026, 7, 7), (2026, 12, 6)]),
            year,
            &[],
        )
        .expect("told");
        assert_eq!(told.released.cell("2026-1..2026-1"), Shown::Count(9));
        assert_eq!(told.released.cell("2026-1..2026-4"), Shown::Count(30));
        let few = counted(&months(&[(2026, 1, 2)]), year, &[]);
        assert!(few.is_none(), "{few:?}");
        let none = counted(&BTreeMap::new(), year, &[]).expect("none at all may be told");
        assert_eq!(none.released.cell("2026-1..2026-4"), Shown::Count(0));
    }

    #[test]
    fn a_small_quarter_is_hidden_with_another_so_that_the_sum_does_not_tell_it() {
        let year = span("2026-1..2026-4");
        let told = counted(
            &months(&[(2026, 1, 9), (2026, 4, 8), (2026, 7, 7), (2026, 12, 1)]),
            year,
            &[],
        )
        .expect("told");
        let quarters: Vec<Shown> = (1..=4)
            .map(|part| told.released.cell(&format!("2026-{part}..2026-{part}")))
            .collect();
        assert_eq!(quarters[3], Shown::Hidden);
        let hidden = quarters.iter().filter(|one| **one == Shown::Hidden).count();
        assert!(hidden >= 2, "{quarters:?}");
    }

    #[test]
    fn one_writer_is_not_many_observations() {
        let behind = Behind::of(9, Some([1; 16]), Some([1; 16]));
        let one = BTreeMap::from([((2026, 1), behind)]);
        assert!(counted(&one, span("2026-1..2026-4"), &[]).is_none());
    }

    #[test]
    fn what_was_told_before_is_not_told_apart_by_a_second_report() {
        // The first half was told; the whole year minus the half is a quarter with one observation.
        let half = span("2026-1..2026-2");
        let now = months(&[(2026, 1, 9), (2026, 4, 8), (2026, 7, 1)]);
        let first = counted(&now, half, &[]).expect("told");
        let longer = span("2026-1..2026-3");
        let second = counted(&now, longer, std::slice::from_ref(&first.released));
        let sum = second
            .as_ref()
            .map_or(Shown::Hidden, |one| one.released.cell("2026-1..2026-3"));
        assert_eq!(sum, Shown::Hidden, "it would tell the last quarter");
        let alone = counted(&now, longer, &[]).expect("told");
        assert_ne!(alone.released.cell("2026-1..2026-3"), Shown::Hidden);
    }

    #[test]
    fn one_observation_more_than_last_time_is_not_told_by_the_difference() {
        let half = span("2026-1..2026-2");
        let first = counted(&months(&[(2026, 1, 9), (2026, 4, 8)]), half, &[]).expect("told");
        let later = months(&[(2026, 1, 9), (2026, 4, 9)]);
        let second = counted(&later, half, std::slice::from_ref(&first.released));
        let sum = second
            .as_ref()
            .map_or(Shown::Hidden, |one| one.released.cell("2026-1..2026-2"));
        assert_eq!(sum, Shown::Hidden);
        let same = counted(
            &months(&[(2026, 1, 9), (2026, 4, 8)]),
            half,
            std::slice::from_ref(&first.released),
        )
        .expect("the same again");
        assert_eq!(same.released.cell("2026-1..2026-2"), Shown::Count(17));
    }
}
