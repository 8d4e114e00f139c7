# Ord i stället för ett tal i bilden och tabellen
chart-missing = uppgift saknas
chart-hidden = under { $threshold }, visas inte
chart-and-over = { $from } eller fler

# Varför filen med gränser avvisades
borders-too-large = Filen är för stor. Högst { $number } megabyte läses. Välj en grövre skala, till exempel 1:4 500 000.
borders-too-deep = Filen har fler än { $number } nivåer inuti varandra. Så är det inte i en fil med kommungränser.
borders-not-a-number = Filen har en koordinat som inte är ett tal.
borders-not-json = Filen är inte JSON. Felet är på rad { $number }.
borders-not-a-collection = Filen är inte en samling områden i GeoJSON (FeatureCollection).
borders-too-many-areas = Filen har fler än { $number } områden. Välj kommungränserna.
borders-too-many-points = Filen har fler än { $number } punkter. Välj en grövre skala.
borders-not-a-polygon = Område { $number } är inte en polygon (Polygon eller MultiPolygon).
borders-no-code = Område { $number } saknar kommunens nummer. Det ska finnas i uppgiften kunta, natcode, kuntanro eller code.
borders-unknown-municipality = Kommunnumret för område { $number } finns inte i förteckningen över nuvarande kommuner.
borders-twice = Kommun { $number } finns två gånger i filen.
borders-swapped = I koordinaterna för område { $number } står latituden före longituden. I GeoJSON kommer longituden först.
borders-elsewhere = Område { $number } ligger inte i Finland. Koordinaterna ska vara grader eller meter i ETRS-TM35FIN.
