//! A contact that has become a client's: the client, the matter, and the fact that whoever answers for the contact has to
//! do with the client.

use access::log::LogEntry;
use casework::domain::MatterId;
use casework::store::facts::Facts as MatterFacts;
use clients::relations::{self, NewRelation, Tails, Which};
use clients::timeline::{self, Item, Prepared};
use clients::{ClientId, Gate, Reader};
use identity::people::StaffId;
use kernel::language::Language;
use kernel::time::{Timestamp, day, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};
use text::search::Analysers;

use crate::domain::{ContactId, IntakeError, RowId};
use crate::store::facts::Facts;
use crate::store::{By, Desk, Worker, add_event, log, touch};

/// Relation of whoever answers for a contact.
pub(crate) const HOLDER: &str = "contact_holder";

impl From<&Worker> for Reader {
    fn from(worker: &Worker) -> Self {
        Self {
            staff: worker.staff,
            unit: worker.unit,
            subject: worker.subject.clone(),
            strong: false,
        }
    }
}

/// What a contact is linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub client: ClientId,
    pub name: String,
    pub matter: Option<(MatterId, String)>,
    /// The client's page opens for the reader; told by [`opened`].
    pub client_opens: bool,
    /// The matter's page does.
    pub matter_opens: bool,
}

/// What a contact is linked to now.
///
/// # Errors
/// When the engine fails.
pub fn of_contact(query: &mut impl Query, contact: ContactId) -> Result<Option<Link>, StoreError> {
    query
        .query_optional(
            "select l.client_id, c.display_name, l.matter_id, m.number from contact_link l join client c on c.id = l.client_id left join matter m on m.id = l.matter_id where l.contact_id = $1 and l.ended_at is null",
            &params![contact.bytes()],
        )?
        .map(|row| {
            let number: Option<String> = row.get(3)?;
            let matter = row.get::<Option<[u8; 16]>>(2)?.map(MatterId::from_bytes);
            Ok(Link {
                client: ClientId::from_bytes(row.get(0)?),
                name: row.get(1)?,
                matter: matter.zip(number),
                client_opens: false,
                matter_opens: false,
            })
        })
        .transpose()
}

/// The link with what of it opens for a worker: to see a contact is not yet to see its client.
///
/// # Errors
/// When the engine fails.
pub(crate) fn opened(
    query: &mut impl Query,
    worker: &Worker,
    link: Link,
    now: Timestamp,
) -> Result<Link, StoreError> {
    let reader = Reader::from(worker);
    let gates = Gate::open_many(query, &reader, &[link.client], now)?;
    let client_opens = gates.iter().any(|gate| {
        gate.decide("client_basics", "see_basics", "working_age", None, &[])
            .allowed()
    });
    let matters: Vec<MatterId> = link.matter.iter().map(|(id, _)| *id).collect();
    let matter_opens = !matters.is_empty()
        && MatterFacts::load_many(query, &reader, &matters, now)?
            .iter()
            .any(|facts| facts.reading(&reader).is_ok());
    Ok(Link {
        client_opens,
        matter_opens,
        ..link
    })
}

/// Adds the clients of linked contacts to the subjects of a log entry: their own logs then show it.
pub(crate) fn name_clients(
    query: &mut impl Query,
    contacts: &[ContactId],
    entry: &mut LogEntry,
) -> Result<(), StoreError> {
    if contacts.is_empty() {
        return Ok(());
    }
    let places: Vec<String> = (1..=contacts.len())
        .map(|place| format!("${place}"))
        .collect();
    let values: Vec<_> = contacts
        .iter()
        .map(|contact| contact.bytes().into())
        .collect();
    let rows = query.query(
        &format!(
            "select distinct client_id from contact_link where contact_id in ({}) and ended_at is null",
            places.join(", ")
        ),
        &values,
    )?;
    for row in rows {
        entry.subjects.push(row.get(0)?);
    }
    Ok(())
}

/// Whoever answers for a linked contact has to do with its client, and nobody else over it: called whenever the holder
/// changes, with nobody when the contact ends or waits for its duty holder.
pub(crate) fn follow(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    contact: ContactId,
    holder: Option<StaffId>,
) -> Result<(), StoreError> {
    let Some(link) = of_contact(tx, contact)? else {
        return Ok(());
    };
    let now = desk.now();
    let object = ("contact", contact.bytes());
    let which = Which {
        client: link.client,
        staff: None,
        kind: HOLDER,
        object: Some(object),
    };
    relations::end(tx, &which, now, Tails::default(), "contact")?;
    if let Some(staff) = holder {
        let new = NewRelation {
            client: link.client,
            staff,
            kind: HOLDER,
            object: Some(object),
            from: now,
            to: None,
            made_by: "contact",
        };
        relations::begin(tx, &new, Tails::default(), now)?;
    }
    Ok(())
}

/// The right to link a contact: only whoever answers for it by name.
///
/// # Errors
/// [`IntakeError::NotHolder`], [`IntakeError::Ended`], and [`IntakeError::NotFound`] without a right.
pub fn may_link(
    query: &mut impl Query,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
) -> Result<By, IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(query, worker, contact, now)?;
    let acting = facts.authorise(worker, "contact", "edit_draft", now)?;
    if !facts.open {
        return Err(IntakeError::Ended);
    }
    if facts.holder.staff() != Some(worker.staff) {
        return Err(IntakeError::NotHolder);
    }
    Ok(By::Worker(acting))
}

