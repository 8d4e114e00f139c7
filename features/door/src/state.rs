//! The sender's own page, opened with the receipt code: who answers, by when, messages, additions.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use intake::domain::attachment::{self, MAX_FILES};
use intake::domain::{IntakeError, Parties};
use intake::glue::{LIVE_TOPIC, desk};
use intake::store::sender::{self, FileError, NewFile};
use store::{Query, StoreError, WriteTx};
use web::receipt::ReceiptCode;
use web::{
    Answer, Form, House, Page, Posted, Visit, client_page_with_status, go_to, page_with_status,
};

use crate::checking::{is_in_county, plain_text};
use crate::receive::{key, look};
use crate::state_page::{Done, StatePage};
use crate::{cookies, local, words};

/// Most characters of a message or of a reason to reopen.
const LONGEST_MESSAGE: usize = 3000;

/// Asks for the code. What was typed before the session ended rides along, to be sent with the code.
#[derive(Template)]
#[template(path = "code.html")]
struct CodePage {
    page: Page,
    form: Form,
    /// Fields of an act that waits for the code.
    waiting: Vec<(String, String)>,
    /// The browser keeps a code already.
    kept: bool,
    files_lost: bool,
}

/// Fields of an act that waits for the code.
const WAITING: [&str; 5] = ["act", "message", "municipality", "parties", "reason"];

impl CodePage {
    fn new(visit: &Visit, form: Form, kept: bool) -> Self {
        let waiting = WAITING
            .iter()
            .filter(|_| form.text("act").is_some())
            .filter_map(|name| {
                form.text(name)
                    .map(|value| ((*name).to_owned(), value.to_owned()))
            })
            .collect();
        Self {
            page: visit.page("public-code-title"),
            waiting,
            kept,
            files_lost: false,
            form,
        }
    }
}

/// The form for the code.
pub async fn ask(State(house): State<House>, visit: Visit, headers: HeaderMap) -> Response {
    let kept = cookies::receipt(&house, &headers).is_some();
    web::page(CodePage::new(&visit, Form::new(), kept))
}

/// A code comes in. A wrong one is looked for all the same, so that every answer takes its time.
pub async fn enter(State(house): State<House>, visit: Visit, posted: Posted) -> Answer {
    let mut form = posted.form();
    let typed = form.text("code").unwrap_or_default().to_owned();
    let code = ReceiptCode::parse(&typed);
    let sought = code
        .clone()
        .unwrap_or_else(|| ReceiptCode::new(&*house.chance));
    let key = key(&house);
    let found = house
        .store
        .read(move |tx| exists(tx, &sought, &key))
        .await?;
    let Some(code) = code.filter(|_| found) else {
        form.error(
            "code",
            if typed.is_empty() {
                "public-code-missing"
            } else {
                "public-code-wrong"
            },
        );
        return Ok(page_with_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            CodePage::new(&visit, form, false),
        ));
    };
    let mut response = if form.text("act").is_some() {
        perform(&visit, &code, form).await?
    } else {
        go_to(&local(&visit, "/tunnus/tila"))
    };
    cookies::keep_receipt(&house, &mut response, &code)?;
    Ok(response)
}

