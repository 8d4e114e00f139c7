//! No list holds a row that its own page refuses: over random relations, ends, bars, deaths and exceptional accesses,
//! and contacts that change hands, are offered, end, and become clients', as everybody of the demo and as programs,
//! through the pages themselves.

mod facts;

use std::collections::BTreeSet;

use clients::ClientId;

use crate::county::{County, Reader};
use facts::{shuffle, shuffle_contacts};

const TURNS: u64 = 8;

/// What a list for programs says can be read.
fn readable(body: &str) -> BTreeSet<String> {
    let Ok(list) = serde_json::from_str::<serde_json::Value>(body) else {
        return BTreeSet::new();
    };
    let items = list["items"].as_array().cloned().unwrap_or_default();
    items
        .iter()
        .filter(|item| item["readable"] == true)
        .filter_map(|item| Some(format!("/api/v1/contacts/{}", item["id"].as_str()?)))
        .collect()
}

/// Addresses of single things on a page: what its rows lead to.
fn rows(body: &str) -> BTreeSet<String> {
    let mut all = readable(body);
    for mark in ["href=\"", "\"href\":\""] {
        for rest in body.split(mark).skip(1) {
            let Some((address, _)) = rest.split_once('"') else {
                continue;
            };
            let address = address.split(['?', '#']).next().unwrap_or_default();
            let id = address.rsplit('/').next().unwrap_or_default();
            let thing = [
                "/clients/",
                "/matters/",
                "/contacts/",
                "/tasks/",
                "/api/v1/",
            ]
            .iter()
            .any(|begin| address.starts_with(begin));
            if thing && id.parse::<ClientId>().is_ok() {
                all.insert(address.to_owned());
            }
        }
    }
    all
}

fn lists(county: &County, reader: &Reader) -> Vec<(String, String)> {
    let get = |path: &str| (path.to_owned(), county.get(reader, path).body);
    if reader.is_program() {
        return ["/api/v1/clients", "/api/v1/contacts"].map(get).to_vec();
    }
    let mut all: Vec<(String, String)> = [
        "/clients",
        "/matters",
        "/matters?tab=closed",
        "/contacts",
        "/contacts?tab=untaken",
        "/contacts?tab=mine",
        "/contacts?tab=offered",
        "/contacts?tab=returned",
        "/contacts?tab=ended",
        "/contacts?page=2",
        "/contacts/list",
        "/desk",
        "/unit",
        "/clients/merges",
    ]
    .map(get)
    .to_vec();
    for (by, field, typed) in [
        ("own", "own_name", "a"),
        ("own", "own_name", "ra"),
        ("own", "own_name", "ki"),
        ("any", "q", "vuokra"),
        ("any", "q", "asunto"),
        ("any", "q", "04500"),
    ] {
        let got = county.post(reader, "/clients/search", &[("by", by), (field, typed)]);
        all.push((format!("search {by} {typed}"), got.body));
    }
    all
}

#[test]
fn a_row_of_a_list_is_never_refused_by_its_page() {
    let county = County::of(150);
    let (mut checked, mut known_contacts, mut wrong) = (0, 0, Vec::new());
    for turn in 0..TURNS {
        shuffle(&county, 1_000 + turn);
        shuffle_contacts(&county, 2_000 + turn);
        for reader in &county.readers {
            let mut known = BTreeSet::new();
            let mut open = lists(&county, reader);
            let mut pages = 0;
            while let Some((list, body)) = open.pop() {
                for address in rows(&body) {
                    if !known.insert(address.clone()) {
                        continue;
                    }
                    let mut got = county.get(reader, &address);
                    // The address of a record that was joined to another leads to the one kept.
                    if got.status == 303 && got.location.starts_with("/clients/") {
                        got = county.get(reader, &got.location);
                    }
                    checked += 1;
                    known_contacts += usize::from(address.contains("/contacts/"));
                    if got.status != 200 {
                        wrong.push(format!(
                            "turn {turn}: {} sees {address} on {list}: {}",
                            reader.who, got.status
                        ));
                    } else if pages < 12 {
                        // A client's page is a list as well: of her matters, contacts and notes.
                        pages += 1;
                        open.push((address, got.body));
                    }
                }
            }
        }
    }
    println!("{checked} rows, {known_contacts} of contacts");
    assert_eq!(wrong, [""; 0], "{} of {checked}", wrong.len());
    assert!(checked > 1_000 && known_contacts > 500);
}
