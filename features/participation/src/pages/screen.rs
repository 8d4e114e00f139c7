//! Texts are screened before they are kept: an identity code is refused, what may tell who somebody is must be looked at.

use text::screening::{Kind, Screener, Weight};
use text::search::Analysers;
use web::{Form, House};

/// The key of the sentence at a field that was doubted.
pub const DOUBT: &str = "participation-doubt";
/// The tick of a writer who has looked.
pub const LOOKED: &str = "looked";
/// So many words are told of one field.
const MOST: usize = 5;

/// Marks fields in which somebody may be known. Ticked, only an identity code is marked: a place or a body may have a
/// person's name, and a person decides.
pub fn screen(house: &House, form: &mut Form, fields: &[&'static str]) {
    let analysers = house
        .extra::<Analysers>()
        .map_or_else(Analysers::open, |held| (*held).clone());
    let screener = Screener::new(analysers);
    let looked = form.has(LOOKED, "yes");
    for field in fields {
        let text = form.value(field).to_owned();
        let found = screener.find(&text);
        let is_code = |kind, weight| kind == Kind::IdentityCode && weight == Weight::Certain;
        if found.iter().any(|one| is_code(one.kind, one.weight)) {
            form.error(field, "participation-person");
            continue;
        }
        if looked || found.is_empty() {
            continue;
        }
        let mut words: Vec<&str> = Vec::new();
        for one in &found {
            if let Some(word) = text
                .get(one.range.clone())
                .filter(|word| !words.contains(word))
            {
                words.push(word);
            }
        }
        words.truncate(MOST);
        form.error_with(field, DOUBT, vec![("words", words.join(", ").into())]);
    }
}

/// Whether the tick is shown: something was doubted, or it was ticked already.
pub fn asks(form: &Form) -> bool {
    form.has(LOOKED, "yes") || form.errors().iter().any(|error| error.key == DOUBT)
}
