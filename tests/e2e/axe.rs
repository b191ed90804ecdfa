//! Every screen and dialog against the rules of WCAG 2.2 AA, contrast included: light, dark, and mirrored.

mod rarer;

use crate::front_desk::{FrontDesk, profile};
use deskbell_tests::app::Window;
use deskbell_tests::desktop::Desktop;
use deskbell_tests::page::Key;
use deskbell_tests::places;
use serde_json::{Value, json};

const COMPLAINT: &str = "I want my money back, the room was dirty";
const ESCAPE: Key = Key::Plain(Key::ESCAPE);

/// Colours on their way from one to another are of no theme: nothing moves while axe looks.
const STAND_STILL: &str = "const still = new CSSStyleSheet(); \
    still.replaceSync('*,*::before,*::after{transition:none!important;animation:none!important}'); \
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]";

/// Asked with the look; answers what is wrong. A row's name is a sentence made for the ear and an initial is no word, so that what is
/// spoken need not hold what is seen.
const RUN: &str = "const [look, done] = arguments; const page = document.documentElement; \
    const before = [page.dataset.theme, page.dir]; \
    page.dataset.theme = look.theme; page.dir = look.dir; \
    const drawn = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))); \
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']; \
    const rules = { region: { enabled: false }, 'label-content-name-mismatch': { enabled: false } }; \
    drawn().then(() => axe.run(document, { runOnly: tags, resultTypes: ['violations'], rules })) \
    .then(({ violations }) => violations.flatMap((rule) => rule.nodes.map((node) => \
        `${rule.id} at ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`)), String) \
    .then((wrong) => { [page.dataset.theme, page.dir] = before; drawn().then(() => done(wrong)); })";

const LOOKS: [(&str, &str); 3] = [("light", "ltr"), ("dark", "ltr"), ("light", "rtl")];

/// What is wrong on the screens visited so far.
pub(crate) struct Inspection<'a> {
    pub(crate) window: &'a Window,
    wrong: Vec<String>,
    visited: usize,
}

