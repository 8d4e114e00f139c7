## Every page
public-skip = Siirry sisältöön
public-language = Kieli
public-demo = Tämä on esittely. Ihmiset ja asiat ovat keksittyjä.
public-easy-draft = Selkokielinen teksti on luonnos. Selkokielen ammattilainen ei ole vielä tarkistanut sitä.
public-call-us = Voit myös soittaa:
public-workers = Työntekijä: kirjaudu
public-optional = (ei pakko vastata)
public-close = Sulje
public-today = tänään
public-yesterday = eilen
public-tomorrow = huomenna
public-trap = Älä kirjoita tähän mitään
public-again-title = Lähetä vielä kerran
public-again-words = Tekstisi on tallessa. Paina nappia. Silloin teksti lähtee meille.
public-again-send = Lähetä

## Danger first
public-danger-title = Onko sinulla tai jollakin toisella hätä juuri nyt?
public-danger-life = Soita tähän, jos joku voi kuolla tai joku on väkivaltainen
public-danger-social = Soita tähän, jos tarvitset muuta apua heti. Tähän vastataan aina

## Forms
public-errors-title = Korjaa nämä kohdat
public-error-too-long = Teksti on liian pitkä. Siinä on { $length } merkkiä. Siihen mahtuu { $longest }. Lyhennä tekstiä.
public-error-date = Kirjoita päivä näin: 13.3.2026.
public-error-no-such-day = Päivää { $day } ei ole. Kirjoita päivä näin: 13.3.2026.

## When something fails
public-failure-not-found = Tätä sivua ei ole
public-failure-not-found-words = Ehkä osoite on väärin. Ehkä sivu on poistettu. Ehkä sinulla ei ole lupaa nähdä sivua.
public-failure-signed-out = Kirjaudu uudelleen
public-failure-signed-out-words = Kirjautumisesi on päättynyt.
public-failure-bad = Emme ymmärtäneet
public-failure-bad-words = Palaa edelliselle sivulle ja yritä uudelleen. Mitään ei tallennettu.
public-failure-foreign = Lomake ei tullut meidän sivultamme
public-failure-foreign-words = Emme ottaneet sitä vastaan. Näin pidämme tietosi turvassa. Avaa lomake uudelleen ja lähetä se sieltä.
public-failure-large = Lähetit liikaa kerralla
public-failure-large-words = Palaa edelliselle sivulle. Lyhennä tekstiä tai lähetä pienempi liite.
public-failure-many = Yritit liian monta kertaa
public-failure-many-words = Odota { $minutes ->
    [one] minuutti
   *[other] { $minutes } minuuttia
 }. Yritä sitten uudelleen. Jos sinulla on kiire, soita.
public-failure-busy = Palvelussa on nyt ruuhkaa
public-failure-busy-words = Odota hetki ja yritä uudelleen. Jos lähetit lomakkeen, palaa edelliselle sivulle. Tekstisi on siellä.
public-failure-unavailable = Palvelu ei nyt toimi
public-failure-unavailable-words = Vika on meidän. Odota hetki. Lataa sivu sitten uudelleen.
public-failure-internal = Palvelu ei nyt toimi
public-failure-internal-words = Vika on meidän. Ylläpito saa siitä tiedon. Jos lähetit lomakkeen, palaa edelliselle sivulle. Tekstisi on siellä.
public-failure-onward = Mene alkuun
public-failure-urgent = Jos tarvitset apua heti, soita sosiaalipäivystykseen:
public-emergency-number = Hätänumero on
public-resend = Lähetä vielä kerran
public-resend-words = Lomake oli auki liian kauan. Tekstisi on tallessa. Paina nappia, niin teksti lähtee.
public-resend-later = Tekstisi on tällä sivulla
public-resend-later-words = Emme tiedä, lähtikö tekstisi. Älä sulje tätä sivua. Odota hetki. Lähetä teksti sitten uudelleen.
public-resend-signed-out = Kirjautumisesi on päättynyt. Tekstisi on tallessa
public-resend-signed-out-words = Kirjaudu toisessa välilehdessä. Palaa sitten tähän ja lähetä uudelleen. Älä sulje tätä sivua.
public-resend-sign-in = Kirjaudu uudessa välilehdessä
public-resend-again = Lähetä uudelleen
public-resend-files = Valitse liitteet uudelleen:
public-resend-unkept = Kirjautuminen on päättynyt. Tekstiä ei ole tallennettu. Teksti on vain tällä sivulla. Älä sulje sivua. Voit lähettää tekstin nimettömänä.
public-resend-unkept-others = Lomake oli toisen ihmisen. Tekstiä ei ole tallennettu. Voit lähettää tekstin nimettömänä.
public-resend-public = Lähetä nimettömänä
public-failure-confirm = Vahvista ensin, että olet sinä
public-failure-confirm-words = Kirjaudu uudelleen.
public-held-words = Teksti on tallessa. Kirjaudu, niin voit jatkaa. Kukaan muu ei näe tekstiä.
public-held-files = Valitse liitteet uudelleen.
public-held-sign-in = Kirjaudu ja jatka
public-passkey-failed = Avain ei auennut. Yritä uudelleen.
public-held-others = Lomake on toisen henkilön
public-held-others-words = Toinen henkilö on kirjoittanut lomakkeen. Hän näkee tekstin, kun hän kirjautuu. Mitään ei lähetetty.

## Accessibility statement
public-accessibility = Saavutettavuusseloste
public-accessibility-lead = Tässä kerromme, miten hyvin kaikki ihmiset voivat käyttää tätä palvelua. Palvelusta vastaa { $county }.
public-accessibility-state = Näin palvelu toimii
public-accessibility-state-words = Palvelu on tehty saavutettavuuden ohjeiden mukaan. Ohjeiden nimi on WCAG 2.2, ja taso on AA. Voit käyttää palvelua myös pelkällä näppäimistöllä.
public-accessibility-gaps = Tätä emme ole vielä tehneet
public-accessibility-gaps-words = Ruudunlukijan käyttäjät eivät ole vielä kokeilleet palvelua. Selkokieliset tekstit ovat luonnoksia.
public-accessibility-feedback = Kerro meille
public-accessibility-feedback-words = Kerro meille, jos jokin ei toimi. Vastaamme sinulle kahdessa viikossa.
public-accessibility-authority = Jos vastaus ei ole mielestäsi hyvä, voit tehdä kantelun viranomaiselle:

## The front page where no contacts are taken
public-front-title = Kerro, mitä huomaat
public-front-lead = Täällä voit kertoa, mikä on hyvin ja mikä on huonosti. { $county } kokoaa tiedot yhteen. Me ehdotamme parannuksia. Me kerromme, mitä meille vastattiin.
