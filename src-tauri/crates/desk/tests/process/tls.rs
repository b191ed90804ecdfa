//! Encryption, with a certificate of the test's own.

use crate::program::{Served, refused};
use futures_util::StreamExt;
use rcgen::CertifiedKey;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

/// A certificate for `localhost`, and where it and its key are.
struct Identity {
    folder: TempDir,
    roots: RootCertStore,
}

impl Identity {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let roots = Self::write(&folder, &["cert.pem", "key.pem"]);
        Self { folder, roots }
    }

    /// Makes another one, and writes those of its files that are named; who trusts it gets the roots.
    fn write(folder: &TempDir, names: &[&str]) -> RootCertStore {
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        for (name, text) in [("cert.pem", cert.pem()), ("key.pem", signing_key.serialize_pem())] {
            if names.contains(&name) {
                std::fs::write(folder.path().join(name), text).unwrap();
            }
        }
        let mut roots = RootCertStore::empty();
        roots.add(cert.der().clone()).unwrap();
        roots
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    async fn connect(&self, desk: &Served) -> TlsStream<TcpStream> {
        self.try_connect(desk, &self.roots).await.unwrap()
    }

    /// As somebody who trusts only these.
    async fn try_connect(
        &self,
        desk: &Served,
        roots: &RootCertStore,
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots.clone())
            .with_no_client_auth();
        let stream = TcpStream::connect(desk.address()).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let connector = TlsConnector::from(Arc::new(config));
        connector.connect(name, stream).await
    }
}

#[tokio::test]
async fn requests_and_sockets_are_encrypted() {
    let identity = Identity::new();
    let data = TempDir::new().unwrap();
    let (cert, key) = (identity.path("cert.pem"), identity.path("key.pem"));
    let desk = Served::start(data.path(), &["--tls-cert", &cert, "--tls-key", &key]);
    assert!(desk.url().starts_with("https://127.0.0.1:"), "{}", desk.url());
    let mut stream = identity.connect(&desk).await;
    let request = b"GET /api HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let mut request = "wss://localhost/cable".into_client_request().unwrap();
    let protocol = "actioncable-v1-json".parse().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let stream = identity.connect(&desk).await;
    let (mut socket, _) = tokio_tungstenite::client_async(request, stream).await.unwrap();
    let first = socket.next().await.unwrap().unwrap().into_text().unwrap();
    assert!(first.contains("welcome"), "{first}");
}

#[tokio::test]
async fn plain_words_are_not_answered_there() {
    let identity = Identity::new();
    let data = TempDir::new().unwrap();
    let (cert, key) = (identity.path("cert.pem"), identity.path("key.pem"));
    let desk = Served::start(data.path(), &["--tls-cert", &cert, "--tls-key", &key]);
    let mut stream = TcpStream::connect(desk.address()).await.unwrap();
    stream
        .write_all(b"GET /api HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .unwrap();
    let mut answer = Vec::new();
    // However it ends, nothing was said in plain.
    let _ = stream.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
}

#[tokio::test]
async fn a_renewed_certificate_is_served_without_a_new_start() {
    let identity = Identity::new();
    let data = TempDir::new().unwrap();
    let (cert, key) = (identity.path("cert.pem"), identity.path("key.pem"));
    let desk = Served::start(data.path(), &["--tls-cert", &cert, "--tls-key", &key]);
    let mut before = identity.connect(&desk).await;
    // A chain whose key is still to come changes nothing.
    let stray = Identity::write(&identity.folder, &["cert.pem"]);
    identity.connect(&desk).await;
    assert!(identity.try_connect(&desk, &stray).await.is_err());
    let renewed = Identity::write(&identity.folder, &["cert.pem", "key.pem"]);
    let mut after = identity.try_connect(&desk, &renewed).await.unwrap();
    assert!(
        identity.try_connect(&desk, &identity.roots).await.is_err(),
        "the old one is served to nobody"
    );
    for stream in [&mut before, &mut after] {
        let request = b"GET /api HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        stream.write_all(request).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
}

#[test]
fn files_that_do_not_fit_are_one_line() {
    let (own, other) = (Identity::new(), Identity::new());
    let data = TempDir::new().unwrap();
    let folder = data.path().to_str().unwrap();
    let start = |cert: &str, key: &str| {
        let arguments = ["serve", "--data", folder, "--tls-cert", cert, "--tls-key", key];
        refused(&arguments)
    };
    let (cert, key) = (own.path("cert.pem"), own.path("key.pem"));
    assert!(start("nowhere.pem", &key).contains("nowhere.pem"));
    assert!(start(&key, &key).contains("key.pem"));
    assert!(start(&cert, &cert).contains("cert.pem"));
    assert!(start(&cert, &other.path("key.pem")).contains("cert.pem"));
    assert!(refused(&["serve", "--data", folder, "--tls-cert", &cert]).contains("--tls-key"));
}

#[test]
fn guests_are_sent_to_the_public_address() {
    let data = TempDir::new().unwrap();
    let desk = Served::start(data.path(), &["--public-url", "https://chat.example.org/"]);
    assert_eq!(desk.facts["url"], "https://chat.example.org");
}
