//! What a feature gives to the house, and how its routes are guarded.

use std::{borrow::Cow, future::Future, pin::Pin, sync::Arc};

use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};

use crate::{Check, Failure, House, MessageSet, Session, hold::Typed, openapi::Tell, token::Mark};

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Who may come to a route. The door checks this before the handler runs; the right to one contact or client is
/// checked again in the handler or the store, where the relation to it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Anybody.
    Public,
    /// Anybody who is signed in.
    SignedIn,
    /// Signed in, and some row of the rights table grants the action on the class (`access::rights`).
    Right {
        class: &'static str,
        action: &'static str,
    },
    /// A program with a token of this scope, when some row of the rights table grants the action on the class to the
    /// person it acts for. Cookies are not looked at. See [`Bearers`].
    Token {
        scope: &'static str,
        class: &'static str,
        action: &'static str,
    },
}

/// What a route's requests may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// No body is read (GET).
    None,
    /// A form of ours, at most so many bytes; its token is checked and the handler takes [`Posted`](crate::Posted).
    Form { most: usize },
    /// Anything, at most so many bytes, read by the handler. Only without cookies: for `Guard::Public` and
    /// `Guard::Token`.
    Raw { most: usize },
}

/// How often one client (a session, else an address) may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Routes with the same name share a bucket.
    pub name: &'static str,
    /// Requests at once.
    pub burst: u32,
    /// Requests in an hour, in the long run.
    pub per_hour: u32,
}

/// Reading pages.
pub const LIMIT_READ: Limit = Limit {
    name: "read",
    burst: 240,
    per_hour: 14_400,
};
/// Sending forms.
pub const LIMIT_WRITE: Limit = Limit {
    name: "write",
    burst: 60,
    per_hour: 3_600,
};

/// Reading by a program: many small questions, but no copying of the whole county.
pub const LIMIT_TOKEN_READ: Limit = Limit {
    name: "token-read",
    burst: 600,
    per_hour: 36_000,
};
/// Writing by a program.
pub const LIMIT_TOKEN_WRITE: Limit = Limit {
    name: "token-write",
    burst: 120,
    per_hour: 7_200,
};

/// Bytes of an ordinary form.
pub const FORM_BYTES: usize = 512 * 1024;

/// One address with its guard.
#[derive(Clone)]
pub struct Route {
    pub method: Method,
    /// Address with `{parameters}`. One that begins with `/{lang}` is served at `/fi`, `/sv`, `/en` and `/easy`.
    pub path: Cow<'static, str>,
    pub guard: Guard,
    pub body: Body,
    pub limit: Limit,
    pub handler: MethodRouter<House>,
    /// What the description of the interface for programs says of it; `None` for pages.
    pub told: Option<Tell>,
    /// The public page that takes the same form from anybody, where nothing may be kept of it; see [`Route::unkept`].
    pub unkept: Option<&'static str>,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {:?}", self.method, self.path, self.guard)
    }
}

impl Route {
    /// A page.
    pub fn get<H, T>(path: &'static str, guard: Guard, handler: H) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        let handler = on(MethodFilter::GET, handler);
        Self {
            method: Method::GET,
            path: path.into(),
            guard,
            body: Body::None,
            limit: LIMIT_READ,
            handler,
            told: None,
            unkept: None,
        }
    }

    /// A form's target.
    pub fn post<H, T>(path: &'static str, guard: Guard, handler: H) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        let body = Body::Form { most: FORM_BYTES };
        let handler = on(MethodFilter::POST, handler);
        Self {
            method: Method::POST,
            path: path.into(),
            guard,
            body,
            limit: LIMIT_WRITE,
            handler,
            told: None,
            unkept: None,
        }
    }

    /// A route for programs with a token, whose bodies have at most `most` bytes (0 for none).
    pub fn token<H, T>(
        method: Method,
        path: &'static str,
        guard: Guard,
        most: usize,
        handler: H,
    ) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        // Every method that has a name here has a filter.
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        let limit = if method.is_safe() {
            LIMIT_TOKEN_READ
        } else {
            LIMIT_TOKEN_WRITE
        };
        Self {
            method,
            path: path.into(),
            guard,
            body: Body::Raw { most },
            limit,
            handler: on(filter, handler),
            told: None,
            unkept: None,
        }
    }

    /// The same route, described to programs.
    #[must_use]
    pub const fn told(mut self, tell: Tell) -> Self {
        self.told = Some(tell);
        self
    }

    /// The same route for a form of which nothing may be kept that ties it to its sender (I11). One that comes after its
    /// session has ended is kept for nobody: its text stays in the answer alone, and may be sent again after signing in, or by
    /// anybody to `public`, the path of a public page ("/{lang}/...") that takes the same fields.
    #[must_use]
    pub const fn unkept(mut self, public: &'static str) -> Self {
        self.unkept = Some(public);
        self
    }

    /// The same route for forms of at most `most` bytes (attachments).
    #[must_use]
    pub const fn up_to(mut self, most: usize) -> Self {
        self.body = match self.body {
            Body::Form { .. } => Body::Form { most },
            Body::Raw { .. } | Body::None => Body::Raw { most },
        };
        self
    }

    /// The same route with a body that the handler reads itself; see [`Body::Raw`].
    #[must_use]
    pub const fn raw(mut self, most: usize) -> Self {
        self.body = Body::Raw { most };
        self
    }

    /// The same route with a limit of its own.
    #[must_use]
    pub const fn limit(mut self, limit: Limit) -> Self {
        self.limit = limit;
        self
    }
}

