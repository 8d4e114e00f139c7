//! The sender of a contact, who has its receipt code and nothing else: every public route of a contact, with the code of
//! this contact, of another one, a forged one, none, and as a worker without a code.

use std::collections::BTreeSet;

use access::rights::{Question, RightsTable, Subject};
use axum::body::Body;
use axum::http::{Method, header};
use kernel::chance::SystemChance;
use store::params;
use web::receipt::{KEY_PURPOSE, ReceiptCode};
use web::{Route, TOKEN_FIELD};

use super::cases::{Case, name, pages_about};
use super::stage::{Made, Stage, roles};
use super::standings::STANDINGS;
use crate::client::encode;
use crate::county::{County, Reader};
use crate::inside::Got;

/// What is known of the contact by whoever comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Knows {
    Code,
    AnotherCode,
    ForgedCode,
    Nothing,
    /// The worker who answers for the contact, on the sender's pages.
    WorkersSession,
}

const KNOWS: [Knows; 5] = [
    Knows::Nothing,
    Knows::WorkersSession,
    Knows::ForgedCode,
    Knows::AnotherCode,
    Knows::Code,
];

fn allowed(case: &Case, knows: Knows, open: bool, county: &County) -> bool {
    let relations: &[&str] = match knows {
        Knows::Code => &["receipt_code"],
        _ => &[],
    };
    case.needs.iter().flatten().all(|(class, action)| {
        RightsTable::built_in()
            .decide(&Question {
                subject: &Subject::outside("sender"),
                class,
                action,
                service_task: "na",
                relations,
                given: if open { &["open_only"] } else { &[] },
                bars: &[],
                on: county.built.house.today(),
            })
            .allowed()
    })
}

/// A contact with its code.
struct Sent {
    made: Made,
    code: ReceiptCode,
}

fn sent(county: &County, stage: &Stage, number: usize, open: bool) -> (Sent, Reader) {
    let person = stage.person(county, number % roles());
    let wanted = if open {
        "holder"
    } else {
        "former holder, ended"
    };
    let standing = STANDINGS.into_iter().find(|one| one.name == wanted);
    let made = stage.make(county, &person, standing.expect("a standing"));
    let code = ReceiptCode::new(&SystemChance);
    let digest = code.digest(&county.built.house.secrets.key(KEY_PURPOSE));
    county
        .built
        .house
        .store
        .write_blocking(move |tx| {
            tx.execute(
                "update contact set receipt_hash = $2 where id = $1",
                &params![made.contact, digest],
            )
        })
        .expect("a code");
    (Sent { made, code }, person.reader)
}

/// The cookie that a browser gets for a code.
pub fn cookie(county: &County, code: &ReceiptCode) -> String {
    let got = county.post(
        &Reader::stranger(),
        "/fi/tunnus",
        &[("code", &code.shown())],
    );
    assert_eq!(got.status, 303, "{}", got.body);
    let all = got.headers.get_all(header::SET_COOKIE).iter();
    let pairs: Vec<&str> = all
        .filter_map(|one| one.to_str().ok()?.split(';').next())
        .collect();
    pairs.join("; ")
}

/// The forms of a route: each act has its own.
fn forms(path: &str, code: &ReceiptCode, open: bool) -> Vec<Vec<(&'static str, String)>> {
    let act =
        |act: &str, field, value: &str| vec![("act", act.to_owned()), (field, value.to_owned())];
    match path {
        "/{lang}/tunnus" => vec![vec![("code", code.shown().to_string())]],
        "/{lang}/tunnus/tila" if open => vec![
            act("message", "message", "Lisään tämän"),
            act("municipality", "municipality", "179"),
            act("parties", "parties", "couple"),
        ],
        "/{lang}/tunnus/tila" => vec![act("reopen", "reason", "Asia jatkuu")],
        "/{lang}/tunnus/liitteet" => vec![vec![("files", "Teksti\n".to_owned())]],
        other => panic!("tell here what the form of {other} holds"),
    }
}

fn send(
    county: &County,
    reader: &Reader,
    path: &str,
    cookie: &str,
    fields: &[(&str, String)],
) -> Got {
    let token = county.token(reader);
    let (kind, body) = if fields.iter().any(|(name, _)| *name == "files") {
        let body = format!(
            "--X\r\nContent-Disposition: form-data; name=\"{TOKEN_FIELD}\"\r\n\r\n{token}\r\n--X\r\nContent-Disposition: form-data; name=\"files\"; filename=\"kuva.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n\r\n--X--\r\n"
        );
        ("multipart/form-data; boundary=X", body)
    } else {
        let mut all = vec![(TOKEN_FIELD, token.as_str())];
        all.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
        ("application/x-www-form-urlencoded", encode(&all))
    };
    let headers = [("content-type", kind), ("cookie", cookie)];
    county.ask_as(reader, "POST", path, &headers, Body::from(body))
}

