//! The whole rights table in words, for whoever reviews it (703/2023 9 § 3: the provider defines the rights).

use access::rights::{RightsTable, Row};
use access::words::{Kind, basis, of};
use askama::Template;
use axum::extract::{Query, State};
use kernel::language::Language;
use serde::Deserialize;
use web::{Answer, Choice, Form, House, Page, Visit};

use crate::words::{conditions, say, say_all};

/// The role whose rows are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub role: String,
    pub class: String,
}

/// A row in words.
pub struct RowWords {
    pub id: String,
    pub who: String,
    pub qualification: String,
    pub what: String,
    pub may: String,
    pub when: String,
    pub service_task: String,
    pub scope: String,
    pub conditions: Vec<String>,
    pub basis: String,
    pub purpose: String,
    pub valid: String,
}

#[derive(Template)]
#[template(path = "rights.html")]
pub struct RightsPage {
    pub page: Page,
    pub form: Form,
    pub roles: Vec<Choice>,
    pub classes: Vec<Choice>,
    pub rows: Vec<RowWords>,
    pub found: String,
}

/// `GET /oversight/rights?role=…&class=…`, for leads and the data protection officer. The table holds no client data.
pub async fn show(State(house): State<House>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let page = visit.page("rights-title");
    let language = page.t.language();
    let table = RightsTable::built_in();
    let shown = |row: &&Row| {
        (asked.role.is_empty() || row.tasks.contains(&asked.role))
            && (asked.class.is_empty() || row.classes.contains(&asked.class))
    };
    let today = house.today();
    let rows: Vec<RowWords> = table
        .rows()
        .iter()
        .filter(|row| row.valid_to.is_none_or(|end| end >= today))
        .filter(shown)
        .map(|row| in_words(&page, row, language))
        .collect();
    let mut form = Form::new();
    form.set("role", &asked.role);
    form.set("class", &asked.class);
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let found = page.t.with("rights-found", &[("count", count.into())]);
    Ok(web::page(RightsPage {
        roles: choices(Kind::Task, language, |code| {
            table
                .rows()
                .iter()
                .any(|row| row.tasks.iter().any(|task| task == code))
        }),
        classes: choices(Kind::Class, language, |code| {
            table
                .rows()
                .iter()
                .any(|row| row.classes.iter().any(|class| class == code))
        }),
        page,
        form,
        rows,
        found,
    }))
}

/// Codes that the table uses, by their words.
fn choices(kind: Kind, language: Language, used: impl Fn(&str) -> bool) -> Vec<Choice> {
    let mut choices: Vec<Choice> = of(kind)
        .filter(|word| used(&word.key))
        .map(|word| Choice::new(word.key.clone(), word.text(language)))
        .collect();
    choices.sort_by_key(|choice| choice.label.to_lowercase());
    choices
}

fn in_words(page: &Page, row: &Row, language: Language) -> RowWords {
    let t = &page.t;
    let valid = match row.valid_to {
        None => t.with(
            "rights-valid-from",
            &[("day", t.full_day(row.valid_from).into())],
        ),
        Some(end) => format!("{}–{}", t.full_day(row.valid_from), t.full_day(end)),
    };
    RowWords {
        id: row.id.clone(),
        who: say_all(Kind::Task, &row.tasks, language),
        qualification: say_all(Kind::Qualification, &row.qualifications, language),
        what: say_all(Kind::Class, &row.classes, language),
        may: say_all(Kind::Action, &row.actions, language),
        when: say(Kind::Relation, &row.relation, language),
        service_task: say(Kind::ServiceTask, &row.service_task, language),
        scope: say(Kind::Scope, &row.scope, language),
        conditions: conditions(row, language),
        basis: basis(&row.basis, language),
        purpose: say(Kind::Purpose, &row.purpose, language),
        valid,
    }
}
