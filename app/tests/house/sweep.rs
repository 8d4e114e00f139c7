//! Non-disclosure for safety (turvakielto): what is protected is looked for in everything the house gives out, as
//! everybody who can ask - pages, lists, prints, tables, programs' answers, searches, errors, returned forms, lines of
//! the program's log, the use log, the index of words, and every other table.
//!
//! Seen to fail: the first sweep found the address of a child whose household with the protected parent had been ended
//! by a form, in a program's answer; the end of a household now keeps what it hid. `what_is_not_hidden_is_found` shows at
//! each run that the same sweep finds the same values once nothing hides them.

mod places;
mod stores;

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::Method;
use clients::ClientId;
use identity::people::StaffId;

use crate::county::County;
use crate::furnish::{Furnished, furnish};
use crate::hidden::{Hidden, found, hidden, hide_more};
use crate::ids::Ids;
use places::{Entitled, Places, Search, forms, pages, prints, searches};

/// Lines of the program's own log.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn protected_clients(county: &County) -> Vec<String> {
    county.ids(
        "select client_id from client_detail where protected = 1 union select client_id from hidden_client",
    )
}

fn clients_of_interest(county: &County) -> Vec<String> {
    let mut all = protected_clients(county);
    for other in county.ids("select id from client order by created_at desc limit 4") {
        if !all.contains(&other) {
            all.push(other);
        }
    }
    all
}

/// Pages that nobody is answered with in the sweep, each with the reason. None of them is about a client.
const UNSEEN: [(&str, &str); 21] = [
    ("/account/app", "the demo's people have no accounts"),
    ("/account/password", "the demo's people have no accounts"),
    ("/assets/{hash}/{*name}", "files of the program"),
    (
        "/figures/{id}/csv",
        "for those who report to others, of whom the demo has none; the table is the page's",
    ),
    (
        "/participation/rules",
        "for the keeper of settings, of whom the demo has none",
    ),
    (
        "/plans/{id}/copy",
        "leads to the copy in the client's language",
    ),
    (
        "/publications/{id}/back",
        "a version that was checked, which the synthetic county has none of",
    ),
    (
        "/publications/{id}/correct",
        "a version that was released, which the synthetic county has none of",
    ),
    (
        "/publications/{id}/withdraw",
        "a version that was released, which the synthetic county has none of",
    ),
    ("/sign-in/code", "the second step of a sign-in"),
    ("/sign-in/directory", "leads to another house"),
    ("/sign-in/directory/back", "comes from another house"),
    ("/sign-in/first/code", "the second step of a sign-in"),
    ("/{lang}/", "leads to the same address without its end"),
    (
        "/{lang}/julkaisut/{number}",
        "released with the key of a house, which the synthetic county has not",
    ),
    (
        "/{lang}/julkaisut/{number}/v/{version}",
        "released with the key of a house, which the synthetic county has not",
    ),
    (
        "/{lang}/julkaisut/{number}/v/{version}/{table}",
        "released with the key of a house, which the synthetic county has not",
    ),
    (
        "/{lang}/julkaisut/{number}/{table}",
        "released with the key of a house, which the synthetic county has not",
    ),
    ("/{lang}/tunnus/liitteet", "a form that leads back"),
    ("/{lang}/tunnus/poistu", "a form that leads back"),
    ("/{lang}/vastaus/{link}", "opens by a secret link alone"),
];

