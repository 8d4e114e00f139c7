//! PostgreSQL with two roles: the one that serves may add log entries, not change or remove them.

use crate::program::noste;

#[test]
fn the_service_role_cannot_touch_the_log() {
    let cluster = testkit::cluster();
    for role in ["noste_owner", "noste_service"] {
        cluster.run(&format!(
            "do $$ begin if not exists (select 1 from pg_roles where rolname = '{role}') then create role {role} login; end if; end $$"
        ));
    }
    let schema = format!("county_roles_{}", std::process::id());
    cluster.run(&format!("create schema {schema} authorization noste_owner"));
    let all = cluster.url();
    let (_, place) = all.split_once('@').expect("postgres://user@...");
    let url = |role: &str| format!("postgres://{role}@{place}");
    let folder = testkit::Folder::new();
    let config = folder.join("noste.toml");
    let text = format!(
        "listen = \"127.0.0.1:0\"\nsecret_file = {:?}\nlog_key_file = {:?}\nheads_dir = {:?}\n[[county]]\ncode = \"15\"\nschema = \"{schema}\"\ndatabase = \"{}\"\nowner_database = \"{}\"\nservice_role = \"noste_service\"\n",
        folder.join("secret.key"),
        folder.join("log.key"),
        folder.to_path_buf(),
        url("noste_service"),
        url("noste_owner"),
    );
    std::fs::write(&config, text).expect("written");
    let migrated = noste(&["migrate", "--config", config.to_str().expect("text")]);
    assert!(
        migrated.status.success(),
        "{}",
        String::from_utf8_lossy(&migrated.stderr)
    );

    let mut client =
        postgres::Client::connect(&url("noste_service"), postgres::NoTls).expect("connects");
    client
        .batch_execute(&format!("set search_path to {schema}"))
        .expect("set");
    client
        .batch_execute("select count(*) from contact; select count(*) from log_entry")
        .expect("may read");
    for forbidden in [
        "delete from log_entry",
        "update log_entry set position = position",
        "drop table contact",
        "create table x (y int)",
    ] {
        assert!(
            client.batch_execute(forbidden).is_err(),
            "the service role may {forbidden}"
        );
    }
    cluster.run(&format!("drop schema {schema} cascade"));
}
