//! Opens addresses outside the program.

use tauri::Url;

/// What a guest's message may open. Checked here as well as in the app: this is the last door.
fn may_open(url: &str) -> Option<Url> {
    let url = Url::parse(url).ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto" | "tel").then_some(url)
}

/// Hands the address to the program the person chose for it, and does not wait.
pub fn open(url: &str) {
    let Some(url) = may_open(url) else {
        tracing::warn!("Refused to open an address of a kind that is not allowed");
        return;
    };
    // Finding the program reads files and may start processes: never on the window's thread.
    std::thread::spawn(move || {
        if let Err(error) = open::that_detached(url.as_str()) {
            tracing::warn!(scheme = url.scheme(), kind = ?error.kind(), "No program opened an address");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::may_open;

    #[test]
    fn only_addresses_of_the_outside_world_are_opened() {
        for url in [
            "https://example.org/a?b",
            "http://127.0.0.1:1/",
            "mailto:a@example.org",
            "tel:+123",
        ] {
            assert!(may_open(url).is_some(), "{url} is a place to go");
        }
        for url in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://host/x",
            "ms-settings:",
            "/bin/sh",
            "-x",
            "",
        ] {
            assert!(may_open(url).is_none(), "{url} could run or reveal something");
        }
    }
}
