//! Acts with something to write: one shape for them all. A page with a form whose draft is kept; an act in one transaction
//! that also throws the draft away; on a refusal the same form with its text and the reason, and both texts when somebody
//! saved another meanwhile.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use clients::Reader;
use documents::forms::{self, FormId, Sent};
use documents::pages::ClashView;
use documents::{Clash, DocumentId, voiding};
use identity::session::CurrentUser;
use web::drafts::{self, DraftName};
use web::{Answer, Failure, Form, House, Posted, Route, Texts, Visit, go_to};

use crate::domain::parts::{self, PartType};
use crate::domain::{ActionId, GoalId, PlanError, SectionId};
use crate::glue::run;
use crate::pages::common::{id, open, path, refuse, who};
use crate::pages::{act_read, act_run, ask, frames, plan, preset};
use crate::store::read::View;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    GoalNew,
    Goal(GoalId),
    GoalEnd(GoalId),
    ActionNew(GoalId),
    Action(ActionId),
    ActionEnd(ActionId),
    /// A part of the table, and the number of the client whose own it is.
    Part(&'static PartType, Option<i64>),
    SectionNew,
    Section(SectionId),
    SectionEnd(SectionId),
    Finish,
    Change,
    Review,
    End,
    Elsewhere,
    Coordinator,
    /// A student asks the tutor for the approval.
    Ask,
    /// The tutor sends it back.
    Return,
    /// Somebody asks that it be voided.
    Void,
}

impl What {
    /// The end of the address, after the plan.
    pub fn tail(self) -> String {
        match self {
            Self::GoalNew => "goals/new".to_owned(),
            Self::Goal(goal) => format!("goals/{goal}"),
            Self::GoalEnd(goal) => format!("goals/{goal}/end"),
            Self::ActionNew(goal) => format!("goals/{goal}/actions"),
            Self::Action(action) => format!("actions/{action}"),
            Self::ActionEnd(action) => format!("actions/{action}/end"),
            Self::Part(part, None) => format!("parts/{}", part.code),
            Self::Part(part, Some(no)) => format!("parts/{}-{no}", part.code),
            Self::SectionNew => "sections/new".to_owned(),
            Self::Section(section) => format!("sections/{section}"),
            Self::SectionEnd(section) => format!("sections/{section}/end"),
            Self::Finish => "finish".to_owned(),
            Self::Change => "change".to_owned(),
            Self::Review => "review".to_owned(),
            Self::End => "end".to_owned(),
            Self::Elsewhere => "elsewhere".to_owned(),
            Self::Coordinator => "coordinator".to_owned(),
            Self::Ask => "ask".to_owned(),
            Self::Return => "return".to_owned(),
            Self::Void => "void".to_owned(),
        }
    }

    /// Middle of the message keys `plan-<code>-title`, `-save`, and the code of what was done.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GoalNew => "goal-new",
            Self::Goal(_) => "goal",
            Self::GoalEnd(_) => "goal-end",
            Self::ActionNew(_) => "action-new",
            Self::Action(_) => "action",
            Self::ActionEnd(_) => "action-end",
            Self::Part(..) => "part",
            Self::SectionNew => "section-new",
            Self::Section(_) => "section",
            Self::SectionEnd(_) => "section-end",
            Self::Finish => "finish",
            Self::Change => "change",
            Self::Review => "review",
            Self::End => "end",
            Self::Elsewhere => "elsewhere",
            Self::Coordinator => "coordinator",
            Self::Ask => "ask",
            Self::Return => "return",
            Self::Void => "void",
        }
    }

    /// Whether it adds something new each time.
    const fn adds(self) -> bool {
        matches!(
            self,
            Self::GoalNew | Self::ActionNew(_) | Self::SectionNew | Self::Elsewhere | Self::Review
        )
    }

    /// The key of the draft of one worker's form.
    pub fn draft(self, plan: DocumentId) -> String {
        format!("plan-{plan}-{}", self.tail().replace('/', "-"))
    }

    /// The part that an address names: `life`, `life-2`.
    fn part(text: &str) -> Option<Self> {
        if let Some(part) = parts::part(text) {
            return (!part.own).then_some(Self::Part(part, None));
        }
        let (code, no) = text.rsplit_once('-')?;
        let part = parts::part(code).filter(|part| part.own)?;
        Some(Self::Part(part, Some(no.parse().ok()?)))
    }
}

