//! What everybody reads: the list of publications, each version as a page, a PDF and open data. No account, no cookie.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use identity::session::CurrentUser;
use web::{Answer, Failure, House, Page, Visit};

use super::{id, read};
use crate::compose::period;
use crate::data;
use crate::domain::content::Content;
use crate::domain::{PublishError, VersionState};
use crate::key;
use crate::paper_of::{self, Edition, paper, word};
use crate::ready::{Which, ready};
use crate::store::shown::{self, Shown};

/// A copy may be kept and is always asked about: what is withdrawn is gone at once.
const KEPT: &str = "public, no-cache";

/// Gives bytes that anybody may keep a copy of.
fn kept(headers: &HeaderMap, kind: &'static str, bytes: Vec<u8>) -> Response {
    let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..32]);
    let same = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(|one| one.trim() == tag));
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind)], bytes).into_response()
    };
    let own = response.headers_mut();
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        own.insert(header::ETAG, tag);
    }
    response
}

/// A page that anybody may keep a copy of.
pub(super) fn kept_page(headers: &HeaderMap, template: &impl Template) -> Answer {
    let html = template.render()?;
    Ok(kept(headers, "text/html; charset=utf-8", html.into_bytes()))
}

struct RowView {
    href: String,
    title: String,
    /// Tag of the title's language when it is not the page's.
    lang: &'static str,
    kind: String,
    period: String,
    released: String,
    iso: String,
    withdrawn: bool,
}

#[derive(Template)]
#[template(path = "public-publications.html")]
struct ListPage {
    page: Page,
    rows: Vec<RowView>,
}

fn tag(code: &str) -> &'static str {
    crate::compose::language(code).map_or("fi", kernel::language::Language::tag)
}

pub(super) async fn list(State(house): State<House>, visit: Visit, headers: HeaderMap) -> Answer {
    let key = key(&house);
    let lines = house.store.read(move |tx| shown::list(tx, &key)).await?;
    let page = visit.page("public-publications-title");
    let t = &page.t;
    let rows = lines
        .into_iter()
        .map(|line| RowView {
            href: page.local(&format!("/julkaisut/{}", line.number)),
            lang: tag(&line.language),
            kind: paper_of::kind(t, line.kind),
            period: period(t, line.span),
            released: t.full_day(line.released_on),
            iso: line.released_on.to_string(),
            withdrawn: line.state == VersionState::Withdrawn,
            title: line.title,
        })
        .collect();
    kept_page(&headers, &ListPage { rows, page })
}

struct TableView {
    title: String,
    csv: String,
    metadata: String,
}

struct VersionView {
    href: String,
    name: String,
    state: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "public-publication.html")]
struct PublicationPage {
    page: Page,
    /// Of the publication's own language.
    lang: &'static str,
    title: String,
    /// What is told above it: an old version, a preview, another language.
    notes: Vec<String>,
    body: String,
    /// Empty in a preview.
    pdf: String,
    tables: Vec<TableView>,
    versions: Vec<VersionView>,
    address: String,
}

#[derive(Template)]
#[template(path = "public-publication-gone.html")]
struct GonePage {
    page: Page,
    title: String,
    lang: &'static str,
    lead: String,
    reason: String,
    versions: Vec<VersionView>,
}

/// The number of an address, and whether its PDF is asked for.
fn number(text: &str) -> Result<(i64, bool), Failure> {
    let (text, pdf) = match text.strip_suffix(".pdf") {
        Some(text) => (text, true),
        None => (text, false),
    };
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    let number = text.parse().map_err(|_| Failure::NotFound)?;
    plain.then_some((number, pdf)).ok_or(Failure::NotFound)
}

fn whole(text: &str) -> Result<i64, Failure> {
    match number(text)? {
        (number, false) => Ok(number),
        _ => Err(Failure::NotFound),
    }
}

