//! Why a request of a program is not served.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use store::StoreError;
use web::Failure;
use web::problem::{Problem, kind};

/// A refusal with words of its own, or a failure of the house.
#[derive(Debug)]
pub enum Refusal {
    /// Told to the program as it is.
    Problem(Box<Problem>),
    /// No such thing, or nothing that the token's person may see: the answer is the same, and the attempt is logged.
    NotFound,
    /// The token was ended while the request was on its way.
    Ended,
    /// The same request was faster on another connection: it is to be asked anew.
    Raced,
    /// A failure of the house.
    Failure(Failure),
}

impl Refusal {
    /// A problem of the whole request.
    pub fn new(status: StatusCode, kind: &'static str, detail: impl Into<String>) -> Self {
        Problem::new(status, kind, detail).into()
    }

    /// A parameter of the address that cannot be used.
    pub fn parameter(detail: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, kind::PARAMETER, detail)
    }

    /// The thing is not in a state for this.
    pub fn state(detail: &str) -> Self {
        Self::new(StatusCode::CONFLICT, kind::STATE, detail)
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::NotFound => Failure::NotFound.into_response(),
            Self::Ended => web::problem::unknown_token(true).into_response(),
            Self::Raced => Failure::Busy.into_response(),
            Self::Failure(failure) => failure.into_response(),
        }
    }
}

/// What a handler returns.
pub type Reply = Result<Response, Refusal>;
