//! The frame around every page, and the two ways to send one.

use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use kernel::{language::Language, time::Timestamp};
use store::Logged;

use crate::{Failure, House, NavCount, NavPlace, Session, Texts, assets};

/// The signed-in person in the top bar.
#[derive(Debug, Clone)]
pub struct PageUser {
    pub name: String,
    pub title: String,
}

/// Where the room of clients takes the search of the top bar (field `q`).
const SEARCH: &str = "/clients/search";
/// Where the room of notes begins a new one.
const NOTE: &str = "/notes/new";
/// Links of the navigation that a key opens from any page: an observation is written down where it comes to mind.
const KEYS: [(&str, &str); 1] = [("/observations/new", "H")];

/// A group of the worker's navigation.
#[derive(Debug, Clone)]
pub struct NavGroup {
    pub heading: String,
    pub links: Vec<NavLink>,
}

impl NavGroup {
    /// Whether some of its links stand in the menu of a phone.
    pub fn has_more(&self) -> bool {
        self.links.iter().any(|link| !link.in_row)
    }
}

/// A link of the worker's navigation.
#[derive(Debug, Clone)]
pub struct NavLink {
    pub label: String,
    pub href: &'static str,
    pub main: bool,
    /// On a phone it stands in the one row under the search; the others are in the menu beside it.
    pub in_row: bool,
    pub current: bool,
    /// Number beside the label, empty for none.
    pub count: String,
    /// The number in words for a screen reader: "14 avoinna".
    pub count_words: String,
    /// The number counts late things.
    pub late: bool,
    /// The key that opens it from any page; empty for none.
    pub key: &'static str,
}

/// A link to the same page in another language.
#[derive(Debug, Clone)]
pub struct LanguageLink {
    pub code: &'static str,
    /// Language tag of the name.
    pub tag: &'static str,
    pub name: &'static str,
    pub href: String,
    pub current: bool,
}

/// What the base templates need. Every page template has a field `page: Page`.
#[derive(Debug, Clone)]
pub struct Page {
    pub t: Texts,
    pub language: Language,
    /// For `<html lang>`.
    pub lang: &'static str,
    pub title: String,
    /// Token for forms; the macros `c::form` and `c::token` write it.
    pub csrf: String,
    pub user: Option<PageUser>,
    pub nav: Vec<NavGroup>,
    /// Path of the request.
    pub path: String,
    pub languages: Vec<LanguageLink>,
    pub county_name: String,
    pub advice_phone: String,
    pub advice_hours: String,
    pub emergency_phone: String,
    pub demo: bool,
    pub now: Timestamp,
    /// Single-key shortcuts are on.
    pub keys: bool,
    /// Where the search of the top bar is posted; empty when the reader may not search or the house has no clients.
    pub search: &'static str,
    /// Where a new note begins from this page; empty when the reader writes none.
    pub note: String,
    /// What the county offers to everybody: on public front pages.
    pub offers: Vec<PublicLink>,
    pages: Arc<HashSet<String>>,
}

/// Something that the county offers to everybody.
#[derive(Debug, Clone)]
pub struct PublicLink {
    pub href: String,
    pub label: String,
    /// What it is for, in a sentence.
    pub words: String,
}