#[test]
fn what_is_protected_is_found_nowhere() {
    let lines = Lines::default();
    let writer = lines.clone();
    // Another test of the same process may have taken the place; then this one is run alone by `make test`.
    let heard = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .try_init()
        .is_ok();
    let county = County::of(150);
    hide_more(&county);
    let furnished = furnish(&county);
    let hidden = hidden(&county);
    assert!(hidden.len() >= 14, "{hidden:?}");
    let entitled = entitled(&county, &furnished);
    let search = Search {
        hidden: &hidden,
        entitled: Some(&entitled),
    };
    let ids = Ids::of(&county, clients_of_interest(&county));
    let hiding = Ids::of(&county, protected_clients(&county));
    for id in furnished.contacts.iter().chain([&furnished.offered]) {
        assert!(ids.contacts.contains(id), "the sweep does not reach {id}");
    }
    assert!(ids.matters.contains(&furnished.sent));
    let mut leaks: Vec<String> = Vec::new();
    let (mut seen, mut printed) = (Places::default(), Places::default());
    for reader in county.readers.iter().chain(&furnished.readers) {
        seen.add(pages(&county, reader, &ids, &search));
        if !reader.is_program() && !reader.is_sender() {
            leaks.extend(searches(&county, reader, &hidden));
            printed.add(prints(&county, reader, &hiding, &search));
            seen.add(forms(&county, reader, &hiding, &search));
        }
    }
    println!(
        "{} answers, {} of them pages that show something; the entitled met it {} times",
        seen.pages, seen.shown, seen.met
    );
    assert!(seen.pages > 5_000 && seen.shown > 1_500);
    assert!(
        seen.met >= 4,
        "the entitled worker saw no number of her contact"
    );
    leaks.extend(seen.told());
    leaks.extend(printed.told());
    leaks.extend(stores::words(&county, &hidden));
    leaks.extend(stores::tables(&county, &hidden));
    leaks.extend(stores::use_log(&county, &ids, &hidden));
    let said = lines
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    assert!(!heard || !said.is_empty());
    leaks.extend(found(&hidden, &String::from_utf8_lossy(&said)));
    assert_eq!(leaks, [""; 0], "{} leaks", leaks.len());
    assert_eq!(unseen(&seen.opened), UNSEEN.map(|(path, _)| path));
    for what in ["print", "table", "timeline"] {
        assert!(printed.opened.contains(what), "no {what} came out");
    }
}

/// Pages of the product that were not among those that opened for somebody.
fn unseen(opened: &BTreeSet<String>) -> Vec<String> {
    let mut all: Vec<String> = app::features::all(true)
        .into_iter()
        .flat_map(|feature| feature.routes)
        .filter(|route| route.method == Method::GET)
        .map(|route| route.path.to_string())
        .filter(|path| !opened.contains(path))
        .collect();
    all.sort();
    all
}

/// The worker with a right of her own to the mother's details.
fn entitled(county: &County, furnished: &Furnished) -> Entitled {
    let rights = county.rows(
        "select staff_id, client_id from secret_right where ended_at is null",
        &[],
        |row| {
            Ok((
                StaffId::from_bytes(row.get(0)?),
                ClientId::from_bytes(row.get(1)?),
            ))
        },
    );
    let [(staff, client)] = rights[..] else {
        panic!("somebody else may see too: {rights:?}");
    };
    Entitled {
        staff,
        client,
        places: [
            &furnished.contacts[..],
            std::slice::from_ref(&furnished.held),
        ]
        .concat(),
    }
}

/// Who may not see the number of somebody who hides does not see it in her contact either, though the contact is open;
/// once nothing hides, the same pages show it.
#[test]
fn a_contact_of_somebody_who_hides_shows_no_number() {
    let county = County::of(20);
    hide_more(&county);
    let furnished = furnish(&county);
    let hidden = hidden(&county);
    let told = || {
        let (mut opened, mut told) = (0, Vec::new());
        for reader in county.readers.iter().chain(&furnished.readers) {
            for begin in ["/contacts", "/api/v1/contacts"] {
                let got = county.get(reader, &format!("{begin}/{}", furnished.offered));
                opened += usize::from(got.status == 200);
                if !found(&hidden, &got.body).is_empty() {
                    told.push(format!("{} {begin}", reader.who));
                }
            }
        }
        // Its holder and its receiver, a program of each, and the lead, who sees the state alone.
        assert!(opened > 4, "{opened}");
        told
    };
    assert_eq!(told(), [""; 0]);
    let aino = county.named("Aino Salmela");
    let own = county.get(aino, &format!("/contacts/{}", furnished.contacts[0]));
    assert_eq!(found(&hidden, &own.body).len(), 1, "a right of her own");
    county
        .built
        .house
        .store
        .write_blocking(|tx| tx.execute("delete from non_disclosure", &[]))
        .expect("nothing hides");
    assert!(told().len() >= 4, "{:?}", told());
}

