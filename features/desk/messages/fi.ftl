## Navigation
nav-desk = Työpöytä
nav-advice = Neuvonta
nav-situation = Tilanne

## Desk
desk-title = Työpöytä
desk-weekday-1 = Maanantai
desk-weekday-2 = Tiistai
desk-weekday-3 = Keskiviikko
desk-weekday-4 = Torstai
desk-weekday-5 = Perjantai
desk-weekday-6 = Lauantai
desk-weekday-7 = Sunnuntai
desk-date = { $weekday } { $date }
desk-lead = { $date }. { $late }, { $today }.
desk-lead-late = { $count ->
    [0] Mitään ei ole myöhässä
    [1] Yksi asia on myöhässä
    [2] Kaksi asiaa on myöhässä
    [3] Kolme asiaa on myöhässä
    [4] Neljä asiaa on myöhässä
    [5] Viisi asiaa on myöhässä
   *[other] { $count } asiaa on myöhässä
 }
desk-lead-today = { $count ->
    [0] tälle päivälle ei ole luvattu mitään
    [1] yksi tehdään tänään
    [2] kaksi tehdään tänään
    [3] kolme tehdään tänään
    [4] neljä tehdään tänään
    [5] viisi tehdään tänään
   *[other] { $count } tehdään tänään
 }
desk-count-late = { $count } myöhässä
desk-count-open = { $count } avoinna
desk-write-contact = Kirjaa yhteydenotto
desk-write-advice = Kirjaa neuvonta
desk-work = Työt
desk-work-caption = Työt määräajan mukaan
desk-work-empty = Kaikki luvattu on tehty. Uudet yhteydenotot näkyvät jonossa.
desk-work-empty-lead = Kaikki luvattu on tehty. Yksikön tilanne kertoo, mikä kaipaa huomiotasi.
desk-work-empty-tutored = Sinulla ei ole nyt avoimia askelia. Kun ohjaajasi nimeää sinulle asiakkaan, asiakas näkyy tällä sivulla.
desk-work-empty-clients = Kaikki luvattu on tehty. Omat asiakkaasi ovat tällä sivulla.
desk-work-empty-other = Sinulle ei ole nyt töitä. Kun sinulle annetaan tehtävä, se näkyy tässä.
desk-keys-move = liiku riveillä
desk-keys-open = avaa
desk-column-due = Määräaika
desk-column-who = Kuka
desk-column-what = Mitä tehdään
desk-column-ground = Peruste
desk-column-act = Toiminto
desk-late = Myöhässä
desk-today = Tänään
desk-waiting = Odottaa sinua
desk-soon = Seitsemän seuraavaa päivää
desk-later = Myöhemmin
desk-nameless = Nimetön
desk-call-about = Soita: { $title }
desk-call-about-when = Soita: { $title } ({ $when })
desk-returned-alternative = Ehdotus: { $alternative }
desk-untaken = { $count ->
    [1] Yksi ottamaton
   *[other] { $count } ottamatonta
 }
desk-untaken-what = Vuorovastaava vastaa, kunnes joku ottaa kopin
desk-ground-call = Luvattu soitto
desk-ground-step = Sovittu askel
desk-ground-answer = Luvattu vastaus
desk-ground-message = Kirjoitti sinulle
desk-ground-refused = Ei otettu vastaan
desk-ground-unanswered = Siirtoon ei vastattu
desk-ground-duty = Vuorossa
desk-act-call = Soita
desk-act-write = Kirjaa
desk-act-answer = Vastaa
desk-act-open = Avaa
desk-act-queue = Avaa jono
desk-offers = Siirtopyynnöt sinulle
desk-offers-empty = Ei siirtopyyntöjä sinulle. Kun joku pyytää siirtoa, se näkyy tässä.
desk-offer-of = { $person }: { $title }
desk-offer-nameless = Nimetön: { $title }
desk-offer-meta = { $from } pitää asiaa, kunnes vastaat. Vastausaika { $until }.
desk-offer-meta-unit = Pyyntö koko yksikölle. { $from } pitää asiaa, kunnes joku vastaa. Vastausaika { $until }.
desk-offer-both = Olimme molemmat paikalla
desk-accept = Ota vastaan
desk-refuse = Kieltäydy ja ehdota
desk-drafts = Luonnokset
desk-draft-contact = Uusi yhteydenotto
desk-draft-advice = Neuvonta
desk-draft-task = Luvatun asian kirjaus
desk-draft-of = Kirjaus: { $title }
desk-draft-other = toinen yhteydenotto
desk-held = Sinä vastaat
desk-held-empty = Et vastaa nyt yhdestäkään yhteydenotosta. Ota koppi jonosta.
desk-held-all = Kaikki omat jonossa
desk-answered = vastattu
desk-offer-open = siirtopyyntö kesken
desk-done-kept = Kirjattu. Lupaus on pidetty.
desk-done-tried = Yritys on kirjattu. Lupaus jää työlistalle.
desk-done-gone = Tämä on jo tehty tai siirtynyt toiselle. Mitään ei jäänyt sinulle.

