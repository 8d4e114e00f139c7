//! The editor's bench: texts that wait, with what looks like personal data marked; accepted, set aside, grouped.

use std::ops::Range;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use identity::session::CurrentUser;
use text::personal_data;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Visit, go_to, page, page_with_status,
};

use super::{act, deed, id, labels, read, refused};
use crate::domain::ObservationState;
use crate::store::bench::{self, Cleaned, Seen, TAKEN_OUT};
use crate::store::{ObservationId, PhenomenonId, pages, phenomena};

/// Value of the choice to group into a new phenomenon.
const NEW: &str = "new";
/// The lists of the bench, by their states.
const TABS: [ObservationState; 4] = [
    ObservationState::Sent,
    ObservationState::Screened,
    ObservationState::Grouped,
    ObservationState::SetAside,
];

/// A piece of a text, marked or not.
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

struct RowView {
    id: String,
    href: String,
    day: String,
    kind: String,
    valence: String,
    area: String,
    body: Vec<Piece>,
    /// How many places look like personal data.
    marks: usize,
}

#[derive(Template)]
#[template(path = "bench.html")]
struct BenchPage {
    page: Page,
    form: Form,
    notice: String,
    tabs: Vec<Tab>,
    rows: Vec<RowView>,
    /// Only what is screened can be grouped.
    groups: bool,
    phenomena: Vec<Choice>,
    themes: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "bench-one.html")]
struct OnePage {
    page: Page,
    form: Form,
    id: String,
    about: String,
    state: String,
    /// What was written, what was proposed and who should answer; what was left empty is left out.
    texts: Vec<Vec<Piece>>,
    has_proposal: bool,
    has_wished: bool,
    marks: usize,
    /// Waits to be accepted.
    waits: bool,
    may_set_aside: bool,
    grouped: bool,
    phenomenon: String,
}

impl OnePage {
    /// The address of an act on it.
    fn at(&self, act: &str) -> String {
        format!("/observations/{}/{act}", self.id)
    }
}

/// Cuts a text at what looks like personal data.
fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut push = |range: Range<usize>, marked: bool| {
        if let Some(part) = text.get(range).filter(|part| !part.is_empty()) {
            found.push(Piece {
                text: part.to_owned(),
                marked,
            });
        }
    };
    for one in personal_data::find(text) {
        push(at..one.range.start, false);
        push(one.range.clone(), true);
        at = one.range.end;
    }
    push(at..text.len(), false);
    found
}

/// The text with what looks like personal data taken out: where the editor begins.
fn cleaned(text: &str) -> String {
    personal_data::mask_with(text, |_| TAKEN_OUT)
}

fn marks(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|piece| piece.marked).count()
}

fn state_of(pairs: &[(String, String)]) -> ObservationState {
    pairs
        .iter()
        .find(|(name, _)| name == "state")
        .and_then(|(_, code)| ObservationState::from_code(code))
        .filter(|state| TABS.contains(state))
        .unwrap_or(ObservationState::Sent)
}

pub(super) async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let notice = super::done(&visit, &pairs);
    let state = state_of(&pairs);
    let form = Form::new();
    bench_page(&house, &visit, &user, state, form, notice, StatusCode::OK).await
}

async fn bench_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    state: ObservationState,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let (seen, followed) = read(house, user, move |tx, editor| {
        let seen = bench::in_state(tx, editor, state)?;
        Ok((seen, pages::list(tx, editor, false)?))
    })
    .await?;
    let page = visit.page("observations-title");
    let t = &page.t;
    let rows = seen
        .into_iter()
        .map(|one| {
            let body = pieces(&one.body);
            RowView {
                id: one.id.to_string(),
                href: format!("/observations/{}", one.id),
                day: t.full_day(one.written_on),
                kind: labels::kind(t, one.kind),
                valence: labels::valence(t, one.valence),
                area: labels::area(t, &one.area),
                marks: marks(&body),
                body,
            }
        })
        .collect();
    let mut phenomena = vec![Choice::new(NEW, t.get("observations-new-phenomenon"))];
    phenomena.extend(
        followed
            .into_iter()
            .map(|one| Choice::new(one.id.to_string(), one.title)),
    );
    let tabs = TABS
        .iter()
        .map(|tab| Tab {
            href: format!("/observations?state={}", tab.code()),
            label: labels::observation_state(t, *tab),
            current: *tab == state,
        })
        .collect();
    let template = BenchPage {
        form,
        notice,
        tabs,
        rows,
        groups: state == ObservationState::Screened,
        phenomena,
        themes: labels::themes(t),
        page,
    };
    Ok(page_with_status(status, template))
}

/// Groups the chosen observations into a phenomenon that is there, or into a new one.
pub(super) async fn group(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let chosen: Vec<ObservationId> = form
        .values("observation")
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    if chosen.is_empty() {
        form.error("observation", "observations-choose");
    }
    let into = form.value("into").to_owned();
    let described = (into == NEW)
        .then(|| deed::described(&mut form, &super::editor(&house, &user)))
        .flatten();
    let known: Option<PhenomenonId> = into.parse().ok();
    if into != NEW && known.is_none() {
        form.error("into", "reporting-choose-one");
    }
    let state = ObservationState::Screened;
    if form.has_errors() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return bench_page(&house, &visit, &user, state, form, String::new(), status).await;
    }
    let done = act(&house, &user, "", move |tx, editor, made| {
        let into = match (described, known) {
            (Some(described), _) => phenomena::open(tx, editor, made.by(), described)?,
            (None, Some(known)) => known,
            (None, None) => return Err(crate::domain::ReportError::NotFound),
        };
        bench::group(tx, editor, &chosen, into)?;
        Ok(into)
    })
    .await;
    match done {
        Ok(into) => Ok(go_to(&format!("/phenomena/{into}?done=grouped"))),
        Err(error) => {
            let status = refused(&mut form, error)?;
            bench_page(&house, &visit, &user, state, form, String::new(), status).await
        }
    }
}

