//! One proposal: sent by a link that is shown once, answered, followed by actions.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use web::{Answer, Form, House, Page, Posted, Visit, go_to, page, page_with_status};

use super::{act, answer, id, labels, read, refused};
use crate::domain::{Owed, ProposalState, owed};
use crate::store::proposals::{self, Link};
use crate::store::{ProposalId, pages, phenomena};

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
    may_send: bool,
    may_answer: bool,
    may_act: bool,
}

impl ProposalPage {
    /// The address of an act on it.
    fn at(&self, act: &str) -> String {
        format!("/proposals/{}/{act}", self.id)
    }
}

#[derive(Template)]
#[template(path = "proposal-link.html")]
struct LinkPage {
    page: Page,
    /// From the path on: the house does not know the name it is reached by.
    link: String,
    back: String,
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

async fn proposal_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: ProposalId,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let (found, answers, actions, title) = read(house, user, move |tx, editor| {
        let found = proposals::one(tx, editor, wanted)?;
        let phenomenon = phenomena::find(tx, editor, found.phenomenon)?;
        Ok((
            found,
            pages::answers(tx, editor, wanted)?,
            pages::actions(tx, editor, wanted)?,
            phenomenon.described.title,
        ))
    })
    .await?;
    let may = |action| {
        super::editor(house, user)
            .right("publication", action, &["evidence_required"])
            .is_ok()
    };
    let page = visit.page("proposal-title");
    let t = &page.t;
    let template = ProposalPage {
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
        page,
    };
    Ok(page_with_status(status, template))
}

/// Sends it: from now on an answer is owed. The recipient's link stands on this one answer and nowhere else.
pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(proposal): Path<String>,
    posted: Posted,
) -> Answer {
    let wanted: ProposalId = id(&proposal)?;
    let revision = posted.value("revision").parse().unwrap_or(0);
    let link = Link::new(&*house.chance);
    let digest = link.digest(&house.secrets.key(answer::KEY));
    let done = act(&house, &user, "", move |tx, editor, _| {
        proposals::send(tx, editor, (wanted, revision), digest)
    })
    .await;
    match done {
        Ok(()) => Ok(page(LinkPage {
            page: visit.page("proposal-link-title"),
            link: format!("/fi/vastaus/{}", link.shown()),
            back: format!("/proposals/{wanted}"),
        })),
        Err(crate::domain::ReportError::State) => Ok(go_to(&format!("/proposals/{wanted}"))),
        Err(error) => {
            let mut form = Form::new();
            let status = match error {
                crate::domain::ReportError::Field(_, wrong) => {
                    form.error("", super::said(wrong));
                    StatusCode::UNPROCESSABLE_ENTITY
                }
                error => refused(&mut form, error)?,
            };
            proposal_page(&house, &visit, &user, wanted, form, String::new(), status).await
        }
    }
}
