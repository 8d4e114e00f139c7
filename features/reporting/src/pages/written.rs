//! The fields of an observation, alike for everybody who writes one.

use kernel::language::Language;
use kernel::place;
use web::{Choice, Form, House, Texts};

use super::labels;
use crate::domain::{
    Cause, Frequency, LONGEST, LONGEST_WISH, People, ReportError, ReporterKind, Theme, Valence,
    Written, Wrong,
};

/// What may be chosen on the form.
pub struct Options {
    pub valences: Vec<Choice>,
    /// Empty where the capacity is known.
    pub kinds: Vec<Choice>,
    pub municipalities: Vec<Choice>,
    pub themes: Vec<Choice>,
    pub frequencies: Vec<Choice>,
    pub people: Vec<Choice>,
    /// Words of the trade, for the staff alone.
    pub causes: Vec<Choice>,
    pub needs: Vec<Choice>,
    /// Something of the optional part is filled or wrong, so it stands open.
    pub open: bool,
}

const OPTIONAL: [&str; 9] = [
    "kind",
    "area",
    "theme",
    "frequency",
    "people",
    "cause",
    "need",
    "proposal",
    "wished",
];

impl Options {
    pub fn new(house: &House, t: &Texts, form: &Form, staff: bool) -> Self {
        let (causes, needs, kinds) = if staff {
            (labels::causes(t), labels::needs(t), Vec::new())
        } else {
            let mut kinds = labels::kinds(t);
            kinds.retain(|one| one.value != ReporterKind::Professional.code());
            (Vec::new(), Vec::new(), kinds)
        };
        Self {
            valences: labels::valences(t),
            kinds,
            municipalities: labels::municipalities(&house.county.code, t.language()),
            themes: labels::themes(t),
            frequencies: labels::frequencies(t),
            people: labels::peoples(t),
            causes,
            needs,
            open: OPTIONAL
                .iter()
                .any(|name| form.text(name).is_some() || !form.message(t, name).is_empty()),
        }
    }
}

/// A code of a field that may be left empty; an unknown one is marked.
fn chosen<T>(form: &mut Form, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let code = form.text(name)?.to_owned();
    let value = read(&code);
    if value.is_none() {
        form.error(name, super::said(Wrong::Choice));
    }
    value
}

/// Reads the form; `None` when something is wrong, and then it is marked.
pub fn read(form: &mut Form, county: &str, language: Language, staff: bool) -> Option<Written> {
    let body = form.require("body", "public-observation-body-missing", LONGEST);
    let valence = chosen(form, "valence", Valence::from_code);
    if form.text("valence").is_none() {
        form.error("valence", "public-observation-valence-missing");
    }
    let kind = if staff {
        Some(ReporterKind::Professional)
    } else {
        // Whoever tells nothing of herself is a resident.
        let told = chosen(form, "kind", |code| {
            ReporterKind::from_code(code).filter(|kind| *kind != ReporterKind::Professional)
        });
        told.or(Some(ReporterKind::Resident))
    };
    let municipality = chosen(form, "area", |code| {
        place::municipalities_of(county)
            .iter()
            .any(|one| one.code == code)
            .then(|| code.to_owned())
    });
    let mut themes = Vec::new();
    for code in form.values("theme").to_vec() {
        match Theme::from_code(&code) {
            Some(theme) => themes.push(theme),
            None => form.error("theme", super::said(Wrong::Choice)),
        }
    }
    let frequency = chosen(form, "frequency", Frequency::from_code);
    let people = chosen(form, "people", People::from_code);
    let cause = chosen(form, "cause", Cause::from_code);
    let proposal = form.optional("proposal", LONGEST_WISH).unwrap_or_default();
    let wished = form.optional("wished", LONGEST_WISH).unwrap_or_default();
    if form.has_errors() {
        return None;
    }
    let written = Written {
        kind: kind?,
        language,
        valence: valence?,
        body,
        municipality,
        themes,
        needs: if staff {
            form.values("need").to_vec()
        } else {
            Vec::new()
        },
        frequency,
        people,
        cause: cause.filter(|_| staff),
        proposal,
        wished,
    };
    match written.checked() {
        Ok(written) => Some(written),
        Err(ReportError::Field(field, wrong)) => {
            let key = match (field, wrong) {
                ("theme", Wrong::Long) => "public-observation-theme-many",
                _ => super::said(wrong),
            };
            form.error(field, key);
            None
        }
        Err(_) => None,
    }
}
