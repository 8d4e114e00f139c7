//! Several hands: each expert sees and writes one section until its day.

use assessment::domain::parts::expert_part;
use assessment::domain::sections::{ExpertGround, PartnerGround, Permit};
use assessment::domain::{NewSection, Refusal, SectionId, SectionKind, Who};
use assessment::store::{Sees, sections, view};
use documents::{DocError, DocumentId};
use identity::people::StaffId;
use kernel::time::{SignedDuration, day};
use testkit::stores;

use crate::support::*;

fn invite(sample: &Sample, doc: DocumentId, who: StaffId, days: i64) -> Result<SectionId, Refusal> {
    let due = day(sample.casework.now() + SignedDuration::from_hours(24 * days));
    try_as(sample, AINO, move |tx, casework, reader| {
        let new = NewSection {
            permit: None,
            kind: SectionKind::Housing,
            who: Who::Expert(who),
            question: "Mikä on vuokranantajan kanta".to_owned(),
            due_on: due,
        };
        sections::invite(tx, casework, reader, doc, &new)
    })
}

fn look(sample: &Sample, worker: [u8; 16], doc: DocumentId) -> Result<view::View, Refusal> {
    let (casework, reader) = (sample.casework.clone(), reader(worker));
    sample
        .store
        .write_blocking(move |tx| view::read(tx, &casework, &reader, doc))
        .map(|receipt| receipt.value)
}

#[test]
fn an_expert_sees_one_section_until_the_day() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        fill(&sample, AINO, client, doc);
        assert!(look(&sample, SANNA, doc).is_err(), "before the invitation");
        assert!(matches!(
            invite(&sample, doc, staff(SANNA), 91),
            Err(Refusal::CannotTakePart)
        ));
        let section = invite(&sample, doc, staff(SANNA), 7).unwrap();
        assert!(matches!(
            invite(&sample, doc, staff(SANNA), 7),
            Err(Refusal::Already(_))
        ));
        let part = expert_part(section);
        save(
            &sample,
            SANNA,
            doc,
            &part,
            0,
            &[("view", "Sopimus on mahdollinen")],
        )
        .unwrap();
        let seen = look(&sample, SANNA, doc).unwrap();
        assert_eq!(seen.sees, Sees::Section);
        let codes: Vec<_> = seen.parts.iter().map(|one| one.code.clone()).collect();
        assert_eq!(codes, std::slice::from_ref(&part));
        assert!(seen.known.is_empty() && seen.support.is_empty() && !seen.may.edit);
        for other in ["housing", "conclusions", "own-x"] {
            let refused = save(&sample, SANNA, doc, other, 1, &[("view", "x")]);
            assert!(
                matches!(refused, Err(Refusal::Doc(DocError::NotFound))),
                "{other}"
            );
        }
        // Neither does the assessor write for her.
        let forged = save(&sample, AINO, doc, &part, 1, &[("view", "Ainon lisäys")]);
        assert!(matches!(forged, Err(Refusal::Doc(DocError::NotFound))));
        assert_eq!(
            look(&sample, AINO, doc)
                .unwrap()
                .part(&part)
                .unwrap()
                .fields
                .get("view"),
            "Sopimus on mahdollinen"
        );
        try_as(&sample, SANNA, move |tx, casework, reader| {
            sections::send(tx, casework, reader, doc, section)
        })
        .unwrap();
        let late = save(
            &sample,
            SANNA,
            doc,
            &part,
            1,
            &[("view", "Vielä yksi asia")],
        );
        assert!(late.is_err(), "sent is sent");
        // A tail shows what was one's own, and then nothing.
        assert!(look(&sample, SANNA, doc).is_ok());
        sample.clock.advance(SignedDuration::from_hours(24 * 15));
        assert!(look(&sample, SANNA, doc).is_err());
    }
}

