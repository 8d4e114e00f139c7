//! Files: both forms, every wrong line, and nothing kept of a file that has one.

use opendata::Gender;
use opendata::sotkanet::read_regions;
use statistics::compare::{Cell, Whose, compare};
use statistics::domain::Source;
use statistics::import::{self, Read};
use statistics::{MIGRATIONS, store as own};
use testkit::{for_each_engine, sqlite_store};

use crate::stand_in::regions;

const HEAD: &str = "indicator;category;code;year;gender;value;absolute";

fn read(text: &str) -> Result<Read, Vec<String>> {
    import::read(text, "file.csv", None)
        .map_err(|all| all.iter().map(ToString::to_string).collect())
}

#[test]
fn both_forms_are_kept_and_the_same_file_again_changes_nothing() {
    for_each_engine(MIGRATIONS, |store| {
        let ours = format!(
            "{HEAD}\r\n5;KUNTA;179;2023;total;8,1;11000\r\n5;Kunta;5;2023;;7.5;\r\n5;HYVINVOINTIALUE;15;2023;female;6;\r\n5;MAA;358;2024;total;;\r\n"
        );
        let file = read(&ours).unwrap();
        assert_eq!(file.series.len(), 1);
        let done = import::keep(store, &file).unwrap();
        assert_eq!((done.indicators, done.years, done.kept.added), (1, 1, 3));
        let done = import::keep(store, &file).unwrap();
        assert_eq!(
            (done.kept.added, done.kept.changed, done.kept.same),
            (0, 0, 3)
        );

        let known = store
            .read_blocking(|tx| own::find_code(tx, Source::Sotkanet, "5"))
            .unwrap()
            .unwrap();
        assert!(
            known
                .indicator
                .title
                .fi
                .starts_with("Toimeentulotukea saaneet")
        );
        let points = store
            .read_blocking(move |tx| own::points(tx, known.id, "KUNTA", &[], Gender::Total))
            .unwrap();
        let told: Vec<_> = points
            .iter()
            .map(|one| (one.place.code.as_str(), one.value.text()))
            .collect();
        // A spreadsheet had made 5 of 005.
        assert_eq!(told, [("005", "7.5"), ("179", "8.1")]);
        let beside = store
            .read_blocking(move |tx| own::releases(tx, known.id))
            .unwrap()[0]
            .1
            .clone();
        assert_eq!(
            (beside.licence.as_str(), beside.origin.as_str()),
            ("CC BY 4.0", "file.csv")
        );
        assert!(
            beside
                .attribution
                .contains("Terveyden ja hyvinvoinnin laitos"),
            "{beside:?}"
        );

        // Sotkanet's own form, with its list of areas: one row is of an area that no list has, one of an old number.
        let own_form = "indicator;region;year;gender;primary value;absolute value\n127;101;2009;total;130816;\n\
                        127;455;2009;total;0;\n127;885;2009;total;1;\n127;658;2009;total;5351427;\n";
        let areas = read_regions(&regions()).unwrap();
        let file = import::read(own_form, "data.csv", Some(&areas)).unwrap();
        assert_eq!(file.skipped, 2);
        let done = import::keep(store, &file).unwrap();
        assert_eq!(done.kept.added, 2);
        let names = store
            .read_blocking(|tx| own::region_names(tx, "MAA"))
            .unwrap();
        assert_eq!(names["358"].fi, "Koko maa");
        assert!(
            import::read(own_form, "data.csv", None).is_err(),
            "areas are numbers there"
        );
    });
}

