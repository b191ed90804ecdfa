//! Parameters as Rails reads them: query, JSON, form and multipart become one tree, and scalars are cast by whoever
//! asks. A value of the wrong kind counts as absent; it is never a failure.

use crate::db::json::Object;
use crate::error::ApiError;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::{LengthLimitError, Limited};
use serde_json::{Map, Value};

/// The largest body of text that is read. Anybody may send one, signed in or not.
const LARGEST_TEXT: usize = 8 * 1024 * 1024;
/// The largest form with files: a handful of large ones.
const LARGEST_FORM: usize = 128 * 1024 * 1024;
/// Names nested deeper are refused, so that no request can exhaust the stack.
const DEEPEST: usize = 16;
/// JSON nested deeper is refused. What is kept of it comes back inside lists, and there it must not be too deep for
/// those who read them: many parsers end at 128.
const DEEPEST_JSON: usize = 64;

/// A file that came with the request.
#[derive(Clone)]
pub struct Upload {
    /// The name of its field.
    pub field: String,
    pub file_name: String,
    pub content_type: String,
    pub bytes: Bytes,
}

/// All parameters of a request.
#[derive(Clone, Default)]
pub struct Params {
    values: Object,
    pub files: Vec<Upload>,
    is_json: bool,
}

impl Params {
    /// Reads query and body.
    pub async fn of(request: Request) -> Result<Self, ApiError> {
        let mut params = Self::default();
        params.add_form(request.uri().query().unwrap_or_default().as_bytes())?;
        let content_type = header(&request, CONTENT_TYPE);
        if content_type.starts_with("multipart/form-data") {
            announced(&request, LARGEST_FORM)?;
            params.add_multipart(request).await?;
        } else if content_type.starts_with("application/x-www-form-urlencoded") {
            let body = read(request).await?;
            params.add_form(&body)?;
        } else if content_type.contains("json") {
            let body = read(request).await?;
            params.add_json(&body)?;
        }
        Ok(params)
    }

    fn add_json(&mut self, body: &[u8]) -> Result<(), ApiError> {
        self.is_json = true;
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let json = serde_json::from_slice(body).map_err(|_| ApiError::Malformed)?;
        if !is_within(&json, DEEPEST_JSON) {
            return Err(ApiError::Malformed);
        }
        match json {
            Value::Object(object) => self.values.extend(object),
            other => {
                self.values.insert("_json".to_owned(), other);
            }
        }
        Ok(())
    }

    fn add_form(&mut self, text: &[u8]) -> Result<(), ApiError> {
        for (name, value) in url::form_urlencoded::parse(text) {
            self.add(&name, Value::String(value.into_owned()))?;
        }
        Ok(())
    }

