//! A plan comes into force, gets a new version, and ends.

use casework::store::Casework;
use clients::timeline::{self, Item, Prepared};
use clients::{ClientId, Reader};
use documents::{Body, DocumentId, Fields, State};
use kernel::language::Language;
use kernel::time::{Date, day};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::body::{self, No};
use crate::domain::place::Place;
use crate::domain::{ActionState, EndReason, GoalState, Owner, PlanError, written};
use crate::store::begin::{MADE, in_the_way};
use crate::store::goals::{self, Goal};
use crate::store::{Member, Opened, known, lists, log, texts};

/// What is said when a version is finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finishing {
    /// Made with the client; otherwise the obvious obstacle in words (SHL 39 § 1).
    pub obstacle: Option<String>,
    pub review_on: Date,
    /// Why there is another version.
    pub why: Option<String>,
}

/// The whole text: parts, sections, goals with their actions. Goals that were given up stay in the version that says so.
///
/// # Errors
/// When the engine fails.
pub fn body(query: &mut impl Query, opened: &Opened) -> Result<Body, PlanError> {
    let plan = opened.id();
    let mut body = Body::default();
    for part in documents::store::parts(query, plan)? {
        body.put(part.code, part.fields);
    }
    for section in texts::sections_ever(query, plan)? {
        let code = section.code(opened);
        if section.removed {
            body.0.remove(&code);
            continue;
        }
        let mut fields = body.0.remove(&code).unwrap_or_default();
        fields.set("heading", section.heading.as_str());
        body.put(code, fields);
    }
    for goal in goals::of_plan(query, plan)? {
        let code = body::code(&format!("goal-{}", goal.id), opened.number(goal.client));
        body.put(code, goal_fields(opened, &goal));
    }
    Ok(body)
}

fn goal_fields(opened: &Opened, goal: &Goal) -> Fields {
    let mut fields = Fields::default();
    fields.set("words", goal.words.as_str());
    fields.set("kind", goal.kind.code());
    fields.set("steps", goal.steps.as_str());
    fields.set("helps", goal.helps.as_str());
    fields.set("hinders", goal.hinders.as_str());
    if goal.state != GoalState::Open {
        fields.set("state", goal.state.code());
        fields.set("state_words", goal.state_words.clone().unwrap_or_default());
    }
    for (state, name) in [
        (ActionState::Open, "actions"),
        (ActionState::Done, "actions_done"),
        (ActionState::Dropped, "actions_dropped"),
    ] {
        let lines = goal.actions.iter().filter(|one| one.state == state);
        fields.set_all(
            name,
            lines
                .map(|one| {
                    let who = match &one.owner {
                        Owner::Client(client) => body::person(opened.number(Some(*client))),
                        Owner::Worker(_) | Owner::Partner(_) => one.who.clone(),
                    };
                    format!("{} – {} – {}", one.what, who, written(one.due))
                })
                .collect(),
        );
    }
    fields
}

/// Finishes the text: the first time the plan comes into force, later it gets a new version.
///
/// # Errors
/// [`PlanError::NotFound`] without the right over every client; [`PlanError::Taken`] when another plan is in force for one
/// (I2); [`PlanError::NoGoal`], [`PlanError::ReviewDay`], [`PlanError::NotOpen`].
pub fn finish(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    finishing: &Finishing,
) -> Result<i64, PlanError> {
    let opened = Opened::load(tx, reader, plan, casework.now())?;
    opened.open()?;
    let has_goal = goals::of_plan(tx, plan)?
        .iter()
        .any(|goal| goal.state == GoalState::Open);
    if !has_goal {
        return Err(PlanError::NoGoal);
    }
    let body = body(tx, &opened)?;
    seal(tx, casework, reader, &opened, body, finishing)
}

/// Makes the version and puts the plan into force.
pub(crate) fn seal(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    opened: &Opened,
    mut body: Body,
    finishing: &Finishing,
) -> Result<i64, PlanError> {
    let (now, plan) = (casework.now(), opened.id());
    if finishing.review_on <= day(now) {
        return Err(PlanError::ReviewDay);
    }
    let by = opened.finishing(reader)?;
    let clients = opened.subjects(None);
    let known = known(tx, &clients)?;
    for client in &clients {
        if let Err(taken) = Place::to_come_into_force(plan, *client, &known) {
            return Err(in_the_way(tx, casework, reader, taken)?);
        }
    }
    body.put("agreed", agreed(finishing));
    let why = finishing.why.as_deref();
    let no = if opened.document.state == State::Waiting {
        documents::store::approve(tx, casework, &by, plan, &body, why)?
    } else {
        documents::store::finish(tx, casework, &by, plan, &body, why)?
    };
    tx.execute(
        "update plan set state = 'in_force', in_force_at = coalesce(in_force_at, $2), review_on = $3, with_client = $4, obstacle = $5 where document_id = $1",
        &params![
            plan.bytes(),
            now,
            finishing.review_on,
            finishing.obstacle.is_none(),
            finishing.obstacle.clone()
        ],
    )?;
    tx.execute(
        "update plan_client set state = 'in_force' where document_id = $1 and state = 'draft'",
        &params![plan.bytes()],
    )?;
    for table in ["plan_goal", "plan_action"] {
        tx.execute(
            &format!("update {table} set since_version = $2 where document_id = $1 and since_version is null"),
            &params![plan.bytes(), no],
        )?;
    }
    let language = opened.document.language;
    let names = lists::members(tx, &[plan])?;
    let names = names.get(&plan).map_or(&[][..], Vec::as_slice);
    for member in &opened.plan.members {
        // Her own history names her and nobody else: its reader need not see the others (B13).
        let mut body = body.clone();
        body::with_names(&mut body, &|no| {
            let own = names.iter().find(|(client, _)| *client == member.client);
            Some(match own.filter(|_| no == member.no) {
                Some((_, name)) => name.clone(),
                None => other_client(language).to_owned(),
            })
        });
        let told = Told {
            kind: "version",
            title: title(language, no),
            text: body::text(&body, member.no),
        };
        tell(tx, casework, reader, opened, *member, &told)?;
    }
    Ok(no)
}

