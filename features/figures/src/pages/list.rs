//! `GET /figures`: every figure by the question it answers, with what it tells now and how it has moved.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query as Pairs, State};
use identity::session::CurrentUser;
use kernel::time::Date;
use serde::Deserialize;
use store::Log;
use web::{Answer, Failure, Form, House, Page, Texts, Visit, client_page};

use super::{entry, granted, period_words, trend_words, value_words};
use crate::Definition;
use crate::dictionary::{ELSEWHERE, NOT_RECORDED, QUESTIONS, definitions};
use crate::layout::ALL;
use crate::population::Populations;
use crate::release::seal_key;
use crate::store::releases::{Release, newest_of_all};
use crate::store::{FiguresError, first_day};
use crate::view::View;

/// Words of a search that are looked at.
const MOST_WORDS: usize = 8;
/// Years that are read: the newest with the one before it, and one more for a house that has been closed.
const YEARS: i16 = 2;

/// What narrows the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
}

/// One figure, one page elsewhere, or one that is not recorded.
pub struct Row {
    /// Empty for what is not recorded.
    pub href: String,
    pub title: String,
    pub value: String,
    pub trend: String,
    pub period: String,
    pub caveat: String,
}

/// A question with what answers it.
pub struct Question {
    pub id: String,
    pub heading: String,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "figures.html")]
struct ListPage {
    page: Page,
    form: Form,
    questions: Vec<Question>,
    found: String,
    any: bool,
}

/// The newest releases by code, the newest year first.
type ByCode = BTreeMap<String, Vec<Release>>;

/// What the list is made of.
struct Kept {
    by_code: ByCode,
    populations: Populations,
    /// The day of the first record.
    opened: Option<Date>,
}

pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Pairs(asked): Pairs<Asked>,
) -> Answer {
    let (reader, granted) = granted(&house, &user, "read")?;
    let (now, key, county) = (
        house.now(),
        seal_key(&house.secrets),
        house.county.code.clone(),
    );
    let from = house.today().year() - YEARS;
    let receipt = house
        .store
        .show(move |tx| {
            let releases = newest_of_all(tx, &key, from)?;
            let populations = Populations::read(tx, &county)?;
            let opened = first_day(tx)?;
            tx.log(entry(now, &reader, &granted, "figures.read", String::new()))?;
            Ok::<_, FiguresError>((releases, populations, opened))
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("figures without a log entry"))?;
    let (releases, populations, opened) = receipt.value;
    let mut by_code = ByCode::new();
    for release in releases {
        by_code
            .entry(release.meta.code.clone())
            .or_default()
            .push(release);
    }
    let page = visit.page("figures-title");
    let t = &page.t;
    let words: Vec<String> = asked
        .q
        .split_whitespace()
        .take(MOST_WORDS)
        .map(str::to_lowercase)
        .collect();
    let kept = Kept {
        by_code,
        populations,
        opened,
    };
    let questions = questions(&page, &kept, &words);
    let found: usize = questions.iter().map(|one| one.rows.len()).sum();
    let found = t.with("figures-found", &[("count", found.into())]);
    let mut form = Form::new();
    form.set("q", &asked.q);
    let page = ListPage {
        form,
        questions,
        found,
        any: !kept.by_code.is_empty(),
        page,
    };
    Ok(client_page(page, logged))
}

fn questions(page: &Page, kept: &Kept, words: &[String]) -> Vec<Question> {
    let t = &page.t;
    let fits = |heading: &str, row: &Row| {
        let text = format!("{heading}\n{}\n{}", row.title, row.caveat).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    (1..=QUESTIONS)
        .map(|question| {
            let heading = t.get(&format!("figure-question-{question}"));
            let counted = definitions()
                .filter(|one| one.questions.contains(&question))
                .map(|one| counted_row(t, one, kept));
            let elsewhere = ELSEWHERE
                .iter()
                .filter(|one| one.question == question)
                .map(|one| Row {
                    // A county may have left that room out.
                    href: if page.has(one.href) {
                        one.href.to_owned()
                    } else {
                        String::new()
                    },
                    title: one.title.of(t.language()).to_owned(),
                    value: String::new(),
                    trend: String::new(),
                    period: String::new(),
                    caveat: t.get(if page.has(one.href) {
                        "figures-elsewhere"
                    } else {
                        "figures-not-in-use"
                    }),
                });
            let not_yet = NOT_RECORDED
                .iter()
                .filter(|one| one.question == question)
                .map(|one| Row {
                    href: String::new(),
                    title: one.title.of(t.language()).to_owned(),
                    value: t.get("figures-not-recorded"),
                    trend: String::new(),
                    period: String::new(),
                    caveat: one.because.of(t.language()).to_owned(),
                });
            let rows = counted.chain(elsewhere).chain(not_yet);
            Question {
                id: format!("q{question}"),
                rows: rows.filter(|row| fits(&heading, row)).collect(),
                heading: format!("{question}. {heading}"),
            }
        })
        .filter(|one| !one.rows.is_empty())
        .collect()
}

fn counted_row(t: &Texts, definition: &'static Definition, kept: &Kept) -> Row {
    let releases: Vec<View<'_>> = kept
        .by_code
        .get(definition.code)
        .into_iter()
        .flatten()
        .filter(|release| release.meta.version == definition.version)
        .map(|release| View {
            definition,
            release,
            populations: &kept.populations,
            opened: kept.opened,
        })
        .collect();
    let newest = releases.first();
    Row {
        href: format!("/figures/{}", definition.code),
        title: definition.title.of(t.language()).to_owned(),
        value: newest.map_or_else(
            || t.get("figures-not-counted"),
            |view| value_words(t, definition, &view.county(ALL)),
        ),
        trend: newest.map_or_else(String::new, |view| trend_words(t, view, releases.get(1))),
        period: newest.map_or_else(String::new, |view| period_words(t, view)),
        caveat: newest.map_or_else(String::new, |view| caveat(t, view)),
    }
}

/// The one thing to know first.
fn caveat(t: &Texts, view: &View<'_>) -> String {
    let told = view.county(ALL);
    if told.count.is_none() {
        t.with(
            "figures-caveat-hidden",
            &[("threshold", view.release.meta.threshold.into())],
        )
    } else if let Some(base) = view.base() {
        t.with("figures-caveat-rounded", &[("base", base.into())])
    } else if told.is_uncertain(view.definition) {
        t.get("figures-caveat-few")
    } else if !view.is_comparable() {
        t.get(super::uncompared(view))
    } else {
        String::new()
    }
}
