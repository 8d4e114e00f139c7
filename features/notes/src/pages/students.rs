//! A student and the tutor: the lead says who guides whom, and the tutor names the clients (457/2024 21 §).

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::panels::{Around, Cell, Line, Panel};
use clients::{ClientId, Reader};
use documents::DocError;
use identity::people::StaffId;
use identity::session::CurrentUser;
use kernel::time::day;
use store::{ShowTx, StoreError};
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Visit, client_page_with_status, go_to,
    page_with_status,
};

use super::common::{Fault, casework, id, refusal, run};
use crate::domain::TutoringId;
use crate::store::names;
use crate::store::tutoring::{self, Person};

/// A row.
#[derive(Debug, Clone)]
pub struct RowView {
    pub student: String,
    pub tutor: String,
    pub until: String,
    pub iso: String,
    pub end: String,
}

#[derive(Template)]
#[template(path = "students.html")]
struct StudentsPage {
    page: Page,
    form: Form,
    notice: String,
    rows: Vec<RowView>,
    students: Vec<Choice>,
    tutors: Vec<Choice>,
}

const DONE: &[&str] = &["tutoring", "tutoring-ended", "named", "unnamed"];

fn choices(people: Vec<Person>) -> Vec<Choice> {
    people
        .into_iter()
        .map(|person| Choice::new(person.staff.to_string(), person.name))
        .collect()
}

pub(super) async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let notice = super::done(&visit, &pairs, DONE);
    list_page(&house, &visit, &user, Form::new(), notice, StatusCode::OK).await
}

async fn list_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let (now, lead) = (house.now(), user.staff.id);
    let (rows, students, tutors) = house
        .store
        .read(move |tx| {
            Ok::<_, StoreError>((
                tutoring::led(tx, lead, now)?,
                tutoring::candidates(tx, "student", lead, now)?,
                tutoring::candidates(tx, "tutor", lead, now)?,
            ))
        })
        .await?;
    let t = visit.t();
    let template = StudentsPage {
        page: visit.page("students-title"),
        form,
        notice,
        rows: rows
            .into_iter()
            .map(|row| RowView {
                student: row.student.name,
                tutor: row.tutor.name,
                until: t.full_day(row.ends_on),
                iso: row.ends_on.to_string(),
                end: format!("/students/{}/end", row.id),
            })
            .collect(),
        students: choices(students),
        tutors: choices(tutors),
    };
    Ok(page_with_status(status, template))
}

pub(super) async fn begin(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let person = |form: &mut Form, name: &str| {
        let found = form.value(name).parse::<StaffId>().ok();
        if found.is_none() {
            form.error(name, "students-who-missing");
        }
        found
    };
    let student = person(&mut form, "student");
    let tutor = person(&mut form, "tutor");
    if form.text("until").is_none() {
        form.error("until", "students-until-missing");
    }
    let until = form.day("until");
    if until.is_some_and(|until| until < day(house.now())) {
        form.error("until", "students-until-past");
    }
    let all = (student, tutor, until);
    let (Some(student), Some(tutor), Some(until)) = all else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return list_page(&house, &visit, &user, form, String::new(), status).await;
    };
    if !form.is_valid() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return list_page(&house, &visit, &user, form, String::new(), status).await;
    }
    let done = run(&house, &user, move |tx, casework, reader| {
        tutoring::begin(tx, casework, reader, (student, tutor), until)
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to("/students?done=tutoring")),
        Err(error) => {
            match error {
                DocError::State => form.error("tutor", "students-already"),
                error => form.error("", refusal(error)?),
            }
            list_page(
                &house,
                &visit,
                &user,
                form,
                String::new(),
                StatusCode::CONFLICT,
            )
            .await
        }
    }
}

pub(super) async fn end(
    State(house): State<House>,
    user: CurrentUser,
    Path(one): Path<String>,
    _: Posted,
) -> Answer {
    let one: TutoringId = id(&one)?;
    let done = run(&house, &user, move |tx, casework, reader| {
        tutoring::end(tx, casework, reader, one)
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to("/students?done=tutoring-ended")),
        Err(DocError::Store(error)) => Err(error.into()),
        Err(_) => Err(Failure::NotFound),
    }
}

