//! What the pages of documents have in common: two texts side by side when two workers wrote the same part.

use web::{Form, Texts};

use crate::body::Fields;
use crate::difference::{self, Piece};
use crate::domain::Clash;

/// One field of which two texts are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClashRow {
    /// The field's name on the form.
    pub label: String,
    /// My text: what is not in the saved one is marked.
    pub mine: Vec<Piece>,
    /// The saved text: what is not in mine is marked.
    pub theirs: Vec<Piece>,
}

/// Both texts of a part, with what the three choices carry on. Shown by the template `clash.html`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClashView {
    pub rows: Vec<ClashRow>,
    /// Who saved the other text and when, in words.
    pub theirs_meta: String,
    /// Every field as I wrote it, for hidden fields.
    pub carried: Vec<(String, String)>,
    /// The revision on which my text is based when it is to stand.
    pub revision: i64,
}

impl ClashView {
    /// The two texts of the fields that differ. `label` gives a field's name in words; `form` is what I posted.
    pub fn of(
        t: &Texts,
        clash: &Clash,
        mine: &Fields,
        form: &Form,
        label: impl Fn(&str) -> String,
        now: kernel::time::Timestamp,
    ) -> Self {
        let rows = difference::fields("", &clash.theirs, mine)
            .into_iter()
            .map(|changed| ClashRow {
                label: label(&changed.field),
                mine: without(&changed.pieces, difference::How::Gone),
                theirs: without(&changed.pieces, difference::How::New),
            })
            .collect();
        let carried = form
            .fields()
            .filter(|(name, _)| !name.starts_with('_') && *name != "revision")
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self {
            rows,
            theirs_meta: t.with(
                "document-clash-theirs-meta",
                &[
                    ("who", (&clash.by).into()),
                    ("when", t.when(clash.at, now).into()),
                ],
            ),
            carried,
            revision: clash.revision,
        }
    }
}

fn without(pieces: &[Piece], how: difference::How) -> Vec<Piece> {
    pieces
        .iter()
        .filter(|piece| piece.how != how)
        .cloned()
        .collect()
}
