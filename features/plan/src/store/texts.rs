//! The written parts of a plan, and the parts for special laws and partners.

use casework::domain::ServiceTask;
use casework::store::{Acting, Casework};
use clients::{ClientId, Reader};
use documents::tutored::Effect;
use documents::{DocumentId, Fields, Saving};
use identity::people::StaffId;
use store::{Query, Row, StoreError, WriteTx, params};

use crate::domain::body;
use crate::domain::parts;
use crate::domain::{PlanError, SectionId};
use crate::store::{Opened, free, log, unreadable};

/// A part for a special law or a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub id: SectionId,
    pub heading: String,
    /// The service task whose law it follows; none for a partner's part.
    pub service_task: Option<ServiceTask>,
    pub partner: Option<String>,
    /// Who writes it, and nothing else of the plan.
    pub writer: Option<StaffId>,
    pub writer_name: Option<String>,
    pub client: Option<ClientId>,
    /// Taken away: it is in no further version.
    pub removed: bool,
}

impl Section {
    /// The code of its part of the document.
    pub fn code(&self, opened: &Opened) -> String {
        body::code(&format!("section-{}", self.id), opened.number(self.client))
    }
}

fn from_row(row: &Row) -> Result<Section, StoreError> {
    let task: Option<String> = row.get(2)?;
    Ok(Section {
        id: SectionId::from_bytes(row.get(0)?),
        heading: row.get(1)?,
        service_task: task
            .map(|code| ServiceTask::from_code(&code).ok_or_else(unreadable))
            .transpose()?,
        partner: row.get(3)?,
        writer: row.get::<Option<[u8; 16]>>(4)?.map(StaffId::from_bytes),
        writer_name: row.get(5)?,
        client: row.get::<Option<[u8; 16]>>(6)?.map(ClientId::from_bytes),
        removed: row.get::<Option<i64>>(7)?.is_some(),
    })
}

/// The sections of a plan in the order in which they were made.
///
/// # Errors
/// When the engine fails.
pub fn sections(query: &mut impl Query, plan: DocumentId) -> Result<Vec<Section>, StoreError> {
    read_sections(query, plan, "and x.removed_at is null")
}

/// Those and the ones that were taken away: older versions have them, and they are hidden from whom they were hidden.
///
/// # Errors
/// When the engine fails.
pub fn sections_ever(query: &mut impl Query, plan: DocumentId) -> Result<Vec<Section>, StoreError> {
    read_sections(query, plan, "")
}

