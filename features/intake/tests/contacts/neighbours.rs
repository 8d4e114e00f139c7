//! A matter that is sent to another county of the same house arrives there as a contact, once.

use casework::domain::Ground;
use casework::domain::transfer::{NewTransfer, Part, Soon};
use casework::store::{Casework, outbox, sending};
use clients::Reader;
use intake::domain::ContactId;
use intake::neighbours::{Neighbour, Neighbours, deliver};
use store::Query;
use testkit::stores;

use crate::linked::FIELDS;
use crate::support::{JAANA, Sample, VILLE, rooms, sample};

fn transfer(county: &str) -> NewTransfer {
    NewTransfer {
        county: county.to_owned(),
        receiver: "Aikuissosiaalityö".to_owned(),
        urgency: Soon::Today,
        ground: Ground::WrongAuthority,
        ground_words: "Kotikunta on siellä".to_owned(),
        parts: vec![Part::Basics, Part::Contact, Part::Initiation],
        cover: "Vuokra maksettava ensin".to_owned(),
        client_told: true,
    }
}

/// A matter sent to a county.
async fn sent(sample: &Sample, county: &str) -> casework::domain::MatterId {
    let cookie = sample.enter(VILLE).await;
    let contact = sample.held(VILLE, "Vuokra", Some("Leyla Hassan"));
    let mut fields = FIELDS.to_vec();
    fields.push(("phone", "040 000 0007"));
    let opened = sample
        .post(&format!("/contacts/{contact}/matter"), &fields, &cookie)
        .await;
    let (_, rest) = opened.location().split_once("/matters/").unwrap();
    let matter: casework::domain::MatterId = rest.split('?').next().unwrap().parse().unwrap();
    let casework = sample.house.extra::<Casework>().unwrap();
    let (reader, new) = (Reader::from(&sample.worker(VILLE)), transfer(county));
    sample
        .store
        .write_blocking(move |tx| {
            sending::transfer(tx, &casework, &reader, matter, "15", &new, None)
        })
        .unwrap();
    matter
}

#[tokio::test(flavor = "multi_thread")]
async fn it_arrives_once_with_everything_that_was_sent() {
    for (here, there) in stores(&rooms()).into_iter().zip(stores(&rooms())) {
        let (here, there) = (sample(here), sample(there));
        let neighbours = here.house.extra::<Neighbours>().unwrap();
        neighbours.meet(vec![Neighbour {
            county: "13".to_owned(),
            store: there.house.store.clone(),
            desk: there.desk.clone(),
            live: there.house.live.clone(),
        }]);
        let matter = sent(&here, "13").await;
        assert_eq!(
            here.count("select count(*) from job where kind = 'county.deliver'"),
            1
        );
        let waits = "select count(*) from county_outbox where sent_at is null";
        assert_eq!(here.count(waits), 1);
        let parcel = here
            .store
            .read_blocking(move |tx| outbox::parcel(tx, matter))
            .unwrap()
            .unwrap();
        deliver(&here.house, matter).await.unwrap();
        deliver(&here.house, matter).await.unwrap();
        assert_eq!(here.count(waits), 0);
        assert_eq!(
            here.count("select count(*) from county_outbox where sent_how = 'same_house'"),
            1
        );
        // As when the house stopped between the two counties: the receiver knows the package.
        let desk = there.desk.clone();
        there
            .store
            .write_blocking(move |tx| intake::store::parcel::receive(tx, &desk, &parcel))
            .unwrap();
        assert_eq!(there.count("select count(*) from contact"), 1);
        assert_eq!(
            there.count("select count(*) from contact where holder_kind = 'duty' and urgency = 'today' and state = 'open'"),
            1
        );
        let cookie = there.enter(JAANA).await;
        let queue = there.get("/contacts?tab=untaken", &cookie).await;
        assert!(queue.body.contains("siirto: Keski-Suomen hyvinvointialue"));
        let id = there.store.read_blocking(|tx| {
            let row = tx.query_one("select id from contact", &[])?;
            row.get(0).map(ContactId::from_bytes)
        });
        let id = id.unwrap();
        let pane = there.get(&format!("/contacts/{id}"), &cookie).await;
        for told in [
            "Leyla Hassan",
            "Kotikunta on siellä",
            "Vuokra maksettava ensin",
            "Vuokra rästissä",
            "Ville Aho",
        ] {
            assert!(pane.body.contains(told), "{told}");
        }
        // Nothing is typed twice when she becomes a client there.
        there
            .post(&format!("/contacts/{id}/take"), &[], &cookie)
            .await;
        let form = there.get(&format!("/contacts/{id}/matter"), &cookie).await;
        assert!(form.body.contains("value=\"Hassan\"") && form.body.contains("4.5.1980"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_county_elsewhere_waits_for_a_worker() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let matter = sent(&sample, "01").await;
        deliver(&sample.house, matter).await.unwrap();
        let waits = "select count(*) from county_outbox where sent_at is null";
        assert_eq!(sample.count(waits), 1);
    }
}
