//! The door of a route: session, right, limit, origin, body and token, in this order, before the handler runs.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use crate::{
    Failure, Guard, House, Posted, Route, TOKEN_FIELD, Visit,
    body::{self, Fault},
    feature::{Admission, Bearers, Body, FORM_BYTES, Limit, Needs},
    hold::{self, Why},
    limits::GUESSES,
    pages::ResendPage,
    posted::Unreadable,
    problem::{self, Problem, kind},
    token,
};
use axum::{
    body::{Body as HttpBody, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Longest time of a handler; forms with attachments on a slow connection get more.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_UPLOAD: Duration = Duration::from_secs(120);

/// What the door knows of its route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    guard: Guard,
    body: Body,
    limit: Limit,
    unkept: Option<&'static str>,
}

impl From<&Route> for Rule {
    fn from(route: &Route) -> Self {
        Self {
            guard: route.guard,
            body: route.body,
            limit: route.limit,
            unkept: route.unkept,
        }
    }
}

pub(crate) async fn door(
    State((house, rule)): State<(House, Rule)>,
    request: Request,
    next: Next,
) -> Response {
    let patience = match rule.body {
        Body::Form { most } | Body::Raw { most } if most > FORM_BYTES => PATIENCE_UPLOAD,
        _ => PATIENCE,
    };
    let typed = Typed::default();
    let answer = tokio::time::timeout(patience, pass(house, rule, request, next, &typed)).await;
    let response = match answer {
        Ok(Ok(response) | Err(response)) => response,
        Err(_) => Failure::Late.into_response(),
    };
    typed.with(response)
}

/// The form on its way, so that what was typed comes back when the house cannot take it at present.
#[derive(Default)]
struct Typed(Mutex<Option<Box<(Visit, Posted)>>>);

impl Typed {
    fn keep(&self, visit: &Visit, posted: &Posted) {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *place = Some(Box::new((visit.clone(), posted.clone())));
    }

    /// The answer, or, when it says that the house cannot do it now, a page with the form to be sent again.
    fn with(self, response: Response) -> Response {
        let kept = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        match (kept, response.extensions().get::<Failure>()) {
            (Some(kept), Some(failure)) if failure.passes() => {
                ResendPage::later(&kept.0, &kept.1, failure)
            }
            _ => response,
        }
    }
}

/// `Err` holds an answer given at the door.
async fn pass(
    house: House,
    rule: Rule,
    request: Request,
    next: Next,
    typed: &Typed,
) -> Result<Response, Response> {
    let (mut parts, body) = request.into_parts();
    if !matches!(rule.body, Body::Raw { .. }) {
        let session = match house.sessions.load(&house, &mut parts).await {
            Ok(session) => session,
            Err(failure) => {
                return Err(who_knows(&house, rule, &parts, body, failure, typed).await);
            }
        };
        if let Some(session) = session {
            parts.extensions.insert(Arc::new(session));
        }
    }
    let program = program(&house, rule, &mut parts).await?;
    let visit = Visit::from_parts(&house, &parts);
    let allowed = admit(&house, rule, &visit);
    limit(&house, rule, &visit, program).map_err(Failure::into_response)?;
    // Held until the handler has ended, for so long is the body in memory.
    let mut held = None;
    let mut sent = None;
    if is_packed(&parts.headers) && !matches!(rule.body, Body::None) {
        return Err(Failure::Packed.into_response());
    }
    let body = match rule.body {
        Body::None => {
            allowed.map_err(Failure::into_response)?;
            HttpBody::empty()
        }
        Body::Raw { most } => {
            allowed.map_err(Failure::into_response)?;
            if most == 0 {
                HttpBody::empty()
            } else {
                let (bytes, room) = body::read(body, most, &house.bodies)
                    .await
                    .map_err(unread)?;
                held = Some(room);
                HttpBody::from(bytes)
            }
        }
        Body::Form { most } => {
            worth_reading(&parts.headers, &allowed).map_err(Failure::into_response)?;
            let (bytes, room) = body::read(body, most, &house.bodies)
                .await
                .map_err(unread)?;
            held = Some(room);
            let posted = read_form(&house, rule, &visit, &parts, bytes, allowed).await?;
            if !wants_no_page(&parts.headers) {
                typed.keep(&visit, &posted);
            }
            let kept = visit.session.is_some() && rule.unkept.is_none();
            sent = kept.then(|| posted.clone());
            parts.extensions.insert(posted);
            HttpBody::empty()
        }
    };
    let script = wants_no_page(&parts.headers);
    // Taken after the body has come: who sends slowly holds up nobody.
    let turn = match visit.session.is_none() && program.is_none() {
        true => house.guests.acquire().await.ok(),
        false => None,
    };
    let response = next.run(Request::from_parts(parts, body)).await;
    drop((held, turn));
    match sent {
        Some(posted) if !script && wants_proof(&response) => hold::confirm(&house, &visit, &posted)
            .await
            .map_err(Failure::into_response),
        _ => Ok(response),
    }
}

/// Who is at the screen cannot be found out at present. A form of our own page is read all the same, so that it comes back to
/// whoever has sent it; nothing else is done with it.
async fn who_knows(
    house: &House,
    rule: Rule,
    parts: &Parts,
    body: HttpBody,
    failure: Failure,
    typed: &Typed,
) -> Response {
    if let Body::Form { most } = rule.body
        && failure.passes()
        && origin(&parts.headers) == Origin::Own
        && !wants_no_page(&parts.headers)
        && !is_packed(&parts.headers)
        && let Ok((bytes, _room)) = body::read(body, most, &house.bodies).await
        && let Ok(posted) = Posted::read(content_type(&parts.headers), bytes).await
    {
        typed.keep(&Visit::from_parts(house, parts), &posted);
    }
    failure.into_response()
}

fn content_type(headers: &HeaderMap) -> &str {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The handler asks who is at the screen before it does what the form wants.
fn wants_proof(response: &Response) -> bool {
    response.extensions().get::<Failure>() == Some(&Failure::Confirm)
}

fn admit(house: &House, rule: Rule, visit: &Visit) -> Result<(), Failure> {
    match (rule.guard, visit.session.as_deref()) {
        // Programs were let in, or not, by `program`.
        (Guard::Public | Guard::Token { .. }, _) | (Guard::SignedIn, Some(_)) => Ok(()),
        (Guard::SignedIn | Guard::Right { .. }, None) => Err(Failure::SignedOut),
        (Guard::Right { class, action }, Some(session)) => {
            if house.sessions.may(house, session, class, action) {
                Ok(())
            } else {
                Err(Failure::Forbidden)
            }
        }
    }
}

/// Tokens that open nothing, tried from one address: far under what guessing would need, far over what a mistake in
/// a program's settings makes in an hour.
const STRANGE_TOKENS: Limit = Limit {
    name: "strange-token",
    burst: 60,
    per_hour: 600,
};

/// Lets a program in by its token and gives the token's key; `None` where no token is needed.
async fn program(
    house: &House,
    rule: Rule,
    parts: &mut Parts,
) -> Result<Option<[u8; 32]>, Response> {
    let Guard::Token {
        scope,
        class,
        action,
    } = rule.guard
    else {
        return Ok(None);
    };
    let needs = Needs {
        scope,
        class,
        action,
    };
    let admission = match house.extra::<Bearers>() {
        Some(bearers) => bearers.0.admit(house, parts, needs).await,
        None => Ok(Admission::Unknown),
    };
    match admission.map_err(Failure::into_response)? {
        Admission::Open { key } => Ok(Some(key)),
        Admission::Narrow => Err(narrow(scope)),
        Admission::Unknown => {
            let visit = Visit::from_parts(house, parts);
            house
                .limits
                .take(&STRANGE_TOKENS, visit.client, house.now())
                .map_err(|seconds| Failure::TooMany { seconds }.into_response())?;
            Err(
                problem::unknown_token(parts.headers.contains_key(header::AUTHORIZATION))
                    .into_response(),
            )
        }
    }
}

fn narrow(scope: &'static str) -> Response {
    let how = format!("Bearer realm=\"noste\", error=\"insufficient_scope\", scope=\"{scope}\"");
    let problem = Problem::new(
        StatusCode::FORBIDDEN,
        kind::RIGHT,
        "The token lacks the scope, or the person it acts for lacks the right.",
    );
    match HeaderValue::try_from(how) {
        Ok(how) => problem.with(header::WWW_AUTHENTICATE, how),
        Err(_) => problem,
    }
    .into_response()
}

fn limit(
    house: &House,
    rule: Rule,
    visit: &Visit,
    program: Option<[u8; 32]>,
) -> Result<(), Failure> {
    // A whole office may share one address, so somebody signed in has buckets of their own.
    // Guesses are counted by address all the same: new sessions must not bring new guesses.
    let client = match (&visit.session, program) {
        (Some(session), _) if rule.limit.name != GUESSES => house.limits.client(&session.key),
        (_, Some(key)) => house.limits.client(&key),
        _ => visit.client,
    };
    house
        .limits
        .take(&rule.limit, client, house.now())
        .map_err(|seconds| Failure::TooMany { seconds })
}

/// Refuses what its headers alone condemn, before a byte of the body is read. Somebody signed out may still get the
/// form back, see [`read_form`].
fn worth_reading(headers: &HeaderMap, allowed: &Result<(), Failure>) -> Result<(), Failure> {
    if origin(headers) == Origin::Foreign {
        return Err(Failure::ForeignForm);
    }
    match allowed {
        Ok(()) | Err(Failure::SignedOut) => Ok(()),
        Err(failure) => Err(failure.clone()),
    }
}

/// Whether a body says that it is packed. Nothing here unpacks, so there is nothing to swell.
fn is_packed(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .any(|how| !how.as_bytes().eq_ignore_ascii_case(b"identity"))
}

fn unread(fault: Fault) -> Response {
    match fault {
        Fault::TooLarge => Failure::TooLarge,
        Fault::Full => Failure::Busy,
        Fault::Broken => Failure::BadRequest,
    }
    .into_response()
}

/// Reads a form that is worth reading and checks its token. A form of ours whose token or session has ended comes
/// back to its sender with everything typed in it, ready to be sent again.
async fn read_form(
    house: &House,
    rule: Rule,
    visit: &Visit,
    parts: &Parts,
    bytes: Bytes,
    allowed: Result<(), Failure>,
) -> Result<Posted, Response> {
    let origin = origin(&parts.headers);
    let mut posted = Posted::read(content_type(&parts.headers), bytes)
        .await
        .map_err(|reason| match reason {
            Unreadable::TooMuch => Failure::TooLarge.into_response(),
            Unreadable::Type | Unreadable::Broken => Failure::BadRequest.into_response(),
        })?;
    let bound_to: &[u8] = visit.session.as_ref().map_or(&[], |session| &session.key);
    let issued = token::check(
        &house.secrets,
        house.now(),
        posted.value(TOKEN_FIELD),
        bound_to,
    );
    match (allowed, issued, origin) {
        (Ok(()), Some(issued), _) => {
            posted.issued = Some(issued);
            Ok(posted)
        }
        // Scripts read the status; a page for people would be lost on them.
        (Err(failure), _, _) if wants_no_page(&parts.headers) => Err(failure.into_response()),
        (Err(_), _, Origin::Own) => {
            Err(too_late(house, rule, visit, &posted, Why::SignedOut).await)
        }
        (Ok(()), None, Origin::Own) if !wants_no_page(&parts.headers) => {
            Err(too_late(house, rule, visit, &posted, Why::Others).await)
        }
        (Err(failure), _, _) => Err(failure.into_response()),
        (Ok(()), None, _) => Err(Failure::ForeignForm.into_response()),
    }
}

/// A form of ours whose session or token has ended. What is a signed-in person's is kept for that person; it comes
/// back at once only to herself, and on public pages, where it is nobody's.
async fn too_late(house: &House, rule: Rule, visit: &Visit, posted: &Posted, why: Why) -> Response {
    let mark = token::mark(&house.secrets, house.now(), posted.value(TOKEN_FIELD));
    let own = match (&mark, &visit.session) {
        (Some(mark), Some(session)) => mark.is_of(&house.secrets, session.owner),
        _ => false,
    };
    if let Some(public) = rule.unkept {
        // Who had the page open is not looked at further: a stranger's form is not sent in the name of whoever is here now.
        let others = why == Why::Others && mark.is_some() && !own;
        return ResendPage::unkept(visit, posted, public, why == Why::SignedOut, others);
    }
    let held = match mark {
        Some(_) if !own => hold::hold(house, visit, posted, why).await,
        _ => Ok(None),
    };
    match held {
        Ok(Some(page)) => page,
        Ok(None) => ResendPage::response(visit, posted, why == Why::SignedOut),
        Err(failure) => failure.into_response(),
    }
}

/// Where a form was sent from, as the browser tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Own,
    Foreign,
    /// An old browser or a program: the token alone decides.
    Untold,
}

fn origin(headers: &HeaderMap) -> Origin {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    match site {
        Some("same-origin") => return Origin::Own,
        Some("none") => return Origin::Untold,
        Some(_) => return Origin::Foreign,
        None => {}
    }
    let Some(origin) = text(header::ORIGIN) else {
        return Origin::Untold;
    };
    let host = origin.split_once("://").map(|(_, host)| host);
    if host.is_some() && host == text(header::HOST) {
        Origin::Own
    } else {
        Origin::Foreign
    }
}

/// Our scripts mark their requests.
fn wants_no_page(headers: &HeaderMap) -> bool {
    headers.get("x-noste-script").is_some()
}
