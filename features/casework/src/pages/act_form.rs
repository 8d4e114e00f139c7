//! Acts with something to write. All have one shape: a page with a form whose draft is kept, an act in one transaction
//! that also throws the draft away, and on a refusal the same form with its text and the reason.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use clients::{ClientId, Reader};
use identity::session::CurrentUser;
use store::Logged;
use web::drafts::DraftName;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Route, Texts, Visit,
    client_page_with_status, drafts, go_to, page_with_status,
};

use crate::domain::{MatterError, MatterId, clocks};
use crate::ending::{Obstacles, Unfinished};
use crate::glue::{casework, log_refusal};
use crate::pages::act_read::{self, Wanted};
use crate::pages::acts::run;
use crate::pages::colleagues::{Colleagues, Group, colleagues, colleagues_of};
use crate::pages::may::May;
use crate::pages::model::{self, Head};
use crate::pages::{client_relation, id, labels, matter, refusal};
use crate::panels::MatterAround;
use crate::store::facts::Facts;
use crate::store::view::{self, Shown};

/// An act with a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    TakeOver,
    Offer,
    Worker,
    OwnWorker,
    Substitute,
    Client,
    ClientLeave,
    Part,
    Execution,
    Close,
}

impl Act {
    /// Last part of the address, and of the message keys and the draft's key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TakeOver => "take-over",
            Self::Offer => "offer",
            Self::Worker => "worker",
            Self::OwnWorker => "own-worker",
            Self::Substitute => "substitute",
            Self::Client => "client",
            Self::ClientLeave => "client-leave",
            Self::Part => "part",
            Self::Execution => "execution",
            Self::Close => "close",
        }
    }

    const fn open_to(self, may: May) -> bool {
        match self {
            Self::TakeOver => may.take_over,
            Self::Offer => may.offer,
            Self::Worker => may.workers,
            Self::Client | Self::ClientLeave | Self::Part => may.edit,
            Self::OwnWorker | Self::Substitute => may.own_worker,
            Self::Execution => may.execution,
            Self::Close => may.close,
        }
    }
}

macro_rules! act_routes {
    ($($show:ident, $send:ident, $act:ident, $guard:expr;)+) => {
        $(
            async fn $show(State(house): State<House>, visit: Visit, user: CurrentUser, Path(matter): Path<String>) -> Answer {
                show(house, visit, user, &matter, Act::$act).await
            }
            async fn $send(State(house): State<House>, visit: Visit, user: CurrentUser, Path(matter): Path<String>, posted: Posted) -> Answer {
                send(house, visit, user, &matter, Act::$act, posted).await
            }
        )+

        /// The addresses of the acts.
        pub fn routes() -> Vec<Route> {
            vec![$(
                Route::get(path(Act::$act), $guard, $show),
                Route::post(path(Act::$act), $guard, $send),
            )+]
        }
    };
}

act_routes! {
    show_take_over, send_take_over, TakeOver, matter("take_over");
    show_offer, send_offer, Offer, matter("hand_over");
    show_worker, send_worker, Worker, matter("hand_over");
    show_own_worker, send_own_worker, OwnWorker, client_relation("edit_draft");
    show_substitute, send_substitute, Substitute, client_relation("edit_draft");
    show_client, send_client, Client, matter("edit_draft");
    show_client_leave, send_client_leave, ClientLeave, matter("edit_draft");
    show_part, send_part, Part, matter("edit_draft");
    show_execution, send_execution, Execution, matter("edit_draft");
    show_close, send_close, Close, matter("finish");
}

const fn path(act: Act) -> &'static str {
    match act {
        Act::TakeOver => "/matters/{id}/take-over",
        Act::Offer => "/matters/{id}/offer",
        Act::Worker => "/matters/{id}/worker",
        Act::OwnWorker => "/matters/{id}/own-worker",
        Act::Substitute => "/matters/{id}/substitute",
        Act::Client => "/matters/{id}/client",
        Act::ClientLeave => "/matters/{id}/client-leave",
        Act::Part => "/matters/{id}/part",
        Act::Execution => "/matters/{id}/execution",
        Act::Close => "/matters/{id}/close",
    }
}

#[derive(Template)]
#[template(path = "matter-act.html")]
struct ActPage {
    page: Page,
    form: Form,
    act: &'static str,
    action: String,
    back: String,
    head: Option<Head>,
    draft: String,
    /// When the draft that was put back was saved; empty when there was none.
    restored: String,
    heading: String,
    lead: String,
    save: String,
    groups: Vec<Group>,
    /// Clients of a joint matter; one client needs no choosing.
    clients: Vec<Choice>,
    reasons: Vec<Choice>,
    late: bool,
    /// Social workers in public office, one of whom may answer beside the own worker.
    pairs: Vec<Group>,
    /// The clients who are asked how it went.
    voices: Vec<VoiceField>,
    heard: Vec<Choice>,
    /// What somebody has unfinished in the matter that is about to be closed.
    unfinished: Vec<Unfinished>,
}

