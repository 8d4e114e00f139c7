//! A form of the staff: its fields as a list, so that one page shows them all.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use identity::session::CurrentUser;
use web::{Answer, Choice, Form, House, Page, Texts, Visit, drafts, page_with_status};

/// How a field is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Line,
    Area,
    Select,
    Radios,
    Checks,
}

/// A field.
pub struct Field {
    pub kind: Kind,
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub rows: i32,
    /// Words of the first option of a choice, when nothing may be chosen.
    pub empty: String,
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
            rows: 4,
            empty: String::new(),
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

    pub fn rows(mut self, rows: i32) -> Self {
        self.rows = rows;
        self
    }

    /// Nothing may be chosen, and then the words say what that means.
    pub fn or(mut self, empty: String) -> Self {
        self.empty = empty;
        self.optional = true;
        self
    }
}

/// What somebody else has saved meanwhile.
#[derive(Default)]
pub struct Clash {
    pub mine: String,
    pub theirs: String,
    pub theirs_meta: String,
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
    /// What stands above the fields, one line each.
    pub told: Vec<String>,
    pub clash: Option<Clash>,
}

#[derive(Template)]
#[template(path = "publication-sheet.html")]
struct SheetPage {
    page: Page,
    form: Form,
    sheet: Sheet,
    /// When the draft that was put back was saved.
    restored: String,
}

/// The form's page, with the draft of the writer when there is one. The draft keeps the revision that its writer saw: what
/// somebody else saved since is told when she sends it.
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
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    Ok(sent(visit, sheet, form, restored, StatusCode::OK))
}

/// The form with everything typed, to be corrected.
pub fn again(visit: &Visit, sheet: Sheet, form: Form, status: StatusCode) -> Response {
    sent(visit, sheet, form, String::new(), status)
}

fn sent(visit: &Visit, sheet: Sheet, form: Form, restored: String, status: StatusCode) -> Response {
    page_with_status(
        status,
        SheetPage {
            page: visit.page_titled(sheet.title.clone()),
            form,
            sheet,
            restored,
        },
    )
}