async fn found(house: &House, number: i64, version: Option<i64>) -> Result<Shown, Failure> {
    let key = key(house);
    let found = house
        .store
        .read(move |tx| shown::version(tx, number, version, &key))
        .await;
    found.map_err(|error| match error {
        // Better nothing than figures that somebody has changed.
        PublishError::Seal => Failure::internal("a released publication does not open"),
        error => error.into(),
    })
}

fn edition(shown: &Shown) -> Edition {
    Edition {
        number: shown.line.number,
        version: shown.line.version,
        released_on: shown.line.released_on,
    }
}

pub(super) async fn newest(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    Path(wanted): Path<String>,
) -> Answer {
    let (number, pdf) = number(&wanted)?;
    give(&house, &visit, &headers, (number, None), pdf).await
}

pub(super) async fn version(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    Path((wanted, version)): Path<(String, String)>,
) -> Answer {
    let (version, pdf) = number(&version)?;
    let wanted = (whole(&wanted)?, Some(version));
    give(&house, &visit, &headers, wanted, pdf).await
}

async fn give(
    house: &House,
    visit: &Visit,
    headers: &HeaderMap,
    (number, version): (i64, Option<i64>),
    pdf: bool,
) -> Answer {
    let shown = found(house, number, version).await?;
    let Some(content) = &shown.content else {
        return Ok(gone(visit, &shown));
    };
    if pdf {
        let (at, key) = (shown.at, key(house));
        let bytes = house
            .store
            .read(move |tx| shown::printed(tx, at, &key))
            .await?;
        let name = format!("julkaisu-{number}-v{}.pdf", shown.line.version);
        return Ok(named(kept(headers, "application/pdf", bytes), &name));
    }
    kept_page(headers, &publication_page(house, visit, &shown, content))
}

/// Gives a file a name to be saved under, shown in the browser where it can be.
fn named(mut response: Response, name: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("inline; filename=\"{name}\"")) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn versions(page: &Page, shown: &Shown) -> Vec<VersionView> {
    let t = &page.t;
    shown
        .versions
        .iter()
        .map(|(version, state, day)| VersionView {
            href: page.local(&format!("/julkaisut/{}/v/{version}", shown.line.number)),
            name: t.with(
                "public-publication-version-of",
                &[
                    ("version", (*version).into()),
                    ("day", t.full_day(*day).into()),
                ],
            ),
            state: word(t, "public-publication-state", state.code()),
            current: *version == shown.line.version,
        })
        .collect()
}

fn publication_page(
    house: &House,
    visit: &Visit,
    shown: &Shown,
    content: &Content,
) -> PublicationPage {
    let page = visit.page_titled(content.title.clone());
    let t = &page.t;
    let edition = edition(shown);
    let mut notes = Vec::new();
    if shown.line.state == VersionState::Corrected {
        notes.push(
            t.with(
                "public-publication-corrected",
                &[
                    (
                        "day",
                        shown
                            .ended_on
                            .map(|day| t.full_day(day))
                            .unwrap_or_default()
                            .into(),
                    ),
                    ("reason", shown.ended_reason.as_str().into()),
                ],
            ),
        );
    } else if !shown.reason.is_empty() {
        notes.push(t.with(
            "public-publication-replaces",
            &[("reason", shown.reason.as_str().into())],
        ));
    }
    let base = format!("/julkaisut/{}/v/{}", edition.number, edition.version);
    let mut made = made(house, page, content, Some(&edition), notes);
    made.pdf = made.page.local(&format!("{base}.pdf"));
    for (at, table) in made.tables.iter_mut().enumerate() {
        let file = data::file_name(at + 1);
        table.csv = made.page.local(&format!("{base}/{file}"));
        table.metadata = format!("{}{}", table.csv, data::METADATA);
    }
    made.versions = versions(&made.page, shown);
    made.address = house.county.address(&made.page.local(&base));
    made
}

