//! One proposal: what its recipient is shown, how her link stands, what was answered, actions that follow.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use web::{Answer, Form, House, Page, Posted, Texts, Visit, go_to, page_with_status};

use super::handed::{self, HandedView};
use super::{act, id, labels, link, read};
use crate::domain::{ActionState, Owed, ProposalState, owed};
use crate::store::links::{self, LinkStands};
use crate::store::proposals::{self, Answerer};
use crate::store::{ProposalId, handed as rests, pages, phenomena};

struct AnswerView {
    kind: String,
    color: &'static str,
    reason: String,
    about: String,
}

struct ActionView {
    href: String,
    words: String,
    role: String,
    ends: String,
    target: String,
    state: String,
    effect: String,
}

#[derive(Template)]
#[template(path = "proposal.html")]
struct ProposalPage {
    page: Page,
    form: Form,
    notice: String,
    id: String,
    revision: String,
    phenomenon: String,
    phenomenon_title: String,
    words: String,
    recipient: String,
    level: String,
    due: String,
    iso: String,
    color: &'static str,
    state: String,
    answers: Vec<AnswerView>,
    actions: Vec<ActionView>,
    /// As the recipient has it before her.
    shown: HandedView,
    /// Tells what is shown from what it may have become when it is sent.
    seen: String,
    /// How the recipient's link stands; empty where none is of use.
    link: String,
    link_color: &'static str,
    has_link: bool,
    may_send: bool,
    may_answer: bool,
    may_act: bool,
    may_receive: bool,
    may_evaluate: bool,
    may_relink: bool,
}

impl ProposalPage {
    /// The address of an act on it.
    fn at(&self, act: &str) -> String {
        format!("/proposals/{}/{act}", self.id)
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(proposal): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let notice = super::done(&visit, &pairs);
    let (wanted, form) = (id(&proposal)?, Form::new());
    proposal_page(&house, &visit, &user, wanted, form, notice, StatusCode::OK).await
}

pub(super) async fn proposal_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: ProposalId,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let (found, answers, actions, title, (rests, stands)) = read(house, user, move |tx, editor| {
        let found = proposals::one(tx, editor, wanted)?;
        let phenomenon = phenomena::find(tx, editor, found.phenomenon)?;
        Ok((
            found,
            pages::answers(tx, editor, wanted)?,
            pages::actions(tx, editor, wanted)?,
            phenomenon.described.title,
            (
                rests::shown(tx, editor, wanted)?,
                links::stands(tx, editor, wanted)?,
            ),
        ))
    })
    .await?;
    let may = |action| {
        super::editor(house, user)
            .right("publication", action, &["evidence_required"])
            .is_ok()
    };
    let going = actions
        .iter()
        .any(|one| matches!(one.state, ActionState::Planned | ActionState::Running));
    let page = visit.page("proposal-title");
    let t = &page.t;
    let seen = rests.mark();
    let shown = handed::view(house, t, &found, rests).await?;
    let (link, link_color) = link_words(t, stands, house.today());
    let template = ProposalPage {
        shown,
        seen,
        link: if found.state.waits() {
            link
        } else {
            String::new()
        },
        link_color,
        has_link: matches!(stands, LinkStands::Made { .. }),
        may_relink: found.state.waits() && may("finish"),
        form,
        notice,
        id: found.id.to_string(),
        revision: found.revision.to_string(),
        phenomenon: format!("/phenomena/{}", found.phenomenon),
        phenomenon_title: title,
        words: found.words,
        recipient: format!("{}, {}", found.recipient, found.recipient_role),
        level: labels::level(t, found.level),
        due: t.full_day(found.due_on),
        iso: found.due_on.to_string(),
        color: match owed(found.state, found.due_on, house.today()) {
            Owed::Nothing | Owed::Waiting => "",
            Owed::Late => "warning",
            Owed::Silent => "danger",
        },
        state: labels::proposal_state(t, found.state),
        answers: answers
            .into_iter()
            .map(|one| AnswerView {
                kind: labels::response_kind(t, one.written.kind),
                color: super::phenomenon::answer_color(one.written.kind),
                reason: one.written.reason,
                about: [
                    t.full_day(one.received_on),
                    one.written.decided_by_role,
                    one.written.minutes,
                ]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            })
            .collect(),
        actions: actions
            .into_iter()
            .map(|one| ActionView {
                href: format!("/proposal-actions/{}", one.id),
                words: one.written.words,
                role: one.written.responsible_role,
                ends: t.full_day(one.written.ends_on),
                target: one.written.target,
                state: labels::action_state(t, one.state),
                effect: one
                    .effect
                    .map_or_else(String::new, |effect| labels::effect(t, effect)),
            })
            .collect(),
        may_send: found.state.leads_to(ProposalState::Sent) && may("finish"),
        may_answer: found.state.leads_to(ProposalState::Decided) && may("edit_draft"),
        may_act: found.state.leads_to(ProposalState::InAction) && may("edit_draft"),
        may_receive: found.state.leads_to(ProposalState::Received) && may("edit_draft"),
        may_evaluate: found.state.leads_to(ProposalState::Evaluated) && !going && may("edit_draft"),
        page,
    };
    Ok(page_with_status(status, template))
}

/// How a link stands, in words, and the color of its tag.
fn link_words(t: &Texts, stands: LinkStands, today: kernel::time::Date) -> (String, &'static str) {
    let day = |day| t.full_day(day).into();
    match stands {
        LinkStands::Made { on, until } if today <= until => (
            t.with(
                "proposal-link-alive",
                &[("made", day(on)), ("until", day(until))],
            ),
            "",
        ),
        LinkStands::Made { on, until } => (
            t.with(
                "proposal-link-expired",
                &[("made", day(on)), ("until", day(until))],
            ),
            "warning",
        ),
        LinkStands::Withdrawn(on) => (
            t.with("proposal-link-withdrawn", &[("day", day(on))]),
            "warning",
        ),
        LinkStands::Never => (t.get("proposal-link-never"), "warning"),
    }
}

/// Notes that the recipient has it in hand.
pub(super) async fn received(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(proposal): Path<String>,
) -> Answer {
    let wanted: ProposalId = id(&proposal)?;
    let done = act(&house, &user, "", move |tx, editor, _| {
        proposals::receive(tx, &Answerer::Staff(editor), wanted, editor.today())
    })
    .await;
    stepped(&house, &visit, &user, wanted, done, "received").await
}

/// Ends it, when what was answered has been followed to its end.
pub(super) async fn evaluate(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(proposal): Path<String>,
    posted: Posted,
) -> Answer {
    let wanted: ProposalId = id(&proposal)?;
    let revision = posted.value("revision").parse().unwrap_or(0);
    let done = act(&house, &user, "", move |tx, editor, _| {
        proposals::evaluate(tx, editor, (wanted, revision))
    })
    .await;
    stepped(&house, &visit, &user, wanted, done, "evaluated").await
}

pub(super) async fn stepped(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: ProposalId,
    done: Result<(), crate::domain::ReportError>,
    told: &str,
) -> Answer {
    match done {
        Ok(()) => Ok(go_to(&format!("/proposals/{wanted}?done={told}"))),
        Err(error) => link::refusal(house, visit, user, wanted, error).await,
    }
}
