//! The page where a note is written: new, a draft, or a student's note before its tutor. One form, three fields and what
//! the kind asks; everything is chosen and written without script too.

use askama::Template;
use axum::http::StatusCode;
use casework::domain::MatterId;
use clients::{ClientId, Reader};
use documents::pages::ClashView;
use documents::{DocumentId, State};
use identity::session::CurrentUser;
use kernel::time::{Timestamp, wall_time};
use store::{Logged, Query, StoreError, params};
use web::{
    Answer, Choice, Failure, Form, House, Page, Texts, Visit, client_page_with_status, drafts,
    page_with_status,
};

use super::common::{Fault, casework};
use super::sheet_model::{
    self, Group, LineView, OwnPart, PhraseView, PreviousView, StepView, TickView,
};
use super::{labels, reading};
use crate::domain::{FormId, Written};
use crate::store::read::{self, Sheet};

/// Which note is written, by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A new one in a matter.
    New(MatterId),
    Note(DocumentId),
    /// Before the tutor.
    Approval(DocumentId),
}

impl Place {
    /// Address of the page and its form.
    pub fn path(self) -> String {
        match self {
            Self::New(matter) => format!("/matters/{matter}/notes/new"),
            Self::Note(id) => format!("/notes/{id}/edit"),
            Self::Approval(id) => format!("/notes/{id}/approve"),
        }
    }

    /// Key of the text that is being written. Every page of a new note has its own: two tabs keep both texts.
    pub fn draft_key(self, form: &str) -> String {
        match self {
            Self::New(matter) => format!("{}{form}", new_drafts(matter)),
            Self::Note(id) => format!("note-{id}-edit"),
            Self::Approval(id) => format!("note-{id}-approve"),
        }
    }
}

fn new_drafts(matter: MatterId) -> String {
    format!("note-new-{matter}-")
}

#[derive(Template)]
#[template(path = "note-form.html")]
struct SheetPage {
    page: Page,
    form: Form,
    heading: String,
    lead: String,
    back: String,
    back_label: String,
    action: String,
    draft: String,
    restored: String,
    /// Other unfinished texts of the same matter.
    others: Vec<(String, String)>,
    /// The tutor's words.
    sent_back: String,
    correcting: String,
    kinds: Vec<Group>,
    goals: Vec<Choice>,
    clients: Vec<Choice>,
    /// The clients can be chosen: the note is new and the matter is joint.
    choosing: bool,
    own_parts: Vec<OwnPart>,
    /// Names and values that go along unseen.
    carried: Vec<(String, String)>,
    ways: Vec<Choice>,
    reasons: Vec<Choice>,
    services: Vec<Choice>,
    who: Vec<Choice>,
    lines: Vec<LineView>,
    phrases: Vec<PhraseView>,
    previous: Option<PreviousView>,
    steps: Vec<StepView>,
    ticks: Vec<TickView>,
    links: Vec<TickView>,
    /// Links that this writer does not see.
    unseen_links: Vec<String>,
    finishes: bool,
    tutors: Vec<Choice>,
    approves: bool,
    clash: Option<ClashView>,
    /// The form that keeps the saved text: where the page leads without mine.
    theirs: String,
}

/// The text that was being written, as it was kept.
#[derive(Debug, Default)]
pub(super) struct Kept {
    draft: Option<drafts::Draft>,
    form: String,
    others: Vec<(String, Timestamp)>,
}

/// What a page is made from.
pub(super) struct Opened {
    pub sheet: Sheet,
    kept: Kept,
    logged: Logged,
}

