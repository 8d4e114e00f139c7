//! What a program reads of a client is what the record says, without what is protected.

use clients::store::card::{self, Card};
use clients::store::names::NameKind;
use clients::store::record::{self, Record};
use clients::{ClientError, ClientId, Gate};
use kernel::time::day;

use crate::support::*;

/// The card, as a reader sees it.
pub fn card(sample: &Sample<'_>, staff: [u8; 16], client: ClientId) -> Result<Card, ClientError> {
    let (reader, now) = (reader(staff), sample.now());
    sample
        .store
        .show_blocking(move |tx| {
            let rows = store::Query::query_all(tx, &card::asks(&reader, client, now))?;
            card::show(tx, &reader, client, rows, now)
        })
        .map(|receipt| receipt.value)
}

/// Compares the card with the record that the same reader is shown at the same moment.
pub fn agrees(
    sample: &Sample<'_>,
    staff: [u8; 16],
    client: ClientId,
    shown: &Result<Record, ClientError>,
) {
    let card = card(sample, staff, client);
    let (card, record) = match (&card, shown) {
        (Ok(card), Ok(record)) => (card, record),
        (card, shown) => {
            assert_eq!(card.is_ok(), shown.is_ok(), "{card:?} and {shown:?}");
            return;
        }
    };
    let today = day(sample.now());
    assert_eq!(
        (card.id, &card.name, &card.code, &card.temporary, card.birth),
        (
            record.id,
            &record.display_name,
            &record.code,
            &record.temporary,
            record.birth
        )
    );
    assert_eq!(
        (
            &card.sex,
            card.died_on,
            &card.unit,
            card.hidden,
            card.narrow
        ),
        (
            &record.sex,
            record.died_on,
            &record.unit,
            record.hidden,
            record.narrow
        )
    );
    let names: Vec<(NameKind, &str, &str)> = record
        .names
        .iter()
        .map(|name| (name.kind, name.family.as_str(), name.given.as_str()))
        .collect();
    let told: Vec<(NameKind, &str, &str)> = card
        .names
        .iter()
        .map(|name| (name.kind, name.family.as_str(), name.given.as_str()))
        .collect();
    assert_eq!(told, names);
    let details: Vec<(&str, &str)> = record
        .details
        .iter()
        .filter(|detail| detail.holds(today))
        .filter_map(|detail| Some((detail.kind, detail.value.plain()?)))
        .collect();
    let told: Vec<(&str, &str)> = card
        .details
        .iter()
        .map(|detail| (detail.kind, detail.value.as_str()))
        .collect();
    assert_eq!(told, details);
    let workers: Vec<_> = record
        .workers
        .iter()
        .map(|worker| (&worker.name, worker.kind, worker.from))
        .collect();
    let told: Vec<_> = card
        .workers
        .iter()
        .map(|worker| (&worker.name, worker.kind, worker.from))
        .collect();
    assert_eq!(told, workers);
}

#[test]
fn a_card_follows_a_merged_client_and_shows_nothing_to_strangers() {
    each(|sample| {
        let kept = sample.plain(person("Rautio", "Mikael", None));
        let other = sample.plain(person("Rautio", "Micke", None));
        sample.begin(kept, AINO, "own_worker");
        sample.begin(kept, JAANA, "contact_holder");
        sample.begin(kept, AINO, "matter_holder");
        sample.run(
            "update client set state = 'merged', merged_into = $2 where id = $1",
            store::params![other.bytes(), kept.bytes()],
        );
        let now = sample.now();
        for client in [kept, other] {
            let shown = sample
                .store
                .show_blocking(move |tx| {
                    let gate = Gate::open(tx, &reader(AINO), client, now)?;
                    record::show(tx, &gate, now)
                })
                .map(|receipt| receipt.value);
            agrees(sample, AINO, client, &shown);
        }
        assert_eq!(card(sample, AINO, other).unwrap().id, kept);
        assert!(matches!(
            card(sample, VILLE, kept),
            Err(ClientError::NotFound | ClientError::ExceptionalOnly)
        ));
    });
}
