//! Naming a relative by an identity code: it is a search, tells nothing of whoever is named, and locks nobody out unseen.

use access::rights::Bar;
use clients::ClientId;
use clients::store::limits::Why;
use clients::store::record;
use clients::store::related::{self, Added, NewRelated, Role};
use clients::store::{protect, told};
use clients::{ClientError, Gate};
use identity::people::UnitId;
use kernel::identity_code::IdentityCode;
use kernel::time::{SignedDuration, day};
use store::{Query, params};

use crate::support::*;

fn relative(code: IdentityCode) -> NewRelated {
    NewRelated {
        role: Role::Sibling,
        name: "Kaisa Rautio".to_owned(),
        code: Some(code),
        phone: None,
        same_household: false,
        scope: None,
        from: None,
        to: None,
        source: "client".to_owned(),
        sure: false,
    }
}

fn name(sample: &Sample<'_>, client: ClientId, new: NewRelated) -> Result<Added, ClientError> {
    // Each at a time of its own, as searches are.
    sample.clock.advance(SignedDuration::from_millis(1));
    sample.at(AINO, client, move |tx, desk, gate| {
        related::add(tx, desk, gate, &new, None)
    })
}

fn is_kept(added: &Result<Added, ClientError>) -> bool {
    matches!(added, Ok(Added::Row(_)))
}

fn searches(sample: &Sample<'_>) -> Vec<(String, String, bool)> {
    sample
        .store
        .read_blocking(|tx| {
            tx.query(
                "select reason, result, case when found is null then 0 else 1 end from search_use order by at, id",
                &[],
            )?
            .iter()
            .map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .collect::<Result<_, store::StoreError>>()
        })
        .unwrap()
}

/// Events and details of the log of one client.
fn log_of(sample: &Sample<'_>, client: ClientId) -> Vec<String> {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(sample.store.subject_log(client.bytes(), 50))
        .unwrap()
        .into_iter()
        .map(|one| format!("{} {}", one.header.event, one.content.detail))
        .collect()
}

fn notices(sample: &Sample<'_>, staff: [u8; 16]) -> Vec<told::Notice> {
    let (reader, now) = (reader(staff), sample.now());
    sample
        .store
        .show_blocking(move |tx| told::read(tx, &reader, now))
        .unwrap()
        .value
}

struct People {
    own: ClientId,
    known: (ClientId, IdentityCode),
    hidden: (ClientId, IdentityCode),
    restricted: (ClientId, IdentityCode),
    unknown: IdentityCode,
}

/// Aino's client, and three whom she may not open: one of another unit, one under non-disclosure, a restricted one.
fn people(sample: &Sample<'_>) -> People {
    let code = |serial| made_up("1985-03-03", serial);
    let other = |serial| {
        let mut new = person("Niemi", "Kaisa", Some(code(serial)));
        new.unit = Some(UnitId::from_bytes(SOUTH));
        new.details = vec![("phone", "040 111 2222".to_owned())];
        (sample.plain(new), code(serial))
    };
    let (own, known, hidden, restricted) = (
        sample.plain(person("Rautio", "Mikael", None)),
        other(1),
        other(2),
        other(3),
    );
    sample.begin(own, AINO, "own_worker");
    sample.begin(hidden.0, VILLE, "own_worker");
    sample
        .at(VILLE, hidden.0, |tx, desk, gate| {
            let period = (day(desk.now()), None);
            protect::set_non_disclosure(tx, desk, gate, period, "register")
        })
        .unwrap();
    sample.begin(restricted.0, PAULA, "consulted");
    sample
        .at(PAULA, restricted.0, |tx, desk, gate| {
            let unit = UnitId::from_bytes(NORTH);
            protect::restrict(tx, desk, gate, unit, &[id(PAULA)], "uhka")
        })
        .unwrap();
    People {
        own,
        known,
        hidden,
        restricted,
        unknown: code(4),
    }
}

#[test]
fn naming_is_a_search_and_is_answered_alike_whoever_is_named() {
    each(|sample| {
        let people = people(sample);
        let codes = [
            people.known.1,
            people.hidden.1,
            people.restricted.1,
            people.unknown,
        ];
        let costs = codes.map(|code| {
            let before = sample.store.statement_count();
            assert!(is_kept(&name(sample, people.own, relative(code))));
            sample.store.statement_count() - before
        });
        assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
        let related = |result: &str, met| ("related".to_owned(), result.to_owned(), met);
        assert_eq!(
            searches(sample),
            [
                related("hidden", true),
                related("hidden", true),
                related("barred", true),
                related("none", false)
            ]
        );
        // Whoever was met finds it in the log of her own.
        for (met, said) in [
            (people.known.0, "hidden"),
            (people.hidden.0, "hidden"),
            (people.restricted.0, "barred"),
        ] {
            let log = log_of(sample, met);
            let begins = format!("client.search code beside {said} terms=");
            assert!(log.iter().any(|line| line.starts_with(&begins)), "{log:?}");
        }
        // The record that Aino reads is the same of all four.
        let (who, now) = (reader(AINO), sample.now());
        let shown = sample
            .store
            .show_blocking(move |tx| {
                let gate = Gate::open(tx, &who, people.own, now)?;
                record::show(tx, &gate, now)
            })
            .unwrap()
            .value;
        assert!(!shown.hidden);
        assert!(shown.related.iter().all(|one| one.name == "Kaisa Rautio"));
    });
}

