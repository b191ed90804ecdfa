//! Chance that repeats: the same seed tells the same story.

/// SplitMix64; good enough for a demo, and nothing secret comes from it.
pub struct Random(u64);

impl Random {
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to just under `high`; `low` when the span is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low).unwrap_or(0).max(1);
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 100) < percent
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let length = i64::try_from(list.len()).unwrap_or(0);
        list.get(usize::try_from(self.between(0, length)).unwrap_or(0))
    }

    /// One of a list of weighed things.
    pub fn weighed<T: Copy>(&mut self, list: &[(T, i64)]) -> Option<T> {
        let total = list.iter().map(|(_, weight)| weight).sum();
        let mut left = self.between(0, total);
        list.iter()
            .find(|(_, weight)| {
                left -= weight;
                left < 0
            })
            .map(|(thing, _)| *thing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_repeats() {
        let draw = |seed| {
            let mut random = Random::seeded(seed);
            (0..5).map(|_| random.between(0, 1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert_eq!(Random::seeded(1).pick::<i32>(&[]), None);
    }
}
