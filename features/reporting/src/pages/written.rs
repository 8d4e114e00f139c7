//! The fields of an observation, alike for everybody who writes one.

use axum::http::StatusCode;
use kernel::language::Language;
use kernel::place;
use web::{Choice, Failure, Form, House, Texts};

use super::labels;
use super::named::Names;
use super::once::{Asking, Once};
use super::reading::Reader;
use crate::domain::{
    Cause, Frequency, LONGEST, LONGEST_WISH, People, ReportError, ReporterKind, Themes, Valence,
    Written, Wrong,
};
use crate::store::themes;

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

/// The hidden field that says that the writer has looked once more.
const LOOKED: &str = "looked";

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
    pub fn new(house: &House, t: &Texts, form: &Form, staff: bool, look: &Look) -> Self {
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
            themes: look.choices(t),
            frequencies: labels::frequencies(t),
            people: labels::peoples(t),
            causes,
            needs,
            open: !look.suggested.is_empty()
                || OPTIONAL
                    .iter()
                    .any(|name| form.text(name).is_some() || !form.message(t, name).is_empty()),
        }
    }
}

/// What is shown with the form beside its fields: the county's themes, and what the text was found to hold.
#[derive(Default)]
pub struct Look {
    pub themes: Themes,
    /// Codes of themes that the text speaks for, and the words it does so with.
    pub suggested: Vec<(String, String)>,
    /// Places where somebody may be recognised.
    pub once: Once,
    /// The text was looked at: sent again, it goes.
    pub looked: bool,
}

impl Look {
    /// The themes as they stand today.
    pub async fn now(house: &House) -> Result<Self, Failure> {
        let today = house.today();
        let themes = house.store.read(move |tx| themes::on(tx, today)).await?;
        Ok(Self {
            themes,
            ..Self::default()
        })
    }

    /// Themes to choose from; those that the text speaks for come first and say why.
    fn choices(&self, t: &Texts) -> Vec<Choice> {
        let mut all = labels::themes(t, &self.themes);
        let place = |one: &Choice| {
            self.suggested
                .iter()
                .position(|(code, _)| *code == one.value)
        };
        all.sort_by_key(|one| place(one).unwrap_or(usize::MAX));
        for one in &mut all {
            if let Some((_, words)) = place(one).and_then(|at| self.suggested.get(at)) {
                one.hint = t.with(
                    "public-observation-suggested",
                    &[("words", words.as_str().into())],
                );
            }
        }
        all
    }

    /// Looks through what was written before it is sent. What surely tells who somebody is, is refused at its field; `true` when the
    /// writer is to look once more: something may tell who somebody is, or themes are suggested and none was chosen.
    ///
    /// # Errors
    /// When the thread fails that looks through the texts.
    pub async fn through(
        &mut self,
        house: &House,
        t: &Texts,
        form: &mut Form,
        written: &Written,
    ) -> Result<bool, Failure> {
        let fields = vec![
            Asking::new("body", t.get("public-observation-body"), &written.body),
            Asking::new(
                "proposal",
                t.get("public-observation-proposal"),
                &written.proposal,
            ),
            Asking::new(
                "wished",
                t.get("public-observation-wished"),
                &written.wished,
            ),
        ];
        self.once = Once::through(house, t, form, fields).await?;
        if form.has_errors() {
            return Ok(true);
        }
        if form.value(LOOKED).is_empty() && written.themes.is_empty() {
            self.suggested = suggested(house, written, &self.themes).await?;
        }
        self.looked = true;
        Ok(self.once.asks() || !self.suggested.is_empty())
    }
}

/// Themes that a text speaks for, with the words it does so with.
async fn suggested(
    house: &House,
    written: &Written,
    themes: &Themes,
) -> Result<Vec<(String, String)>, Failure> {
    let (house, themes) = (house.clone(), themes.clone());
    let (language, body) = (written.language, written.body.clone());
    // Every word is looked up: not on the thread that answers.
    let found =
        tokio::task::spawn_blocking(move || Reader::of(&house).themes(language, &body, &themes))
            .await
            .map_err(Failure::internal)?;
    Ok(found
        .into_iter()
        .map(|one| {
            let words: Vec<_> = one.met.into_iter().map(|met| met.keyword).collect();
            (one.code, words.join(", "))
        })
        .collect())
}

/// The fields of the form and their labels.
pub fn names(t: &Texts) -> Names {
    [
        ("body", "public-observation-body"),
        ("valence", "public-observation-valence"),
        ("kind", "public-observation-kind"),
        ("area", "public-observation-area"),
        ("theme", "public-observation-theme"),
        ("frequency", "public-observation-frequency"),
        ("people", "public-observation-people"),
        ("cause", "observation-cause"),
        ("need", "observation-need"),
        ("proposal", "public-observation-proposal"),
        ("wished", "public-observation-wished"),
        ("nobody", "public-reporting-nobody"),
    ]
    .into_iter()
    .map(|(field, key)| (field, t.get(key)))
    .collect()
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
pub fn read(
    form: &mut Form,
    county: &str,
    language: Language,
    staff: bool,
    known: &Themes,
) -> Option<Written> {
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
        match known.read(&code) {
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

/// A form with something wrong is refused; one that is only looked at once more is a page like others.
pub fn status(form: &Form) -> StatusCode {
    if form.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}
