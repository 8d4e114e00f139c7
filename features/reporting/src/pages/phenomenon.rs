//! One phenomenon: its numbers, evidence, statements, proposals and answers.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::people;
use identity::session::CurrentUser;
use web::{Answer, Form, House, Page, Posted, Visit, go_to, page_with_status};

use super::beside::{self, Row};
use super::chart::{self, Shown};
use super::{act, id, labels, read, refused};
use crate::domain::{Owed, PhenomenonState, owed};
use crate::panels::{Around, Panel, Panels};
use crate::store::{PhenomenonId, beside as statistics, influence, pages, phenomena, themes};

struct EvidenceView {
    number: usize,
    kind: String,
    words: String,
    source: String,
    quality: String,
}

struct StatementView {
    words: String,
    /// Numbers of the evidence it stands on.
    stands_on: String,
}

struct ProposalView {
    href: String,
    words: String,
    recipient: String,
    due: String,
    iso: String,
    color: &'static str,
    answer: String,
    answer_color: &'static str,
    reason: String,
}

struct InfluenceView {
    href: String,
    forum: String,
    level: String,
    day: String,
    outcome: String,
    look: String,
    look_late: bool,
}

struct NextView {
    code: &'static str,
    label: String,
}

#[derive(Template)]
#[template(path = "phenomenon.html")]
struct PhenomenonPage {
    page: Page,
    form: Form,
    notice: String,
    id: String,
    revision: String,
    lead: String,
    description: String,
    themes: String,
    state: String,
    review: String,
    review_late: bool,
    closed_reason: String,
    shown: Shown,
    evidence: Vec<EvidenceView>,
    statements: Vec<StatementView>,
    proposals: Vec<ProposalView>,
    proposals_count: String,
    /// Where it has been seen; none while no number may be shown.
    areas: Option<charts::Picture>,
    /// How the borders of that picture are named; empty when it has tiles.
    borders: String,
    /// Where it shows, by kinds of evidence.
    seen_in: Vec<(String, String)>,
    /// Parts that other rooms fill.
    panels: Vec<Panel>,
    /// Open statistics of its themes.
    beside: Vec<Row>,
    influences: Vec<InfluenceView>,
    next: Vec<NextView>,
    may_edit: bool,
    may_merge: bool,
    may_observe: bool,
}

impl PhenomenonPage {
    /// The address of an act on it.
    fn at(&self, act: &str) -> String {
        format!("/phenomena/{}/{act}", self.id)
    }
}

/// The color of an answer's tag.
pub(super) const fn answer_color(kind: crate::domain::ResponseKind) -> &'static str {
    use crate::domain::ResponseKind;
    match kind {
        ResponseKind::Accepted => "success",
        ResponseKind::Partly => "warning",
        ResponseKind::Rejected => "danger",
        ResponseKind::Forwarded => "info",
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(phenomenon): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let wanted: PhenomenonId = id(&phenomenon)?;
    let found = read(&house, &user, move |tx, editor| {
        phenomena::find(tx, editor, wanted)
    })
    .await?;
    if found.id != wanted {
        // It was merged: its address leads to where it went.
        return Ok(go_to(&format!("/phenomena/{}", found.id)));
    }
    let notice = super::done(&visit, &pairs);
    let form = Form::new();
    phenomenon_page(&house, &visit, &user, wanted, form, notice, StatusCode::OK).await
}