/// The fields of one client's answer at the end.
struct VoiceField {
    client: String,
    name: String,
    answer: String,
    words: String,
}

impl VoiceField {
    fn of(client: ClientId, name: &str) -> Self {
        Self {
            client: client.to_string(),
            name: name.to_owned(),
            answer: format!("heard-{client}"),
            words: format!("heard-words-{client}"),
        }
    }
}

/// The key of a draft that belongs to one matter.
pub fn draft_key(matter: MatterId, act: &str) -> String {
    format!("matter-{matter}-{act}")
}

/// The page and name of a draft of an act, see [`web::drafts::DraftNames`].
pub fn draft_name(t: &Texts, key: &str) -> Option<DraftName> {
    let rest = key.strip_prefix("matter-")?;
    if let Some(offer) = rest
        .strip_prefix("offer-")
        .and_then(|rest| rest.strip_suffix("-refuse"))
    {
        return Some(DraftName {
            href: format!("/matter-offers/{offer}/refuse"),
            label: t.get("matter-refuse-title"),
        });
    }
    let (matter, act) = (rest.get(..36)?, rest.get(37..)?);
    let matter: MatterId = matter.parse().ok()?;
    let known = [
        Act::TakeOver,
        Act::Offer,
        Act::Worker,
        Act::OwnWorker,
        Act::Substitute,
        Act::Client,
        Act::ClientLeave,
        Act::Part,
        Act::Execution,
        Act::Close,
    ];
    let act = known.iter().find(|one| one.code() == act)?;
    Some(DraftName {
        href: format!("/matters/{matter}/{}", act.code()),
        label: t.get(&format!("matter-{}-title", act.code())),
    })
}

/// Reads a matter and the reader's draft of a form on it; the reading is logged.
///
/// # Errors
/// [`Failure::NotFound`] without a right.
pub async fn open(
    house: &House,
    user: &CurrentUser,
    matter: MatterId,
    draft: String,
) -> Result<(Shown, Option<drafts::Draft>, Logged), Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let owner = reader.staff.bytes();
    let asked = reader.clone();
    let receipt = house
        .store
        .show(move |tx| {
            let shown = view::read(tx, &casework, &asked, matter)?;
            let draft = drafts::load(tx, owner, &draft)?;
            Ok::<_, MatterError>((shown, draft))
        })
        .await;
    let receipt = match receipt {
        Err(MatterError::NotFound) => {
            log_refusal(house, &reader, matter).await?;
            return Err(Failure::NotFound);
        }
        receipt => receipt?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    Ok((receipt.value.0, receipt.value.1, logged))
}

async fn show(house: House, visit: Visit, user: CurrentUser, matter: &str, act: Act) -> Answer {
    let matter: MatterId = id(matter)?;
    let (shown, draft, logged) = open(&house, &user, matter, draft_key(matter, act.code())).await?;
    if !act.open_to(May::of(&shown.view, &Reader::from(&user))) {
        return Ok(go_to(&model::path(matter)));
    }
    let mut form = Form::new();
    act_read::preset(&house, act, &shown, &mut form);
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let people = people(&house, &user, matter, act, &form).await?;
    let mut page = page_of(
        &house,
        &visit,
        &user,
        matter,
        act,
        form,
        Some(&shown),
        &people,
        restored,
    );
    if act == Act::Close {
        page.unfinished = unfinished(&house, &user, matter, &visit.t()).await?;
    }
    Ok(client_page_with_status(StatusCode::OK, page, logged))
}

/// Who is offered in the form: an own worker is one client's, everybody else works for all.
async fn people(
    house: &House,
    user: &CurrentUser,
    matter: MatterId,
    act: Act,
    form: &Form,
) -> Result<Colleagues, Failure> {
    let people = colleagues_of(house, user, matter).await?;
    Ok(match act {
        Act::OwnWorker => people.for_one(form.value("client").parse().ok()),
        _ => people,
    })
}