## A promise
task-call-title = Soita takaisin
task-step-title = Sovittu askel
task-who = Kenelle
task-phone = Puhelin
task-due = Viimeistään
task-what = Sovittu
task-contact = Yhteydenotto
task-contact-open = Avaa yhteydenotto
task-outcome = Miten kävi?
task-reached = Tavoitin
task-not-reached = En tavoittanut
task-not-reached-hint = Yritys kirjataan. Lupaus jää työlistalle.
task-agreed = Mitä sovittiin
task-agreed-hint = Mitä tehdään seuraavaksi, kuka tekee ja milloin.
task-text = Miten kävi?
task-save = Kirjaa
task-back = Takaisin työpöydälle
task-outcome-missing = Valitse, tavoititko ihmisen.
task-agreed-missing = Kirjoita lyhyesti, mitä sovittiin.
task-text-missing = Kirjoita lyhyesti, miten kävi.

## Advice
advice-title = Ohjaus ja neuvonta
advice-lead = Kolme kenttää riittää. Nimeä ei tarvita.
advice-asked = Mitä kysyttiin
advice-advised = Mitä neuvottiin
advice-next = Mitä seuraavaksi
advice-next-hint = Jos mitään ei sovittu, kirjoita: ei jatkoa.
advice-person = Nimi
advice-person-hint = Vain jos ihminen kertoi sen.
advice-door = Miten kysyttiin
advice-door-hint = Puhelin, käynti tai muu.
advice-theme = Aihe
advice-theme-hint = Lähin riittää.
advice-theme-none = Ei valittu
advice-save = Tallenna neuvonta
advice-to-contact = Tästä tuli yhteydenotto
advice-asked-missing = Kirjoita, mitä kysyttiin.
advice-advised-missing = Kirjoita, mitä neuvottiin.
advice-next-missing = Kirjoita, mitä seuraavaksi, tai: ei jatkoa.
advice-door-missing = Valitse, miten neuvoa kysyttiin.
advice-contact-open = Toinen yhteydenotto on sinulla jo kesken. Tallenna se ensin. Teksti on tässä tallella.
advice-done = Neuvonta on tallessa.
advice-given = Viimeksi neuvottu
advice-given-own = Vain sinä näet nämä
advice-given-empty = Et ole vielä kirjannut neuvontaa. Kirjaukset näkyvät tässä.
advice-asked-short = Kysyttiin
advice-advised-short = Neuvottiin
advice-next-short = Seuraavaksi

## The unit's situation
unit-title = Yksikön tilanne
unit-lead = { $units }. { $date } { $clock }.
unit-many-units = { $count } yksikköä
unit-untaken = Ottamatta
unit-untaken-longest = pisin { $waited }, tavoite alle { $target } t
unit-untaken-target = tavoite alle { $target } t
unit-open = Avoinna
unit-open-old = joista { $count } yli 3 pv vanhoja
unit-open-count = { $count ->
    [1] yksi avoin yhteydenotto
   *[other] { $count } avointa yhteydenottoa
 }
