//! One proposal: sent by a link that is shown once, answered, followed by actions.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use identity::session::CurrentUser;
use web::{Answer, Form, House, Page, Posted, Visit, go_to, page, page_with_status};

use super::{act, answer, id, labels, read, refused};
use crate::domain::{ActionState, Owed, ProposalState, owed};
use crate::store::proposals::{self, Answerer, Link};
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
    may_receive: bool,
    may_evaluate: bool,
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
    /// By the name that the sender herself reaches the house by.
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
    let going = actions
        .iter()
        .any(|one| matches!(one.state, ActionState::Planned | ActionState::Running));
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
        may_receive: found.state.leads_to(ProposalState::Received) && may("edit_draft"),
        may_evaluate: found.state.leads_to(ProposalState::Evaluated) && !going && may("edit_draft"),
        page,
    };
    Ok(page_with_status(status, template))
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
        proposals::receive(tx, &Answerer::Staff(editor), wanted)
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

async fn stepped(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: ProposalId,
    done: Result<(), crate::domain::ReportError>,
    told: &str,
) -> Answer {
    match done {
        Ok(()) => Ok(go_to(&format!("/proposals/{wanted}?done={told}"))),
        Err(error) => {
            let mut form = Form::new();
            let status = refused(&mut form, error)?;
            proposal_page(house, visit, user, wanted, form, String::new(), status).await
        }
    }
}

/// Where the house is reached: as the county has told, else as this browser has it; empty when neither tells, and then the link
/// begins with its path.
fn reached_by(house: &House, headers: &HeaderMap) -> String {
    if !house.county.public_address.is_empty() {
        return house.county.public_address.clone();
    }
    let scheme = if house.https { "https" } else { "http" };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    host.map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

/// Sends it: from now on an answer is owed. The recipient's link stands on this one answer and nowhere else.
pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(proposal): Path<String>,
    headers: HeaderMap,
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
            link: format!(
                "{}/fi/vastaus/{}",
                reached_by(&house, &headers),
                link.shown()
            ),
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
