//! What needs two people beside tasks, and what the people concerned are told.

use axum::http::StatusCode;
use identity::accounts::LoginName;
use identity::facts::approval::{Refusal, Side};
use identity::facts::requests::{self, Approved};
use identity::facts::{declare, record};
use identity::notices::{self, Kind};
use kernel::chance::SeededChance;
use kernel::time::{SignedDuration, Timestamp};
use store::{Query, StoreError, WriteTx, params};
use testkit::{for_each_engine, sqlite_store};

use crate::support::{AINO, HANNA, OLLI, PEKKA, TUULA, VILLE, by, fill, id, sample};

fn waiting(tx: &mut WriteTx<'_>, staff: [u8; 16], now: Timestamp) -> Result<i64, StoreError> {
    Ok(requests::list(tx, Some(id(staff)), now)?
        .last()
        .map_or(0, |one| one.id))
}

fn told(query: &mut impl Query, staff: [u8; 16], now: Timestamp) -> Result<Vec<Kind>, StoreError> {
    let all = notices::unseen(query, id(staff), now)?;
    Ok(all.iter().map(|one| one.kind).collect())
}

fn name(result: Result<Approved, Refusal>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(Refusal::Own) => "own",
        Err(Refusal::SameTwice) => "same",
        Err(Refusal::Decided) => "decided",
        Err(Refusal::LeadApproves) => "lead",
        Err(Refusal::Differs) => "differs",
        Err(_) => "other",
    }
}

#[test]
fn no_code_exists_before_a_second_person_approves() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        let done = test.write_blocking(move |tx| {
            fill(tx)?;
            tx.execute("update staff set bars_confirmed_at = $1", &params![kernel::time::millis(now)])?;
            let chance = SeededChance::new(4);
            let login = LoginName::parse("aino.salmela").unwrap();
            let own = requests::ask_invitation(tx, &by(AINO, now), id(AINO), &login);
            assert!(matches!(own, Err(Refusal::Own)));
            requests::ask_invitation(tx, &by(TUULA, now), id(AINO), &login)?;
            // Another's request for the same name, and the directory's name of somebody else, are refused.
            let twice = requests::ask_invitation(tx, &by(TUULA, now), id(VILLE), &login);
            assert!(matches!(twice, Err(Refusal::NameTaken)));
            tx.execute(
                "insert into directory_identity (issuer, subject, staff_id, linked_at, login_name) values ('https://tunnus.test', 's7', $1, 0, 'tuula.niemela')",
                &params![id(TUULA).bytes()],
            )?;
            let hers = LoginName::parse("tuula.niemela").unwrap();
            let bound = requests::ask_invitation(tx, &by(TUULA, now), id(VILLE), &hers);
            assert!(matches!(bound, Err(Refusal::NameTaken)));

            let request = waiting(tx, AINO, now)?;
            assert_eq!(told(tx, AINO, now)?, [Kind::CodeAsked]);
            assert_eq!(told(tx, HANNA, now)?, [Kind::CodeAsked]);
            let codes = |tx: &mut WriteTx<'_>| -> Result<i64, StoreError> {
                tx.query_one("select count(*) from invitation", &[])?.get(0)
            };
            let tries = |tx: &mut WriteTx<'_>, who, side, at| {
                name(requests::approve(tx, &chance, &by(who, at), side, request, None))
            };
            assert_eq!(tries(tx, TUULA, Side::Administrator, now), "same");
            assert_eq!(tries(tx, AINO, Side::Lead, now), "own");
            let late = now + SignedDuration::from_hours(7 * 24 + 1);
            assert_eq!(tries(tx, OLLI, Side::Administrator, late), "decided", "lapsed");
            assert_eq!(codes(tx)?, 0);
            assert_eq!(tries(tx, HANNA, Side::Lead, now), "ok");
            assert_eq!(codes(tx)?, 1);
            assert_eq!(tries(tx, OLLI, Side::Administrator, now), "decided");

            // The worker is told of both; the lead, who gave it, of nothing more.
            assert_eq!(told(tx, AINO, now)?, [Kind::CodeMade, Kind::CodeAsked]);
            assert_eq!(told(tx, HANNA, now)?, []);
            assert_eq!(told(tx, PEKKA, now)?, [], "leads another unit");
            Ok::<_, Refusal>(())
        });
        done.unwrap();
        // Nor does the store itself take one person twice.
        let alone = test.write_blocking(move |tx| {
            tx.execute("insert into staff_request (id, kind, staff_id, login_name, requested_at, requested_by, decided_at, decided_by, approved) values (900, 'invitation', $1, 'x', 0, $2, 0, $2, 1)", &params![id(AINO).bytes(), id(TUULA).bytes()])
        });
        assert!(alone.is_err());
    });
}