/// The page of a content, without what only a released one has.
fn made(
    house: &House,
    page: Page,
    content: &Content,
    edition: Option<&Edition>,
    mut notes: Vec<String>,
) -> PublicationPage {
    let own = house.texts(content.language);
    let paper = paper(&own, content, &house.county, edition);
    if content.language.tag() != page.lang {
        notes.push(page.t.get(super::bench::language_key(content.language)));
    }
    PublicationPage {
        lang: content.language.tag(),
        title: content.title.clone(),
        notes,
        body: paper.html(),
        pdf: String::new(),
        tables: content
            .figures()
            .map(|figures| TableView {
                title: figures.title().to_owned(),
                csv: String::new(),
                metadata: String::new(),
            })
            .collect(),
        versions: Vec::new(),
        address: String::new(),
        page,
    }
}

/// A withdrawn version: its address stays and says so.
fn gone(visit: &Visit, shown: &Shown) -> Response {
    let page = visit.page_titled(shown.line.title.clone());
    let t = &page.t;
    let day = shown
        .ended_on
        .map(|day| t.full_day(day))
        .unwrap_or_default();
    let template = GonePage {
        title: shown.line.title.clone(),
        lang: tag(&shown.line.language),
        lead: t.with(
            "public-publication-withdrawn",
            &[("version", shown.line.version.into()), ("day", day.into())],
        ),
        reason: shown.ended_reason.clone(),
        versions: versions(&page, shown),
        page,
    };
    web::page_with_status(StatusCode::GONE, template)
}

pub(super) async fn newest_table(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    Path((wanted, file)): Path<(String, String)>,
) -> Answer {
    let wanted = (whole(&wanted)?, None);
    open_data(&house, &visit, &headers, wanted, &file).await
}

pub(super) async fn table(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    Path((wanted, version, file)): Path<(String, String, String)>,
) -> Answer {
    let wanted = (whole(&wanted)?, Some(whole(&version)?));
    open_data(&house, &visit, &headers, wanted, &file).await
}

async fn open_data(
    house: &House,
    visit: &Visit,
    headers: &HeaderMap,
    (number, version): (i64, Option<i64>),
    file: &str,
) -> Answer {
    let (place, metadata) = data::asked(file).ok_or(Failure::NotFound)?;
    let shown = found(house, number, version).await?;
    let Some(content) = &shown.content else {
        return Ok(gone(visit, &shown));
    };
    let figures = content.figures().nth(place - 1).ok_or(Failure::NotFound)?;
    let (kind, text) = if metadata {
        let text = data::metadata(content, &edition(&shown), figures, place, &house.county);
        ("application/csvm+json; charset=utf-8", text)
    } else {
        (
            "text/csv; charset=utf-8; header=present",
            data::csv(figures),
        )
    };
    let name = format!("julkaisu-{number}-v{}-{file}", shown.line.version);
    let mut response = named(kept(headers, kind, text.into_bytes()), &name);
    if !metadata {
        let described = format!(
            "<{}{}>; rel=\"describedby\"; type=\"application/csvm+json\"",
            data::file_name(place),
            data::METADATA
        );
        if let Ok(value) = HeaderValue::from_str(&described) {
            response
                .headers_mut()
                .insert(HeaderName::from_static("link"), value);
        }
    }
    Ok(response)
}

/// The page as everybody will see it: what was checked, and before that what stands now.
pub(super) async fn preview(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(wanted): Path<String>,
) -> Answer {
    let (wanted, key) = (id(&wanted)?, key(&house));
    let checked = read(&house, &user, move |tx, editor| {
        let draft = crate::store::read::newest(tx, editor, wanted)?;
        if draft.checked_on.is_none() {
            return Ok(None);
        }
        shown::content(tx, draft.at, &key).map(Some)
    })
    .await?;
    let content = match checked {
        Some(content) => content,
        None => {
            let editor = reporting::acting::editor(&house, &user);
            let ready = ready(&house, &editor, Which::Newest(wanted)).await?;
            ready.composed.content
        }
    };
    let page = visit.page_titled(content.title.clone());
    let notes = vec![page.t.get("publication-preview")];
    Ok(web::page(made(&house, page, &content, None, notes)))
}
