//! An assessment about the wrong person is voided by two, or the lead refuses.

use assessment::store::{acts, void};
use documents::DocumentId;
use documents::voiding::Answer;
use kernel::language::Language;
use kernel::time::SignedDuration;
use testkit::stores;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn it_is_voided_by_two_and_leaves_a_trace() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Väärä");
        let doc = begin(&sample, AINO, client, matter);
        fill(&sample, AINO, client, doc);
        finish_as(&sample, AINO, doc).unwrap();
        let (aino, hanna) = (sample.enter(AINO).await, sample.enter(HANNA).await);
        let at = format!("/assessments/{doc}");
        let (ask, answer) = (format!("{at}/void"), format!("{at}/void/answer"));
        assert!(sample.get(&at, &aino).await.body.contains(&ask));
        assert_eq!(
            sample.get(&answer, &hanna).await.status,
            404,
            "nobody has asked"
        );
        let empty = sample.post(&ask, &[("reason", " ")], &aino).await;
        assert_eq!(empty.status, 422);
        assert!(empty.body.contains("Kirjoita, mitä tapahtui."));
        let why = [("reason", "Kirjattu samannimiselle")];
        let asked = sample.post(&ask, &why, &aino).await;
        assert_eq!(
            asked.location(),
            format!("{at}?done=void"),
            "{}",
            asked.body
        );
        assert!(
            sample
                .get(&at, &aino)
                .await
                .body
                .contains("Mitätöintiä on pyydetty")
        );
        assert_eq!(sample.post(&answer, &[], &aino).await.status, 404);
        let read = sample.get(&answer, &hanna).await;
        assert_eq!(read.status, 200, "{}", read.body);
        for words in ["Kirjattu samannimiselle", "Kirje tuli, en avannut"] {
            assert!(read.body.contains(words), "{words}");
        }
        let stranger = sample.enter(LIISA).await;
        assert_eq!(sample.get(&answer, &stranger).await.status, 404);
        let done = sample.post(&answer, &[], &hanna).await;
        assert_eq!(done.location(), answer, "{}", done.body);
        let after = sample.get(&answer, &hanna).await.body;
        assert!(after.contains("mitätöi tämän") && !after.contains("Kirje tuli"));
        assert_eq!(sample.post(&answer, &[], &hanna).await.status, 409);
        assert_eq!(sample.get(&at, &aino).await.status, 404);
        for gone in [
            "select count(*) from timeline_item where class = 'assessment' and hidden_at is null",
            "select count(*) from assessment_risk",
            "select count(*) from relation where kind = 'assessor' and ends_at is null",
        ] {
            assert_eq!(sample.count(gone), 0, "{gone}");
        }
        assert_eq!(
            sample.count("select count(*) from document_version"),
            1,
            "a trace"
        );
        // Another one is made of the right person.
        begin(&sample, AINO, client, matter);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lead_refuses_to_void_and_the_one_who_asked_is_told() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Oikea");
        let doc = begin(&sample, AINO, client, matter);
        fill(&sample, AINO, client, doc);
        finish_as(&sample, AINO, doc).unwrap();
        let (aino, hanna, liisa) = (
            sample.enter(AINO).await,
            sample.enter(HANNA).await,
            sample.enter(LIISA).await,
        );
        let at = format!("/assessments/{doc}");
        let (ask, answer) = (format!("{at}/void"), format!("{at}/void/answer"));
        let refuse = [("answer", "refuse"), ("words", "Henkilö on oikea")];
        assert_eq!(
            sample.post(&answer, &refuse, &hanna).await.status,
            404,
            "nobody has asked"
        );
        let why = [("reason", "Luulin vääräksi")];
        sample.post(&ask, &why, &aino).await;
        for stranger in [&aino, &liisa] {
            assert_eq!(sample.post(&answer, &refuse, stranger).await.status, 404);
        }
        let wordless = [("answer", "refuse"), ("words", "")];
        let empty = sample.post(&answer, &wordless, &hanna).await;
        assert_eq!(empty.status, 422);
        assert!(empty.body.contains("Kirjoita, miksi sitä ei mitätöidä."));
        assert!(
            empty.body.contains("Kirje tuli, en avannut"),
            "still to be read"
        );
        let long = "x".repeat(2_001);
        let typed = [("answer", "refuse"), ("words", long.as_str())];
        let too_long = sample.post(&answer, &typed, &hanna).await;
        assert_eq!(too_long.status, 422);
        assert!(too_long.body.contains(&long), "what was typed stays");
        let done = sample.post(&answer, &refuse, &hanna).await;
        assert_eq!(done.location(), answer, "{}", done.body);
        let after = sample.get(&answer, &hanna).await.body;
        assert!(after.contains("hylkäsi mitätöintipyynnön") && after.contains("Henkilö on oikea"));
        assert!(!after.contains("Kirje tuli"), "no text any more");
        assert_eq!(sample.post(&answer, &[], &hanna).await.status, 409);
        let page = sample.get(&at, &aino).await.body;
        assert!(page.contains("hylkäsi mitätöintipyynnön") && page.contains("Henkilö on oikea"));
        assert!(page.contains(&ask), "it may be asked again");
        let desk = {
            let (now, reader) = (sample.casework.now(), reader(AINO));
            let t = sample.house.texts(Language::Fi);
            sample
                .store
                .show_blocking(move |tx| documents::waiting::works(tx, &reader, &t, now))
                .unwrap()
                .value
        };
        let told: Vec<_> = desk
            .iter()
            .map(|row| (row.href.as_str(), row.what.as_str()))
            .collect();
        assert_eq!(
            told,
            [(at.as_str(), "Arviointia ei mitätöity: Henkilö on oikea")]
        );
        assert_eq!(
            sample.count("select count(*) from document where state = 'finished'"),
            1
        );
        // After a month it is told no more.
        sample.clock.advance(SignedDuration::from_hours(24 * 31));
        let later = sample.enter(AINO).await;
        let page = sample.get(&at, &later).await.body;
        assert!(!page.contains("hylkäsi mitätöintipyynnön"));
    }
}