#[test]
fn a_code_from_the_command_line_is_told_to_worker_and_lead() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        let done = test.write_blocking(move |tx| {
            fill(tx)?;
            tx.execute(
                "update staff set bars_confirmed_at = $1",
                &params![kernel::time::millis(now)],
            )?;
            let login = LoginName::parse("aino.salmela").unwrap();
            let chance = SeededChance::new(4);
            identity::accounts::invite(tx, &chance, now, id(AINO), &login, None, 7).unwrap();
            for staff in [AINO, HANNA] {
                let all = notices::unseen(tx, id(staff), now)?;
                let first = all.first().unwrap();
                assert_eq!((first.kind, first.by.as_str()), (Kind::CodeMade, ""));
                assert_eq!(first.own, staff == AINO);
            }
            Ok::<_, StoreError>(())
        });
        done.unwrap();
    });
}

#[test]
fn a_declared_relative_bars_until_the_lead_lets_it_go() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        let done = test.write_blocking(move |tx| {
            fill(tx)?;
            let chance = SeededChance::new(4);
            let relative = [9; 32];
            declare::declare(tx, &by(AINO, now), relative)?;
            let number = declare::own(tx, id(AINO))?[0].number;
            assert!(
                !requests::ask_withdrawal(tx, &by(VILLE, now), number)?,
                "another's"
            );
            assert!(requests::ask_withdrawal(tx, &by(AINO, now), number)?);
            assert!(declare::own(tx, id(AINO))?[0].ending);
            assert!(declare::is_relative(tx, id(AINO), relative)?, "bars still");
            assert_eq!(told(tx, HANNA, now)?[0], Kind::WithdrawalAsked);

            let tries = |tx: &mut WriteTx<'_>, who, side| -> Result<&'static str, StoreError> {
                let request = waiting(tx, AINO, now)?;
                Ok(name(requests::approve(
                    tx,
                    &chance,
                    &by(who, now),
                    side,
                    request,
                    None,
                )))
            };
            assert_eq!(tries(tx, AINO, Side::Lead)?, "own");
            assert_eq!(tries(tx, TUULA, Side::Administrator)?, "lead");
            // Declared anew it stays, whatever was asked; refused it stays too.
            declare::declare(tx, &by(AINO, now), relative)?;
            assert_eq!(tries(tx, HANNA, Side::Lead)?, "decided");
            requests::ask_withdrawal(tx, &by(AINO, now), number)?;
            let request = waiting(tx, AINO, now)?;
            let own = requests::refuse(tx, &by(AINO, now), request);
            assert!(matches!(own, Err(Refusal::Own)));
            requests::refuse(tx, &by(HANNA, now), request)?;
            assert!(declare::is_relative(tx, id(AINO), relative)?);
            assert!(!declare::own(tx, id(AINO))?[0].ending);
            assert_eq!(told(tx, AINO, now)?[0], Kind::WithdrawalRefused);

            requests::ask_withdrawal(tx, &by(AINO, now), number)?;
            assert_eq!(tries(tx, HANNA, Side::Lead)?, "ok");
            assert!(!declare::is_relative(tx, id(AINO), relative)?);
            assert_eq!(told(tx, AINO, now)?[0], Kind::Withdrawn);

            // Who leads the unit herself is answered by an administrator.
            declare::declare(tx, &by(HANNA, now), relative)?;
            let number = declare::own(tx, id(HANNA))?[0].number;
            requests::ask_withdrawal(tx, &by(HANNA, now), number)?;
            let request = waiting(tx, HANNA, now)?;
            let decide = |tx: &mut WriteTx<'_>, who, side| {
                name(requests::approve(
                    tx,
                    &chance,
                    &by(who, now),
                    side,
                    request,
                    None,
                ))
            };
            assert_eq!(decide(tx, HANNA, Side::Lead), "own");
            assert_eq!(decide(tx, TUULA, Side::Administrator), "ok");
            Ok::<_, Refusal>(())
        });
        done.unwrap();
    });
}

#[test]
fn an_identity_code_counts_when_two_have_typed_the_same() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        let done = test.write_blocking(move |tx| {
            fill(tx)?;
            let chance = SeededChance::new(4);
            record::set_identity_hash(tx, id(VILLE), [2; 32])?;
            let taken = requests::ask_identity(tx, &by(TUULA, now), id(AINO), [2; 32]);
            assert!(matches!(taken, Err(Refusal::CodeTaken)));
            requests::ask_identity(tx, &by(TUULA, now), id(AINO), [1; 32])?;
            let request = waiting(tx, AINO, now)?;
            let tries = |tx: &mut WriteTx<'_>, who, typed| {
                let side = Side::Administrator;
                name(requests::approve(
                    tx,
                    &chance,
                    &by(who, now),
                    side,
                    request,
                    typed,
                ))
            };
            assert_eq!(tries(tx, TUULA, Some([1; 32])), "same");
            assert_eq!(tries(tx, OLLI, None), "differs");
            assert_eq!(tries(tx, OLLI, Some([3; 32])), "differs");
            assert_eq!(record::identity_hash(tx, id(AINO))?, None);
            assert_eq!(tries(tx, OLLI, Some([1; 32])), "ok");
            assert_eq!(record::identity_hash(tx, id(AINO))?, Some([1; 32]));
            for staff in [AINO, HANNA] {
                assert!(told(tx, staff, now)?.contains(&Kind::IdentityChanged));
            }
            Ok::<_, Refusal>(())
        });
        done.unwrap();
    });
}