#[test]
fn whoever_answers_for_a_hidden_one_is_told_that_she_was_named() {
    each(|sample| {
        let people = people(sample);
        for code in [people.known.1, people.unknown, people.restricted.1] {
            assert!(is_kept(&name(sample, people.own, relative(code))));
        }
        assert_eq!(notices(sample, LIISA), []);
        assert!(is_kept(&name(
            sample,
            people.own,
            relative(people.hidden.1)
        )));
        let told = notices(sample, LIISA);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].kind, "hidden_named");
        assert_eq!(told[0].who.as_deref(), Some("Aino Salmela"));
    });
}

#[test]
fn one_does_not_fish_by_naming() {
    each(|sample| {
        let people = people(sample);
        for serial in 10..20 {
            let new = relative(made_up("1985-03-03", serial));
            assert!(is_kept(&name(sample, people.own, new)));
        }
        let count = "select count(*) from related_person";
        let rows = || -> i64 {
            sample
                .store
                .read_blocking(move |tx| tx.query_one(count, &[])?.get(0))
                .unwrap()
        };
        assert_eq!(rows(), 10);
        for code in [people.hidden.1, people.unknown] {
            let Ok(Added::Paused(pause)) = name(sample, people.own, relative(code)) else {
                panic!("ten in a row led to nothing")
            };
            assert_eq!(pause.why, Why::Vain);
        }
        assert_eq!(rows(), 10, "nothing is written while searching waits");
        // Of whoever would have been met, nothing was looked up.
        assert!(
            !log_of(sample, people.hidden.0)
                .iter()
                .any(|line| line.contains("beside"))
        );
        let told = notices(sample, HANNA);
        assert!(told.iter().any(|one| one.kind == "search_pause"));
        // Somebody without a code can be written down all the time.
        let mut plain = relative(people.unknown);
        plain.code = None;
        assert!(is_kept(&name(sample, people.own, plain)));
        sample.clock.advance(SignedDuration::from_mins(11));
        assert!(is_kept(&name(sample, people.own, relative(people.unknown))));
    });
}

#[test]
fn a_client_of_ones_own_who_is_named_has_been_worked_for() {
    each(|sample| {
        let code = made_up("1985-03-03", 1);
        let own = sample.plain(person("Rautio", "Mikael", None));
        let spouse = sample.plain(person("Rautio", "Kaisa", Some(code)));
        for client in [own, spouse] {
            sample.begin(client, AINO, "own_worker");
        }
        assert!(is_kept(&name(sample, own, relative(code))));
        let (reason, result, met) = searches(sample).remove(0);
        assert_eq!(
            (reason.as_str(), result.as_str(), met),
            ("related", "opened", true)
        );
        sample.clock.advance(days(2));
        let noticed = sample
            .act(|tx, desk| Ok(clients::store::watch::notice_no_entry(tx, desk)?))
            .unwrap();
        assert_eq!(noticed, 0);
    });
}

fn hire(sample: &Sample<'_>, staff: [u8; 16], code: IdentityCode) {
    let hash = sample.desk.key.hash(&code);
    sample.run(
        "update staff set identity_hash = $2 where id = $1",
        params![staff, hash],
    );
}

#[test]
fn a_colleague_is_kept_out_only_knowingly_and_the_lead_is_told() {
    each(|sample| {
        let code = made_up("1985-03-03", 1);
        hire(sample, VILLE, code);
        let client = sample.plain(person("Rautio", "Mikael", None));
        for staff in [AINO, VILLE] {
            sample.begin(client, staff, "own_worker");
        }
        assert!(sample.sees(VILLE, client));
        assert_eq!(
            name(sample, client, relative(code)).unwrap(),
            Added::Colleague
        );
        assert!(sample.sees(VILLE, client), "nothing was written");
        // The question itself told something: it was counted and logged.
        assert_eq!(searches(sample).len(), 1);
        let mut sure = relative(code);
        sure.sure = true;
        assert!(is_kept(&name(sample, client, sure)));
        let gate = sample.gate(VILLE, client).unwrap();
        assert!(gate.bars().contains(&Bar::B02));
        assert!(!sample.sees(VILLE, client));
        let log = log_of(sample, client);
        let line = format!("client.related sibling bars={}", id(VILLE));
        assert!(log.contains(&line), "{log:?}");
        let told = notices(sample, HANNA);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].kind, "colleague_barred");
        assert_eq!(told[0].who.as_deref(), Some("Aino Salmela"));
        assert_eq!(told[0].whom.as_deref(), Some("Ville Aho"));
        assert_eq!(told[0].client.as_deref(), Some("Mikael Rautio"));
        assert_eq!(notices(sample, VILLE), []);
    });
}

#[test]
fn a_lead_who_is_locked_out_is_not_the_one_who_is_told() {
    each(|sample| {
        let code = made_up("1985-03-03", 1);
        let mut new = person("Rautio", "Mikael", None);
        new.unit = Some(UnitId::from_bytes(SOUTH));
        let client = sample.plain(new);
        sample.begin(client, AINO, "own_worker");
        hire(sample, LIISA, code);
        let mut sure = relative(code);
        sure.sure = true;
        assert!(is_kept(&name(sample, client, sure)));
        assert_eq!(notices(sample, LIISA), []);
        let told = notices(sample, OFFICER);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].kind, "colleague_barred");
        assert_eq!(told[0].client, None, "the officer sees no client");
    });
}
