//! A line of the table.

/// Prints the head of the table.
pub fn head() {
    println!("| What | p50 ms | p95 ms | most ms | samples | Aim |");
    println!("|---|---:|---:|---:|---:|---|");
}

/// Prints one line: milliseconds, negative = it never came.
pub fn line(what: &str, mut took: Vec<f64>, aim: &str) {
    let missing = took.iter().filter(|one| **one < 0.0).count();
    took.retain(|one| *one >= 0.0);
    took.sort_by(f64::total_cmp);
    if took.is_empty() {
        println!("| {what} | | | | 0 of {missing} | {aim} |");
        return;
    }
    let at = |part: usize| took[(took.len() * part / 100).min(took.len() - 1)];
    let (middle, high, most) = (at(50), at(95), took[took.len() - 1]);
    let lost = if missing > 0 {
        format!(", {missing} never")
    } else {
        String::new()
    };
    println!(
        "| {what} | {middle:.1} | {high:.1} | {most:.1} | {}{lost} | {aim} |",
        took.len()
    );
}
