//! One gathering: its plan, what came of it, where its proposals went.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use reporting::store::themes;
use web::{Answer, Form, House, Page, Posted, Texts, Visit, go_to, page_with_status};

use super::{act, editor, fields, id, labels, may, read, refused};
use crate::domain::{ProposalState, Reward, State as Stands};
use crate::store::gatherings::{self, Gathering, Linked};
use crate::store::proposals::{self, Said};
use crate::store::share::{self, Share};
use crate::store::{EVIDENCE, GatheringId, bikva};

struct SaidView {
    words: String,
    state: String,
    color: &'static str,
    /// Where it went, or why it was set aside.
    about: String,
    href: String,
    /// It waits for somebody to take it further.
    open: bool,
}

struct LinkView {
    title: String,
    href: String,
    stage: String,
    share: String,
}

#[derive(Template)]
#[template(path = "gathering.html")]
struct GatheringPage {
    page: Page,
    form: Form,
    notice: String,
    id: String,
    revision: String,
    lead: String,
    facts: Vec<(String, String)>,
    plan: Vec<(String, String)>,
    outcome: Vec<(String, String)>,
    notes: String,
    told: String,
    said: Vec<SaidView>,
    links: Vec<LinkView>,
    is_planned: bool,
    is_held: bool,
    is_cancelled: bool,
    /// Its day has come, so its outcome can be written down.
    has_come: bool,
    /// It was held and nobody has told those who came.
    untold: bool,
    may_change: bool,
    may_further: bool,
}

impl GatheringPage {
    /// The address of an act on it.
    fn at(&self, act: &str) -> String {
        format!("/participation/{}/{act}", self.id)
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
    gathering_page(
        &house,
        &visit,
        &user,
        id(&wanted)?,
        Form::new(),
        notice,
        StatusCode::OK,
    )
    .await
}

pub(super) async fn cancel(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(wanted): Path<String>,
    posted: Posted,
) -> Answer {
    let wanted: GatheringId = id(&wanted)?;
    let mut form = posted.form();
    let revision = form.value("revision").parse().unwrap_or(0);
    let done = act(&house, &user, "", move |tx, editor, _| {
        gatherings::cancel(tx, editor, (wanted, revision))
    })
    .await;
    match done {
        Ok(()) => Ok(go_to(&format!("/participation/{wanted}?done=cancelled"))),
        Err(error) => {
            let status = refused(&mut form, error)?;
            gathering_page(&house, &visit, &user, wanted, form, String::new(), status).await
        }
    }
}

struct Read {
    one: Gathering,
    said: Vec<Said>,
    links: Vec<Linked>,
    shares: std::collections::BTreeMap<reporting::store::PhenomenonId, Share>,
    themes: reporting::domain::Themes,
}

async fn gathering_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: GatheringId,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let found = read(house, user, move |tx, editor| {
        Ok(Read {
            one: gatherings::find(tx, editor, wanted)?,
            said: proposals::of(tx, editor, wanted)?,
            links: gatherings::links(tx, editor, wanted)?,
            shares: share::shares(tx)?,
            themes: themes::on(tx, editor.today())?,
        })
    })
    .await?;
    let Read {
        one,
        said,
        links,
        shares,
        themes,
    } = found;
    let page = visit.page_titled(one.planned.title.clone());
    let (t, today) = (&page.t, house.today());
    let observes = may(house, user, "observation", "read", bikva::GROUPED);
    let is_cancelled = one.state == Stands::Cancelled;
    let template = GatheringPage {
        form,
        notice,
        id: one.id.to_string(),
        revision: one.revision.to_string(),
        lead: format!(
            "{}. {}.",
            labels::kind(t, one.planned.kind),
            labels::state(t, one.state)
        ),
        facts: facts(
            t,
            &one,
            labels::theme_names(t, &themes, &one.planned.themes),
        ),
        plan: one
            .planned
            .plan
            .fields()
            .iter()
            .zip(fields::PLAN)
            .filter(|((_, text), _)| !text.is_empty())
            .map(|((_, text), (_, key))| (t.get(key), (*text).to_owned()))
            .collect(),
        outcome: outcome(t, &one),
        notes: one
            .outcome
            .as_ref()
            .map_or_else(String::new, |one| one.notes.clone()),
        told: one.told.as_ref().map_or_else(String::new, |(on, how)| {
            t.with(
                "gathering-told",
                &[
                    ("day", t.full_day(*on).into()),
                    ("how", how.as_str().into()),
                ],
            )
        }),
        said: said
            .into_iter()
            .map(|said| said_view(t, said, observes))
            .collect(),
        links: links
            .into_iter()
            .map(|link| LinkView {
                href: if observes {
                    format!("/phenomena/{}", link.phenomenon)
                } else {
                    String::new()
                },
                stage: labels::stage(t, link.stage),
                share: shares
                    .get(&link.phenomenon)
                    .map_or_else(String::new, |share| share_words(t, share)),
                title: link.title,
            })
            .collect(),
        is_planned: one.state == Stands::Planned,
        is_held: one.state == Stands::Held,
        is_cancelled,
        has_come: one.planned.held_on <= today,
        untold: one.state == Stands::Held && one.told.is_none(),
        may_change: !is_cancelled
            && gatherings::right_to_change(&editor(house, user), &one).is_ok(),
        may_further: !is_cancelled && may(house, user, "publication", "edit_draft", EVIDENCE),
        page,
    };
    Ok(page_with_status(status, template))
}

