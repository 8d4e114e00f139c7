//! What everybody is answered: pages, prints, tables, returned forms, searches.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use clients::ClientId;
use identity::people::StaffId;

use crate::county::{County, Reader};
use crate::hidden::{Hidden, found};
use crate::ids::Ids;
use crate::inside::Got;

/// Where a worker with a right of her own to what is hidden of a client meets it without asking: in the contact of that
/// client, and in the form that she had typed herself.
pub struct Entitled {
    pub staff: StaffId,
    pub client: ClientId,
    pub places: Vec<String>,
}

/// What is looked for, and who may meet it where.
pub struct Search<'h> {
    pub hidden: &'h [Hidden],
    pub entitled: Option<&'h Entitled>,
}

/// Where something was found that must not be.
#[derive(Default)]
pub struct Places {
    pub leaks: BTreeMap<String, Vec<String>>,
    pub pages: usize,
    pub shown: usize,
    /// Routes that showed something.
    pub opened: BTreeSet<String>,
    /// Answers in which the entitled met what is hidden.
    pub met: usize,
}

impl Places {
    fn look(&mut self, search: &Search<'_>, reader: &Reader, place: &str, got: &Got) {
        self.pages += 1;
        if got.status == 200 {
            self.shown += 1;
        }
        assert!(
            got.status.as_u16() < 500,
            "{} {place}: {} {}",
            reader.who,
            got.status,
            got.body
        );
        let whole = format!("{}\n{:?}\n{}", got.location, got.headers, got.body);
        let entitled = search.entitled.filter(|one| {
            reader.staff == Some(one.staff) && one.places.iter().any(|own| place.contains(own))
        });
        let (own, others): (Vec<Hidden>, Vec<Hidden>) = search
            .hidden
            .iter()
            .cloned()
            .partition(|one| entitled.is_some_and(|right| right.client == one.client));
        self.met += found(&own, &whole).len();
        for what in found(&others, &whole) {
            self.leaks
                .entry(what)
                .or_default()
                .push(format!("{}: {place}", reader.who));
        }
    }

    /// Adds what was seen elsewhere.
    pub fn add(&mut self, other: Self) {
        self.pages += other.pages;
        self.shown += other.shown;
        self.met += other.met;
        self.opened.extend(other.opened);
        for (what, places) in other.leaks {
            self.leaks.entry(what).or_default().extend(places);
        }
    }

    /// The leaks in words, each with its first places.
    pub fn told(&self) -> Vec<String> {
        self.leaks
            .iter()
            .map(|(what, places)| {
                let first = &places[..places.len().min(3)];
                format!("{what}: {} places, first {first:?}", places.len())
            })
            .collect()
    }
}

/// Of addresses under a client who is closed to the reader the first one alone: the others differ in what stands after
/// the client, where nobody comes (`matrix`).
fn near(paths: Vec<String>, closed: &[&str]) -> Vec<String> {
    let mut met: Vec<&str> = Vec::new();
    paths
        .into_iter()
        .filter(|path| {
            let Some(client) = closed.iter().find(|client| path.contains(**client)) else {
                return true;
            };
            let first = !met.contains(client);
            met.push(client);
            first
        })
        .collect()
}

/// Every page of the house that is read.
pub fn pages(county: &County, reader: &Reader, ids: &Ids, search: &Search<'_>) -> Places {
    let mut places = Places::default();
    let closed: Vec<&str> = ids
        .clients
        .iter()
        .map(String::as_str)
        .filter(|client| county.get(reader, &format!("/clients/{client}")).status != 200)
        .collect();
    for feature in app::features::all(true) {
        for route in feature.routes {
            // Programs' pages take no cookies, and people's no tokens.
            let program = matches!(route.guard, web::Guard::Token { .. });
            if route.method != Method::GET || (reader.is_program() && !program) {
                continue;
            }
            for path in near(ids.addresses(&route), &closed) {
                let got = county.get(reader, &path);
                if got.status == 200 {
                    places.opened.insert(route.path.to_string());
                }
                places.look(search, reader, &path, &got);
            }
        }
    }
    if reader.is_program() {
        for body in [
            r#"{"identityCode": "010594Y9021"}"#,
            r#"{"identityCode": "010516B902W"}"#,
            r#"{"familyName": "Kivelä", "givenNames": "Noora", "birthDate": "1994-05-01", "reason": "contact"}"#,
            r#"{"familyName": "Suojalantie"}"#,
        ] {
            let got = county.post_json(reader, "/api/v1/clients/search", body);
            places.look(search, reader, body, &got);
        }
        return places;
    }
    let rows = ids
        .rows_of_clients()
        .into_iter()
        .filter(|(client, _)| !closed.contains(client))
        .map(|(client, row)| format!("/clients/{client}/basics/phone?row={row}"));
    let lists = [
        "/contacts?tab=untaken",
        "/contacts?tab=offered",
        "/contacts?tab=mine",
        "/clients?done=x",
        "/matters?tab=closed",
        "/matters?tab=offered",
        "/contacts/list?tab=untaken",
        "/contacts/list?tab=mine",
    ];
    for path in lists.map(str::to_owned).into_iter().chain(rows) {
        let got = county.get(reader, &path);
        places.look(search, reader, &path, &got);
    }
    places
}

