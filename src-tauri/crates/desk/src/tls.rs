//! Encryption for a desk that stands in the open without a proxy before it: a certificate chain and its key, as files.
//! Certificates are renewed while the desk runs: whoever connects next gets what is in the files then.

use crate::error::DeskError;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Where chain and key are, both PEM.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    pub cert: PathBuf,
    pub key: PathBuf,
}

/// Chain and key in use, read again when the files change.
pub struct Renewing {
    files: TlsFiles,
    current: Mutex<Current>,
}

struct Current {
    acceptor: TlsAcceptor,
    /// The files as they were looked at last, whether they could be used or not.
    stamps: [Stamp; 2],
}

/// What tells one content of a file from another; none where it cannot be seen.
type Stamp = Option<(SystemTime, u64)>;

impl Renewing {
    /// Reads both; a key that is not the certificate's is refused here already.
    pub fn open(files: &TlsFiles) -> Result<Self, DeskError> {
        let stamps = stamps(files);
        Ok(Self {
            files: files.clone(),
            current: Mutex::new(Current {
                acceptor: acceptor(files)?,
                stamps,
            }),
        })
    }

    /// What the next connection is encrypted with. Files that cannot be used, such as a new chain whose key is still to
    /// come, leave it as it was.
    pub fn acceptor(&self) -> TlsAcceptor {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let stamps = stamps(&self.files);
        if stamps != current.stamps {
            current.stamps = stamps;
            match acceptor(&self.files) {
                Ok(renewed) => {
                    current.acceptor = renewed;
                    tracing::info!("the certificate was renewed");
                }
                Err(error) => tracing::warn!(%error, "the certificate was not renewed"),
            }
        }
        current.acceptor.clone()
    }
}

fn stamps(files: &TlsFiles) -> [Stamp; 2] {
    let of = |path: &Path| {
        let found = std::fs::metadata(path).ok()?;
        Some((found.modified().ok()?, found.len()))
    };
    [of(&files.cert), of(&files.key)]
}

fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, DeskError> {
    let wrong_cert = |problem: String| unusable(&files.cert, problem);
    let read = CertificateDer::pem_file_iter(&files.cert);
    let chain: Vec<CertificateDer<'static>> = read
        .and_then(Iterator::collect)
        .map_err(|error| wrong_cert(error.to_string()))?;
    if chain.is_empty() {
        return Err(wrong_cert("no certificate is in it".to_owned()));
    }
    let key =
        PrivateKeyDer::from_pem_file(&files.key).map_err(|error| unusable(&files.key, error.to_string()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| wrong_cert(error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn unusable(path: &Path, problem: String) -> DeskError {
    DeskError::Tls {
        path: path.to_owned(),
        problem,
    }
}