unit-offers = Siirtopyyntö vastaamatta
unit-offers-returned = lisäksi { $count } palasi ilman vastausta
unit-holders = Vastuussa olleita ennen apua
unit-holders-none = –
unit-holders-target = keskiarvo 30 pv, tavoite enintään { $target }
unit-net = Perälauta
unit-net-hint = nousee tähän itsestään
unit-net-empty = Mikään ei ole jäänyt koskematta eikä yksikään lupaus ole ylittynyt.
unit-untouched = Koskematta yli rajan
unit-overdue = Lupaus ylittynyt
unit-column-since = Odottanut
unit-column-held-since = Vastuussa alkaen
unit-column-contact = Yhteydenotto
unit-column-holder = Vastuussa
unit-holders-away = Vastuussa oleva on poissa
unit-holders-away-empty = Kaikki vastuussa olevat ovat töissä.
unit-away = poissa
unit-matters-away = Asian vastuuhenkilö on poissa tai lähtee
unit-matters-away-empty = Jokaisella asialla on vastuuhenkilö töissä.
unit-left = lähtenyt
unit-leaving = viimeinen päivä { $date }
unit-hand-over = Siirrä
unit-column-matter = Asia
unit-by-duty = { $name } (vuorovastaava)
unit-duty = vuorovastaava
unit-take-over = Ota itsellesi
unit-to-queue = Avaa jono
unit-promised-call = Luvattu soitto
unit-promised-step = Sovittu askel
unit-ages = Jonon ikä
unit-ages-caption = Avoimet yhteydenotot iän mukaan
unit-as-table = Näytä taulukkona
unit-column-age = Ikä
unit-column-open = Avoinna
unit-column-untaken = Ottamatta
unit-column-late = Yli tavoitteen
unit-key-taken = otettu
unit-key-untaken = ottamatta
unit-key-late = ottamatta yli tavoitteen
unit-chart-sentence = Pylväskuvio: { $open } avointa yhteydenottoa iän mukaan. Ottamatta { $untaken }, näistä yli tavoitteen { $over }. Yli kolme päivää vanhoja { $oldest }. Luvut ovat taulukossa kuvion alla.
unit-age-under-hours = alle { $to } t
unit-age-between-hours = { $from }–{ $to } t
unit-age-between-days = { $from }–{ $to } pv
unit-age-over-days = yli { $from } pv
unit-unanswered = Siirtopyyntöön ei vastattu
unit-unanswered-empty = Kaikkiin siirtopyyntöihin on vastattu ajallaan.
unit-offered-to = { $from } tarjosi: { $to }
unit-offered-to-unit = { $from } tarjosi yksikölle
unit-not-reached = Ei tavoitettu
unit-not-reached-empty = Ei mitään nähtävää. Kun yhteydenotto päätetään, koska henkilöä ei tavoitettu, se näkyy tässä.
unit-rest = Näytä loput { $count }
unit-mark-seen = Merkitse nähdyksi
unit-done-seen = Merkitty nähdyksi.
unit-many = Monta vastuussa olijaa
unit-many-empty = Ketään ei ole siirretty useammin kuin tavoite sallii.
unit-self-started = Itse aloitetut, viimeiset 7 päivää
unit-self-started-empty = Kukaan ei ole liittänyt asiakkaaseen itse aloittamaansa yhteydenottoa.
unit-holders-met = { $count } vastuussa olijaa

log-event-desk-read = Oma työpöytä katsottu
log-event-unit-read = Yksikön tilanne katsottu
log-event-task-read = Tehtävä avattu

desk-done-notice = Ilmoitus on merkitty nähdyksi.

## Quick note, own clients, own counts
desk-quick = Pikakirjaus
desk-quick-client = Asiakas
desk-quick-choose = Valitse
desk-quick-happened = Mitä tapahtui
desk-quick-next = Mitä seuraavaksi, kuka ja milloin
desk-quick-save = Kirjaa
desk-mine = Omat asiakkaat
desk-mine-all = Kaikki { $count }
desk-mine-empty = Et ole nyt kenenkään omatyöntekijä etkä vastaa asioista.
desk-mine-empty-tutored = Ohjaajasi ei ole vielä nimennyt sinulle asiakkaita.
desk-mine-own_worker = Omatyöntekijä
desk-mine-substitute = Sijaistat omatyöntekijää
desk-mine-own_team = Työskentelet omatyöntekijän rinnalla
desk-mine-matter_holder = Vastaat asiasta
desk-mine-no-day = ei sovittua päivää
desk-share = Näin esihenkilösi näkee työmääräsi
desk-share-lead = Luvuilla jaetaan töitä. Niistä ei lasketa yhteistä lukua eikä järjestystä.
desk-share-own = Omatyöntekijänä
desk-share-substitutes = Sijaisena
desk-share-matters = Asioita vastuulla
desk-share-clocks = Lain määräaikoja
desk-share-contacts = Yhteydenottoja vastuulla
desk-share-how-own = Asiakkaat, joiden omatyöntekijä olet tänään.
desk-share-how-substitutes = Asiakkaat, joiden omatyöntekijää sijaistat tänään.
desk-share-how-matters = Avoimet asiat, joista vastaat nimelläsi.
desk-share-how-clocks = Näiden asioiden määräajat, jotka päättyvät viikon sisällä tai ovat ylittyneet.
desk-share-how-contacts = Avoimet yhteydenotot, joista vastaat nimelläsi.
desk-done-followed = Jälkiseuranta on merkitty tehdyksi.

