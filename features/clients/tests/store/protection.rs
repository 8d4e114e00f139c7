//! Non-disclosure for safety over time: renewed, shortened, lapsed, and over a household that becomes known later.

use clients::domain::RowId;
use clients::store::details::{self, NewDetail};
use clients::store::lapse::{self, Run};
use clients::store::orders::{self, NewOrder};
use clients::store::record::{self, Record};
use clients::store::related::{self, Added, NewRelated, Role};
use clients::store::{create, protect, told};
use clients::{ClientError, ClientId, Gate};
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, day};
use store::{Query, params};

use crate::support::*;

const ADDRESS: &str = "Piilokuja 3";

fn shown(sample: &Sample<'_>, client: ClientId) -> Record {
    let (reader, now) = (reader(AINO), sample.now());
    sample
        .store
        .show_blocking(move |tx| {
            let gate = Gate::open(tx, &reader, client, now)?;
            record::show(tx, &gate, now)
        })
        .unwrap()
        .value
}

/// Whether the address or the number can be read by a worker without the right to protected details.
fn readable(sample: &Sample<'_>, client: ClientId) -> bool {
    let text = format!("{:?}", shown(sample, client));
    text.contains(ADDRESS) || text.contains("555 1234")
}

fn at_home(family: &str, code: Option<IdentityCode>) -> create::NewClient {
    let mut new = person(family, "Mikael", code);
    new.details = vec![
        ("address", ADDRESS.to_owned()),
        ("phone", "040 555 1234".to_owned()),
    ];
    new
}

/// A client of Aino's at the secret address.
fn client(sample: &Sample<'_>, family: &str, code: Option<IdentityCode>) -> ClientId {
    let client = sample.plain(at_home(family, code));
    sample.begin(client, AINO, "own_worker");
    client
}

fn ahead(sample: &Sample<'_>, count: i64) -> Date {
    day(sample.now() + days(count))
}

fn set(sample: &Sample<'_>, client: ClientId, from: Date, to: Option<Date>) {
    sample
        .at(AINO, client, move |tx, desk, gate| {
            protect::set_non_disclosure(tx, desk, gate, (from, to), "register")
        })
        .unwrap();
}

fn order(sample: &Sample<'_>, client: ClientId) -> RowId {
    let record = shown(sample, client);
    let mut orders = record.non_disclosures.iter();
    orders.find(|one| one.ended_at.is_none()).unwrap().id
}

/// Writes an order in place of one.
fn replace(
    sample: &Sample<'_>,
    client: ClientId,
    replaces: Option<RowId>,
    (from, to): (Date, Option<Date>),
    reason: Option<&'static str>,
) -> Result<(), ClientError> {
    sample.at(AINO, client, move |tx, desk, gate| {
        let new = NewOrder {
            from,
            to,
            source: "register",
            replaces,
            reason,
        };
        orders::write_order(tx, desk, gate, &new)
    })
}

fn give_right(sample: &Sample<'_>, client: ClientId) {
    let until = ahead(sample, 300);
    sample
        .at(HANNA, client, move |tx, desk, gate| {
            protect::give_secret_right(tx, desk, gate, id(AINO), "kotikäynnit", until)
        })
        .unwrap();
}

fn night(sample: &Sample<'_>) -> Run {
    sample.act(lapse::run).unwrap()
}

/// Kinds of the notices of a worker, with the client's name when the worker may see it.
fn notices(sample: &Sample<'_>, staff: [u8; 16]) -> Vec<(String, Option<String>)> {
    let (reader, now) = (reader(staff), sample.now());
    sample
        .store
        .show_blocking(move |tx| told::read(tx, &reader, now))
        .unwrap()
        .value
        .into_iter()
        .map(|notice| (notice.kind, notice.client))
        .collect()
}

#[test]
fn a_renewal_ahead_leaves_no_day_open() {
    each(|sample| {
        let client = client(sample, "Rautio", None);
        let today = ahead(sample, 0);
        set(sample, client, today, Some(ahead(sample, 30)));
        let first = order(sample, client);
        // From the day after the last one; anybody who keeps the basics may protect further.
        let renewal = (ahead(sample, 31), Some(ahead(sample, 400)));
        replace(sample, client, Some(first), renewal, None).unwrap();
        assert!(!readable(sample, client), "on the day of the renewal");
        for _ in 0..40 {
            sample.clock.advance(days(1));
            night(sample);
            let record = shown(sample, client);
            assert!(record.hidden && !readable(sample, client));
            assert!(
                record.details.iter().all(|detail| !detail.marked),
                "nothing ended, so nothing is protected by itself"
            );
        }
        // One that begins before the old one ends: the old one gives way on that day.
        let second = order(sample, client);
        let third = (ahead(sample, 10), Some(ahead(sample, 700)));
        replace(sample, client, Some(second), third, None).unwrap();
        let record = shown(sample, client);
        let mut open = record.non_disclosures.iter();
        let old = open.find(|one| one.id == second).unwrap();
        assert_eq!((old.to, old.ended_at), (Some(ahead(sample, 9)), None));
        for _ in 0..12 {
            sample.clock.advance(days(1));
            assert!(!readable(sample, client));
            night(sample);
            assert!(!readable(sample, client));
        }
    });
}

