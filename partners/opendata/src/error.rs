//! Why an answer is not there.

/// A question that was not answered: what was asked, and what went wrong. Both are for the person who runs the program.
#[derive(Debug, thiserror::Error)]
#[error("{asked}: {fault}")]
pub struct OpenDataError {
    /// The address that was asked.
    pub asked: String,
    pub fault: Fault,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The configuration cannot be used.
    #[error("the setting cannot be used: {0}")]
    Settings(String),
    /// No connection.
    #[error("the service cannot be reached: {0}")]
    Unreachable(String),
    /// No whole answer in the time that was given.
    #[error("no whole answer in {0} seconds")]
    Slow(f32),
    /// The answer ends before its end.
    #[error("the answer breaks off: {0}")]
    Truncated(String),
    /// The answer is larger than what is taken; in bytes.
    #[error("the answer is larger than {0} bytes")]
    Oversized(usize),
    /// The service sends us elsewhere: another host, or in a circle.
    #[error("the service sends us to {0}, which is not followed")]
    Redirected(String),
    /// The service does not let this agent in.
    #[error("the service refuses the agent {0:?} (403); set another name with a contact address")]
    Agent(String),
    /// The service asks for patience; seconds, when it says how long.
    #[error("the service asks us to wait{}; go on later", waiting(*.0))]
    Busy(Option<u64>),
    /// Another status than success, with the beginning of what it said.
    #[error("the service answered {0}: {1}")]
    Status(u16, String),
    /// The answer is something else than what was asked or agreed.
    #[error("the answer is not as agreed: {0}")]
    Wrong(String),
    /// The question does not fit what the service says it has.
    #[error("the question does not fit the table: {0}")]
    Question(String),
}

fn waiting(seconds: Option<u64>) -> String {
    seconds.map_or_else(String::new, |seconds| format!(" {seconds} seconds"))
}

impl Fault {
    /// The fault of one question.
    pub(crate) fn of(self, asked: impl Into<String>) -> OpenDataError {
        OpenDataError {
            asked: asked.into(),
            fault: self,
        }
    }

    /// Reading a JSON answer failed: it breaks off, or is none.
    pub(crate) fn json(error: &serde_json::Error) -> Self {
        if error.is_eof() {
            Self::Truncated(error.to_string())
        } else {
            Self::Wrong(error.to_string())
        }
    }
}
