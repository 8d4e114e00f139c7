//! Quotes: an editor picks words of an observation and releases them for a version.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use identity::session::CurrentUser;
use reporting::store::{PhenomenonId, gather, pages};
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Visit, go_to, page_with_status};

use super::{act, id, read, refused};
use crate::domain::PublishError;
use crate::ready;
use crate::store::read::{self as rows, Draft};
use crate::store::write::{self, Clean};
use crate::store::{HandPart, PublicationId};

struct TabView {
    href: String,
    label: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "publication-quotes.html")]
struct QuotesPage {
    page: Page,
    form: Form,
    back: String,
    back_label: String,
    action: String,
    phenomenon: String,
    tabs: Vec<TabView>,
    observations: Vec<Choice>,
}

struct Ground {
    draft: Draft,
    tabs: Vec<(PhenomenonId, String)>,
    chosen: Option<PhenomenonId>,
    observations: Vec<Choice>,
}

async fn ground(
    house: &House,
    user: &CurrentUser,
    wanted: PublicationId,
    asked: Option<PhenomenonId>,
) -> Result<Ground, Failure> {
    let ground = read(house, user, move |tx, editor| {
        let draft = rows::newest(tx, editor, wanted)?;
        if !draft.state.is_open() || draft.hand == Some(HandPart::Publishes) {
            return Err(PublishError::NotFound);
        }
        let titles = gather::titles(tx, editor, &draft.phenomena)?;
        let tabs: Vec<_> = draft
            .phenomena
            .iter()
            .filter_map(|id| Some((*id, titles.get(id)?.clone())))
            .collect();
        let chosen = asked
            .filter(|id| draft.phenomena.contains(id))
            .or_else(|| tabs.first().map(|(id, _)| *id));
        let observations = match chosen {
            None => Vec::new(),
            Some(of) => pages::members(tx, editor, of)?
                .into_iter()
                .map(|(id, _, words)| Choice::new(id.to_string(), words))
                .collect(),
        };
        Ok(Ground {
            draft,
            tabs,
            chosen,
            observations,
        })
    })
    .await?;
    Ok(ground)
}

fn quotes_page(visit: &Visit, ground: Ground, form: Form, status: StatusCode) -> Response {
    let id = ground.draft.at.0;
    let action = format!("/publications/{id}/quotes");
    let chosen = ground.chosen;
    page_with_status(
        status,
        QuotesPage {
            page: visit.page("publication-quotes-title"),
            form,
            back: format!("/publications/{id}"),
            back_label: ground.draft.title,
            phenomenon: chosen.map(|id| id.to_string()).unwrap_or_default(),
            tabs: ground
                .tabs
                .into_iter()
                .map(|(of, label)| TabView {
                    href: format!("{action}?phenomenon={of}"),
                    label,
                    current: chosen == Some(of),
                })
                .collect(),
            observations: ground.observations,
            action,
        },
    )
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(wanted): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let asked = pairs
        .iter()
        .find(|(name, _)| name == "phenomenon")
        .and_then(|(_, value)| value.parse().ok());
    let ground = ground(&house, &user, id(&wanted)?, asked).await?;
    Ok(quotes_page(&visit, ground, Form::new(), StatusCode::OK))
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(wanted): Path<String>,
    posted: Posted,
) -> Answer {
    let wanted = id(&wanted)?;
    let mut form = posted.form();
    let phenomenon = form.value("phenomenon").parse().ok();
    let ground = ground(&house, &user, wanted, phenomenon).await?;
    let done = quoted(&house, &user, &ground, &mut form).await;
    match done {
        Ok(true) => Ok(go_to(&format!("/publications/{wanted}?done=quoted"))),
        Ok(false) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(quotes_page(&visit, ground, form, status))
        }
        Err(error) => {
            let status = refused(&mut form, error)?;
            Ok(quotes_page(&visit, ground, form, status))
        }
    }
}

async fn quoted(
    house: &House,
    user: &CurrentUser,
    ground: &Ground,
    form: &mut Form,
) -> Result<bool, PublishError> {
    let observation = form.value("observation").parse().ok();
    if observation.is_none() {
        form.error("observation", "publication-field-choice");
    }
    let (Some(observation), Some(phenomenon)) = (observation, ground.chosen) else {
        return Ok(false);
    };
    let words = form.value("words").to_owned();
    let screener = ready::screener(house)?;
    let clean = tokio::task::spawn_blocking(move || Clean::of(&words, &screener))
        .await
        .map_err(|error| store::StoreError::Config(error.to_string()))??;
    let at = ground.draft.at;
    act(house, user, "", move |tx, editor, made| {
        write::add_quote(tx, editor, made.by(), at, (phenomenon, observation), &clean)
    })
    .await?;
    Ok(true)
}

/// Takes one out.
pub(super) async fn remove(
    State(house): State<House>,
    user: CurrentUser,
    Path(wanted): Path<String>,
    posted: Posted,
) -> Answer {
    let wanted = id(&wanted)?;
    let quote = posted
        .value("quote")
        .parse()
        .map_err(|_| Failure::BadRequest)?;
    let removed = act(&house, &user, "", move |tx, editor, _| {
        let draft = rows::newest(tx, editor, wanted)?;
        write::remove_quote(tx, editor, draft.at, quote)
    })
    .await;
    match removed {
        // Somebody has released it, or she publishes it herself: the page that she comes back to says how it stands.
        Ok(()) | Err(PublishError::State | PublishError::FourEyes) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(go_to(&format!("/publications/{wanted}?done=saved")))
}
