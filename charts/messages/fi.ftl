# Sanat luvun paikalla kuvassa ja taulukossa
chart-missing = ei tietoa
chart-hidden = alle { $threshold }, ei näytetä
chart-and-over = { $from } tai yli

# Miksi rajojen tiedosto hylättiin
borders-too-large = Tiedosto on liian suuri. Enintään { $number } megatavua luetaan. Valitse karkeampi mittakaava, esimerkiksi 1:4 500 000.
borders-too-deep = Tiedostossa on sisäkkäisiä osia yli { $number } tasoa. Kuntarajojen tiedostossa niin ei ole.
borders-not-a-number = Tiedostossa on koordinaatti, joka ei ole luku.
borders-not-json = Tiedosto ei ole JSON-muotoa. Virhe on rivillä { $number }.
borders-not-a-collection = Tiedosto ei ole GeoJSON-muotoinen kokoelma alueita (FeatureCollection).
borders-too-many-areas = Tiedostossa on yli { $number } aluetta. Valitse kuntien rajat.
borders-too-many-points = Tiedostossa on yli { $number } pistettä. Valitse karkeampi mittakaava.
borders-not-a-polygon = Alue { $number } ei ole monikulmio (Polygon tai MultiPolygon).
borders-no-code = Alueella { $number } ei ole kunnan numeroa. Sen pitää olla tiedossa kunta, natcode, kuntanro tai code.
borders-unknown-municipality = Alueen { $number } kuntanumeroa ei ole voimassa olevassa kuntaluettelossa.
borders-twice = Kunta { $number } on tiedostossa kahdesti.
borders-swapped = Alueen { $number } koordinaateissa leveysaste on ennen pituusastetta. GeoJSON-muodossa pituusaste on ensin.
borders-elsewhere = Alue { $number } ei ole Suomessa. Koordinaattien pitää olla asteita tai ETRS-TM35FIN-järjestelmän metrejä.
