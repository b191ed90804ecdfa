//! Every endpoint with a request that succeeds. PUT is the other name of PATCH everywhere and has no rows of its own:
//! a bent request may come as either.

use crate::caller::Caller;
use crate::ids::Ids;
use crate::request::{Body, Sample, Segment, multipart};
use crate::routes::{self, Endpoint};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

mod rows;
pub use rows::{account, contacts, conversations, open, reports, small};

/// One endpoint.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub body: Option<Value>,
    /// The field of a file that comes with it.
    pub file: Option<&'static str>,
    pub caller: Caller,
    /// What it works on is gone afterwards.
    pub is_destroying: bool,
    /// The reference answers some of its bad values with 500.
    pub may_fail: bool,
    /// The status of the request nobody bent.
    pub status: u16,
}

pub fn row(method: &'static str, path: &'static str) -> Row {
    Row {
        method,
        path,
        body: None,
        file: None,
        caller: Caller::Admin,
        is_destroying: method == "DELETE",
        may_fail: false,
        status: 200,
    }
}

impl Row {
    pub fn json(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    pub fn file(mut self, field: &'static str) -> Self {
        self.file = Some(field);
        self
    }

    pub fn by(mut self, caller: Caller) -> Self {
        self.caller = caller;
        self
    }

    pub fn destroys(mut self) -> Self {
        self.is_destroying = true;
        self
    }

    /// Some bad values are answered with 500, and the reference says so.
    pub fn fails_as_upstream(mut self) -> Self {
        self.may_fail = true;
        self
    }

    /// It is refused, or answered in a way of its own, whatever is sent.
    pub fn answers(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn template(&self) -> String {
        let path = self.path.replace("~2", "/api/v2/accounts/{account}");
        path.replace('~', "/api/v1/accounts/{account}")
    }

    /// The path with `{}` for every name.
    fn place(&self) -> String {
        routes::written(self.path)
    }

    /// The request that succeeds, without credentials.
    pub fn sample(&self, ids: &Ids) -> Sample {
        let mut sample = Sample::new(self.method, &self.template());
        sample.query = ids.fill(&sample.query);
        for part in &mut sample.path {
            part.is_id = part.text.starts_with('{');
            part.text = ids.fill(&part.text);
        }
        let body = match (&self.body, self.file) {
            (_, Some(field)) => multipart(&[(field, Some("a.png"), "image/png", b"bytes")]),
            (Some(json), None) => Body::Json(ids.fill_json(json)),
            (None, None) => Body::None,
        };
        sample.with_body(body)
    }
}

fn every() -> Vec<Row> {
    [account(), contacts(), conversations(), open(), reports(), small()]
        .into_iter()
        .flatten()
        .collect()
}

/// Every name of a field in the bodies.
pub fn fields() -> Vec<String> {
    let mut names = BTreeSet::new();
    for row in every() {
        row.body.iter().for_each(|body| collect(body, &mut names));
    }
    names.into_iter().collect()
}

fn collect(json: &Value, names: &mut BTreeSet<String>) {
    match json {
        Value::Array(list) => list.iter().for_each(|one| collect(one, names)),
        Value::Object(object) => {
            names.extend(object.keys().cloned());
            object.values().for_each(|one| collect(one, names));
        }
        _ => {}
    }
}

/// Whether a request, bent as it is, is at a path where the reference answers bad values with 500.
pub fn may_fail(sample: &Sample) -> bool {
    static FAILING: LazyLock<Vec<String>> = LazyLock::new(|| {
        every()
            .iter()
            .filter(|row| row.may_fail)
            .map(Row::place)
            .collect()
    });
    let fits = |place: &String| {
        let parts: Vec<&str> = place.split('/').skip(1).collect();
        let fits = |(part, is): (&&str, &Segment)| *part == "{}" || *part == is.text;
        parts.len() == sample.path.len() && parts.iter().zip(&sample.path).all(fits)
    };
    FAILING.iter().any(fits)
}

/// The endpoints the rows have.
pub fn endpoints() -> BTreeSet<Endpoint> {
    let rows = every().into_iter();
    rows.map(|row| (row.method.to_owned(), row.place())).collect()
}
