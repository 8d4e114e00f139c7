//! Sign-in through the county's directory: what a narrowed session may not do, and which account a name is bound to.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use identity::directory::{CountyDirectory, Directory, Identified, Kept, Silence};
use kernel::time::Timestamp;
use testkit::TestStore;
use web::BoxFuture;

use crate::run;
use crate::support::{Answered, Browser, JAANA, Sample, VILLE, sample_with_directory};

/// A directory that believes the browser: the code is lasting name, login name and group.
struct Gullible;

impl Directory for Gullible {
    fn begin(&self, _: Kept, _: Timestamp) -> BoxFuture<'_, Result<String, Silence>> {
        Box::pin(async { Ok("https://tunnus.test/".to_owned()) })
    }

    fn finish(
        &self,
        code: String,
        _: String,
        _: Kept,
        _: Timestamp,
    ) -> BoxFuture<'_, Result<Identified, Silence>> {
        let mut parts = code.split('!').map(str::to_owned);
        let mut part = move || parts.next().unwrap_or_default();
        let told = Identified {
            issuer: "https://tunnus.test".to_owned(),
            subject: part(),
            login: part(),
            groups: vec![part()],
        };
        Box::pin(async { Ok(told) })
    }
}

/// A county whose directory leaves the front door to the group "neuvonta" and everything to "kaikki".
fn county(store: TestStore) -> Sample {
    let tasks = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let directory = CountyDirectory {
        name: "Hakemisto".to_owned(),
        roles: BTreeMap::from([("neuvonta".to_owned(), tasks(&["front_door"]))]),
        protocol: Box::new(Gullible),
    };
    sample_with_directory(store, directory)
}

async fn come(browser: &mut Browser<'_>, subject: &str, login: &str) -> Answered {
    browser.get("/sign-in/directory").await;
    let back = format!("/sign-in/directory/back?code={subject}!{login}!neuvonta&state=x");
    browser.get(&back).await
}

#[test]
fn a_narrowed_session_adds_nothing_that_opens_more_on_both_engines() {
    for store in testkit::stores(identity::MIGRATIONS) {
        let house = county(store);
        run(async {
            let mut own = house.browser();
            own.open_account(JAANA, "jaana").await;
            let mut browser = house.browser();
            let came = come(&mut browser, "s1", "jaana").await;
            assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
            assert!(browser.is_in().await);
            let words = "hakemisto rajaa tehtäväsi";
            let account = browser.get("/account").await.body;
            assert!(account.contains(words), "{account}");
            assert!(!account.contains("challenge") && !account.contains("/account/recovery"));
            for path in ["/account/password", "/account/app"] {
                let got = browser.get(path).await;
                assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
                assert!(got.body.contains(words));
            }
            for path in [
                "/account/password",
                "/account/app",
                "/account/recovery",
                "/account/passkeys",
            ] {
                let fields = [("name", "oma"), ("present", crate::support::PASSWORD)];
                let got = browser.post(path, &fields).await;
                assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
                assert!(got.body.contains(words), "{path}");
            }
            for event in ["account.recovery", "account.codes", "passkey.added"] {
                assert_eq!(house.logged(event), 0, "{event}");
            }
            // In a session with all the tasks the same is offered.
            assert!(own.get("/account").await.body.contains("/account/recovery"));
        });
    }
}

#[test]
fn a_name_is_bound_only_when_two_people_gave_it_on_both_engines() {
    for store in testkit::stores(identity::MIGRATIONS) {
        let house = county(store);
        run(async {
            // One administrator wrote her own directory name on Jaana's account, before two were asked for.
            house.invite(JAANA, "tuula");
            house
                .store
                .write_blocking(|tx| tx.execute("update account set vouched_at = null", &[]))
                .unwrap();
            let mut browser = house.browser();
            let came = come(&mut browser, "s-tuula", "tuula").await;
            assert_eq!(came.status, StatusCode::UNAUTHORIZED);
            assert!(!browser.is_in().await);
            assert_eq!(house.number("select count(*) from directory_identity"), 0);

            house.invite(JAANA, "jaana");
            come(&mut browser, "s-jaana", "jaana").await;
            assert!(browser.is_in().await);
            // The directory's name follows the person: nobody else is given it, whatever her account is called here.
            come(&mut browser, "s-jaana", "jaana.uusi").await;
            let told = "select count(*) from directory_identity where login_name = 'jaana.uusi'";
            assert_eq!(house.number(told), 1);
            let login = identity::accounts::LoginName::parse("jaana.uusi").unwrap();
            let ville = identity::people::StaffId::from_bytes(VILLE);
            let taken = house
                .store
                .read_blocking(move |tx| identity::accounts::is_taken(tx, ville, &login))
                .unwrap();
            assert!(taken);
            // A stranger with the account's name in the directory meets a bound account.
            let mut other = house.browser();
            let came = come(&mut other, "s-other", "jaana").await;
            assert_eq!(came.status, StatusCode::UNAUTHORIZED);
        });
    }
}
