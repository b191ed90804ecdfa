//! Message text to HTML that is safe to insert: the only place where markup for the screen is made.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use std::collections::HashSet;
use std::sync::LazyLock;

/// A guest's message longer than this is shown as plain text: rendering must never hold up the screen. Bytes.
const LONGEST: usize = 200_000;

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "hr",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "h3",
        "h4",
    ];
    let mut builder = ammonia::Builder::default();
    builder
        .tags(HashSet::from(tags))
        .generic_attributes(HashSet::new())
        .allowed_classes([("b", HashSet::from(["mention"]))].into_iter().collect())
        .tag_attributes([("a", HashSet::from(["href"]))].into_iter().collect())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// A link that names somebody of the team (`[@Jonas](mention://user/2/Jonas)`), as the wire writes mentions.
fn is_mention(address: &str) -> bool {
    address.starts_with("mention://")
}

/// Renders Markdown as the wire has it. Line breaks stay line breaks, as people write in chats; raw HTML is shown as the
/// text it is; images become links, because nothing is loaded from elsewhere unasked.
pub fn render(text: &str) -> String {
    if text.len() > LONGEST {
        return CLEANER.clean(&format!("<p>{}</p>", escape(text))).to_string();
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut in_mention = false;
    let events = Parser::new_ext(text, options).map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) if is_mention(&dest_url) => {
            in_mention = true;
            Event::InlineHtml("<b class=\"mention\">".into())
        }
        Event::End(TagEnd::Link) if in_mention => {
            in_mention = false;
            Event::InlineHtml("</b>".into())
        }
        Event::SoftBreak => Event::HardBreak,
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::Image {
            dest_url, title, id, ..
        }) => Event::Start(Tag::Link {
            link_type: pulldown_cmark::LinkType::Inline,
            dest_url,
            title,
            id,
        }),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        other => other,
    });
    let mut rendered = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut rendered, events);
    CLEANER.clean(&rendered).to_string()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// One line for a row: no markup marks, no line breaks, at most `most` characters.
pub fn one_line(text: &str, most: usize) -> String {
    let plain: String = Parser::new_ext(
        text.get(..text.len().min(4_000)).unwrap_or(text),
        Options::ENABLE_STRIKETHROUGH,
    )
    .filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
            Some(text.into_string())
        }
        Event::SoftBreak | Event::HardBreak | Event::End(_) => Some(" ".to_owned()),
        _ => None,
    })
    .collect();
    plain
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(most)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formats_what_people_write() {
        let html = render("Hello **Priya**\nsee [us](https://example.com)\n\n- one\n- two");
        assert!(html.contains("<strong>Priya</strong><br>"), "{html}");
        assert!(
            html.contains(r#"href="https://example.com""#) && html.contains("<li>two</li>"),
            "{html}"
        );
    }

    #[test]
    fn nothing_runs_and_nothing_is_fetched() {
        let cases = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "![x](https://evil.example/pixel.png)",
            "<a href=\"data:text/html,x\" style=\"position:fixed\">x</a>",
            "<svg/onload=alert(1)>",
        ];
        for case in cases {
            let html = render(case);
            let live = [
                "<script",
                "<img",
                "<svg",
                "href=\"javascript:",
                "<style",
                "<a href=\"data:",
            ];
            assert!(
                live.iter().all(|mark| !html.contains(mark)),
                "{case} became {html}"
            );
        }
    }

    #[test]
    fn somebody_who_is_mentioned_is_a_name_and_no_link() {
        let html = render("[@Jonas L](mention://user/2/Jonas%20L) see [this](https://example.com)");
        assert!(html.contains(r#"<b class="mention">@Jonas L</b>"#), "{html}");
        assert!(html.contains(r#"href="https://example.com""#), "{html}");
        assert!(
            !render(r#"<b class="mention">x</b>"#).contains("<b"),
            "nobody writes it by hand"
        );
    }

    #[test]
    fn a_row_shows_words_only() {
        assert_eq!(one_line("**Hello**\n\n- a\n- `b`  c", 160), "Hello a b c");
        assert_eq!(one_line("abcdef", 3), "abc");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_live_element(text in "\\PC{0,200}") {
            let html = render(&text);
            prop_assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("onerror=\""));
            let _ = one_line(&text, 40);
        }
    }
}