#[test]
fn the_entitled_worker_sees_it_once_with_a_reason() {
    let county = County::of(20);
    let noora = county.ids("select id from client where display_name = 'Noora Kivelä'");
    let path = format!("/clients/{}/secret", noora[0]);
    let hidden: Vec<Hidden> = hidden(&county)
        .into_iter()
        .filter(|one| one.client.to_string() == noora[0])
        .collect();
    assert!(hidden.len() >= 2, "{hidden:?}");
    let aino = county.named("Aino Salmela");
    let reason = "Kotikäynti tänään klo 13, tarvitsen osoitteen.";
    let short = county.post(aino, &path, &[("reason", "lyhyt")]);
    assert_eq!(short.status, 422);
    assert_eq!(found(&hidden, &short.body), [""; 0]);
    let opened = county.post(aino, &path, &[("reason", reason)]);
    assert_eq!(opened.status, 200);
    assert_eq!(found(&hidden, &opened.body).len(), hidden.len());
    assert_eq!(opened.headers["cache-control"], "no-store");
    let after = county.get(aino, &format!("/clients/{}", noora[0]));
    assert_eq!(after.status, 200);
    assert_eq!(found(&hidden, &after.body), [""; 0]);
    for reader in county.readers.iter().filter(|one| !one.is_program()) {
        if reader.staff == aino.staff {
            continue;
        }
        let refused = county.post(reader, &path, &[("reason", reason)]);
        assert_ne!(refused.status, 200, "{}", reader.who);
        assert_eq!(found(&hidden, &refused.body), [""; 0], "{}", reader.who);
    }
    let staff: StaffId = aino.staff.expect("a person");
    assert_eq!(opened_by(&county, &noora[0]), [staff]);
}

/// The proof that the sweep looks where the values would be: the same county without any protection.
#[test]
fn what_is_not_hidden_is_found() {
    let county = County::of(20);
    hide_more(&county);
    let hidden = hidden(&county);
    let ids = Ids::of(&county, protected_clients(&county));
    county
        .built
        .house
        .store
        .write_blocking(|tx| {
            for sql in [
                "delete from non_disclosure",
                "update client_detail set protected = 0",
            ] {
                tx.execute(sql, &[])?;
            }
            Ok::<_, store::StoreError>(())
        })
        .expect("nothing hides");
    let by = |program: bool| {
        let aino = county
            .readers
            .iter()
            .find(|one| one.who.contains("Aino Salmela") && one.is_program() == program)
            .expect("Aino");
        let search = Search {
            hidden: &hidden,
            entitled: None,
        };
        pages(&county, aino, &ids, &search)
    };
    for program in [false, true] {
        let places = by(program);
        // Former values are not in programs' answers; everything else is.
        assert!(
            places.leaks.len() + 4 >= hidden.len(),
            "{program} {:?} of {hidden:?}",
            places.leaks.keys()
        );
    }
}

/// Who has opened the protected details, by the use log.
fn opened_by(county: &County, client: &str) -> Vec<StaffId> {
    let id: ClientId = client.parse().expect("an id");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime
        .block_on(county.built.house.store.subject_log(id.bytes(), 10_000))
        .expect("the log")
        .iter()
        .filter(|entry| entry.header.event == "client.secret_read")
        .map(|entry| match entry.header.actor {
            access::log::Actor::Staff(id) => StaffId::from_bytes(id),
            other => panic!("{other:?}"),
        })
        .collect()
}