/// Voids as two do.
fn voided(sample: &Sample, doc: DocumentId) {
    try_as(sample, AINO, move |tx, casework, reader| {
        void::ask(tx, casework, reader, doc, "Väärä henkilö")
    })
    .unwrap();
    try_as(sample, HANNA, move |tx, casework, reader| {
        void::answer(tx, casework, reader, doc, &Answer::Void)
    })
    .unwrap();
}

const WAITS: &str =
    "select count(*) from matter_clock where code like 'PTA_START%' and ended_at is null";
const MADE: &str =
    "select count(*) from matter_clock where code = 'PTA_DONE_ADULT' and ended_at is null";

#[tokio::test(flavor = "multi_thread")]
async fn a_time_limit_that_a_voided_assessment_ended_runs_again() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (client, matter) = sample.held(AINO, "Väärä");
        assert_eq!((sample.count(WAITS), sample.count(MADE)), (1, 0));
        let doc = begin(&sample, AINO, client, matter);
        assert_eq!((sample.count(WAITS), sample.count(MADE)), (0, 1));
        let due = "select sum(trigger_at) from matter_clock where code like 'PTA_START%'";
        let before = sample.count(due);
        voided(&sample, doc);
        assert_eq!((sample.count(WAITS), sample.count(MADE)), (1, 0));
        assert_eq!(sample.count(due), before, "from where it began");
        assert_eq!(
            sample.count("select count(*) from matter_clock where code = 'PTA_DONE_ADULT' and end_event = 'assessment_voided'"),
            1
        );
        let aino = sample.enter(AINO).await;
        let page = sample.get(&format!("/matters/{matter}"), &aino).await.body;
        assert!(page.contains("mitätöi arvioinnin: määräaika on taas voimassa"));
        // What was finished by mistake is as if it had not been, too.
        let doc = begin(&sample, AINO, client, matter);
        fill(&sample, AINO, client, doc);
        finish_as(&sample, AINO, doc).unwrap();
        assert_eq!((sample.count(WAITS), sample.count(MADE)), (0, 0));
        voided(&sample, doc);
        assert_eq!((sample.count(WAITS), sample.count(MADE)), (1, 0));
        // The next one begins late and says why.
        sample.clock.advance(SignedDuration::from_hours(24 * 60));
        let late = |why: &'static str| {
            try_as(&sample, AINO, move |tx, casework, reader| {
                let new = acts::Begin {
                    clients: vec![client],
                    language: Language::Fi,
                    late: why.to_owned(),
                };
                acts::begin(tx, casework, reader, matter, &new)
            })
        };
        late("Edellinen oli väärästä henkilöstä").unwrap();
        assert_eq!(sample.count(WAITS), 0);
    }
}

#[test]
fn another_assessment_that_stands_keeps_the_time_limit_ended() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (one, other, doc) = joint(&sample);
        let matter = sample
            .store
            .read_blocking(move |tx| {
                documents::store::load_many(tx, &[doc]).map(|found| found[0].matter)
            })
            .unwrap();
        voided(&sample, doc);
        // One of each: when one goes, the other stands.
        let (first, second) = (
            begin(&sample, AINO, one, matter),
            begin(&sample, AINO, other, matter),
        );
        fill(&sample, AINO, one, first);
        finish_as(&sample, AINO, first).unwrap();
        assert_eq!((sample.count(WAITS), sample.count(MADE)), (0, 0));
        voided(&sample, first);
        assert_eq!(
            (sample.count(WAITS), sample.count(MADE)),
            (0, 1),
            "the second is being made"
        );
        fill(&sample, AINO, other, second);
        finish_as(&sample, AINO, second).unwrap();
        let third = begin(&sample, AINO, one, matter);
        voided(&sample, third);
        assert_eq!(
            (sample.count(WAITS), sample.count(MADE)),
            (0, 0),
            "one has been finished"
        );
    }
}
