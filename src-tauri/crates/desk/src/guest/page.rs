//! The page's three files, and the headers that keep it to itself.

use super::link::Door;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// No inline script or style, nothing from elsewhere, no frame around it, and the token in no referrer.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const CHAT: &str = include_str!("page/chat.html");
const ENDED: &str = include_str!("page/ended.html");

/// The chat of a guest whose link is alive.
pub fn chat(door: &Door) -> Response {
    let page = CHAT
        .replace("{{property}}", &escaped(&door.property))
        .replace("{{inbox}}", &escaped(&door.inbox))
        .replace("{{source}}", &escaped(&door.source))
        .replace("{{socket}}", &escaped(&door.socket));
    (headers(), Html(page)).into_response()
}

/// A link nobody ever had. Nothing tells whether it is mistyped or invented.
pub fn unknown() -> Response {
    message(
        StatusCode::NOT_FOUND,
        "This link does not open a chat",
        "Please open the link in your booking e-mail once more, or answer the e-mail.",
        "",
    )
}

/// A link older than thirty days: the old thread is not shown, a new conversation may start.
pub fn ended(token: &str) -> Response {
    let form = format!(
        "<form method=\"post\" action=\"/chat/{}/renew\"><button type=\"submit\">Start a new chat</button></form>",
        escaped(token)
    );
    message(
        StatusCode::GONE,
        "This chat has ended",
        "The link from your booking e-mail was open for 30 days. You can write to us in a new chat.",
        &form,
    )
}

fn message(status: StatusCode, title: &str, words: &str, more: &str) -> Response {
    let page = ENDED
        .replace("{{title}}", title)
        .replace("{{words}}", words)
        .replace("{{more}}", more);
    (status, headers(), Html(page)).into_response()
}

/// `/chat/app.js`.
pub fn script() -> Response {
    file("text/javascript; charset=utf-8", include_str!("page/app.js"))
}

/// `/chat/app.css`.
pub fn style() -> Response {
    file("text/css; charset=utf-8", include_str!("page/app.css"))
}

fn file(content_type: &'static str, text: &'static str) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    (headers, text).into_response()
}

fn headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(
            escaped("<b>\"A&B's\"</b>"),
            "&lt;b&gt;&quot;A&amp;B&#39;s&quot;&lt;/b&gt;"
        );
    }

    #[test]
    fn the_page_holds_no_inline_script() {
        for page in [CHAT, ENDED] {
            let is_handler = |word: &str| word.starts_with("on") && word.contains('=');
            let inline = page.contains("<script>")
                || page.contains("<style")
                || page.split_whitespace().any(is_handler);
            assert!(!inline, "the policy forbids it");
        }
    }
}
