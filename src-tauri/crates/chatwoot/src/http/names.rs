//! Looks up host names, and says so by type when a name is not known.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

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