#[derive(Template)]
#[template(path = "student-name.html")]
struct NamePage {
    page: Page,
    form: Form,
    notice: String,
    client: String,
    path: String,
    students: Vec<Choice>,
    named: Vec<(String, String)>,
}

async fn name_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    client: ClientId,
    form: Form,
    notice: String,
    status: StatusCode,
) -> Answer {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let receipt = house
        .store
        .show(move |tx| {
            let now = casework.now();
            let (acting, students) = tutoring::naming(tx, &reader, client, "create", now)?;
            let named = tutoring::named(tx, client, reader.staff, now)?;
            let name = names(tx, &[client])?.remove(&client).unwrap_or_default();
            crate::store::log(tx, &acting, now, "tutor_link.read", &[client], "")?;
            Ok::<_, Fault>((students, named, name))
        })
        .await;
    let receipt = match receipt {
        Ok(receipt) => receipt,
        Err(fault) => return Err(fault.of(house, user, client.bytes()).await),
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let (students, named, name) = receipt.value;
    let template = NamePage {
        page: visit.page("student-name-title"),
        form,
        notice,
        client: name,
        path: format!("/clients/{client}"),
        named: named
            .iter()
            .filter(|one| students.iter().any(|own| own.student.staff == one.staff))
            .map(|one| (one.staff.to_string(), one.name.clone()))
            .collect(),
        students: choices(
            students
                .into_iter()
                .map(|own| own.student)
                .filter(|one| !named.contains(one))
                .collect(),
        ),
    };
    Ok(client_page_with_status(status, template, logged))
}

pub(super) async fn show_name(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let notice = super::done(&visit, &pairs, DONE);
    let client = id(&client)?;
    name_page(
        &house,
        &visit,
        &user,
        client,
        Form::new(),
        notice,
        StatusCode::OK,
    )
    .await
}

pub(super) async fn name(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let mut form = posted.form();
    let student = form.value("student").parse::<StaffId>().ok();
    if student.is_none() {
        form.error("student", "students-who-missing");
    }
    if !form.has("told", "yes") {
        form.error("told", "student-told-missing");
    }
    let Some(student) = student.filter(|_| form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return name_page(&house, &visit, &user, client, form, String::new(), status).await;
    };
    let done = run(&house, &user, move |tx, casework, reader| {
        tutoring::name(tx, casework, reader, client, student)
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&format!("/clients/{client}/student?done=named"))),
        Err(error) => {
            match error {
                DocError::State => form.error("", "student-named-already"),
                error => form.error("", refusal(error)?),
            }
            let status = StatusCode::CONFLICT;
            name_page(&house, &visit, &user, client, form, String::new(), status).await
        }
    }
}

pub(super) async fn unname(
    State(house): State<House>,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let student: StaffId = id(posted.value("student"))?;
    let done = run(&house, &user, move |tx, casework, reader| {
        tutoring::unname(tx, casework, reader, client, student)
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&format!("/clients/{client}/student?done=unnamed"))),
        Err(error) => Err(Fault::from(error).of(&house, &user, client.bytes()).await),
    }
}

/// "Opiskelija" on the client's page: for the tutor of a student who works with the client herself.
///
/// # Errors
/// When the engine fails.
pub fn panel(tx: &mut ShowTx<'_, '_>, around: &Around<'_>) -> Result<Option<Panel>, StoreError> {
    let t = around.t;
    let own = tutoring::students(tx, around.reader.staff, around.now)?;
    if tutoring::may_name(around.gate.clone(), &own, "create").is_none() {
        return Ok(None);
    }
    let client = around.gate.client();
    let named = tutoring::named(tx, client, around.reader.staff, around.now)?;
    Ok(Some(Panel {
        id: "students".to_owned(),
        heading: t.get("panel-students"),
        add_href: format!("/clients/{client}/student"),
        add_label: t.get("panel-students-add"),
        caption: t.get("panel-students"),
        columns: vec![t.get("students-student"), t.get("students-until")],
        rows: own
            .iter()
            .filter(|one| named.contains(&one.student))
            .map(|one| Line {
                title: one.student.name.clone(),
                cells: vec![Cell::text(t.full_day(one.ends_on))],
                ..Line::default()
            })
            .collect(),
        empty: t.get("panel-students-empty"),
        ..Panel::default()
    }))
}
