## Every page
public-skip = Siirry sisältöön
public-language = Kieli
public-demo = Esittely. Ihmiset ja asiat ovat keksittyjä.
public-easy-draft = Selkokielinen teksti on luonnos. Selkokielen ammattilainen ei ole vielä tarkistanut sitä.
public-call-us = Voit myös soittaa:
public-workers = Työntekijät: kirjaudu
public-optional = (ei pakollinen)
public-close = Sulje
public-today = tänään
public-yesterday = eilen
public-tomorrow = huomenna
public-trap = Jätä tämä kohta tyhjäksi
public-again-title = Lähetä vielä kerran
public-again-words = Lomake tuli meille hyvin nopeasti. Tekstisi on tallella. Paina nappia, niin se lähtee.
public-again-send = Lähetä

## Danger first
public-danger-title = Onko sinulla tai jollakulla hätä juuri nyt?
public-danger-life = Hengenvaara tai väkivalta
public-danger-social = Sosiaalipäivystys, aina auki

## Forms
public-errors-title = Korjaa nämä kohdat
public-error-too-long = Lyhennä tekstiä. Siinä on { $length } merkkiä, ja mahtuu { $longest }.
public-error-date = Kirjoita päivä, esimerkiksi 13.3.2026.
public-error-no-such-day = Päivää { $day } ei ole. Kirjoita päivä, esimerkiksi 13.3.2026.

## When something fails
public-failure-not-found = Tätä sivua ei ole
public-failure-not-found-words = Osoite voi olla väärin kirjoitettu, tai sivu on poistettu tai se ei ole sinulle avoin.
public-failure-signed-out = Kirjaudu, niin pääset jatkamaan
public-failure-signed-out-words = Istunto on päättynyt.
public-failure-bad = Emme ymmärtäneet pyyntöä
public-failure-bad-words = Palaa edelliselle sivulle ja yritä uudelleen. Mitään ei tallennettu.
public-failure-foreign = Lomake ei tullut meidän sivultamme
public-failure-foreign-words = Turvallisuuden vuoksi emme ottaneet sitä vastaan. Avaa lomake uudelleen ja lähetä se sieltä.
public-failure-large = Lähetys on liian suuri
public-failure-large-words = Palaa edelliselle sivulle ja lyhennä tekstiä tai lähetä pienempi liite.
public-failure-many = Pyyntöjä tuli hyvin monta
public-failure-many-words = Odota { $minutes ->
    [one] minuutti
   *[other] { $minutes } minuuttia
 } ja yritä uudelleen. Jos asia on kiireellinen, soita.
public-failure-busy = Palvelussa on juuri nyt ruuhkaa
public-failure-busy-words = Odota hetki ja yritä uudelleen. Jos lähetit lomaketta, palaa edelliselle sivulle: teksti on siellä.
public-failure-unavailable = Palvelu ei juuri nyt pysty tallentamaan
public-failure-unavailable-words = Vika on meidän, ja palvelu yrittää itse uudelleen. Odota hetki ja lataa sivu uudelleen.
public-failure-internal = Palvelussa on vika
public-failure-internal-words = Vika on meidän, ja siitä on jäänyt tieto ylläpidolle. Jos lähetit lomaketta, palaa edelliselle sivulle: teksti on siellä.
public-failure-onward = Siirry alkuun
public-failure-urgent = Jos tarvitset apua heti, soita sosiaalipäivystykseen:
public-emergency-number = Hätänumero on
public-resend = Lähetä vielä kerran
public-resend-words = Lomake oli auki niin kauan, että sen voimassaolo päättyi. Teksti on tallella. Paina nappia, niin se lähtee.
public-resend-later = Lähetystä ei voitu nyt vahvistaa, teksti on tällä sivulla
public-resend-later-words = Palvelu ei saanut tallennusta varmistettua. Älä sulje tätä sivua. Odota hetki, katso toisessa välilehdessä, ehtikö se tallentua, ja lähetä muuten uudelleen.
public-resend-signed-out = Istunto on päättynyt, teksti on tallella
public-resend-signed-out-words = Kirjaudu toisessa välilehdessä. Palaa sitten tähän ja lähetä uudelleen. Älä sulje tätä sivua.
public-resend-sign-in = Kirjaudu uudessa välilehdessä
public-resend-again = Lähetä uudelleen
public-resend-files = Liitteet pitää valita uudelleen:
public-resend-unkept = Tekstiä ei ole tallennettu mihinkään, koska tällä lomakkeella kirjoittajaa ei saa voida yhdistää tekstiin. Se on vain tällä sivulla, joten älä sulje sivua. Kirjaudu toisessa välilehdessä ja lähetä uudelleen, tai lähetä teksti heti nimettömänä julkisella lomakkeella.
public-resend-unkept-others = Lomake oli auki toisen henkilön sivulla. Tekstiä ei ole tallennettu mihinkään: se on vain tällä sivulla. Sitä ei voi lähettää sinun nimissäsi, mutta sen voi lähettää nimettömänä.
public-resend-public = Lähetä nimettömänä
public-failure-confirm = Vahvista ensin, että olet sinä
public-failure-confirm-words = Tähän tarvitaan tuore kirjautuminen.
public-held-words = Se odottaa sinua salattuna. Kirjaudu, niin jatkat siitä, mihin jäit. Kukaan muu ei näe sitä.
public-held-files = Liitteet pitää valita uudelleen.
public-held-sign-in = Kirjaudu ja jatka
public-passkey-failed = Avain ei auennut. Yritä uudelleen, tai käytä salasanaa ja koodia.
public-held-others = Lomake on toisen henkilön
public-held-others-words = Se oli auki toisen henkilön sivulla. Teksti odottaa salattuna häntä: hän näkee sen, kun kirjautuu. Mitään ei lähetetty.