/// Who took part in the handling of a phenomenon, in a sentence.
pub(super) fn share_words(t: &Texts, share: &Share) -> String {
    match share.percent() {
        None => t.get("participation-share-none"),
        Some(percent) => t.with(
            "participation-share",
            &[
                ("people", share.people.into()),
                ("experts", share.experts.into()),
                ("percent", percent.into()),
            ],
        ),
    }
}

fn facts(t: &Texts, one: &Gathering, themes: String) -> Vec<(String, String)> {
    let planned = &one.planned;
    let day = if planned.hours.is_empty() {
        t.full_day(planned.held_on)
    } else {
        format!("{}, {}", t.full_day(planned.held_on), planned.hours)
    };
    let open = if planned.is_open {
        "gathering-open-yes"
    } else {
        "gathering-open-no"
    };
    [
        ("gathering-held-on", day),
        ("gathering-place", planned.place.clone()),
        (
            "gathering-municipality",
            labels::area(t, planned.municipality.as_deref()),
        ),
        ("gathering-held-by", planned.held_by.clone()),
        ("gathering-theme", themes),
        ("gathering-open", t.get(open)),
    ]
    .map(|(key, words)| (t.get(key), words))
    .into()
}

fn outcome(t: &Texts, one: &Gathering) -> Vec<(String, String)> {
    let Some(outcome) = &one.outcome else {
        return Vec::new();
    };
    let reward = outcome.reward.map_or_else(
        || t.get("gathering-reward-unknown"),
        |one: Reward| labels::reward(t, one),
    );
    [
        ("gathering-people", outcome.people.to_string()),
        ("gathering-experts", outcome.experts.to_string()),
        ("gathering-developers", outcome.developers.to_string()),
        ("gathering-reward", reward),
        ("gathering-outcome", outcome.outcome.clone()),
    ]
    .map(|(key, words)| (t.get(key), words))
    .into()
}

fn said_view(t: &Texts, said: Said, observes: bool) -> SaidView {
    let (color, href) = match (said.state, said.became, said.phenomenon) {
        (ProposalState::Open, _, _) => ("warning", format!("/participation/proposals/{}", said.id)),
        (ProposalState::Proposed, Some(became), _) if observes => {
            let id = reporting::store::ProposalId::from_bytes(became);
            ("success", format!("/proposals/{id}"))
        }
        (ProposalState::Evidence, _, Some(phenomenon)) if observes => {
            ("success", format!("/phenomena/{phenomenon}"))
        }
        (ProposalState::SetAside, _, _) => ("neutral", String::new()),
        _ => ("success", String::new()),
    };
    SaidView {
        state: labels::said_state(t, said.state),
        open: said.state == ProposalState::Open,
        words: said.words,
        about: said.reason,
        color,
        href,
    }
}
