//! What is kept of a person: values with periods, protected details, household, the client relation.

use clients::domain::RowId;
use clients::store::details::{self, NewDetail, Told};
use clients::store::names::{self, NameKind, NewName};
use clients::store::record::{self, Record};
use clients::store::related::{self, Added, NewRelated, Role};
use clients::store::{create, protect, standing};
use clients::{ClientError, ClientId, Gate};
use kernel::time::{Date, day};

use crate::cards;
use crate::support::*;

fn shown(sample: &Sample<'_>, staff: [u8; 16], client: ClientId) -> Result<Record, ClientError> {
    let (reader, now) = (reader(staff), sample.now());
    let shown = sample
        .store
        .show_blocking(move |tx| {
            let gate = Gate::open(tx, &reader, client, now)?;
            record::show(tx, &gate, now)
        })
        .map(|receipt| receipt.value);
    // A program is told the same.
    cards::agrees(sample, staff, client, &shown);
    shown
}

fn detail(kind: &'static str, value: &str) -> NewDetail {
    NewDetail {
        kind,
        value: value.to_owned(),
        protect: false,
        from: None,
        to: None,
        source: "client".to_owned(),
        follows: None,
    }
}

fn change(sample: &Sample<'_>, client: ClientId, new: NewDetail) -> Result<bool, ClientError> {
    sample.at(AINO, client, move |tx, desk, gate| {
        details::change(tx, desk, gate, &new, None)
    })
}

fn values(record: &Record, kind: &str) -> Vec<String> {
    let all = record.details.iter().filter(|one| one.kind == kind);
    all.map(|one| one.value.to_string()).collect()
}

#[test]
fn a_temporary_identifier_is_no_identity_code_and_the_real_one_comes_beside_it() {
    each(|sample| {
        let client = sample.written(person("Rautio", "Mikael", None)).unwrap();
        let record = shown(sample, JAANA, client).unwrap();
        let temporary = record.temporary.unwrap();
        assert_eq!(temporary, "1.2.246.10.99999990.22.2026.1");
        assert!(kernel::identity_code::IdentityCode::from_input(&temporary).is_err());
        let second = sample.written(person("Aho", "Anna", None)).unwrap();
        let other = shown(sample, JAANA, second).unwrap().temporary.unwrap();
        assert!(other.ends_with(".2026.2"), "no number is given twice");

        let real = made_up("1980-05-04", 3);
        let wrong = made_up("1981-05-04", 3);
        let link = |code| {
            sample.at(JAANA, client, move |tx, desk, gate| {
                create::link_code(tx, desk, gate, &code)
            })
        };
        assert!(matches!(link(wrong), Err(ClientError::Day("code"))));
        link(real).unwrap();
        assert!(matches!(link(real), Err(ClientError::HasCode)));
        let record = shown(sample, JAANA, client).unwrap();
        assert_eq!(record.code, Some(real));
        assert_eq!(record.temporary, Some(temporary), "both are kept");
        let twice = sample.written(person("Rautio", "Mikael", Some(real)));
        assert!(matches!(twice, Err(ClientError::CodeTaken)));
    });
}

#[test]
fn whoever_wrote_a_person_down_sees_the_basics_for_a_week() {
    each(|sample| {
        let client = sample.written(person("Rautio", "Mikael", None)).unwrap();
        assert!(sample.sees(JAANA, client));
        sample.clock.advance(days(7));
        assert!(!sample.sees(JAANA, client));
        let nurse = sample.act(|tx, desk| {
            let new = person("Rautio", "Mikael", None);
            create::create(tx, desk, &reader(NURSE), &new, create::Maker::Recorder)
        });
        assert!(
            matches!(nurse, Err(ClientError::NotFound)),
            "a nurse makes no clients"
        );
    });
}

#[test]
fn a_value_is_ended_and_succeeded_never_written_over() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        assert!(change(sample, client, detail("address", "Satamakatu 1")).unwrap());
        assert!(
            !change(sample, client, detail("address", "Satamakatu 1")).unwrap(),
            "nothing new"
        );
        sample.clock.advance(days(10));
        let mut moved = detail("address", "Kauppakatu 2");
        moved.from = Some("2026-03-20".parse().unwrap());
        assert!(change(sample, client, moved).unwrap());
        let record = shown(sample, AINO, client).unwrap();
        assert_eq!(values(&record, "address"), ["Kauppakatu 2", "Satamakatu 1"]);
        let old = record
            .details
            .iter()
            .find(|one| one.value.to_string() == "Satamakatu 1")
            .unwrap();
        assert_eq!(old.to, Some("2026-03-19".parse::<Date>().unwrap()));
        let now: Vec<_> = record.now("address", day(sample.now())).collect();
        assert_eq!(now.len(), 1);

        let stale = record.version - 1;
        let lost = sample.at(AINO, client, move |tx, desk, gate| {
            details::change(tx, desk, gate, &detail("address", "Muu"), Some(stale))
        });
        assert!(matches!(lost, Err(ClientError::Changed)));

        // Phones live side by side.
        change(sample, client, detail("phone", "040 1")).unwrap();
        change(sample, client, detail("phone", "040 2")).unwrap();
        let record = shown(sample, AINO, client).unwrap();
        assert_eq!(record.now("phone", day(sample.now())).count(), 2);
    });
}

