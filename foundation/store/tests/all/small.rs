//! Drafts, settings and the key file.

use std::os::unix::fs::PermissionsExt;

use kernel::{chance::SystemChance, time::SignedDuration};
use store::{LogKey, StoreError, drafts, settings};
use testkit::{Folder, for_each_engine, start_of_time};

use crate::support::id;

#[test]
fn a_draft_is_saved_over_and_thrown_away() {
    for_each_engine(&[], |store| {
        let save = |body: &'static str, minutes| {
            let at = start_of_time() + SignedDuration::from_mins(minutes);
            store
                .write_blocking(move |tx| drafts::save(tx, id(1), "contact", body, at))
                .unwrap();
        };
        let find = |owner| {
            store
                .read_blocking(move |tx| drafts::find(tx, owner, "contact"))
                .unwrap()
        };
        assert_eq!(find(id(1)), None);
        save("a", 0);
        save("ab", 1);
        let draft = find(id(1)).unwrap();
        assert_eq!(
            (draft.body.as_str(), draft.saved_at),
            ("ab", start_of_time() + SignedDuration::from_mins(1))
        );
        assert_eq!(find(id(2)), None, "nobody else's");
        assert!(
            store
                .write_blocking(|tx| drafts::discard(tx, id(1), "contact"))
                .unwrap()
                .value
        );
        assert!(
            !store
                .write_blocking(|tx| drafts::discard(tx, id(1), "contact"))
                .unwrap()
                .value
        );
        save("old", 0);
        let discard = |minutes| {
            let moment = start_of_time() + SignedDuration::from_mins(minutes);
            store
                .write_blocking(move |tx| drafts::discard_before(tx, moment))
                .unwrap()
                .value
        };
        assert_eq!((discard(0), discard(1)), (0, 1));
    });
}

#[test]
fn a_setting_is_set_again() {
    for_each_engine(&[], |store| {
        for value in ["1", "{\"a\": 2}"] {
            store
                .write_blocking(move |tx| settings::set(tx, "limit", value, start_of_time()))
                .unwrap();
            let found = store
                .read_blocking(|tx| settings::find(tx, "limit"))
                .unwrap();
            assert_eq!(found.as_deref(), Some(value));
        }
        assert_eq!(
            store
                .read_blocking(|tx| settings::find(tx, "other"))
                .unwrap(),
            None
        );
    });
}

#[test]
fn a_key_is_made_once_and_kept_from_others() {
    let folder = Folder::new();
    let path = folder.join("log.key");
    let key = LogKey::load_or_create(&path, &SystemChance).unwrap();
    assert_eq!(LogKey::load_or_create(&path, &SystemChance).unwrap(), key);
    assert_eq!(LogKey::load(&path).unwrap(), key);
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(
        std::fs::read_dir(&*folder).unwrap().count(),
        1,
        "nothing is left beside it"
    );
    assert!(!format!("{key:?}").contains(&std::fs::read_to_string(&path).unwrap()[..8]));
    std::fs::write(&path, "short").unwrap();
    assert!(matches!(
        LogKey::load_or_create(&path, &SystemChance),
        Err(StoreError::Config(_))
    ));
}

#[test]
fn only_the_owner_may_read_a_countys_files() {
    let store = testkit::sqlite_store(&[]);
    store
        .write_blocking(|tx| settings::set(tx, "a", "1", start_of_time()))
        .unwrap();
    for name in ["15.sqlite", "15.sqlite-wal", "15.heads"] {
        let mode = std::fs::metadata(store.folder.join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_password_in_an_address_is_not_printed() {
    let engine = store::Engine::Postgres {
        url: "postgres://a:secret@b/c".into(),
        schema: "county_15".into(),
    };
    assert_eq!(format!("{engine:?}"), "Postgres(schema county_15)");
}
