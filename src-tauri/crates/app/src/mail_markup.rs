//! The HTML of a mail for a frame without scripts: its design stays, and it fetches nothing. Pictures are what it carries
//! inside, or what the program fetched for it; to their own addresses nobody goes.

use ammonia::Builder;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use url::Url;

/// A designed mail longer than this is cut before it is read. Bytes.
const LONGEST: usize = 1_000_000;
/// More pictures than this are left out.
pub const MOST_PICTURES: usize = 60;

/// Pictures that may stand in an address. No SVG: it is a document.
const CARRIED: [&str; 4] = [
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
];

/// The mail with the pictures it carries, and those in `fetched`: from their addresses to `data:` addresses.
pub fn clean(html: &str, fetched: &Arc<HashMap<String, String>>) -> String {
    let fetched = fetched.clone();
    let picture = move |address: &str| {
        let carried = CARRIED.iter().any(|kind| address.starts_with(kind));
        match carried {
            true => Some(address.to_owned()),
            false => fetched.get(address).cloned(),
        }
    };
    cleaner(picture).clean(beginning(html)).to_string()
}

/// Addresses of the pictures it would load, each once, at most [`MOST_PICTURES`].
pub fn pictures(html: &str) -> Vec<String> {
    let found = Arc::new(Mutex::new(Vec::<String>::new()));
    let noted = found.clone();
    let note = move |address: &str| {
        let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = is_outside(address) && !noted.iter().any(|one| one == address);
        if is_new && noted.len() < MOST_PICTURES {
            noted.push(address.to_owned());
        }
        None
    };
    drop(cleaner(note).clean(beginning(html)));
    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut *found)
}

/// What a mail may be made of; `picture` says what stands for the address of a picture.
fn cleaner(picture: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .add_tags(["font", "center", "u", "big"])
        .rm_tags(["map", "area"])
        .generic_attributes(HashSet::from([
            "align", "bgcolor", "border", "color", "colspan", "dir", "face", "height", "lang", "rowspan",
            "size", "valign", "width",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["alt", "src"])),
        ]))
        .clean_content_tags(HashSet::from(["script", "style", "title"]))
        .url_schemes(HashSet::from(["data", "http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") => picture(value).map(Cow::Owned),
            (_, "href") if leads_to_data(value) => None,
            _ => Some(Cow::Borrowed(value)),
        });
    builder
}

fn leads_to_data(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.scheme() == "data")
}

fn is_outside(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn beginning(html: &str) -> &str {
    let mut end = html.len().min(LONGEST);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    &html[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "<style>p{color:red}</style><title>t</title><table bgcolor=\"#fff\"><tr><td>\
        <img src=\"https://evil.example/p.png?a=1&amp;b=2\" alt=\"Logo\" onload=\"x()\"><a href=\"javascript:x()\">a</a>\
        <img src=\"https://evil.example/p.png?a=1&amp;b=2\" srcset=\"https://evil.example/2\"><img src=\"cid:1\">\
        <img src=\"data:image/png;base64,AAAA\"><img src=\"data:image/svg+xml;base64,AAAA\">\
        <a href=\" DATA:text/html,x\">d</a>\
        <p style=\"background:url(https://evil.example)\" background=\"https://evil.example\">Hello</p>";

    #[test]
    fn a_mail_keeps_its_design_and_fetches_nothing() {
        let html = clean(MAIL, &Arc::default());
        for kept in ["bgcolor", "Hello", "Logo", "src=\"data:image/png;base64,AAAA\""] {
            assert!(html.contains(kept), "{kept} in {html}");
        }
        for mark in [
            "evil.example",
            "javascript",
            "onload",
            "style",
            "color:red",
            "<title",
            "svg",
            "cid:",
            "text/html",
        ] {
            assert!(!html.contains(mark), "{mark} in {html}");
        }
    }

    #[test]
    fn a_picture_is_asked_for_once_and_stands_in_its_place() {
        let address = "https://evil.example/p.png?a=1&b=2";
        assert_eq!(
            pictures(MAIL),
            [address],
            "as the mail means it, not as it is written"
        );
        let fetched = HashMap::from([(address.to_owned(), "data:image/gif;base64,BBBB".to_owned())]).into();
        let html = clean(MAIL, &fetched);
        assert_eq!(html.matches("data:image/gif;base64,BBBB").count(), 2, "{html}");
        assert!(!html.contains("evil.example"), "{html}");
    }

    #[test]
    fn a_mail_without_end_has_one() {
        let many: String = (0..MOST_PICTURES + 9)
            .map(|at| format!("<img src=http://x.example/{at}>"))
            .collect();
        assert_eq!(pictures(&many).len(), MOST_PICTURES);
        assert!(clean(&"ä".repeat(LONGEST), &Arc::default()).len() <= LONGEST + 1);
    }
}
