//! One publication at the bench: how it stands, its texts, what is drawn in, and the steps one may take.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::people;
use identity::session::CurrentUser;
use reporting::store::gather;
use statistics::store as open;
use web::{Answer, Form, House, Page, Texts, Visit, page_with_status};

use super::{editor, id, read};
use crate::compose::{period, title};
use crate::domain::hinder::Hindrance;
use crate::domain::{Section, VersionState};
use crate::paper_of::{self, heading, word};
use crate::store::read::{self as rows, Draft};
use crate::store::{EVIDENCE, HandPart, NOT_EDITOR, PublicationId};

struct SectionView {
    href: String,
    name: String,
    /// The first words of what is written, or that nothing is.
    words: String,
    edited: String,
}

struct QuoteView {
    id: String,
    words: String,
}

struct VersionView {
    /// Empty for one that everybody cannot read.
    href: String,
    name: String,
    state: String,
    color: &'static str,
}

#[derive(Template)]
#[template(path = "publication.html")]
struct BenchPage {
    page: Page,
    form: Form,
    notice: String,
    id: String,
    revision: String,
    lead: String,
    facts: Vec<(String, String)>,
    /// Why it was sent back, withdrawn or corrected.
    told: String,
    hindrances: Vec<String>,
    sections: Vec<SectionView>,
    phenomena: Vec<String>,
    statistics: Vec<String>,
    own: Vec<String>,
    quotes: Vec<QuoteView>,
    versions: Vec<VersionView>,
    may_edit: bool,
    may_check: bool,
    may_review: bool,
    may_send_back: bool,
    may_release: bool,
    may_withdraw: bool,
    may_correct: bool,
    /// She has edited this version, and somebody else publishes it.
    eyes: bool,
}

impl BenchPage {
    /// The address of something under it.
    fn at(&self, what: &str) -> String {
        format!("/publications/{}/{what}", self.id)
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(wanted): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let notice = super::done(&visit, &pairs);
    let (wanted, form) = (id(&wanted)?, Form::new());
    bench_page(
        &house,
        &visit,
        &user,
        wanted,
        form,
        &[],
        notice,
        StatusCode::OK,
    )
    .await
}

/// The first words of a long text.
fn short(text: &str) -> String {
    const MOST: usize = 160;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    format!("{}…", cut.trim_end())
}

/// The page with what hinders, in a form's status.
#[expect(clippy::too_many_arguments, reason = "every part of one page")]
pub(super) async fn bench_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: PublicationId,
    form: Form,
    hindrances: &[Hindrance],
    notice: String,
    status: StatusCode,
) -> Answer {
    let (draft, versions, titles, indicators, staff) = read(house, user, move |tx, editor| {
        let draft = rows::newest(tx, editor, wanted)?;
        let versions = rows::versions(tx, wanted)?;
        let titles = gather::titles(tx, editor, &draft.phenomena)?;
        Ok((
            draft,
            versions,
            titles,
            open::list(tx)?,
            people::list_all(tx)?,
        ))
    })
    .await?;
    let page = visit.page_titled(draft.title.clone());
    let t = &page.t;
    let names: BTreeMap<_, _> = staff.into_iter().map(|one| (one.id, one.name)).collect();
    let by = editor(house, user);
    let may = |action, given| by.right("publication", action, given).is_ok();
    let (state, own) = (draft.state, draft.hand == Some(HandPart::Edits));
    let published = draft.hand == Some(HandPart::Publishes);
    let publishes = |action| may(action, NOT_EDITOR) && !own;
    let steps = [VersionState::DisclosureChecked, VersionState::Reviewed];
    let template = BenchPage {
        form,
        notice,
        id: draft.at.0.to_string(),
        revision: draft.revision.to_string(),
        lead: lead(t, &draft),
        facts: facts(t, &draft, &names),
        told: draft
            .returned
            .clone()
            .or_else(|| draft.ended_reason.clone())
            .unwrap_or_default(),
        hindrances: hindrances.iter().map(|one| hindered(t, one)).collect(),
        sections: draft
            .kind
            .outline()
            .iter()
            .map(|section| section_view(t, &draft, *section, &names))
            .collect(),
        phenomena: draft
            .phenomena
            .iter()
            .filter_map(|id| titles.get(id).cloned())
            .collect(),
        own: draft
            .own
            .iter()
            .filter_map(|code| figures::dictionary::find(code))
            .map(|one| one.title.of(t.language()).to_owned())
            .collect(),
        statistics: draft
            .statistics
            .iter()
            .filter_map(|id| indicators.iter().find(|one| one.id == *id))
            .map(|one| title(t.language(), one))
            .collect(),
        quotes: draft
            .quotes
            .iter()
            .map(|one| QuoteView {
                id: one.id.to_string(),
                words: one.words.clone(),
            })
            .collect(),
        versions: versions
            .into_iter()
            .filter(|(_, state, _)| *state != VersionState::Draft || may("edit_draft", EVIDENCE))
            .map(|(version, state, _)| VersionView {
                href: if state.is_open() {
                    String::new()
                } else {
                    format!(
                        "/{}/julkaisut/{}/v/{version}",
                        t.language().code(),
                        draft.number
                    )
                },
                name: t.with("public-publication-version", &[("version", version.into())]),
                state: word(t, "public-publication-state", state.code()),
                color: super::list::color(state),
            })
            .collect(),
        may_edit: state.is_open() && may("edit_draft", EVIDENCE) && !published,
        may_check: state == VersionState::Draft && may("finish", EVIDENCE) && !published,
        may_review: state == VersionState::DisclosureChecked && publishes("approve"),
        may_send_back: steps.contains(&state) && publishes("approve"),
        may_release: state == VersionState::Reviewed && publishes("release"),
        may_withdraw: state == VersionState::Released && may("release", NOT_EDITOR),
        may_correct: !state.is_open() && may("create", EVIDENCE),
        eyes: steps.contains(&state) && own,
        page,
    };
    Ok(page_with_status(status, template))
}

