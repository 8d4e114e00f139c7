//! What a search tells, to whom, within which limits.

use clients::ClientError;
use clients::ClientId;
use clients::store::limits::Why;
use clients::store::search::{self, Answer, Candidate, Terms, Who};
use clients::store::{protect, told, watch, watched};
use kernel::time::{SignedDuration, day};
use store::Query;

use crate::support::*;

fn by_code(
    sample: &Sample<'_>,
    staff: [u8; 16],
    text: kernel::identity_code::IdentityCode,
) -> Answer {
    // Each search at a time of its own: the order of two in one millisecond is chance.
    sample.clock.advance(SignedDuration::from_millis(1));
    sample
        .act(move |tx, desk| search::search(tx, desk, &reader(staff), &Terms::Code(text), ""))
        .unwrap()
}

fn by_name(sample: &Sample<'_>, staff: [u8; 16], family: &str, given: &str, birth: &str) -> Answer {
    let terms = Terms::Name {
        family: family.to_owned(),
        given: given.to_owned(),
        birth: birth.parse().unwrap(),
    };
    sample
        .act(move |tx, desk| search::search(tx, desk, &reader(staff), &terms, "contact"))
        .unwrap()
}

fn results(sample: &Sample<'_>) -> Vec<String> {
    sample
        .store
        .read_blocking(|tx| {
            let rows = tx.query("select result from search_use order by at, id", &[])?;
            rows.iter()
                .map(|row| row.get(0))
                .collect::<Result<_, store::StoreError>>()
        })
        .unwrap()
}

#[test]
fn an_answer_tells_no_more_than_one_may_know() {
    each(|sample| {
        let real = made_up("1980-01-01", 1);
        let client = sample.plain(person("Rautio", "Mikael Juhani", Some(real)));
        sample.begin(client, AINO, "own_worker");
        assert_eq!(by_code(sample, AINO, real), Answer::Opened(client));
        let Answer::Exists(Some(unit)) = by_code(sample, JAANA, real) else {
            panic!("known here")
        };
        assert_eq!(unit.name_fi, "Pohjoinen");
        assert_eq!(
            by_code(sample, JAANA, made_up("1980-01-01", 2)),
            Answer::None
        );
        let lead = sample
            .act(move |tx, desk| search::search(tx, desk, &reader(LIISA), &Terms::Code(real), ""));
        assert!(
            matches!(lead, Err(ClientError::NotFound)),
            "a lead has no search"
        );
        // Restricted: the same as for nobody.
        sample.begin(client, PAULA, "consulted");
        sample
            .at(PAULA, client, |tx, desk, gate| {
                let unit = identity::people::UnitId::from_bytes(SOUTH);
                protect::restrict(tx, desk, gate, unit, &[id(PAULA)], "uhka")
            })
            .unwrap();
        assert_eq!(by_code(sample, JAANA, real), Answer::None);
        assert_eq!(by_code(sample, AINO, real), Answer::None);
        assert_eq!(
            results(sample),
            ["opened", "exists", "none", "barred", "barred"]
        );
    });
}

#[test]
fn unknown_hidden_and_barred_take_the_same_statements() {
    each(|sample| {
        let (known, restricted) = (made_up("1980-01-01", 1), made_up("1980-01-01", 2));
        sample.plain(person("Rautio", "Mikael", Some(known)));
        let other = sample.plain(person("Rautio", "Maija", Some(restricted)));
        sample.begin(other, PAULA, "consulted");
        sample
            .at(PAULA, other, |tx, desk, gate| {
                let unit = identity::people::UnitId::from_bytes(SOUTH);
                protect::restrict(tx, desk, gate, unit, &[id(PAULA)], "uhka")
            })
            .unwrap();
        let cost = |text| {
            let before = sample.store.statement_count();
            by_code(sample, JAANA, text);
            sample.store.statement_count() - before
        };
        let costs = [
            cost(known),
            cost(restricted),
            cost(made_up("1980-01-01", 3)),
        ];
        assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
        let named = |given: &str| {
            let before = sample.store.statement_count();
            by_name(sample, JAANA, "Rautio", given, "1980-01-01");
            sample.store.statement_count() - before
        };
        let costs = [named("Mikael"), named("Maija"), named("Pekka")];
        assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
    });
}

