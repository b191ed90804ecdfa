//! The path of a call, with a form that may be logged.

use crate::ServerUrl;
use url::Url;

/// A path such as `api/v1/accounts/{}/conversations/{}` with its numbers and query. Only the template is ever logged.
pub(crate) struct Route {
    template: &'static str,
    numbers: Vec<i64>,
    query: Vec<(&'static str, String)>,
}

impl Route {
    /// Each `{}` of `template` takes the next of `numbers`.
    pub fn new(template: &'static str, numbers: &[i64]) -> Self {
        Self {
            template,
            numbers: numbers.to_vec(),
            query: Vec::new(),
        }
    }

    /// Adds one query parameter.
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.query.push((key, value.to_string()));
        self
    }

    /// Adds a query parameter if there is a value.
    pub fn with_some(self, key: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    pub fn template(&self) -> &'static str {
        self.template
    }

    /// The whole address on `server`.
    pub fn on(&self, server: &ServerUrl) -> Url {
        let mut numbers = self.numbers.iter();
        let mut path = String::with_capacity(self.template.len() + 16);
        for (index, part) in self.template.split("{}").enumerate() {
            if let Some(number) = (index > 0).then(|| numbers.next()).flatten() {
                path.push_str(&number.to_string());
            }
            path.push_str(part);
        }
        let mut url = server.join(&path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_query_are_filled_in() {
        let server = ServerUrl::parse("https://x.example/desk").unwrap();
        let route = Route::new("api/v1/accounts/{}/conversations/{}/labels", &[2, 5])
            .with("labels[]", "früh & spät")
            .with_some("page", None::<u32>);
        assert_eq!(
            route.on(&server).as_str(),
            "https://x.example/desk/api/v1/accounts/2/conversations/5/labels?labels%5B%5D=fr%C3%BCh+%26+sp%C3%A4t"
        );
    }
}