async fn phenomenon_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: PhenomenonId,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let (today, county) = (house.today(), house.county.code.clone());
    let borders = ::statistics::borders::of(house).await?;
    let (sources, whole) = (house.extra::<Panels>(), house.clone());
    let words = visit.t();
    let (found, (months, areas), evidence, statements, proposals, owner, more) =
        read(house, user, move |tx, editor| {
            let found = phenomena::find(tx, editor, wanted)?;
            let owner = people::lookup_staff(tx, found.described.owner)?;
            let known = themes::on(tx, today)?;
            let beside = statistics::of(tx, &known, &found.described.themes, &county)?;
            let taken = influence::of(tx, editor, wanted)?;
            let around = Around {
                house: &whole,
                reader: editor,
                phenomenon: wanted,
                themes: &found.described.themes,
                t: &words,
            };
            let mut panels = Vec::new();
            for source in sources.iter().flat_map(|all| &all.0) {
                panels.extend(source(tx, &around)?);
            }
            Ok((
                found,
                pages::counted(tx, editor, wanted)?,
                pages::evidence(tx, editor, wanted)?,
                pages::statements(tx, editor, wanted)?,
                pages::proposals(tx, editor, wanted)?,
                owner.map_or_else(String::new, |one| one.name),
                (known, beside, taken, panels),
            ))
        })
        .await?;
    let (known, beside, taken, panels) = more;
    let page = visit.page_titled(found.described.title.clone());
    let t = &page.t;
    let sent: Vec<_> = proposals
        .iter()
        .filter_map(|(one, _)| one.sent_on)
        .collect();
    let shown = chart::shown(t, &months, &sent, today)?;
    let numbers: BTreeMap<_, _> = evidence
        .iter()
        .enumerate()
        .map(|(at, one)| (one.id, at + 1))
        .collect();
    let open = found.state != PhenomenonState::Closed;
    let may = |class, action, given: &[&str]| {
        super::editor(house, user)
            .right(class, action, given)
            .is_ok()
    };
    let may_edit = may("publication", "edit_draft", &["evidence_required"]);
    let waiting = proposals
        .iter()
        .filter(|(one, _)| one.state.waits())
        .count();
    let template = PhenomenonPage {
        form,
        notice,
        id: found.id.to_string(),
        revision: found.revision.to_string(),
        lead: t.with(
            "phenomenon-lead",
            &[
                ("count", shown.words.as_str().into()),
                ("owner", owner.into()),
            ],
        ),
        description: found.described.description,
        themes: labels::theme_names(t, &known, &found.described.themes),
        state: labels::phenomenon_state(t, found.state),
        review: t.full_day(found.described.review_on),
        review_late: open && found.described.review_on < today,
        closed_reason: found.closed_reason.unwrap_or_default(),
        shown,
        statements: statements
            .into_iter()
            .map(|one| StatementView {
                words: one.words,
                stands_on: one
                    .evidence
                    .iter()
                    .filter_map(|id| numbers.get(id))
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(", "),
            })
            .collect(),
        seen_in: seen_in(t, &months, &evidence),
        evidence: evidence
            .into_iter()
            .enumerate()
            .map(|(at, one)| EvidenceView {
                number: at + 1,
                kind: labels::evidence_kind(t, one.written.kind),
                source: [
                    one.written.source,
                    labels::when(t, one.written.period),
                    one.written.area,
                ]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
                words: one.written.words,
                quality: labels::quality(t, one.written.quality),
            })
            .collect(),
        proposals_count: t.with(
            "phenomenon-proposals-count",
            &[
                ("count", proposals.len().into()),
                ("waiting", waiting.into()),
            ],
        ),
        areas: beside::by_area(
            t,
            &areas,
            &house.county.code,
            borders.as_ref().map(|one| &*one.borders),
        )?,
        borders: borders.map_or_else(String::new, |one| one.attribution),
        panels,
        beside: beside.iter().map(|one| beside::row(t, one)).collect(),
        influences: taken
            .into_iter()
            .map(|one| influence_view(t, one, today))
            .collect(),
        proposals: proposals
            .into_iter()
            .map(|one| proposal_view(t, one, today))
            .collect(),
        next: PhenomenonState::ALL
            .iter()
            .filter(|next| found.state.leads_to(**next) && **next != PhenomenonState::Closed)
            .map(|next| NextView {
                code: next.code(),
                label: labels::phenomenon_state(t, *next),
            })
            .collect(),
        may_edit,
        may_merge: open && may("observation", "merge", &["redact_only", "no_client_link"]),
        may_observe: may("observation", "create", &["no_client_link"]),
        page,
    };
    Ok(page_with_status(status, template))
}

