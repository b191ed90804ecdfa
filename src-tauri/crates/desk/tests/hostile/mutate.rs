//! One to three changes that make a request that succeeds one that should not.

use crate::ids::Ids;
use crate::request::{BOUNDARY, Body, Sample, Segment};
use crate::values::{self, pick};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Map, Value, json};

const PATH_PARTS: &[&str] = &[
    "0",
    "-1",
    "9223372036854775807",
    "99999999999999999999",
    "1e3",
    "+1",
    "%31",
    "abc",
    "%00",
    "1%00",
    "%FF",
    "%C3%28",
    "%zz",
    "%",
    "%2",
    "..%2f..%2fdesk.db",
    "%2e%2e",
    "..",
    ".",
    "..%5c..%5cdesk.db",
    "%2e%2e%2fdesk.db",
    "%2fetc%2fpasswd",
    "a.png%00.txt",
    "%0d%0ax-injected:%201",
    "{id}",
    "*",
    "%25%30%30",
    "",
];

const QUERIES: &[&str] = &[
    "page=-1",
    "page=9223372036854775807",
    "page=%00",
    "page[]=1",
    "page[a][b]=1",
    "%FF=%FE",
    "%zz=%",
    "=&==&&&",
    "q=%25%27%22%00",
    "q=%EF%BF%BF%F0%9F%98%80",
    "q=a*%20OR%20%22",
    "labels[]=%00&labels[]=",
    "labels[a]=b",
    "status[]=open&status=",
    "sort=-%27;--",
    "sort_by=created_at%3B",
    "since=-9223372036854775808&until=9223372036854775807",
    "since=a&until=b",
    "timezone_offset=NaN",
    "timezone_offset=1e308&since=1&until=99",
    "group_by=second",
    "type=nobody&id=-1",
    "updated_within=9223372036854775807",
    "updated_within=-1",
    "before=9223372036854775807&after=-9223372036854775808",
    "before=x&after=",
    "inbox_ids[]=0&inbox_ids[]=x&inbox_ids=1",
    "user_ids[]=99999999999999999999",
    "include_contact_inboxes=maybe",
    "access-token=a&client=b&uid=c",
    "api_access_token=x",
    "payload[][attribute_key]=status",
    "_method=delete",
    "conversation_type=participating&source_id=%00",
];

const CONTENT_TYPES: &[Option<&str>] = &[
    None,
    Some(""),
    Some("text/plain"),
    Some("application/xml"),
    Some("application/json; charset=utf-16"),
    Some("APPLICATION/JSON"),
    Some("application/vnd.api+json"),
    Some("application/x-www-form-urlencoded"),
    Some("multipart/form-data"),
    Some("multipart/form-data; boundary="),
    Some("multipart/form-data; boundary=other"),
    Some("multipart/mixed; boundary=----hostile"),
];

const FILE_NAMES: &[&str] = &[
    "../../desk.db",
    "..\\..\\desk.db",
    "/etc/passwd",
    "C:\\desk.db",
    ".",
    "..",
    "",
    "%2e%2e%2fdesk.db",
    "a.png\u{202e}gpj.exe",
    "CON",
    "a;b=c.png",
    "a%00.png",
    "a'b\\\"c.png",
    "é😀.png",
    ".htaccess",
];

const FILE_TYPES: &[&str] = &[
    "image/png",
    "text/html",
    "image/svg+xml",
    "application/x-sh",
    "audio/ogg",
    "video/mp4",
    "x",
    "",
    "a/b; c=\"",
    "*/*",
];

const HEADERS: &[(&str, &[u8])] = &[
    ("api_access_token", b"invented"),
    ("api_access_token", b"\xff\xfe"),
    ("authorization", b"Bearer invented"),
    ("authorization", b"Bearer eyJhY2Nlc3MtdG9rZW4iOjF9"),
    ("authorization", b"Basic YWRhOmFkYQ=="),
    ("access-token", b"invented"),
    ("client", b"' OR 1=1 --"),
    ("uid", b"ana@example.org"),
    ("accept", b"text/html"),
    ("accept-encoding", b"gzip;q=nan"),
    ("x-forwarded-for", b"127.0.0.1, ::1, x"),
    ("x-forwarded-host", b"evil.test"),
    ("x-http-method-override", b"DELETE"),
    ("host", b"evil.test"),
    ("content-length", b"3"),
    ("transfer-encoding", b"chunked"),
    ("range", b"bytes=0-18446744073709551615"),
    ("origin", b"null"),
    ("cookie", b"a=\xc3\x28"),
    ("upgrade", b"websocket"),
];

