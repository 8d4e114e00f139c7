//! What the house understands of written words.
//!
//! - [`analysis`]: base forms and compound parts of Finnish words (Voikko when the machine has it,
//!   Snowball otherwise), and stems of Swedish and English ones;
//! - [`few`]: small numbers of people that were typed by hand;
//! - [`sort`]: keys that put names in Finnish alphabetical order by plain comparison of bytes;
//! - [`names`]: the spellings of names, for a search by the beginning of any part;
//! - [`search`]: words for the index, words of a question, places to mark;
//! - [`signals`]: hints in the sender's own words (a housing risk, a child, danger, no food), with
//!   the words they rest on. A hint never decides: a person does;
//! - [`personal_data`]: identity codes, phone numbers and e-mail addresses in free text;
//! - [`screening`]: what may tell who somebody is in an observation, before anybody else reads it;
//! - [`rising`]: words that several writers say of late and few said before;
//! - [`similar`]: observations that are alike, with the words they share;
//! - [`themes`]: themes that an observation may belong to, by keywords;
//! - [`title`]: a short title from the sender's own words for a queue.
//!
//! A leaf: it knows only `kernel`. No database, no network, no clock.

pub mod analysis;
mod cache;
mod compound;
pub mod few;
pub mod names;
pub mod personal_data;
pub mod rising;
pub mod screening;
pub mod search;
pub mod signals;
pub mod similar;
pub mod sort;
pub mod themes;
pub mod title;
pub mod tokens;
pub mod voikko;

use kernel::language::Language;

/// Fluent texts of this crate: reasons of hints (for workers) and warnings on forms (also for the
/// public, hence in Easy Finnish too).
pub const fn messages(language: Language) -> &'static str {
    match language {
        Language::Fi => include_str!("../messages/fi.ftl"),
        Language::Sv => include_str!("../messages/sv.ftl"),
        Language::En => include_str!("../messages/en.ftl"),
        Language::Easy => include_str!("../messages/easy.ftl"),
    }
}
