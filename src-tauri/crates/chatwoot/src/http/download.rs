//! A file of a message: from the server, or from where its files are kept, which the server names by a redirect.
//!
//! The address is a secret of its own (reference §4.1): the token is never sent along.

use super::{CONNECT_TIMEOUT, Fault, USER_AGENT, names};
use crate::{ClientError, ServerUrl};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, StatusCode};
use std::time::Duration;
use url::Url;

/// A photo over a slow mobile link.
const WHOLE_TIMEOUT: Duration = Duration::from_secs(120);
const MOST_REDIRECTS: usize = 5;

/// The bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// MIME type without parameters; empty where none was told.
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// Fetches `address`, which may be relative to the server, unless it is longer than `most_bytes`.
pub(crate) async fn download(
    server: &ServerUrl,
    address: &str,
    most_bytes: usize,
) -> Result<Download, ClientError> {
    let url = allowed(server, address).ok_or(ClientError::Missing)?;
    let client = client(server).ok_or(ClientError::NotSent)?;
    let sent = client.get(url).send().await;
    let response = sent.map_err(|error| Fault::of(&error))?;
    match response.status() {
        status if status.is_success() => {}
        StatusCode::TOO_MANY_REQUESTS => return Err(ClientError::Throttled),
        status if status.is_client_error() => return Err(ClientError::Missing),
        status => {
            return Err(ClientError::ServerFault {
                status: status.as_u16(),
            });
        }
    }
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase())
        .unwrap_or_default();
    let bytes = body(response, most_bytes).await?;
    Ok(Download { content_type, bytes })
}

/// Reads what comes, and stops at the first piece too many: whoever sends it may have told another length, or none.
pub(super) async fn body(mut response: Response, most_bytes: usize) -> Result<Vec<u8>, ClientError> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|_| ClientError::Unknown)? {
        if bytes.len() + piece.len() > most_bytes {
            return Err(ClientError::Refused {
                message: String::new(),
            });
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// A server that is reached securely sends nobody anywhere insecurely. One that does not know that it is (`FRONTEND_URL`)
/// is understood.
fn allowed(server: &ServerUrl, address: &str) -> Option<Url> {
    let base = server.join("");
    let mut url = base.join(address).ok()?;
    if base.scheme() == "https" && url.scheme() == "http" && url.host() == base.host() && url.port().is_none()
    {
        url.set_scheme("https").ok()?;
    }
    let usable = url.scheme() == "https" || (url.scheme() == "http" && base.scheme() == "http");
    usable.then_some(url)
}

fn client(server: &ServerUrl) -> Option<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(WHOLE_TIMEOUT)
        .https_only(server.join("").scheme() == "https")
        .redirect(reqwest::redirect::Policy::limited(MOST_REDIRECTS))
        .dns_resolver(names::Names);
    let builder = if server.is_loopback() {
        builder.no_proxy()
    } else {
        builder
    };
    builder.build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_as_secure_as_the_server_are_fetched() {
        let at = |server: &str, address: &str| {
            let server = ServerUrl::parse(server).unwrap();
            allowed(&server, address).map(String::from)
        };
        let secure = "https://desk.example";
        assert_eq!(
            at(secure, "/rails/active_storage/a.png").as_deref(),
            Some("https://desk.example/rails/active_storage/a.png")
        );
        assert_eq!(
            at(secure, "https://files.example/a.png").as_deref(),
            Some("https://files.example/a.png")
        );
        assert_eq!(
            at(secure, "http://desk.example/a.png").as_deref(),
            Some("https://desk.example/a.png")
        );
        for address in [
            "http://files.example/a",
            "file:///etc/passwd",
            "data:,x",
            "javascript:1",
            "//",
        ] {
            assert_eq!(at(secure, address), None, "{address}");
        }
        assert!(at("http://localhost:3000", "http://localhost:3000/a").is_some());
    }
}