#[test]
fn a_name_is_found_whole_in_any_spelling_with_the_birth_date_alone() {
    each(|sample| {
        sample.plain(person("Ylönen", "Anna-Maija Helena", None));
        let found = |family: &str, given: &str, birth: &str| {
            matches!(
                by_name(sample, JAANA, family, given, birth),
                Answer::Exists(_)
            )
        };
        assert!(found("Ylönen", "Anna-Maija", "1980-05-04"));
        assert!(found("ylonen", "Helena", "1980-05-04"));
        assert!(!found("Ylö", "Anna-Maija", "1980-05-04"), "no beginnings");
        assert!(!found("Ylönen", "Anna-Maija", "1980-05-05"));
        assert!(!found("%", "%", "1980-05-04"));
        let without = sample.act(|tx, desk| {
            let terms = Terms::Name {
                family: "Ylönen".to_owned(),
                given: "Anna".to_owned(),
                birth: "1980-05-04".parse().unwrap(),
            };
            search::search(tx, desk, &reader(JAANA), &terms, " ")
        });
        assert!(matches!(without, Err(ClientError::Missing("reason"))));
    });
}

#[test]
fn ten_in_vain_begin_a_pause_that_the_emergency_service_does_not_have() {
    each(|sample| {
        let mut last = sample.now();
        for serial in 0..10 {
            sample.clock.advance(SignedDuration::from_secs(5));
            assert_eq!(
                by_code(sample, JAANA, made_up("1980-01-01", serial)),
                Answer::None
            );
            last = sample.now();
            by_code(sample, EMMA, made_up("1980-01-01", serial));
        }
        let Answer::Paused(pause) = by_code(sample, JAANA, made_up("1980-01-01", 20)) else {
            panic!("a pause")
        };
        assert_eq!(pause.why, Why::Vain);
        assert_eq!(pause.until, last + SignedDuration::from_mins(10));
        assert_eq!(
            by_code(sample, EMMA, made_up("1980-01-01", 20)),
            Answer::None
        );
        let (lead, now) = (reader(HANNA), sample.now());
        let told = sample
            .store
            .show_blocking(move |tx| told::read(tx, &lead, now))
            .unwrap()
            .value;
        assert!(told.iter().any(|notice| notice.kind == "search_pause"));
        sample.clock.advance(SignedDuration::from_mins(10));
        assert_eq!(
            by_code(sample, JAANA, made_up("1980-01-01", 20)),
            Answer::None
        );
    });
}

#[test]
fn an_entry_shows_that_the_search_led_somewhere() {
    each(|sample| {
        for serial in 0..30 {
            sample.clock.advance(SignedDuration::from_secs(5));
            assert_eq!(
                by_code(sample, JAANA, made_up("1980-01-01", serial)),
                Answer::None
            );
            sample
                .act(|tx, desk| Ok(watch::note_entry(tx, id(JAANA), None, desk.now())?))
                .unwrap();
        }
        let Answer::Paused(pause) = by_code(sample, JAANA, made_up("1980-01-01", 40)) else {
            panic!("thirty an hour")
        };
        assert_eq!(pause.why, Why::Hour);
        sample.clock.advance(SignedDuration::from_hours(1));
        assert_eq!(
            by_code(sample, JAANA, made_up("1980-01-01", 40)),
            Answer::None
        );
    });
}