fn lead(t: &Texts, draft: &Draft) -> String {
    t.with(
        "publication-lead",
        &[
            ("kind", paper_of::kind(t, draft.kind).into()),
            ("number", draft.number.to_string().into()),
            ("version", draft.at.1.to_string().into()),
        ],
    )
}

fn facts(
    t: &Texts,
    draft: &Draft,
    names: &BTreeMap<people::StaffId, String>,
) -> Vec<(String, String)> {
    let name = |id: Option<people::StaffId>| {
        id.and_then(|id| names.get(&id).cloned())
            .unwrap_or_default()
    };
    let mut facts = vec![
        (
            t.get("publication-state"),
            word(t, "public-publication-state", draft.state.code()),
        ),
        (t.get("public-publication-period"), period(t, draft.span)),
        (
            t.get("publication-language"),
            t.get(language_key(draft.language)),
        ),
    ];
    if let Some(one) = kernel::place::municipality(&draft.municipality) {
        facts.push((
            t.get("public-publication-area"),
            one.name(t.language()).to_owned(),
        ));
    }
    if !draft.reason.is_empty() {
        facts.push((t.get("publication-why-new"), draft.reason.clone()));
    }
    for (label, day, by) in [
        ("publication-checked", draft.checked_on, None),
        ("publication-reviewed", draft.reviewed_on, draft.reviewed_by),
        (
            "public-publication-released",
            draft.released_on,
            draft.released_by,
        ),
        ("publication-ended", draft.ended_on, None),
    ] {
        if let Some(day) = day {
            let told = [t.full_day(day), name(by)];
            let told: Vec<String> = told.into_iter().filter(|one| !one.is_empty()).collect();
            facts.push((t.get(label), told.join(", ")));
        }
    }
    if let Some(recheck) = draft.recheck {
        facts.push((
            t.get("publication-recheck"),
            word(t, "publication-recheck", recheck.code()),
        ));
    }
    facts
}

/// The key of a language's name.
pub(super) const fn language_key(language: kernel::language::Language) -> &'static str {
    match language {
        kernel::language::Language::Sv => "public-publication-in-sv",
        kernel::language::Language::En => "public-publication-in-en",
        kernel::language::Language::Fi | kernel::language::Language::Easy => {
            "public-publication-in-fi"
        }
    }
}

fn section_view(
    t: &Texts,
    draft: &Draft,
    section: Section,
    names: &BTreeMap<people::StaffId, String>,
) -> SectionView {
    let own = draft.sections.get(&section);
    SectionView {
        href: format!("/publications/{}/sections/{}", draft.at.0, section.code()),
        name: heading(t, section),
        words: own.filter(|own| !own.words.is_empty()).map_or_else(
            || t.get("publication-nothing-written"),
            |own| short(&own.words),
        ),
        edited: own.map_or_else(String::new, |own| {
            let name = names.get(&own.edited_by).cloned().unwrap_or_default();
            format!("{} {name}", t.full_day(own.edited_on))
        }),
    }
}

/// A hindrance in words.
fn hindered(t: &Texts, one: &Hindrance) -> String {
    let section =
        |key: &str, section: Section| t.with(key, &[("section", heading(t, section).into())]);
    let title = |key: &str, title: &str| t.with(key, &[("title", title.into())]);
    match one {
        Hindrance::Empty(of) => section("publication-hindered-empty", *of),
        Hindrance::Uninterpreted => t.get("publication-hindered-uninterpreted"),
        Hindrance::Person(of) => section("publication-hindered-person", *of),
        Hindrance::PersonInQuote => t.get("publication-hindered-quote"),
        Hindrance::PersonIn(of) => title("publication-hindered-person-in", of),
        Hindrance::Small(of) => section("publication-hindered-small", *of),
        Hindrance::SmallIn(of) => title("publication-hindered-small-in", of),
        Hindrance::Unsent(of) => title("publication-hindered-unsent", of),
        Hindrance::Unheard(of) => title("publication-hindered-unheard", of),
        Hindrance::NoFigures(of) => title("publication-hindered-figures", of),
        Hindrance::NoPhenomenon => t.get("publication-hindered-phenomenon"),
        Hindrance::NoStatement(of) => title("publication-hindered-statement", of),
    }
}