#[test]
fn a_new_name_makes_the_old_one_former() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Minna Maria", None));
        sample.begin(client, AINO, "own_worker");
        sample
            .at(AINO, client, |tx, desk, gate| {
                let new = NewName {
                    kind: NameKind::Current,
                    family: "Ylönen".to_owned(),
                    given: "Minna Maria".to_owned(),
                    called: Some("Maria".to_owned()),
                    from: Some("2026-02-01".parse().unwrap()),
                    to: None,
                    source: "register".to_owned(),
                };
                names::change(tx, desk, gate, &new, None)
            })
            .unwrap();
        let record = shown(sample, AINO, client).unwrap();
        assert_eq!(record.display_name, "Maria Ylönen");
        let kinds: Vec<_> = record
            .names
            .iter()
            .map(|name| (name.kind, name.family.as_str()))
            .collect();
        assert_eq!(
            kinds,
            [(NameKind::Current, "Ylönen"), (NameKind::Former, "Rautio")]
        );
        assert_eq!(
            record.names[1].to,
            Some("2026-01-31".parse::<Date>().unwrap())
        );
    });
}

#[test]
fn non_disclosure_hides_address_and_municipality_of_the_household_too() {
    each(|sample| {
        let mut new = person("Rautio", "Mikael", None);
        new.details = vec![
            ("address", "Piilokuja 3".to_owned()),
            ("home_municipality", "179".to_owned()),
            ("phone", "040 555 1234".to_owned()),
            ("safe_number", "050 555 0000".to_owned()),
        ];
        let client = sample.plain(new);
        let mut spouse = person("Rautio", "Maria", None);
        spouse.details = vec![("address", "Piilokuja 3".to_owned())];
        let spouse = sample.plain(spouse);
        sample.begin(client, AINO, "own_worker");
        sample.begin(spouse, AINO, "own_worker");
        sample
            .act(move |tx, desk| {
                let now = desk.now();
                let one = Gate::open(tx, &reader(AINO), client, now)?;
                let other = Gate::open(tx, &reader(AINO), spouse, now)?;
                related::link(tx, desk, (&one, &other), Role::Spouse, true, "client")
            })
            .unwrap();
        assert!(!shown(sample, AINO, client).unwrap().hidden);
        sample
            .at(AINO, client, |tx, desk, gate| {
                let from = day(desk.now());
                protect::set_non_disclosure(tx, desk, gate, (from, None), "register")
            })
            .unwrap();
        for id in [client, spouse] {
            let record = shown(sample, AINO, id).unwrap();
            assert!(record.hidden);
            let text = format!("{record:?}");
            assert!(!text.contains("Piilokuja"), "{text}");
            assert!(!text.contains("\"179\"") && !text.contains("555 1234"));
        }
        let record = shown(sample, AINO, client).unwrap();
        assert_eq!(values(&record, "home_municipality"), ["…"]);
        assert_eq!(
            values(&record, "safe_number"),
            ["050 555 0000"],
            "given for being used"
        );
        open_with_a_right(sample, client);
        stays_protected_after_the_end(sample, client);
    });
}

/// The own worker opens them only with a right of her own, given by another, for a task, until a day.
fn open_with_a_right(sample: &Sample<'_>, client: ClientId) {
    let reveal = || {
        let (reader, now) = (reader(AINO), sample.now());
        sample.store.show_blocking(move |tx| {
            let gate = Gate::open(tx, &reader, client, now)?;
            let grant = gate.secret(tx, now, &[])?;
            let record = record::show(tx, &gate, now)?;
            let address = record.now("address", day(now)).next().unwrap();
            match &address.value {
                Told::Protected(value) => Ok::<_, ClientError>(value.reveal(&grant).cloned()),
                Told::Plain(_) => Ok(None),
            }
        })
    };
    assert!(matches!(reveal(), Err(ClientError::NotFound)));
    let until = day(sample.now() + days(30));
    let give = |by, to| {
        sample.at(by, client, move |tx, desk, gate| {
            protect::give_secret_right(tx, desk, gate, id(to), "kotikäynnit", until)
        })
    };
    assert!(matches!(give(AINO, AINO), Err(ClientError::NotFound)));
    assert!(matches!(give(HANNA, HANNA), Err(ClientError::FourEyes)));
    give(HANNA, AINO).unwrap();
    let address = reveal().unwrap().value;
    assert_eq!(address.as_deref(), Some("Piilokuja 3"));
    sample.clock.advance(days(31));
    assert!(matches!(reveal(), Err(ClientError::NotFound)), "dated");
    give_again(sample, client);
}

fn give_again(sample: &Sample<'_>, client: ClientId) {
    let until = day(sample.now() + days(30));
    sample
        .at(HANNA, client, move |tx, desk, gate| {
            protect::give_secret_right(tx, desk, gate, id(AINO), "kotikäynnit", until)
        })
        .unwrap();
}