const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW",
];

/// Bends requests with one random sequence.
pub struct Bender<'a> {
    pub random: StdRng,
    pub own: &'a Ids,
    pub foreign: &'a Ids,
    /// Names of fields of all endpoints.
    pub fields: &'a [String],
}

impl Bender<'_> {
    /// A hostile relative of a request.
    pub fn bend(&mut self, valid: &Sample) -> Sample {
        let mut sample = valid.clone();
        let has_body = !matches!(valid.body, Body::None);
        for _ in 0..self.random.random_range(1..4) {
            match self.random.random_range(0..100) {
                0..45 if has_body => self.body(&mut sample),
                0..30 => self.path(&mut sample),
                30..45 => self.query(&mut sample),
                45..55 => self.raw(&mut sample),
                55..63 => self.content_type(&mut sample),
                63..66 => self.form(&mut sample),
                66..80 => self.path(&mut sample),
                80..92 => self.query(&mut sample),
                92..95 => {
                    sample.method = pick(&mut self.random, METHODS).parse().unwrap();
                }
                _ => {
                    let (name, value) = *pick(&mut self.random, HEADERS);
                    sample.headers.push((name, value.to_vec()));
                }
            }
        }
        sample
    }

    fn any(&mut self) -> Value {
        values::any(&mut self.random, self.own, self.foreign)
    }

    /// One place of a JSON body changed, dropped or added; the bytes of any other.
    fn body(&mut self, sample: &mut Sample) {
        match &mut sample.body {
            Body::Json(json) => {
                let mut json = std::mem::take(json);
                self.json(&mut json);
                sample.body = Body::Json(json);
            }
            Body::Raw { bytes, .. } if bytes.starts_with(b"--") => self.form(sample),
            Body::Raw { bytes, .. } if !bytes.is_empty() => {
                let at = self.random.random_range(0..bytes.len());
                bytes[at] = self.random.random();
            }
            _ => sample.body = Body::Json(json!({ "x": 1 })),
        }
    }

    fn json(&mut self, json: &mut Value) {
        let places = count(json);
        let mut at = self.random.random_range(0..places);
        let what = self.random.random_range(0..10);
        let value = self.any();
        let field = pick(&mut self.random, self.fields).clone();
        let Some(place) = nth(json, &mut at) else { return };
        match (what, place) {
            (0 | 1, Value::Object(object)) if !object.is_empty() => {
                let keys: Vec<String> = object.keys().cloned().collect();
                object.remove(pick(&mut self.random, &keys));
            }
            (2 | 3, Value::Object(object)) => {
                object.insert(field, value);
            }
            (4, Value::Object(object)) => {
                let text = values::text(&mut self.random);
                object.insert(text, value);
            }
            (5, Value::Array(list)) => list.push(value),
            (6, place) => *place = json!([place.clone()]),
            (7, place) => *place = json!({ field: place.clone() }),
            (_, place) => *place = value,
        }
    }

    /// Bytes that only look like the body.
    fn raw(&mut self, sample: &mut Sample) {
        let body = match &sample.body {
            Body::Json(json) => json.to_string(),
            _ => "{\"content\":\"x\"}".to_owned(),
        };
        let half = body.len() / 2;
        let bytes = match self.random.random_range(0..12) {
            0 => body.as_bytes()[..half].to_vec(),
            1 => [b"\xef\xbb\xbf", body.as_bytes()].concat(),
            2 => b"{\"content\":\"\xff\xfe\",\"name\":\"\xc3\x28\"}".to_vec(),
            3 => br#"{"content":"\ud800","name":"\udfff\u0000"}"#.to_vec(),
            4 => body.replace(':', ":[1,").into_bytes(),
            5 => "[".repeat(10_000).into_bytes(),
            6 => "{\"a\":".repeat(3_000).into_bytes(),
            7 => b"{\"content\":1,\"content\":[],\"content\":\"last\"}".to_vec(),
            8 => b"{\"content\":NaN,\"id\":Infinity}".to_vec(),
            9 => b"{\"content\":1e999999,\"id\":-0,\"inbox_id\":123456789012345678901234567890}".to_vec(),
            10 => body.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ => Vec::new(),
        };
        sample.body = Body::Raw {
            content_type: Some("application/json".to_owned()),
            bytes,
        };
    }

    fn content_type(&mut self, sample: &mut Sample) {
        let bytes = match &sample.body {
            Body::None => b"{}".to_vec(),
            Body::Json(json) => json.to_string().into_bytes(),
            Body::Raw { bytes, .. } => bytes.clone(),
        };
        let content_type = pick(&mut self.random, CONTENT_TYPES).map(str::to_owned);
        sample.body = Body::Raw { content_type, bytes };
    }

    /// The body as a form, with files under names that are paths.
    fn form(&mut self, sample: &mut Sample) {
        let none = Map::new();
        let fields = match &sample.body {
            Body::Json(Value::Object(object)) => object.clone(),
            _ => none,
        };
        if self.random.random_bool(0.4) {
            let mut text: Vec<String> = fields
                .iter()
                .map(|(key, one)| format!("{key}={}", plain(one)))
                .collect();
            text.push((*pick(&mut self.random, QUERIES)).to_owned());
            text.push(format!(
                "a{}=1",
                "[b]".repeat(*pick(&mut self.random, &[2, 15, 900]))
            ));
            sample.body = Body::Raw {
                content_type: Some("application/x-www-form-urlencoded".to_owned()),
                bytes: text.join("&").into_bytes(),
            };
            return;
        }
        let mut bytes = Vec::new();
        for (key, one) in &fields {
            let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{key}\"\r\n\r\n");
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(plain(one).as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        for field in ["attachments[]", "attachment"] {
            let (name, kind) = (
                pick(&mut self.random, FILE_NAMES),
                pick(&mut self.random, FILE_TYPES),
            );
            let head = format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n"
            );
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(b"\xff\xd8\x00<script>\r\n");
        }
        if self.random.random_bool(0.7) {
            bytes.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        }
        sample.body = Body::Raw {
            content_type: Some(format!("multipart/form-data; boundary={BOUNDARY}")),
            bytes,
        };
    }

    fn path(&mut self, sample: &mut Sample) {
        let named: Vec<usize> = (0..sample.path.len())
            .filter(|at| sample.path[*at].is_id)
            .collect();
        let at = if named.is_empty() || self.random.random_bool(0.1) {
            self.random.random_range(0..sample.path.len())
        } else {
            *pick(&mut self.random, &named)
        };
        let part = match self.random.random_range(0..10) {
            0..4 => plain(pick(&mut self.random, &self.foreign.values())),
            4 | 5 => plain(pick(&mut self.random, &self.own.values())),
            6 => "a".repeat(*pick(&mut self.random, &[300, 9000])),
            _ => (*pick(&mut self.random, PATH_PARTS)).to_owned(),
        };
        let part = part.replace([' ', '?', '#'], "%20");
        match self.random.random_range(0..12) {
            0 => sample.path.push(Segment {
                text: part,
                is_id: true,
            }),
            1 => {
                sample.path.pop();
            }
            _ => sample.path[at].text = part,
        }
        if sample.path.is_empty() {
            sample.path.push(Segment {
                text: String::new(),
                is_id: false,
            });
        }
    }

    fn query(&mut self, sample: &mut Sample) {
        let more = match self.random.random_range(0..5) {
            0 => {
                let field = pick(&mut self.random, self.fields).clone();
                let value = self.any();
                let text: String = plain(&value).chars().take(3000).collect();
                format!(
                    "{field}={}",
                    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>()
                )
            }
            1 if !sample.query.is_empty() => {
                let value = *pick(
                    &mut self.random,
                    &["", "%00", "-1", "99999999999999999999", "%FF", "[]", "x"],
                );
                let parts: Vec<&str> = sample.query.split('&').collect();
                let name = pick(&mut self.random, &parts)
                    .split('=')
                    .next()
                    .unwrap_or_default();
                format!("{name}={value}")
            }
            _ => (*pick(&mut self.random, QUERIES)).to_owned(),
        };
        sample.query = match (sample.query.is_empty(), self.random.random_bool(0.7)) {
            (false, true) => format!("{}&{more}", sample.query),
            _ => more,
        };
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// How many places a body has that could be changed.
fn count(json: &Value) -> usize {
    1 + match json {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(object) => object.values().map(count).sum(),
        _ => 0,
    }
}

/// The place of that number.
fn nth<'a>(json: &'a mut Value, at: &mut usize) -> Option<&'a mut Value> {
    if *at == 0 {
        return Some(json);
    }
    *at -= 1;
    match json {
        Value::Array(list) => list.iter_mut().find_map(|one| nth(one, at)),
        Value::Object(object) => object.values_mut().find_map(|one| nth(one, at)),
        _ => None,
    }
}
