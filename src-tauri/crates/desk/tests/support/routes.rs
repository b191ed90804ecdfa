//! The routes as the desk's source adds them to its router, so that a list of endpoints can be held against them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Method and path of an endpoint, `{}` for every name in the path.
pub type Endpoint = (String, String);

const OF_ACCOUNT: &str = "/api/v1/accounts/{}";
const OF_REPORTS: &str = "/api/v2/accounts/{}";
/// Files of `routes` whose paths are whole, as those of every other room are.
const WHOLE: &[&str] = &["auth.rs", "files.rs", "mfa.rs", "mod.rs", "profile.rs", "root.rs"];
/// The beginnings `routes/public` has names for.
const PUBLIC: &[(&str, &str)] = &[
    ("at", "/public/api/v1/inboxes/{}"),
    ("guest", "/public/api/v1/inboxes/{}/contacts/{}"),
    ("one", "/public/api/v1/inboxes/{}/contacts/{}/conversations/{}"),
];
const METHODS: &[&str] = &["get", "post", "patch", "put", "delete"];

/// Every endpoint but those for tests. Where PATCH is served PUT is only its other name.
pub fn of_the_source() -> BTreeSet<Endpoint> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    below(&source.join("routes"), OF_ACCOUNT, &mut found);
    below(&source.join("guest"), "", &mut found);
    below(&source.join("channels"), "", &mut found);
    let patched: Vec<String> = named(&found, "PATCH");
    found.retain(|(method, path)| method != "PUT" || !patched.contains(path));
    found
}

fn named(found: &BTreeSet<Endpoint>, method: &str) -> Vec<String> {
    let of_method = found.iter().filter(|(own, _)| own == method);
    of_method.map(|(_, path)| path.clone()).collect()
}

fn below(folder: &Path, prefix: &str, found: &mut BTreeSet<Endpoint>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let prefix = match name.as_str() {
                "report" => OF_REPORTS,
                "public" => "",
                _ => prefix,
            };
            below(&path, prefix, found);
        } else if name.ends_with(".rs") {
            let is_whole = WHOLE.contains(&name.as_str()) && folder.ends_with("routes");
            let prefix = if is_whole { "" } else { prefix };
            of_file(&fs::read_to_string(&path).unwrap(), prefix, found);
        }
    }
}

fn of_file(text: &str, prefix: &str, found: &mut BTreeSet<Endpoint>) {
    for call in text.split(".route(").skip(1) {
        let call = &call[..end_of(call)];
        let (path, handlers) = call.split_once(',').unwrap();
        let place = normal(&format!("{prefix}{}", whole(path)));
        let any: &[&str] = if calls(handlers, "any") { &["get"] } else { &[] };
        let named = METHODS.iter().filter(|method| calls(handlers, method)).chain(any);
        let endpoints: Vec<Endpoint> = named
            .map(|method| (method.to_uppercase(), place.clone()))
            .collect();
        assert!(!endpoints.is_empty(), "no method is seen at {place}");
        found.extend(endpoints);
    }
}

/// Where the call ends whose opening bracket was just read.
fn end_of(call: &str) -> usize {
    let mut depth = 1;
    for (at, sign) in call.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    call.len()
}

/// The path an argument stands for.
fn whole(argument: &str) -> String {
    let literal = argument.split('"').nth(1).unwrap();
    let name = argument.trim().trim_start_matches('&').split('(').next().unwrap();
    let begins = PUBLIC.iter().find(|(own, _)| *own == name);
    format!("{}{literal}", begins.map_or("", |(_, begins)| begins))
}

/// Whether a handler is given for a method.
fn calls(handlers: &str, method: &str) -> bool {
    let call = format!("{method}(");
    let mut places = handlers.match_indices(&call);
    places.any(|(at, _)| {
        let before = handlers[..at].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric() && before != '_')
    })
}

/// `{}` for every name, no query, no slash at the end.
pub fn normal(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part });
    let place = parts.collect::<Vec<_>>().join("/");
    place.trim_end_matches('/').to_owned()
}

/// A path as the tables write it: `~` is the account, `~2` the account's reports.
pub fn written(path: &str) -> String {
    let path = path.replace("~2", OF_REPORTS);
    normal(&path.replace('~', OF_ACCOUNT))
}