async fn seen(
    house: &House,
    user: &CurrentUser,
    observation: ObservationId,
) -> Result<Seen, Failure> {
    Ok(read(house, user, move |tx, editor| {
        bench::one(tx, editor, observation)
    })
    .await?)
}

fn one_page(visit: &Visit, seen: &Seen, form: Form) -> OnePage {
    let page = visit.page("observation-one-title");
    let t = &page.t;
    let texts: Vec<Vec<Piece>> = [&seen.body, &seen.proposal, &seen.wished]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| pieces(text))
        .collect();
    OnePage {
        id: seen.id.to_string(),
        about: [
            t.full_day(seen.written_on),
            labels::kind(t, seen.kind),
            labels::valence(t, seen.valence),
            labels::area(t, &seen.area),
        ]
        .join(", "),
        state: labels::observation_state(t, seen.state),
        marks: texts.iter().map(|text| marks(text)).sum(),
        texts,
        has_proposal: !seen.proposal.is_empty(),
        has_wished: !seen.wished.is_empty(),
        waits: seen.state.leads_to(ObservationState::Screened)
            && seen.state != ObservationState::Grouped,
        may_set_aside: seen.state.leads_to(ObservationState::SetAside),
        grouped: seen.phenomenon.is_some(),
        phenomenon: seen
            .phenomenon
            .map_or_else(String::new, |one| format!("/phenomena/{one}")),
        form,
        page,
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(observation): Path<String>,
) -> Answer {
    let seen = seen(&house, &user, id(&observation)?).await?;
    let mut form = Form::new();
    form.set("revision", seen.revision.to_string());
    form.set("body", cleaned(&seen.body));
    form.set("proposal", cleaned(&seen.proposal));
    form.set("wished", cleaned(&seen.wished));
    Ok(page(one_page(&visit, &seen, form)))
}

/// The page again with what is wrong.
async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    observation: ObservationId,
    mut form: Form,
    error: crate::domain::ReportError,
) -> Result<Response, Failure> {
    let status = match error {
        // The editor takes words out and puts none in: that is what a wrong choice means here.
        crate::domain::ReportError::Field(field, crate::domain::Wrong::Choice) => {
            form.error(field, "observation-words-added");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        error => refused(&mut form, error)?,
    };
    let seen = seen(house, user, observation).await?;
    form.set("revision", seen.revision.to_string());
    for (name, text) in [
        ("body", &seen.body),
        ("proposal", &seen.proposal),
        ("wished", &seen.wished),
    ] {
        if form.values(name).is_empty() {
            form.set(name, cleaned(text));
        }
    }
    Ok(page_with_status(status, one_page(visit, &seen, form)))
}

pub(super) async fn accept(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(observation): Path<String>,
    posted: Posted,
) -> Answer {
    let observation: ObservationId = id(&observation)?;
    let form = posted.form();
    let revision = form.value("revision").parse().unwrap_or(0);
    let text = |name| form.text(name).unwrap_or_default().to_owned();
    let cleaned = Cleaned {
        body: text("body"),
        proposal: text("proposal"),
        wished: text("wished"),
    };
    let done = act(&house, &user, "", move |tx, editor, _| {
        bench::screen(tx, editor, observation, revision, &cleaned)
    })
    .await;
    match done {
        Ok(()) => Ok(go_to("/observations?done=accepted")),
        Err(error) => again(&house, &visit, &user, observation, form, error).await,
    }
}

pub(super) async fn aside(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(observation): Path<String>,
    posted: Posted,
) -> Answer {
    let observation: ObservationId = id(&observation)?;
    let form = posted.form();
    let revision = form.value("revision").parse().unwrap_or(0);
    let reason = form.value("reason").to_owned();
    let done = act(&house, &user, "", move |tx, editor, _| {
        bench::set_aside(tx, editor, observation, revision, &reason)
    })
    .await;
    match done {
        Ok(()) => Ok(go_to("/observations?done=aside")),
        Err(error) => again(&house, &visit, &user, observation, form, error).await,
    }
}

pub(super) async fn take_out(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(observation): Path<String>,
    posted: Posted,
) -> Answer {
    let observation: ObservationId = id(&observation)?;
    let done = act(&house, &user, "", move |tx, editor, _| {
        bench::take_out(tx, editor, observation)
    })
    .await;
    match done {
        Ok(()) => Ok(go_to("/observations?state=screened&done=out")),
        Err(error) => again(&house, &visit, &user, observation, posted.form(), error).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_personal_data_is_marked_and_no_letter_is_lost() {
        for (text, marked) in [
            ("Soita 040 123 4567, kiitos", 1),
            ("Jono on pitkä", 0),
            ("a@b.fi tai +358 40 123 4567", 2),
            ("", 0),
        ] {
            let found = pieces(text);
            assert_eq!(marks(&found), marked, "{text}");
            let joined: String = found.into_iter().map(|piece| piece.text).collect();
            assert_eq!(joined, text);
        }
        assert_eq!(cleaned("Soita 040 123 4567, kiitos"), "Soita […], kiitos");
    }
}
