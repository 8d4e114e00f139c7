# Avoimet tilastot.

nav-statistics = Avoimet tilastot

statistics-title = Avoimet tilastot
statistics-lead = Muiden julkaisemia lukuja alueista: oma alue, sen kunnat ja koko maa. Näissä ei ole asiakkaiden tietoja.
statistics-narrow = Rajaa tilastoja
statistics-search = Hae nimestä
statistics-theme = Teema
statistics-all-themes = Kaikki teemat
statistics-show = Näytä
statistics-found = { $count ->
    [0] Ei yhtään tilastoa
    [one] { $count } tilasto
   *[other] { $count } tilastoa
}
statistics-latest = uusin { $year }
statistics-none-found = Haulla ei löytynyt tilastoja. Poista rajaus tai hae toisella sanalla.
statistics-empty = Tilastoja ei ole vielä haettu. Ylläpito hakee ne komennolla ”noste statistics fetch” tai tuo tiedostosta.

statistics-theme-income = Toimeentulo
statistics-theme-housing = Asuminen
statistics-theme-work = Työ ja työttömyys
statistics-theme-inequality = Eriarvoisuus
statistics-theme-health = Terveys ja mielenterveys
statistics-theme-substances = Päihteet ja riippuvuudet
statistics-theme-participation = Yksinäisyys ja osallisuus
statistics-theme-safety = Turvallisuus
statistics-theme-resources = Palvelujen voimavarat
statistics-theme-population = Väestö
statistics-theme-other = Muut

statistics-area = Alue
statistics-country = Koko maa
statistics-genders = Keitä luvut koskevat
statistics-gender-total = Kaikki
statistics-gender-female = Naiset
statistics-gender-male = Miehet
statistics-no-values = Tästä alueesta ei ole lukuja.
statistics-mark-sum = + Kunta on laskettu yhteen niistä kunnista, jotka ovat sittemmin liittyneet siihen.
statistics-mark-before = * Luku koskee kuntaa ennen kuntaliitosta. Suhdelukuja ei voi laskea yhteen.
statistics-mark-not-comparable = .. Lukua ei voi antaa, koska jonkin liittyneen kunnan luku puuttuu.
statistics-mark-none = – Lähteessä ei ole lukua.
statistics-about = Mitä luku kertoo
statistics-caveats = Huomaa lukiessa
statistics-caveat-unit = Yksikkö on muuttunut vuosien välillä. Vertaa vuosia varoen.
statistics-caveat-corrected = Lähde on korjannut joitakin näistä luvuista jälkikäteen. Aiemmat luvut ovat tallessa.
statistics-caveat-areas = Pienen kunnan luku voi vaihdella sattumalta paljon vuodesta toiseen.
statistics-source = Lähde
statistics-source-updated = { $source }, tiedot päivitetty { $day }
statistics-licence = Käyttölupa
statistics-fetched = Haettu { $day }
statistics-back = Kaikki tilastot
statistics-years = Kehitys vuosittain
statistics-years-words = Viiva näyttää hyvinvointialueen ja koko maan luvut vuosina { $from }–{ $to }. Samat luvut ovat taulukossa.
statistics-years-own-words = Viiva näyttää hyvinvointialueen luvut vuosina { $from }–{ $to }. Koko maan luvut ovat niin paljon suurempia, että ne ovat vain taulukossa.
statistics-map = Kunnat kartalla, { $year }
statistics-map-words = Kartta näyttää alueen kuntien luvut vuonna { $year }. Tummempi on suurempi. Samat luvut ovat taulukossa.
statistics-each = Kunnat vuosittain
statistics-each-words = Jokaisen kunnan luvut vuosina { $from }–{ $to } samalla asteikolla. Samat luvut ovat taulukossa.
statistics-as-table = Näytä taulukkona
statistics-missing = ei tietoa
statistics-and-over = { $from } tai yli
statistics-year = Vuosi
statistics-borders = Kuntarajat
statistics-caveat-old = Uusin luku on vuodelta { $year }. Hae uudemmat luvut tai lue lukua kehityksen suuntana.

log-event-statistics-fetch = Avoimia tilastoja haettiin
log-event-statistics-import = Avoimia tilastoja tuotiin tiedostosta
log-event-statistics-borders = Kuntarajat tuotiin tiedostosta
