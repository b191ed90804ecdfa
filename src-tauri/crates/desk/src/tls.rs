//! Encryption for a desk that stands in the open without a proxy before it: a certificate chain and its key, as files.

use crate::error::DeskError;
use std::path::{Path, PathBuf};
use std::sync::Arc;
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

/// Reads both; a key that is not the certificate's is refused here already.
pub fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, DeskError> {
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
