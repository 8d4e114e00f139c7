//! A student's note waits for the tutor (457/2024 21 §).

use clients::ClientId;
use testkit::stores;

use crate::support::*;

/// The lead says who guides whom, and the tutor names the client.
pub async fn guided(sample: &Sample, client: ClientId) -> (String, String) {
    let (hanna, maija, opa) = (
        sample.enter(HANNA).await,
        sample.enter(MAIJA).await,
        sample.enter(OPA).await,
    );
    let (student, tutor) = (staff(OPA).to_string(), staff(MAIJA).to_string());
    let page = sample.get("/students", &hanna).await.body;
    assert!(page.contains("Oona Opiskelija") && page.contains("Maija Ohjaaja"));
    let wrong = sample
        .post(
            "/students",
            &[("student", student.as_str()), ("until", "1.1.2020")],
            &hanna,
        )
        .await;
    assert_eq!(wrong.status, 422);
    let named = sample
        .post(
            "/students",
            &[
                ("student", student.as_str()),
                ("tutor", tutor.as_str()),
                ("until", "30.4.2026"),
            ],
            &hanna,
        )
        .await;
    assert_eq!(
        named.location(),
        "/students?done=tutoring",
        "{}",
        told(&named.body)
    );
    assert_eq!(
        sample.get(&format!("/clients/{client}"), &opa).await.status,
        404
    );
    let path = format!("/clients/{client}/student");
    let untold = sample
        .post(&path, &[("student", student.as_str())], &maija)
        .await;
    assert_eq!(untold.status, 422, "the client is told first");
    let linked = sample
        .post(
            &path,
            &[("student", student.as_str()), ("told", "yes")],
            &maija,
        )
        .await;
    assert_eq!(
        linked.location(),
        format!("{path}?done=named"),
        "{}",
        told(&linked.body)
    );
    (maija, opa)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_students_note_is_sent_back_and_approved() {
    for store in stores(&tables()) {
        let sample = county(store);
        let (client, matter) = {
            let client = sample.client("Virtanen", None);
            let matter = sample.opened(AINO, client, me(AINO));
            (client, matter)
        };
        sample.relate(client, MAIJA, "own_worker");
        let (maija, opa) = guided(&sample, client).await;
        let form = sample.get(&new_path(matter), &opa).await.body;
        assert!(form.contains("Kirjauksen hyväksyy Maija Ohjaaja"));
        assert!(!form.contains("Tallenna valmiiksi"));
        // A student does not finish.
        let refused = write(
            &sample,
            &opa,
            matter,
            &[client],
            &[("body", "Itse valmiiksi")],
        )
        .await;
        assert_eq!(refused.status, 409, "{}", told(&refused.body));
        let tutor = staff(MAIJA).to_string();
        let ask = [
            ("body", "Opiskelijan teksti"),
            ("act", "ask"),
            ("tutor", tutor.as_str()),
        ];
        let asked = write(&sample, &opa, matter, &[client], &ask).await;
        let note = newest(&sample);
        assert_eq!(
            asked.location(),
            format!("{note}?done=asked"),
            "{}",
            told(&asked.body)
        );
        // The state is seen by the student; the tutor has work.
        assert!(
            sample
                .get(&note, &opa)
                .await
                .body
                .contains("Odottaa, että Maija Ohjaaja")
        );
        let list = sample.get("/notes", &maija).await.body;
        assert!(
            list.contains("Odottavat hyväksyntääsi") && list.contains(&format!("{note}/approve"))
        );
        // Not the student, nor another tutor, nor the own lead.
        for other in [OPA, TIMO, HANNA, AINO] {
            let cookie = sample.enter(other).await;
            let tried = sample
                .post(&format!("{note}/approve"), &[("act", "approve")], &cookie)
                .await;
            assert!(
                [404, 409, 422].contains(&tried.status.as_u16()),
                "{other:?}: {}",
                tried.status
            );
        }
        assert_eq!(sample.count("select count(*) from document_version"), 0);
        let approve = format!("{note}/approve");
        let page = sample.get(&approve, &maija).await.body;
        assert!(page.contains("Opiskelijan teksti") && page.contains("Palauta opiskelijalle"));
        let id = client.to_string();
        let rev = hidden(&page, "rev-common");
        let fields = |body: &'static str, rev: &str, more: &[(&str, &str)]| {
            let mut all = vec![
                ("client".to_owned(), id.clone()),
                ("what".to_owned(), "home".to_owned()),
                ("when".to_owned(), "10.3.2026 klo 10.00".to_owned()),
                ("body".to_owned(), body.to_owned()),
                ("rev-common".to_owned(), rev.to_owned()),
            ];
            all.extend(more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
            all
        };
        fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
            fields
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect()
        }
        let wordless = fields("Opiskelijan teksti", &rev, &[("act", "return")]);
        assert_eq!(
            sample
                .post(&approve, &pairs(&wordless), &maija)
                .await
                .status,
            422
        );
        let back = fields(
            "Opiskelijan teksti",
            &rev,
            &[("act", "return"), ("words", "Lisää asiakkaan omat sanat")],
        );
        let returned = sample.post(&approve, &pairs(&back), &maija).await;
        assert_eq!(
            returned.location(),
            "/notes?done=returned",
            "{}",
            told(&returned.body)
        );
        let edit = sample.get(&format!("{note}/edit"), &opa).await.body;
        assert!(
            edit.contains("Lisää asiakkaan omat sanat"),
            "{}",
            told(&edit)
        );
        let rev = hidden(&edit, "rev-common");
        let better = fields("”Näin sanoin”", &rev, &[("act", "ask"), ("tutor", &tutor)]);
        let again = sample
            .post(&format!("{note}/edit"), &pairs(&better), &opa)
            .await;
        assert_eq!(
            again.location(),
            format!("{note}?done=asked"),
            "{}",
            told(&again.body)
        );
        let page = sample.get(&approve, &maija).await.body;
        let rev = hidden(&page, "rev-common");
        // The tutor mends a word and approves.
        let mended = fields("”Näin sanoin.”", &rev, &[("act", "approve")]);
        let approved = sample.post(&approve, &pairs(&mended), &maija).await;
        assert_eq!(
            approved.location(),
            format!("{note}?done=approved"),
            "{}",
            told(&approved.body)
        );
        let shown = told(&sample.get(&note, &opa).await.body);
        assert!(
            shown.contains("Oona Opiskelija. Hyväksyjä Maija Ohjaaja."),
            "{shown}"
        );
        assert_eq!(
            sample.count("select count(*) from timeline_item where class = 'note'"),
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_placement_ends_and_with_it_what_the_student_sees() {
    for store in stores(&tables()) {
        let sample = county(store);
        let client = sample.client("Virtanen", None);
        let other = sample.client("Muu", None);
        let matter = sample.opened(AINO, client, me(AINO));
        sample.relate(client, MAIJA, "own_worker");
        let (maija, opa) = guided(&sample, client).await;
        assert_eq!(sample.get(&new_path(matter), &opa).await.status, 200);
        // One client at a time, and only those of the tutor's own.
        assert_eq!(
            sample.get(&format!("/clients/{other}"), &opa).await.status,
            404
        );
        assert_eq!(
            sample
                .get(&format!("/clients/{other}/student"), &maija)
                .await
                .status,
            404
        );
        let hanna = sample.enter(HANNA).await;
        let page = sample.get("/students", &hanna).await.body;
        let (_, rest) = page.split_once("action=\"/students/").unwrap();
        let one = rest.split('/').next().unwrap();
        let ended = sample
            .post(&format!("/students/{one}/end"), &[], &hanna)
            .await;
        assert_eq!(ended.location(), "/students?done=tutoring-ended");
        assert_eq!(sample.get(&new_path(matter), &opa).await.status, 404);
        assert_eq!(
            sample
                .get(&format!("/clients/{client}/student"), &maija)
                .await
                .status,
            404
        );
    }
}
