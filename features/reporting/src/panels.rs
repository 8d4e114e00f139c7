//! Parts of a phenomenon's page that other rooms fill: own figures beside, who took part. This room knows none of them; `app`
//! puts the list into the house, with those whose rooms the county uses.

use store::{ReadTx, StoreError};
use web::{House, Texts};

use crate::domain::Theme;
use crate::store::{Editor, PhenomenonId};

/// What a part of the page is made from, in the page's own snapshot.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub house: &'a House,
    /// Who reads; she may read the phenomenon.
    pub reader: &'a Editor,
    pub phenomenon: PhenomenonId,
    pub themes: &'a [Theme],
    pub t: &'a Texts,
}

/// Makes one part of the page; `None` when this reader has no part of it. In statements whose number does not grow with the
/// observations.
pub type Source = fn(&mut ReadTx<'_>, &Around<'_>) -> Result<Option<Panel>, StoreError>;

/// The parts in their order on the page: `house.extra::<Panels>()`.
#[derive(Debug, Clone, Default)]
pub struct Panels(pub Vec<Source>);

/// A small table under a heading, in ready words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// The heading's id in the page; letters and hyphens.
    pub id: String,
    pub heading: String,
    /// Quiet text beside the heading; empty for none.
    pub count: String,
    /// Heads of the columns.
    pub columns: Vec<String>,
    pub rows: Vec<Line>,
    /// What one must know to read it, a sentence each.
    pub notes: Vec<String>,
    /// What is said when there are no rows.
    pub empty: String,
}

/// A row: its first cell is the heading of the row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Empty when there is nothing to open.
    pub href: String,
    pub title: String,
    pub sub: String,
    /// Text and quiet text, for each column after the first.
    pub cells: Vec<(String, String)>,
}