/// What other rooms have unfinished in the matter. It is asked beside the reading of the matter, whose entry names the
/// clients.
async fn unfinished(
    house: &House,
    user: &CurrentUser,
    matter: MatterId,
    t: &Texts,
) -> Result<Vec<Unfinished>, Failure> {
    let Some(sources) = house.extra::<Obstacles>() else {
        return Ok(Vec::new());
    };
    let (reader, t, now) = (Reader::from(user), t.clone(), house.now());
    let receipt = house
        .store
        .show(move |tx| {
            let facts = Facts::load(tx, &reader, matter, now)?;
            facts.reading(&reader)?;
            let around = MatterAround {
                reader: &reader,
                facts: &facts,
                t: &t,
                now,
            };
            let mut found = Vec::new();
            for source in &sources.0 {
                found.extend(source(tx, &around)?);
            }
            Ok::<_, MatterError>(found)
        })
        .await?;
    Ok(receipt.value)
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything the page shows, from two callers beside"
)]
fn page_of(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    matter: MatterId,
    act: Act,
    form: Form,
    shown: Option<&Shown>,
    people: &Colleagues,
    restored: String,
) -> ActPage {
    let t = visit.t();
    let code = act.code();
    let heading = t.get(&format!("matter-{code}-title"));
    let groups = match act {
        Act::Offer => people.receivers(&t, user.staff.id),
        Act::OwnWorker => people.own_workers(&t),
        Act::Substitute => people.substitutes(&t),
        Act::Worker | Act::Close => people.workers(&t),
        _ => Vec::new(),
    };
    let close = act == Act::Close;
    let reasons = match act {
        Act::Close => labels::close_reasons(&t),
        Act::OwnWorker => labels::no_own_worker(&t),
        Act::Execution => labels::execution_steps(&t),
        _ => Vec::new(),
    };
    let late = shown.is_some_and(|shown| {
        model::is_late(&shown.view, house.now(), |code| match act {
            Act::Close => true,
            Act::Execution => code == clocks::EXECUTION,
            _ => clocks::is_assessment_start(code),
        })
    });
    ActPage {
        page: visit.page_titled(heading.clone()),
        form,
        act: code,
        action: format!("/matters/{matter}/{code}"),
        back: model::path(matter),
        head: shown.map(|shown| Head::of(&t, &shown.view)),
        draft: draft_key(matter, code),
        restored,
        lead: t.get(&format!("matter-{code}-lead")),
        save: t.get(&format!("matter-{code}-save")),
        heading,
        groups,
        clients: shown.map_or_else(Vec::new, |shown| model::client_choices(&shown.view)),
        reasons,
        late,
        pairs: if act == Act::OwnWorker {
            people.social_workers(&t)
        } else {
            Vec::new()
        },
        voices: shown.filter(|_| close).map_or_else(Vec::new, |shown| {
            let clients = shown.view.clients.iter();
            clients
                .map(|card| VoiceField::of(card.id, &card.name))
                .collect()
        }),
        heard: if close { labels::heard(&t) } else { Vec::new() },
        unfinished: Vec::new(),
    }
}

/// The form again with what was typed and why it was not accepted.
async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    matter: MatterId,
    act: Act,
    form: Form,
    status: StatusCode,
) -> Answer {
    match open(house, user, matter, String::new()).await {
        Ok((shown, _, logged)) => {
            let people = people(house, user, matter, act, &form).await?;
            let mut page = page_of(
                house,
                visit,
                user,
                matter,
                act,
                form,
                Some(&shown),
                &people,
                String::new(),
            );
            if act == Act::Close {
                page.unfinished = unfinished(house, user, matter, &visit.t()).await?;
            }
            Ok(client_page_with_status(status, page, logged))
        }
        // The matter is no longer this worker's to see, but the text is the worker's own.
        Err(Failure::NotFound) => {
            let people = colleagues(house).await?;
            let page = page_of(
                house,
                visit,
                user,
                matter,
                act,
                form,
                None,
                &people,
                String::new(),
            );
            Ok(page_with_status(status, page))
        }
        Err(failure) => Err(failure),
    }
}

async fn send(
    house: House,
    visit: Visit,
    user: CurrentUser,
    matter: &str,
    act: Act,
    posted: Posted,
) -> Answer {
    let matter: MatterId = id(matter)?;
    let mut form = posted.form();
    let wanted = act_read::read(&house, &user, matter, act, &mut form).await?;
    if act == Act::Close && !form.has("seen", "yes") {
        // Nothing in law holds a matter open for a draft, but whoever closes it knows of the draft.
        match unfinished(&house, &user, matter, &visit.t()).await {
            Ok(found) if found.is_empty() => {}
            Ok(_) => form.error("seen", "matter-refused-unfinished"),
            Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    let Some(wanted) = wanted.filter(|_| form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return again(&house, &visit, &user, matter, act, form, status).await;
    };
    let key = draft_key(matter, act.code());
    let done = run(&house, &user, move |tx, casework, reader| {
        Wanted::run(wanted, tx, casework, reader, matter)?;
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok(())
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&format!("/matters/{matter}?done={}", act.code()))),
        Err(error) => {
            let why = refusal::of(&house, &visit.t(), matter, error).await?;
            form.error_with(why.field, why.key, why.args);
            again(
                &house,
                &visit,
                &user,
                matter,
                act,
                form,
                StatusCode::CONFLICT,
            )
            .await
        }
    }
}
