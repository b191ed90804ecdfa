//! The words of tray, title and notifications.

/// "3 guests need a person".
pub fn need_a_person(waiting: u32) -> String {
    match waiting {
        0 => "Nobody is waiting".into(),
        1 => "1 guest needs a person".into(),
        many => format!("{many} guests need a person"),
    }
}

/// The window's title: the number first, so that a narrow taskbar still shows it.
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
    fn words_agree_with_the_number() {
        assert_eq!(need_a_person(0), "Nobody is waiting");
        assert_eq!(need_a_person(1), "1 guest needs a person");
        assert_eq!(need_a_person(12), "12 guests need a person");
        assert_eq!(window_title(0), "Deskbell");
        assert_eq!(window_title(3), "(3) Deskbell");
    }
}