/// In which kinds of knowledge it shows: what is seen by many is strong, what one sees alone is a weak signal (4.3 of the domain).
fn seen_in(
    t: &web::Texts,
    months: &BTreeMap<pages::Month, pages::Behind>,
    evidence: &[pages::Evidence],
) -> Vec<(String, String)> {
    use crate::domain::EvidenceKind::{Experience, Observations, OwnFigure, Research, Statistic};
    [Observations, Experience, Statistic, OwnFigure, Research]
        .into_iter()
        .map(|kind| {
            let numbers: Vec<String> = evidence
                .iter()
                .zip(1_usize..)
                .filter(|(one, _)| one.written.kind == kind)
                .map(|(_, number)| number.to_string())
                .collect();
            let said = if !numbers.is_empty() {
                t.with(
                    "statement-stands-on",
                    &[("numbers", numbers.join(", ").into())],
                )
            } else if kind == Observations && !months.is_empty() {
                t.get("phenomenon-seen-grouped")
            } else {
                t.get("phenomenon-seen-not")
            };
            (labels::evidence_kind(t, kind), said)
        })
        .collect()
}

fn influence_view(
    t: &web::Texts,
    one: influence::Influence,
    today: kernel::time::Date,
) -> InfluenceView {
    InfluenceView {
        href: format!("/influences/{}", one.id),
        forum: one.written.forum,
        level: labels::arena(t, one.written.level),
        day: t.full_day(one.written.brought_on),
        look_late: one.written.look_on.is_some_and(|day| day < today),
        look: one
            .written
            .look_on
            .map_or_else(String::new, |day| t.full_day(day)),
        outcome: one.written.outcome,
    }
}

fn proposal_view(
    t: &web::Texts,
    (proposal, answer): pages::Answered,
    today: kernel::time::Date,
) -> ProposalView {
    let (answer, answer_color, reason) = match answer {
        Some((kind, reason)) => (labels::response_kind(t, kind), answer_color(kind), reason),
        None => (labels::proposal_state(t, proposal.state), "", String::new()),
    };
    ProposalView {
        href: format!("/proposals/{}", proposal.id),
        words: proposal.words,
        recipient: proposal.recipient,
        due: t.full_day(proposal.due_on),
        iso: proposal.due_on.to_string(),
        color: match owed(proposal.state, proposal.due_on, today) {
            Owed::Nothing | Owed::Waiting => "",
            Owed::Late => "warning",
            Owed::Silent => "danger",
        },
        answer,
        answer_color,
        reason,
    }
}

/// Takes it a step on; closing has a form of its own, for its reason.
pub(super) async fn step(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(phenomenon): Path<String>,
    posted: Posted,
) -> Answer {
    let wanted: PhenomenonId = id(&phenomenon)?;
    let mut form = Form::new();
    let next = PhenomenonState::from_code(posted.value("next"));
    let revision = posted.value("revision").parse().unwrap_or(0);
    let Some(next) = next.filter(|next| *next != PhenomenonState::Closed) else {
        form.error("", "reporting-choose-one");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return phenomenon_page(&house, &visit, &user, wanted, form, String::new(), status).await;
    };
    let done = act(&house, &user, "", move |tx, editor, _| {
        phenomena::step(tx, editor, (wanted, revision), next, "")
    })
    .await;
    match done {
        Ok(()) => Ok(go_to(&format!("/phenomena/{wanted}?done=stepped"))),
        Err(error) => {
            let status = refused(&mut form, error)?;
            phenomenon_page(&house, &visit, &user, wanted, form, String::new(), status).await
        }
    }
}
