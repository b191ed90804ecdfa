//! Saved views: a person's own (reference §8), and those shared with everybody of the account, which only the built-in desk
//! keeps.

use super::catalog::present;
use super::{AccountApi, items};
use crate::ClientError;
use crate::http::Route;
use crate::wire::{saved_view, shared_view};
use deskbell_domain::SavedView;
use serde_json::{Map, Value, json};

impl AccountApi {
    /// The person's saved views of conversations, then those of contacts. `None`: this account has none to offer, because
    /// the release is older or the person may not see them.
    pub async fn saved_views(&self) -> Result<Option<Vec<SavedView>>, ClientError> {
        let mut views = Vec::new();
        for filter_type in ["conversation", "contact"] {
            let route = self
                .route("api/v1/accounts/{}/custom_filters", &[])
                .with("filter_type", filter_type);
            let Some(answer) = present(self.http.get(route).await)? else {
                return Ok(None);
            };
            views.extend(items(&answer, |view| saved_view(view, filter_type))?);
        }
        Ok(Some(views))
    }

    /// The views of conversations shared with everybody. `None`: this server shares none.
    pub async fn shared_views(&self) -> Result<Option<Vec<SavedView>>, ClientError> {
        let route = self.route("api/v1/accounts/{}/shared_views", &[]);
        present(self.http.get(route).await)?
            .map(|answer| items(&answer, shared_view))
            .transpose()
    }

    /// Saves a view of conversations under a name. Sent twice it is there twice.
    pub async fn create_view(
        &self,
        shared: bool,
        name: &str,
        query: &Map<String, Value>,
    ) -> Result<(), ClientError> {
        let route = if shared {
            self.route("api/v1/accounts/{}/shared_views", &[])
        } else {
            self.route("api/v1/accounts/{}/custom_filters", &[])
        };
        self.http.post(route, body(shared, name, query)).await?;
        Ok(())
    }

    /// Gives a view another name and query.
    pub async fn change_view(
        &self,
        shared: bool,
        id: i64,
        name: &str,
        query: &Map<String, Value>,
    ) -> Result<(), ClientError> {
        let body = body(shared, name, query);
        self.http.patch(self.view(shared, id), body).await?;
        Ok(())
    }

    /// Takes a view away.
    pub async fn delete_view(&self, shared: bool, id: i64) -> Result<(), ClientError> {
        self.http.delete(self.view(shared, id)).await?;
        Ok(())
    }

    fn view(&self, shared: bool, id: i64) -> Route {
        if shared {
            self.route("api/v1/accounts/{}/shared_views/{}", &[id])
        } else {
            self.route("api/v1/accounts/{}/custom_filters/{}", &[id])
        }
    }
}

fn body(shared: bool, name: &str, query: &Map<String, Value>) -> Value {
    let wrapper = if shared { "shared_view" } else { "custom_filter" };
    json!({ wrapper: { "name": name, "filter_type": "conversation", "query": query } })
}