#[test]
fn the_rules_of_watching_notice() {
    each(|sample| {
        let (namesake, former) = (made_up("1980-01-01", 1), made_up("1980-01-01", 2));
        sample.plain(person("Koski", "Mikael", Some(namesake)));
        let own = sample.plain(person("Rautio", "Maija", Some(former)));
        sample.begin(own, VILLE, "own_worker");
        sample.end(own, VILLE, "own_worker");
        sample.clock.advance(days(31));
        by_code(sample, JAANA, namesake);
        by_code(sample, VILLE, former);
        let rules = |sample: &Sample<'_>| -> Vec<String> {
            let hits = sample
                .store
                .read_blocking(|tx| watch::open_hits(tx))
                .unwrap();
            hits.into_iter().map(|hit| hit.rule).collect()
        };
        assert_eq!(rules(sample), ["same_surname", "former_client"]);
        sample.clock.advance(days(1));
        let noticed = || {
            sample
                .act(|tx, desk| Ok(watch::notice_no_entry(tx, desk)?))
                .unwrap()
        };
        assert_eq!(noticed(), 2);
        assert_eq!(noticed(), 0, "each once");
        assert_eq!(rules(sample).len(), 4);
    });
}

fn hits(sample: &Sample<'_>) -> Vec<(String, [u8; 16])> {
    let hits = sample
        .store
        .read_blocking(|tx| watch::open_hits(tx))
        .unwrap();
    hits.into_iter()
        .map(|hit| (hit.rule, hit.staff.bytes()))
        .collect()
}

fn living_at(serial: u16, address: &str) -> clients::store::create::NewClient {
    let mut new = person("Rautio", "Maija", Some(made_up("1980-01-01", serial)));
    new.details = vec![("address", address.to_owned())];
    new
}

#[test]
fn one_house_is_noticed_once_a_day_and_flats_are_of_one_house() {
    each(|sample| {
        for (serial, flat) in [
            (1, "A 1"),
            (2, "as. 4"),
            (3, "B 12"),
            (4, "C 3"),
            (5, "C 4"),
        ] {
            sample.plain(living_at(
                serial,
                &format!("Puistokatu 3 {flat}, 40100 Jyväskylä"),
            ));
        }
        sample.plain(living_at(6, "Puistokatu 30, 40100 Jyväskylä"));
        for serial in [1, 6, 2, 3] {
            by_code(sample, JAANA, made_up("1980-01-01", serial));
            by_code(sample, VILLE, made_up("1980-01-01", serial));
        }
        assert_eq!(hits(sample), [], "three are not many");
        by_code(sample, JAANA, made_up("1980-01-01", 4));
        assert_eq!(hits(sample), [("one_house".to_owned(), JAANA)]);
        by_code(sample, JAANA, made_up("1980-01-01", 5));
        assert_eq!(hits(sample).len(), 1, "told once a day");
        sample.clock.advance(days(1) + SignedDuration::from_secs(1));
        by_code(sample, VILLE, made_up("1980-01-01", 4));
        assert_eq!(hits(sample).len(), 1, "yesterday's are another day's");
    });
}

