//! docs/figures.md is written by the definitions.

use std::path::Path;

#[test]
fn the_document_is_what_the_definitions_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/figures.md");
    let written = figures::dictionary::markdown();
    if std::env::var_os("NOSTE_UPDATE").is_some() {
        std::fs::write(&path, &written).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == written,
        "run the test once with NOSTE_UPDATE=1 and review the change"
    );
}

#[test]
fn no_definition_is_about_a_worker_or_reads_a_text() {
    for one in figures::dictionary::definitions() {
        let sql = figures::store::queries::rows_of(one.code).unwrap();
        for column in [
            "own_words",
            "words",
            "person_name",
            "display_name",
            "body",
            "holder_staff",
            "phone",
        ] {
            assert!(!sql.contains(column), "{} reads {column}", one.code);
        }
    }
}