    async fn add_multipart(&mut self, request: Request) -> Result<(), ApiError> {
        let request = request.map(|body| Body::new(Limited::new(body, LARGEST_FORM)));
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| ApiError::Malformed)?;
        while let Some(field) = form.next_field().await.map_err(|error| of_form(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let content_type = field.content_type().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|error| of_form(&error))?;
            match file_name {
                Some(file_name) => self.files.push(Upload {
                    field: name.trim_end_matches("[]").to_owned(),
                    file_name,
                    content_type: content_type.unwrap_or_else(|| "application/octet-stream".to_owned()),
                    bytes,
                }),
                None => self.add(&name, Value::String(String::from_utf8_lossy(&bytes).into_owned()))?,
            }
        }
        Ok(())
    }

    /// `a`, `a[]`, `a[b]`, `a[b][]`, … as Rails nests them.
    fn add(&mut self, name: &str, value: Value) -> Result<(), ApiError> {
        let (first, rest) = name.split_at(name.find('[').unwrap_or(name.len()));
        let keys: Vec<&str> = rest
            .split('[')
            .skip(1)
            .map(|key| key.trim_end_matches(']'))
            .collect();
        if keys.len() > DEEPEST {
            return Err(ApiError::Malformed);
        }
        let old = self.values.remove(first).unwrap_or(Value::Null);
        self.values.insert(first.to_owned(), nested(old, &keys, value));
        Ok(())
    }

    /// The value as it came.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// Whether the key was sent at all, null included.
    pub fn has(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    /// A text; numbers and booleans are cast.
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(as_text)
    }

    /// A text with something in it.
    pub fn filled(&self, key: &str) -> Option<String> {
        self.text(key).filter(|text| !text.trim().is_empty())
    }

    /// A whole number; texts are cast.
    pub fn integer(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(as_integer)
    }

    /// A truth value; `"false"`, `"0"` and the like are false.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).and_then(as_flag)
    }

    /// An object.
    pub fn object(&self, key: &str) -> Option<&Object> {
        self.get(key).and_then(Value::as_object)
    }

    /// Texts of a list; a single text counts as a list of one.
    pub fn texts(&self, key: &str) -> Vec<String> {
        match self.get(key) {
            Some(Value::Array(values)) => values.iter().filter_map(as_text).collect(),
            Some(value) => as_text(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Ids of a list that must be JSON numbers (reference §0); none when it is missing.
    pub fn ids(&self, key: &str) -> Option<Vec<i64>> {
        let values = self.get(key)?.as_array()?;
        Some(values.iter().filter_map(Value::as_i64).collect())
    }

    /// Ids of a list; texts are cast.
    pub fn cast_ids(&self, key: &str) -> Vec<i64> {
        match self.get(key) {
            Some(Value::Array(values)) => values.iter().filter_map(as_integer).collect(),
            Some(value) => as_integer(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// What stands under a wrapper; JSON bodies may leave the wrapper away (reference §0).
    pub fn under(&self, wrapper: &str) -> Result<Self, ApiError> {
        match self.get(wrapper) {
            Some(Value::Object(object)) if !object.is_empty() => Ok(Self {
                values: object.clone(),
                files: Vec::new(),
                is_json: self.is_json,
            }),
            _ if self.is_json && !self.values.is_empty() => Ok(self.clone()),
            _ => Err(ApiError::missing(wrapper)),
        }
    }

    /// As [`Params::under`], but never without the wrapper.
    pub fn strictly_under(&self, wrapper: &str) -> Result<Self, ApiError> {
        match self.get(wrapper) {
            Some(Value::Object(object)) if !object.is_empty() => Ok(Self {
                values: object.clone(),
                files: Vec::new(),
                is_json: self.is_json,
            }),
            _ => Err(ApiError::missing(wrapper)),
        }
    }

    /// The page, from 1.
    pub fn page(&self) -> i64 {
        self.integer("page").unwrap_or(1).max(1)
    }
}

/// `old` with `value` put where the keys lead; an empty key appends to a list.
fn nested(old: Value, keys: &[&str], value: Value) -> Value {
    let Some((key, rest)) = keys.split_first() else {
        return value;
    };
    if key.is_empty() {
        let mut list = match old {
            Value::Array(list) => list,
            _ => Vec::new(),
        };
        list.push(nested(Value::Null, rest, value));
        return Value::Array(list);
    }
    let mut object = match old {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    let inner = object.remove(*key).unwrap_or(Value::Null);
    object.insert((*key).to_owned(), nested(inner, rest, value));
    Value::Object(object)
}

fn is_within(json: &Value, depth: usize) -> bool {
    match json {
        Value::Array(list) => depth > 0 && list.iter().all(|one| is_within(one, depth - 1)),
        Value::Object(object) => depth > 0 && object.values().all(|one| is_within(one, depth - 1)),
        _ => true,
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn as_integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number
            .as_i64()
            .or_else(|| number.as_f64().map(|number| number as i64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn as_flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_i64() != Some(0)),
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(!matches!(
            text.as_str(),
            "false" | "0" | "f" | "F" | "FALSE" | "off" | "OFF"
        )),
        _ => None,
    }
}

fn header(request: &Request, name: axum::http::HeaderName) -> String {
    let value = request.headers().get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_ascii_lowercase()
}

/// Refuses before anything of it is read what says itself that it is too large.
fn announced(request: &Request, most: usize) -> Result<(), ApiError> {
    let length = header(request, CONTENT_LENGTH).parse::<u64>().unwrap_or(0);
    if length > most as u64 {
        return Err(ApiError::TooLarge);
    }
    Ok(())
}

async fn read(request: Request) -> Result<Bytes, ApiError> {
    bytes_of(request, LARGEST_TEXT).await
}

/// The body as it came, at most so many bytes.
pub async fn bytes_of(request: Request, most: usize) -> Result<Bytes, ApiError> {
    announced(&request, most)?;
    match to_bytes(request.into_body(), most).await {
        Ok(bytes) => Ok(bytes),
        Err(error) => Err(if error.into_inner().is::<LengthLimitError>() {
            ApiError::TooLarge
        } else {
            ApiError::Malformed
        }),
    }
}

/// What a form that ends too early is: larger than allowed, or broken.
fn of_form(error: &MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TooLarge
    } else {
        ApiError::Malformed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn form(text: &str) -> Params {
        let mut params = Params::default();
        params.add_form(text.as_bytes()).unwrap();
        params
    }

    #[tokio::test]
    async fn a_text_that_never_ends_is_too_large() {
        let request = |length: usize| {
            let body = Body::from(vec![b' '; length]);
            let request = Request::builder().header(CONTENT_TYPE, "application/json");
            request.body(body).unwrap()
        };
        assert!(Params::of(request(LARGEST_TEXT)).await.is_ok());
        let refused = Params::of(request(LARGEST_TEXT + 1)).await;
        assert!(matches!(refused, Err(ApiError::TooLarge)));
    }

    #[test]
    fn names_nest_as_in_rails() {
        let params = form("a=1&labels[]=x&labels[]=y&note[content]=z&deep[a][b][]=1");
        assert_eq!(params.text("a").as_deref(), Some("1"));
        assert_eq!(params.texts("labels"), ["x", "y"]);
        assert_eq!(params.get("note"), Some(&json!({ "content": "z" })));
        assert_eq!(params.get("deep"), Some(&json!({ "a": { "b": ["1"] } })));
    }

    #[test]
    fn a_name_of_two_kinds_or_endless_depth_does_no_harm() {
        assert_eq!(form("a=1&a[b]=2").get("a"), Some(&json!({ "b": "2" })));
        let deep = format!("a{}=1", "[x]".repeat(5000));
        assert!(Params::default().add_form(deep.as_bytes()).is_err());
    }

    #[test]
    fn json_is_as_deep_as_lists_of_it_can_be() {
        let nested = |depth: usize| format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(Params::default().add_json(nested(63).as_bytes()).is_ok());
        assert!(Params::default().add_json(nested(64).as_bytes()).is_err());
    }

    #[test]
    fn scalars_are_cast_and_other_kinds_are_absent() {
        let mut params = Params::default();
        params
            .add_json(br#"{"n": "7", "m": 7, "t": true, "o": {}, "l": [1, "2"], "f": "false"}"#)
            .unwrap();
        assert_eq!(params.integer("n"), Some(7));
        assert_eq!(params.text("m").as_deref(), Some("7"));
        assert_eq!(params.flag("f"), Some(false));
        assert_eq!(params.text("o"), None);
        assert_eq!(params.ids("l"), Some(vec![1]), "ids are compared without casting");
        assert_eq!(params.cast_ids("l"), [1, 2]);
    }

    #[test]
    fn a_wrapper_may_be_left_away_in_json_only() {
        let mut json = Params::default();
        json.add_json(br#"{"content": "x"}"#).unwrap();
        assert_eq!(json.under("note").unwrap().text("content").as_deref(), Some("x"));
        assert!(json.strictly_under("note").is_err());
        assert!(form("content=x").under("note").is_err());
        assert!(form("note[content]=x").under("note").is_ok());
    }
}