impl Page {
    #[expect(
        clippy::too_many_arguments,
        reason = "called from one place, with everything a visit knows"
    )]
    pub(crate) fn new(
        house: &House,
        t: Texts,
        title: String,
        csrf: String,
        user: Option<PageUser>,
        path: String,
        now: Timestamp,
        keys: bool,
    ) -> Self {
        let language = t.language();
        Self {
            language,
            lang: language.tag(),
            title,
            csrf,
            user,
            nav: Vec::new(),
            languages: language_links(&path, language),
            path,
            county_name: house.county.name(language).to_owned(),
            advice_phone: house.county.advice_phone.clone(),
            advice_hours: house.county.advice_hours(language).to_owned(),
            emergency_phone: house.county.emergency_phone.clone(),
            demo: house.demo,
            now,
            keys,
            search: "",
            note: String::new(),
            offers: offers(house, &t),
            pages: Arc::clone(&house.pages),
            t,
        }
    }

    /// Whether the house has a page at this path, written as its route has it: see [`House::has`].
    pub fn has(&self, path: &str) -> bool {
        self.pages.contains(path)
    }

    pub(crate) fn with_nav(mut self, house: &House, session: Option<&Session>) -> Self {
        let Some(session) = session else { return self };
        let has_clients = house.nav.iter().any(|item| item.href == "/clients");
        if has_clients && house.sessions.may(house, session, "person", "search") {
            self.search = SEARCH;
        }
        let has_notes = house.nav.iter().any(|item| item.href == "/notes");
        if has_notes && house.sessions.may(house, session, "note", "create") {
            self.note = note_from(&self.path);
        }
        // `/observations/new` is under `/observations` as well: the longest is where one is.
        let current = house
            .nav
            .iter()
            .map(|item| item.href)
            .filter(|href| is_under(&self.path, href))
            .max_by_key(|href| href.len());
        for place in [
            NavPlace::Own,
            NavPlace::Unit,
            NavPlace::Knowledge,
            NavPlace::Administration,
        ] {
            let links: Vec<NavLink> = house
                .nav
                .iter()
                .filter(|item| item.group == place)
                .filter(|item| {
                    item.right.is_none_or(|(class, action)| {
                        house.sessions.may(house, session, class, action)
                    })
                })
                .map(|item| NavLink {
                    label: self.t.get(item.label),
                    href: item.href,
                    main: item.main,
                    in_row: false,
                    current: current == Some(item.href),
                    count: String::new(),
                    count_words: String::new(),
                    late: false,
                    key: KEYS
                        .iter()
                        .find(|(href, _)| *href == item.href)
                        .map_or("", |(_, key)| key),
                })
                .collect();
            if !links.is_empty() {
                self.nav.push(NavGroup {
                    heading: self.t.get(nav_heading(place)),
                    links,
                });
            }
        }
        choose_row(&mut self.nav);
        self
    }

    /// Whether there is anything in the menu of a phone.
    pub fn has_menu(&self) -> bool {
        self.nav.iter().any(NavGroup::has_more)
    }

    /// Whether the page stands in the menu of a phone.
    pub fn is_in_menu(&self) -> bool {
        self.nav
            .iter()
            .flat_map(|group| &group.links)
            .any(|link| link.current && !link.in_row)
    }

    pub(crate) fn with_counts(mut self, counts: &[NavCount]) -> Self {
        for one in counts.iter().filter(|one| one.count > 0) {
            let words = self.t.with(one.words, &[("count", one.count.into())]);
            self = self.with_count(one.href, one.count, words, one.late);
        }
        self
    }

    /// Writes a number beside the navigation link to `href`; `words` say it to a screen reader ("14 avoinna").
    #[must_use]
    pub fn with_count(mut self, href: &str, count: i64, words: String, late: bool) -> Self {
        for link in self
            .nav
            .iter_mut()
            .flat_map(|group| &mut group.links)
            .filter(|link| link.href == href)
        {
            link.count = count.to_string();
            link.count_words.clone_from(&words);
            link.late = late;
        }
        self
    }

    /// The address of a file in `foundation/web/assets` or `vendor`, with its content hash.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// The path of a public page in the reader's language: `page.local("/yhteydenotto")` is `/sv/yhteydenotto`.
    pub fn local(&self, path: &str) -> String {
        // The public start page is `/fi`, without a slash after it.
        let path = if path == "/" { "" } else { path };
        format!("/{}{path}", self.language.code())
    }

    /// Easy Finnish is a draft until a person trained in it has checked it, and the pages say so.
    pub fn is_draft_language(&self) -> bool {
        self.language == Language::Easy
    }

    /// `tel:` address of a phone number written for people.
    pub fn tel(&self, phone: &str) -> String {
        tel(phone)
    }
}

/// The public pages that features put on the front page, in the reader's language.
fn offers(house: &House, t: &Texts) -> Vec<PublicLink> {
    house
        .nav
        .iter()
        .filter(|item| item.group == NavPlace::Public)
        .map(|item| PublicLink {
            href: format!("/{}{}", t.language().code(), item.href),
            label: t.get(item.label),
            words: t.get(&format!("{}-words", item.label)),
        })
        .collect()
}

/// `tel:` address of a phone number written for people.
pub fn tel(phone: &str) -> String {
    let digits: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    format!("tel:{digits}")
}

const fn nav_heading(place: NavPlace) -> &'static str {
    match place {
        NavPlace::Own => "nav-own",
        NavPlace::Unit => "nav-unit",
        NavPlace::Knowledge => "nav-knowledge",
        NavPlace::Administration | NavPlace::Public => "nav-administration",
    }
}

