//! From a contact to a client and a matter, in one transaction: the client is found or made, the contact linked, the matter
//! opened, and the contact ended when the matter is its next step.

use casework::domain::{MatterError, MatterId};
use casework::store::Casework;
use casework::store::open::{self, NewMatter};
use clients::store::create::{self, Maker, NewClient};
use clients::store::search::{self, Candidate, Meant};
use clients::{ClientError, ClientId, Gate, Reader};
use kernel::identity_code::IdentityCode;
use kernel::time::Date;
use store::{StoreError, WriteTx};
use text::search::Analysers;

use crate::domain::ending::Ending;
use crate::domain::{ContactId, IntakeError};
use crate::store::{Desk, Worker, ending, linked};

/// The person as the worker wrote her down.
#[derive(Debug, Clone)]
pub struct Person {
    pub code: Option<IdentityCode>,
    pub birth: Option<Date>,
    pub family: String,
    pub given: String,
    pub details: Vec<(&'static str, String)>,
    /// The worker's answer when somebody like her was found: a client's id, or `new`.
    pub same: Option<String>,
}

impl Person {
    fn candidate(&self) -> Candidate<'_> {
        let phone = self.details.iter().find(|(kind, _)| *kind == "phone");
        Candidate {
            code: self.code.as_ref(),
            family: &self.family,
            given: &self.given,
            birth: self.birth,
            phone: phone.map(|(_, value)| value.as_str()),
        }
    }
}

/// The end of the contact: the matter is its next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    pub by: Date,
    pub told: bool,
}

/// The whole step. `what` is the next step in words, with `{number}` where the matter's number goes.
#[derive(Debug, Clone)]
pub struct Step {
    /// `None` when the contact is linked already.
    pub person: Option<Person>,
    pub new: NewMatter,
    pub ended: Option<Ended>,
    pub what: String,
}

/// Why it was not done.
#[derive(Debug)]
pub enum Refused {
    /// Somebody like her is a client: the worker says whether she is the same.
    Choose(Vec<Meant>),
    /// Searching waits (bar B20).
    Wait,
    /// A bar keeps the worker from the person; the answer is the same for whatever reason.
    Barred,
    Intake(IntakeError),
}

impl From<IntakeError> for Refused {
    fn from(error: IntakeError) -> Self {
        Self::Intake(error)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Intake(error.into())
    }
}

impl From<ClientError> for Refused {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Store(error) => error.into(),
            ClientError::SearchPaused { .. } => Self::Wait,
            _ => Self::Barred,
        }
    }
}

impl From<MatterError> for Refused {
    fn from(error: MatterError) -> Self {
        match error {
            MatterError::Store(error) => error.into(),
            MatterError::Client(error) => error.into(),
            _ => Self::Barred,
        }
    }
}

/// Does the step.
///
/// # Errors
/// [`Refused`]; nothing of it is then done.
pub fn open(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    casework: &Casework,
    analysers: &Analysers,
    contact: ContactId,
    step: &Step,
) -> Result<MatterId, Refused> {
    linked::may_link(tx, desk, worker, contact)?;
    let reader = Reader::from(worker);
    let client = match (linked::of_contact(tx, contact)?, &step.person) {
        (Some(link), _) => link.client,
        (None, Some(person)) => find_or_make(tx, casework, &reader, contact, person)?,
        (None, None) => return Err(Refused::Intake(IntakeError::NotFound)),
    };
    linked::link(tx, desk, worker, analysers, contact, client).map_err(|error| match error {
        IntakeError::NotFound => Refused::Barred,
        other => Refused::Intake(other),
    })?;
    let client = Gate::open(tx, &reader, client, desk.now())?.client();
    let opened = open::open(tx, casework, &reader, client, &step.new)?;
    linked::led_to(tx, contact, opened.id)?;
    if let Some(ended) = step.ended {
        let name = identity::people::lookup_staff(tx, worker.staff)?.map(|staff| staff.name);
        let ending = Ending::NextStep {
            what: step.what.replace("{number}", &opened.number),
            who: name.unwrap_or_default(),
            who_staff: Some(worker.staff),
            by: ended.by,
            told: ended.told,
        };
        ending::end(tx, desk, worker, contact, &ending)?;
    }
    Ok(opened.id)
}

fn find_or_make(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    contact: ContactId,
    person: &Person,
) -> Result<ClientId, Refused> {
    let found = search::meant(tx, &casework.clients, reader, &person.candidate())?;
    match person.same.as_deref() {
        // Two people do not have one code.
        Some("new") if found.iter().any(|one| one.why == "code") => {
            return Err(Refused::Choose(found));
        }
        Some("new") => {}
        Some(chosen) => {
            // Only somebody who was found may be chosen: an id from elsewhere opens nothing.
            return found
                .into_iter()
                .find(|one| one.id.to_string() == chosen)
                .map(|one| one.id)
                .ok_or(Refused::Barred);
        }
        None if !found.is_empty() => return Err(Refused::Choose(found)),
        None => {}
    }
    let new = NewClient {
        code: person.code,
        birth: person.birth,
        family: person.family.clone(),
        given: person.given.clone(),
        called: None,
        sex: None,
        source: "contact".to_owned(),
        unit: Some(reader.unit),
        details: person.details.clone(),
        protect: false,
    };
    let maker = Maker::By("contact_holder", Some(("contact", contact.bytes())));
    Ok(create::create(tx, &casework.clients, reader, &new, maker)?)
}

/// Searches for the person, within the limits of searching, in a transaction of its own: a search is kept whatever comes of
/// it. Holding a contact with the person is the lawful door to her (rights of the domain, section 7).
///
/// # Errors
/// [`Refused::Wait`] when searching waits, [`Refused::Barred`] when the reader's tasks have none.
pub fn search_for(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    casework: &Casework,
    contact: ContactId,
    person: &Person,
) -> Result<Vec<Meant>, Refused> {
    linked::may_link(tx, desk, worker, contact)?;
    let reader = Reader::from(worker);
    Ok(search::ask_meant(
        tx,
        &casework.clients,
        &reader,
        &person.candidate(),
    )?)
}