fn agreed(finishing: &Finishing) -> Fields {
    let mut fields = Fields::default();
    fields.set("review", written(finishing.review_on));
    match &finishing.obstacle {
        None => fields.set("with_client", "yes"),
        Some(words) => fields.set("obstacle", words.as_str()),
    }
    fields
}

fn title(language: Language, no: i64) -> String {
    match language {
        Language::Sv => format!("Klientplan, version {no}"),
        Language::En => format!("Client plan, version {no}"),
        Language::Fi | Language::Easy => format!("Suunnitelma, versio {no}"),
    }
}

/// Another client of the plan, in words: the message `public-plan-other-client`.
const fn other_client(language: Language) -> &'static str {
    match language {
        Language::Sv => "en annan klient i planen",
        Language::En => "another client of the plan",
        Language::Fi | Language::Easy => "toinen suunnitelman asiakas",
    }
}

struct Told {
    kind: &'static str,
    title: String,
    text: String,
}

/// Puts the plan into a client's history: her own part of it and what is common.
fn tell(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    opened: &Opened,
    member: Member,
    told: &Told,
) -> Result<(), PlanError> {
    let row = member_row(tx, opened.id(), member.no)?;
    let language = match opened.document.language {
        Language::Easy => Language::Fi,
        other => other,
    };
    let words = Prepared::new(&casework.analysers, language, &told.title, &told.text);
    let item = Item {
        id: timeline::id_of("plan_client", row, told.kind),
        client: member.client,
        at: casework.now(),
        class: "plan",
        kind: "plan",
        service_task: opened.facts.service_task.code(),
        restricted: None,
        object: Some(("matter", opened.facts.id.bytes())),
        language,
        title: &told.title,
        body: &told.text,
        author: Some(reader.staff),
        href: &format!("/plans/{}", opened.id()),
    };
    timeline::put(tx, &item, &words)?;
    Ok(())
}

pub(crate) fn member_row(
    query: &mut impl Query,
    plan: DocumentId,
    no: No,
) -> Result<[u8; 16], PlanError> {
    let row = query.query_one(
        "select id from plan_client where document_id = $1 and no = $2",
        &params![plan.bytes(), no],
    )?;
    Ok(row.get(0)?)
}

/// Opens a plan in force for a change; what is in force stays so until the new version is finished.
///
/// # Errors
/// [`PlanError::NotFound`] without the right; [`PlanError::NotOpen`] when the document is not finished.
pub fn change(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    reason: &str,
) -> Result<(), PlanError> {
    let opened = Opened::load(tx, reader, plan, casework.now())?;
    let by = opened.acting(reader, "correct", None, &["new_version", "reason"])?;
    documents::store::correct(tx, casework, &by, plan, reason)?;
    Ok(())
}

/// A plan ends before its matter.
///
/// # Errors
/// [`PlanError::NotFound`] without the right over every client; [`PlanError::Ended`] when it has ended.
pub fn end(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    reason: EndReason,
    words: &str,
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let by = opened.acting_all(reader, "finish", MADE)?;
    tx.execute(
        "update plan set state = 'ended', ended_at = $2, ended_by = $3, end_reason = $4, end_words = $5 where document_id = $1",
        &params![
            plan.bytes(),
            now,
            reader.staff.bytes(),
            reason.code(),
            Some(words).filter(|words| !words.is_empty())
        ],
    )?;
    tx.execute(
        "update plan_client set state = 'ended', ended_at = $2 where document_id = $1 and state <> 'ended'",
        &params![plan.bytes(), now],
    )?;
    let subjects = opened.subjects(None);
    for client in &subjects {
        adopt(tx, *client)?;
    }
    log(
        tx,
        &by,
        now,
        "plan.end",
        &subjects,
        reason.code(),
        Some(words),
    )?;
    Ok(())
}

/// Two records of a person were joined and each had a plan: when one has ended, the other becomes the kept client's own row.
pub(crate) fn adopt(tx: &mut WriteTx<'_>, kept: ClientId) -> Result<(), StoreError> {
    let waiting = tx.query_optional(
        "select pc.id from plan_client pc join client c on c.id = pc.client_id where c.merged_into = $1 and pc.state = 'in_force' and not exists (select 1 from plan_client k where k.client_id = $1 and (k.state = 'in_force' or k.document_id = pc.document_id)) order by pc.id limit 1",
        &params![kept.bytes()],
    )?;
    if let Some(row) = waiting {
        let id: [u8; 16] = row.get(0)?;
        tx.execute(
            "update plan_client set client_id = $2 where id = $1",
            &params![id, kept.bytes()],
        )?;
    }
    Ok(())
}