/// Links in a phone's row at most.
const ROW: usize = 3;
/// Letters in a phone's row at most: with the word of the menu they fit on 390 px.
const ROW_LETTERS: usize = 32;

/// Chooses what stands in a phone's row: the main links, and others while they fit.
fn choose_row(nav: &mut [NavGroup]) {
    let (mut links, mut letters) = (0, 0);
    for main in [true, false] {
        for link in nav.iter_mut().flat_map(|group| &mut group.links) {
            let long = link.label.chars().count();
            if link.main == main && links < ROW && letters + long <= ROW_LETTERS {
                link.in_row = true;
                links += 1;
                letters += long;
            }
        }
    }
}

/// `/queue` and `/queue/7` are under `/queue`; `/queues` is not.
fn is_under(path: &str, href: &str) -> bool {
    path.strip_prefix(href)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn language_links(path: &str, current: Language) -> Vec<LanguageLink> {
    let first = path.split('/').nth(1).unwrap_or_default();
    if Language::from_code(first).is_none() {
        return Vec::new();
    }
    let rest = &path[first.len() + 1..];
    [
        (Language::Fi, "Suomi"),
        (Language::Easy, "Selkosuomi"),
        (Language::Sv, "Svenska"),
        (Language::En, "English"),
    ]
    .into_iter()
    .map(|(language, name)| LanguageLink {
        code: language.code(),
        tag: language.tag(),
        name,
        href: format!("/{}{rest}", language.code()),
        current: language == current,
    })
    .collect()
}

/// Sends a page that holds no client data.
pub fn page(template: impl Template) -> Response {
    page_with_status(StatusCode::OK, template)
}

/// Sends a page that holds no client data with a status, for example 422 for a form to be corrected.
pub fn page_with_status(status: StatusCode, template: impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response(),
        Err(error) => Failure::from(error).into_response(),
    }
}

/// Sends a page with client data. Needs the proof that its log entry is committed (invariant I4).
pub fn client_page(template: impl Template, logged: Logged) -> Response {
    client_page_with_status(StatusCode::OK, template, logged)
}

/// Sends a page with client data and a status.
pub fn client_page_with_status(
    status: StatusCode,
    template: impl Template,
    _logged: Logged,
) -> Response {
    page_with_status(status, template)
}

/// Leads the browser on after a form was accepted (303).
pub fn go_to(path: &str) -> Response {
    axum::response::Redirect::to(path).into_response()
}

/// Where a new note begins: on a page of a client or a matter about that one, elsewhere one is asked whom it is about.
fn note_from(path: &str) -> String {
    let mut parts = path.trim_start_matches('/').split('/');
    let of = match (parts.next(), parts.next()) {
        (Some("clients"), Some(id)) => Some(("client", id)),
        (Some("matters"), Some(id)) => Some(("matter", id)),
        _ => None,
    };
    match of.filter(|(_, id)| id.len() == 36) {
        Some((what, id)) => format!("{NOTE}?{what}={id}"),
        None => NOTE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(links: &[(&str, bool)]) -> NavGroup {
        let links = links.iter().map(|(label, main)| NavLink {
            label: (*label).to_owned(),
            href: "/",
            main: *main,
            in_row: false,
            current: false,
            count: String::new(),
            count_words: String::new(),
            late: false,
            key: "",
        });
        NavGroup {
            heading: String::new(),
            links: links.collect(),
        }
    }

    fn row(mut nav: Vec<NavGroup>) -> Vec<String> {
        choose_row(&mut nav);
        nav.into_iter()
            .flat_map(|group| group.links)
            .filter(|link| link.in_row)
            .map(|link| link.label)
            .collect()
    }

    #[test]
    fn a_phones_row_has_the_main_links_first_and_no_more_than_fit() {
        let work = group(&[
            ("Työpöytä", true),
            ("Yhteydenotot", true),
            ("Neuvonta", false),
            ("Asiakkaat", true),
            ("Asiat", true),
        ]);
        assert_eq!(row(vec![work]), ["Työpöytä", "Yhteydenotot", "Asiakkaat"]);
        let administration = [
            group(&[("Omat esteet", false)]),
            group(&[
                ("Henkilöt", false),
                ("Delegointi ja päätösvalta", false),
                ("Tunnukset", false),
            ]),
        ];
        assert_eq!(
            row(administration.to_vec()),
            ["Omat esteet", "Henkilöt", "Tunnukset"]
        );
    }
}
