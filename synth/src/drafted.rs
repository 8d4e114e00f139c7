//! Publications that are being written: a sheet of a phenomenon, ready to be checked, and the yearly report. None is released
//! here: a release is sealed with the key of a house, which no synthetic county has. The demo releases the sheet in its house.

use access::rights::Subject;
use kernel::chance::Chance;
use kernel::clock::ManualClock;
use kernel::language::Language;
use kernel::time::{SignedDuration, Timestamp, day};
use publications::domain::{Kind, Quarter, Section, Span};
use publications::store::write::{self, Head};
use reporting::store::{Editor, PhenomenonId, pages};
use statistics::domain::{IndicatorId, Source};
use store::WriteTx;

use crate::SynthError;
use crate::staffing::{Role, Staffing};

/// How long ago they were begun, in days.
const DAYS: i64 = 6;

/// Sotkanet's population 31.12.
const POPULATION: &str = "127";
/// How the title of the sheet's phenomenon begins.
const SHEET_OF: &str = "Vuokravel";
/// Own figures of both, as far as they have been released.
const OWN: [&str; 2] = ["contact-themes", "housing-risk"];
/// The texts of the sheet.
const SHEET: &[(Section, &str)] = &[
    (
        Section::Summary,
        "Vuokravelasta kuullaan sosiaalityössä usein vasta, kun häätö on jo vireillä. Sama on nähty monessa yksikössä ja monessa kunnassa. Kaupungin vuokrayhtiö kokeilee ilmoitusta ensimmäisestä maksamattomasta vuokrasta. Kelan vastausta odotetaan.",
    ),
    (
        Section::Interpretation,
        "Havainnot kertovat, mitä työssä ja arjessa on huomattu. Ne eivät kerro, kuinka monta ihmistä asia koskee: samasta ihmisestä voi olla monta havaintoa, ja monesta ei yhtään. Yhteydenottojen määrä riippuu myös siitä, miten helposti yhteyden saa. Tilaston luku on vanha ja näyttää suunnan, ei nykytilannetta.",
    ),
];

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
    let lines = pages::list(tx, &editor, false).map_err(refused)?;
    let phenomena: Vec<PhenomenonId> = lines.iter().map(|one| one.id).collect();
    // The one about which most is known.
    let sheet: Vec<PhenomenonId> = lines
        .iter()
        .filter(|one| one.title.starts_with(SHEET_OF))
        .map(|one| one.id)
        .take(1)
        .collect();
    // One that has figures of the whole county: a report is not checked with an empty table.
    let indicators: Vec<IndicatorId> =
        statistics::store::find_code(tx, Source::Sotkanet, POPULATION)?
            .into_iter()
            .map(|one| one.id)
            .collect();
    let last = Quarter::of(day(at)).previous();
    let first = last.previous().previous().previous();
    let span = Span::new(first, last).ok_or_else(|| refused("a year is a period"))?;
    for (kind, title, of, texts) in [
        (
            Kind::Sheet,
            "Ilmiökortti: vuokravelasta kuullaan vasta, kun häätö uhkaa",
            sheet.as_slice(),
            SHEET,
        ),
        (
            Kind::Yearly,
            "Sosiaalinen raportti",
            phenomena.as_slice(),
            &[],
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
        write::set_own(tx, &editor, at, &OWN.map(str::to_owned)).map_err(refused)?;
        for (section, words) in texts {
            write::set_section(tx, &editor, at, (*section, 0), words).map_err(refused)?;
        }
    }
    clock.set(now);
    Ok(2)
}