/// A place in the worker's navigation, or on the public front page.
#[derive(Debug, Clone, Copy)]
pub struct NavItem {
    pub group: NavPlace,
    /// Smaller comes first; leave gaps.
    pub order: u16,
    /// Message key.
    pub label: &'static str,
    pub href: &'static str,
    /// On a phone only the main ones are seen without opening the menu (at most three in the house).
    pub main: bool,
    /// Who sees it: class and action of the rights table; `None` for everybody signed in.
    pub right: Option<(&'static str, &'static str)>,
}

/// Groups of the navigation, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NavPlace {
    /// "Oma työ"
    Own,
    /// "Yksikkö"
    Unit,
    /// "Tieto"
    Knowledge,
    /// "Hallinta"
    Administration,
    /// The public front page: `href` is without its language, and the message `label` with `-words` at its end says more.
    /// Public pages have no right.
    Public,
}

/// What a job does, given the house and its queued payload (empty when run by the clock).
pub type Run = dyn Fn(House, String) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync;

/// Work that runs outside requests. `run` must be safe to repeat.
#[derive(Clone)]
pub struct Job {
    /// Name in the job queue, for example `intake.return_unanswered`.
    pub kind: &'static str,
    /// Run by the clock so often; `None` when it runs only from the queue.
    pub every: Option<std::time::Duration>,
    pub run: Arc<Run>,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Job({})", self.kind)
    }
}

impl Job {
    /// A job that runs `every` so often (or only from the queue); the second argument is the queued payload, or empty.
    pub fn new<F, R>(kind: &'static str, every: Option<std::time::Duration>, run: F) -> Self
    where
        F: Fn(House, String) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        Self {
            kind,
            every,
            run: Arc::new(move |house, payload| Box::pin(run(house, payload))),
        }
    }
}

/// Everything one feature brings. `app` collects these; there is no central list of routes, messages or rights.
#[derive(Debug)]
pub struct Feature {
    pub name: &'static str,
    pub routes: Vec<Route>,
    pub migrations: &'static [store::Migration],
    pub nav: Vec<NavItem>,
    pub jobs: Vec<Job>,
    pub messages: MessageSet,
    /// Codes of the log entries this feature writes.
    pub events: &'static [&'static str],
    /// What `noste verify` looks at in this feature's rows.
    pub checks: &'static [Check],
}

/// Tells who is behind a request. `identity` gives this to the house.
pub trait SessionSource: Send + Sync {
    /// The session of the request, `None` when nobody is signed in. May put values of its own into
    /// `parts.extensions` for its extractors.
    fn load<'a>(
        &'a self,
        house: &'a House,
        parts: &'a mut axum::http::request::Parts,
    ) -> BoxFuture<'a, Result<Option<Session>, Failure>>;

    /// Keeps a form for the person whose mark it carries, and gives the path where that person finds it again;
    /// `None` when nothing is kept here, as in tests of single rooms.
    fn hold<'a>(
        &'a self,
        _house: &'a House,
        _mark: Mark,
        _typed: Typed,
    ) -> BoxFuture<'a, Result<Option<String>, Failure>> {
        Box::pin(async { Ok(None) })
    }

    /// Whether any row of the rights table could grant the action on the class to this session.
    fn may(&self, house: &House, session: &Session, class: &str, action: &str) -> bool;
}

/// What the door thinks of a program's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// No token, or one that opens nothing now.
    Unknown,
    /// A token without the scope, or of a person without the right.
    Narrow,
    /// Let in; the key is the token's own, for limits, and shown nowhere.
    Open { key: [u8; 32] },
}

/// Tells which program is behind a request.
pub trait BearerSource: Send + Sync {
    /// Looks at the request's token for a route with the given needs. Puts values of its own into
    /// `parts.extensions` for its extractors.
    fn admit<'a>(
        &'a self,
        house: &'a House,
        parts: &'a mut axum::http::request::Parts,
        needs: Needs,
    ) -> BoxFuture<'a, Result<Admission, Failure>>;
}

/// What [`Guard::Token`] asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    pub scope: &'static str,
    pub class: &'static str,
    pub action: &'static str,
}

/// The house's extra that knows tokens. A house without it lets no program in.
pub struct Bearers(pub Arc<dyn BearerSource>);

/// A house where nobody can sign in: for tests of public pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSessions;

impl SessionSource for NoSessions {
    fn load<'a>(
        &'a self,
        _: &'a House,
        _: &'a mut axum::http::request::Parts,
    ) -> BoxFuture<'a, Result<Option<Session>, Failure>> {
        Box::pin(async { Ok(None) })
    }

    fn may(&self, _: &House, _: &Session, _: &str, _: &str) -> bool {
        false
    }
}