fn state(county: &County, made: &Made) -> Vec<String> {
    county.rows(
        "select c.version || ' ' || c.state || ' ' || (select count(*) from contact_event e where e.contact_id = c.id) || ' ' || (select count(*) from attachment a where a.contact_id = c.id) from contact c where c.id = $1",
        &[made.contact.into()],
        |row| row.get::<String>(0),
    )
}

/// The readers who come, with the code that each types and the cookie that each has.
fn comers(
    county: &County,
    this: &Sent,
    other: &Sent,
    worker: &Reader,
) -> Vec<(Knows, Reader, ReceiptCode, String)> {
    let cookies = [cookie(county, &this.code), cookie(county, &other.code)];
    let random = || ReceiptCode::new(&SystemChance);
    KNOWS
        .into_iter()
        .map(|knows| {
            let stranger = Reader::stranger();
            let none = String::new();
            match knows {
                Knows::Code => (knows, stranger, this.code.clone(), cookies[0].clone()),
                Knows::AnotherCode => (knows, stranger, other.code.clone(), cookies[1].clone()),
                Knows::ForgedCode => {
                    // One letter of the seal is another.
                    let (begin, end) = cookies[0].split_at(40);
                    let letter = if end.starts_with('A') { "B" } else { "A" };
                    let forged = format!("{begin}{letter}{}", &end[1..]);
                    (knows, stranger, random(), forged)
                }
                Knows::Nothing => (knows, stranger, random(), none),
                Knows::WorkersSession => (knows, worker.clone(), random(), none),
            }
        })
        .collect()
}

/// Asks one route in every way as one who comes; gives what is wrong, and whether it opened.
fn come(
    county: &County,
    (route, case): (&Route, &Case),
    (knows, reader, code, cookie): &(Knows, Reader, ReceiptCode, String),
    this: &Sent,
    open: bool,
) -> (Vec<String>, bool) {
    let may = allowed(case, *knows, open, county);
    let path = route.path.replace("{lang}", "fi");
    let mut wrong = Vec::new();
    let mut opened = false;
    let ways = if route.method == Method::GET {
        vec![None]
    } else {
        forms(&route.path, code, open)
            .into_iter()
            .map(Some)
            .collect()
    };
    for form in ways {
        let before = state(county, &this.made);
        let got = match &form {
            None => county.ask_as(reader, "GET", &path, &[("cookie", cookie)], Body::empty()),
            Some(fields) => send(county, reader, &path, cookie, fields),
        };
        let status = got.status.as_u16();
        let changed = state(county, &this.made) != before;
        let words = this.made.marks().iter().any(|mark| got.body.contains(mark));
        let typed = path.ends_with("/tunnus");
        let adds = form.is_some() && !typed;
        // After the end the sender reads, and reopens; nothing else is added.
        let possible = open || path.ends_with("/tila") || typed;
        let fits = if may && possible {
            changed == adds
                && if adds || typed {
                    status == 303
                } else {
                    status == 200 && words
                }
        } else if may {
            !changed && status == 409
        } else if *knows == Knows::AnotherCode {
            !changed && !words
        } else {
            !changed && !words && [303, 422].contains(&status) && !got.location.contains("/tila")
        };
        opened |= may && possible && fits;
        if !fits {
            let expected = if may { "allowed" } else { "refused" };
            wrong.push(format!(
                "{} by {knows:?}, open {open}, {form:?}: expected {expected}; got {status} {}{}{}",
                name(route),
                got.location,
                if changed { ", done" } else { "" },
                if words { ", with words" } else { "" }
            ));
        }
    }
    (wrong, opened)
}

#[test]
fn every_answer_to_a_sender_is_the_tables() {
    let county = County::of(30);
    let stage = Stage::of(&county);
    let (mut wrong, mut opened, mut number) = (Vec::new(), BTreeSet::new(), 0);
    let routes = pages_about(&["sender"]);
    for open in [true, false] {
        for (route, case) in &routes {
            let (this, worker) = sent(&county, &stage, number, open);
            let (other, _) = sent(&county, &stage, number + 1, open);
            number += 2;
            for comer in comers(&county, &this, &other, &worker) {
                let (told, did) = come(&county, (route, case), &comer, &this, open);
                wrong.extend(told);
                if did {
                    opened.insert(name(route));
                }
            }
        }
    }
    assert_eq!(wrong.join("\n"), "");
    assert_eq!(opened.len(), routes.len(), "{opened:?}");
}
