//! A price list from a table, and what the assistant makes of it.

use crate::admin::{ask, file, guest_links, import, stand_up};
use crate::program::Served;
use tempfile::TempDir;

const BOOKING: &str = "reference,title,starts,ends,name,email\n\
    A-1,Double room,2099-12-01,2099-12-03,Ida Berg,ida@mail.example\n";

#[tokio::test]
async fn a_guest_is_told_the_price_of_the_table() {
    let (data, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    stand_up(&data);
    import(&data, "import-bookings", &file(&files, "rooms.csv", BOOKING)).unwrap();
    let first = "name,amount,unit,keywords\nGarage place,18.50,a night,\"parking, car\"\nMassage,60,,\n";
    let said = import(&data, "import-prices", &file(&files, "prices.csv", first)).unwrap();
    assert_eq!(said, "2 prices taken, 0 of them replaced\n");
    let second = "Name;Amount;Currency;Unit;Keywords\nGARAGE PLACE;21,00;eur;a night;parking car\n";
    let said = import(&data, "import-prices", &file(&files, "new.csv", second)).unwrap();
    assert_eq!(said, "1 price taken, 1 of them replaced\n");
    let links = guest_links(&data);
    let (_, token) = links[0].rsplit_once('/').unwrap();
    let desk = Served::start(data.path(), &[]);
    let page = reqwest::get(format!("{}/chat/{token}", desk.url()))
        .await
        .unwrap();
    let answer = ask(&desk, &page.text().await.unwrap(), "How much is a garage place?").await;
    assert!(answer.contains("21") && !answer.contains("18"), "{answer}");
}

#[test]
fn a_wrong_line_is_named_and_nothing_of_the_file_is_taken() {
    let (data, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    stand_up(&data);
    let path = file(&files, "prices.csv", "name,amount\nMassage,60\nFacial,a lot\n");
    let words = import(&data, "import-prices", &path).unwrap_err();
    assert!(
        words.contains("prices.csv, line 3: an amount is a number"),
        "{words}"
    );
    assert!(!words.contains("a lot"), "{words}");
    let path = file(&files, "massage.csv", "name,amount\nMassage,60\n");
    let said = import(&data, "import-prices", &path).unwrap();
    assert_eq!(said, "1 price taken, 0 of them replaced\n");
    let words = import(&data, "import-prices", &file(&files, "prices.txt", "x")).unwrap_err();
    assert!(words.contains(".csv file"), "{words}");
}
