//! Limits on how often anybody may ask (reference §1.5). This computer itself is exempt, as upstream.
//!
//! A count belongs to a fixed period of the clock; when the period ends it begins anew.

mod rules;
#[cfg(test)]
mod tests;

pub use rules::{Limit, of_email, of_second_step, of_sign_in, of_token};

use crate::desk::Desk;
use crate::error::ApiError;
use crate::server::Peer;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// More keys than this at once and those of ended periods are swept out.
const SWEEP: usize = 10_000;

/// Requests counted in the current period of their limit.
#[derive(Default)]
pub struct Throttle {
    counts: Mutex<HashMap<String, Count>>,
}

struct Count {
    /// Epoch milliseconds.
    ends: i64,
    requests: u32,
}

impl Throttle {
    /// Counts a request against a limit; answers whether it may go on.
    pub fn allows(&self, limit: &Limit, now_ms: i64) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() > SWEEP {
            counts.retain(|_, count| count.ends > now_ms);
        }
        let ends = (now_ms.div_euclid(limit.period_ms) + 1) * limit.period_ms;
        let key = format!("{} {}", limit.name, limit.key);
        let count = counts.entry(key).or_insert(Count { ends, requests: 0 });
        if count.ends != ends {
            *count = Count { ends, requests: 0 };
        }
        count.requests = count.requests.saturating_add(1);
        count.requests <= limit.most
    }
}

/// Whether limits do not hold for an address.
pub fn is_exempt(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// Refuses what is too often; without a peer (inside this program) nothing is.
pub async fn layer(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().map(|Peer(peer)| peer.ip());
    if let Some(address) = peer.filter(|address| !is_exempt(*address)) {
        let limits = rules::of(request.method(), request.uri().path(), request.headers(), address);
        let now_ms = desk.now_ms();
        // Every limit counts, also when another one refuses already.
        let refused = limits
            .iter()
            .filter(|limit| !desk.throttle().allows(limit, now_ms))
            .count();
        if refused > 0 {
            return ApiError::TooMany.into_response();
        }
    }
    next.run(request).await
}
