//! The chat links of coming bookings, for whatever writes the booking e-mails.

use super::command::GuestLinks;
use super::{AdminError, existing};
use crate::desk::Desk;

/// More than a small site has to come.
const MOST: i64 = 10_000;

/// CSV with a line of headings, by start. A link is the guest's only credential: whoever reads this can write as them.
pub async fn list(desk: &Desk, wanted: GuestLinks) -> Result<String, AdminError> {
    let base = wanted.url.as_str().trim_end_matches('/').to_owned();
    let property = wanted.property;
    let rows = desk
        .read(move |view| {
            existing(view, property)?;
            let mut statement = view.prepare(
                "SELECT booking.reference, contact.name, coalesce(contact.email, ''),
                   coalesce(contact.phone_number, ''), guest_link.token
                 FROM guest_link
                 JOIN booking ON booking.id = guest_link.booking_id
                 JOIN contact_inbox ON contact_inbox.id = guest_link.contact_inbox_id
                 JOIN contact ON contact.id = contact_inbox.contact_id AND contact.id = booking.contact_id
                 WHERE guest_link.account_id = ?1 AND booking.status = 'confirmed' AND booking.ends_at > ?2
                 ORDER BY booking.starts_at, booking.id, guest_link.created_at LIMIT ?3",
            )?;
            let rows = statement.query_map([property, view.now_ms, MOST], |row| {
                let token: String = row.get(4)?;
                let fields: [String; 5] = [
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    format!("{base}/chat/{token}"),
                ];
                Ok(fields.map(quoted).join(","))
            })?;
            Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
        })
        .await?;
    let head = "reference,name,email,phone,url".to_owned();
    let lines: Vec<String> = std::iter::once(head).chain(rows).collect();
    Ok(lines.join("\n"))
}

/// A field of CSV.
pub fn quoted(field: String) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}
