//! The four endings: each with its own fields, and a fifth does not exist.

use crate::support::{AINO, HANNA, VILLE, rooms, sample};
use identity::people::StaffId;
use intake::domain::AttemptChannel;
use intake::store::record;
use testkit::{sqlite_store, stores};

#[tokio::test(flavor = "multi_thread")]
async fn a_next_step_needs_what_who_when_and_telling() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(VILLE, "Vuokra rästissä", Some("Leyla Hassan"));
        let cookie = sample.enter(VILLE).await;
        let path = format!("/contacts/{contact}/end");
        let aino = StaffId::from_bytes(AINO).to_string();
        for (changed, told) in [
            (("what", ""), "Kirjoita, mitä tapahtuu seuraavaksi."),
            (("who_staff", ""), "Valitse, kuka tekee"),
            (("who_partner", "Kela"), "Valitse vain yksi tekijä"),
            (("by", ""), "Kirjoita päivä, johon mennessä se on tehty."),
            (("by", "31.2.2026"), "Päivää 31.2. ei ole."),
            (("by", "12.3.2026"), "Päivä on mennyt."),
            (("by", "pian"), "Kirjoita päivä, esimerkiksi"),
            (("told", ""), "Kerro henkilölle, mitä tapahtuu"),
            (("ending", ""), "Valitse, miten yhteydenotto päättyy."),
            (
                ("ending", "number_given"),
                "Valitse, miten yhteydenotto päättyy.",
            ),
        ] {
            let mut fields = vec![
                ("ending", "next_step"),
                ("what", "Arviointi alkaa"),
                ("who_staff", aino.as_str()),
                ("by", "13.3.2026"),
                ("told", "yes"),
            ];
            fields.retain(|(name, _)| *name != changed.0);
            fields.push(changed);
            let answer = sample.post(&path, &fields, &cookie).await;
            assert_eq!(answer.status, 422, "{changed:?}");
            assert!(answer.body.contains(told), "{changed:?}");
            assert!(
                changed.0 == "what" || answer.body.contains("Arviointi alkaa"),
                "{changed:?}"
            );
        }
        let fields = [
            ("ending", "next_step"),
            ("what", "Arviointi alkaa"),
            ("who_staff", aino.as_str()),
            ("by", "13.3.2026"),
            ("told", "yes"),
            // Fields of other endings are not looked at.
            ("own_words", ""),
            ("tried", ""),
        ];
        let ended = sample.post(&path, &fields, &cookie).await;
        assert_eq!(ended.location(), format!("/contacts/{contact}?done=ended"));
        let page = sample.get(ended.location(), &cookie).await.body;
        assert!(
            page.contains("Aino Salmela, tänään mennessä.") && page.contains("Arviointi alkaa")
        );
        assert_eq!(
            sample.count("select count(*) from task where kind = 'next_step'"),
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_by_name_can_be_the_doer() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.held(VILLE, "Velat", None);
    let cookie = sample.enter(VILLE).await;
    let fields = [
        ("ending", "next_step"),
        ("what", "Aika velkaneuvontaan"),
        ("who_partner", "Oikeusaputoimisto, Liisa Virta"),
        ("by", "2026-03-20"),
        ("told", "yes"),
    ];
    let ended = sample
        .post(&format!("/contacts/{contact}/end"), &fields, &cookie)
        .await;
    let page = sample.get(ended.location(), &cookie).await.body;
    assert!(page.contains("Oikeusaputoimisto, Liisa Virta, pe\u{a0}20.3. mennessä."));
}

#[tokio::test(flavor = "multi_thread")]
async fn not_reached_follows_the_countys_rule_and_the_lead_sees_it() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let contact = sample.held(VILLE, "Ei vastaa", Some("Leyla Hassan"));
        let cookie = sample.enter(VILLE).await;
        let path = format!("/contacts/{contact}/end");
        let fields = [("ending", "not_reached"), ("tried", "Soitin kolmesti")];
        let early = sample.post(&path, &fields, &cookie).await;
        assert_eq!(early.status, 409);
        assert!(
            early
                .body
                .contains("yrityksiä on 0, eri tapoja 0, ja kirje puuttuu")
        );
        assert!(early.body.contains("Soitin kolmesti"));
        for channel in [
            AttemptChannel::Call,
            AttemptChannel::Text,
            AttemptChannel::Letter,
        ] {
            sample.act(VILLE, move |tx, desk, worker| {
                record::add_attempt(tx, desk, worker, contact, channel, false, "")
            });
        }
        assert!(
            sample
                .get(&path, &cookie)
                .await
                .body
                .contains("Yritykset riittävät")
        );
        assert_eq!(sample.post(&path, &fields, &cookie).await.status, 303);
        let lead = sample.enter(HANNA).await;
        let page = sample
            .get(&format!("/contacts/{contact}"), &lead)
            .await
            .body;
        assert!(
            page.contains("esihenkilö ei ole vielä nähnyt") && page.contains("Olen nähnyt tämän")
        );
        let seen = sample
            .post(&format!("/contacts/{contact}/seen"), &[], &lead)
            .await;
        assert_eq!(seen.location(), format!("/contacts/{contact}?done=seen"));
        assert!(
            !sample
                .get(seen.location(), &lead)
                .await
                .body
                .contains("Olen nähnyt tämän")
        );
        assert_eq!(
            sample
                .post(&format!("/contacts/{contact}/seen"), &[], &cookie)
                .await
                .status,
            404
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_person_is_no_unknown_caller() {
    let sample = sample(sqlite_store(&rooms()));
    let contact = sample.held(VILLE, "Kysyy", Some("Leyla Hassan"));
    let cookie = sample.enter(VILLE).await;
    let fields = [
        ("ending", "unknown_caller"),
        ("advised", "Neuvoin hakemaan tukea"),
    ];
    let answer = sample
        .post(&format!("/contacts/{contact}/end"), &fields, &cookie)
        .await;
    assert_eq!(answer.status, 409);
    assert!(
        answer.body.contains("hän ei ole tuntematon")
            && answer.body.contains("Neuvoin hakemaan tukea")
    );
}
