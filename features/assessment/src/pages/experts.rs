//! Others are asked for a section, send it, or are no longer needed.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use casework::pages::colleagues::{Colleagues, Group, choose, colleagues_of};
use casework::pages::{capital, word};
use documents::DocumentId;
use documents::forms::{self, FormId, Sent};
use identity::session::CurrentUser;
use kernel::time::{Date, SignedDuration};
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, client_page_with_status,
    drafts, go_to,
};

use crate::domain::sections::{ExpertGround, PartnerGround, Permit, USUAL_DAYS, is_lawful_due};
use crate::domain::{NewSection, SectionId, SectionKind, Who};
use crate::pages::glue::{self, Opened, id, open, path, run};
use crate::pages::show::{Said, after, answer};
use crate::pages::words;
use crate::store::{acts, sections};

/// Longest question.
const LONG: usize = 4_000;

#[derive(Template)]
#[template(path = "assessment-expert.html")]
struct ExpertPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    draft: String,
    restored: String,
    kinds: Vec<Choice>,
    experts: Vec<Group>,
    grounds: Vec<Choice>,
    permits: Vec<Choice>,
    clients: Vec<String>,
}

fn draft_key(doc: DocumentId) -> String {
    format!("assessment-{doc}-invite")
}

fn experts(t: &Texts, people: &Colleagues) -> Vec<Group> {
    people.able(t, ("assessment", "edit_draft"), "invited_expert")
}

