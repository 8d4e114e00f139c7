//! The features of the house, in the order of their navigation.

use kernel::language::Language;
use store::Migration;
use web::{Feature, MessageSet};

/// Which parts of the product a county uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rooms {
    /// Contacts, clients, matters, documents and what leads and keepers do with them.
    pub work: bool,
    /// Social reporting: observations, phenomena, proposals, open statistics. It needs no client.
    pub reporting: bool,
}

impl Rooms {
    /// The whole product.
    pub const ALL: Self = Self {
        work: true,
        reporting: true,
    };

    /// The parts of a configuration; no name is the whole product.
    ///
    /// # Errors
    /// A name that is no part, in words.
    pub fn named(names: &[String]) -> Result<Self, String> {
        if names.is_empty() {
            return Ok(Self::ALL);
        }
        let mut rooms = Self {
            work: false,
            reporting: false,
        };
        for name in names {
            match name.as_str() {
                "work" => rooms.work = true,
                "reporting" => rooms.reporting = true,
                other => return Err(format!("{other:?}; there are \"work\" and \"reporting\"")),
            }
        }
        Ok(rooms)
    }
}

impl Default for Rooms {
    fn default() -> Self {
        Self::ALL
    }
}

/// Every feature. `demo` brings the demo identities; no other way makes them.
pub fn all(demo: bool) -> Vec<Feature> {
    of(demo, Rooms::ALL)
}

/// The features of a county that uses these parts: routes, navigation and jobs of the others are not there. Each part brings
/// what it needs.
pub fn of(demo: bool, rooms: Rooms) -> Vec<Feature> {
    let mut features = vec![
        web::feature(),
        crate::health::feature(),
        crate::backup::feature(),
        identity::feature(demo),
        identity::admin::feature(),
    ];
    if rooms.work {
        features.extend([
            desk::feature(),
            clients::feature(),
            casework::feature(),
            documents::feature(),
            assessment::feature(),
            plan::feature(),
            notes::feature(),
            intake::feature(),
            door::feature(),
            oversight::feature(),
        ]);
    } else {
        features.push(web::front());
    }
    if rooms.reporting {
        features.push(statistics::feature());
    }
    if rooms.work {
        // What client work records is counted where there is client work.
        features.push(figures::feature());
        features.push(api::feature());
    }
    if rooms.reporting {
        features.push(reporting::feature());
        features.push(participation::feature());
        features.push(publications::feature(printed));
    }
    features.extend([
        words("charts", charts::messages),
        words("text", text::messages),
    ]);
    features
}

/// The PDF of a report.
///
/// # Errors
/// Why it cannot be printed, in words for the program's log.
pub fn printed(paper: &paper::Paper) -> Result<Vec<u8>, String> {
    print::pdf(paper).map_err(|error| error.to_string())
}

/// The messages of a room that is no feature.
fn words(room: &'static str, of: fn(Language) -> &'static str) -> Feature {
    Feature {
        name: room,
        routes: Vec::new(),
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: MessageSet {
            room,
            fi: of(Language::Fi),
            sv: of(Language::Sv),
            en: of(Language::En),
            easy: of(Language::Easy),
        },
        events: &[],
        checks: &[],
    }
}

/// The migrations of all features, the store's own excluded. They run whatever a county uses: tables that nobody writes to do
/// no harm, and a part may be switched on later.
pub fn migrations() -> Vec<Migration> {
    all(false)
        .iter()
        .flat_map(|feature| feature.migrations.iter().copied())
        .collect()
}
