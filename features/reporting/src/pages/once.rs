//! A text is looked through before it is sent: what surely tells who somebody is is refused at its field; what only may is shown once,
//! and whoever wrote it changes it or says that nobody can be recognised.

use text::screening::Weight;
use web::{Failure, Form, House, Texts};

use super::reading::{Reader, marked};

/// The tick that nobody can be recognised.
const NOBODY: &str = "nobody";
/// The places that were shown with it: what is written afterwards is looked through anew.
const SEEN: &str = "seen";

/// A field to look through.
pub struct Asking {
    pub name: &'static str,
    pub label: String,
    pub text: String,
}

impl Asking {
    pub fn new(name: &'static str, label: String, text: &str) -> Self {
        Self {
            name,
            label,
            text: text.to_owned(),
        }
    }
}

/// A place where somebody may be recognised.
pub struct Asked {
    pub field: &'static str,
    pub label: String,
    pub text: String,
    pub reason: String,
    /// It is asked about; else it must go.
    pub may_stay: bool,
}

impl Asked {
    /// Where its field is on the page.
    pub fn href(&self) -> String {
        format!("#f-{}", self.field)
    }
}

/// What was found in a form.
#[derive(Default)]
pub struct Once {
    pub marks: Vec<Asked>,
}

impl Once {
    /// Looks through fields, on a thread that serves nobody else: a long text takes its time, and anybody may send one.
    ///
    /// # Errors
    /// When the thread fails.
    pub async fn through(
        house: &House,
        t: &Texts,
        form: &mut Form,
        fields: Vec<Asking>,
    ) -> Result<Self, Failure> {
        let (of, words) = (house.clone(), t.clone());
        let found = tokio::task::spawn_blocking(move || looked_through(&of, &words, fields))
            .await
            .map_err(Failure::internal)?;
        let (asks, certain): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.may_stay);
        let mut marks = Vec::new();
        for one in certain {
            if form.message(t, one.field).is_empty() {
                form.error(one.field, "public-reporting-person-found");
            }
            marks.push(one);
        }
        let said = form.has(NOBODY, "yes");
        let shown = form.values(SEEN).to_vec();
        let asked_before = !shown.is_empty();
        let asks: Vec<_> = asks
            .into_iter()
            .filter(|one| !(said && shown.contains(&one.text)))
            .collect();
        if !asks.is_empty() && asked_before && !said {
            form.error(NOBODY, "public-reporting-nobody-needed");
        }
        marks.extend(asks);
        Ok(Self { marks })
    }

    /// What was found in a field.
    pub fn of(&self, field: &str) -> Vec<&Asked> {
        self.marks.iter().filter(|one| one.field == field).collect()
    }

    /// Whether the writer is asked something.
    pub fn asks(&self) -> bool {
        self.marks.iter().any(|one| one.may_stay)
    }
}

fn looked_through(house: &House, t: &Texts, fields: Vec<Asking>) -> Vec<Asked> {
    let reader = Reader::of(house);
    let mut found = Vec::new();
    for one in fields {
        let places = reader.find(&one.text);
        for weight in [Weight::Certain, Weight::Ask] {
            let marks = marked(t, &one.text, &places, Some(weight));
            found.extend(marks.into_iter().map(|mark| Asked {
                field: one.name,
                label: one.label.clone(),
                text: mark.text,
                reason: mark.reason,
                may_stay: weight == Weight::Ask,
            }));
        }
    }
    found
}
