//! Parts of the client's page that other rooms fill: matters, contacts, tasks. This room knows none of them; `app` puts
//! the list into the house.

use kernel::time::Timestamp;
use store::{ShowTx, StoreError};
use web::Texts;

use crate::domain::{ClientId, Reader};
use crate::gate::Gate;

/// What a part of the page is made from: the reader's gate to this client, in the page's own snapshot.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub reader: &'a Reader,
    pub gate: &'a Gate,
    pub t: &'a Texts,
    pub now: Timestamp,
}

/// Makes one part of the page; `None` when this reader has no part of it. It shows only what the gate allows, in
/// statements whose number does not grow with the rows.
pub type Source = fn(&mut ShowTx<'_, '_>, &Around<'_>) -> Result<Option<Panel>, StoreError>;

/// The parts in their order on the page: `house.extra::<Panels>()`.
#[derive(Debug, Clone, Default)]
pub struct Panels(pub Vec<Source>);

/// A table under a heading, in ready words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// Part of the heading's id in the page; letters and hyphens.
    pub id: String,
    pub heading: String,
    /// Quiet text beside the heading, such as the number of rows; empty for none.
    pub count: String,
    /// A link beside the heading, instead of the count; empty for none.
    pub add_href: String,
    pub add_label: String,
    /// Heard before the table, not seen.
    pub caption: String,
    pub columns: Vec<String>,
    pub rows: Vec<Line>,
    /// What is said when there are no rows: what is so, and what to do.
    pub empty: String,
}

/// A row: its first cell is the heading of the row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Empty when the reader may not open it.
    pub href: String,
    pub title: String,
    pub sub: String,
    /// One for each column after the first.
    pub cells: Vec<Cell>,
}

/// A cell of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub sub: String,
    /// For a date that a law or a promise sets: "", "warning" or "danger".
    pub color: String,
    /// The day for the machine; empty when the text is no day.
    pub iso: String,
    /// A section of law.
    pub law: bool,
}

impl Cell {
    /// Plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// Whom the client calls now, in ready words: the one name and number that a client always has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answerer {
    pub name: String,
    /// What the person is: own worker, substitute, duty holder of the unit.
    pub what: String,
    /// Empty when the county has entered no number.
    pub phone: String,
    /// It is the own worker herself.
    pub own_worker: bool,
}

/// Tells it, in statements whose number does not grow.
pub type NumberSource =
    fn(&mut ShowTx<'_, '_>, &Texts, ClientId, Timestamp) -> Result<Option<Answerer>, StoreError>;

/// Whom a client calls; `app` puts the source into the house: `house.extra::<OneNumber>()`.
#[derive(Debug, Clone, Copy)]
pub struct OneNumber(pub NumberSource);
