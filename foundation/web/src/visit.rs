//! Who is reading, in which language, from which address.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use kernel::language::Language;

use crate::{House, NavCount, Page, Texts, counts, page::PageUser, token};

/// Cookie of the language chosen on worker pages.
pub(crate) const LANGUAGE_COOKIE: &str = "noste_language";
/// Cookie that turns single-key shortcuts off.
pub(crate) const KEYS_COOKIE: &str = "noste_keys";

/// A signed-in person, as far as the pages need to know. `identity` makes it.
#[derive(Debug, Clone)]
pub struct Session {
    /// Secret of the session (a digest of its cookie): form tokens are bound to it. Never shown.
    pub key: [u8; 32],
    /// The staff member's id: owner of drafts, actor in the log.
    pub owner: [u8; 16],
    pub name: String,
    /// Message key of the title ("neuvonnan sosiaaliohjaaja").
    pub title_key: String,
}

/// The reader of a page. Extract it in every handler that shows one: `visit: Visit`.
#[derive(Clone)]
pub struct Visit {
    pub house: House,
    pub language: Language,
    /// Path of the request, without query.
    pub path: String,
    pub session: Option<Arc<Session>>,
    /// Keyed hash of the client's address, for limits and spam guard. Not an address, and other in every house.
    pub client: u64,
    keys: bool,
    counts: Vec<NavCount>,
}

impl std::fmt::Debug for Visit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Visit({}, {})", self.path, self.language.code())
    }
}

impl Visit {
    /// The messages in the reader's language.
    pub fn t(&self) -> Texts {
        self.house.texts(self.language)
    }

    /// The frame of a page whose title is the message of `title_key`.
    pub fn page(&self, title_key: &str) -> Page {
        self.page_titled(self.t().get(title_key))
    }

    /// The frame of a page with a ready title.
    pub fn page_titled(&self, title: String) -> Page {
        let now = self.house.now();
        let (secrets, chance) = (&self.house.secrets, self.house.chance.as_ref());
        let csrf = match &self.session {
            Some(session) => token::issue_for(secrets, chance, now, &session.key, session.owner),
            None => token::issue(secrets, chance, now, &[]),
        };
        let t = self.t();
        let user = self.session.as_ref().map(|session| PageUser {
            name: session.name.clone(),
            title: t.get(&session.title_key),
        });
        Page::new(
            &self.house,
            t,
            title,
            csrf,
            user,
            self.path.clone(),
            now,
            self.keys,
        )
        .with_nav(&self.house, self.session.as_deref())
        .with_counts(&self.counts)
    }

    pub(crate) fn from_parts(house: &House, parts: &Parts) -> Self {
        Self {
            language: language_of(parts.uri.path(), &parts.headers),
            path: parts.uri.path().to_owned(),
            session: parts.extensions.get::<Arc<Session>>().cloned(),
            client: client_of(
                house,
                &parts.headers,
                parts.extensions.get::<ConnectInfo<SocketAddr>>(),
            ),
            keys: cookie(&parts.headers, KEYS_COOKIE) != Some("off"),
            counts: Vec::new(),
            house: house.clone(),
        }
    }
}

impl FromRequestParts<House> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Infallible> {
        let mut visit = Self::from_parts(house, parts);
        if visit.session.is_some() {
            visit.counts = counts::of(house, parts).await;
        }
        Ok(visit)
    }
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The language of the path; else the chosen one; else the browser's wish; else Finnish.
pub fn language_of(path: &str, headers: &HeaderMap) -> Language {
    let first = path.split('/').nth(1).unwrap_or_default();
    Language::from_code(first)
        .or_else(|| worker_language(cookie(headers, LANGUAGE_COOKIE)?))
        .or_else(|| wished_language(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?))
        .unwrap_or_default()
}

/// A language that worker pages speak.
pub(crate) fn worker_language(code: &str) -> Option<Language> {
    Language::from_code(code).filter(|language| *language != Language::Easy)
}

/// The first language of the list that we speak; browsers list the dearest first.
fn wished_language(list: &str) -> Option<Language> {
    list.split(',').find_map(|entry| {
        let tag = entry.split(';').next()?.trim();
        worker_language(tag.split('-').next()?.to_ascii_lowercase().as_str())
    })
}

/// The client's address as the trusted proxy tells it, else as the connection does.
pub fn address_of(house: &House, parts: &Parts) -> Option<IpAddr> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    match told_address(house, &parts.headers) {
        Some(told) => told.parse().ok(),
        None => peer.map(|ConnectInfo(peer)| peer.ip()),
    }
}

/// What the trusted proxy says of the client's address.
fn told_address<'h>(house: &House, headers: &'h HeaderMap) -> Option<&'h str> {
    house
        .trusted_proxy_header
        .as_ref()
        .and_then(|name| headers.get_all(name).iter().next_back())
        .and_then(|value| value.to_str().ok())
        // The proxy adds the address it saw to the end; what stands before it the client may have written itself.
        .and_then(|value| value.rsplit(',').next())
        .map(str::trim)
}

fn client_of(house: &House, headers: &HeaderMap, peer: Option<&ConnectInfo<SocketAddr>>) -> u64 {
    let place = match (told_address(house, headers), peer) {
        // Some proxies tell the port too, or brackets: what is no plain address counts as it is written.
        (Some(told), _) => told
            .parse()
            .map_or_else(|_| told.to_owned(), |address: IpAddr| network_of(address)),
        (None, Some(ConnectInfo(peer))) => network_of(peer.ip()),
        (None, None) => String::new(),
    };
    house.limits.client(place.as_bytes())
}

/// What counts as one client: an address of version 4, and of version 6 the network of 64 bits, within which one
/// subscriber chooses addresses freely (RFC 4291, section 2.5.1; RFC 8981).
fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = address.to_bits() >> 64 << 64;
            format!("{}/64", std::net::Ipv6Addr::from_bits(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str, wish: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, wish.parse().unwrap());
        headers
    }

    #[test]
    fn the_address_then_the_choice_then_the_wish() {
        let said = headers("a=b; noste_language=sv", "en-GB, fi");
        assert_eq!(language_of("/easy/yhteydenotto", &said), Language::Easy);
        assert_eq!(language_of("/contacts", &said), Language::Sv);
        assert_eq!(
            language_of("/contacts", &headers("", "de-DE, en-GB;q=0.8")),
            Language::En
        );
        assert_eq!(
            language_of("/contacts", &headers("noste_language=easy", "de")),
            Language::Fi
        );
        assert_eq!(
            language_of("", &headers("noste_language=xx", ";;,,")),
            Language::Fi
        );
        assert_eq!(language_of("/finland", &HeaderMap::new()), Language::Fi);
    }

    #[test]
    fn one_subscriber_is_one_client() {
        let network = |text: &str| network_of(text.parse().unwrap());
        let first = network("2001:db8:7:1::1");
        assert_eq!(first, network("2001:db8:7:1:ffff:abcd:1:2"));
        assert_ne!(first, network("2001:db8:7:2::1"));
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
        assert_ne!(network("192.0.2.7"), network("192.0.2.8"));
    }

    #[test]
    fn cookies_are_found_among_others() {
        let headers = headers("one=1;two=2; three=a=b", "");
        assert_eq!(cookie(&headers, "two"), Some("2"));
        assert_eq!(cookie(&headers, "three"), Some("a=b"));
        assert_eq!(cookie(&headers, "tw"), None);
    }
}
