//! Values nobody means well with.

use crate::ids::Ids;
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Value, json};

/// Longer than the limits of the reference: of a name, an attribute, a text column, a message.
const LENGTHS: &[usize] = &[256, 1501, 20_001, 150_001];

const TEXTS: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999",
    "0x10",
    "NaN",
    "true",
    "null",
    "\0",
    "a\0b",
    "\u{1}\u{7}\u{1b}[31m\u{7f}",
    "\u{202e}\u{200b}\u{feff}",
    "a\r\nx-injected: 1\r\n\r\n",
    "' OR 1=1 --",
    "\"; DROP TABLE message; --",
    "%",
    "_%_",
    "\\",
    "*\" OR \"",
    "../../../etc/passwd",
    "..\\..\\desk.db",
    "file:///etc/passwd",
    "http://169.254.169.254/latest",
    "javascript:alert(1)",
    "<script>alert(1)</script>",
    "{{ contact.email }}",
    "{{ contact.name | upcase | x }}",
    "{% for a in b %}",
    "{{{{{{{{",
    "[@A](mention://user/1/A)",
    "[@A](mention://user/99999999999999999999/A)",
    "[@T](mention://team/-1/T)",
    "2024-01-01",
    "9999-99-99",
    "-271821-04-20",
    "9999-12-31T23:59:59.999Z",
    "2024-01-01T00:00:00+99:99",
    "(?:a+)+$",
    "[",
    "Ã©😀👩‍👩‍👧‍👦é",
    "a@b",
    "x@example.org,\r\nbcc: y@example.org",
    "+",
    "+000000000000000000000000000000",
];

/// Words of the wire: a bent request should get past the first door, too.
const WORDS: &[&str] = &[
    "open",
    "resolved",
    "pending",
    "snoozed",
    "all",
    "me",
    "unassigned",
    "urgent",
    "high",
    "outgoing",
    "incoming",
    "activity",
    "template",
    "text",
    "cards",
    "form",
    "article",
    "input_select",
    "input_csat",
    "AgentBot",
    "User",
    "Conversation",
    "Contact",
    "delete",
    "equal_to",
    "not_equal_to",
    "contains",
    "is_present",
    "is_greater_than",
    "days_before",
    "and",
    "OR",
    "label",
    "team",
    "inbox",
    "agent",
    "account",
    "reply_time",
    "hour",
    "year",
    "read",
    "failed",
    "delivered",
    "on",
    "off",
    "global",
    "personal",
    "self",
    "desc",
    "administrator",
    "online",
];

/// Picks one of many.
pub fn pick<'a, T>(random: &mut StdRng, all: &'a [T]) -> &'a T {
    &all[random.random_range(0..all.len())]
}

/// A number nobody expects.
pub fn number(random: &mut StdRng) -> Value {
    match random.random_range(0..12) {
        0 => json!(0),
        1 => json!(-1),
        2 => json!(i64::MIN),
        3 => json!(i64::MAX),
        4 => json!(u64::MAX),
        5 => json!(1e308),
        6 => json!(-1e308),
        7 => json!(0.5),
        8 => json!(i32::MAX),
        9 => json!(9_007_199_254_740_993_i64),
        10 => json!(253_402_300_800_i64),
        _ => json!(random.random_range(-5..2000)),
    }
}

/// A text nobody expects.
pub fn text(random: &mut StdRng) -> String {
    match random.random_range(0..20) {
        0 => "a".repeat(*pick(random, &LENGTHS[..2])),
        // Rarely: what is large takes long to write and to look through.
        1 if random.random_bool(0.1) => "\u{10ffff}".repeat(*pick(random, LENGTHS)),
        2..8 => (*pick(random, WORDS)).to_owned(),
        _ => (*pick(random, TEXTS)).to_owned(),
    }
}

/// Nested so deep, as lists or as objects.
pub fn nested(depth: usize, is_list: bool) -> Value {
    let wrap = |inner: Value, _| {
        if is_list {
            json!([inner])
        } else {
            json!({ "a": inner })
        }
    };
    (0..depth).fold(json!("deep"), wrap)
}

/// Any value: another type, another size, somebody else's.
pub fn any(random: &mut StdRng, own: &Ids, foreign: &Ids) -> Value {
    match random.random_range(0..20) {
        0 => Value::Null,
        1 => json!(random.random_bool(0.5)),
        2..5 => number(random),
        5 | 6 => pick(random, &foreign.values()).clone(),
        7 => pick(random, &own.values()).clone(),
        8 => {
            let id = pick(random, &foreign.values()).clone();
            id.as_i64().map_or(id, |id| json!(id.to_string()))
        }
        9 => json!([]),
        10 => json!({}),
        11 => {
            let depth = *pick(random, &[20, 60, 110, 123]);
            let is_list = random.random_bool(0.5);
            nested(depth, is_list)
        }
        12 => {
            let count = *pick(random, &[1, 2, 3, 4, 5, 6, 40, 1500]);
            (0..count).map(|_| number(random)).collect()
        }
        13 => {
            let one = json!({ text(random): text(random), "content": number(random), "id": number(random) });
            json!([one, text(random), null])
        }
        14 => {
            let count = *pick(random, &[2, 3, 4, 100]);
            let entries = (0..count).map(|at| (format!("{}{at}", text(random)), json!(at)));
            Value::Object(entries.collect())
        }
        _ => json!(text(random)),
    }
}
