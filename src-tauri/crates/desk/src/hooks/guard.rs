//! Requests to addresses somebody else named: never to a private network unless that is allowed, never followed to
//! where an answer points, never through a proxy.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// Why nobody took it. None tells the address: it may hold a secret.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("the address is not one to send to")]
    Address,
    #[error("the address has no public ip addresses")]
    Private,
    #[error("no answer")]
    NoAnswer,
    #[error("answered with status {0}")]
    Status(u16),
    #[error("larger than allowed")]
    TooLarge,
}

/// A client that reaches this address and no other host; it waits `patience` for an answer.
pub async fn client(
    url: &url::Url,
    may_be_private: bool,
    patience: Duration,
) -> Result<reqwest::Client, Failure> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Failure::Address);
    }
    let host = url.host_str().ok_or(Failure::Address)?.to_owned();
    let addresses = addresses(url, may_be_private, patience).await?;
    // The address that was checked is the one connected to, whatever the name says a moment later.
    reqwest::Client::builder()
        .timeout(patience)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .resolve_to_addrs(&host, &addresses)
        .build()
        .map_err(|_| Failure::NoAnswer)
}

async fn addresses(
    url: &url::Url,
    may_be_private: bool,
    patience: Duration,
) -> Result<Vec<SocketAddr>, Failure> {
    let port = url.port_or_known_default().ok_or(Failure::Address)?;
    let found: Vec<SocketAddr> = match url.host() {
        Some(url::Host::Ipv4(address)) => vec![(address, port).into()],
        Some(url::Host::Ipv6(address)) => vec![(address, port).into()],
        Some(url::Host::Domain(name)) => {
            let found = tokio::time::timeout(patience, tokio::net::lookup_host((name, port))).await;
            found
                .map_err(|_| Failure::NoAnswer)?
                .map_err(|_| Failure::NoAnswer)?
                .collect()
        }
        None => return Err(Failure::Address),
    };
    let allowed = found
        .into_iter()
        .filter(|address| may_be_private || is_public(address.ip()));
    let allowed: Vec<SocketAddr> = allowed.collect();
    if allowed.is_empty() {
        return Err(Failure::Private);
    }
    Ok(allowed)
}

fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let shared = v4.octets()[0] == 100 && (64..128).contains(&v4.octets()[1]);
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_broadcast()
                || v4.is_multicast()
                || v4.octets()[0] == 0
                || shared)
        }
        IpAddr::V6(v6) => {
            !(v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                || v6.is_unique_local()
                || v6.is_unicast_link_local())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_networks_are_told_apart() {
        for private in [
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["93.184.216.34", "2606:2800:220:1::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
