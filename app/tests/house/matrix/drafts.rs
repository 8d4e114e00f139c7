//! Drafts: what somebody is writing is that person's alone, and comes back only on a form that the table opens.

use super::cases::pages_about;
use super::oracle::expected;
use super::stage::{Stage, roles};
use crate::county::{County, Reader};
use identity::people::StaffId;
use web::Guard;

fn save(county: &County, reader: &Reader, key: &str, words: &str) -> u16 {
    let fields = [("_draft", key), ("body", words)];
    county.post(reader, "/drafts", &fields).status.as_u16()
}

fn discard(county: &County, reader: &Reader, key: &str) -> u16 {
    let fields = [("_draft", key), ("_back", "/contacts")];
    let got = county.post(reader, "/drafts/discard", &fields);
    got.status.as_u16()
}

#[test]
fn a_draft_comes_back_to_its_writer_on_a_form_that_the_table_opens() {
    let county = County::of(30);
    let stage = Stage::of(&county);
    let today = county.built.house.today();
    let (route, case) = pages_about(&["contact"])
        .into_iter()
        .find(|(route, _)| route.path == "/contacts/{id}/note")
        .expect("the form of a note");
    let Guard::Right { class, action } = route.guard else {
        panic!("{route:?}");
    };
    let beside = stage.person(&county, 0);
    assert_ne!(save(&county, &Reader::stranger(), "contact-new", "x"), 200);
    let (mut shown, mut wrong) = (0, Vec::new());
    for number in 1..roles() {
        let person = stage.person(&county, number);
        for standing in person.standings() {
            let made = stage.make(&county, &person, standing);
            let id = StaffId::from_bytes(made.contact).to_string();
            let key = format!("contact-{id}-note");
            // Anybody may write; somebody else has written on the same form.
            assert_eq!(save(&county, &person.reader, &key, "omaluonnos"), 200);
            assert_eq!(save(&county, &beside.reader, &key, "muunluonnos"), 200);
            let path = format!("/contacts/{id}/note");
            let expected = expected(
                &person,
                &standing,
                (true, "/note"),
                &case,
                (class, action),
                today,
            );
            let got = county.get(&person.reader, &path);
            let own = got.body.contains("omaluonnos");
            shown += usize::from(own);
            if Some(own) != expected.open || got.body.contains("muunluonnos") {
                wrong.push(format!(
                    "GET {path}: {} as {}: expected {:?}; got {} {own}",
                    person.role, standing.name, expected.open, got.status
                ));
            }
            // Throwing away a draft of the same name takes one's own.
            assert_eq!(discard(&county, &beside.reader, &key), 303);
            let again = county.get(&person.reader, &path).body;
            if again.contains("omaluonnos") != own {
                wrong.push(format!("{key} of {} was taken by another", person.role));
            }
        }
    }
    assert_eq!(wrong.join("\n"), "");
    assert!(shown > 20, "{shown}");
}
