//! One observation at the editor's bench: read, cleaned, accepted or set aside; others that tell of the same beside it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use identity::session::CurrentUser;
use web::{Answer, Failure, Form, House, Page, Posted, Visit, go_to, page, page_with_status};

use super::bench::marks;
use super::named::with_names;
use super::reading::{Mark, Piece, Reader};
use super::{act, id, labels, read, refused};
use crate::domain::ObservationState;
use crate::store::ObservationId;
use crate::store::bench::{self, Cleaned, Seen};

/// Another observation that seems to tell of the same.
struct LikeView {
    href: String,
    body: String,
    words: String,
    state: String,
}

/// The observation with what stands beside it.
struct Shown {
    seen: Seen,
    /// The likest first: the other, and the words they share.
    alike: Vec<(Seen, String)>,
    reader: Reader,
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
    /// What was marked, and why.
    reasons: Vec<Mark>,
    alike: Vec<LikeView>,
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

async fn seen(
    house: &House,
    user: &CurrentUser,
    observation: ObservationId,
) -> Result<Shown, Failure> {
    let (seen, others) = read(house, user, move |tx, editor| {
        let seen = bench::one(tx, editor, observation)?;
        Ok((seen, bench::accepted(tx, editor)?))
    })
    .await?;
    let reader = Reader::of(house);
    // Hundreds of texts take a moment: not on the thread that answers.
    tokio::task::spawn_blocking(move || {
        let others: Vec<Seen> = others.into_iter().filter(|one| one.id != seen.id).collect();
        let texts = std::iter::once(&seen)
            .chain(&others)
            .map(|one| (one.language, one.body.as_str()));
        let alike = reader.collection(texts).alike(0);
        let alike = alike
            .into_iter()
            .filter_map(|one| {
                let other = others.get(one.index.checked_sub(1)?)?;
                Some((other.clone(), one.shared.join(", ")))
            })
            .collect();
        Shown {
            seen,
            alike,
            reader,
        }
    })
    .await
    .map_err(Failure::internal)
}

fn one_page(visit: &Visit, shown: Shown, form: Form) -> OnePage {
    let Shown {
        seen,
        alike,
        reader,
    } = shown;
    let page = visit.page("observation-one-title");
    let t = &page.t;
    let written: Vec<&String> = [&seen.body, &seen.proposal, &seen.wished]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let texts: Vec<Vec<Piece>> = written.iter().map(|text| reader.pieces(text)).collect();
    let reasons = written
        .iter()
        .flat_map(|text| reader.marks(t, text, None))
        .collect();
    let alike = alike
        .into_iter()
        .map(|(other, words)| LikeView {
            href: other.phenomenon.map_or_else(
                || format!("/observations/{}", other.id),
                |one| format!("/phenomena/{one}"),
            ),
            body: other.body,
            words: t.with("observations-alike-words", &[("words", words.into())]),
            state: labels::observation_state(t, other.state),
        })
        .collect();
    let names = [
        ("body", t.get("public-observation-body")),
        ("proposal", t.get("public-observation-proposal")),
        ("wished", t.get("public-observation-wished")),
        ("reason", t.get("observation-aside-reason")),
    ];
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
        reasons,
        alike,
        has_proposal: !seen.proposal.is_empty(),
        has_wished: !seen.wished.is_empty(),
        waits: seen.state.leads_to(ObservationState::Screened)
            && seen.state != ObservationState::Grouped,
        may_set_aside: seen.state.leads_to(ObservationState::SetAside),
        grouped: seen.phenomenon.is_some(),
        phenomenon: seen
            .phenomenon
            .map_or_else(String::new, |one| format!("/phenomena/{one}")),
        form: with_names(t, form, &names),
        page,
    }
}

/// Where the editor begins: the texts without what surely tells who somebody is. What she has written stays.
fn begun(form: &mut Form, shown: &Shown) {
    let Shown { seen, reader, .. } = shown;
    form.set("revision", seen.revision.to_string());
    for (name, text) in [
        ("body", &seen.body),
        ("proposal", &seen.proposal),
        ("wished", &seen.wished),
    ] {
        if form.values(name).is_empty() {
            form.set(name, reader.cleaned(text));
        }
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(observation): Path<String>,
) -> Answer {
    let shown = seen(&house, &user, id(&observation)?).await?;
    let mut form = Form::new();
    begun(&mut form, &shown);
    Ok(page(one_page(&visit, shown, form)))
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
    let shown = seen(house, user, observation).await?;
    begun(&mut form, &shown);
    Ok(page_with_status(status, one_page(visit, shown, form)))
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