/// The form that a draft's key belongs to, for the list of drafts.
pub fn draft_name(t: &Texts, key: &str) -> Option<DraftName> {
    let rest = key.strip_prefix("plan-")?;
    let (of, tail) = (rest.get(..36)?, rest.get(37..)?);
    if tail == "new" || tail == "skip" {
        return Some(DraftName {
            href: format!("/matters/{of}/plans/{tail}"),
            label: t.get(&format!("plan-{tail}-title")),
        });
    }
    let plan: DocumentId = of.parse().ok()?;
    if tail == voiding::DRAFT {
        return Some(DraftName {
            href: voiding::path(&path(plan)),
            label: t.get("document-void-title-plan"),
        });
    }
    let (head, thing) = tail.split_once('-').unwrap_or((tail, ""));
    let (thing, act) = match thing.get(36..) {
        Some("-end") => (&thing[..36], "/end"),
        Some("-actions") => (&thing[..36], "/actions"),
        _ => (thing, ""),
    };
    let code = match (head, thing, act) {
        ("goals" | "sections", "new", _) => format!("{}-new", head.trim_end_matches('s')),
        ("goals", _, "/actions") => "action-new".to_owned(),
        ("goals" | "actions" | "sections", _, "/end") => {
            format!("{}-end", head.trim_end_matches('s'))
        }
        ("goals" | "actions" | "sections" | "parts", _, _) => head.trim_end_matches('s').to_owned(),
        (
            "finish" | "change" | "review" | "end" | "elsewhere" | "coordinator" | "ask" | "return"
            | "void",
            "",
            _,
        ) => head.to_owned(),
        _ => return None,
    };
    let slash = if thing.is_empty() { "" } else { "/" };
    Some(DraftName {
        href: format!("{}/{head}{slash}{thing}{act}", path(plan)),
        label: t.get(&format!("plan-{code}-title")),
    })
}

macro_rules! of_plan {
    ($($show:ident $send:ident $what:ident $tail:literal $action:literal;)+) => {
        $(
            async fn $show(State(house): State<House>, visit: Visit, user: CurrentUser, Path(of): Path<String>) -> Answer {
                show(house, visit, user, id(&of)?, What::$what).await
            }
            async fn $send(State(house): State<House>, visit: Visit, user: CurrentUser, Path(of): Path<String>, posted: Posted) -> Answer {
                send(house, visit, user, id(&of)?, What::$what, posted).await
            }
        )+
        fn of_plan() -> Vec<Route> {
            vec![$(
                Route::get(concat!("/plans/{id}/", $tail), plan($action), $show),
                Route::post(concat!("/plans/{id}/", $tail), plan($action), $send),
            )+]
        }
    };
}

macro_rules! of_thing {
    ($($show:ident $send:ident $what:expr, $tail:literal $action:literal;)+) => {
        $(
            async fn $show(State(house): State<House>, visit: Visit, user: CurrentUser, Path((of, thing)): Path<(String, String)>) -> Answer {
                let what: Option<What> = $what(&thing);
                show(house, visit, user, id(&of)?, what.ok_or(Failure::NotFound)?).await
            }
            async fn $send(State(house): State<House>, visit: Visit, user: CurrentUser, Path((of, thing)): Path<(String, String)>, posted: Posted) -> Answer {
                let what: Option<What> = $what(&thing);
                send(house, visit, user, id(&of)?, what.ok_or(Failure::NotFound)?, posted).await
            }
        )+
        fn of_thing() -> Vec<Route> {
            vec![$(
                Route::get(concat!("/plans/{id}/", $tail), plan($action), $show),
                Route::post(concat!("/plans/{id}/", $tail), plan($action), $send),
            )+]
        }
    };
}

of_plan! {
    show_goal_new send_goal_new GoalNew "goals/new" "edit_draft";
    show_section_new send_section_new SectionNew "sections/new" "edit_draft";
    show_finish send_finish Finish "finish" "finish";
    show_change send_change Change "change" "correct";
    show_review send_review Review "review" "correct";
    show_end send_end End "end" "finish";
    show_elsewhere send_elsewhere Elsewhere "elsewhere" "edit_draft";
    show_coordinator send_coordinator Coordinator "coordinator" "edit_draft";
    show_ask send_ask Ask "ask" "edit_draft";
    show_return send_return Return "return" "approve";
    show_void send_void Void "void" "void";
}