#[test]
fn every_wrong_line_is_told_with_its_reason() {
    for (line, why) in [
        ("5;KUNTA;1179;2023;total;1;", "3 digits"),
        ("5;KUNTA;;2023;total;1;", "category and a code"),
        ("5;;179;2023;total;1;", "category and a code"),
        ("5;KUNTA;179;23;total;1;", "\"23\" is no year"),
        ("5;KUNTA;179;2023,2024;total;1;", "is no year"),
        ("5;KUNTA;179;2023;all;1;", "none of total, male, female"),
        ("5;KUNTA;179;2023;total;1 000;", "not a number"),
        ("5;KUNTA;179;2023;total;..;", "not a number"),
        ("5;KUNTA;179;2023;total;;7", "without its value"),
        ("5;KUNTA;179;2023;total;1;x", "not a number"),
        ("a b;KUNTA;179;2023;total;1;", "no id of an indicator"),
        ("99999;KUNTA;179;2023;total;1;", "needs a title"),
        ("5;KUNTA;179;2023;total;1", "number of columns"),
        ("5;KUNTA;009;2022;total;2;", "already, in line 2"),
    ] {
        let told = read(&format!("{HEAD}\n5;KUNTA;009;2022;total;1;\n{line}\n")).unwrap_err();
        assert_eq!(told.len(), 1, "{line}: {told:?}");
        assert!(
            told[0].starts_with("line 3: ") && told[0].contains(why),
            "{line}: {}",
            told[0]
        );
    }
    let many = format!("{HEAD}\n{}", "5;KUNTA;x;2023;total;1;\n".repeat(300));
    assert_eq!(read(&many).unwrap_err().len(), 100);
}

#[test]
fn heads_that_cannot_be() {
    for (head, why) in [
        ("", "is missing"),
        (
            "indicator;category;code;year",
            "the column value is missing",
        ),
        ("indicator;category;code;year;value;value", "twice"),
        (
            "indicator;category;code;year;value;name",
            "no column \"name\"",
        ),
        ("<html>", "no column"),
    ] {
        let told = read(&format!("{head}\n")).unwrap_err();
        assert!(told.len() == 1 && told[0].contains(why), "{head}: {told:?}");
    }
    assert!(read(&format!("{HEAD}\n")).unwrap_err()[0].contains("no values"));
    // Any mark between columns, any order, any case, a mark before the text.
    for text in [
        "VALUE,year,code,category,indicator\n1.5,2023,179,KUNTA,5\n",
        "indicator\tcategory\tcode\tyear\tvalue\n5\tKUNTA\t179\t2023\t1,5\n",
        "\u{feff}indicator;category;code;year;value\n5;KUNTA;179;2023;1,5\n",
    ] {
        assert_eq!(
            read(text).unwrap().series[0].years[&2023][0].value.text(),
            "1.5",
            "{text}"
        );
    }
}

#[test]
fn figures_of_a_source_of_one_s_own_need_their_producer_and_licence() {
    let head =
        "source;indicator;title;theme;category;code;year;value;unit;producer;licence;data_updated";
    for (line, why) in [
        (
            "file;oma.1;Oma luku;income;KUNTA;179;2023;1;lkm;Jyväskylän kaupunki;CC BY 4.0;2024-01-31",
            None,
        ),
        (
            "file;oma.1;Oma luku;income;KUNTA;179;2023;1;lkm;;CC BY 4.0;",
            Some("producer and a licence"),
        ),
        (
            "file;oma.1;Oma luku;income;KUNTA;179;2023;1;lkm;Kela;;",
            Some("producer and a licence"),
        ),
        (
            "file;oma.1;Oma luku;money;KUNTA;179;2023;1;lkm;Kela;CC0;",
            Some("no theme"),
        ),
        (
            "file;oma.1;Oma luku;income;KUNTA;179;2023;1;lkm;Kela;CC0;31.1.2024",
            Some("no day"),
        ),
        (
            "kela;oma.1;Oma luku;income;KUNTA;179;2023;1;lkm;Kela;CC0;",
            Some("no source"),
        ),
        (
            "statfin;128c;Tulot;income;KUNTA;179;2023;1;;Tilastokeskus;;",
            None,
        ),
    ] {
        let got = read(&format!("{head}\n{line}\n"));
        match (got, why) {
            (Ok(_), None) => {}
            (Err(told), Some(why)) => assert!(told[0].contains(why), "{line}: {told:?}"),
            (got, _) => panic!("{line}: {got:?}"),
        }
    }
    let two = format!(
        "{head}\nfile;a;Yksi;;KUNTA;179;2023;1;;Kela;CC0;\nfile;a;Toinen;;KUNTA;179;2024;1;;Kela;CC0;\n"
    );
    assert!(read(&two).unwrap_err()[0].contains("told in another way above"));
}