#[test]
fn an_order_of_the_past_takes_nothing_away_without_the_right_to_end_it() {
    each(|sample| {
        let client = client(sample, "Rautio", None);
        set(sample, client, ahead(sample, 0), None);
        let first = order(sample, client);
        let past = (ahead(sample, -60), Some(ahead(sample, -30)));
        for replaces in [None, Some(first)] {
            for reason in [None, Some("DVV:n ilmoitus")] {
                let refused = replace(sample, client, replaces, past, reason);
                assert!(
                    matches!(refused, Err(ClientError::Unprotects)),
                    "{refused:?}"
                );
            }
        }
        assert!(shown(sample, client).hidden && !readable(sample, client));
        give_right(sample, client);
        let unsaid = replace(sample, client, Some(first), past, Some("  "));
        assert!(matches!(unsaid, Err(ClientError::Missing("reason"))));
        assert!(shown(sample, client).hidden);
        replace(sample, client, Some(first), past, Some("DVV:n ilmoitus")).unwrap();
        assert!(!shown(sample, client).hidden, "it has ended");
        assert!(!readable(sample, client), "each is opened by itself");
        let gone = replace(sample, client, Some(first), past, Some("DVV:n ilmoitus"));
        assert!(matches!(gone, Err(ClientError::Changed)));
    });
}

#[test]
fn a_shortened_order_needs_the_right_and_a_reason() {
    each(|sample| {
        let client = client(sample, "Rautio", None);
        let today = ahead(sample, 0);
        set(sample, client, today, Some(ahead(sample, 400)));
        let first = order(sample, client);
        let shorter = (today, Some(ahead(sample, 5)));
        let refused = replace(sample, client, Some(first), shorter, Some("puhelu"));
        assert!(matches!(refused, Err(ClientError::Unprotects)));
        // Beside the old one it takes nothing away.
        replace(sample, client, None, shorter, None).unwrap();
        sample.clock.advance(days(6));
        night(sample);
        assert!(shown(sample, client).hidden && !readable(sample, client));
        give_right(sample, client);
        let shorter = (ahead(sample, 0), Some(ahead(sample, 5)));
        let unsaid = replace(sample, client, Some(first), shorter, None);
        assert!(matches!(unsaid, Err(ClientError::Missing("reason"))));
        replace(
            sample,
            client,
            Some(first),
            shorter,
            Some("puhelu virastosta"),
        )
        .unwrap();
        assert!(shown(sample, client).hidden);
        sample.clock.advance(days(6));
        assert!(!readable(sample, client));
        night(sample);
        let record = shown(sample, client);
        assert!(!record.hidden && !readable(sample, client));
        assert!(record.details.iter().all(|detail| detail.marked));
    });
}

#[test]
fn an_end_by_its_day_is_told_before_and_opens_nothing() {
    each(|sample| {
        let client = client(sample, "Rautio", None);
        set(sample, client, ahead(sample, 0), Some(ahead(sample, 100)));
        sample.clock.advance(days(39));
        assert_eq!(night(sample), Run::default());
        sample.clock.advance(days(1));
        assert_eq!(night(sample).told, 1, "60 days before");
        assert_eq!(night(sample), Run::default(), "once");
        let told_of = |kind: &str| (kind.to_owned(), Some("Mikael Rautio".to_owned()));
        assert_eq!(notices(sample, AINO), [told_of("non_disclosure_ending")]);
        assert_eq!(notices(sample, HANNA), [], "there is an own worker");
        sample.clock.advance(days(60));
        assert_eq!(night(sample), Run::default());
        assert!(shown(sample, client).hidden, "its last day");
        // The house was down over midnight.
        sample.clock.advance(days(3));
        assert!(shown(sample, client).hidden && !readable(sample, client));
        assert_eq!(night(sample).ended, 1);
        assert_eq!(night(sample), Run::default());
        let record = shown(sample, client);
        assert!(!record.hidden && !readable(sample, client));
        assert_eq!(
            notices(sample, AINO),
            [
                told_of("non_disclosure_ended"),
                told_of("non_disclosure_ending")
            ]
        );
        let entries = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(sample.store.subject_log(client.bytes(), 50))
            .unwrap();
        assert!(
            entries
                .iter()
                .any(|one| one.header.event == "client.non_disclosure"
                    && one.header.right == "N-153")
        );
        // One by one, by somebody with the right.
        give_right(sample, client);
        let row = record.now("address", ahead(sample, 0)).next().unwrap().id;
        sample
            .at(AINO, client, move |tx, desk, gate| {
                protect::set_protected(tx, desk, gate, row, false)
            })
            .unwrap();
        assert!(readable(sample, client));
        // What is written down after the end is not of the order.
        let new = NewDetail {
            kind: "phone",
            value: "050 1".to_owned(),
            protect: false,
            from: None,
            to: None,
            source: "client".to_owned(),
            follows: None,
        };
        sample
            .at(AINO, client, move |tx, desk, gate| {
                details::change(tx, desk, gate, &new, None)
            })
            .unwrap();
        assert!(format!("{:?}", shown(sample, client)).contains("050 1"));
    });
}

