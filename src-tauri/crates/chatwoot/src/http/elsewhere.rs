//! A picture that a mail names, or the recording of a call, from wherever it is kept.
//!
//! The address was chosen by a stranger: it gets no token, no cookie and no referrer, leads to no machine of this network
//! but the desk's own, and what it answers is a file of the kind and size asked for or nothing. Redirects are followed
//! here, so that each step is judged like the first.

use super::download::body;
use super::{CONNECT_TIMEOUT, Download, USER_AGENT, names};
use crate::{ClientError, ServerUrl};
use reqwest::Response;
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;
use url::{Host, Url};

const MOST_STEPS: usize = 4;

/// What is asked for.
struct Kind {
    /// MIME types.
    types: &'static [&'static str],
    /// For the whole of it.
    timeout: Duration,
}

/// What an `<img>` of a mail may be. No SVG: it is a document.
const PICTURE: Kind = Kind {
    types: &[
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/bmp",
    ],
    timeout: Duration::from_secs(20),
};

/// What phone systems record as.
const SOUND: Kind = Kind {
    types: &[
        "audio/mpeg",
        "audio/mp3",
        "audio/mp4",
        "audio/aac",
        "audio/ogg",
        "audio/webm",
        "audio/wav",
        "audio/x-wav",
        "audio/flac",
    ],
    timeout: Duration::from_secs(120),
};

/// Fetches the picture at `address`, unless it is longer than `most_bytes`.
///
/// # Errors
/// `Missing`: no address that may be asked, or no picture there. `Refused`: too long. Others as they are called.
pub async fn picture(server: &ServerUrl, address: &str, most_bytes: usize) -> Result<Download, ClientError> {
    let url = Url::parse(address).map_err(|_| ClientError::Missing)?;
    fetch(server, url, &PICTURE, most_bytes).await
}

/// Fetches the recording at `address`, which may be relative to the server, unless it is longer than `most_bytes`.
///
/// # Errors
/// As [`picture`].
pub async fn sound(server: &ServerUrl, address: &str, most_bytes: usize) -> Result<Download, ClientError> {
    let url = server.join("").join(address).map_err(|_| ClientError::Missing)?;
    fetch(server, url, &SOUND, most_bytes).await
}

async fn fetch(
    server: &ServerUrl,
    mut url: Url,
    kind: &Kind,
    most_bytes: usize,
) -> Result<Download, ClientError> {
    for _ in 0..MOST_STEPS {
        let response = ask(server, &url, kind).await?;
        if !response.status().is_redirection() {
            return read(response, kind, most_bytes).await;
        }
        let next = response.headers().get(LOCATION);
        let next = next.and_then(|next| next.to_str().ok());
        url = next
            .and_then(|next| url.join(next).ok())
            .ok_or(ClientError::Missing)?;
    }
    Err(ClientError::Missing)
}

async fn ask(server: &ServerUrl, url: &Url, kind: &Kind) -> Result<Response, ClientError> {
    let host = url.host().filter(|_| matches!(url.scheme(), "http" | "https"));
    let host = host.ok_or(ClientError::Missing)?.to_owned();
    let is_own = server.is_host(&host);
    if !is_own && !is_public(&host) {
        return Err(ClientError::Missing);
    }
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(kind.timeout)
        .referer(false)
        .redirect(reqwest::redirect::Policy::none());
    let builder = match is_own {
        true => builder.dns_resolver(names::Names),
        false => builder.dns_resolver(names::PublicNames),
    };
    let builder = match server.is_loopback() {
        true => builder.no_proxy(),
        false => builder,
    };
    let client = builder.build().map_err(|_| ClientError::NotSent)?;
    // A proxy would look the name up by itself, where nobody judges what it finds.
    if !is_own && let Host::Domain(name) = &host {
        names::public(name).await.map_err(|_| ClientError::Missing)?;
    }
    let sent = client
        .get(url.clone())
        .header(ACCEPT, kind.types.join(","))
        .send()
        .await;
    sent.map_err(|_| ClientError::NotSent)
}

async fn read(response: Response, kind: &Kind, most_bytes: usize) -> Result<Download, ClientError> {
    if !response.status().is_success() {
        return Err(ClientError::Missing);
    }
    let told = response.headers().get(CONTENT_TYPE);
    let told = told.and_then(|told| told.to_str().ok()).unwrap_or_default();
    let told = told.split(';').next().unwrap_or_default().trim();
    let content_type = kind.types.iter().find(|one| told.eq_ignore_ascii_case(one));
    let content_type = (*content_type.ok_or(ClientError::Missing)?).to_owned();
    let bytes = body(response, most_bytes).await?;
    Ok(Download { content_type, bytes })
}

fn is_public(host: &Host) -> bool {
    match host {
        Host::Ipv4(address) => is_public_address(IpAddr::V4(*address)),
        Host::Ipv6(address) => is_public_address(IpAddr::V6(*address)),
        // Names are judged by what they lead to.
        Host::Domain(name) => name.contains('.'),
    }
}

/// Whether an address is out in the world: not this computer, not its network, nothing reserved.
pub(super) fn is_public_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocols = a == 192 && b == 0 && c == 0;
    let measuring = a == 198 && (b == 18 || b == 19);
    !(a == 0
        || a >= 224
        || shared
        || protocols
        || measuring
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let first = address.segments()[0];
    // Only 2000::/3 is handed out to the world; 2001:db8::/32 is for books.
    first & 0xe000 == 0x2000 && !(first == 0x2001 && address.segments()[1] == 0x0db8)
}

/// The IPv4 address that an IPv6 one stands for: mapped, translated (64:ff9b::/96), or 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let parts = address.segments();
    let of = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    if parts[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return Some(of(parts[6], parts[7]));
    }
    if parts[0] == 0x2002 {
        return Some(of(parts[1], parts[2]));
    }
    address.to_ipv4_mapped()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_world_is_asked() {
        let public = |text: &str| is_public_address(text.parse().unwrap());
        for address in [
            "93.184.216.34",
            "8.8.8.8",
            "2606:2800:220:1::1",
            "64:ff9b::808:808",
        ] {
            assert!(public(address), "{address}");
        }
        for address in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!public(address), "{address}");
        }
    }

    #[tokio::test]
    async fn what_is_no_public_address_is_not_asked() {
        let server = ServerUrl::parse("https://desk.example").unwrap();
        for address in [
            "http://127.0.0.1:1/a.png",
            "http://2130706433/a.png",
            "http://0x7f.1/a.png",
            "http://[::1]/a.png",
            "http://[::ffff:10.0.0.1]/a.png",
            "http://router/a.png",
            "http://localhost/a.png",
            "file:///etc/passwd",
            "ftp://example.com/a.png",
            "data:image/png;base64,AAAA",
            "/a.png",
            "",
        ] {
            let answer = picture(&server, address, 10).await;
            assert_eq!(answer, Err(ClientError::Missing), "{address}");
            if !matches!(address, "/a.png" | "") {
                let answer = sound(&server, address, 10).await;
                assert_eq!(answer, Err(ClientError::Missing), "{address}");
            }
        }
    }
}
