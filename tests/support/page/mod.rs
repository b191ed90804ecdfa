//! What a person sees and does on a page: things are found by their role and their name.

mod keys;

use crate::until::{PATIENCE, until};
use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

pub use keys::Key;

/// Finds visible elements by role and name, as a screen reader would.
const FIND: &str = include_str!("find.js");

/// The page waits for a change itself this long before the test asks anew.
const WATCH: Duration = Duration::from_secs(2);

/// A page in a real browser engine.
#[derive(Clone)]
pub struct Page {
    client: Client,
}

impl Page {
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The WebDriver session, for what the helpers do not cover.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Waits for the visible element of that role whose name is `name`, or else contains it.
    pub async fn find(&self, role: &str, name: &str) -> Element {
        let what = format!("{role} \"{name}\"");
        let mut found = self.watch(&what, json!({ "role": role, "name": name })).await;
        match found
            .as_array_mut()
            .and_then(|all| (!all.is_empty()).then(|| all.remove(0)))
        {
            Some(element) => self.element(&element),
            None => panic!("the page answered without an element for {what}: {found}"),
        }
    }

    /// All visible elements of that role whose name contains `name`, now; `""` = any name.
    pub async fn all(&self, role: &str, name: &str) -> Vec<Element> {
        let found = self.ask(json!({ "role": role, "name": name, "now": true })).await;
        found
            .as_array()
            .map(|all| all.iter().map(|element| self.element(element)).collect())
            .unwrap_or_default()
    }

    /// Names of all visible elements of that role, in the order of the page.
    pub async fn names(&self, role: &str) -> Vec<String> {
        let found = self
            .ask(json!({ "role": role, "name": "", "names": true, "now": true }))
            .await;
        serde_json::from_value(found).unwrap_or_default()
    }

    /// Waits until at least `least` elements of that role are visible, and names them: a list fills in steps.
    pub async fn names_of(&self, role: &str, least: usize) -> Vec<String> {
        until(&format!("{least} of {role}"), async || {
            Some(self.names(role).await).filter(|names| names.len() >= least)
        })
        .await
    }

    /// Waits until no such element is visible.
    pub async fn gone(&self, role: &str, name: &str) {
        let what = format!("{role} \"{name}\" to go");
        self.watch(&what, json!({ "role": role, "name": name, "gone": true }))
            .await;
    }

    /// Waits until the visible text of the page contains `text`.
    pub async fn sees(&self, text: &str) {
        self.watch(&format!("the text \"{text}\""), json!({ "text": text }))
            .await;
    }

    /// Waits until the visible text of the page does not contain `text`.
    pub async fn sees_no(&self, text: &str) {
        let what = format!("the text \"{text}\" to go");
        self.watch(&what, json!({ "text": text, "gone": true })).await;
    }

    /// The visible text of the page.
    pub async fn text(&self) -> String {
        let text = self
            .client
            .execute("return document.body.innerText", vec![])
            .await;
        text.ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Waits for it and clicks it, with a real pointer event.
    pub async fn click(&self, role: &str, name: &str) {
        let what = format!("clicking {role} \"{name}\"");
        self.patiently(&what, async || self.find(role, name).await.click().await)
            .await;
    }

    /// Waits for it and types into it, after what is there.
    pub async fn write(&self, role: &str, name: &str, text: &str) {
        let what = format!("typing into {role} \"{name}\"");
        self.patiently(&what, async || self.find(role, name).await.send_keys(text).await)
            .await;
    }

    /// Empties it and types into it.
    pub async fn rewrite(&self, role: &str, name: &str, text: &str) {
        let what = format!("emptying {role} \"{name}\"");
        self.patiently(&what, async || self.find(role, name).await.clear().await)
            .await;
        self.write(role, name, text).await;
    }

    /// Tries again while the page refuses: it may have drawn the element anew between finding and using it.
    async fn patiently(&self, what: &str, mut act: impl AsyncFnMut() -> Result<(), CmdError>) {
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = act().await {
            assert!(Instant::now() < deadline, "{what}: {error:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until what the page holds is drawn.
    pub async fn drawn(&self) {
        let frames = "const done = arguments[0]; document.fonts.ready.then(() => \
            requestAnimationFrame(() => requestAnimationFrame(() => done(null))))";
        let drawn = self.client.execute_async(frames, vec![]).await;
        drawn.unwrap_or_else(|error| panic!("the page is not drawn: {error}"));
    }

    /// What a field holds.
    pub async fn value(&self, role: &str, name: &str) -> String {
        let value = self.find(role, name).await.prop("value").await;
        value.ok().flatten().unwrap_or_default()
    }

    async fn watch(&self, what: &str, mut question: Value) -> Value {
        question["milliseconds"] = json!(u64::try_from(WATCH.as_millis()).unwrap_or(2000));
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.ask(question.clone()).await;
            if !answer.is_null() {
                return answer;
            }
            if Instant::now() > deadline {
                panic!(
                    "waited {} s for {what}; the page says:\n{}",
                    PATIENCE.as_secs(),
                    self.text().await
                );
            }
        }
    }

    async fn ask(&self, question: Value) -> Value {
        match self.client.execute_async(FIND, vec![question]).await {
            Ok(answer) => answer,
            // While a page loads there is nothing to ask.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(100)).await;
                Value::Null
            }
        }
    }

    fn element(&self, found: &Value) -> Element {
        let id = found
            .as_object()
            .and_then(|object| object.values().next())
            .and_then(Value::as_str);
        let id = id.unwrap_or_else(|| panic!("the page answered with {found} where an element was expected"));
        Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()))
    }
}