#[test]
fn zeros_that_stand_for_no_value_are_left_out_and_told() {
    let text = format!(
        "{HEAD}\n451;KUNTA;179;2009;total;0.0;\n451;KUNTA;992;2009;total;0.0;3\n451;KUNTA;005;2013;total;0;\n5;KUNTA;005;2009;total;0;\n"
    );
    let file = read(&text).unwrap();
    assert_eq!(file.doubtful, 1);
    let kept: usize = file
        .series
        .iter()
        .flat_map(|one| one.years.values())
        .map(Vec::len)
        .sum();
    assert_eq!(kept, 3);
}

#[test]
fn a_file_does_not_take_away_what_the_service_told() {
    let store = sqlite_store(MIGRATIONS);
    let file = read(&format!("{HEAD}\n5;KUNTA;179;2023;total;8;\n")).unwrap();
    let (clock, chance) = (store.clock.clone(), store.chance.clone());
    let mut told = file.series[0].indicator.clone();
    told.about.fi = "Kuvaus palvelusta".to_owned();
    store
        .write_blocking(move |tx| own::put_indicator(tx, &*clock, &*chance, &told))
        .unwrap();
    import::keep(&store, &file).unwrap();
    let known = store
        .read_blocking(|tx| own::find_code(tx, Source::Sotkanet, "5"))
        .unwrap()
        .unwrap();
    assert_eq!(known.indicator.about.fi, "Kuvaus palvelusta");
}

/// The list of areas of 2016 in the form of the service.
fn areas_of_2016() -> opendata::region::Regions {
    let text = include_str!("../../../../partners/opendata/tests/examples/regions_2016.csv");
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records().map(|row| {
        let row = row.unwrap();
        serde_json::json!({"id": row[0].parse::<u32>().unwrap(), "code": row[1], "category": row[2], "title": {"fi": row[3]}})
    });
    let list: Vec<serde_json::Value> = rows.collect();
    read_regions(&serde_json::to_string(&list).unwrap()).unwrap()
}

#[test]
fn the_real_answer_of_2009_is_kept_whole() {
    let text = include_str!("../../../../partners/opendata/tests/examples/data_127_2009_total.csv");
    for_each_engine(MIGRATIONS, |store| {
        let file = import::read(text, "data_127_2009_total.csv", Some(&areas_of_2016())).unwrap();
        // 466 rows, three of them of areas that are in no list.
        assert_eq!(file.skipped, 3);
        assert_eq!(import::keep(store, &file).unwrap().kept.added, 463);
        let known = store
            .read_blocking(|tx| own::find_code(tx, Source::Sotkanet, "127"))
            .unwrap()
            .unwrap();
        assert!(known.indicator.additive);
        let id = known.id;
        let table = store
            .read_blocking(move |tx| compare(tx, id, "13", Gender::Total))
            .unwrap()
            .unwrap();
        let kuopio = table
            .lines
            .iter()
            .find(|line| line.whose == Whose::Municipality("297"))
            .unwrap();
        // The answer has counted Maaninka into Kuopio already, and Juankoski is told apart: they are one today.
        let parts: i64 = ["297", "174"]
            .iter()
            .map(|code| {
                let of = |one: &&statistics::domain::Value| {
                    one.place.category == "KUNTA" && one.place.code == *code
                };
                file.series[0].years[&2009]
                    .iter()
                    .find(of)
                    .unwrap()
                    .value
                    .whole()
                    .unwrap()
            })
            .sum();
        assert!(
            matches!(&kuopio.cells[..], [Cell::Sum(sum)] if sum.whole() == Some(parts)),
            "{kuopio:?} {parts}"
        );
        // Every municipality of today is there once.
        let municipalities = table
            .lines
            .iter()
            .filter(|line| matches!(line.whose, Whose::Municipality(_)))
            .count();
        assert_eq!(municipalities, kernel::place::municipalities_of("13").len());
    });
}
