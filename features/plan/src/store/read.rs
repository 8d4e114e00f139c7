//! One plan as the reader who may see it sees it.

use casework::store::workers::{self, WorkerRow};
use casework::store::{Acting, Casework};
use clients::{ClientId, Reader};
use documents::store::Wish;
use documents::{DocumentId, Part, State};
use identity::people::StaffId;
use kernel::language::Language;
use kernel::time::{Timestamp, day};
use store::{Query, Show, StoreError, params, places};

use crate::domain::body::No;
use crate::domain::{GoalState, PlanError, Stage};
use crate::store::begin::MADE;
use crate::store::goals::{self, Goal};
use crate::store::others::{self, Elsewhere};
use crate::store::texts::{self, Section};
use crate::store::{Opened, Seen, log, of_clients};

/// A client of the plan whom the reader sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub no: No,
    pub id: ClientId,
    pub name: String,
    /// A special support need is in force (SHL 3 § item 3): how often one meets stands in the plan (42 § 5).
    pub special: bool,
    /// In which the client wants to be served.
    pub language: Language,
}

/// What the reader may do now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    /// Write goals, actions and parts.
    pub write: bool,
    /// Put into force, and end.
    pub finish: bool,
    /// Open a plan in force for a change.
    pub change: bool,
    pub print: bool,
    /// Ask that it be voided.
    pub void: bool,
    /// Take back what waits for the tutor.
    pub withdraw: bool,
    /// The reader is the tutor for whom it waits.
    pub approve: bool,
}

/// Everything on the page of a plan.
#[derive(Debug, Clone)]
pub struct View {
    pub opened: Opened,
    pub seen: Seen,
    pub people: Vec<Person>,
    pub goals: Vec<Goal>,
    pub parts: Vec<Part>,
    /// Those that the reader sees.
    pub sections: Vec<Section>,
    pub elsewhere: Vec<Elsewhere>,
    pub workers: Vec<WorkerRow>,
    pub may: May,
    /// Who may approve what the reader, a student, has written; nobody for others.
    pub tutors: Vec<(StaffId, String)>,
    /// Somebody has asked that the plan be voided, or that was refused; told to those who may ask.
    pub void: Option<Wish>,
    /// Other plans in force of the same person, whose two records were joined: one of them has to end.
    pub others: Vec<DocumentId>,
}

impl View {
    /// The working text of a part.
    pub fn part(&self, code: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.code == code)
    }

    /// A client's name.
    pub fn name(&self, client: ClientId) -> &str {
        self.people
            .iter()
            .find(|one| one.id == client)
            .map_or("", |one| one.name.as_str())
    }

    /// The plan is for more than one client.
    pub fn joint(&self) -> bool {
        self.opened.plan.members.len() > 1
    }
}

/// Reads a plan and logs it. What concerns a client whom the reader does not see is not there (B13).
///
/// # Errors
/// [`PlanError::NotFound`] without a right.
pub fn read(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
) -> Result<View, PlanError> {
    let now = casework.now();
    let view = view(tx, reader, plan, now)?;
    let by = view.seen.acting;
    documents::store::log_read(tx, &by, &view.opened.document, &view.seen.clients(), now)?;
    Ok(view)
}

/// The same without the log entry, for whoever writes one of another kind.
///
/// # Errors
/// As [`read`].
pub fn view(
    query: &mut impl Query,
    reader: &Reader,
    plan: DocumentId,
    now: Timestamp,
) -> Result<View, PlanError> {
    let opened = Opened::load(query, reader, plan, now)?;
    let seen = opened.seen(reader)?;
    view_of(query, reader, opened, seen, now)
}

