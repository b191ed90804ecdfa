//! What a saved view narrows the list to, as Deskbell keeps it and as other clients of the same server do.
//!
//! A view saved here carries both: its exact meaning under a key of ours, which servers keep untouched, and the clauses
//! nearest to it for other clients. Whoever saves it anew elsewhere leaves only clauses, and then those count. Clauses
//! that mean something this list cannot show are named, and such a view is not applied: half a filter hides guests.

use crate::{AssignedFilter, ListFilter, StatusFilter, View};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

/// Our own part of a view's query.
const OURS: &str = "deskbell";

/// Days to filter by, as they were chosen: "today" stays today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ViewPeriod {
    Today,
    Week,
    Month,
    /// Both days included, as `YYYY-MM-DD`; an open end is empty.
    Range {
        from: String,
        until: String,
    },
}

/// What a view shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewFilter {
    pub view: View,
    /// Without its moments: they follow from `period`.
    pub filter: ListFilter,
    pub period: Option<ViewPeriod>,
    /// Of all properties together, not only of the one it is kept in.
    pub all_properties: bool,
}

/// A view's query, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadView {
    Known(ViewFilter),
    /// The wire's names of what this list cannot filter by, each once.
    Unknown(Vec<String>),
}

impl ViewFilter {
    /// The query to be kept on a server.
    pub fn to_query(&self) -> Map<String, Value> {
        let mut kept = self.clone();
        (kept.filter.active_from, kept.filter.active_until) = (None, None);
        let mut query = Map::new();
        query.insert("payload".to_owned(), Value::Array(self.clauses()));
        query.insert(OURS.to_owned(), json!(kept));
        query
    }

    /// The nearest other clients know.
    fn clauses(&self) -> Vec<Value> {
        let statuses: &[&str] = match self.view {
            View::NeedsPerson | View::Mine => &["open"],
            View::Ai => &["pending"],
            View::All => &["open", "pending", "snoozed"],
            View::Closed => &["resolved"],
        };
        let mut clauses = vec![clause("status", "equal_to", json!(statuses))];
        if !self.filter.labels.is_empty() {
            clauses.push(clause("labels", "equal_to", json!(self.filter.labels)));
        }
        if self.filter.assigned == [AssignedFilter::Nobody] {
            clauses.push(clause("assignee_id", "is_not_present", json!([])));
        }
        let joined = clauses.len().saturating_sub(1);
        for clause in clauses.iter_mut().take(joined) {
            clause["query_operator"] = json!("and");
        }
        clauses
    }

    /// Reads a query. `me` is the signed-in person's number.
    pub fn read(query: &Map<String, Value>, me: i64) -> ReadView {
        if let Some(ours) = query.get(OURS) {
            return match serde_json::from_value(ours.clone()) {
                Ok(filter) => ReadView::Known(filter),
                // A newer release knows more.
                Err(_) => ReadView::Unknown(vec![OURS.to_owned()]),
            };
        }
        let mut reading = Reading::new(me);
        let clauses = query.get("payload").and_then(Value::as_array);
        let clauses = clauses.map_or(&[][..], Vec::as_slice);
        for (at, clause) in clauses.iter().enumerate() {
            reading.take(clause, at + 1 == clauses.len());
        }
        reading.end()
    }
}

fn clause(key: &str, operator: &str, values: Value) -> Value {
    json!({ "attribute_key": key, "attribute_model": "standard", "filter_operator": operator,
        "values": values, "query_operator": null, "custom_attribute_type": "" })
}

struct Reading {
    me: i64,
    filter: ViewFilter,
    unknown: Vec<String>,
    seen: Vec<String>,
}

impl Reading {
    fn new(me: i64) -> Self {
        // Other clients show closed conversations, too, unless told otherwise.
        let filter = ListFilter {
            statuses: every_status(),
            ..ListFilter::default()
        };
        Self {
            me,
            filter: ViewFilter {
                view: View::All,
                filter,
                period: None,
                all_properties: false,
            },
            unknown: Vec::new(),
            seen: Vec::new(),
        }
    }

    fn take(&mut self, clause: &Value, is_last: bool) {
        let text = |key: &str| clause.get(key).and_then(Value::as_str).unwrap_or_default();
        let key = text("attribute_key");
        let values = values(clause.get("values"));
        let joined_by_or = !is_last && text("query_operator").eq_ignore_ascii_case("or");
        let twice = self.seen.iter().any(|seen| seen == key);
        self.seen.push(key.to_owned());
        let known = !joined_by_or
            && !twice
            && match key {
                "status" => self.status(text("filter_operator"), &values),
                "labels" => self.labels(text("filter_operator"), &values),
                "assignee_id" => self.assigned(text("filter_operator"), &values),
                _ => false,
            };
        if !known && !self.unknown.iter().any(|unknown| unknown == key) {
            self.unknown.push(key.to_owned());
        }
    }

    fn status(&mut self, operator: &str, values: &[String]) -> bool {
        if operator != "equal_to" {
            return false;
        }
        let has = |status: &str| values.iter().any(|value| value == status);
        let (open, pending) = (has("open"), has("pending"));
        (self.filter.view, self.filter.filter.statuses) = match values {
            [only] if only == "resolved" => (View::Closed, Vec::new()),
            [only] if only == "pending" => (View::Ai, Vec::new()),
            _ if has("all") => (View::All, every_status()),
            // Open alone is not the same as active: the AI's conversations are active, too.
            _ if open != pending => return false,
            _ => {
                let chosen = [
                    (open, StatusFilter::Active),
                    (has("snoozed"), StatusFilter::Snoozed),
                    (has("resolved"), StatusFilter::Closed),
                ];
                let chosen = chosen.into_iter().filter(|(is_chosen, _)| *is_chosen);
                (View::All, chosen.map(|(_, status)| status).collect())
            }
        };
        !values.is_empty()
    }

