//! Quotes: an observation's own words, released by an editor, with nothing in them that tells who somebody is.

use crate::support::*;

const SAID: &str = "Kirje jää avaamatta, koska velka pelottaa. Naapuri Matti Virtanen auttoi.";

#[tokio::test]
async fn a_quote_is_a_piece_of_what_was_said_and_tells_nobody() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        county.observed(of, "2025-02", 1, SAID);
        let other = county.phenomenon("Muu ilmiö");
        let eeva = county.sample.enter(EEVA).await;
        let path = county.sheet("Kortti", of).await;
        let form = format!("{path}/quotes");
        let page = county.sample.get(&form, &eeva).await;
        assert!(page.body.contains("Kirje jää avaamatta"));
        let observation = between(&page.body, "name=\"observation\" value=\"", "\"").to_owned();
        let (of, other) = (of.to_string(), other.to_string());
        let fields = |words: &'static str| {
            [
                ("phenomenon", of.clone()),
                ("observation", observation.clone()),
                ("words", words.to_owned()),
            ]
        };
        for (words, told) in [
            ("Naapuri Matti Virtanen auttoi", "voi olla henkilötieto"),
            ("velka ei pelota ketään", "Sanat eivät ole havainnosta"),
            ("", "Kirjoita tämä"),
        ] {
            let fields = fields(words);
            let fields = fields
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            let refused = county.sample.post(&form, &fields, &eeva).await;
            assert_eq!(refused.status, 422, "{words}");
            assert!(refused.body.contains(told), "{told}: {}", refused.body);
        }
        let mut elsewhere = fields("Kirje jää avaamatta");
        elsewhere[0].1 = other;
        let taken = elsewhere
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let done = county.sample.post(&form, &taken, &eeva).await;
        assert_eq!(
            done.status, 303,
            "a phenomenon that is not in it is read as the one that is"
        );
        let pentti = county.sample.enter(PENTTI).await;
        assert_eq!(
            county.sample.get(&form, &pentti).await.status,
            404,
            "a publisher picks no quotes"
        );

        let good = fields("koska velka pelottaa.");
        let good = good.each_ref().map(|(name, value)| (*name, value.as_str()));
        county.posted(&eeva, &form, &good).await;
        county.release(&path).await;
        let page = county.open("/fi/julkaisut/1").await.body;
        assert!(page.contains("koska velka pelottaa."), "{page}");
        assert!(!page.contains("Virtanen"));

        // A quote that somebody has put past the program stops the next version.
        let correct = format!("{path}/correct");
        let revision = county.revision(&eeva, &correct).await;
        let fields = [("revision", revision.as_str()), ("reason", "Uusi sitaatti")];
        county.posted(&eeva, &correct, &fields).await;
        county.forced("update publication_quote set words = 'Matti Virtanen, puh. 040 123 4567' where version = 2 and words like 'koska%'").unwrap();
        let refused = county.step(&eeva, &path, "check").await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Sitaatissa voi olla henkilötieto"));
        let page = county.sample.get(&path, &eeva).await;
        let quote = between(&page.body, "name=\"quote\" value=\"", "\"").to_owned();
        county
            .posted(
                &eeva,
                &format!("{path}/quotes/remove"),
                &[("quote", &quote)],
            )
            .await;
        assert_eq!(
            county.count("select count(*) from publication_quote where version = 2"),
            1
        );
        assert_eq!(
            county.count("select count(*) from publication_quote where version = 1"),
            2
        );
    }
}