/// Reads what the page needs. `asked` is the id of a new page's own text, when one was asked for.
pub(super) async fn open(
    house: &House,
    user: &CurrentUser,
    place: Place,
    asked: Option<String>,
) -> Result<Opened, Fault> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let fresh = FormId::new(&*casework.clock, &*casework.chance).to_string();
    let receipt = house
        .store
        .show(move |tx| {
            let (sheet, kept) = match place {
                Place::New(matter) => {
                    let sheet = read::sheet(tx, &casework, &reader, matter)?;
                    let owner = reader.staff.bytes();
                    (sheet, kept_new(tx, owner, matter, asked, fresh)?)
                }
                Place::Note(id) | Place::Approval(id) => {
                    let sheet = read::sheet_of_note(tx, &casework, &reader, id)?;
                    let key = place.draft_key("");
                    let draft = drafts::load(tx, reader.staff.bytes(), &key)?;
                    let kept = Kept {
                        draft,
                        ..Kept::default()
                    };
                    (sheet, kept)
                }
            };
            Ok::<_, Fault>((sheet, kept))
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let (sheet, kept) = receipt.value;
    Ok(Opened {
        sheet,
        kept,
        logged,
    })
}

/// The unfinished texts of new notes in a matter: the one asked for or else the newest is put back.
fn kept_new(
    tx: &mut impl Query,
    owner: [u8; 16],
    matter: MatterId,
    asked: Option<String>,
    fresh: String,
) -> Result<Kept, StoreError> {
    let prefix = new_drafts(matter);
    let mut found: Vec<(String, Timestamp)> = tx
        .query(
            "select form_key, saved_at from draft where owner = $1 and form_key like $2 order by saved_at desc limit 10",
            &params![owner, format!("{prefix}%")],
        )?
        .iter()
        .map(|row| {
            let key: String = row.get(0)?;
            Ok((key.trim_start_matches(&prefix).to_owned(), row.get(1)?))
        })
        .collect::<Result<_, StoreError>>()?;
    // A form that came back to be mended goes on with its own text.
    let form = match asked {
        Some(form) => form,
        None => found.first().map_or(fresh, |(form, _)| form.clone()),
    };
    found.retain(|(other, _)| *other != form);
    Ok(Kept {
        draft: drafts::load(tx, owner, &format!("{prefix}{form}"))?,
        form,
        others: found,
    })
}

/// The page as it is opened.
pub(super) async fn show(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    place: Place,
    asked: &[(String, String)],
) -> Answer {
    let value = |name: &str| {
        asked
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.clone())
    };
    let draft = value("text").filter(|id| id.parse::<FormId>().is_ok());
    let opened = match open(house, user, place, draft).await {
        Ok(opened) => opened,
        // Finished meanwhile, or waits for somebody: the note's own page tells.
        Err(Fault::Doc(documents::DocError::State)) => {
            return match place {
                Place::New(matter) => Ok(web::go_to(&format!("/matters/{matter}"))),
                Place::Note(id) | Place::Approval(id) => Ok(web::go_to(&format!("/notes/{id}"))),
            };
        }
        Err(fault) => return Err(fault.failure(house, user, place).await),
    };
    if matches!(place, Place::Approval(_)) && !may_approve(&opened.sheet) {
        return Err(Failure::NotFound);
    }
    let mut form = Form::new();
    let now = house.now();
    preset(&mut form, user, &opened.sheet, now);
    if let Some(client) = value("client").filter(|_| opened.sheet.document.is_none()) {
        form.set("client", client);
    }
    let mut restored = String::new();
    if let Some(draft) = &opened.kept.draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, now);
    }
    form.set("form", opened.kept.form.clone());
    let page = page_of(house, visit, user, place, form, &opened, restored, None);
    Ok(client_page_with_status(StatusCode::OK, page, opened.logged))
}

fn may_approve(sheet: &Sheet) -> bool {
    sheet
        .document
        .as_ref()
        .is_some_and(|existing| existing.may.approve)
}

/// What is known is not asked: the day and the clock, who writes, the one client.
fn preset(form: &mut Form, user: &CurrentUser, sheet: &Sheet, now: Timestamp) {
    let local = wall_time(now);
    form.set("what", "visit");
    form.set(
        "when",
        format!(
            "{}.{}.{} klo {}.{:02}",
            local.day(),
            local.month(),
            local.year(),
            local.hour(),
            local.minute()
        ),
    );
    for no in 1..=crate::domain::LINES {
        form.set(&format!("who-{no}"), format!("staff:{}", user.staff.id));
    }
    match &sheet.document {
        Some(existing) => {
            reading::fill(form, &existing.written, &existing.revisions);
            for client in &sheet.clients {
                form.add("client", client.to_string());
            }
        }
        None => {
            if let [client] = sheet.clients[..] {
                form.set("client", client.to_string());
            }
        }
    }
}

/// The page again, with everything typed and why it was not accepted.
pub(super) async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    place: Place,
    form: Form,
    status: StatusCode,
    clash: Option<ClashView>,
) -> Answer {
    let own = Some(form.value("form").to_owned()).filter(|id| id.parse::<FormId>().is_ok());
    match open(house, user, place, own).await {
        Ok(opened) => {
            let page = page_of(
                house,
                visit,
                user,
                place,
                form,
                &opened,
                String::new(),
                clash,
            );
            Ok(client_page_with_status(status, page, opened.logged))
        }
        // No longer this worker's to write, but the text is the worker's own.
        Err(Fault::Doc(_)) => {
            let t = visit.t();
            let page = bare(visit, &t, place, form);
            Ok(page_with_status(status, page))
        }
        Err(Fault::Failure(failure)) => Err(failure),
    }
}

