//! TLS by rustls, for a county without a reverse proxy. The certificate is read anew when the process is told to.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::error::AppError;

/// A certificate and its key, as files and as the newest that could be read.
pub struct Keys {
    certificate: PathBuf,
    key: PathBuf,
    now: RwLock<TlsAcceptor>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.certificate.display())
    }
}

impl Keys {
    /// Reads PEM files: the certificate first, then those between it and the root; and the key.
    ///
    /// # Errors
    /// A file that cannot be read, holds something else, or a key that is not the certificate's.
    pub fn load(certificate: &Path, key: &Path) -> Result<Self, AppError> {
        Ok(Self {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            now: RwLock::new(acceptor(certificate, key)?),
        })
    }

    /// Reads the files anew. When they cannot be used, what was read before stays.
    ///
    /// # Errors
    /// As [`Keys::load`].
    pub fn reload(&self) -> Result<(), AppError> {
        let new = acceptor(&self.certificate, &self.key)?;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    /// What takes the next connection.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        self.now
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, AppError> {
    let wrong =
        |path: &Path, what: String| AppError::Setting(format!("{}: {what}", path.display()));
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(wrong(certificate, "holds no certificate".to_owned()));
    }
    // Its text never quotes the file.
    let own = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, error.to_string()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(certificate, error.to_string()))?
        .with_no_client_auth()
        .with_single_cert(chain, own)
        .map_err(|error| wrong(certificate, error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
