//! Who comes when, and what they have in mind: a pure function of the seed and the guest's number.

use super::lines::Lines;
use crate::demo::random::Random;

const HOUR_MS: i64 = 3_600_000;
/// Keeps guests of one seed apart (the golden ratio in 64 bits).
const APART: u64 = 0x9e37_79b9_7f4a_7c15;

/// What a guest writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum House {
    Hotel,
    Salon,
}

/// What a guest has in mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mind {
    /// Asks, reads, thanks.
    Asks,
    /// Asks, and comes back with something else.
    ComesBack,
    /// Asks about a booking.
    Booking,
    /// Complains, waits for a person, and asks where one is.
    Complains,
    /// Wants a person from the start.
    WantsPerson,
    /// Asks, then wants no more messages.
    Stops,
    /// Asks and never writes again.
    Vanishes,
}

/// Of a hundred.
const MINDS: &[(Mind, i64)] = &[
    (Mind::Asks, 34),
    (Mind::ComesBack, 16),
    (Mind::Booking, 14),
    (Mind::Complains, 14),
    (Mind::WantsPerson, 8),
    (Mind::Stops, 6),
    (Mind::Vanishes, 8),
];

/// When something is done after what was done before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// So many milliseconds later.
    Ms(i64),
    /// When there is an answer, and as long again as reading takes; without one when patience is at its end.
    Answer { patience_ms: i64, reading_ms: i64 },
}

/// What a guest does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens the chat.
    Arrive,
    /// Begins to type.
    Type,
    Say(String),
    /// Has seen what was answered.
    See,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub pause: Pause,
    pub act: Act,
}

/// One guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// From 0, in the order of arrival.
    pub number: u64,
    /// Milliseconds after the beginning.
    pub arrives_ms: i64,
    /// Which of the chats.
    pub chat: usize,
    pub language: &'static str,
    pub name: String,
    /// Some leave an address.
    pub email: Option<String>,
    pub mind: Mind,
    pub steps: Vec<Step>,
}

/// Everybody who will come.
pub struct Plan {
    seed: u64,
    per_hour: u32,
    houses: Vec<House>,
    languages: Vec<(&'static str, Lines)>,
}

impl Plan {
    /// The plan of a seed for these houses; nobody comes where there is none.
    pub fn new(seed: u64, per_hour: u32, houses: Vec<House>, languages: Vec<(&'static str, Lines)>) -> Self {
        Self {
            seed,
            per_hour: per_hour.max(1),
            houses,
            languages,
        }
    }

    /// When a guest comes, in milliseconds after the beginning: each in a stretch of its own, so that an hour has as
    /// many as were asked for.
    pub fn arrives_ms(&self, number: u64) -> i64 {
        let per_hour = i64::from(self.per_hour);
        let number_of = i64::try_from(number).unwrap_or(i64::MAX / HOUR_MS);
        let begins = number_of.saturating_mul(HOUR_MS) / per_hour;
        begins.saturating_add(self.chance(number, 1).between(0, HOUR_MS / per_hour))
    }

    /// A guest by number; none where there is no house to write to.
    pub fn guest(&self, number: u64) -> Option<Guest> {
        let mut chance = self.chance(number, 2);
        let chats: Vec<usize> = (0..self.houses.len()).collect();
        let chat = *chance.pick(&chats)?;
        let house = *self.houses.get(chat)?;
        let (language, lines) = chance.pick(&self.languages)?;
        let mind = chance.weighed(MINDS)?;
        let name = chance.pick(&lines.names)?.clone();
        let has_email = chance.chance(60);
        let email = format!("guest-{}-{number}@guests.example", self.seed);
        Some(Guest {
            number,
            arrives_ms: self.arrives_ms(number),
            chat,
            language,
            name,
            email: has_email.then_some(email),
            mind,
            steps: Story::new(lines, house, chance).of(mind),
        })
    }

    fn chance(&self, number: u64, matter: u64) -> Random {
        let place = number.wrapping_mul(2).wrapping_add(matter).wrapping_mul(APART);
        Random::seeded(self.seed ^ place)
    }
}

/// Steps in the making.
struct Story<'a> {
    lines: &'a Lines,
    house: House,
    chance: Random,
    steps: Vec<Step>,
}

impl<'a> Story<'a> {
    fn new(lines: &'a Lines, house: House, chance: Random) -> Self {
        let arrive = Step {
            pause: Pause::Ms(0),
            act: Act::Arrive,
        };
        Self {
            lines,
            house,
            chance,
            steps: vec![arrive],
        }
    }

