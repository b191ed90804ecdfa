//! Prints the generated types; `cargo xtask gen` writes them to their place.

fn main() {
    print!("{}", deskbell_app::schema::typescript());
}
