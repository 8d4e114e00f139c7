//! A worker writes down a contact and answers for it from that moment.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::time::SignedDuration;
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, TOKEN_FIELD, Texts, Visit, client_page,
    drafts, go_to, page_with_status,
};

use crate::domain::urgency::{Signs, judge_by_professional};
use crate::domain::{
    AnswerWay, AuthorityGround, Door, IntakeError, Kind, NewContact, Parties, TalkLanguage, Theme,
    Wish,
};
use crate::glue::{LIVE_TOPIC, desk};
use crate::pages::forms::read_urgency;
use crate::pages::labels::{self, word};
use crate::pages::suggest::{Suggestion, lowers, suggestion};
use crate::store::receive::{Received, from_worker, needs_ground, written_again};
use crate::store::tasks::promise_call;
use crate::store::{Worker, self_started, view};
use web::receipt::{KEY_PURPOSE, ReceiptCode};

/// The draft's key: one unfinished contact at a time.
const DRAFT: &str = "contact-new";
/// Somebody was in touch with the county; the door tells how.
const CAME: &str = "came";
/// Longest account, characters.
const LONG: usize = 8_000;
/// The same words of the same person again within this time are the same form sent twice.
const TWICE: SignedDuration = SignedDuration::from_secs(15);
/// Longest name or short text.
const SHORT: usize = 200;

#[derive(Template)]
#[template(path = "contact-new.html")]
struct NewPage {
    page: Page,
    form: Form,
    draft: &'static str,
    restored: String,
    kinds: Vec<Choice>,
    doors: Vec<Choice>,
    inbound: Vec<Choice>,
    themes: Vec<Choice>,
    parties: Vec<Choice>,
    languages: Vec<Choice>,
    municipalities: Vec<Choice>,
    answer_ways: Vec<Choice>,
    wishes: Vec<Choice>,
    grounds: Vec<Choice>,
    urgencies: Vec<Choice>,
    suggestion: Option<Suggestion>,
    consents: Vec<Choice>,
    /// The writer goes by the client's consent, or by a ground for going without it.
    asks_ground: bool,
}

/// Shows the receipt code once: it is kept nowhere.
#[derive(Template)]
#[template(path = "contact-written.html")]
struct WrittenPage {
    page: Page,
    code: String,
    number: String,
    contact: String,
}

pub(super) async fn show(State(house): State<House>, visit: Visit, user: CurrentUser) -> Answer {
    let owner = user.staff.id.bytes();
    let draft = house
        .store
        .read(move |tx| drafts::load(tx, owner, DRAFT))
        .await?;
    let mut form = Form::new();
    form.set("kind", Kind::Contact.code());
    form.set("language", TalkLanguage::Fi.code());
    form.set("parties", Parties::One.code());
    form.set("door", usual_door(&user).code());
    form.set("inbound", CAME);
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    Ok(page_with_status(
        StatusCode::OK,
        new_page(&house, &visit, &user, form, None, restored),
    ))
}

/// The door by which this worker most often meets people.
fn usual_door(user: &CurrentUser) -> Door {
    if user.unit.kind == identity::people::UnitKind::Centre {
        Door::Centre
    } else {
        Door::Phone
    }
}

fn new_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    form: Form,
    suggestion: Option<Suggestion>,
    restored: String,
) -> NewPage {
    let t = visit.t();
    NewPage {
        page: visit.page("new-title"),
        form,
        draft: DRAFT,
        restored,
        kinds: labels::kinds(&t),
        doors: labels::doors_by_hand(&t),
        inbound: vec![
            Choice::new(CAME, t.get("new-inbound-came")),
            Choice::new("self", t.get("inbound-self")),
        ],
        themes: labels::themes(&t),
        parties: labels::parties(&t),
        languages: labels::languages(&t),
        municipalities: labels::municipalities(&t, &house.county.code),
        answer_ways: labels::answer_ways(&t),
        wishes: labels::wishes(&t),
        grounds: labels::grounds_of_authority(&t),
        urgencies: labels::urgencies(&t),
        suggestion,
        consents: consents(&t),
        asks_ground: asks_ground(house, user),
    }
}

/// The grounds as a health professional is asked for hers.
fn consents(t: &Texts) -> Vec<Choice> {
    AuthorityGround::ALL
        .iter()
        .map(|ground| Choice::new(ground.code(), word(t, "new-consent", ground.code())))
        .collect()
}