fn page_of(
    visit: &Visit,
    opened: &Opened,
    people: &Colleagues,
    form: Form,
    restored: String,
) -> ExpertPage {
    let (t, doc) = (visit.t(), opened.view.document.id);
    ExpertPage {
        page: visit.page("assessment-invite-title"),
        form,
        action: format!("{}/sections/new", path(doc)),
        back: path(doc),
        draft: draft_key(doc),
        restored,
        kinds: SectionKind::ALL
            .iter()
            .map(|kind| {
                let label = capital(&word(&t, "assessment-expert", kind.code()));
                Choice::new(kind.code(), label)
            })
            .collect(),
        experts: experts(&t, people),
        grounds: words::grounds(&t),
        permits: words::permits(&t),
        clients: opened
            .view
            .clients
            .iter()
            .map(|(_, name)| name.clone())
            .collect(),
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let opened = open(&house, &user, doc, draft_key(doc)).await?;
    if !opened.view.may.invite {
        return Ok(go_to(&path(doc)));
    }
    let people = colleagues_of(&house, &user, opened.view.document.matter).await?;
    let mut form = Form::new();
    form.set(
        forms::FIELD,
        FormId::new(&*house.clock, &*house.chance).to_string(),
    );
    let today = house.today();
    let due = today.saturating_add(SignedDuration::from_hours(24 * USUAL_DAYS));
    form.set("who", "expert");
    form.set("due_on", words::written(&due.to_string()));
    form.set("told_on", words::written(&today.to_string()));
    let mut restored = String::new();
    if let Some(draft) = &opened.draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let page = page_of(&visit, &opened, &people, form, restored);
    Ok(client_page_with_status(StatusCode::OK, page, opened.logged))
}

fn read(form: &mut Form, t: &Texts, people: &Colleagues, today: Date) -> Option<NewSection> {
    let kind = SectionKind::from_code(form.value("kind"));
    if kind.is_none() {
        form.error("kind", "assessment-kind-missing");
    }
    let question = form.require("question", "assessment-question-missing", LONG);
    let partner = form.value("who") == "partner";
    let (who, due_on) = if partner {
        let name = form.require_line("partner", "assessment-partner-missing", 200);
        let ground = PartnerGround::from_code(form.value("ground"));
        if ground.is_none() {
            form.error("ground", "assessment-ground-missing");
        }
        let ground_words = form.optional("ground_words", 1_000).unwrap_or_default();
        if ground == Some(PartnerGround::Law) && ground_words.is_empty() {
            form.error("ground_words", "assessment-ground-words-missing");
        }
        let on = form.day("told_on").filter(|on| *on <= today);
        if on.is_none() && form.message(t, "told_on").is_empty() {
            form.error("told_on", "assessment-told-on-wrong");
        }
        let who = ground.map(|ground| Who::Partner {
            name,
            ground,
            ground_words,
        });
        (who, on)
    } else {
        let groups = experts(t, people);
        let staff = choose(form, "staff", &groups, "assessment-staff-missing");
        let staff = staff.and_then(|id| id.parse().ok());
        let due = form.day("due_on").filter(|due| is_lawful_due(today, *due));
        if due.is_none() && form.message(t, "due_on").is_empty() {
            form.error("due_on", "assessment-due-wrong");
        }
        (staff.map(Who::Expert), due)
    };
    let permit = if partner { None } else { permit(form) };
    Some(NewSection {
        permit,
        kind: kind?,
        who: who?,
        question,
        due_on: due_on?,
    })
}

/// The client's permission or the joint service, with when it was given and for what.
fn permit(form: &mut Form) -> Option<Permit> {
    let ground = ExpertGround::from_code(form.value("permit"))?;
    let words = form.require("permit_words", "assessment-permit-words-missing", 1_000);
    Some(Permit { ground, words })
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
    posted: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let opened = open(&house, &user, doc, String::new()).await?;
    if !opened.view.may.invite {
        return Err(Failure::NotFound);
    }
    let people = colleagues_of(&house, &user, opened.view.document.matter).await?;
    let mut form = posted.form();
    let new = read(&mut form, &visit.t(), &people, house.today());
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(new) = new.filter(|_| form.is_valid()) {
        let (key, partner) = (draft_key(doc), matches!(new.who, Who::Partner { .. }));
        let sent = Sent::of(&form);
        let asked = run(&house, &user, move |tx, casework, reader| {
            let at = (doc, reader.staff);
            let section = documents::store::once(tx, casework, at, sent.as_ref(), |tx| {
                sections::invite(tx, casework, reader, doc, &new).map(|section| section.bytes())
            })?;
            drafts::delete(tx, reader.staff.bytes(), &key)?;
            Ok(SectionId::from_bytes(section))
        })
        .await?;
        match asked {
            // What a partner told is written at once.
            Ok(section) if partner => {
                let code = crate::domain::parts::expert_part(section);
                return Ok(go_to(&format!("{}/parts/{code}", path(doc))));
            }
            Ok(_) => return Ok(go_to(&format!("{}?done=invited", path(doc)))),
            Err(refusal) => {
                let (field, key) = glue::told(&refusal);
                form.error(field, key);
                status = glue::status(&refusal);
            }
        }
    }
    let page = page_of(&visit, &opened, &people, form, String::new());
    Ok(client_page_with_status(status, page, opened.logged))
}

pub(super) async fn sent(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((doc, section)): Path<(String, String)>,
    _: Posted,
) -> Answer {
    let (doc, section): (DocumentId, SectionId) = (id(&doc)?, id(&section)?);
    let done = run(&house, &user, move |tx, casework, reader| {
        sections::send(tx, casework, reader, doc, section)
    })
    .await?;
    after(&house, &visit, &user, doc, done, "sent").await
}

pub(super) async fn withdraw(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((doc, section)): Path<(String, String)>,
    _: Posted,
) -> Answer {
    let (doc, section): (DocumentId, SectionId) = (id(&doc)?, id(&section)?);
    let done = run(&house, &user, move |tx, casework, reader| {
        sections::withdraw(tx, casework, reader, doc, section)
    })
    .await?;
    after(&house, &visit, &user, doc, done, "withdrawn").await
}

/// A colleague joins as the pair, by one press.
pub(super) async fn pair(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
    posted: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let (t, mut form) = (visit.t(), posted.form());
    let opened = open(&house, &user, doc, String::new()).await?;
    let people = colleagues_of(&house, &user, opened.view.document.matter).await?;
    let staff = choose(
        &mut form,
        "staff",
        &people.workers(&t),
        "assessment-staff-missing",
    );
    let Some(staff) = staff.and_then(|id| id.parse().ok()) else {
        let said = Said {
            refused: form.message(&t, "staff"),
            form,
            ..Said::default()
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return answer(&house, &visit, &user, doc, said, status).await;
    };
    let task = t.get("assessment-pair-task");
    let done = run(&house, &user, move |tx, casework, reader| {
        acts::pair(tx, casework, reader, doc, staff, &task)
    })
    .await?;
    after(&house, &visit, &user, doc, done, "paired").await
}
