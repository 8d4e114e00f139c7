//! Whoever is a client already is found from a contact, in whatever spelling her name was written down.

use clients::ClientId;
use clients::store::create::{self, NewClient};
use kernel::time::Date;
use store::params;
use testkit::stores;

use crate::support::{AINO, Sample, VILLE, rooms, sample};

/// A client whom nobody at work here has to do with.
fn known(sample: &Sample) -> ClientId {
    let desk = sample
        .house
        .extra::<casework::store::Casework>()
        .unwrap()
        .clients
        .clone();
    let new = NewClient {
        code: None,
        birth: Some(Date::constant(1981, 4, 3)),
        family: "Ääritestinen".to_owned(),
        given: "Mikko Juhani".to_owned(),
        called: Some("Ukko".to_owned()),
        sex: None,
        source: "client".to_owned(),
        unit: None,
        details: Vec::new(),
        protect: false,
    };
    let made = sample.store.write_blocking(move |tx| {
        let id = create::insert(tx, &desk, &new, None)?;
        tx.execute(
            "insert into client_name (id, client_id, kind, family, given, sort_key, valid_to, source, recorded_at) select $1, client_id, 'former', 'Öhman', given, 'ohman', '2010-01-01', source, recorded_at from client_name where client_id = $2",
            &params![[77; 16], id.bytes()],
        )?;
        Ok::<_, clients::ClientError>(id)
    });
    made.unwrap().value
}

fn fields<'a>(family: &'a str, given: &'a str, birth: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = crate::linked::FIELDS.to_vec();
    fields.retain(|(name, _)| !["family", "given", "birth"].contains(name));
    fields.extend([("family", family), ("given", given), ("birth", birth)]);
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn found_in_whatever_spelling() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let client = known(&sample);
        let cookie = sample.enter(VILLE).await;
        let contact = sample.held(VILLE, "Vuokra", Some("Mikko Ääritestinen"));
        let path = format!("/contacts/{contact}/matter");
        for (family, given) in [
            ("Ääritestinen", "Mikko"),
            ("ÄÄRITESTINEN", "MIKKO JUHANI"),
            ("ääritestinen", "juhani"),
            ("Ääritestinen", "Ukko"),
            ("Aaritestinen", "Mikko"),
            ("Öhman", "Mikko Juhani"),
            ("ÖHMAN", "Ukko"),
        ] {
            let written = fields(family, given, "3.4.1981");
            let asked = sample.post(&path, &written, &cookie).await;
            if given == "Ukko" && family == "ÖHMAN" {
                // She was never called so under her former name.
                assert!(asked.location().starts_with("/matters/"));
                break;
            }
            assert_eq!(asked.status, 422, "{given} {family}");
            assert!(asked.body.contains(&format!("value=\"{client}\"")));
            // Nothing is told of her but what was typed.
            assert!(
                asked
                    .body
                    .contains(&format!("{given} {family}, on jo asiakas"))
            );
            assert!(!asked.body.contains("Ukko Ääritestinen") || given == "Ukko");
            assert_eq!(sample.count("select count(*) from client"), 1);
        }
        assert_eq!(sample.count("select count(*) from client"), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_or_somebody_else() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let client = known(&sample).to_string();
        let cookie = sample.enter(VILLE).await;
        let contact = sample.held(VILLE, "Vuokra", Some("Mikko Ääritestinen"));
        let path = format!("/contacts/{contact}/matter");
        let mut chosen = fields("ÄÄRITESTINEN", "MIKKO", "3.4.1981");
        chosen.push(("same", &client));
        let opened = sample.post(&path, &chosen, &cookie).await;
        assert!(
            opened.location().starts_with("/matters/"),
            "{}",
            opened.body
        );
        assert_eq!(sample.count("select count(*) from client"), 1);
        // Now Ville may open him: a part of the name is enough to be told who it is and why.
        let second = sample.held(VILLE, "Toinen", Some("Mikko"));
        let path = format!("/contacts/{second}/matter");
        let alike = sample
            .post(&path, &fields("Uusinimi", "Mikko", "3.4.1981"), &cookie)
            .await;
        assert_eq!(alike.status, 422);
        assert!(
            alike
                .body
                .contains("Ukko Ääritestinen (sama syntymäaika ja osa nimestä)")
        );
        // For somebody else a part of the name tells nothing, and a twin is made when the worker says so.
        let cookie = sample.enter(AINO).await;
        let third = sample.held(AINO, "Kolmas", Some("Mikko"));
        let path = format!("/contacts/{third}/matter");
        let mut twin = fields("Ääritestinen", "Mikko", "3.4.1981");
        assert_eq!(sample.post(&path, &twin, &cookie).await.status, 422);
        twin.push(("same", "new"));
        let opened = sample.post(&path, &twin, &cookie).await;
        assert!(
            opened.location().starts_with("/matters/"),
            "{}",
            opened.body
        );
        assert_eq!(sample.count("select count(*) from client"), 2);
    }
}
