//! Every endpoint has a test of its contract: this list, held against the routes in the source and the tests there are.

use crate::routes;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

mod list;
use list::CONTRACT;

#[test]
fn every_route_has_a_test_of_its_contract() {
    let listed: BTreeSet<routes::Endpoint> = CONTRACT
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), routes::written(path)))
        .collect();
    assert_eq!(listed.len(), CONTRACT.len(), "an endpoint stands here twice");
    let served = routes::of_the_source();
    let without: Vec<_> = served.difference(&listed).collect();
    assert!(without.is_empty(), "without a test: {without:#?}");
    let gone: Vec<_> = listed.difference(&served).collect();
    assert!(gone.is_empty(), "no longer served: {gone:#?}");
}

/// A name that is listed is that of a test, in a file that speaks of the endpoint.
#[test]
fn every_test_of_the_list_is_there_and_speaks_of_its_endpoint() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (method, path, test) in CONTRACT {
        let (file, name) = test.rsplit_once("::").unwrap();
        let text = files.entry(file.to_owned()).or_insert_with(|| {
            let path = tests.join(format!("{}.rs", file.replace("::", "/")));
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {}", path.display()))
        });
        let is_test = text.contains(&format!("async fn {name}()")) || text.contains(&format!("fn {name}()"));
        assert!(is_test, "{method} {path}: there is no {test}");
        let parts = path.split(['/', '?']).rev();
        let mut words = parts.filter(|part| !part.is_empty() && !part.starts_with(['{', '~']));
        if let Some(word) = words.next() {
            assert!(text.contains(word), "{method} {path}: {file} never says {word}");
        }
    }
}
