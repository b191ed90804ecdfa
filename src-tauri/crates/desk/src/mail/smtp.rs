//! A mail server.

use super::carrier::Outcome;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::net::IpAddr;
use std::time::Duration;
use url::Url;

/// For each answer of the server.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where letters go, and whom they are from.
#[derive(Clone)]
pub struct Server {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<(String, String)>,
    sender: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// From the first byte.
    Tls,
    /// Asked for first, and insisted on.
    StartTls,
    /// On this computer only.
    None,
}

/// Why a mail server cannot be used. None holds a name or a password.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ServerError {
    #[error("a mail server is given as smtp://host:port or smtps://host:port")]
    Address,
    #[error("mail is from an e-mail address")]
    Sender,
    #[error("a mail server that asks for a name asks for a password: set DESKBELL_SMTP_PASSWORD")]
    Password,
}

impl Server {
    /// From an address such as `smtp://desk@mail.example.org:587`. `smtp` is encrypted by STARTTLS, but for servers of
    /// this computer; `smtps` from the start.
    pub fn parse(url: &Url, sender: &str, password: Option<String>) -> Result<Self, ServerError> {
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(ServerError::Address)?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let is_here =
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let (security, port) = match url.scheme() {
            "smtps" => (Security::Tls, 465),
            "smtp" if is_here => (Security::None, 25),
            "smtp" => (Security::StartTls, 587),
            _ => return Err(ServerError::Address),
        };
        if sender.parse::<Address>().is_err() {
            return Err(ServerError::Sender);
        }
        let credentials = match url.username() {
            "" => None,
            name => {
                let name = percent_decoded(name);
                Some((name, password.ok_or(ServerError::Password)?))
            }
        };
        Ok(Self {
            host,
            port: url.port().unwrap_or(port),
            security,
            credentials,
            sender: sender.to_owned(),
        })
    }
}

/// An `@` in a name is written `%40` in an address.
fn percent_decoded(name: &str) -> String {
    let pair = format!("n={}", name.replace('+', "%2B"));
    let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
    pairs
        .next()
        .map(|(_, name)| name.into_owned())
        .unwrap_or_default()
}

/// A mail server, a new connection for each letter.
pub struct Smtp {
    /// None where this computer has no certificates to check with.
    transport: Option<AsyncSmtpTransport<Tokio1Executor>>,
    sender: String,
}

impl Smtp {
    pub fn of(server: Server) -> Self {
        let transport = transport(&server);
        if transport.is_none() {
            tracing::warn!("the mail server cannot be used: its certificate could not be checked");
        }
        Self {
            transport,
            sender: server.sender,
        }
    }

    pub fn sender(&self) -> &str {
        &self.sender
    }

    /// Whether the server lets one in.
    pub async fn is_ready(&self) -> bool {
        match &self.transport {
            Some(transport) => transport.test_connection().await.unwrap_or(false),
            None => false,
        }
    }

    pub async fn send(&self, message: Message) -> Outcome {
        let Some(transport) = &self.transport else {
            return Outcome::Later;
        };
        match transport.send(message).await {
            Ok(_) => Outcome::Arrived,
            Err(error) if error.is_transient() => Outcome::Later,
            Err(error) if error.is_permanent() => Outcome::Refused,
            // The connection may have ended between the last byte and the word that it was taken.
            Err(_) => Outcome::Unsure,
        }
    }
}

fn transport(server: &Server) -> Option<AsyncSmtpTransport<Tokio1Executor>> {
    let tls = match server.security {
        Security::None => Tls::None,
        Security::StartTls => Tls::Required(TlsParameters::new(server.host.clone()).ok()?),
        Security::Tls => Tls::Wrapper(TlsParameters::new(server.host.clone()).ok()?),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.clone())
        .port(server.port)
        .tls(tls)
        .timeout(Some(PATIENCE));
    if let Some((name, password)) = &server.credentials {
        builder = builder.credentials(Credentials::new(name.clone(), password.clone()));
    }
    Some(builder.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(url: &str, password: Option<&str>) -> Result<Server, ServerError> {
        Server::parse(
            &url.parse().unwrap(),
            "desk@adler.example",
            password.map(str::to_owned),
        )
    }

    #[test]
    fn only_this_computer_is_spoken_to_in_the_open() {
        for (url, security, port) in [
            ("smtp://127.0.0.1:2525", Security::None, 2525),
            ("smtp://[::1]", Security::None, 25),
            ("smtp://localhost", Security::None, 25),
            ("smtp://mail.example.org", Security::StartTls, 587),
            ("smtps://mail.example.org", Security::Tls, 465),
            ("smtps://127.0.0.1", Security::Tls, 465),
        ] {
            let server = parsed(url, None).unwrap();
            assert_eq!((server.security, server.port), (security, port), "{url}");
        }
    }

    #[test]
    fn what_cannot_work_is_refused() {
        assert_eq!(
            parsed("http://mail.example.org", None).err(),
            Some(ServerError::Address)
        );
        assert_eq!(
            parsed("smtp://desk@mail.example.org", None).err(),
            Some(ServerError::Password)
        );
        let server = parsed("smtp://desk%40adler.example@mail.example.org", Some("x")).unwrap();
        assert_eq!(server.credentials.unwrap().0, "desk@adler.example");
        let url = "smtp://mail.example.org".parse().unwrap();
        assert_eq!(Server::parse(&url, "desk", None).err(), Some(ServerError::Sender));
    }
}
