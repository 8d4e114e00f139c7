//! The state that every handler shares.

use std::{
    any::Any,
    collections::{HashMap, HashSet},
    ops::Deref,
    sync::Arc,
};

use axum::http::{HeaderName, Method};
use kernel::{
    chance::Chance,
    clock::Clock,
    language::Language,
    time::{Timestamp, day},
};
use store::Store;
use tokio::sync::Semaphore;

use crate::{
    Feature, Live, Messages, NavItem, Secrets, SessionSource, Texts,
    body::BodyRoom,
    limits::{Limits, LimitsMode},
    metrics::Metrics,
    openapi::{self, Teller},
    texts::MessagesError,
};

/// What the pages say about the county.
#[derive(Debug, Clone, Default)]
pub struct County {
    /// Number of the wellbeing services county, for example "15".
    pub code: String,
    pub name_fi: String,
    pub name_sv: String,
    pub name_en: String,
    /// Advice by phone, as written for people: "014 000 0100".
    pub advice_phone: String,
    /// When advice answers, by language of the page: "ma–pe klo 9–15".
    pub advice_hours_fi: String,
    pub advice_hours_sv: String,
    pub advice_hours_en: String,
    /// Social emergency service (sosiaalipäivystys), always open.
    pub emergency_phone: String,
    /// Where feedback on accessibility is sent; empty when the county has not told.
    pub accessibility_email: String,
    /// Where everybody reaches the house: "https://noste.example.fi", without a slash at the end; empty when it is not known.
    pub public_address: String,
}

impl County {
    /// The county's name in the reader's language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Fi | Language::Easy => &self.name_fi,
            Language::Sv => &self.name_sv,
            Language::En => &self.name_en,
        }
    }

    /// A path of the house as a whole address, for what is read elsewhere: print, open data, a link in a letter. The path
    /// alone while the house does not know where it is reached.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_address)
    }

    /// The hours of phone advice in the reader's language.
    pub fn advice_hours(&self, language: Language) -> &str {
        match language {
            Language::Fi | Language::Easy => &self.advice_hours_fi,
            Language::Sv => &self.advice_hours_sv,
            Language::En => &self.advice_hours_en,
        }
    }
}

/// Requests of the public worked on at once. The others wait their turn, so that a crowd at the public pages takes neither
/// the processor nor the writer's queue from those who work; a request takes some milliseconds.
const MOST_GUESTS: usize = 32;

/// What a house is made of.
pub struct HouseConfig {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    /// Root secret, kept outside the database.
    pub secrets: Secrets,
    pub county: County,
    /// A demonstration with artificial people: says so on every page.
    pub demo: bool,
    /// Served over https: turns on HSTS and `Secure` cookies.
    pub https: bool,
    /// Name of the header in which a trusted proxy tells the client's address (its last value counts).
    pub trusted_proxy_header: Option<HeaderName>,
    pub limits: LimitsMode,
    pub sessions: Arc<dyn SessionSource>,
    /// Values of the features' own, one for each type; see [`House::extra`].
    pub extras: Vec<Arc<dyn Any + Send + Sync>>,
}

/// The parts of a [`House`].
pub struct Parts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub messages: Arc<Messages>,
    pub secrets: Secrets,
    pub county: County,
    pub demo: bool,
    pub https: bool,
    pub live: Live,
    pub(crate) trusted_proxy_header: Option<HeaderName>,
    pub(crate) limits: Limits,
    pub metrics: Metrics,
    /// Room for bodies in memory.
    pub(crate) bodies: BodyRoom,
    /// Requests of people without a session that are worked on at once; see `door`.
    pub(crate) guests: Semaphore,
    pub(crate) sessions: Arc<dyn SessionSource>,
    pub(crate) nav: Vec<NavItem>,
    /// Paths of all pages, as the routes have them.
    pub(crate) pages: Arc<HashSet<String>>,
    /// What the features' routes tell of the interface for programs.
    pub(crate) told: Vec<Teller>,
    extras: HashMap<std::any::TypeId, Arc<dyn Any + Send + Sync>>,
}

/// The state that every handler takes: `State(house): State<House>`. Cheap to clone.
#[derive(Clone)]
pub struct House(Arc<Parts>);

impl Deref for House {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for House {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "House({})", self.county.code)
    }
}

impl House {
    /// A house of these parts with the messages and navigation of `features`.
    ///
    /// # Errors
    /// Messages that do not parse or claim one key twice.
    pub fn new(config: HouseConfig, features: &[Feature]) -> Result<Self, MessagesError> {
        let sets: Vec<_> = features.iter().map(|feature| feature.messages).collect();
        let mut nav: Vec<NavItem> = features
            .iter()
            .flat_map(|feature| feature.nav.iter().copied())
            .collect();
        nav.sort_by_key(|item| (item.group, item.order));
        let pages = features
            .iter()
            .flat_map(|feature| &feature.routes)
            .filter(|route| route.method == Method::GET)
            .map(|route| route.path.to_string())
            .collect();
        Ok(Self(Arc::new(Parts {
            messages: Arc::new(Messages::collect(&sets)?),
            limits: Limits::new(&config.secrets, config.limits),
            metrics: Metrics::default(),
            bodies: BodyRoom::default(),
            guests: Semaphore::new(MOST_GUESTS),
            live: Live::default(),
            extras: config
                .extras
                .into_iter()
                .map(|extra| (extra.as_ref().type_id(), extra))
                .collect(),
            nav,
            pages: Arc::new(pages),
            told: openapi::tellers(features),
            store: config.store,
            clock: config.clock,
            chance: config.chance,
            secrets: config.secrets,
            county: config.county,
            demo: config.demo,
            https: config.https,
            trusted_proxy_header: config.trusted_proxy_header,
            sessions: config.sessions,
        })))
    }

    /// Whether some feature of the house has a page at this path, written as its route has it ("/desk", "/{lang}/havainto"):
    /// a county may leave rooms out, and no link leads to where nothing is.
    pub fn has(&self, path: &str) -> bool {
        self.pages.contains(path)
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The present day in Finland.
    pub fn today(&self) -> kernel::time::Date {
        day(self.now())
    }

    /// The messages in a language.
    pub fn texts(&self, language: Language) -> Texts {
        Texts::new(Arc::clone(&self.messages), language)
    }

    /// A feature's own shared value, put in by `app`.
    pub fn extra<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.extras
            .get(&std::any::TypeId::of::<T>())
            .cloned()
            .and_then(|extra| extra.downcast().ok())
    }
}
