//! The pages' room: layout, components, forms, messages, assets, safety, live updates.
//!
//! A feature writes handlers that take [`Visit`], [`Posted`] and `State<House>`, and gives its [`Route`]s in a
//! [`Feature`]; [`assemble()`] puts a door before each. See `README.md` for the whole face of this room.

// Templates name this room as `web::` wherever they are used.
extern crate self as web;

mod assemble;
pub mod assets;
mod body;
mod check;
mod counts;
mod dates;
mod door;
pub mod drafts;
mod edge;
mod failure;
mod feature;
pub mod fixtures;
mod form;
mod front;
mod hold;
mod house;
mod limits;
pub mod live;
pub mod metrics;
pub mod openapi;
mod own;
mod page;
mod pages;
mod posted;
pub mod problem;
pub mod proof;
pub mod receipt;
mod secrets;
mod texts;
pub mod token;
pub mod trap;
mod visit;

pub use assemble::{addresses, assemble};
pub use check::{Check, Examine, Examined, Remake};
pub use counts::{CountSource, NavCount, NavCounts};
pub use edge::words_of_code;
pub use failure::{Answer, Failure};
pub use feature::{
    Admission, BearerSource, Bearers, Body, BoxFuture, FORM_BYTES, Feature, Guard, Job, LIMIT_READ,
    LIMIT_TOKEN_READ, LIMIT_TOKEN_WRITE, LIMIT_WRITE, Limit, NavItem, NavPlace, Needs, NoSessions,
    Route, Run, SessionSource,
};
pub use form::{Choice, DayError, FieldError, Form, read_day};
pub use front::front;
pub use hold::Typed;
pub use house::{County, House, HouseConfig};
pub use limits::{GUESSES, LimitsMode};
pub use live::Live;
pub use metrics::Metrics;
pub use own::{feature, way_back};
pub use page::{
    LanguageLink, NavGroup, NavLink, Page, PageUser, PublicLink, client_page,
    client_page_with_status, go_to, page, page_with_status, tel,
};
pub use posted::{Posted, Upload};
pub use secrets::Secrets;
pub use texts::{Arg, MessageSet, Messages, MessagesError, Texts};
pub use token::TOKEN_FIELD;
pub use visit::{Session, Visit, address_of, cookie, language_of};

/// Messages that every room may use: buttons, errors, languages, navigation groups.
pub const COMMON_MESSAGES: MessageSet = messages!();
