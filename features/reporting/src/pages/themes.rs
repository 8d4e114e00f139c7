//! The county's themes: what they are called, which words suggest them, which statistics stand beside. Every change is a version from a day on.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use web::{Answer, Failure, Form, House, Page, Posted, Texts, Visit, go_to, page};

use super::sheet::{self, Field, Kind, Sheet};
use super::{act, read, refused};
use crate::domain::{LONGEST_KEYWORDS, LONGEST_THEME, ReportError, Theme, ThemeVersion, Wrong};
use crate::store::themes;

/// The word of an address for a theme that is not there yet.
const NEW: &str = "new";

struct RowView {
    href: String,
    name: String,
    keywords: String,
    indicators: String,
    retired: bool,
    sensitive: bool,
}

#[derive(Template)]
#[template(path = "themes.html")]
struct ThemesPage {
    page: Page,
    notice: String,
    rows: Vec<RowView>,
    may_edit: bool,
}

pub(super) async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let notice = super::done(&visit, &pairs);
    let today = house.today();
    let known = read(&house, &user, move |tx, editor| {
        editor.right("observation", "read", crate::store::GROUPED)?;
        Ok(themes::on(tx, today)?)
    })
    .await?;
    let page_ = visit.page("themes-title");
    let language = page_.t.language();
    let mut rows: Vec<_> = known
        .all()
        .map(|one| RowView {
            href: format!("/themes/{}", one.theme.code()),
            name: one.name(language).to_owned(),
            keywords: one.keywords.join(", "),
            indicators: one.indicators.join(", "),
            retired: one.retired,
            sensitive: one.sensitive,
        })
        .collect();
    rows.sort_by_key(|row| (row.retired, text::sort::sort_key(&row.name)));
    Ok(page(ThemesPage {
        notice,
        rows,
        may_edit: may_edit(&house, &user),
        page: page_,
    }))
}

fn may_edit(house: &House, user: &CurrentUser) -> bool {
    super::editor(house, user)
        .right("publication", "edit_draft", crate::store::EVIDENCE)
        .is_ok()
}

fn sheet(t: &Texts, code: &str, title: String) -> Sheet {
    let line = |name, key| Field::new(t, Kind::Line, name, key);
    Sheet {
        title,
        lead: t.get("theme-lead"),
        back: "/themes".to_owned(),
        back_label: t.get("themes-title"),
        action: format!("/themes/{code}"),
        fields: vec![
            line("name_fi", "theme-name-fi"),
            line("name_sv", "theme-name-sv"),
            line("name_en", "theme-name-en"),
            line("name_easy", "theme-name-easy"),
            Field::new(t, Kind::Area, "keywords", "theme-keywords")
                .hint(t.get("theme-keywords-hint"))
                .optional(),
            line("indicators", "theme-indicators")
                .hint(t.get("theme-indicators-hint"))
                .optional(),
            Field::new(t, Kind::Tick, "sensitive", "theme-sensitive"),
            Field::new(t, Kind::Tick, "retired", "theme-retired"),
            Field::new(t, Kind::Day, "valid_from", "theme-valid-from")
                .hint(t.get("theme-valid-from-hint")),
        ],
        button: t.get("reporting-save"),
        draft: format!("reporting-theme-{code}"),
        once: super::once::Once::default(),
    }
}

/// The form as it begins: the theme as it stands, from today on.
async fn ready(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    code: &str,
) -> Result<(Sheet, Form), Failure> {
    let t = visit.t();
    let mut form = Form::new();
    let today = house.today();
    let day = format!("{}.{}.{}", today.day(), today.month(), today.year());
    form.set("valid_from", day);
    if code == NEW {
        return Ok((sheet(&t, code, t.get("theme-new")), form));
    }
    let theme = Theme::from_code(code).ok_or(Failure::NotFound)?;
    let asked = theme.clone();
    let known = read(house, user, move |tx, editor| {
        themes::versions(tx, editor, &asked)?;
        Ok(themes::on(tx, today)?)
    })
    .await?;
    let stands = known.get(&theme).ok_or(Failure::NotFound)?;
    for (name, value) in [
        ("name_fi", stands.name_fi.clone()),
        ("name_sv", stands.name_sv.clone()),
        ("name_en", stands.name_en.clone()),
        ("name_easy", stands.name_easy.clone()),
        ("keywords", stands.keywords.join(", ")),
        ("indicators", stands.indicators.join(", ")),
    ] {
        form.set(name, value);
    }
    for (name, ticked) in [("sensitive", stands.sensitive), ("retired", stands.retired)] {
        if ticked {
            form.set(name, "yes");
        }
    }
    let title = stands.name(t.language()).to_owned();
    Ok((sheet(&t, code, title), form))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(code): Path<String>,
) -> Answer {
    let (sheet, form) = ready(&house, &visit, &user, &code).await?;
    sheet::show(&house, &visit, &user, sheet, form).await
}

/// What was written; `None` when something is wrong, and then it is marked.
fn written(form: &mut Form, code: &str) -> Option<ThemeVersion> {
    let missing = "public-reporting-missing";
    let mut name = |field| form.require_line(field, missing, LONGEST_THEME);
    let (name_fi, name_sv, name_en, name_easy) = (
        name("name_fi"),
        name("name_sv"),
        name("name_en"),
        name("name_easy"),
    );
    let list = |text: String| text.split([',', '\n']).map(str::to_owned).collect();
    let keywords = form
        .optional("keywords", LONGEST_KEYWORDS)
        .unwrap_or_default();
    let indicators = form
        .optional_line("indicators", LONGEST_THEME)
        .unwrap_or_default();
    let theme = if code == NEW {
        Theme::of_name(&name_fi)
    } else {
        Theme::from_code(code)
    };
    if theme.is_none() && form.is_valid() {
        form.error("name_fi", super::said(Wrong::Choice));
    }
    if form.text("valid_from").is_none() {
        form.error("valid_from", "public-error-date");
    }
    let valid_from = form.day("valid_from")?;
    form.is_valid().then_some(ThemeVersion {
        theme: theme?,
        valid_from,
        name_fi,
        name_sv,
        name_en,
        name_easy,
        keywords: list(keywords),
        indicators: list(indicators),
        sensitive: form.has("sensitive", "yes"),
        retired: form.has("retired", "yes"),
    })
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(code): Path<String>,
    posted: Posted,
) -> Answer {
    let (sheet, _) = ready(&house, &visit, &user, &code).await?;
    let mut form = posted.form();
    let Some(version) = written(&mut form, &code) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(sheet::again(&visit, sheet, form, status));
    };
    let (new, today) = (code == NEW, house.today());
    let done = act(&house, &user, &sheet.draft, move |tx, editor, _| {
        // A new one never takes the code of one that is there.
        if new && themes::on(tx, today)?.get(&version.theme).is_some() {
            return Err(ReportError::Field("name_fi", Wrong::Choice));
        }
        themes::save(tx, editor, version)
    })
    .await;
    match done {
        Ok(()) => Ok(go_to("/themes?done=saved")),
        Err(ReportError::Field("name_fi", Wrong::Choice)) => {
            form.error("name_fi", "theme-taken");
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(sheet::again(&visit, sheet, form, status))
        }
        Err(error) => {
            let status = refused(&mut form, error)?;
            Ok(sheet::again(&visit, sheet, form, status))
        }
    }
}
