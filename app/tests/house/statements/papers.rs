//! The same for assessments, plans and notes: one matter with many of everything, and a worker with many matters.

use store::{StoreError, params};

use crate::actors::{Actor, Cast, actor, fresh, numbered, spare, text};
use crate::between::Between;
use crate::county::County;
use crate::matrix::paper_scenes::{Laid, Paper, Table, lay};

struct Filled {
    county: County,
    worker: Actor,
    lead: Actor,
    /// The matter with much in it: its plan in force, its assessment, a note of many versions.
    plan: Laid,
    assessment: Laid,
    note: Laid,
}

fn fill(rows: usize) -> Filled {
    let county = County::of(10);
    let (model, cast) = (spare(&county)[0], Cast::of(&county));
    let who = |role| actor(&county, numbered(role), &cast);
    let (worker, lead) = (who("social worker"), who("lead"));
    let own = Between::Kind("own_worker");
    let thick = (own, Paper::PlanInForce);
    let plan = lay(&county, model, &worker, &cast, thick);
    let (assessment, note) = (plan.anew(), plan.anew());
    let (me, now) = (worker.staff, county.built.house.now());
    let store = county.built.house.store.clone();
    // Of two versions each page has what it compares.
    let last = i64::try_from(rows.max(2)).unwrap_or(2);
    store
        .write_blocking(move |tx| {
            let mut table = Table::over(tx, plan, me, cast, now);
            for _ in 0..rows {
                table.laid = Laid {
                    document: plan.document,
                    ..plan.anew()
                };
                table.goal(true, me)?;
                table.section()?;
                table.elsewhere()?;
                table.laid = plan.anew();
                table.note("finished", me, None)?;
            }
            table.laid = assessment;
            table.assessment("finished", me, None)?;
            for _ in 1..rows {
                table.laid.section = fresh();
                table.asked()?;
            }
            table.laid = note;
            table.note("finished", me, None)?;
            for document in [plan.document, assessment.document, note.document] {
                table.laid.document = document;
                table.versions(2..=last)?;
            }
            table.reviews(plan, last)
        })
        .expect("a full matter");
    // And many matters of one worker and of one unit, each with something that asks for attention.
    for _ in 0..rows {
        for paper in [Paper::OwnDraft, Paper::Assessment, Paper::PlanInForce] {
            lay(&county, model, &worker, &cast, (own, paper));
        }
        for paper in [Paper::OthersDraft, Paper::PlanInForce, Paper::VoidAsked] {
            lay(&county, model, &lead, &cast, (Between::UnitLead, paper));
        }
    }
    store
        .write_blocking(move |tx| {
            tx.execute(
                "update plan set review_on = '2020-01-01' where review_on is not null",
                &[],
            )?;
            tx.execute("update note set happened_at = happened_at - 864000000", &[])?;
            tx.execute(
                "update plan_action set owner_kind = 'worker', owner_name = null, owner_staff = $1 where owner_kind = 'partner'",
                &params![me.bytes()],
            )?;
            tx.execute(
                "update note_step set owner_kind = 'worker', owner_name = null, owner_staff = $1 where owner_kind = 'other'",
                &params![me.bytes()],
            )?;
            Ok::<_, StoreError>(())
        })
        .expect("late");
    Filled {
        county,
        worker,
        lead,
        plan,
        assessment,
        note,
    }
}

/// A path, and the fields of a form.
type Request = (String, Option<Vec<(&'static str, String)>>);

/// What is asked: a page, or a form that only shows.
fn asked(filled: &Filled) -> Vec<Request> {
    let matter = text(filled.plan.set.matter);
    let client = filled.plan.set.client.to_string();
    let (plan, note) = (text(filled.plan.document), text(filled.note.document));
    let assessment = text(filled.assessment.document);
    let page = |path: String| (path, None);
    let mut all: Vec<_> = [
        format!("/matters/{matter}"),
        format!("/clients/{client}"),
        format!("/plans/{plan}"),
        format!("/plans/{plan}/versions"),
        format!("/plans/{plan}/versions/1"),
        format!("/plans/{plan}/review"),
        format!("/plans/{plan}/copy/fi"),
        format!("/assessments/{assessment}"),
        format!("/assessments/{assessment}/versions"),
        format!("/assessments/{assessment}/versions/1"),
        format!("/matters/{matter}/notes/new"),
        format!("/notes/{note}"),
        format!("/notes/{note}/versions"),
        "/notes".to_owned(),
        "/notes/new".to_owned(),
        "/matters".to_owned(),
        "/desk".to_owned(),
        "/clients".to_owned(),
    ]
    .into_iter()
    .map(page)
    .collect();
    let form = |fields: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let owned = fields
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        owned.collect()
    };
    all.push((
        format!("/plans/{plan}/copy/fi"),
        Some(form(&[("client", &client), ("purpose", "client")])),
    ));
    all.push((
        format!("/clients/{client}/timeline"),
        Some(form(&[("words", "tavattiin")])),
    ));
    all
}

fn count(filled: &Filled) -> Vec<(String, u64)> {
    let county = &filled.county;
    let ask = |who: &Actor, (path, fields): &Request| {
        let got = county.send(&who.reader, path, fields.as_deref());
        assert_eq!(got.status, 200, "{path}: {} {}", got.location, got.body);
    };
    let times = |who: &Actor, request: &Request| {
        // The first request reads the session; the second is the page alone.
        ask(who, request);
        let before = county.built.house.store.statement_count();
        ask(who, request);
        county.built.house.store.statement_count() - before
    };
    let mut counts: Vec<(String, u64)> = asked(filled)
        .into_iter()
        .map(|request| {
            let count = times(&filled.worker, &request);
            let (path, fields) = request;
            let method = if fields.is_some() { "POST" } else { "GET" };
            let shape: Vec<&str> = path
                .split('/')
                .map(|one| if one.len() > 30 { "{id}" } else { one })
                .collect();
            (format!("{method} {}", shape.join("/")), count)
        })
        .collect();
    for path in ["/unit", "/flow", "/desk"] {
        let count = times(&filled.lead, &(path.to_owned(), None));
        counts.push((format!("lead: GET {path}"), count));
    }
    counts
}

#[test]
fn statements_of_papers_do_not_grow_with_rows() {
    let (one, fifty) = std::thread::scope(|scope| {
        let one = scope.spawn(|| count(&fill(1)));
        let fifty = count(&fill(50));
        (one.join().expect("one row"), fifty)
    });
    let told: Vec<String> = one
        .iter()
        .zip(&fifty)
        .inspect(|((path, one), (_, fifty))| {
            println!("{path}: {one} statements with 1 row, {fifty} with 50");
        })
        .filter(|((_, one), (_, fifty))| one != fifty)
        .map(|((path, one), (_, fifty))| format!("{path}: {one}, {fifty}"))
        .collect();
    assert_eq!(told.join("\n"), "");
}
