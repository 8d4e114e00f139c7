//! Attacks through the whole house, one test each. Those that need one room only are tried there:
//!
//! - session fixation, replayed one-time code, password spraying, timing of an unknown account, locking others out,
//!   signing in from another site: `identity/tests/signin/attacks.rs` and `main.rs`;
//! - cloned passkey counter, an answer used twice: `identity/tests/signin/passkey.rs`, `passkeys/tests/ceremonies.rs`;
//! - forged and expired tokens of a directory (issuer, audience, nonce, algorithm none): `oidc/tests/directory`;
//! - disguised files, files with running content, too many and too large: `intake::domain::attachment`,
//!   `door/src/tests/state.rs`, `web/tests/house/uploads.rs`;
//! - tokens by address, by time, after their owner has left: `api/src/tests/tokens.rs`;
//! - guesses of receipts: `door/src/tests/state.rs`;
//! - stored script: `script.rs` beside this.

use std::collections::BTreeMap;

use api::grant::{self, NewToken};
use axum::body::Body;
use axum::http::{Method, Request, header};
use web::{Guard, Route, TOKEN_FIELD};

use crate::client::encode;
use crate::county::{County, Reader};
use crate::ids::Ids;
use crate::inside::{Got, ask};

const FORM: &str = "application/x-www-form-urlencoded";

pub fn routes() -> Vec<Route> {
    app::features::all(true)
        .into_iter()
        .flat_map(|feature| feature.routes)
        .collect()
}

pub fn people(county: &County) -> impl Iterator<Item = &Reader> {
    county.readers.iter().filter(|reader| !reader.is_program())
}

/// Whatever the tables hold of people, as one number each.
fn contents(county: &County) -> BTreeMap<&'static str, String> {
    [
        (
            "client",
            "select count(*) || ' ' || sum(version) from client",
        ),
        (
            "detail",
            "select count(*) || ' ' || count(ended_at) || ' ' || sum(protected) from client_detail",
        ),
        (
            "related",
            "select count(*) || ' ' || count(valid_to) from related_person",
        ),
        (
            "order",
            "select count(*) || ' ' || count(ended_at) from non_disclosure",
        ),
        (
            "right",
            "select count(*) || ' ' || count(ended_at) from secret_right",
        ),
        ("bar", "select count(*) || ' ' || count(ends_at) from bar"),
        (
            "relation",
            "select count(*) || ' ' || count(ends_at) from relation",
        ),
        (
            "matter",
            "select count(*) || ' ' || sum(version) from matter",
        ),
        ("event", "select count(*) from matter_event"),
        (
            "contact",
            "select count(*) || ' ' || sum(version) from contact",
        ),
        ("task", "select count(*) from task"),
        ("merge", "select count(*) from merge"),
    ]
    .into_iter()
    .map(|(name, sql)| {
        let sql = format!("select cast(({sql}) as text)");
        let mut rows = county.rows(&sql, &[], |row| {
            row.get::<Option<String>>(0)
                .map(std::option::Option::unwrap_or_default)
        });
        (name, rows.pop().unwrap_or_default())
    })
    .collect()
}

