//! Where the window was, and where it fits today.

use serde::{Deserialize, Serialize};
use std::path::Path;
use tauri::Monitor;

/// Width and height in logical pixels.
pub const DEFAULT_SIZE: (f64, f64) = (1280.0, 800.0);
pub const SMALLEST_SIZE: (f64, f64) = (900.0, 600.0);
/// How much of the window must be on a screen to be taken hold of, in physical pixels.
const GRIP: i32 = 120;

/// The window's place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Placement {
    /// Outer corner in physical pixels; `None` = the system chooses.
    pub position: Option<(i32, i32)>,
    /// Inner size in logical pixels.
    pub width: f64,
    pub height: f64,
    pub maximized: bool,
}

impl Default for Placement {
    fn default() -> Self {
        Self {
            position: None,
            width: DEFAULT_SIZE.0,
            height: DEFAULT_SIZE.1,
            maximized: false,
        }
    }
}

/// The part of a screen that panels leave free, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    pub scale: f64,
}

impl From<&Monitor> for Screen {
    fn from(monitor: &Monitor) -> Self {
        let area = monitor.work_area();
        Self {
            x: area.position.x,
            y: area.position.y,
            width: area.size.width.try_into().unwrap_or(i32::MAX),
            height: area.size.height.try_into().unwrap_or(i32::MAX),
            scale: monitor.scale_factor(),
        }
    }
}

impl Placement {
    /// What was written down, if it can be read.
    pub fn read(file: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(file).ok()?;
        let placement: Self = serde_json::from_str(&text).ok()?;
        (placement.width.is_finite() && placement.height.is_finite()).then_some(placement)
    }

    /// Writes beside the file and swaps, so that a half-written one is never read.
    pub fn write(&self, file: &Path) -> std::io::Result<()> {
        let beside = file.with_extension("json.new");
        std::fs::write(&beside, serde_json::to_vec(self)?)?;
        std::fs::rename(beside, file)
    }

    /// The same place where it can be reached on the screens of today: one may have been unplugged, or be smaller.
    pub fn fit(self, screens: &[Screen]) -> Self {
        let wanted = Self {
            width: self.width.max(SMALLEST_SIZE.0),
            height: self.height.max(SMALLEST_SIZE.1),
            ..self
        };
        let home = self
            .position
            .and_then(|corner| screens.iter().find(|screen| screen.holds(corner, wanted)));
        let Some(screen) = home.or(screens.first()) else {
            return wanted;
        };
        let free = |pixels: i32, smallest: f64| (f64::from(pixels) / screen.scale).max(smallest);
        let fitted = Self {
            width: wanted.width.min(free(screen.width, SMALLEST_SIZE.0)),
            height: wanted.height.min(free(screen.height, SMALLEST_SIZE.1)),
            ..wanted
        };
        Self {
            position: home
                .and(self.position)
                .map(|corner| screen.pull_in(corner, fitted)),
            ..fitted
        }
    }
}

impl Screen {
    /// Whether enough of the window's title bar is here to take hold of it.
    fn holds(&self, (x, y): (i32, i32), placement: Placement) -> bool {
        let right = x.saturating_add(self.physical(placement.width));
        let seen = right.min(self.x + self.width).saturating_sub(x.max(self.x));
        seen >= GRIP && y >= self.y - GRIP / 2 && y < self.y + self.height
    }

    /// Moves the window inside, its corner first.
    fn pull_in(&self, (x, y): (i32, i32), placement: Placement) -> (i32, i32) {
        let last = |start: i32, length: i32, size: f64| (start + length - self.physical(size)).max(start);
        (
            x.clamp(self.x, last(self.x, self.width, placement.width)),
            y.clamp(self.y, last(self.y, self.height, placement.height)),
        )
    }

    fn physical(&self, logical: f64) -> i32 {
        // The value is a window's size: far inside what an i32 holds, and `as` saturates.
        (logical * self.scale).round() as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESK: Screen = Screen {
        x: 0,
        y: 30,
        width: 1920,
        height: 1050,
        scale: 1.0,
    };
    const BESIDE: Screen = Screen {
        x: 1920,
        y: 0,
        width: 3840,
        height: 2160,
        scale: 2.0,
    };

    fn at(x: i32, y: i32, width: f64, height: f64) -> Placement {
        Placement {
            position: Some((x, y)),
            width,
            height,
            maximized: false,
        }
    }

    #[test]
    fn a_place_that_still_exists_is_kept() {
        let placement = at(200, 100, 1000.0, 700.0);
        assert_eq!(placement.fit(&[DESK]), placement);
        let beside = at(2500, 400, 1200.0, 800.0);
        assert_eq!(beside.fit(&[DESK, BESIDE]), beside);
    }

    #[test]
    fn a_screen_that_is_gone_lets_the_system_choose() {
        let placement = at(2500, 400, 1200.0, 800.0).fit(&[DESK]);
        assert_eq!(placement.position, None);
        assert_eq!((placement.width, placement.height), (1200.0, 800.0));
    }

    #[test]
    fn a_window_half_outside_is_pulled_in() {
        assert_eq!(
            at(1500, 800, 1000.0, 700.0).fit(&[DESK]).position,
            Some((920, 380))
        );
        assert_eq!(at(-300, 10, 1000.0, 700.0).fit(&[DESK]).position, Some((0, 30)));
    }

    #[test]
    fn a_window_larger_than_the_screen_shrinks_but_not_below_the_smallest() {
        let placement = at(10, 40, 4000.0, 3000.0).fit(&[DESK]);
        assert_eq!((placement.width, placement.height), (1920.0, 1050.0));
        let narrow = Screen {
            width: 640,
            height: 480,
            ..DESK
        };
        let placement = at(10, 40, 300.0, 200.0).fit(&[narrow]);
        assert_eq!((placement.width, placement.height), SMALLEST_SIZE);
        assert_eq!(placement.position, Some((0, 30)), "the title bar stays in reach");
    }

    #[test]
    fn without_screens_nothing_is_moved() {
        let placement = at(5, 5, 1000.0, 700.0);
        assert_eq!(placement.fit(&[]), placement);
    }

    #[test]
    fn what_is_written_is_read_and_nonsense_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        assert_eq!(Placement::read(&file), None);
        let placement = at(5, 6, 1000.0, 700.0);
        placement.write(&file).unwrap();
        assert_eq!(Placement::read(&file), Some(placement));
        std::fs::write(&file, "{").unwrap();
        assert_eq!(Placement::read(&file), None);
    }
}
