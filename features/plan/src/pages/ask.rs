//! The forms of this room are made from data: a form is blocks, a block has rows, a row has fields side by side. One template
//! shows them all, so that every form keeps drafts, errors and two texts side by side in the same way.

use askama::Template;
use axum::http::StatusCode;
use documents::pages::ClashView;
use store::Logged;
use web::{Answer, Choice, Form, Page, Visit, client_page_with_status, page_with_status};

/// A field of a form.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    pub kind: &'static str,
    pub name: String,
    pub label: String,
    pub hint: String,
    pub choices: Vec<Choice>,
    pub groups: Vec<Group>,
    /// First, empty choice of a select.
    pub empty: String,
    pub rows: i32,
    pub optional: bool,
}

/// Choices under a heading.
#[derive(Debug, Clone)]
pub struct Group {
    pub label: String,
    pub picks: Vec<Pick>,
}

/// A choice in a group.
#[derive(Debug, Clone)]
pub struct Pick {
    pub value: String,
    pub label: String,
    pub disabled: bool,
}

impl Ask {
    fn new(kind: &'static str, name: &str, label: String) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            label,
            rows: 3,
            ..Self::default()
        }
    }

    /// A value that goes along unseen.
    pub fn hidden(name: &str, value: &str) -> Self {
        Self::new("hidden", name, value.to_owned())
    }

    pub fn line(name: &str, label: String) -> Self {
        Self::new("line", name, label)
    }

    pub fn text(name: &str, label: String) -> Self {
        Self::new("text", name, label)
    }

    pub fn day(name: &str, label: String) -> Self {
        Self::new("day", name, label)
    }

    pub fn tick(name: &str, label: String) -> Self {
        Self::new("tick", name, label)
    }

    pub fn radios(name: &str, label: String, choices: Vec<Choice>) -> Self {
        Self {
            choices,
            ..Self::new("radios", name, label)
        }
    }

    pub fn checks(name: &str, label: String, choices: Vec<Choice>) -> Self {
        Self {
            choices,
            ..Self::new("checks", name, label)
        }
    }

    pub fn select(name: &str, label: String, choices: Vec<Choice>, empty: String) -> Self {
        Self {
            choices,
            empty,
            ..Self::new("select", name, label)
        }
    }

    pub fn grouped(name: &str, label: String, groups: Vec<Group>, empty: String) -> Self {
        Self {
            groups,
            empty,
            ..Self::new("grouped", name, label)
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }

    #[must_use]
    pub const fn rows(mut self, rows: i32) -> Self {
        self.rows = rows;
        self
    }

    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}

/// Fields that belong together.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Empty for none.
    pub legend: String,
    /// The client's words that the fields are about.
    pub quote: String,
    pub rows: Vec<Vec<Ask>>,
}

impl Block {
    /// Fields without a heading, each on a row of its own.
    pub fn plain(asks: Vec<Ask>) -> Self {
        Self::of("", asks)
    }

    /// Fields under a heading, each on a row of its own.
    pub fn of(legend: &str, asks: Vec<Ask>) -> Self {
        Self {
            legend: legend.to_owned(),
            rows: asks.into_iter().map(|ask| vec![ask]).collect(),
            ..Self::default()
        }
    }

    /// Adds fields side by side.
    #[must_use]
    pub fn row(mut self, asks: Vec<Ask>) -> Self {
        self.rows.push(asks);
        self
    }
}

/// A form with what stands around it.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    pub heading: String,
    pub lead: String,
    pub law: String,
    pub action: String,
    pub back: String,
    pub back_label: String,
    pub save: String,
    /// Key of the form's draft; empty when none is kept.
    pub draft: String,
    /// When the draft that was put back was saved.
    pub restored: String,
    pub blocks: Vec<Block>,
    /// Who it is about.
    pub people: Vec<String>,
    /// Something to know before writing, with the way there.
    pub told: Vec<Told>,
}

/// A sentence with a way; without one when `href` is empty.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub href: String,
    pub text: String,
}

#[derive(Template)]
#[template(path = "plan-form.html")]
struct FormPage {
    page: Page,
    form: Form,
    f: Frame,
    clash: Option<ClashView>,
    clash_action: String,
    clash_back: String,
}

/// Shows a form.
///
/// # Errors
/// None of its own.
#[expect(clippy::unnecessary_wraps, reason = "handlers give it as their answer")]
pub fn show(
    visit: &Visit,
    f: Frame,
    form: Form,
    clash: Option<ClashView>,
    status: StatusCode,
    logged: Option<Logged>,
) -> Answer {
    let mut page = visit.page_titled(f.heading.clone());
    page.path.clone_from(&f.action);
    let template = FormPage {
        page,
        clash_action: f.action.clone(),
        clash_back: f.back.clone(),
        f,
        form,
        clash,
    };
    Ok(match logged {
        Some(logged) => client_page_with_status(status, template, logged),
        None => page_with_status(status, template),
    })
}