#[test]
fn another_clients_ids_change_nothing_in_any_form() {
    let county = County::of(20);
    // A counsellor of another unit: has rights of her own, but nothing to do with these clients.
    let stranger = county
        .staff
        .iter()
        .filter(|one| one.title == "counsellor" && one.ended_on.is_none())
        .find(|one| {
            let held = "select 1 from held_relation where staff_id = $1";
            county
                .rows(held, &[one.id.bytes().into()], |_| Ok(()))
                .is_empty()
        })
        .expect("a counsellor without clients");
    let stranger = &county.person(stranger);
    let ids = Ids::of(
        &county,
        county.ids("select id from client where state = 'active' limit 8"),
    );
    let own = county.ids("select id from client_detail limit 3");
    // Colleagues are named in forms; one of them may have a client's name.
    let names: Vec<String> = county
        .rows("select display_name from client", &[], |row| {
            row.get::<String>(0)
        })
        .into_iter()
        .filter(|name| {
            !county
                .staff
                .iter()
                .any(|one| one.name.contains(name.as_str()))
        })
        .collect();
    let before = contents(&county);
    let mut open = Vec::new();
    for route in routes() {
        let about = ["/clients/{id}", "/matters/{id}", "/matter-offers/"];
        if route.method != Method::POST || !about.iter().any(|begin| route.path.starts_with(begin))
        {
            continue;
        }
        for path in ids.addresses(&route) {
            for row in &own {
                let fields = [
                    ("row", row.as_str()),
                    ("client", &ids.clients[0]),
                    ("matter", &ids.matters[0]),
                    ("staff", &ids.staff[0]),
                    ("reason", "Tarvitsen tämän heti, siksi kysyn."),
                    ("value", "040 555 1234"),
                    ("from", "13.3.2026"),
                    ("version", "1"),
                ];
                let got = county.post(stranger, &path, &fields);
                // The door of exceptional access is the one that is there for strangers.
                let exceptional = path.ends_with("/exceptional");
                // A form may come back with what was typed, and without anything of the client's.
                let blank = [409, 422].contains(&got.status.as_u16())
                    && !names.iter().any(|name| got.body.contains(name));
                if got.status != 404
                    && !blank
                    && !exceptional
                    && !got.location.ends_with("/exceptional")
                {
                    open.push(format!("{path}: {}", got.status));
                }
            }
        }
    }
    assert_eq!(open, [""; 0]);
    assert_eq!(contents(&county), before);
}

#[test]
fn a_row_of_one_client_is_not_reached_through_another() {
    let county = County::of(20);
    let aino = county.named("Aino Salmela");
    let of = |name: &str| {
        county.ids(&format!(
            "select id from client where display_name = '{name}'"
        ))[0]
            .clone()
    };
    let (own, other) = (of("Mikael Rautio"), of("Oona Kivelä"));
    let row = county.ids("select id from related_person limit 1")[0].clone();
    assert_eq!(
        county
            .get(aino, &format!("/clients/{other}/related/{row}"))
            .status,
        200
    );
    let before = contents(&county);
    for path in [
        format!("/clients/{own}/related/{row}"),
        format!("/clients/{other}/related/{own}"),
    ] {
        assert_eq!(county.get(aino, &path).status, 404, "{path}");
        let got = county.post(aino, &path, &[("to", "12.3.2026"), ("version", "1")]);
        assert_eq!(got.status, 404, "{path}");
    }
    let detail = county.ids(&format!(
        "select d.id from client_detail d join client c on c.id = d.client_id where d.kind = 'phone' and c.display_name = 'Oona Kivelä' {}",
        "limit 1"
    ))[0]
        .clone();
    let got = county.post(
        aino,
        &format!("/clients/{own}/basics/phone"),
        &[
            ("row", &detail),
            ("value", "040 555 1234"),
            ("source", "client"),
            ("act", "end"),
        ],
    );
    assert_ne!(got.status, 200);
    let after = contents(&county);
    assert_eq!(after["related"], before["related"]);
}