    fn labels(&mut self, operator: &str, values: &[String]) -> bool {
        self.filter.filter.labels = values.to_vec();
        operator == "equal_to" && !values.is_empty()
    }

    fn assigned(&mut self, operator: &str, values: &[String]) -> bool {
        self.filter.filter.assigned = match operator {
            "is_not_present" => vec![AssignedFilter::Nobody],
            "is_present" => vec![AssignedFilter::Me, AssignedFilter::Others],
            "equal_to" if values == [self.me.to_string()] => vec![AssignedFilter::Me],
            _ => return false,
        };
        true
    }

    fn end(self) -> ReadView {
        if self.unknown.is_empty() {
            ReadView::Known(self.filter)
        } else {
            ReadView::Unknown(self.unknown)
        }
    }
}

fn every_status() -> Vec<StatusFilter> {
    vec![StatusFilter::Active, StatusFilter::Snoozed, StatusFilter::Closed]
}

/// Bare, or as the official dashboard keeps what was picked: `{"id": …, "name": …}`.
fn values(value: Option<&Value>) -> Vec<String> {
    let list = match value {
        Some(Value::Array(list)) => list.as_slice(),
        Some(single) => std::slice::from_ref(single),
        None => &[],
    };
    list.iter()
        .filter_map(|one| match one.get("id").unwrap_or(one) {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Channel;

    const ME: i64 = 7;

    fn read(payload: Value) -> ReadView {
        let query = json!({ "payload": payload });
        ViewFilter::read(query.as_object().unwrap(), ME)
    }

    fn known(payload: Value) -> ViewFilter {
        match read(payload.clone()) {
            ReadView::Known(filter) => filter,
            ReadView::Unknown(keys) => panic!("{payload}: {keys:?}"),
        }
    }

    fn saved() -> ViewFilter {
        ViewFilter {
            view: View::All,
            filter: ListFilter {
                channels: vec![Channel::Whatsapp],
                statuses: vec![StatusFilter::Lead],
                labels: vec!["vip".into()],
                active_from: Some(12),
                ..ListFilter::default()
            },
            period: Some(ViewPeriod::Week),
            all_properties: true,
        }
    }

    #[test]
    fn what_was_saved_here_is_read_back_whole_without_its_moment() {
        let query = saved().to_query();
        let mut expected = saved();
        expected.filter.active_from = None;
        assert_eq!(ViewFilter::read(&query, ME), ReadView::Known(expected));
        assert_eq!(
            query["payload"][0]["values"],
            json!(["open", "pending", "snoozed"])
        );
        assert_eq!(query["payload"][0]["query_operator"], "and");
        assert_eq!(query["payload"][1]["query_operator"], Value::Null);
    }

    #[test]
    fn what_another_client_saved_anew_counts_by_its_clauses() {
        let mut query = saved().to_query();
        query.remove(OURS);
        let ReadView::Known(read) = ViewFilter::read(&query, ME) else {
            panic!("its clauses are known");
        };
        assert_eq!(read.filter.labels, ["vip"]);
        assert!(read.filter.channels.is_empty());
    }

    #[test]
    fn views_of_other_clients_are_read_where_the_list_can_show_the_same() {
        let status = |values: Value| json!([{ "attribute_key": "status", "filter_operator": "equal_to", "values": values }]);
        assert_eq!(known(status(json!(["resolved"]))).view, View::Closed);
        assert_eq!(
            known(status(json!([{ "id": "pending", "name": "Pending" }]))).view,
            View::Ai
        );
        let active = known(status(json!(["open", "pending"])));
        assert_eq!(active.filter.statuses, [StatusFilter::Active]);
        assert_eq!(known(json!([])).filter.statuses, every_status());
        let mine = known(json!([
            { "attribute_key": "labels", "filter_operator": "equal_to", "values": ["vip"], "query_operator": "and" },
            { "attribute_key": "assignee_id", "filter_operator": "equal_to", "values": [7], "query_operator": null },
        ]));
        assert_eq!(mine.filter.assigned, [AssignedFilter::Me]);
        assert_eq!(mine.filter.labels, ["vip"]);
    }

    #[test]
    fn what_the_list_cannot_show_is_named_and_not_applied() {
        let one = |key: &str, operator: &str, values: Value| json!({ "attribute_key": key, "filter_operator": operator, "values": values, "query_operator": "and" });
        let unknown = |payload: Value| match read(payload.clone()) {
            ReadView::Unknown(keys) => keys,
            ReadView::Known(_) => panic!("{payload}"),
        };
        let vip = one("labels", "equal_to", json!(["vip"]));
        let country = one("country_code", "equal_to", json!(["AT"]));
        assert_eq!(unknown(json!([vip, country, country])), ["country_code"]);
        assert_eq!(
            unknown(json!([one("status", "equal_to", json!(["open"]))])),
            ["status"]
        );
        assert_eq!(
            unknown(json!([one("labels", "not_equal_to", json!(["vip"]))])),
            ["labels"]
        );
        assert_eq!(
            unknown(json!([one("assignee_id", "equal_to", json!([9]))])),
            ["assignee_id"]
        );
        let mut or = vip.clone();
        or["query_operator"] = json!("or");
        assert_eq!(
            unknown(json!([or, one("status", "equal_to", json!(["all"]))])),
            ["labels"]
        );
        let newer = json!({ "payload": [], "deskbell": { "view": "somewhere" } });
        let newer = ViewFilter::read(newer.as_object().unwrap(), ME);
        assert_eq!(newer, ReadView::Unknown(vec!["deskbell".into()]));
    }
}