#[test]
fn without_an_own_worker_the_lead_is_told_and_a_renewed_order_is_no_news() {
    each(|sample| {
        let alone = sample.plain(at_home("Rautio", None));
        let renewed = client(sample, "Aho", None);
        sample.begin(alone, AINO, "matter_holder");
        set(sample, alone, ahead(sample, 0), Some(ahead(sample, 10)));
        set(sample, renewed, ahead(sample, 0), Some(ahead(sample, 10)));
        set(sample, renewed, ahead(sample, 11), Some(ahead(sample, 300)));
        assert_eq!(night(sample).told, 1);
        assert_eq!(notices(sample, AINO), []);
        assert_eq!(notices(sample, HANNA).len(), 1);
        // A gap of one day is no renewal.
        let gap = client(sample, "Niemi", None);
        set(sample, gap, ahead(sample, 0), Some(ahead(sample, 10)));
        set(sample, gap, ahead(sample, 12), Some(ahead(sample, 300)));
        assert_eq!(night(sample).told, 1);
        assert_eq!(notices(sample, AINO).len(), 1);
        sample.clock.advance(days(11));
        night(sample);
        let record = shown(sample, gap);
        assert!(!record.hidden && !readable(sample, gap), "the day between");
    });
}

fn lives_with(
    sample: &Sample<'_>,
    client: ClientId,
    code: IdentityCode,
    to: Option<Date>,
) -> RowId {
    let new = NewRelated {
        role: Role::Spouse,
        name: "Maria Rautio".to_owned(),
        code: Some(code),
        phone: Some("050 555 1234".to_owned()),
        same_household: true,
        scope: None,
        from: None,
        to,
        source: "client".to_owned(),
        sure: false,
    };
    sample
        .at(AINO, client, move |tx, desk, gate| {
            match related::add(tx, desk, gate, &new, None)? {
                Added::Row(row) => Ok(row),
                other => panic!("{other:?}"),
            }
        })
        .unwrap()
}

#[test]
fn a_household_is_covered_until_its_last_day_and_after_it() {
    each(|sample| {
        let code = made_up("1982-02-02", 1);
        let spouse = client(sample, "Rautio", Some(code));
        let hidden = client(sample, "Rautio", None);
        lives_with(sample, hidden, code, Some(ahead(sample, 20)));
        set(sample, hidden, ahead(sample, 0), None);
        for _ in 0..20 {
            assert!(shown(sample, spouse).hidden && !readable(sample, spouse));
            sample.clock.advance(days(1));
            night(sample);
        }
        sample.clock.advance(days(1));
        assert!(shown(sample, spouse).hidden, "until the night has run");
        assert_eq!(night(sample).parted, 1);
        assert!(!shown(sample, spouse).hidden);
        assert!(!readable(sample, spouse), "the address is still the same");
        assert!(!readable(sample, hidden));
        assert_eq!(night(sample), Run::default());
    });
}

#[test]
fn whoever_becomes_a_client_later_is_covered_from_the_first_second() {
    each(|sample| {
        let (born, linked) = (made_up("1982-02-02", 1), made_up("1980-05-04", 2));
        let hidden = client(sample, "Rautio", None);
        // Known before the code: the link is made when the code is.
        let temporary = client(sample, "Aho", None);
        lives_with(sample, hidden, born, None);
        lives_with(sample, hidden, linked, None);
        set(sample, hidden, ahead(sample, 0), Some(ahead(sample, 30)));
        assert!(readable(sample, temporary));
        sample
            .at(AINO, temporary, move |tx, desk, gate| {
                create::link_code(tx, desk, gate, &linked)
            })
            .unwrap();
        let spouse = client(sample, "Rautio", Some(born));
        for one in [spouse, temporary] {
            assert!(shown(sample, one).hidden && !readable(sample, one));
        }
        let links = sample
            .store
            .read_blocking(move |tx| {
                tx.query(
                    "select other_client from related_person where client_id = $1 and other_client is not null",
                    &params![hidden.bytes()],
                )
            })
            .unwrap();
        assert_eq!(links.len(), 2);
        // The order ends: nobody of the household is opened by it.
        sample.clock.advance(days(31));
        assert_eq!(night(sample).ended, 1);
        for one in [hidden, spouse, temporary] {
            assert!(!shown(sample, one).hidden);
            assert!(!readable(sample, one));
        }
    });
}
