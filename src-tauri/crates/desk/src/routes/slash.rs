//! A slash at the end of a path means nothing, as in Rails' routes: clients write some paths so.

use axum::Router;
use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use axum::middleware::{Next, from_fn};
use axum::response::Response;

/// The same routes, for paths with and without it. It has to be gone before a route is chosen.
pub fn insensitive(routes: Router) -> Router {
    Router::new().fallback_service(routes).layer(from_fn(trim))
}

async fn trim(mut request: Request, next: Next) -> Response {
    if let Some(uri) = without(request.uri()) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

/// The address without slashes at the end of its path; none when there are none.
fn without(uri: &Uri) -> Option<Uri> {
    let path = uri.path().trim_end_matches('/');
    if path.is_empty() || path.len() == uri.path().len() {
        return None;
    }
    let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{path}{query}")).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_slashes_at_the_end_go() {
        let trimmed = |uri: &'static str| without(&Uri::from_static(uri)).map(|uri| uri.to_string());
        assert_eq!(trimmed("/a/b/").as_deref(), Some("/a/b"));
        assert_eq!(trimmed("/a//?q=/&r=%2f/").as_deref(), Some("/a?q=/&r=%2f/"));
        assert_eq!(
            trimmed("http://desk.test/a/").as_deref(),
            Some("http://desk.test/a")
        );
        assert_eq!(trimmed("/a/b?q=/"), None);
        assert_eq!(trimmed("/"), None);
    }
}
