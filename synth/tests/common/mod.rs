//! What the tests of this room share.

use store::Migration;

pub fn migrations() -> Vec<Migration> {
    [
        identity::MIGRATIONS,
        clients::MIGRATIONS,
        casework::MIGRATIONS,
        documents::MIGRATIONS,
        assessment::MIGRATIONS,
        plan::MIGRATIONS,
        notes::MIGRATIONS,
        intake::MIGRATIONS,
        statistics::MIGRATIONS,
        reporting::MIGRATIONS,
        participation::MIGRATIONS,
        publications::MIGRATIONS,
    ]
    .concat()
}

/// What ends with a matter, as in the product.
pub fn endings() -> casework::ending::Endings {
    casework::ending::Endings(vec![
        plan::store::begin::end_of_matter,
        assessment::store::acts::end_of_matter,
    ])
}
