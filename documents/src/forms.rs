//! A form that adds something and is sent twice, by a second press or by going back, adds it once.

use web::Form;

kernel::id_type!(/** The page on which something new is written: made when the page is shown. */ FormId);

/// The field of a form that names its page.
pub const FIELD: &str = "form";

/// A form as it came: which page it is, and what stood in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub(crate) form: FormId,
    pub(crate) digest: [u8; 32],
}

impl Sent {
    /// The form that was posted; none for one that names no page.
    pub fn of(form: &Form) -> Option<Self> {
        let id = form.value(FIELD).parse().ok()?;
        let mut hasher = blake3::Hasher::new();
        for (name, value) in form.fields().filter(|(name, _)| !name.starts_with('_')) {
            for text in [name, value] {
                hasher.update(text.as_bytes());
                // No text has this byte, so that where one ends is told.
                hasher.update(&[0xff]);
            }
        }
        Some(Self {
            form: id,
            digest: *hasher.finalize().as_bytes(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let mut form = Form::new();
        for (name, value) in pairs {
            form.add(name, *value);
        }
        form
    }

    #[test]
    fn the_same_page_with_the_same_content_is_the_same() {
        let page = FormId::from_bytes([7; 16]).to_string();
        let of = |pairs: &[(&str, &str)]| {
            let mut form = form(pairs);
            form.set(FIELD, page.as_str());
            Sent::of(&form)
        };
        let one = of(&[("words", "Oma koti"), ("kind", "1")]);
        assert!(one.is_some());
        assert_eq!(
            one,
            of(&[("kind", "1"), ("words", "Oma koti"), ("_token", "x")])
        );
        for other in [
            &[("words", "Oma kot"), ("kind", "i1")][..],
            &[("words", "Oma koti")],
            &[("words", "Oma koti"), ("kind", "2")],
        ] {
            assert_ne!(one, of(other), "{other:?}");
        }
        assert_eq!(Sent::of(&form(&[("words", "Oma koti")])), None);
        assert_eq!(Sent::of(&form(&[(FIELD, "no id")])), None);
    }
}