#[test]
fn nobody_is_fished_out_by_being_named_as_a_relative() {
    let county = County::of(20);
    let aino = county.named("Aino Salmela");
    let own = county.ids("select id from client where display_name = 'Mikael Rautio'")[0].clone();
    // Somebody whom she has nothing to do with comes under non-disclosure; and somebody who is not here.
    let (client, hidden) = county
        .rows(
            "select c.id, c.identity_code from client c where c.identity_code is not null and c.state = 'active' and not exists (select 1 from held_relation h where h.client_id = c.id and h.staff_id = $1) order by c.id",
            &[aino.staff.expect("a person").bytes().into()],
            |row| Ok((row.get::<[u8; 16]>(0)?, row.get::<String>(1)?)),
        )
        .remove(0);
    let today = county.built.house.today().to_string();
    county
        .built
        .house
        .store
        .write_blocking(move |tx| {
            tx.execute(
                "insert into non_disclosure (id, client_id, begins_on, source, recorded_at) values ($1, $1, $2, 'register', 0)",
                &store::params![client, today],
            )
        })
        .expect("an order");
    let unknown = kernel::identity_code::IdentityCode::artificial(
        kernel::time::Date::constant(1955, 5, 5),
        77,
    )
    .expect("a code");
    let path = format!("/clients/{own}/related");
    let name = |code: &str| {
        let fields = [
            ("name", "Testi Tuttava"),
            ("role", "close"),
            ("code", code),
            ("source", "client"),
        ];
        county.post(aino, &path, &fields)
    };
    let looked = || -> i64 {
        let sql = "select count(*) from search_use where reason = 'related'";
        county.rows(sql, &[], |row| row.get(0))[0]
    };
    let before = looked();
    let (met, nobody) = (name(&hidden), name(unknown.expose()));
    assert_eq!(
        (met.status, &met.location),
        (nobody.status, &nobody.location)
    );
    assert_eq!(met.status, 303);
    assert_eq!(looked(), before + 2);
    let page = county.get(aino, &met.location).body;
    assert_eq!(page.matches("Testi Tuttava").count() % 2, 0, "both alike");
    assert!(!page.contains(&hidden) && !page.contains(unknown.expose()));
    // One after another: the same wait as for searches, and nothing more is written.
    let mut kept = 2;
    while name(unknown.expose()).status == 303 {
        kept += 1;
        assert!(kept < 30, "no wait");
    }
    let rows = contents(&county);
    for code in [hidden.as_str(), unknown.expose()] {
        let got = name(code);
        assert_eq!(got.status, 429);
        assert!(got.body.contains("Testi Tuttava"), "what was typed is kept");
    }
    assert_eq!(contents(&county)["related"], rows["related"]);
    assert_eq!(looked(), before + kept);
}

#[test]
fn forms_from_another_origin_are_refused_everywhere() {
    let county = County::of(20);
    let ids = Ids::of(&county, county.ids("select id from client limit 1"));
    let before = contents(&county);
    let mut tried = 0;
    for reader in people(&county) {
        for route in routes() {
            let form = matches!(route.body, web::Body::Form { .. });
            if route.method != Method::POST || !form {
                continue;
            }
            let Some(path) = ids.addresses(&route).pop() else {
                continue;
            };
            // Even with a token of ours: the browser says where the form was.
            let token = county.token(reader);
            for (name, value) in [
                ("origin", "https://evil.example"),
                ("sec-fetch-site", "cross-site"),
            ] {
                let got = county.ask_with(
                    reader,
                    &path,
                    &[(name, value)],
                    &encode(&[(TOKEN_FIELD, &token), ("q", "x")]),
                );
                tried += 1;
                assert_eq!(got.status, 403, "{} {path} {name}", reader.who);
            }
            let without = county.ask_with(reader, &path, &[], "q=x");
            assert!(
                without.status.is_client_error() || without.status == 303,
                "{path}"
            );
        }
    }
    assert!(tried > 1_000, "{tried}");
    assert_eq!(contents(&county), before);
}

#[test]
fn nothing_typed_becomes_a_header_or_leads_away() {
    let county = County::of(20);
    let aino = county.named("Aino Salmela");
    let evil = "//evil.example/\r\nSet-Cookie: planted=1";
    let mut answers: Vec<Got> = Vec::new();
    for (path, fields) in [
        (
            "/language",
            vec![
                ("lang", "sv"),
                ("language", "sv"),
                ("back", evil),
                ("to", evil),
                ("next", evil),
            ],
        ),
        ("/clients/search", vec![("by", "any"), ("q", evil)]),
        ("/clients/filter", vec![("prefix", evil), ("name", evil)]),
        ("/contacts/filters", vec![("q", evil), ("back", evil)]),
        (
            "/sign-in",
            vec![("name", evil), ("password", evil), ("next", evil)],
        ),
        ("/sign-in/confirm", vec![("next", evil), ("password", "x")]),
    ] {
        answers.push(county.post(aino, path, &fields));
    }
    for path in [
        "/sign-in?next=//evil.example/%0d%0aSet-Cookie:%20planted=1",
        "/sign-in/confirm?next=https://evil.example",
        "/clients?done=%0d%0aSet-Cookie:%20planted=1",
        "/fi/%0d%0aSet-Cookie:%20planted=1",
    ] {
        answers.push(county.get(aino, path));
    }
    for got in answers {
        assert!(got.status.as_u16() < 500);
        let planted = got.headers.values().any(|value| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            value.contains("planted=1") && !value.contains("%0") || value.contains('\n')
        });
        assert!(!planted, "{:?}", got.headers);
        let home = got.location.is_empty()
            || (got.location.starts_with('/') && !got.location.starts_with("//"));
        assert!(home, "leads to {}", got.location);
    }
}