## Safety net, sharing of work, days ahead, flow
nav-flow = Asiakasvirta
log-event-flow-read = Asiakasvirta katsottu
unit-alerts = Asiakkaat, joita ei saa unohtaa
unit-alerts-empty = Jokaisella asiakkaalla on työntekijä, eikä mikään asia ole jäänyt odottamaan.
unit-alert-own_worker_left = Omatyöntekijä on lähtenyt
unit-alert-own_worker_away = Omatyöntekijä on poissa
unit-alert-own_worker_unnamed = Omatyöntekijä nimeämättä
unit-alert-follow_up = Jälkiseuranta tekemättä
unit-alert-review_passed = Suunnitelman tarkistus ohi
unit-alert-service_ended = Palvelu päättynyt, jatko sopimatta
unit-alert-note_missing = Käynti kirjaamatta
unit-alert-unreached = Ei tavoitettu
unit-alert-dormant = Hiljainen asia
unit-alert-ended = Palvelu päättynyt, asiakkuus auki
unit-alert-other = Muu
unit-column-from = Alkaen
unit-column-client = Asiakas
unit-column-what = Mikä
unit-shares = Työ työntekijöittäin
unit-shares-hint = aakkosjärjestyksessä
unit-shares-empty = Yksikössä ei ole työntekijöitä, joilla on asiakkaita.
unit-shares-how = Miten luvut syntyvät
unit-share-who = Työntekijä
unit-share-own = Asiakkaat
unit-share-matters = Asiat
unit-share-clocks = Määräajat
unit-share-contacts = Yhteydenotot
unit-share-note = Huomio
unit-share-substitutes = sijaistaa { $count }
unit-share-how-own = Asiakkaat, joiden omatyöntekijä hän on tänään.
unit-share-how-matters = Avoimet asiat, joista hän vastaa nimellään.
unit-share-how-clocks = Näiden asioiden lain määräajat, jotka päättyvät viikon sisällä tai ovat ylittyneet.
unit-share-how-contacts = Avoimet yhteydenotot, joista hän vastaa nimellään.
unit-days = Määräajat, 14 päivää
unit-days-count = { $count } lain määräaikaa
unit-days-late = ylittynyt
unit-days-key-late = ylittynyt (!)
unit-days-key-soon = tänään ja huomenna
unit-days-about = : määräajat päivittäin
unit-days-caption = Lain määräajat päivittäin
unit-days-sentence = Pylväskuvio: { $count } lain määräaikaa 14 päivän aikana, näistä ylittynyt { $late }. Luvut ovat taulukossa kuvion alla.
unit-column-day = Päivä
unit-column-limits = Määräaikoja
unit-matter-offers = Asioiden siirtopyynnöt
unit-matter-offers-empty = Yksikään asian siirtopyyntö ei odota vastausta.
unit-offer-unanswered = ei vastattu
flow-title = Asiakasvirta
flow-lead = Miten yhteydenotot ja asiat siirtyivät yksiköiden välillä { $from }–{ $to }.
flow-from = Alkaen
flow-to = Päättyen
flow-show = Näytä
flow-order = Loppupäivä ei voi olla ennen alkupäivää. Näytetään viimeiset 90 päivää.
flow-bad-day = Kirjoita päivät, esimerkiksi 13.3.2026. Näytetään viimeiset 90 päivää.
flow-small = alle 5
flow-small-note = Pienet luvut näytetään muodossa ”alle 5”, ellei luku koske omaa yksikköäsi. Luvut kertovat siirroista, eivät ihmisistä.
flow-contacts = Yhteydenottojen siirrot
flow-matters = Asioiden siirrot
flow-none = Yhtään siirtoa yksiköstä toiseen ei ollut tällä ajalla.
flow-column-from = Mistä
flow-column-to = Mihin
flow-column-count = Siirtoja
flow-column-bar = Kuviona
flow-ways-contacts = Yhteydenotot yksiköittäin
flow-ways-matters = Asiat yksiköittäin
flow-column-unit = Yksikkö, joka vastaa nyt
flow-column-begun = Alkanut
flow-column-taken = Otettu nimellä
flow-column-wait = Odotus keskimäärin
flow-column-many = Yli kaksi vastuussa
flow-hours = { $hours } t
flow-share = { $percent } %
flow-ways-none = Tällä ajalla ei alkanut mitään.
desk-late-all = Näytä loput { $count } myöhässä olevaa
desk-done-quick = Valitse asiakas, jolla on avoin asia, ja kirjoita, mitä tapahtui. Tekstisi on tallessa.
desk-mine-tutor_link = Ohjaajasi on nimennyt hänet sinulle
desk-done-today = Valmiina tänään
desk-done-hide = Piilota valmiit
desk-done-empty = Tänään ei ole vielä valmistunut mitään.
desk-done-show = Näytä myös tänään valmiit
desk-done-call = Soitettu: { $title }