#[test]
fn ones_own_address_the_night_and_the_watched_are_noticed() {
    each(|sample| {
        let own = made_up("1975-02-02", 7);
        sample.plain({
            let mut new = person("Muu", "Nimi", Some(own));
            new.details = vec![("address", "Harjukatu 5 b 2, 40100 jyväskylä".to_owned())];
            new
        });
        let hash = sample.desk.key.hash(&own);
        sample
            .write(move |tx| {
                tx.execute(
                    "update staff set identity_hash = $2 where id = $1",
                    &store::params![JAANA, hash],
                )?;
                Ok(())
            })
            .unwrap();
        sample.plain(living_at(1, "Harjukatu 5 B 2,  40100 Jyväskylä"));
        sample.plain(living_at(2, "Harjukatu 5 B 3, 40100 Jyväskylä"));
        by_code(sample, JAANA, made_up("1980-01-01", 2));
        assert_eq!(hits(sample), []);
        by_code(sample, JAANA, made_up("1980-01-01", 1));
        by_code(sample, VILLE, made_up("1980-01-01", 1));
        assert_eq!(hits(sample), [("same_address".to_owned(), JAANA)]);

        let (watched_code, today) = (made_up("1980-01-01", 2), day(sample.now()));
        let id = sample
            .act(move |tx, desk| {
                let by = self::id(HANNA);
                Ok(watched::add(tx, desk, by, &watched_code, "uutiset", today)?)
            })
            .unwrap();
        by_code(sample, VILLE, watched_code);
        assert_eq!(hits(sample)[1..], [("watched".to_owned(), VILLE)]);
        let now = sample.now();
        let listed = |sample: &Sample<'_>| {
            let list = sample
                .store
                .read_blocking(move |tx| watched::watched(tx, now));
            list.unwrap()
                .into_iter()
                .map(|one| one.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(listed(sample), [id]);
        let end = move |tx: &mut store::WriteTx<'_>, _: &clients::Desk| {
            Ok(watched::end(tx, self::id(HANNA), id, now)?)
        };
        assert!(sample.act(end).unwrap());
        assert!(!sample.act(end).unwrap(), "once");
        assert_eq!(listed(sample), []);
        by_code(sample, VILLE, watched_code);
        assert_eq!(hits(sample).len(), 2);

        // The small hours of the next day; Ville has the shift.
        let night = kernel::time::moment(
            today.tomorrow().unwrap(),
            kernel::time::Time::constant(2, 0, 0, 0),
        );
        sample.clock.advance(night.duration_since(sample.now()));
        sample
            .write(move |tx| {
                tx.execute(
                    "insert into duty (id, unit_id, staff_id, begins_at, ends_at) values ($1, $2, $3, $4, $5)",
                    &store::params![
                        [9_u8; 16],
                        NORTH,
                        VILLE,
                        night - SignedDuration::from_hours(4),
                        night + SignedDuration::from_hours(4)
                    ],
                )?;
                Ok(())
            })
            .unwrap();
        by_code(sample, VILLE, made_up("1980-01-01", 3));
        by_code(sample, AINO, made_up("1980-01-01", 3));
        assert_eq!(hits(sample)[2..], [("night".to_owned(), AINO)]);
    });
}

fn similar(
    sample: &Sample<'_>,
    staff: [u8; 16],
    family: &'static str,
    given: &'static str,
    phone: Option<&'static str>,
) -> Vec<(&'static str, Option<ClientId>)> {
    let found = sample
        .act(move |tx, desk| {
            let new = Candidate {
                code: None,
                family,
                given,
                birth: Some("1980-05-04".parse().unwrap()),
                phone,
            };
            search::similar(tx, desk, &reader(staff), &new)
        })
        .unwrap();
    found
        .into_iter()
        .map(|one| match one.who {
            Who::Opened { id, .. } => (one.why, Some(id)),
            Who::Exists(_) => (one.why, None),
        })
        .collect()
}

#[test]
fn duplicates_are_explained_within_the_same_rule() {
    each(|sample| {
        let mut new = person("Ylönen", "Sergei", None);
        new.details = vec![("phone", "040 555 1234".to_owned())];
        let client = sample.plain(new);
        sample.begin(client, AINO, "own_worker");
        assert_eq!(
            similar(sample, AINO, "Ylonen", "Sergey", None),
            [("name_birth", Some(client))]
        );
        assert_eq!(
            similar(sample, JAANA, "Ylonen", "Sergey", None),
            [("name_birth", None)],
            "no name"
        );
        assert_eq!(
            similar(sample, AINO, "Muu", "Sergei", None),
            [("name_close", Some(client))]
        );
        assert_eq!(
            similar(sample, JAANA, "Muu", "Sergei", None),
            [],
            "half a name tells nothing"
        );
        let phone = Some("+358 40 555 1234");
        assert_eq!(
            similar(sample, AINO, "Muu", "Muu", phone),
            [("phone", Some(client))]
        );
        assert_eq!(
            similar(sample, JAANA, "Muu", "Muu", phone),
            [],
            "nor does a number"
        );
        sample
            .at(AINO, client, |tx, desk, gate| {
                protect::set_non_disclosure(tx, desk, gate, (day(desk.now()), None), "register")
            })
            .unwrap();
        assert_eq!(
            similar(sample, AINO, "Muu", "Muu", phone),
            [],
            "nor a secret number to anybody"
        );
    });
}