#[test]
fn a_table_for_a_spreadsheet_runs_nothing() {
    let county = County::of(20);
    county
        .built
        .house
        .store
        .write_blocking(|tx| {
            tx.execute("update staff set name = '=HYPERLINK(\"http://evil.example\")' where title = 'social_worker'", &[])?;
            tx.execute("update unit set name_fi = '@SUM(1)'", &[])
        })
        .expect("named");
    let officer = people(&county)
        .find(|reader| reader.who.starts_with("dpo"))
        .expect("an officer");
    let mut tables = 0;
    for staff in county.ids("select id from staff limit 30") {
        let got = county.post(
            officer,
            &format!("/oversight/users/{staff}/table"),
            &[
                ("why", "control"),
                ("words", "Lokivalvonnan tarkastus keväällä 2026"),
            ],
        );
        let csv = got
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/csv")));
        if !csv {
            continue;
        }
        tables += 1;
        for line in got.body.lines() {
            for cell in line.trim_start_matches('\u{feff}').split(';') {
                let cell = cell.trim_start_matches('"');
                assert!(!cell.starts_with(['=', '+', '@', '-', '\t']), "{line}");
            }
        }
    }
    assert!(tables > 5, "{tables} tables");
}

#[test]
fn what_is_too_large_is_refused_by_every_form() {
    let county = County::of(20);
    let ids = Ids::of(&county, county.ids("select id from client limit 1"));
    let aino = county.named("Aino Salmela");
    let token = county.token(aino);
    for route in routes() {
        let web::Body::Form { most } = route.body else {
            continue;
        };
        // The large ones are tried in room `web`.
        if most > 1_000_000 {
            continue;
        }
        let Some(path) = ids.addresses(&route).pop() else {
            continue;
        };
        let body = format!("{TOKEN_FIELD}={token}&q={}", "a".repeat(most));
        let got = county.ask(aino, "POST", &path, FORM, Body::from(body));
        // 404: the door knows already that this is not for her.
        assert!(
            [413, 404].contains(&got.status.as_u16()),
            "{path}: {}",
            got.status
        );
    }
}

#[test]
fn a_token_opens_nothing_past_its_scope_and_no_page() {
    let county = County::of(20);
    let ids = Ids::of(&county, county.ids("select id from client limit 2"));
    let house = county.built.house.clone();
    let staff: Vec<_> = county
        .staff
        .iter()
        .filter(|one| one.demo_role.is_some())
        .collect();
    let narrow = NewToken {
        name: "Kapea".to_owned(),
        owner: staff[1].id,
        approved_by: staff[0].id,
        acts_for: county.named("Aino Salmela").staff.expect("Aino"),
        scopes: vec!["log.read".to_owned()],
        addresses: Vec::new(),
        days: 1,
    };
    let secret = house
        .store
        .clone()
        .write_blocking(move |tx| grant::create(tx, &*house.clock, &*house.chance, &narrow))
        .expect("a token")
        .value;
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let send = |method: &Method, path: &str| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::AUTHORIZATION, format!("Bearer {secret}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from("{}"))
            .expect("a request");
        runtime.block_on(ask(&county.built.router, request))
    };
    let mut tried = 0;
    for route in routes() {
        for path in ids.addresses(&route) {
            let status = match route.guard {
                // Its own scope is the one thing it opens.
                Guard::Token { scope, .. } if scope != "log.read" => 403,
                Guard::Right { .. } | Guard::SignedIn if route.method == Method::GET => 303,
                _ => continue,
            };
            let got = send(&route.method, &path);
            tried += 1;
            assert_eq!(got.status, status, "{} {path}", route.method);
            assert!(
                got.location.is_empty() || got.location.starts_with('/'),
                "{path}"
            );
        }
    }
    assert!(tried > 80, "{tried}");
}