of_thing! {
    show_goal send_goal |one: &str| one.parse().ok().map(What::Goal), "goals/{goal}" "edit_draft";
    show_goal_end send_goal_end |one: &str| one.parse().ok().map(What::GoalEnd), "goals/{goal}/end" "edit_draft";
    show_action_new send_action_new |one: &str| one.parse().ok().map(What::ActionNew), "goals/{goal}/actions" "edit_draft";
    show_action send_action |one: &str| one.parse().ok().map(What::Action), "actions/{action}" "edit_draft";
    show_action_end send_action_end |one: &str| one.parse().ok().map(What::ActionEnd), "actions/{action}/end" "edit_draft";
    show_part send_part What::part, "parts/{part}" "edit_draft";
    show_section send_section |one: &str| one.parse().ok().map(What::Section), "sections/{section}" "edit_draft";
    show_section_end send_section_end |one: &str| one.parse().ok().map(What::SectionEnd), "sections/{section}/end" "edit_draft";
}

/// The addresses of the acts.
pub fn routes() -> Vec<Route> {
    [of_plan(), of_thing()].concat()
}

async fn show(
    house: House,
    visit: Visit,
    user: CurrentUser,
    plan: DocumentId,
    what: What,
) -> Answer {
    let (view, draft, logged) = open(&house, &user, plan, what.draft(plan)).await?;
    let reader = Reader::from(&user);
    if !frames::is_open_to(&view, &reader, what) {
        return Ok(go_to(&path(plan)));
    }
    let mut form = Form::new();
    form.set(
        forms::FIELD,
        FormId::new(&*house.clock, &*house.chance).to_string(),
    );
    preset::fill(&house, &view, &reader, what, &mut form);
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let mut f = frames::frame(&house, &visit, &user, &view, what).await?;
    f.restored = restored;
    ask::show(&visit, f, form, None, StatusCode::OK, Some(logged))
}

/// The form again with what was typed and why it was not accepted.
async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    (plan, what): (DocumentId, What),
    form: Form,
    clash: Option<Clash>,
    status: StatusCode,
) -> Answer {
    match open(house, user, plan, String::new()).await {
        Ok((view, _, logged)) => {
            let mut f = frames::frame(house, visit, user, &view, what).await?;
            if status == StatusCode::OK {
                f.told.push(frames::stored(&visit.t(), &view, what));
            }
            let clash = clash.map(|clash| two_texts(house, visit, &view, what, &form, &clash));
            ask::show(visit, f, form, clash, status, Some(logged))
        }
        // The plan is no longer this worker's to see, but the text is the worker's own.
        Err(Failure::NotFound) => {
            let f = frames::bare(visit, plan, what);
            ask::show(visit, f, form, None, status, None)
        }
        Err(failure) => Err(failure),
    }
}

fn two_texts(
    house: &House,
    visit: &Visit,
    view: &View,
    what: What,
    form: &Form,
    clash: &Clash,
) -> ClashView {
    let t = visit.t();
    let mine = act_read::fields(view, what, form);
    let mut clash = clash.clone();
    if matches!(what, What::Action(_)) {
        let owner = who(&t, clash.theirs.get("owner"));
        clash.theirs.set("owner", owner);
    }
    let label = |name: &str| frames::field_label(&t, what, name);
    ClashView::of(&t, &clash, &mine, form, label, house.now())
}

async fn send(
    house: House,
    visit: Visit,
    user: CurrentUser,
    plan: DocumentId,
    what: What,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let at = (plan, what);
    // Of two texts the writer wants to make one: the form again, on top of what was saved.
    if form.has("choice", "edit") {
        form.set("choice", "");
        return again(&house, &visit, &user, at, form, None, StatusCode::OK).await;
    }
    let wanted = act_read::read(&house, what, &mut form);
    let Some(wanted) = wanted.filter(|_| form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return again(&house, &visit, &user, at, form, None, status).await;
    };
    let key = what.draft(plan);
    // What is changed is compared with what is there; what is added is added once.
    let sent = Sent::of(&form).filter(|_| what.adds());
    let done = run(&house, &user, move |tx, casework, reader| {
        let at = (plan, reader.staff);
        documents::store::once(tx, casework, at, sent.as_ref(), |tx| {
            act_run::run(wanted, tx, casework, reader, plan)?;
            Ok::<_, PlanError>(plan.bytes())
        })?;
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok(())
    })
    .await?;
    let error = match done {
        Ok(()) => return Ok(go_to(&format!("{}?done={}", path(plan), what.code()))),
        Err(PlanError::NotFound) if frames::hides(what) => return Err(Failure::NotFound),
        Err(error) => error,
    };
    let (clash, status) = match error {
        PlanError::Clash(theirs) => (Some(*theirs), StatusCode::CONFLICT),
        error => (None, refuse(&mut form, error)?),
    };
    again(&house, &visit, &user, at, form, clash, status).await
}