fn read_sections(
    query: &mut impl Query,
    plan: DocumentId,
    which: &str,
) -> Result<Vec<Section>, StoreError> {
    query
        .query(
            &format!("select x.id, x.heading, x.service_task, x.partner, x.writer, s.name, x.client_id, x.removed_at from plan_section x left join staff s on s.id = x.writer where x.document_id = $1 {which} order by x.made_at, x.id"),
            &params![plan.bytes()],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// Whether a reader of the plan sees a section. One for another service task needs the right to plans of that task, or to
/// write in this plan, or to be its writer.
pub fn shows(opened: &Opened, reader: &Reader, section: &Section) -> bool {
    let Some(task) = section
        .service_task
        .filter(|task| *task != opened.facts.service_task)
    else {
        return true;
    };
    section.writer == Some(reader.staff)
        || opened.writing(reader, section.client).is_ok()
        || opened.facts.sides.iter().any(|side| {
            let object = Some(("matter", opened.facts.id.bytes()));
            side.acting("plan", "read", task.code(), object, &[])
                .is_ok()
        })
}

/// The right to write in a section: that to write in the plan, or of its writer in it alone.
///
/// # Errors
/// As [`Opened::acting`].
pub fn writing_section(
    opened: &Opened,
    reader: &Reader,
    section: &Section,
) -> Result<Acting, PlanError> {
    let given: &[&'static str] = if section.writer == Some(reader.staff) {
        &["section_only"]
    } else {
        &[]
    };
    let effect = Effect::of(&opened.document);
    opened.acting_with(reader, ("edit_draft", effect), section.client, given)
}

/// Which part is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// A part of the table of parts; of one client where each has her own.
    Part(&'static parts::PartType, Option<ClientId>),
    Section(SectionId),
}

/// The code in the document and the right to write it.
///
/// # Errors
/// [`PlanError::NotFound`] when there is no such part for this reader.
pub fn aim(
    query: &mut impl Query,
    opened: &Opened,
    reader: &Reader,
    which: &Which,
) -> Result<(String, Option<ClientId>, Acting), PlanError> {
    match which {
        Which::Part(part, client) => {
            let fits = part.own == client.is_some()
                && client.is_none_or(|client| opened.number(Some(client)).is_some());
            if !fits {
                return Err(PlanError::NotFound);
            }
            let acting = opened.writing(reader, *client)?;
            Ok((
                body::code(part.code, opened.number(*client)),
                *client,
                acting,
            ))
        }
        Which::Section(id) => {
            let section = sections(query, opened.id())?
                .into_iter()
                .find(|section| section.id == *id)
                .ok_or(PlanError::NotFound)?;
            let acting = writing_section(opened, reader, &section)?;
            Ok((section.code(opened), section.client, acting))
        }
    }
}

/// Saves a part.
///
/// # Errors
/// [`PlanError::Clash`] with the other text when somebody saved another meanwhile; [`PlanError::NotOpen`],
/// [`PlanError::NotFound`].
pub fn save(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    which: &Which,
    based_on: i64,
    fields: &Fields,
) -> Result<(), PlanError> {
    let opened = Opened::load(tx, reader, plan, casework.now())?;
    let (part, client, by) = aim(tx, &opened, reader, which)?;
    opened.open_to(reader)?;
    let saving = Saving {
        document: plan,
        part: &part,
        client,
        based_on,
        fields,
    };
    documents::store::save_part(tx, casework, &by, &saving)?;
    Ok(())
}

/// A part that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSection {
    pub heading: String,
    pub owner: SectionOwner,
    pub writer: Option<StaffId>,
    pub client: Option<ClientId>,
}

/// Whose part it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SectionOwner {
    Task(ServiceTask),
    Partner(String),
}

/// Adds a part for a special law or a partner.
///
/// # Errors
/// [`PlanError::NotFound`] without the right to write in the plan; [`PlanError::Owner`] when the writer is not a worker of
/// the county, [`PlanError::Barred`].
pub fn add(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    new: &NewSection,
) -> Result<SectionId, PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let by = opened.writing(reader, new.client)?;
    opened.open_to(reader)?;
    if let Some(writer) = new.writer {
        if identity::people::lookup_staff(tx, writer)?.is_none() {
            return Err(PlanError::Owner);
        }
        free::check(tx, opened.subjects(new.client), writer, now)?;
    }
    let (task, partner) = match &new.owner {
        SectionOwner::Task(task) => (Some(task.code()), None),
        SectionOwner::Partner(name) => (None, Some(name.as_str())),
    };
    let id = SectionId::new(&*casework.clock, &*casework.chance);
    tx.execute(
        "insert into plan_section (id, document_id, heading, service_task, partner, writer, client_id, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            id.bytes(),
            plan.bytes(),
            new.heading.as_str(),
            task,
            partner,
            new.writer.map(|writer| writer.bytes()),
            new.client.map(|client| client.bytes()),
            now,
            reader.staff.bytes()
        ],
    )?;
    log(
        tx,
        &by,
        now,
        "plan.section",
        &opened.subjects(new.client),
        &plan.to_string(),
        Some(&new.heading),
    )?;
    Ok(id)
}

/// Takes a part away: it is in no further version, and stays in those that have it.
///
/// # Errors
/// [`PlanError::NotFound`] without the right to write in the plan; [`PlanError::NotOpen`].
pub fn remove(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    section: SectionId,
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let there = sections(tx, plan)?
        .into_iter()
        .find(|one| one.id == section && shows(&opened, reader, one))
        .ok_or(PlanError::NotFound)?;
    let by = opened.writing(reader, there.client)?;
    opened.open_to(reader)?;
    tx.execute(
        "update plan_section set removed_at = $2 where id = $1",
        &params![section.bytes(), now],
    )?;
    log(
        tx,
        &by,
        now,
        "plan.section",
        &opened.subjects(there.client),
        "removed",
        Some(&there.heading),
    )?;
    Ok(())
}