/// The plan for somebody who sees these clients of it.
pub(crate) fn view_of(
    query: &mut impl Query,
    reader: &Reader,
    opened: Opened,
    seen: Seen,
    now: Timestamp,
) -> Result<View, PlanError> {
    let plan = opened.id();
    let clients = seen.clients();
    let mut goals = goals::of_plan(query, plan)?;
    goals.retain(|goal| seen.shows(goal.client));
    for action in goals.iter_mut().flat_map(|goal| &mut goal.actions) {
        action.show_to(&clients);
    }
    let mut parts = documents::store::parts(query, plan)?;
    let numbers = seen.numbers();
    parts.retain(|part| crate::domain::body::is_shown(&part.code, &numbers));
    let mut sections = texts::sections_ever(query, plan)?;
    let hidden: Vec<String> = sections
        .iter()
        .filter(|one| one.removed || !seen.shows(one.client) || !texts::shows(&opened, reader, one))
        .map(|one| one.code(&opened))
        .collect();
    parts.retain(|part| !hidden.contains(&part.code));
    sections.retain(|one| !hidden.contains(&one.code(&opened)));
    Ok(View {
        people: people(query, &seen, now)?,
        elsewhere: others::elsewhere(query, &clients)?,
        workers: workers::of_matter(query, opened.facts.id, now)?,
        may: may(&opened, reader),
        tutors: tutors(query, &opened, reader, now)?,
        void: match opened.voiding(reader) {
            Ok(_) => documents::store::void_wish(query, &opened.document, now)?,
            Err(_) => None,
        },
        others: others_in_force(query, &opened, &seen)?,
        goals,
        parts,
        sections,
        seen,
        opened,
    })
}

fn may(opened: &Opened, reader: &Reader) -> May {
    let print = opened.acting_print(reader).is_ok();
    let void = opened.voiding(reader).is_ok();
    if opened.stage() == Stage::Ended {
        return May {
            print,
            void,
            ..May::default()
        };
    }
    let document = &opened.document;
    let (open, waits) = (document.is_open(), document.state == State::Waiting);
    let tutor = waits && document.waiting_for == Some(reader.staff);
    May {
        write: opened.open_to(reader).is_ok() && opened.writing(reader, None).is_ok(),
        finish: opened.acting_all(reader, "finish", MADE).is_ok(),
        approve: tutor && opened.finishing(reader).is_ok(),
        withdraw: waits && document.asked_by == Some(reader.staff),
        void,
        change: !open
            && opened
                .acting(reader, "correct", None, &["new_version", "reason"])
                .is_ok(),
        print,
    }
}

