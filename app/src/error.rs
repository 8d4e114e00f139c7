//! What the command line says when it cannot go on.

use std::path::PathBuf;

/// A reason to stop, told to the person at the command line. Holds no client data.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error("{}: {source}", path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{}: {source}", path.display())]
    Config {
        path: PathBuf,
        source: Box<toml::de::Error>,
    },
    #[error("configuration: {0}")]
    Setting(String),
    #[error("messages: {0}")]
    Messages(#[from] web::MessagesError),
    #[error("synthetic county: {0}")]
    Synth(String),
    #[error("a demo only listens on this machine (127.0.0.1 or ::1); {0} is seen by others")]
    DemoAddress(std::net::IpAddr),
    #[error("cannot listen on {address}: {source}")]
    Listen {
        address: std::net::SocketAddr,
        source: std::io::Error,
    },
    #[error(transparent)]
    Backup(#[from] store::backup::BackupError),
    #[error("input or output: {0}")]
    Io(#[from] std::io::Error),
}

impl AppError {
    /// A failure with a file.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
