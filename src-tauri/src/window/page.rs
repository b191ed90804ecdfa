//! What the window holds: the program's own page, and nothing a guest could lead it to.
//!
//! The content security policy in `tauri.conf.json` allows scripts and styles of the program only, and no address outside:
//! guests' pictures come through the program (`guestfile:`, see `attachments`), `blob:` from files about to be sent and from
//! recordings, `data:` from mail that carries its pictures inside. `ipc:` is how the screen reaches the program.

use super::{LABEL, placement};
use crate::events::EventStream;
use crate::status;
use std::path::Path;
use tauri::webview::{NewWindowResponse, PageLoadEvent, WebviewWindowBuilder};
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindow};

/// Makes the window, hidden. `web_data` is where the web view may write.
pub fn build(handle: &AppHandle, web_data: &Path) -> tauri::Result<WebviewWindow> {
    // Driven by a test, WebKitGTK wants a context that remembers.
    let is_driven = std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true");
    WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::default())
        .title(status::window_title(0))
        .inner_size(placement::DEFAULT_SIZE.0, placement::DEFAULT_SIZE.1)
        .min_inner_size(placement::SMALLEST_SIZE.0, placement::SMALLEST_SIZE.1)
        .visible(false)
        // Guests' pictures must not lie unencrypted in a browser cache: what the page loads is forgotten. What is
        // written all the same stays inside the profile.
        .incognito(!is_driven)
        .data_directory(web_data.to_owned())
        // Files are dropped on the composer, which the page handles itself.
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Started {
                window.state::<EventStream>().hold();
            }
        })
        .build()
}

/// Whether the window may go to an address: its own page, and the sandboxed frames inside it.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" | "about" => true,
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_own_page() {
        for address in [
            "tauri://localhost",
            "http://tauri.localhost/index.html",
            "about:srcdoc",
        ] {
            assert!(
                is_own_page(&address.parse().unwrap()),
                "{address} belongs to the screen"
            );
        }
        for address in [
            "https://example.org",
            "http://localhost",
            "file:///etc/passwd",
            "data:text/html,x",
        ] {
            assert!(
                !is_own_page(&address.parse().unwrap()),
                "{address} must not replace the screen"
            );
        }
    }
}