#[test]
fn the_bars_are_looked_at_once_a_year() {
    for_each_engine(identity::MIGRATIONS, |test| {
        let now = testkit::start_of_time();
        let done = test.write_blocking(move |tx| {
            fill(tx)?;
            assert!(
                declare::due(tx, id(AINO), now)?.is_some(),
                "never, in six years"
            );
            assert!(told(tx, AINO, now)?.contains(&Kind::BarsDue));
            declare::confirm(tx, &by(AINO, now))?;
            let year = now + declare::GOOD_FOR;
            assert_eq!(declare::due(tx, id(AINO), year)?, None);
            let after = year + SignedDuration::from_secs(1);
            assert_eq!(declare::due(tx, id(AINO), after)?, Some(now));
            declare::declare(tx, &by(AINO, year), [9; 32])?;
            assert_eq!(declare::due(tx, id(AINO), after)?, None);
            Ok::<_, StoreError>(())
        });
        done.unwrap();
    });
}

/// The way by which one administrator became a worker: she asks for a code and uses what her page shows.
#[tokio::test]
async fn one_administrator_becomes_nobody_else() {
    let house = sample(sqlite_store(identity::MIGRATIONS));
    let tuula = house.enter(TUULA).await;
    let page = format!("/admin/people/{}", id(AINO));
    let ask = format!("{page}/invitation");
    let asked = house.post(&ask, &[("login", "tuula.oma")], &tuula).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert!(
        !house
            .get(&asked.location, &tuula)
            .await
            .body
            .contains("n-secret")
    );
    let alone = house.approve(AINO, &[], &tuula).await;
    assert!(alone.location.ends_with("done=same"), "{}", alone.location);
    let count = |table: &'static str| -> i64 {
        house
            .store
            .read_blocking(move |tx| {
                tx.query_one(&format!("select count(*) from {table}"), &[])?
                    .get(0)
            })
            .unwrap()
    };
    assert_eq!((count("invitation"), count("account")), (0, 0));

    // A lead of another unit has no say; the lead has, after she has proved who she is.
    let pekka = house.enter(PEKKA).await;
    assert_eq!(
        house.approve(AINO, &[], &pekka).await.status,
        StatusCode::NOT_FOUND
    );
    let old = house.enter_long_ago(HANNA).await;
    let asked = house.approve(AINO, &[], &old).await;
    assert!(asked.location.starts_with("/sign-in/confirm"));
    let hanna = house.enter(HANNA).await;
    let list = house.get("/admin/people?tab=waiting", &hanna).await.body;
    assert!(list.contains("Aino Salmela") && list.contains("pyysi kutsukoodia"));
    // The name is there to be doubted.
    assert!(house.get(&page, &hanna).await.body.contains("tuula.oma"));
    let refuse = format!("/admin/requests/{}/refuse", house.waiting(AINO));
    let refused = house.post(&refuse, &[], &hanna).await;
    assert!(refused.location.ends_with("done=refused"));
    assert_eq!(count("account"), 0);

    // The worker sees what was tried, until she says that she has.
    let aino = house.enter(AINO).await;
    let told = house.get("/account", &aino).await.body;
    assert!(
        told.contains("Tuula Niemelä pyysi sinulle uutta kutsukoodia"),
        "{told}"
    );
    let last = told.split("name=\"last\" value=\"").nth(1).unwrap();
    let last = last.split('"').next().unwrap();
    house
        .post("/account/notices/seen", &[("last", last)], &aino)
        .await;
    assert!(
        !house
            .get("/account", &aino)
            .await
            .body
            .contains("pyysi sinulle")
    );
}

#[tokio::test]
async fn ones_own_declaration_ends_by_the_lead() {
    let house = sample(sqlite_store(identity::MIGRATIONS));
    let (aino, hanna) = (house.enter(AINO).await, house.enter(HANNA).await);
    house
        .post("/own/bars", &[("identity_code", "131052-308T")], &aino)
        .await;
    let path = "/own/bars/1/withdraw";
    assert!(house.get("/own/bars", &aino).await.body.contains(path));
    let asked = house.post(path, &[], &aino).await;
    assert!(
        asked.location.ends_with("done=withdrawn"),
        "{}",
        asked.status
    );
    let page = house.get(&asked.location, &aino).await.body;
    assert!(page.contains("päättäminen odottaa esihenkilöä") && !page.contains("/withdraw\""));
    let done = house.approve(AINO, &[], &hanna).await;
    assert!(
        done.location.ends_with("done=approved"),
        "{}",
        done.location
    );
    let page = house.get("/own/bars", &aino).await.body;
    assert!(page.contains("Et ole ilmoittanut ketään"));
    let confirmed = house.post("/own/bars/confirm", &[], &aino).await;
    assert!(confirmed.location.ends_with("done=confirmed"));
}
