//! Parts of compound words from what Voikko tells.
//!
//! Voikko gives the pieces of a word with their base forms (`WORDBASES`) and the seams of the
//! compound (`STRUCTURE`). Pieces are finer than parts: `ulosotto` comes as `ulos` + `ot` + `to`,
//! where `to` is a derivation. A piece that does not begin at a seam therefore belongs to the part
//! before it, and the part is then what its pieces spell.

use crate::voikko::Reading;

/// A compound of more parts than this is nonsense or an attack; its sub-compounds are not listed.
const MOST_PARTS: usize = 6;

/// The parts of a compound in base form and in order; empty for a word that is not a compound.
///
/// `lastenvaunut` gives `lapsi`, `vaunu`; `lapseton` gives nothing (a derivation, not a compound).
pub(crate) fn parts(reading: &Reading) -> Vec<String> {
    let seams = seams(&reading.structure);
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    for (surface, base) in pieces(&reading.word_bases) {
        let length = surface.chars().count();
        if surface == "-" {
            at += 1;
            continue;
        }
        match parts.last_mut() {
            Some(part) if !seams.contains(&at) => part.extend(&surface),
            _ => parts.push(Part {
                spelt: surface,
                base: Some(base),
            }),
        }
        at += length;
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.into_iter().map(Part::into_base).collect()
}

/// The compounds inside a compound: `perus` `toimeentulo` `tuki` `hakemus` holds
/// `toimeentulotuki`. Only runs of two or more parts, shorter than the whole.
///
/// Spelt from the base forms, so a part in the genitive (`lapsen` in `lapsenlapsi`) does not give
/// its written form; such compounds are found by their parts.
pub(crate) fn inner_compounds(parts: &[String]) -> Vec<String> {
    if parts.len() > MOST_PARTS {
        return Vec::new();
    }
    let mut inner = Vec::new();
    for length in 2..parts.len() {
        inner.extend(parts.windows(length).map(<[String]>::concat));
    }
    inner
}

struct Part {
    spelt: String,
    /// The base form while the part is one piece.
    base: Option<String>,
}

impl Part {
    fn extend(&mut self, piece: &str) {
        self.spelt.push_str(piece);
        self.base = None;
    }

    fn into_base(self) -> String {
        self.base.unwrap_or(self.spelt).to_lowercase()
    }
}

/// Places (in letters) where a part of the compound begins.
fn seams(structure: &str) -> Vec<usize> {
    let mut seams = Vec::new();
    let mut at = 0;
    for mark in structure.chars() {
        if mark == '=' {
            seams.push(at);
        } else {
            at += 1;
        }
    }
    seams
}

/// The pieces of `+lasten(lapsi)+vaunu(vaunu)` as (spelt, base form). A plus sign inside brackets
/// marks a suffix (`+ton(+ton)`) and a bar or an equals sign a seam inside a piece.
fn pieces(word_bases: &str) -> Vec<(String, String)> {
    let mut pieces: Vec<(String, String)> = Vec::new();
    let mut in_brackets = false;
    for sign in word_bases.chars() {
        match (sign, pieces.last_mut()) {
            ('+', _) if !in_brackets => pieces.push(Default::default()),
            ('(', _) => in_brackets = true,
            (')', _) => in_brackets = false,
            ('+' | '=' | '|', _) | (_, None) => {}
            (letter, Some((_, base))) if in_brackets => base.push(letter),
            (letter, Some((spelt, _))) => spelt.push(letter),
        }
    }
    pieces.retain(|(spelt, _)| !spelt.is_empty());
    for (spelt, base) in &mut pieces {
        if base.is_empty() {
            base.clone_from(spelt);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(word_bases: &str, structure: &str) -> Reading {
        Reading {
            base: String::new(),
            class: String::new(),
            word_bases: word_bases.into(),
            structure: structure.into(),
        }
    }

    #[test]
    fn parts_begin_at_seams() {
        let parts_of = |word_bases, structure| parts(&reading(word_bases, structure));
        assert_eq!(
            parts_of("+lasten(lapsi)+vaunu(vaunu)", "=pppppp=pppppp"),
            ["lapsi", "vaunu"]
        );
        assert_eq!(
            parts_of(
                "+toimeentulo(toimeen=tulo)+tuki(tuki)",
                "=ppppppp=pppp=pppppp"
            ),
            ["toimeentulo", "tuki"]
        );
        assert_eq!(
            parts_of("+linja(linja)+-+auto(auto)", "=ppppp-=ppppppp"),
            ["linja", "auto"]
        );
    }

    #[test]
    fn derivations_are_not_compounds() {
        assert!(parts(&reading("+lapse(lapsi)+ton(+ton)", "=pppppppp")).is_empty());
        assert!(
            parts(&reading(
                "+velkaantu(velkaantua)+n+ut(+ut)",
                "=pppppppppppp"
            ))
            .is_empty()
        );
    }

    #[test]
    fn a_derivation_stays_with_its_part() {
        assert_eq!(
            parts(&reading("+ulos+ot(ottaa)+to(+to)", "=pppp=pppp")),
            ["ulos", "otto"]
        );
        assert_eq!(
            parts(&reading("+ala(ala)+ikä(ikä)+inen(+inen)", "=ppp=ppppppp")),
            ["ala", "ikäinen"]
        );
    }

    #[test]
    fn inner_compounds_are_runs_of_parts() {
        let parts = ["perus", "toimeentulo", "tuki", "hakemus"].map(str::to_owned);
        let inner = inner_compounds(&parts);
        assert!(inner.contains(&"toimeentulotuki".to_owned()));
        assert!(inner.contains(&"perustoimeentulotuki".to_owned()));
        assert!(!inner.contains(&"perustoimeentulotukihakemus".to_owned()));
    }
}
