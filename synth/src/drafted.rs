//! Publications that are being written: a sheet of a phenomenon and the yearly report. None is released: a release is sealed
//! with the key of a house, which no synthetic county has.

use access::rights::Subject;
use kernel::chance::Chance;
use kernel::clock::ManualClock;
use kernel::language::Language;
use kernel::time::{SignedDuration, Timestamp, day};
use publications::domain::{Kind, Quarter, Section, Span};
use publications::store::write::{self, Head};
use reporting::store::{Editor, PhenomenonId, pages};
use statistics::domain::IndicatorId;
use store::WriteTx;

use crate::SynthError;
use crate::staffing::{Role, Staffing};

/// How long ago they were begun, in days.
const DAYS: i64 = 6;

fn refused(error: impl std::fmt::Display) -> SynthError {
    SynthError::Report(error.to_string())
}

/// Begins both; nothing when the county has no editor.
///
/// # Errors
/// When an act is refused: then a rule of the product has been broken.
pub fn begin(
    tx: &mut WriteTx<'_>,
    clock: &ManualClock,
    chance: &dyn Chance,
    staffing: &Staffing,
    now: Timestamp,
) -> Result<usize, SynthError> {
    let editor = staffing
        .all
        .iter()
        .find(|(_, _, role)| *role == Role::Structural);
    let Some((editor, _, _)) = editor else {
        return Ok(0);
    };
    let (tasks, qualifications) = Role::Structural.rights();
    let at = now - SignedDuration::from_hours(24 * DAYS);
    clock.set(at);
    let editor = Editor {
        staff: *editor,
        subject: Subject::employee(tasks, qualifications),
        now: at,
    };
    let phenomena: Vec<PhenomenonId> = pages::list(tx, &editor, false)
        .map_err(refused)?
        .into_iter()
        .map(|one| one.id)
        .collect();
    let indicators: Vec<IndicatorId> = statistics::store::list(tx)?
        .into_iter()
        .map(|one| one.id)
        .take(2)
        .collect();
    let last = Quarter::of(day(at)).previous();
    let first = last.previous().previous().previous();
    let span = Span::new(first, last).ok_or_else(|| refused("a year is a period"))?;
    let sheet = phenomena.get(..1).unwrap_or_default();
    for (kind, title, of, summary) in [
        (
            Kind::Sheet,
            "Ilmiökortti vuodelta",
            sheet,
            "Sama on nähty monessa yksikössä koko vuoden ajan. Ehdotukset on lähetetty, ja vastauksia seurataan.",
        ),
        (
            Kind::Yearly,
            "Sosiaalinen raportti",
            phenomena.as_slice(),
            "",
        ),
    ] {
        let head = Head {
            title: title.to_owned(),
            span,
            municipality: String::new(),
            unit: None,
        };
        let id = write::begin(tx, &editor, (clock, chance), (kind, Language::Fi), head)
            .map_err(refused)?;
        let at = (id, 1);
        write::set_material(tx, &editor, (at, 1), of, &indicators).map_err(refused)?;
        if !summary.is_empty() {
            write::set_section(tx, &editor, at, (Section::Summary, 0), summary).map_err(refused)?;
        }
    }
    clock.set(now);
    Ok(2)
}