/// The tutors of a student who writes in the plan and may not finish it.
fn tutors(
    query: &mut impl Query,
    opened: &Opened,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<(StaffId, String)>, StoreError> {
    let may = may(opened, reader);
    if !may.write || may.finish || opened.document.state != State::Draft {
        return Ok(Vec::new());
    }
    clients::tutored::tutors(query, reader.staff, &opened.subjects(None), now)
}

/// Plans in force that the clients of this one have besides it. Two are possible only when two records of a person, each with
/// a plan, were joined; the table still holds one row for each record.
fn others_in_force(
    query: &mut impl Query,
    opened: &Opened,
    seen: &Seen,
) -> Result<Vec<DocumentId>, StoreError> {
    if opened.stage() != Stage::InForce {
        return Ok(Vec::new());
    }
    let clients = seen.clients();
    let plans = of_clients(clients.len(), 1);
    let mut values = params![opened.id().bytes()];
    values.extend(clients.iter().map(|one| one.bytes().into()));
    query
        .query(
            &format!("select distinct pc.document_id {plans} and pc.state = 'in_force' and pc.document_id <> $1 order by pc.document_id"),
            &values,
        )?
        .iter()
        .map(|row| row.get(0).map(DocumentId::from_bytes))
        .collect()
}

impl Opened {
    /// The right to print: the purpose is asked, and protected details are not in what is printed.
    ///
    /// # Errors
    /// [`PlanError::NotFound`] without it.
    pub fn acting_print(&self, reader: &Reader) -> Result<Acting, PlanError> {
        let facts = self
            .facts
            .clone()
            .with_given(&["purpose_asked", "secret_masked"]);
        let mut last = PlanError::NotFound;
        for member in &self.plan.members {
            match facts.authorise_over(reader, "plan", "print", member.client) {
                Ok(acting) => return Ok(acting),
                Err(error) => last = error.into(),
            }
        }
        Err(last)
    }
}

fn people(query: &mut impl Query, seen: &Seen, now: Timestamp) -> Result<Vec<Person>, StoreError> {
    let clients = seen.clients();
    let list = places(clients.len(), 1);
    let mut values = params![day(now).to_string()];
    values.extend(clients.iter().map(|one| one.bytes().into()));
    let detail = |kind: &str| {
        format!(
            "(select max(d.value) from client_detail d where d.client_id = c.id and d.kind = '{kind}' and d.ended_at is null and (d.valid_from is null or d.valid_from <= $1) and (d.valid_to is null or d.valid_to >= $1))"
        )
    };
    let rows = query.query(
        &format!(
            "select c.id, c.display_name, {}, {}, {} from client c where c.id in ({list})",
            detail("special_support"),
            detail("service_language"),
            detail("easy_language")
        ),
        &values,
    )?;
    let mut people = Vec::new();
    for member in &seen.members {
        for row in &rows {
            if row.get::<[u8; 16]>(0)? != member.client.bytes() {
                continue;
            }
            let (language, easy): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
            people.push(Person {
                no: member.no,
                id: member.client,
                name: row.get(1)?,
                special: row.get::<Option<String>>(2)?.is_some(),
                language: match (language.as_deref(), easy.as_deref()) {
                    (Some("sv"), _) => Language::Sv,
                    (_, Some("yes")) => Language::Easy,
                    _ => Language::Fi,
                },
            });
        }
    }
    Ok(people)
}

/// The copy of one client: what is common and her own, nothing of the others'.
#[derive(Debug, Clone)]
pub struct Copy {
    pub view: View,
    pub person: Person,
}

/// Reads the copy and logs that it was printed, and what for.
///
/// # Errors
/// [`PlanError::NotFound`] without the right to print, or over this client.
pub fn print(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    client: ClientId,
    purpose: &str,
) -> Result<Copy, PlanError> {
    let now = casework.now();
    let mut view = view(tx, reader, plan, now)?;
    let by = view.opened.acting_print(reader)?;
    let person = view
        .people
        .iter()
        .find(|one| one.id == client)
        .cloned()
        .ok_or(PlanError::NotFound)?;
    agreed(tx, &mut view)?;
    view.goals
        .retain(|goal| goal.client.is_none_or(|whose| whose == client));
    view.parts
        .retain(|part| crate::domain::body::is_shown(&part.code, &[person.no]));
    view.sections
        .retain(|section| section.client.is_none_or(|whose| whose == client));
    log(tx, &by, now, "plan.print", &[client], purpose, None)?;
    Ok(Copy { view, person })
}

/// While a change is being written, the paper has what was agreed: the newest version, not the draft.
fn agreed(query: &mut impl Query, view: &mut View) -> Result<(), PlanError> {
    let document = &view.opened.document;
    if !document.is_open() || document.version_no == 0 {
        return Ok(());
    }
    let version = documents::store::version(query, document.id, document.version_no)?;
    let body = version.ok_or(PlanError::NotFound)?.body;
    view.parts.retain(|part| body.part(&part.code).is_some());
    for part in &mut view.parts {
        if let Some(fields) = body.part(&part.code) {
            part.fields = fields.clone();
        }
    }
    for goal in &mut view.goals {
        let number = view.opened.number(goal.client);
        let code = crate::domain::body::code(&format!("goal-{}", goal.id), number);
        if let Some(fields) = body.part(&code) {
            fields.get("words").clone_into(&mut goal.words);
            fields.get("steps").clone_into(&mut goal.steps);
            // Given up or attained in the draft alone: it still holds.
            if fields.get("state").is_empty() {
                goal.state = GoalState::Open;
            }
        }
    }
    Ok(())
}
