//! Ways a request can fail, as the reader sees them.
//!
//! Handlers return `Result<Response, Failure>`. A failure becomes a page in the reader's language at the outer edge
//! of the house (see `edge`), or `application/problem+json` under `/api/`. Errors of one field are no failures:
//! they go to a [`Form`](crate::Form).

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use store::StoreError;

/// What a handler returns.
pub type Answer = Result<Response, Failure>;

/// Why a request cannot be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No such thing, or no right to know whether there is one.
    NotFound,
    /// No right. The reader sees the same page as for `NotFound`.
    Forbidden,
    /// Not signed in; a GET is led to the start page.
    SignedOut,
    /// Signed in, but what was asked needs a fresh proof of who is at the screen: a GET is led to the page that asks,
    /// a form is held meanwhile.
    Confirm,
    /// Something is malformed in a way no page of ours makes.
    BadRequest,
    /// A form from another site, or without a valid token.
    ForeignForm,
    /// More bytes than the route takes.
    TooLarge,
    /// A body that would have to be unpacked: none of ours is packed, and nothing here unpacks.
    Packed,
    /// Too many requests; try again after so many seconds.
    TooMany { seconds: u64 },
    /// The store is full of work, or memory of large bodies; try again in a moment.
    Busy,
    /// The database cannot be reached or written at present; the store tries again by itself.
    Unavailable,
    /// Took too long.
    Late,
    /// Method the address does not have.
    WrongMethod,
    /// A fault of ours. Its cause is in the log, never on the page.
    Internal,
}

impl Failure {
    /// A fault of ours: writes the cause to the log.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request met a fault");
        Self::Internal
    }

    /// The status of the answer.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Forbidden => StatusCode::NOT_FOUND,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::ForeignForm | Self::Confirm => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Packed => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Unavailable | Self::Late => StatusCode::SERVICE_UNAVAILABLE,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Whether the same form may be taken in a moment.
    pub(crate) const fn passes(&self) -> bool {
        matches!(self, Self::Busy | Self::Unavailable | Self::Late)
    }

    /// Seconds for `Retry-After`, where trying again helps.
    pub const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooMany { seconds } => Some(*seconds),
            Self::Busy => Some(2),
            Self::Unavailable | Self::Late => Some(5),
            _ => None,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            other if other.is_temporary() => {
                tracing::warn!(%other, "a request met a database that is not available");
                Self::Unavailable
            }
            other => Self::internal(other),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}