/// The page with the worker's own text and nothing of the client.
fn bare(visit: &Visit, t: &Texts, place: Place, form: Form) -> SheetPage {
    let clients = form
        .values("client")
        .iter()
        .map(|id| Choice::new(id.clone(), String::new()))
        .collect();
    SheetPage {
        page: visit.page("note-new-title"),
        heading: t.get("note-new-title"),
        lead: String::new(),
        back: "/notes".to_owned(),
        back_label: t.get("notes-title"),
        action: place.path(),
        draft: place.draft_key(form.value("form")),
        restored: String::new(),
        others: Vec::new(),
        sent_back: String::new(),
        correcting: String::new(),
        kinds: sheet_model::kinds(t, casework::domain::ServiceTask::WorkingAge),
        goals: Vec::new(),
        clients,
        choosing: false,
        own_parts: sheet_model::homeless(t, &form, &[]),
        carried: Vec::new(),
        ways: labels::ways(t),
        reasons: labels::reasons(t),
        services: labels::services(t),
        who: Vec::new(),
        lines: sheet_model::lines(&form),
        phrases: Vec::new(),
        previous: None,
        steps: Vec::new(),
        ticks: Vec::new(),
        links: Vec::new(),
        unseen_links: sheet_model::unseen_links(&form, &[]),
        finishes: true,
        tutors: Vec::new(),
        approves: false,
        clash: None,
        theirs: String::new(),
        form,
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything the page shows, from two callers beside"
)]
fn page_of(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    place: Place,
    form: Form,
    opened: &Opened,
    restored: String,
    clash: Option<ClashView>,
) -> SheetPage {
    let (t, now, sheet) = (visit.t(), house.now(), &opened.sheet);
    let existing = sheet.document.as_ref();
    let document = existing.map(|existing| &existing.document);
    let heading = t.get(match (place, document) {
        (Place::Approval(_), _) => "note-approve-title",
        (_, Some(document)) if document.version_no > 0 => "note-correction-title",
        (_, Some(_)) => "note-edit-title",
        (_, None) => "note-new-title",
    });
    let clients = sheet_model::clients(sheet);
    let choosing = existing.is_none() && clients.len() > 1;
    let matter = casework::pages::matter_name(
        &t,
        sheet.matter.view.name_code,
        sheet.matter.view.name_text.as_deref(),
    );
    let (back, back_label) = sheet_model::back(sheet, &matter);
    let chosen: Vec<ClientId> = sheet_model::chosen(&form, sheet);
    let links = sheet_model::links(&t, &form, sheet, now);
    let own_parts = sheet_model::own_parts(&t, sheet, &form);
    SheetPage {
        carried: sheet_model::carried(sheet, &form, &own_parts),
        page: visit.page_titled(heading.clone()),
        heading,
        lead: sheet_model::lead(&t, sheet, &matter, &chosen),
        back,
        back_label,
        action: place.path(),
        draft: place.draft_key(form.value("form")),
        restored,
        others: sheet_model::others(&t, place, &opened.kept.others, now),
        sent_back: document
            .filter(|document| document.state == State::Draft)
            .and_then(|document| document.sent_back.clone())
            .unwrap_or_default(),
        correcting: document
            .and_then(|document| document.correcting.clone())
            .unwrap_or_default(),
        kinds: sheet_model::kinds(&t, sheet.matter.view.facts.service_task),
        goals: sheet
            .goals
            .iter()
            .map(|goal| Choice::new(goal.id.clone(), goal.words.clone()))
            .collect(),
        own_parts,
        clients,
        choosing,
        ways: labels::ways(&t),
        reasons: labels::reasons(&t),
        services: labels::services(&t),
        who: sheet_model::who(&t, user, sheet),
        lines: sheet_model::lines(&form),
        phrases: sheet_model::phrases(&t, sheet),
        previous: sheet_model::previous(&t, sheet, now),
        steps: sheet_model::steps(&t, sheet, now),
        ticks: sheet_model::ticks(&t, &form, sheet, now),
        unseen_links: sheet_model::unseen_links(&form, &links),
        links,
        finishes: sheet.finishes,
        tutors: sheet
            .tutors
            .iter()
            .map(|tutor| Choice::new(tutor.staff.to_string(), tutor.name.clone()))
            .collect(),
        approves: may_approve(sheet) && matches!(place, Place::Approval(_)),
        theirs: document.map_or_else(String::new, |document| {
            format!("/notes/{}/edit", document.id)
        }),
        clash,
        form,
    }
}

/// Appends a phrase to what is written.
pub(super) fn insert(form: &mut Form, text: &str) {
    let before = form.value("body").trim_end().to_owned();
    let joined = if before.is_empty() {
        text.to_owned()
    } else {
        format!("{before}\n{text}")
    };
    form.set("body", joined);
}

/// Both texts of a part, side by side.
pub(super) fn clash_view(
    t: &Texts,
    form: &mut Form,
    written: &Written,
    clashed: &crate::store::keep::Clashed,
    now: Timestamp,
) -> ClashView {
    let mine = written.0.get(&clashed.part).cloned().unwrap_or_default();
    let field = format!("rev-{}", clashed.part);
    form.set(&field, clashed.clash.revision.to_string());
    let mut view = ClashView::of(
        t,
        &clashed.clash,
        &mine,
        form,
        |name| labels::field(t, name),
        now,
    );
    // What is chosen by an id is shown by the form itself, not as a text that differs.
    let chosen = ["goal", "done", "link"].map(|name| labels::field(t, name));
    view.rows.retain(|row| !chosen.contains(&row.label));
    for row in &mut view.rows {
        // Codes of who does what are no words: the form itself shows them.
        row.mine.retain(|piece| !piece.text.starts_with("staff:"));
        row.theirs.retain(|piece| !piece.text.starts_with("staff:"));
    }
    view
}
