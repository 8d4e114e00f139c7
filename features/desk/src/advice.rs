//! Advice (ohjaus ja neuvonta, SHL 6 §): what was asked, what was advised, what next.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use identity::session::CurrentUser;
use intake::domain::{Door, IntakeError, Theme};
use intake::glue;
use intake::store::Worker;
use intake::store::advice::{self, Advice, NewAdvice};
use intake::store::facts::{WRITTEN, authorise};
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, client_page_with_status,
    drafts, go_to,
};

use crate::notice::{self, Notice, Pairs};
use crate::words;

/// Key of the draft.
pub const DRAFT: &str = "advice";
/// Key of the draft of a new contact, a page of `intake`.
const CONTACT_DRAFT: &str = "contact-new";
/// Longest text of a field, in characters.
const LONGEST: usize = 4000;
/// Longest name, in characters.
const LONGEST_NAME: usize = 120;

/// Ways in which advice is given by a worker.
const DOORS: [Door; 7] = [
    Door::Phone,
    Door::Visit,
    Door::Chat,
    Door::Centre,
    Door::Street,
    Door::Letter,
    Door::Authority,
];

/// Advice given earlier by this worker.
pub struct Given {
    pub when: String,
    pub who: String,
    pub asked: String,
    pub advised: String,
    pub next: String,
}

#[derive(Template)]
#[template(path = "advice.html")]
pub struct AdvicePage {
    pub page: Page,
    pub form: Form,
    pub notice: Option<Notice>,
    /// When an earlier draft was put back: its time.
    pub restored: String,
    pub doors: Vec<Choice>,
    pub themes: Vec<Choice>,
    pub given: Vec<Given>,
    /// The worker may write down contacts.
    pub may_contact: bool,
}

pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    pairs: Pairs,
) -> Answer {
    let notice = notice::of(&pairs, &visit.t());
    open_page(&house, &visit, &user, None, notice).await
}

async fn open_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    typed: Option<Form>,
    notice: Option<Notice>,
) -> Answer {
    let desk = glue::desk(house)?;
    let worker = Worker::from(user);
    let may_contact = authorise(&worker, "contact", "create", &[], WRITTEN, desk.now()).is_ok();
    let receipt = house
        .store
        .show(move |tx| {
            let given = advice::list_own(tx, &desk, &worker)?;
            let draft = drafts::load(tx, worker.staff.bytes(), DRAFT)?;
            Ok::<_, IntakeError>((given, draft))
        })
        .await?;
    let (given, draft) = receipt.value;
    let logged: Logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading of advice without a log entry"))?;
    let page = visit.page("advice-title");
    let (t, now) = (page.t.clone(), page.now);
    let mut restored = String::new();
    let status = if typed.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let form = typed.unwrap_or_else(|| {
        let mut form = Form::new();
        form.set("door", Door::Phone.code());
        if let Some(draft) = &draft {
            draft.fill(&mut form);
            restored = t.when(draft.saved_at, now);
        }
        form
    });
    let given = given.iter().map(|one| given_row(&t, one, now)).collect();
    let (doors, themes) = (doors(&t), themes(&t));
    let page = AdvicePage {
        page,
        form,
        notice,
        restored,
        doors,
        themes,
        given,
        may_contact,
    };
    Ok(client_page_with_status(status, page, logged))
}

fn given_row(t: &Texts, one: &Advice, now: kernel::time::Timestamp) -> Given {
    Given {
        when: t.when(one.at, now),
        who: words::person(t, one.person.as_deref()),
        asked: one.asked.clone(),
        advised: one.advised.clone(),
        next: one.next.clone(),
    }
}

/// Doors and themes are named as contacts name them.
fn choice(t: &Texts, family: &str, code: &str) -> Choice {
    Choice::new(code, words::word(t, family, code))
}

fn doors(t: &Texts) -> Vec<Choice> {
    DOORS
        .iter()
        .map(|door| choice(t, "door", door.code()))
        .collect()
}

fn themes(t: &Texts) -> Vec<Choice> {
    Theme::ALL
        .iter()
        .map(|theme| choice(t, "theme", theme.code()))
        .collect()
}

/// Reads the form and marks what is missing.
fn read(form: &mut Form) -> Option<NewAdvice> {
    let asked = form.require("asked", "advice-asked-missing", LONGEST);
    let advised = form.require("advised", "advice-advised-missing", LONGEST);
    let next = form.require("next", "advice-next-missing", LONGEST);
    let person = form.optional("person", LONGEST_NAME);
    let door = Door::from_code(form.value("door")).filter(|door| DOORS.contains(door));
    if door.is_none() {
        form.error("door", "advice-door-missing");
    }
    let theme = Theme::from_code(form.value("theme"));
    let door = door.filter(|_| form.is_valid())?;
    Some(NewAdvice {
        door,
        person,
        asked,
        advised,
        next,
        theme,
    })
}

/// `POST /advice`: records it, or takes the text along to a new contact.
pub async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    if posted.value("then") == "contact" {
        return become_contact(&house, &visit, &user, form).await;
    }
    let Some(new) = read(&mut form) else {
        return open_page(&house, &visit, &user, Some(form), None).await;
    };
    let desk = glue::desk(&house)?;
    let worker = Worker::from(&user);
    house
        .store
        .write(move |tx| {
            advice::add(tx, &desk, &worker, &new)?;
            drafts::delete(tx, worker.staff.bytes(), DRAFT)?;
            Ok::<_, IntakeError>(())
        })
        .await?;
    Ok(go_to("/advice?done=advised"))
}

/// The talk turned out to be a contact: its text becomes the draft of a new one, and no word of it is
/// in an address. A contact already being written is not overwritten.
async fn become_contact(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    mut form: Form,
) -> Answer {
    let desk = glue::desk(house)?;
    let worker = Worker::from(user);
    let now = desk.now();
    authorise(&worker, "contact", "create", &[], WRITTEN, now)?;
    let owner = worker.staff.bytes();
    let fields = contact_fields(&form);
    let free = house
        .store
        .write(move |tx| {
            if drafts::load(tx, owner, CONTACT_DRAFT)?.is_some() {
                return Ok(false);
            }
            drafts::save(tx, owner, CONTACT_DRAFT, &fields, now)?;
            drafts::delete(tx, owner, DRAFT)?;
            Ok::<_, store::StoreError>(true)
        })
        .await?
        .value;
    if free {
        return Ok(go_to("/contacts/new"));
    }
    form.error("", "advice-contact-open");
    open_page(house, visit, user, Some(form), None).await
}

/// The fields of a new contact that this form knows.
fn contact_fields(form: &Form) -> Vec<(String, String)> {
    let told: Vec<&str> = ["asked", "advised", "next"]
        .into_iter()
        .filter_map(|name| form.text(name))
        .collect();
    let mut fields = vec![("own_words".to_owned(), told.join("\n\n"))];
    for (from, to) in [
        ("person", "person_name"),
        ("door", "door"),
        ("theme", "theme"),
    ] {
        if let Some(text) = form.text(from) {
            fields.push((to.to_owned(), text.to_owned()));
        }
    }
    fields
}
