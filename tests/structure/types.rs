//! The screen's types are those of the app.

use deskbell_tests::places;

#[test]
fn the_generated_types_are_fresh() {
    let path = places::root().join("ui/src/lib/rpc/generated/schema.ts");
    let kept = std::fs::read_to_string(path).expect("the types are committed");
    // Git may have changed the line ends.
    let fresh = kept.replace("\r\n", "\n") == deskbell_app::schema::typescript();
    assert!(fresh, "the generated types are stale; run `cargo xtask gen`");
}
