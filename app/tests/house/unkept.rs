//! I11: the form of an observation is kept for nobody, not even when its session ends while it is being written.

use web::TOKEN_FIELD;

use crate::client::encode;
use crate::county::{County, Reader};

const TEXT: &str = "Jonossa odotetaan ulkona sateessa.";
const FORM: &str = "/observations/new";

/// Rows that a form which is kept, a draft or a writer would leave.
fn traces(county: &County) -> Vec<i64> {
    [
        "select count(*) from held_form",
        "select count(*) from draft",
        "select count(*) from observation_box",
        "select count(*) from observation_writer",
    ]
    .iter()
    .map(|sql| county.rows(sql, &[], |row| row.get(0))[0])
    .collect()
}

fn send(county: &County, reader: &Reader, path: &str, token: &str) -> crate::inside::Got {
    let fields = [
        (TOKEN_FIELD, token),
        ("body", TEXT),
        ("valence", "problem"),
        ("way", "own"),
    ];
    let headers = [("sec-fetch-site", "same-origin")];
    county.ask_with(reader, path, &headers, &encode(&fields))
}

#[test]
fn an_observation_of_an_ended_session_stays_on_the_page_alone() {
    let county = County::of(10);
    let before = traces(&county);
    let aino = county.named("Aino Salmela");
    let token = county.token(aino);
    county.post(aino, "/sign-out", &[]);
    let got = send(&county, aino, FORM, &token);
    assert_eq!(got.status, 401);
    assert_eq!(traces(&county), before, "nothing of it is kept");
    // The words are on the page to be sent on, and a public form takes them from anybody.
    assert!(
        got.body.contains(&format!("value=\"{TEXT}\"")),
        "{}",
        got.body
    );
    assert!(got.body.contains("formaction=\"/fi/havainto\""));
    assert_eq!(county.get(&Reader::stranger(), "/fi/havainto").status, 200);
    // A form that is kept for its writer still is: this is no fault of the whole house.
    let ville = county.named("Ville Aho");
    let token = county.token(ville);
    county.post(ville, "/sign-out", &[]);
    let fields = [(TOKEN_FIELD, token.as_str()), ("body", TEXT)];
    let headers = [("sec-fetch-site", "same-origin")];
    county.ask_with(ville, "/notes/new", &headers, &encode(&fields));
    assert_eq!(traces(&county)[0], before[0] + 1);
}

#[test]
fn an_observation_is_not_sent_in_the_name_of_whoever_came_after() {
    let county = County::of(10);
    let before = traces(&county);
    let token = county.token(county.named("Aino Salmela"));
    let got = send(&county, county.named("Ville Aho"), FORM, &token);
    assert_eq!(got.status, 403);
    assert_eq!(traces(&county), before);
    assert!(got.body.contains("formaction=\"/fi/havainto\""));
    let own = format!(
        "<button class=\"ds-button\" type=\"submit\">{}",
        "Lähetä uudelleen"
    );
    assert!(!got.body.contains(&own), "{}", got.body);
}