## Accessibility statement
public-accessibility = Saavutettavuusseloste
public-accessibility-lead = Tämä seloste koskee palvelua, jossa otetaan yhteyttä aikuisten sosiaalityöhön. Palvelusta vastaa { $county }.
public-accessibility-state = Miten saavutettava palvelu on
public-accessibility-state-words = Palvelu on tehty WCAG 2.2 -ohjeiden AA-tason mukaan. Sivut tarkistetaan ohjelmalla joka muutoksessa. Palvelua voi käyttää näppäimistöllä ja ilman skriptejä.
public-accessibility-gaps = Mitä emme ole vielä tehneet
public-accessibility-gaps-words = Ruudunlukijan käyttäjät eivät ole vielä kokeilleet palvelua. Selkokieliset tekstit ovat luonnoksia.
public-accessibility-feedback = Kerro meille
public-accessibility-feedback-words = Jos jokin ei toimi sinulle, kerro siitä. Vastaamme kahdessa viikossa.
public-accessibility-authority = Jos et ole tyytyväinen vastaukseen, voit tehdä kantelun valvovalle viranomaiselle:

## The worker's frame
nav-main = Päävalikko
nav-menu = Valikko
nav-own = Oma työ
nav-unit = Yksikkö
nav-knowledge = Tieto
nav-administration = Hallinta
top-search = Hae asiakasta, asiaa tai kirjausta
top-note = Uusi kirjaus
nav-sign-out = Kirjaudu ulos

## Keys
keys-title = Näppäimet
keys-key = Näppäin
keys-does = Mitä tekee
keys-move = Seuraava ja edellinen rivi
keys-open = Avaa rivin
keys-submit = Tallentaa valmiiksi
keys-leave = Poistuu kentästä, teksti säilyy
keys-this = Näyttää nämä näppäimet
keys-off-hint = Yhden näppäimen komennot saa pois päältä sivun alareunasta.
keys-turn-off = Poista näppäinkomennot
keys-turn-on = Ota näppäinkomennot käyttöön

## Drafts and live lists
draft-saved = Luonnos tallessa { $clock }
draft-offline = Ei yhteyttä. Teksti on tallessa tällä koneella.
draft-restored = Jatkat luonnosta, joka tallentui { $saved }.
draft-discard = Aloita tyhjästä
live-changed = Lista päivittyi
document-clash-title = Kaksi versiota samasta kohdasta
document-clash-safe = Kumpikaan ei ole kadonnut
document-clash-words = Joku tallensi saman kohdan, kun kirjoitit sitä. Valitse, mikä jää voimaan.
document-clash-mine = Sinun tekstisi
document-clash-mine-meta = Ei vielä tallennettu
document-clash-theirs = Tallennettu teksti
document-clash-keep-mine = Tallenna minun tekstini
document-clash-edit = Yhdistän tekstit itse
document-clash-keep-theirs = Jätän tallennetun voimaan

## The front page where no contacts are taken
public-front-title = Kerro, mitä huomaat
public-front-lead = Täällä kerrotaan, mikä ihmisten arjessa toimii ja mikä ei. { $county } kokoaa havainnot, tekee niistä ehdotuksia ja kertoo, mitä vastattiin.
