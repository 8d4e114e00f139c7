## Public list
public-nav-gatherings = Avoimet tapaamiset
public-nav-gatherings-words = Tapaamiset, joihin kuka vain voi tulla.
public-gatherings-title = Avoimet tapaamiset
public-gatherings-lead = Kuka vain voi tulla näihin tapaamisiin. Sinun ei tarvitse ilmoittautua. Emme kysy nimeäsi.
public-gatherings-empty = Nyt ei ole avoimia tapaamisia. Katso tätä sivua myöhemmin uudelleen.
public-gatherings-when = { $day }, kello { $hours }
public-gatherings-tell = Etkö voi tulla paikalle?
public-gatherings-observe = Kerro meille, mitä olet nähnyt
public-gathering-county = Koko alue
public-gathering-kind-panel = Asiakkaiden ryhmä
public-gathering-kind-co-development = Palvelujen kehittäminen yhdessä
public-gathering-kind-cafe = Keskustelukahvila
public-gathering-kind-developers = Ryhmä, jossa asiakkaat kehittävät palveluja
public-gathering-kind-community-work = Työ asukkaiden kanssa
public-gathering-kind-preventive-work = Työ, joka auttaa ajoissa
