//! A form of the staff: its fields as a list, so that one page shows them all.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use identity::session::CurrentUser;
use web::{Answer, Choice, Form, House, Page, Texts, Visit, drafts, page_with_status};

use super::named::{Names, with_names};
use super::once::Once;

/// How a field is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Line,
    Area,
    Day,
    Select,
    Radios,
    Checks,
    Tick,
}

/// A field.
pub struct Field {
    pub kind: Kind,
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub optional: bool,
    pub choices: Vec<Choice>,
}

impl Field {
    pub fn new(t: &Texts, kind: Kind, name: &'static str, key: &str) -> Self {
        Self {
            kind,
            name,
            label: t.get(key),
            hint: String::new(),
            optional: false,
            choices: Vec::new(),
        }
    }

    pub fn of(t: &Texts, kind: Kind, name: &'static str, key: &str, choices: Vec<Choice>) -> Self {
        Self {
            choices,
            ..Self::new(t, kind, name, key)
        }
    }

    pub fn hint(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }

    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}

/// A form with everything around it.
pub struct Sheet {
    pub title: String,
    pub lead: String,
    /// Where one came from.
    pub back: String,
    pub back_label: String,
    pub action: String,
    pub fields: Vec<Field>,
    pub button: String,
    /// Key of the draft.
    pub draft: String,
    /// Places that may tell who somebody is.
    pub once: Once,
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct SheetPage {
    page: Page,
    form: Form,
    sheet: Sheet,
    /// When the draft that was put back was saved.
    restored: String,
}

/// The form's page, with the draft of the writer when there is one.
///
/// # Errors
/// As the store fails.
pub async fn show(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    sheet: Sheet,
    mut form: Form,
) -> Answer {
    let (owner, key) = (user.staff.id.bytes(), sheet.draft.clone());
    let draft = house
        .store
        .read(move |tx| drafts::load(tx, owner, &key))
        .await?;
    let revision = form.value("revision").to_owned();
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        // What is written is the draft's; what it will change is what stands now, shown on the page it came from.
        form.set("revision", revision);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    Ok(sent(visit, sheet, form, restored, StatusCode::OK))
}

/// The form with everything typed, to be corrected.
pub fn again(visit: &Visit, sheet: Sheet, form: Form, status: StatusCode) -> Response {
    sent(visit, sheet, form, String::new(), status)
}

fn sent(visit: &Visit, sheet: Sheet, form: Form, restored: String, status: StatusCode) -> Response {
    let mut names: Names = sheet
        .fields
        .iter()
        .map(|one| (one.name, one.label.clone()))
        .collect();
    names.push(("nobody", visit.t().get("public-reporting-nobody")));
    page_with_status(
        status,
        SheetPage {
            page: visit.page_titled(sheet.title.clone()),
            form: with_names(&visit.t(), form, &names),
            sheet,
            restored,
        },
    )
}