#[test]
fn the_day_closes_a_section() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        let section = invite(&sample, doc, staff(SANNA), 3).unwrap();
        sample.clock.advance(SignedDuration::from_hours(24 * 4));
        let late = save(
            &sample,
            SANNA,
            doc,
            &expert_part(section),
            0,
            &[("view", "x")],
        );
        assert!(late.is_err());
        // Taken back before it was written.
        let other = invite(&sample, doc, staff(VILLE), 3).unwrap();
        try_as(&sample, AINO, move |tx, casework, reader| {
            sections::withdraw(tx, casework, reader, doc, other)
        })
        .unwrap();
        assert!(
            look(&sample, VILLE, doc).unwrap().sections.is_empty(),
            "the tail shows nothing of it"
        );
        let written = save(
            &sample,
            VILLE,
            doc,
            &expert_part(other),
            0,
            &[("view", "x")],
        );
        assert!(written.is_err());
    }
}

#[test]
fn the_assessor_writes_for_a_partner_with_the_ground() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        let today = day(sample.casework.now());
        let section = try_as(&sample, AINO, move |tx, casework, reader| {
            let new = NewSection {
                permit: None,
                kind: SectionKind::Kela,
                who: Who::Partner {
                    name: "Kirsi Kelanen, Kela".to_owned(),
                    ground: PartnerGround::Consent,
                    ground_words: "Suullinen suostumus tapaamisessa".to_owned(),
                },
                question: "Asumistuen tilanne".to_owned(),
                due_on: today,
            };
            sections::invite(tx, casework, reader, doc, &new)
        })
        .unwrap();
        save(
            &sample,
            AINO,
            doc,
            &expert_part(section),
            0,
            &[("view", "Tuki jatkuu")],
        )
        .unwrap();
        fill(&sample, AINO, client, doc);
        finish_as(&sample, AINO, doc).unwrap();
        let body = sample
            .store
            .read_blocking(move |tx| documents::store::version(tx, doc, 1))
            .unwrap()
            .unwrap()
            .body;
        let part = expert_part(section);
        assert_eq!(body.get(&part, "view"), "Tuki jatkuu");
        assert_eq!(body.get(&part, "who"), "Kirsi Kelanen, Kela");
        assert_eq!(body.get(&part, "ground"), "consent");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expert_of_health_care_is_invited_by_permission() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        let ask = |permit: Option<Permit>| {
            let due = day(sample.casework.now() + SignedDuration::from_hours(24 * 7));
            try_as(&sample, AINO, move |tx, casework, reader| {
                let new = NewSection {
                    permit,
                    kind: SectionKind::Health,
                    who: Who::Expert(staff(NURSE)),
                    question: "Miten terveys vaikuttaa arkeen".to_owned(),
                    due_on: due,
                };
                sections::invite(tx, casework, reader, doc, &new)
            })
        };
        assert!(matches!(ask(None), Err(Refusal::PermitMissing)));
        assert_eq!(sample.count("select count(*) from assessment_section"), 0);
        // On the form the permission is told in words.
        let aino = sample.enter(AINO).await;
        let invite = format!("/assessments/{doc}/sections/new");
        let due = day(sample.casework.now() + SignedDuration::from_hours(24 * 7));
        let (nurse, due) = (
            staff(NURSE).to_string(),
            format!("{}.{}.{}", due.day(), due.month(), due.year()),
        );
        let mut form = vec![
            ("kind", "health"),
            ("who", "expert"),
            ("staff", nurse.as_str()),
            ("due_on", due.as_str()),
            ("question", "Miten terveys vaikuttaa arkeen"),
        ];
        let without = sample.post(&invite, &form, &aino).await;
        assert_eq!(without.status, 409);
        assert!(without.body.contains("tarvitsee asiakkaan luvan"));
        form.push(("permit", "permit"));
        let wordless = sample.post(&invite, &form, &aino).await;
        assert_eq!(wordless.status, 422);
        form.push(("permit_words", "Lupa 13.3.2026, terveydentila"));
        let asked = sample.post(&invite, &form, &aino).await;
        assert_eq!(asked.status, 303, "{}", asked.body);
        assert!(matches!(
            ask(Some(Permit {
                ground: ExpertGround::Joint,
                words: "Yhteinen palvelu".to_owned(),
            })),
            Err(Refusal::Already(_))
        ));
        let seen = look(&sample, NURSE, doc).unwrap();
        assert_eq!(seen.sees, Sees::Section);
        let section = seen.sections.first().unwrap();
        assert_eq!(
            section.permit.as_ref().unwrap().ground,
            ExpertGround::Permit
        );
        let cookie = sample.enter(NURSE).await;
        let at = format!("/assessments/{doc}");
        let part = format!("{at}/parts/{}", expert_part(section.id));
        for page in [&at, &part] {
            let shown = sample.get(page, &cookie).await;
            assert_eq!(shown.status, 200, "{page}");
            assert!(
                shown.body.contains("Miten terveys vaikuttaa arkeen"),
                "{page}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_bar_keeps_from_the_client_is_neither_offered_nor_named() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        let aino = sample.enter(AINO).await;
        let at = format!("/assessments/{doc}");
        let (ville, day) = (
            staff(VILLE).to_string(),
            day(sample.casework.now() + SignedDuration::from_hours(24 * 7)),
        );
        let due = format!("{}.{}.{}", day.day(), day.month(), day.year());
        let asked = [
            ("kind", "housing"),
            ("who", "expert"),
            ("staff", ville.as_str()),
            ("due_on", due.as_str()),
            ("question", "Mikä on vuokranantajan kanta"),
        ];
        let pair = [("staff", ville.as_str())];
        let invite = format!("{at}/sections/new");
        let offered = format!("<option value=\"{ville}\"");
        for page in [&at, &invite] {
            assert!(sample.get(page, &aino).await.body.contains(&offered));
        }
        bar(&sample, client, VILLE);
        for (page, act, fields) in [
            (&at, format!("{at}/pair"), &pair[..]),
            (&invite, invite.clone(), &asked),
        ] {
            assert!(
                !sample.get(page, &aino).await.body.contains(&offered),
                "{page}: not offered"
            );
            let refused = sample.post(&act, fields, &aino).await;
            assert_eq!(refused.status, 422, "{act}");
            assert!(
                refused.body.contains("Tätä henkilöä ei voi valita tähän."),
                "{act}"
            );
        }
        let typed = sample.post(&invite, &asked, &aino).await.body;
        assert!(typed.contains("Mikä on vuokranantajan kanta"));
        for unchanged in [
            "select count(*) from assessment_section",
            "select count(*) from relation where kind = 'matter_participant' and made_by = 'named'",
        ] {
            assert_eq!(sample.count(unchanged), 0, "{unchanged}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_sent_twice_is_one() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let doc = begin(&sample, AINO, client, matter);
        let aino = sample.enter(AINO).await;
        let invite = format!("/assessments/{doc}/sections/new");
        let page = sample.get(&invite, &aino).await.body;
        let (_, rest) = page.split_once("name=\"form\" value=\"").unwrap();
        let form = rest.split('"').next().unwrap();
        let today = day(sample.casework.now());
        let told = format!("{}.{}.{}", today.day(), today.month(), today.year());
        let fields = [
            ("form", form),
            ("kind", "kela"),
            ("who", "partner"),
            ("partner", "Kirsi Kelanen, Kela"),
            ("ground", "together"),
            ("told_on", told.as_str()),
            ("question", "Asumistuen tilanne"),
        ];
        let first = sample.post(&invite, &fields, &aino).await;
        assert_eq!(first.status, 303, "{}", first.body);
        sample.clock.advance(SignedDuration::from_mins(2));
        let second = sample.post(&invite, &fields, &aino).await;
        assert_eq!(second.location(), first.location(), "the same section");
        assert_eq!(sample.count("select count(*) from assessment_section"), 1);
        let mut other = fields;
        other[6] = ("question", "Eläkkeen tilanne");
        sample.post(&invite, &other, &aino).await;
        assert_eq!(sample.count("select count(*) from assessment_section"), 2);
    }
}