fn stays_protected_after_the_end(sample: &Sample<'_>, client: ClientId) {
    sample
        .at(AINO, client, |tx, desk, gate| {
            protect::end_non_disclosure(tx, desk, gate, "DVV:n ilmoitus")
        })
        .unwrap();
    let record = shown(sample, AINO, client).unwrap();
    assert!(!record.hidden);
    assert_eq!(values(&record, "address"), ["…"], "opened one by one");
    let row: RowId = record.now("address", day(sample.now())).next().unwrap().id;
    sample
        .at(AINO, client, move |tx, desk, gate| {
            protect::set_protected(tx, desk, gate, row, false)
        })
        .unwrap();
    let record = shown(sample, AINO, client).unwrap();
    assert_eq!(values(&record, "address"), ["Piilokuja 3"]);
}

#[test]
fn a_lead_sees_name_and_birth_date_alone() {
    each(|sample| {
        let code = made_up("1980-01-01", 1);
        let mut new = person("Rautio", "Mikael", Some(code));
        new.details = vec![("phone", "040 555 1234".to_owned())];
        let client = sample.plain(new);
        let record = shown(sample, HANNA, client).unwrap();
        assert!(record.narrow);
        assert_eq!(record.code, None);
        assert!(record.details.is_empty());
        assert_eq!(record.birth, Some(code.birth_date()));
    });
}

#[test]
fn related_persons_are_kept_with_periods() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        let add = |role, scope: Option<&str>| {
            let new = NewRelated {
                role,
                name: "Eeva Valvoja".to_owned(),
                code: None,
                phone: None,
                same_household: false,
                scope: scope.map(str::to_owned),
                from: None,
                to: None,
                source: "document".to_owned(),
                sure: false,
            };
            sample.at(AINO, client, move |tx, desk, gate| {
                related::add(tx, desk, gate, &new, None)
            })
        };
        let missing = add(Role::LegalGuardian, None);
        assert!(matches!(missing, Err(ClientError::Missing("scope"))));
        let Added::Row(row) = add(Role::LegalGuardian, Some("talous")).unwrap() else {
            panic!("nobody is named by a code");
        };
        let last = day(sample.now());
        sample
            .at(AINO, client, move |tx, desk, gate| {
                related::end(tx, desk, gate, row, last)
            })
            .unwrap();
        sample.clock.advance(days(1));
        let record = shown(sample, AINO, client).unwrap();
        assert_eq!(record.related.len(), 1);
        assert!(!record.related[0].holds(day(sample.now())));
    });
}

#[test]
fn the_client_relation_ends_with_its_ground_and_the_own_worker_with_it() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        sample
            .at(AINO, client, |tx, desk, gate| {
                standing::open(tx, desk, gate, "application")
            })
            .unwrap();
        let again = sample.at(AINO, client, |tx, desk, gate| {
            standing::open(tx, desk, gate, "service")
        });
        assert!(matches!(again, Err(ClientError::Already)));
        sample.begin_of(
            client,
            VILLE,
            "matter_holder",
            Some(("matter", [3; 16])),
            None,
        );
        let close = || {
            sample.at(AINO, client, |tx, desk, gate| {
                standing::close(tx, desk, gate, "need_ended", "Tuki päättyi.")
            })
        };
        assert!(matches!(close(), Err(ClientError::OpenMatters)));
        sample.end(client, VILLE, "matter_holder");
        close().unwrap();
        let gate = sample.gate(AINO, client).unwrap();
        assert!(!gate.holds("own_worker"));
        assert!(sample.sees(AINO, client), "the tail");
        let record = shown(sample, AINO, client).unwrap();
        assert_eq!(
            record.relations[0].end_reason.as_deref(),
            Some("need_ended")
        );
    });
}

#[test]
fn a_day_of_death_lies_between_birth_and_today() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        let set = |text: &str| {
            let died: Date = text.parse().unwrap();
            sample.at(AINO, client, move |tx, desk, gate| {
                standing::set_death(tx, desk, gate, Some(died), "register")
            })
        };
        assert!(matches!(set("2026-03-14"), Err(ClientError::Day(_))));
        assert!(matches!(set("1970-01-01"), Err(ClientError::Day(_))));
        set("2026-03-01").unwrap();
        assert!(shown(sample, AINO, client).unwrap().died_on.is_some());
    });
}

#[test]
fn every_act_and_reading_is_in_the_log_without_a_word_of_the_client() {
    each(|sample| {
        let client = sample.written(person("Rautio", "Mikael", None)).unwrap();
        shown(sample, JAANA, client).unwrap();
        let entries = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(sample.store.subject_log(client.bytes(), 50))
            .unwrap();
        let events: Vec<&str> = entries
            .iter()
            .map(|one| one.header.event.as_ref())
            .collect();
        // The page's reading, and the program's, to which `shown` compares it.
        assert_eq!(events, ["client.read", "client.read", "client.create"]);
        assert!(
            entries
                .iter()
                .all(|one| !format!("{one:?}").contains("Rautio"))
        );
    });
}