    fn of(mut self, mind: Mind) -> Vec<Step> {
        let lines = self.lines;
        let first = match (mind, self.house) {
            (Mind::Booking, _) => &lines.booking,
            (Mind::Complains, _) => &lines.complaint,
            (Mind::WantsPerson, _) => &lines.person,
            (_, House::Hotel) => &lines.hotel,
            (_, House::Salon) => &lines.salon,
        };
        let hesitates = self.seconds(2, 20);
        self.say(hesitates, first);
        match mind {
            Mind::Vanishes => {}
            Mind::Asks | Mind::Booking => self.ask_on(),
            Mind::ComesBack => {
                self.ask_on();
                let away = self.seconds(8 * 60, 40 * 60);
                self.say(away, &lines.back);
                self.read(240);
                let pause = self.seconds(1, 6);
                self.say(pause, &lines.more);
                self.read(240);
            }
            Mind::Complains | Mind::WantsPerson => self.wait_for_somebody(),
            Mind::Stops => {
                self.read(180);
                let pause = self.seconds(2, 30);
                self.say(pause, &lines.stop);
            }
        }
        self.steps
    }

    /// Reads the answer, perhaps asks once more, and thanks.
    fn ask_on(&mut self) {
        let lines = self.lines;
        self.read(180);
        if self.chance.chance(50) {
            let pause = self.seconds(3, 25);
            self.say(pause, &lines.more);
            self.read(180);
        }
        if self.chance.chance(70) {
            let pause = self.seconds(1, 10);
            self.say(pause, &lines.thanks);
        }
    }

    /// The assistant only says that somebody will come; so the guest asks where they are, and looks in again later.
    fn wait_for_somebody(&mut self) {
        let lines = self.lines;
        self.read(120);
        let waits = self.seconds(3 * 60, 8 * 60);
        self.say(waits, &lines.impatient);
        self.read(600);
        if self.chance.chance(50) {
            let away = self.seconds(10 * 60, 30 * 60);
            self.say(away, &lines.back);
            self.read(600);
        }
    }

    fn seconds(&mut self, low: i64, high: i64) -> Pause {
        Pause::Ms(self.chance.between(low * 1000, high * 1000))
    }

    /// Types as long as such a line takes, then says it.
    fn say(&mut self, pause: Pause, among: &[String]) {
        let Some(line) = self.chance.pick(among).cloned() else {
            return;
        };
        let letters = i64::try_from(line.chars().count()).unwrap_or(0);
        let typing = 800 + letters * self.chance.between(90, 220);
        self.steps.push(Step {
            pause,
            act: Act::Type,
        });
        self.steps.push(Step {
            pause: Pause::Ms(typing),
            act: Act::Say(line),
        });
    }

    /// Waits for an answer so many seconds, and reads it.
    fn read(&mut self, patience: i64) {
        let pause = Pause::Answer {
            patience_ms: patience * 1000,
            reading_ms: self.chance.between(2000, 9000),
        };
        self.steps.push(Step { pause, act: Act::See });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::lines;
    use std::collections::HashSet;

    fn plan(seed: u64, per_hour: u32) -> Plan {
        Plan::new(
            seed,
            per_hour,
            vec![House::Hotel, House::Salon],
            lines::all().unwrap(),
        )
    }

    fn guests(seed: u64) -> Vec<Guest> {
        (0..200)
            .filter_map(|number| plan(seed, 40).guest(number))
            .collect()
    }

    #[test]
    fn the_same_seed_brings_the_same_guests() {
        assert_eq!(guests(7), guests(7));
        // Not by name and address alone.
        let doing = |seed| -> Vec<(i64, Mind, usize)> {
            let all = guests(seed).into_iter();
            all.map(|guest| (guest.arrives_ms, guest.mind, guest.steps.len()))
                .collect()
        };
        assert_ne!(doing(7), doing(8));
        let alone = plan(7, 40).guest(150);
        assert_eq!(
            alone.as_ref(),
            guests(7).get(150),
            "nobody depends on those before"
        );
    }

    #[test]
    fn an_hour_has_as_many_as_were_asked_for() {
        for per_hour in [1, 7, 40, 5000] {
            let plan = plan(3, per_hour);
            let all = u64::from(per_hour) * 3;
            let arrivals: Vec<i64> = (0..all).map(|number| plan.arrives_ms(number)).collect();
            assert!(arrivals.is_sorted(), "{per_hour}");
            for hour in 0..3 {
                let within = arrivals.iter().filter(|at| **at / HOUR_MS == hour).count();
                assert_eq!(within, per_hour as usize, "hour {hour} of {per_hour}");
            }
        }
    }

    #[test]
    fn all_minds_languages_and_houses_come() {
        let guests = guests(1);
        let minds: HashSet<Mind> = guests.iter().map(|guest| guest.mind).collect();
        assert_eq!(minds.len(), MINDS.len());
        let languages: HashSet<&str> = guests.iter().map(|guest| guest.language).collect();
        assert_eq!(languages.len(), 4);
        assert!((0..2).all(|chat| guests.iter().any(|guest| guest.chat == chat)));
        assert_eq!(MINDS.iter().map(|(_, weight)| weight).sum::<i64>(), 100);
    }

    #[test]
    fn nobody_comes_to_no_house() {
        let plan = Plan::new(1, 40, Vec::new(), lines::all().unwrap());
        assert_eq!(plan.guest(0), None);
    }
}