/// What comes out on paper or as a table, with its reason told; and, to those without the right, what is asked for with
/// every reason.
pub fn prints(county: &County, reader: &Reader, ids: &Ids, search: &Search<'_>) -> Places {
    let mut places = Places::default();
    let asked = [("reason", "Kotikäynti tänään klo 13, tarvitsen osoitteen.")];
    let matters = ids.matters.iter().map(|matter| {
        let path = format!("/matters/{matter}/transfer/print");
        ("print", path, vec![("why", "client")])
    });
    let tables = ids.staff.iter().map(|staff| {
        let path = format!("/oversight/users/{staff}/table");
        ("table", path, vec![("why", "control")])
    });
    let secrets = ids
        .clients
        .iter()
        .filter(|_| {
            search
                .entitled
                .is_none_or(|one| reader.staff != Some(one.staff))
        })
        .map(|client| {
            (
                "secret",
                format!("/clients/{client}/secret"),
                asked.to_vec(),
            )
        });
    let lines = ids.clients.iter().map(|client| {
        let path = format!("/clients/{client}/timeline");
        ("timeline", path, vec![("words", "Kivelä")])
    });
    for (what, path, fields) in matters.chain(tables).chain(secrets).chain(lines) {
        let got = county.post(reader, &path, &fields);
        if got.status == 200 {
            places.opened.insert(what.to_owned());
        }
        places.look(search, reader, &format!("POST {path}"), &got);
    }
    places
}

/// Every form about somebody who hides, sent empty: it comes back with what the page knows.
pub fn forms(county: &County, reader: &Reader, ids: &Ids, search: &Search<'_>) -> Places {
    let mut places = Places::default();
    for feature in app::features::all(true) {
        for route in feature.routes {
            let about = ["/clients/", "/matters/", "/contacts/", "/oversight/"]
                .iter()
                .any(|begin| route.path.starts_with(begin));
            if route.method != Method::POST || !about {
                continue;
            }
            for path in ids.addresses(&route) {
                let got = county.post(reader, &path, &[]);
                places.look(search, reader, &format!("POST {path}"), &got);
            }
        }
    }
    places
}

/// Searches by what somebody who has heard a number or a street could try. What was typed comes back in its field and
/// is no leak: what must not come is the client.
pub fn searches(county: &County, reader: &Reader, hidden: &[Hidden]) -> Vec<String> {
    let mut met = Vec::new();
    for one in hidden {
        let link = format!("/clients/{}", one.client);
        let tries: [(&str, Vec<(&str, &str)>); 5] = [
            ("/clients/search", vec![("by", "any"), ("q", &one.needle)]),
            (
                "/clients/search",
                vec![("by", "own"), ("own_phone", &one.needle)],
            ),
            (
                "/clients/search",
                vec![("by", "own"), ("own_name", &one.needle)],
            ),
            (
                "/clients/filter",
                vec![("prefix", &one.needle), ("name", &one.needle)],
            ),
            (
                "/contacts/filters",
                vec![("q", &one.needle), ("words", &one.needle)],
            ),
        ];
        for (path, fields) in tries {
            let got = county.post(reader, path, &fields);
            assert!(got.status.as_u16() < 500, "{path} {fields:?}");
            let list = if got.status == 303 {
                county.get(reader, &got.location).body
            } else {
                got.body
            };
            if list.contains(&link) || got.location.contains(&link) {
                met.push(format!("{} met {} by {fields:?}", reader.who, one.client));
            }
        }
        let timeline = county.post(
            reader,
            &format!("{link}/timeline"),
            &[("words", &one.needle)],
        );
        assert!(!timeline.body.contains("<mark"), "{} {link}", reader.who);
        // Taken away again, so that the next list is whole.
        county.post(reader, "/clients/filter", &[("prefix", ""), ("name", "")]);
    }
    met
}
