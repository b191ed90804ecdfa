//! One POST, within five seconds, never to a private network unless that is allowed.

use super::guard::{self, Failure};
use super::{Delivery, signature};
use crate::desk::Desk;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(5);

/// Sends it once.
pub async fn post(desk: &Desk, delivery: &Delivery) -> Result<(), Failure> {
    let url = url::Url::parse(&delivery.url).map_err(|_| Failure::Address)?;
    let client = guard::client(&url, desk.may_send_privately(), PATIENCE).await?;
    let timestamp = desk.now();
    let mut request = client
        .post(url)
        .header("content-type", "application/json")
        .header("accept", "application/json")
        .header("x-chatwoot-delivery", uuid::Uuid::new_v4().to_string())
        .header("x-chatwoot-timestamp", timestamp.to_string());
    let secret = delivery.secret.as_deref().filter(|secret| !secret.is_empty());
    if let Some(signed) = secret.and_then(|secret| signature::of(secret, timestamp, &delivery.body)) {
        request = request.header("x-chatwoot-signature", signed);
    }
    let answer = request.body(delivery.body.clone()).send().await;
    let status = answer.map_err(|_| Failure::NoAnswer)?.status();
    if status.is_success() {
        return Ok(());
    }
    Err(Failure::Status(status.as_u16()))
}
