//! The difference between two texts, so that a person can read it: word by word, without losing a line break.

use similar::{ChangeTag, TextDiff};

use crate::body::{Body, Fields};

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Same,
    /// Only in the text before.
    Gone,
    /// Only in the text after.
    New,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub how: How,
}

impl Piece {
    /// For templates: whether it is marked as taken away.
    pub fn is_gone(&self) -> bool {
        self.how == How::Gone
    }

    /// For templates: whether it is marked as added.
    pub fn is_new(&self) -> bool {
        self.how == How::New
    }
}

/// A field that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub part: String,
    pub field: String,
    pub pieces: Vec<Piece>,
}

/// The pieces of two texts in reading order; pieces of one kind side by side are one piece.
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let how = match change.tag() {
            ChangeTag::Equal => How::Same,
            ChangeTag::Delete => How::Gone,
            ChangeTag::Insert => How::New,
        };
        match pieces.last_mut() {
            Some(last) if last.how == how => last.text.push_str(change.value()),
            _ => pieces.push(Piece {
                text: change.value().to_owned(),
                how,
            }),
        }
    }
    pieces
}

/// The fields that differ between two versions, in the order of parts and fields.
pub fn parts(before: &Body, after: &Body) -> Vec<Changed> {
    let none = Fields::default();
    let mut codes: Vec<&String> = before.0.keys().chain(after.0.keys()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
        .into_iter()
        .flat_map(|code| {
            let old = before.part(code).unwrap_or(&none);
            fields(code, old, after.part(code).unwrap_or(&none))
        })
        .collect()
}

/// The fields of one part that differ.
pub fn fields(part: &str, before: &Fields, after: &Fields) -> Vec<Changed> {
    let mut names: Vec<&String> = before.0.keys().chain(after.0.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter(|name| before.all(name) != after.all(name))
        .map(|name| Changed {
            part: part.to_owned(),
            field: name.clone(),
            pieces: words(&before.all(name).join("\n"), &after.all(name).join("\n")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece.how {
                How::Same => piece.text.clone(),
                How::Gone => format!("[-{}-]", piece.text),
                How::New => format!("[+{}+]", piece.text),
            })
            .collect()
    }

    #[test]
    fn words_are_compared() {
        let pieces = words(
            "Ensimmäinen erä tulee maaliskuussa.",
            "Ensimmäinen erä on 310 € ja tulee huhtikuussa.",
        );
        assert_eq!(
            told(&pieces),
            "Ensimmäinen erä [+on 310 € ja +]tulee [-maaliskuussa.-][+huhtikuussa.+]"
        );
        assert_eq!(words("", ""), []);
    }

    #[test]
    fn only_what_differs_is_told() {
        let mut before = Body::default();
        before.put(
            "home",
            [("text", "Vuokra"), ("plan", "x")].into_iter().collect(),
        );
        let mut after = Body::default();
        after.put(
            "home",
            [("text", "Vuokra"), ("plan", "y")].into_iter().collect(),
        );
        after.put("money", [("text", "Velka")].into_iter().collect());
        let told: Vec<_> = parts(&before, &after)
            .into_iter()
            .map(|one| (one.part, one.field, told(&one.pieces)))
            .collect();
        assert_eq!(
            told,
            [
                ("home".into(), "plan".into(), "[-x-][+y+]".into()),
                ("money".into(), "text".into(), "[+Velka+]".to_owned()),
            ]
        );
    }

    proptest! {
        /// Nothing is lost: without what is new the pieces are the text before, without what is gone the text after.
        #[test]
        fn both_texts_can_be_read_from_the_pieces(before in "[a-zåäö \n,.]{0,80}", after in "[a-zåäö \n,.]{0,80}") {
            let pieces = words(&before, &after);
            let kept = |left_out| -> String {
                pieces.iter().filter(|piece| piece.how != left_out).map(|piece| piece.text.as_str()).collect()
            };
            prop_assert_eq!(kept(How::New), before);
            prop_assert_eq!(kept(How::Gone), after);
        }
    }
}
