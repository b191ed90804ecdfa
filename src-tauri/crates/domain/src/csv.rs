//! Tables for spreadsheets (RFC 4180), in which nothing runs.

/// What a file begins with, so that spreadsheets read it as UTF-8.
pub const BEGINNING: &str = "\u{feff}";

/// A spreadsheet takes a cell that begins so for a formula.
const FORMULAS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Where a spreadsheet set up for another country, which does not part cells by commas, begins the next cell: it takes
/// no heed of our quotes then.
const SEPARATORS: [char; 4] = [';', '\t', '\n', '\r'];

/// One line with its end. What a formula could begin with is made a word by an apostrophe before it.
pub fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| written(cell.as_ref())).collect();
    cells.join(",") + "\r\n"
}

fn written(cell: &str) -> String {
    // No text has a use for it, and some programs end the file there.
    let cell = disarmed(&cell.replace('\0', ""));
    match cell.contains([',', '"', ';', '\n', '\r', '\t']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

fn disarmed(cell: &str) -> String {
    let mut words = String::with_capacity(cell.len() + 1);
    let mut begins = true;
    for (at, sign) in cell.char_indices() {
        if begins && cell[at..].trim_start_matches(['"', ' ']).starts_with(FORMULAS) {
            words.push('\'');
        }
        words.push(sign);
        begins = SEPARATORS.contains(&sign);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_formula_begins_with_is_made_a_word() {
        for formula in ["=1+1", "+44 7700", "-2", "@sum(a1)", "\t=1", "\r=1"] {
            let line = line([formula]);
            assert!(line.trim_start_matches('"').starts_with('\''), "{line}");
        }
        assert_eq!(line(["\0=1"]), "'=1\r\n", "nothing hides before it");
        assert_eq!(line(["1+1", "a@b.example"]), "1+1,a@b.example\r\n");
    }

    #[test]
    fn nothing_runs_where_cells_are_parted_by_something_else() {
        assert_eq!(line(["Hi;=1+1"]), "\"Hi;'=1+1\"\r\n");
        assert_eq!(line(["Hi; \"=1+1"]), "\"Hi;' \"\"=1+1\"\r\n");
        assert_eq!(line(["Two:\n- one"]), "\"Two:\n'- one\"\r\n");
        assert_eq!(line(["Two:\none"]), "\"Two:\none\"\r\n");
    }

    #[test]
    fn commas_quotes_and_line_ends_stay_inside_their_cell() {
        assert_eq!(
            line(["a,b", "say \"hi\"", "two\nlines", ""]),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n"
        );
    }

    /// Reads one line as RFC 4180 has it.
    fn read(line: &str) -> Vec<String> {
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut rest = line.strip_suffix("\r\n").unwrap_or(line).chars().peekable();
        while let Some(sign) = rest.next() {
            match sign {
                '"' if quoted && rest.peek() == Some(&'"') => {
                    cell.push('"');
                    rest.next();
                }
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                other => cell.push(other),
            }
        }
        cells.push(cell);
        cells
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_none_begins_a_formula(texts in prop::collection::vec(any::<String>(), 1..5)) {
            let cells = read(&line(&texts));
            prop_assert_eq!(cells.len(), texts.len());
            for (cell, text) in cells.iter().zip(&texts) {
                let text = text.replace('\0', "");
                let parts = cell.split(SEPARATORS).map(|part| part.trim_start_matches(['"', ' ']));
                prop_assert!(parts.into_iter().all(|part| !part.starts_with(FORMULAS)));
                prop_assert!(*cell == disarmed(&text) && cell.replace('\'', "") == text.replace('\'', ""));
            }
        }
    }
}
