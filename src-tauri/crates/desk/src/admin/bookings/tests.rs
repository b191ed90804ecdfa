use super::*;

fn house(zone: &str, has_nights: bool) -> House {
    House {
        zone: TimeZone::get(zone).unwrap(),
        has_nights,
    }
}

fn sheet(text: &str) -> Result<Vec<Booking>, Bad> {
    sheet::read(text, &house("Europe/Berlin", true)).and_then(checked)
}

const HEAD: &str = "reference,title,starts,ends,name,email,phone,status\n";

fn calendar(lines: &[&str]) -> Result<Vec<Booking>, Bad> {
    let text = format!("BEGIN:VCALENDAR\r\n{}\r\nEND:VCALENDAR\r\n", lines.join("\r\n"));
    calendar::read(&text, &house("Europe/Berlin", true)).and_then(checked)
}

#[test]
fn a_row_is_a_booking() {
    let text =
        format!("{HEAD}R1,Double room,2026-12-01,2026-12-03,Ida Berg,Ida@Example.org,+49 30 555010,\n");
    let read = sheet(&text).unwrap();
    // 15:00 and 11:00 in Berlin, an hour before UTC in winter.
    assert_eq!(read[0].starts_at, 1_796_133_600_000);
    assert_eq!(read[0].ends_at, 1_796_292_000_000);
    assert_eq!(read[0].email.as_deref(), Some("ida@example.org"));
    assert_eq!(read[0].phone.as_deref(), Some("+4930555010"));
    assert!(!read[0].is_cancelled);
}

#[test]
fn times_are_the_property_s_unless_they_say_otherwise() {
    let berlin = house("Europe/Berlin", false);
    let at = |text: &str| berlin.read(text, when::Edge::Start);
    assert_eq!(at("2026-07-01 10:00"), Some(1_782_892_800_000));
    assert_eq!(at("2026-07-01T10:00:00"), at("2026-07-01 10:00"));
    assert_eq!(at("2026-07-01T08:00:00Z"), at("2026-07-01 10:00"));
    assert_eq!(at("2026-07-01T03:00:00-05:00"), at("2026-07-01 10:00"));
    assert_eq!(at("2026-07-01"), None, "an appointment has a time of day");
    assert_eq!(at("1.7.2026"), None);
    assert_eq!(at("2026-02-30 10:00"), None);
}

#[test]
fn a_wrong_row_is_named_by_its_line() {
    let good = "R1,Room,2026-12-01,2026-12-03,Ida,a@b.example,,\n";
    for (row, word) in [
        ("R2,Room,soon,2026-12-03,Ida,a@b.example,,\n", "starts"),
        ("R2,Room,2026-12-03,2026-12-03,Ida,a@b.example,,\n", "ends before"),
        (
            "R2,Room,2026-12-01,2026-12-03,Ida,,,\n",
            "e-mail address or phone",
        ),
        ("R2,Room,2026-12-01,2026-12-03,Ida,nobody,,\n", "e-mail address"),
        ("R2,Room,2026-12-01,2026-12-03,Ida,,030 555,\n", "country"),
        ("R2,Room,2026-12-01,2026-12-03,Ida,a@b.example,,maybe\n", "status"),
        (",Room,2026-12-01,2026-12-03,Ida,a@b.example,,\n", "reference"),
        (good, "twice"),
    ] {
        let bad = sheet(&format!("{HEAD}{good}{row}")).unwrap_err();
        assert_eq!(bad.line, 3, "{row}");
        assert!(bad.problem.contains(word), "{row}: {bad}");
    }
    assert_eq!(sheet(HEAD).unwrap_err().line, 1);
}

#[test]
fn an_event_is_a_booking() {
    let read = calendar(&[
        "VERSION:2.0",
        "BEGIN:VEVENT",
        "UID:42@rooms.example",
        "DTSTART;TZID=Europe/Lisbon:20260701T090000",
        "DTEND:20260701T083000Z",
        "SUMMARY:Haircut\\, long",
        " er",
        "LOCATION:Sofia",
        "ATTENDEE;CN=\"Rossi: Bianca\":MAILTO:bianca@mail.example",
        "BEGIN:VALARM",
        "UID:another",
        "END:VALARM",
        "STATUS:CANCELLED",
        "END:VEVENT",
    ])
    .unwrap();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].line, 3);
    assert_eq!(read[0].reference, "42@rooms.example");
    assert_eq!(read[0].title, "Haircut, longer");
    assert_eq!(read[0].resource.as_deref(), Some("Sofia"));
    assert_eq!(read[0].email.as_deref(), Some("bianca@mail.example"));
    assert_eq!(read[0].name, "\"Rossi: Bianca\"".trim_matches('"'));
    assert_eq!(read[0].ends_at - read[0].starts_at, 30 * 60 * 1000);
    assert!(read[0].is_cancelled);
}

#[test]
fn a_wrong_event_is_named_by_its_line() {
    let event = |line: &str| {
        calendar(&[
            "BEGIN:VEVENT",
            "UID:1",
            "SUMMARY:x",
            "DTEND:20260703",
            "ATTENDEE:mailto:a@b.example",
            line,
            "END:VEVENT",
        ])
        .unwrap_err()
    };
    assert_eq!(event("DTSTART:tomorrow").line, 7);
    assert_eq!(event("DTSTART;TZID=Mars/North:20260701T090000").line, 7);
    assert_eq!(event("RRULE:FREQ=DAILY").line, 7);
    assert_eq!(event("no value").line, 7);
    assert!(event("X-OTHER:1").problem.contains("DTSTART"));
    assert_eq!(calendar(&["BEGIN:VEVENT"]).unwrap_err().line, 3);
    assert!(calendar::read("hello: you", &house("UTC", true)).is_err());
}
