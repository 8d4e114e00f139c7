//! An assessment about the wrong person is voided by two.

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