impl<'a> Inspection<'a> {
    pub(crate) async fn of(window: &'a Window) -> Self {
        let source = places::root().join("ui/node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(source).expect("axe-core is among the installed packages");
        // Its own module system is not wanted: it belongs to the window.
        let script = format!("{source}; window.axe = axe; {STAND_STILL}");
        window
            .client()
            .execute(&script, vec![])
            .await
            .expect("axe runs in the window");
        Self {
            window,
            wrong: Vec::new(),
            visited: 0,
        }
    }

    pub(crate) async fn look(&mut self, screen: &str) {
        self.window.drawn().await;
        for (theme, dir) in LOOKS {
            let look = json!({ "theme": theme, "dir": dir });
            let found = self.window.client().execute_async(RUN, vec![look]).await;
            let found = found.unwrap_or_else(|error| panic!("axe on {screen}: {error}"));
            let found = match &found {
                Value::Array(found) => found.iter().filter_map(Value::as_str).collect(),
                failure => vec![failure.as_str().unwrap_or("it did not answer")],
            };
            self.wrong
                .extend(found.iter().map(|one| format!("{screen}, {theme}, {dir}: {one}")));
        }
        self.visited += 1;
    }

    pub(crate) async fn escape(&self, role: &str, name: &str) {
        self.window.press(ESCAPE).await;
        self.window.gone(role, name).await;
    }

    pub(crate) fn end(self, at_least: usize) {
        assert!(self.visited >= at_least, "{} screens", self.visited);
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_the_sign_in_page_keeps_the_rules() {
    let desktop = Desktop::start().await;
    let window = Window::open(&desktop, &profile(&desktop)).await;
    window.find("button", "Sign in").await;
    let mut inspection = Inspection::of(&window).await;
    inspection.look("sign-in").await;
    window.click("button", "Sign in").await;
    window.sees("Type the address of your server.").await;
    inspection.look("sign-in with what is missing").await;
    inspection.end(2);
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_the_window_keeps_the_rules() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.find("option", "").await;
    let mut inspection = Inspection::of(window).await;
    inspection.look("nothing picked").await;
    list(&mut inspection).await;
    conversation(&counter, &mut inspection).await;
    overlays(&mut inspection).await;
    inspection.end(24);
}

#[tokio::test(flavor = "multi_thread")]
async fn n2_n4_the_days_screens_keep_the_rules() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let mut inspection = Inspection::of(window).await;
    window.click("button", "Morning check").await;
    window.find("heading", "Left with a person").await;
    inspection.look("morning check").await;
    window.click("button", "All ").await;
    inspection.look("the whole night").await;
    window.click("radio", "Handover").await;
    window.find("heading", "Still with you").await;
    inspection.look("handover").await;
    window.click("button", "Assign, ").await;
    window.find("combobox", "Find a teammate").await;
    inspection.look("assigning from the handover").await;
    inspection.end(4);
}

/// Filters, search, customers.
async fn list(inspection: &mut Inspection<'_>) {
    let window = inspection.window;
    window.press(Key::Plain('f')).await;
    window.find("dialog", "Filters").await;
    inspection.look("filters").await;
    inspection.escape("dialog", "Filters").await;
    window.click("button", "Channel").await;
    window.find("dialog", "Channel").await;
    inspection.look("one filter").await;
    inspection.escape("dialog", "Channel").await;
    window.press(Key::Plain('/')).await;
    window.type_keys("room").await;
    window.find("option", "room").await;
    inspection.look("search").await;
    window.type_keys("qqqqq").await;
    window.sees("Nothing found").await;
    inspection.look("nothing found").await;
    window.press(ESCAPE).await;
    window.click("button", "Customers, A to Z").await;
    window.find("heading", "Customers, A to Z").await;
    window.find("option", "").await;
    inspection.look("customers").await;
    window.click("button", "Customers, A to Z").await;
    window.press(ESCAPE).await;
    for (key, view) in [('1', "Needs a person"), ('2', "Mine"), ('5', "Closed")] {
        window.press(Key::Control(key)).await;
        window.find("heading", view).await;
        inspection.look(view).await;
    }
}

/// Each state of who answers, and all that opens over a conversation.
async fn conversation(counter: &FrontDesk, inspection: &mut Inspection<'_>) {
    let window = inspection.window;
    let account = counter.desk.facts().accounts[0].id;
    counter.desk.guest_starts(account, COMPLAINT).await;
    let name = counter.conversation_with(COMPLAINT).await.guest();
    window.press(Key::Control('1')).await;
    window.find("option", &format!("{name}, needs a person")).await;
    window.press(Key::Control('k')).await;
    window.type_keys(&name).await;
    window.find("option", &name).await;
    window.press(Key::Plain(Key::ENTER)).await;
    window.sees("Nobody is answering yet").await;
    inspection.look("escalated").await;
    window.press(Key::Plain('t')).await;
    window.sees("You are answering").await;
    inspection.look("taken over").await;
    window.press(Key::Plain('n')).await;
    window.find("textbox", "Note").await;
    inspection.look("writing a note").await;
    window.press(ESCAPE).await;
    for (key, role, name) in [
        (Key::Plain('a'), "combobox", "Find a teammate"),
        (Key::Plain('c'), "dialog", "Close the conversation"),
        (Key::Plain('.'), "menuitem", "Print"),
        (Key::Plain('#'), "textbox", "tag"),
        (Key::Control('/'), "combobox", "Search templates"),
        (Key::Control('f'), "searchbox", "Find"),
    ] {
        window.press(key).await;
        window.find(role, name).await;
        inspection.look(name).await;
        inspection.escape(role, name).await;
        window.press(ESCAPE).await;
    }
    window.click("button", "Edit the guest").await;
    window.find("textbox", "Name").await;
    inspection.look("edit the guest").await;
    inspection.escape("textbox", "Name").await;
    window.press(Key::Plain('h')).await;
    window.sees("AI is answering").await;
    inspection.look("AI answers").await;
    window.press(Key::Plain('e')).await;
    window.find("dialog", "Ring the desk").await;
    inspection.look("escalate").await;
    inspection.escape("dialog", "Ring the desk").await;
}

async fn overlays(inspection: &mut Inspection<'_>) {
    let window = inspection.window;
    window.press(Key::Plain('?')).await;
    window.find("dialog", "Keyboard").await;
    inspection.look("keyboard").await;
    inspection.escape("dialog", "Keyboard").await;
    window.press(Key::Control('k')).await;
    window.type_keys("ma").await;
    window.find("option", "Mark as unread").await;
    inspection.look("palette").await;
    inspection.escape("dialog", "Go to anything").await;
    statistics(inspection).await;
    window.press(Key::Control(',')).await;
    window.find("dialog", "Settings").await;
    inspection.look("settings").await;
    window.click("button", "Change shortcuts").await;
    window.find("dialog", "Change shortcuts").await;
    inspection.look("change shortcuts").await;
    window.press(ESCAPE).await;
    inspection.escape("dialog", "Settings").await;
}

/// The numbers, what stands behind one, days of one's own, and what an export asks.
async fn statistics(inspection: &mut Inspection<'_>) {
    let window = inspection.window;
    window.press_together("gs").await;
    window.find("button", "Total conversations: ").await;
    inspection.look("statistics").await;
    window.click("button", "Export CSV").await;
    window.find("dialog", "Export conversations").await;
    inspection.look("export").await;
    inspection.escape("dialog", "Export conversations").await;
    window.click("button", "Total conversations: ").await;
    window.find("heading", "Total conversations").await;
    window.find("list", "Total conversations").await;
    inspection.look("behind a number").await;
    inspection.escape("heading", "Total conversations").await;
    window.click("radio", "Custom").await;
    window.sees("Until").await;
    // While the numbers are those of other days they are faint, and nobody's to press.
    window.find("button", "Total conversations: ").await;
    inspection.look("days of one's own").await;
    inspection.escape("dialog", "Statistics").await;
}