/// Whether the writer's right asks for the client's consent or a ground for going without it (SHL 35 §).
fn asks_ground(house: &House, user: &CurrentUser) -> bool {
    needs_ground(&Worker::from(user), house.now())
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let t = visit.t();
    let mut form = posted.form();
    let suggestion = suggested(&house, &t, &form);
    if posted.value("act") == "suggest" {
        form.set("seen_suggestion", suggestion.urgency.code());
        return Ok(page_with_status(
            StatusCode::OK,
            new_page(&house, &visit, &user, form, Some(suggestion), String::new()),
        ));
    }
    let asked = asks_ground(&house, &user);
    let read = read(&t, &house, &mut form, &suggestion, asked);
    let Some(Read {
        new,
        call,
        give_code,
        self_started,
    }) = read.filter(|_| form.is_valid())
    else {
        form.set("seen_suggestion", suggestion.urgency.code());
        let page = new_page(&house, &visit, &user, form, Some(suggestion), String::new());
        return Ok(page_with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    let code = give_code.then(|| code(&house, &user, posted.value(TOKEN_FIELD), &new));
    let (received, logged) = save(&house, &user, new, (call, self_started), code.as_ref()).await?;
    house.live.tell(LIVE_TOPIC);
    let Some(code) = code else {
        return Ok(go_to(&format!("/contacts/{}?done=written", received.id)));
    };
    let template = WrittenPage {
        page: visit.page("written-title"),
        code: code.shown(),
        number: received.number,
        contact: received.id.to_string(),
    };
    Ok(client_page(template, logged))
}

/// The receipt code of this very form: the page that shows it can be loaded again.
fn code(house: &House, user: &CurrentUser, token: &str, new: &NewContact) -> ReceiptCode {
    let secret = house.secrets.key("noste 2026 receipt code from a worker");
    let text = |text: &Option<String>| text.clone().unwrap_or_default().into_bytes();
    let (name, phone) = (text(&new.person_name), text(&new.phone));
    let parts: [&[u8]; 5] = [
        &user.staff.id.bytes(),
        token.as_bytes(),
        new.own_words.as_bytes(),
        &name,
        &phone,
    ];
    ReceiptCode::derived(&secret, &parts)
}

/// Saves the contact, its promised call and the end of its draft together. A form sent twice finds
/// the contact of the first time.
async fn save(
    house: &House,
    user: &CurrentUser,
    new: NewContact,
    (call, self_started): (Option<String>, bool),
    code: Option<&ReceiptCode>,
) -> Result<(Received, Logged), Failure> {
    let desk = desk(house)?;
    let worker = Worker::from(user);
    let digest = code.map(|code| code.digest(&house.secrets.key(KEY_PURPOSE)));
    let receipt = house
        .store
        .write(move |tx| {
            let since = desk.now() - TWICE;
            // Also when it was sent before: a draft saved in between would come back as a ghost.
            drafts::delete(tx, worker.staff.bytes(), DRAFT)?;
            if let Some(received) = written_again(tx, &worker, &new, digest.as_ref(), since)? {
                view::read(tx, &desk, &worker, received.id)?;
                return Ok(received);
            }
            let received = from_worker(tx, &desk, &worker, &new, digest.as_ref())?;
            if self_started {
                self_started::mark(tx, received.id)?;
            }
            if let Some(what) = call {
                promise_call(tx, &desk, &worker, received.id, &what)?;
            }
            Ok::<_, IntakeError>(received)
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a contact was not logged"))?;
    Ok((receipt.value, logged))
}

/// What the rule would judge from the words and ticks so far.
fn suggested(house: &House, t: &Texts, form: &Form) -> Suggestion {
    let ticked = Signs {
        wish: form.text("wish").and_then(Wish::from_code),
        housing_risk: form.has("housing_risk", "yes"),
        child_in_household: form.has("child", "yes"),
        ..Signs::default()
    };
    let language = TalkLanguage::from_code(form.value("language")).unwrap_or(TalkLanguage::Fi);
    suggestion(house, t, form.value("own_words"), language, ticked)
}

struct Read {
    new: NewContact,
    /// The promised call, in words.
    call: Option<String>,
    give_code: bool,
    /// Nobody had been in touch; so it is also when the form does not say.
    self_started: bool,
}

/// Reads the form; what is wrong is marked in it.
fn read(
    t: &Texts,
    house: &House,
    form: &mut Form,
    suggestion: &Suggestion,
    asks_ground: bool,
) -> Option<Read> {
    let kind = Kind::from_code(form.value("kind"));
    if kind.is_none() {
        form.error("kind", "new-kind-missing");
    }
    // A worker does not write down what comes in by itself.
    let door =
        Door::from_code(form.value("door")).filter(|door| !matches!(door, Door::Web | Door::Api));
    if door.is_none() {
        form.error("door", "new-door-missing");
    }
    let own_words = form.require("own_words", "new-own-words-missing", LONG);
    let phone = read_phone(form);
    let language = TalkLanguage::from_code(form.value("language"));
    if language.is_none() {
        form.error("language", "new-language-missing");
    }
    let other_language = form.optional("other_language", SHORT);
    if language == Some(TalkLanguage::Other) && other_language.is_none() {
        form.error("other_language", "new-other-language-missing");
    }
    let give_code = form.has("give_code", "yes");
    let answer_way = read_answer_way(form, phone.is_some(), give_code);
    let authority = read_authority(form, kind, door, asks_ground);
    let chosen = read_urgency(form);
    let judgement = judge_by_professional(
        chosen?,
        form.has("housing_risk", "yes"),
        form.has("child", "yes"),
        &form.optional("reason", 1_000).unwrap_or_default(),
    );
    // A person decides, but not without having seen what the words say.
    if lowers(judgement.urgency, suggestion.urgency)
        && form.value("seen_suggestion") != suggestion.urgency.code()
    {
        form.error("urgency", "urgency-lower");
    }
    let (authority, authority_contact, authority_ground) = authority;
    let call = form.has("call_back", "yes").then(|| {
        form.optional("call_when", SHORT)
            .unwrap_or_else(|| t.get("new-call-default"))
    });
    let title =
        text::title::title(&own_words).unwrap_or_else(|| word(t, "kind", form.value("kind")));
    let new = NewContact {
        kind: kind?,
        door: door?,
        municipality: form
            .text("municipality")
            .filter(|code| is_ours(house, code))
            .map(str::to_owned),
        language: language?,
        other_language: other_language.filter(|_| language == Some(TalkLanguage::Other)),
        interpreter: form.has("interpreter", "yes"),
        parties: Parties::from_code(form.value("parties")).unwrap_or(Parties::One),
        own_words,
        title,
        theme: form.text("theme").and_then(Theme::from_code),
        person_name: form.optional("person_name", SHORT),
        phone,
        answer_way,
        wish: form.text("wish").and_then(Wish::from_code),
        authority,
        authority_contact,
        authority_ground,
        assisted: form.has("assisted", "yes"),
        urgency: judgement,
    };
    Some(Read {
        new,
        call,
        give_code,
        self_started: !form.has("inbound", CAME),
    })
}

fn is_ours(house: &House, code: &str) -> bool {
    kernel::place::municipalities_of(&house.county.code)
        .iter()
        .any(|one| one.code == code)
}

/// A number as people write it: digits, spaces, hyphens, a plus sign.
fn read_phone(form: &mut Form) -> Option<String> {
    let phone = form.optional("phone", 40)?;
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let plain = phone
        .chars()
        .all(|c| c.is_ascii_digit() || " +-()".contains(c));
    if !plain || digits < 5 {
        form.error("phone", "new-phone-wrong");
    }
    Some(phone)
}

/// How the person wants the answer; left open, it follows from what is known.
fn read_answer_way(form: &mut Form, has_phone: bool, give_code: bool) -> AnswerWay {
    let way = form.text("answer_way").and_then(AnswerWay::from_code);
    match way {
        Some(AnswerWay::Call | AnswerWay::Text)
            if !has_phone && !form.errors().iter().any(|e| e.field == "phone") =>
        {
            form.error("phone", "new-phone-missing");
        }
        Some(AnswerWay::Code) if !give_code => form.error("answer_way", "new-code-needed"),
        _ => {}
    }
    way.unwrap_or(match (has_phone, give_code) {
        (true, _) => AnswerWay::Call,
        (false, true) => AnswerWay::Code,
        (false, false) => AnswerWay::None,
    })
}

type Authority = (Option<String>, Option<String>, Option<AuthorityGround>);

/// A notification says who notifies; one by an authority also its ground, and a health professional always tells
/// hers: the client's consent, or why there is none (SHL 35 §).
fn read_authority(
    form: &mut Form,
    kind: Option<Kind>,
    door: Option<Door>,
    asks_ground: bool,
) -> Authority {
    let notifies = kind == Some(Kind::Notification);
    let ground = form
        .text("authority_ground")
        .filter(|_| notifies || asks_ground)
        .and_then(AuthorityGround::from_code);
    if ground.is_none() && asks_ground {
        form.error("authority_ground", "new-consent-missing");
    } else if ground.is_none() && notifies && door == Some(Door::Authority) {
        form.error("authority_ground", "new-authority-ground-missing");
    }
    if !notifies {
        return (None, None, ground);
    }
    let authority = form.require("authority", "new-authority-missing", SHORT);
    (
        Some(authority),
        form.optional("authority_contact", SHORT),
        ground,
    )
}
