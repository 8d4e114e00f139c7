//! The demo's first report: released by four eyes, public as a page, as print and as open data.

use app::first_report::give_out;

use crate::county::{County, Reader};

#[test]
fn the_sheet_of_a_new_county_goes_out_by_two_people_and_the_yearly_report_stays_a_draft() {
    let county = County::of(20);
    let house = county.built.house.clone();
    figures::refresh(&figures::Works::of(&house)).expect("own figures");
    let printer = |paper: &paper::Paper| Ok(format!("%PDF {}", paper.title).into_bytes());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime
        .block_on(give_out(&house, printer))
        .expect("a report");
    let anybody = Reader::stranger();
    let list = county.get(&anybody, "/fi/julkaisut");
    let title = "Ilmiökortti: vuokravelasta kuullaan vasta, kun häätö uhkaa";
    assert!(list.body.contains(title), "{}", list.body);
    assert!(!list.body.contains("Sosiaalinen raportti"), "{}", list.body);
    let page = county.get(&anybody, "/fi/julkaisut/1");
    for words in [
        "Jyväskylän kaupungin asunto-ohjelman valmisteluryhmä",
        "Ilmoituskäytännön kokeilu kaupungin vuokrayhtiössä",
        "Tietosuoja-ajo",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let print = county.get(&anybody, "/fi/julkaisut/1.pdf");
    assert!(print.body.starts_with("%PDF"), "{}", print.body);
    let data = county.get(&anybody, "/fi/julkaisut/1/taulukko-1.csv");
    assert_eq!(data.status, 200);
    // Once is enough.
    runtime
        .block_on(give_out(&house, printer))
        .expect("nothing more to do");
    let hands: i64 = house
        .store
        .read_blocking(|tx| {
            use store::Query as _;
            tx.query_one(
                "select count(distinct staff_id) from publication_hand where publication_id in (select publication_id from publication_version where state = 'released')",
                &[],
            )?
            .get(0)
        })
        .expect("hands");
    assert_eq!(hands, 2);
}
