//! Who answered whom, and how soon.

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    Guest,
    Ai,
    Person,
    /// The server itself: greetings and the like answer nobody.
    House,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Epoch seconds.
    pub at: i64,
    pub by: Voice,
}

/// What was said publicly in a conversation, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Talk(pub Vec<Said>);

impl Talk {
    /// Whether anything of that voice was said.
    pub fn has(&self, voice: Voice) -> bool {
        self.0.iter().any(|said| said.by == voice)
    }

    /// Whether the oldest words are from before `at` (epoch seconds).
    pub fn begins_before(&self, at: i64) -> bool {
        self.0.first().is_some_and(|first| first.at < at)
    }

    /// Seconds until the AI answered the guest's first words; `None` = it did not, or a person was first.
    pub fn ai_answered_after(&self) -> Option<i64> {
        let first = self.0.iter().position(|said| said.by == Voice::Guest)?;
        let answer = self.0[first..]
            .iter()
            .find(|said| matches!(said.by, Voice::Ai | Voice::Person))?;
        (answer.by == Voice::Ai).then_some(answer.at - self.0[first].at)
    }

    /// Each answer of a person to a guest who waited: since when, and when it came. After words of the AI the guest waited
    /// since the words before them: it handed over.
    pub fn waits(&self) -> Vec<(i64, i64)> {
        let (mut since, mut handed_over) = (None, None);
        let mut waits = Vec::new();
        for said in &self.0 {
            match said.by {
                Voice::Guest => since = since.or(Some(said.at)),
                Voice::Ai => handed_over = since.take().or(handed_over),
                Voice::Person => {
                    let (waited, handed) = (since.take(), handed_over.take());
                    waits.extend(waited.or(handed).map(|since| (since, said.at)));
                }
                Voice::House => {}
            }
        }
        waits
    }
}

#[cfg(test)]
mod tests {
    use super::Voice::{Ai, Guest, House, Person};
    use super::*;

    fn talk(said: &[(i64, Voice)]) -> Talk {
        Talk(said.iter().map(|&(at, by)| Said { at, by }).collect())
    }

    #[test]
    fn the_ai_answers_at_once_only_where_nobody_was_before() {
        assert_eq!(
            talk(&[(10, Guest), (11, House), (14, Ai)]).ai_answered_after(),
            Some(4)
        );
        assert_eq!(
            talk(&[(10, Guest), (12, Person), (14, Ai)]).ai_answered_after(),
            None
        );
        assert_eq!(talk(&[(10, Person)]).ai_answered_after(), None);
    }

    #[test]
    fn a_wait_runs_from_the_first_unanswered_words_to_a_person() {
        let said = [
            (10, Guest),
            (12, Ai),
            (20, Guest),
            (25, Guest),
            (26, House),
            (90, Person),
            (95, Person),
        ];
        assert_eq!(talk(&said).waits(), [(20, 90)]);
    }

    #[test]
    fn whoever_the_ai_handed_over_waits_since_before_its_words() {
        let said = [
            (10, Guest),
            (12, Ai),
            (20, Guest),
            (22, Ai),
            (90, Person),
            (95, Ai),
            (99, Person),
        ];
        assert_eq!(talk(&said).waits(), [(20, 90)]);
    }
}
