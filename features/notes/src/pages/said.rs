//! The client's own words in a text: what stands in quotation marks is the person's voice and is shown so.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub said: bool,
}

/// Cuts a text at its quotations; the marks stay with the words.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(begin) = rest.find(['”', '"', '“']) {
        let mark = rest[begin..].chars().next().map_or(1, char::len_utf8);
        let Some(end) = rest[begin + mark..].find(['”', '"']) else {
            break;
        };
        let end = begin + mark + end;
        let end = end + rest[end..].chars().next().map_or(1, char::len_utf8);
        push(&mut pieces, &rest[..begin], false);
        push(&mut pieces, &rest[begin..end], true);
        rest = &rest[end..];
    }
    push(&mut pieces, rest, false);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, said: bool) {
    if !text.is_empty() {
        pieces.push(Piece {
            text: text.to_owned(),
            said,
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_quotation_is_the_persons_voice() {
        let found = pieces("Kertoi: ”Nukuin hyvin.” Sovittiin \"näin\". Yksi ” jäi auki");
        let said: Vec<&str> = found
            .iter()
            .filter(|piece| piece.said)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(said, ["”Nukuin hyvin.”", "\"näin\""]);
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[a-zä”\"“ \n]{0,60}") {
            let joined: String = pieces(&text).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
