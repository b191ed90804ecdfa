//! The window's title.

/// The number first, so that a narrow taskbar still shows it.
pub fn window_title(waiting: u32) -> String {
    match waiting {
        0 => "Deskbell".into(),
        many => format!("({many}) Deskbell"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_stands_first() {
        assert_eq!(window_title(0), "Deskbell");
        assert_eq!(window_title(3), "(3) Deskbell");
    }
}
