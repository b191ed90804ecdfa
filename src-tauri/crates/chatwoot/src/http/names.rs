//! Looks up host names, and says so by type when a name is not known.

use super::elsewhere::is_public_address;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::SocketAddr;

/// The name has no address here: mistyped, or this computer has no network.
#[derive(Debug, thiserror::Error)]
#[error("the host name is not known")]
pub(super) struct UnknownHost;

pub(super) struct Names;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0))
                .await
                .map_err(|_| UnknownHost)?;
            let addresses: Vec<_> = found.collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// As [`Names`], for addresses that strangers chose: a name that leads into this network is not known.
pub(super) struct PublicNames;

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = public(name.as_str()).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Where a name leads, unless that is anywhere but out in the world.
pub(super) async fn public(name: &str) -> Result<Vec<SocketAddr>, UnknownHost> {
    let found = tokio::net::lookup_host((name, 0))
        .await
        .map_err(|_| UnknownHost)?;
    let found: Vec<SocketAddr> = found.collect();
    let is_public = !found.is_empty() && found.iter().all(|found| is_public_address(found.ip()));
    is_public.then_some(found).ok_or(UnknownHost)
}