fn exists(query: &mut impl Query, code: &ReceiptCode, key: &[u8; 32]) -> Result<bool, StoreError> {
    match sender::find(query, code, key) {
        Ok(_) => Ok(true),
        Err(IntakeError::Store(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// The state.
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Answer {
    let Some(code) = cookies::receipt(&house, &headers) else {
        return Ok(go_to(&local(&visit, "/tunnus")));
    };
    let done = query
        .as_deref()
        .and_then(|query| query.strip_prefix("tehty="))
        .and_then(Done::from_code);
    state(&visit, &code, StatusCode::OK, Form::new(), done).await
}

/// Addresses that take only forms lead back, for example when the language is changed on them.
pub async fn back(visit: Visit) -> Response {
    go_to(&local(&visit, "/tunnus/tila"))
}

/// Forgets the code on this device.
pub async fn leave(State(house): State<House>, visit: Visit) -> Answer {
    let mut response = go_to(&local(&visit, "/tunnus"));
    cookies::forget(&house, &mut response)?;
    Ok(response)
}

/// A message, the municipality, who come together, or reopening.
pub async fn act(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let form = posted.form();
    match cookies::receipt(&house, &headers) {
        Some(code) => perform(&visit, &code, form).await,
        None => Ok(ask_again(&visit, form, false)),
    }
}

/// The session has ended: the code is asked again, and what was typed waits in the form.
fn ask_again(visit: &Visit, mut form: Form, files_lost: bool) -> Response {
    form.error("code", "public-code-again");
    let page = CodePage {
        files_lost,
        ..CodePage::new(visit, form, false)
    };
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// The page of a contact, with what was typed and what was done.
async fn state(
    visit: &Visit,
    code: &ReceiptCode,
    status: StatusCode,
    form: Form,
    done: Option<Done>,
) -> Answer {
    let house = &visit.house;
    let Some((view, logged)) = look(house, code).await? else {
        // The contact is no longer here: a kept code is of no use.
        let mut response = go_to(&local(visit, "/tunnus"));
        cookies::forget(house, &mut response)?;
        return Ok(response);
    };
    let reopen_days = desk(house)?.settings.reopen_days;
    let template = StatePage::new(visit, view, form, done, reopen_days);
    let mut response = client_page_with_status(status, template, logged);
    cookies::keep_receipt(house, &mut response, code)?;
    Ok(response)
}

/// What the sender adds.
enum Act {
    Message(String),
    Municipality(String),
    Parties(Parties),
    Reopen(String),
}

impl Act {
    /// Reads the act of a form and marks what is wrong in it.
    fn read(form: &mut Form, county: &str) -> Option<(Self, Done)> {
        let act = match form.value("act") {
            "message" => {
                let body = form.require("message", "public-state-message-missing", LONGEST_MESSAGE);
                (
                    Self::Message(words::hide_codes(&plain_text(&body))),
                    Done::Message,
                )
            }
            "municipality" => {
                let code = form.text("municipality").unwrap_or_default().to_owned();
                if !is_in_county(&code, county) {
                    form.error("municipality", "public-state-municipality-missing");
                }
                (Self::Municipality(code), Done::Municipality)
            }
            "parties" => match Parties::from_code(form.value("parties")) {
                Some(parties) => (Self::Parties(parties), Done::Parties),
                None => {
                    form.error("parties", "public-state-parties-missing");
                    return None;
                }
            },
            "reopen" => {
                let reason = form.optional("reason", LONGEST_MESSAGE).unwrap_or_default();
                (
                    Self::Reopen(words::hide_codes(&plain_text(&reason))),
                    Done::Reopened,
                )
            }
            _ => {
                form.error("", "public-failure-bad-words");
                return None;
            }
        };
        form.is_valid().then_some(act)
    }

    fn run(
        &self,
        tx: &mut WriteTx<'_>,
        desk: &intake::store::Desk,
        code: &ReceiptCode,
        key: &[u8; 32],
    ) -> Result<(), IntakeError> {
        match self {
            Self::Message(body) => sender::add_message(tx, desk, code, key, body),
            Self::Municipality(municipality) => {
                sender::set_municipality(tx, desk, code, key, municipality)
            }
            Self::Parties(parties) => sender::set_parties(tx, desk, code, key, *parties),
            Self::Reopen(reason) => sender::reopen(tx, desk, code, key, reason),
        }
    }
}

async fn perform(visit: &Visit, code: &ReceiptCode, mut form: Form) -> Answer {
    let house = &visit.house;
    let Some((act, done)) = Act::read(&mut form, &house.county.code) else {
        return state(visit, code, StatusCode::UNPROCESSABLE_ENTITY, form, None).await;
    };
    let (desk, key, own_code) = (desk(house)?, key(house), code.clone());
    match house
        .store
        .write(move |tx| act.run(tx, &desk, &own_code, &key))
        .await
    {
        Ok(_) => Ok(told(visit, done)),
        Err(error) => refused(visit, code, form, error).await,
    }
}

/// The change is made: workers are told, the sender is led on.
fn told(visit: &Visit, done: Done) -> Response {
    visit.house.live.tell(LIVE_TOPIC);
    go_to(&local(
        visit,
        &format!("/tunnus/tila?tehty={}", done.code()),
    ))
}

/// A refusal stands on the page as words; nothing typed is lost.
async fn refused(visit: &Visit, code: &ReceiptCode, mut form: Form, error: IntakeError) -> Answer {
    let key = match error {
        IntakeError::Ended => "public-state-ended-meanwhile",
        IntakeError::TooLateToReopen => "public-state-reopen-late",
        // It was reopened already, by the sender's other click or by a worker: what was wished is so.
        IntakeError::StillOpen => return Ok(told(visit, Done::Reopened)),
        IntakeError::WrongCode => return Ok(ask_again(visit, form, false)),
        error => return Err(error.into()),
    };
    form.error("", key);
    state(visit, code, StatusCode::CONFLICT, form, None).await
}

/// Files come in: all of them are kept or none.
pub async fn attach(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let mut form = Form::new();
    let Some(code) = cookies::receipt(&house, &headers) else {
        return Ok(ask_again(&visit, form, true));
    };
    let files = checked_files(&mut form, &posted);
    if form.has_errors() {
        return state(&visit, &code, StatusCode::UNPROCESSABLE_ENTITY, form, None).await;
    }
    let (desk, key, own_code) = (desk(&house)?, key(&house), code.clone());
    let kept = house
        .store
        .write(move |tx| {
            files
                .iter()
                .try_for_each(|file| sender::add_file(tx, &desk, &own_code, &key, file))
        })
        .await;
    match kept {
        Ok(_) => Ok(told(&visit, Done::Files)),
        Err(FileError::TooMany) => {
            form.error_with(
                "files",
                "public-state-files-many",
                vec![("most", MAX_FILES.into())],
            );
            state(&visit, &code, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
        Err(FileError::Intake(error)) => refused(&visit, &code, form, error).await,
        Err(FileError::Store(error)) => Err(error.into()),
    }
}

/// The files of the form; the first of each kind of fault is marked with the file's name.
fn checked_files(form: &mut Form, posted: &Posted) -> Vec<NewFile> {
    let uploads: Vec<_> = posted
        .files()
        .iter()
        .filter(|upload| upload.field == "files")
        .collect();
    if uploads.is_empty() {
        form.error("files", "public-state-files-missing");
    }
    if i64::try_from(uploads.len()).is_ok_and(|count| count > MAX_FILES) {
        form.error_with(
            "files",
            "public-state-files-many",
            vec![("most", MAX_FILES.into())],
        );
    }
    let mut files = Vec::new();
    for upload in uploads {
        let name = words::hide_codes(&attachment::clean_name(&upload.file_name));
        match attachment::check(&upload.file_name, &upload.bytes) {
            Ok(file_type) => files.push(NewFile {
                name,
                file_type,
                content: upload.bytes.to_vec(),
            }),
            Err(refusal) => {
                form.error_with("files", file_message(refusal), vec![("name", name.into())])
            }
        }
    }
    files
}

const fn file_message(refusal: attachment::Refusal) -> &'static str {
    use attachment::Refusal;
    match refusal {
        Refusal::Empty => "public-state-file-empty",
        Refusal::TooLarge => "public-state-file-too-large",
        Refusal::UnknownType => "public-state-file-unknown-type",
        Refusal::NameDiffers => "public-state-file-name-differs",
        Refusal::Unsafe => "public-state-file-unsafe",
    }
}
