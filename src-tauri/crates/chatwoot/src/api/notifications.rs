//! What the server tells the signed-in person to look at (reference §8.1).

use super::AccountApi;
use super::catalog::present;
use crate::ClientError;
use crate::wire::{Read, notification, readable};
use deskbell_domain::Notification;

/// Notifications on one page of the list.
const PAGE: usize = 15;

/// The newest notifications.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotificationPage {
    /// The newest activity first.
    pub items: Vec<Notification>,
    /// How many of all are neither read nor put off.
    pub unread_count: u32,
    /// True where the page holds all there are.
    pub is_all: bool,
}

impl AccountApi {
    /// The first page, with those that were read or put off. `None`: this account has none to offer.
    pub async fn notifications(&self) -> Result<Option<NotificationPage>, ClientError> {
        let route = self
            .route("api/v1/accounts/{}/notifications", &[])
            .with("page", 1)
            .with("includes[]", "read")
            .with("includes[]", "snoozed");
        let Some(answer) = present(self.http.get(route).await)? else {
            return Ok(None);
        };
        let data = answer.raw("data").ok_or(ClientError::Unknown)?;
        data.raw("payload").ok_or(ClientError::Unknown)?;
        let told = data.list("payload");
        // Without a count nobody can say what was read elsewhere.
        let meta = data.raw("meta").ok_or(ClientError::Unknown)?;
        let unread_count = meta.int("unread_count").ok_or(ClientError::Unknown)?;
        Ok(Some(NotificationPage {
            items: readable(told, notification),
            unread_count: u32::try_from(unread_count).map_err(|_| ClientError::Unknown)?,
            is_all: told.len() < PAGE,
        }))
    }
}