/// Links a contact to a client: from now on the holder has to do with the client, the client's history and log show the
/// contact, and somebody who stayed without a name has one.
///
/// # Errors
/// As [`may_link`]; [`IntakeError::Linked`] while it is another client's; [`IntakeError::NotFound`] for a client whom a bar keeps from this worker.
pub fn link(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    analysers: &Analysers,
    contact: ContactId,
    client: ClientId,
) -> Result<(), IntakeError> {
    let by = may_link(tx, desk, worker, contact)?;
    let now = desk.now();
    let gate =
        Gate::open(tx, &Reader::from(worker), client, now).map_err(|_| IntakeError::NotFound)?;
    if gate.bars().iter().any(|bar| keeps_away(bar.code())) {
        return Err(IntakeError::NotFound);
    }
    let client = gate.client();
    if of_contact(tx, contact)?.is_some_and(|link| link.client != client) {
        // The tie to somebody else is undone first, with its reason.
        return Err(IntakeError::Linked);
    }
    if of_contact(tx, contact)?.is_none() {
        tx.execute(
            "insert into contact_link (id, contact_id, client_id, linked_at, linked_by, named, was_anonymous) select $1, $2, $3, $4, $5, case when c.person_name is null then 1 else 0 end, c.anonymous from contact c where c.id = $2",
            &params![
                RowId::new(&*desk.clock, &*desk.chance).bytes(),
                contact.bytes(),
                client.bytes(),
                millis(now),
                worker.staff.bytes()
            ],
        )?;
    }
    tx.execute(
        "update contact set person_name = coalesce(person_name, (select display_name from client where id = $2)), anonymous = 0 where id = $1",
        &params![contact.bytes(), client.bytes()],
    )?;
    follow(tx, desk, contact, Some(worker.staff))?;
    clients::store::watch::note_entry(tx, worker.staff, Some(client), now)?;
    touch(tx, contact, now)?;
    add_event(tx, desk, &by, contact, "linked", "")?;
    log(tx, &by, now, "contact.link", contact, "", None)?;
    to_timeline(tx, analysers, &by, contact, client)
}

/// Bars that keep a worker from the person as such.
pub(crate) fn keeps_away(code: &str) -> bool {
    matches!(code, "B01" | "B02" | "B03" | "B08" | "B12" | "B19")
}

/// The matter that the contact led to.
///
/// # Errors
/// When the engine fails.
pub fn led_to(
    tx: &mut WriteTx<'_>,
    contact: ContactId,
    matter: MatterId,
) -> Result<(), StoreError> {
    tx.execute(
        "update contact_link set matter_id = $2 where contact_id = $1 and ended_at is null",
        &params![contact.bytes(), matter.bytes()],
    )?;
    Ok(())
}

/// The contact's item on its client's line.
pub(crate) fn item_of(contact: ContactId) -> [u8; 16] {
    timeline::id_of("contact", contact.bytes(), "contact")
}

fn to_timeline(
    tx: &mut WriteTx<'_>,
    analysers: &Analysers,
    by: &By,
    contact: ContactId,
    client: ClientId,
) -> Result<(), IntakeError> {
    let row = tx.query_one(
        "select title, own_words, arrived_at, language from contact where id = $1",
        &params![contact.bytes()],
    )?;
    let (title, body): (String, String) = (row.get(0)?, row.get(1)?);
    let language = match row.get::<String>(3)?.as_str() {
        "sv" => Language::Sv,
        "en" => Language::En,
        _ => Language::Fi,
    };
    let words = Prepared::new(analysers, language, &title, &body);
    let item = Item {
        id: item_of(contact),
        client,
        at: from_millis(row.get(2)?),
        class: "contact",
        kind: "contact",
        service_task: "working_age",
        restricted: None,
        object: Some(("contact", contact.bytes())),
        language,
        title: &title,
        body: &body,
        author: by.staff(),
        href: &format!("/contacts/{contact}"),
    };
    timeline::put(tx, &item, &words)?;
    Ok(())
}

/// Whether the contact details of a contact are closed to the worker: its client, or somebody of the household, is under
/// non-disclosure for safety, and the worker has no right of the worker's own to them (bar B07).
///
/// # Errors
/// When the engine fails.
pub fn is_masked(
    query: &mut impl Query,
    worker: &Worker,
    contact: ContactId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = query.query_one(
        &format!("select case when {MASKED} then 1 else 0 end from contact c where c.id = $1"),
        &params![contact.bytes(), worker.staff.bytes(), day(now).to_string()],
    )?;
    row.get(0)
}

/// SQL condition over contact `c`: its details are masked from the worker `$2` on the day `$3`.
pub(crate) const MASKED: &str = "exists (select 1 from contact_link l join hidden_client h on h.client_id = l.client_id where l.contact_id = c.id and l.ended_at is null and h.begins_on <= $3 and h.ends_on >= $3 and not exists (select 1 from secret_right r where r.client_id = l.client_id and r.staff_id = $2 and r.ended_at is null and r.begins_on <= $3 and r.ends_on >= $3))";
