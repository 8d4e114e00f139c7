# Miksi vihje on annettu: näytetään sille, joka ottaa yhteydenoton vastaan
signal-housing-eviction = puhuu häädöstä
signal-housing-arrears = vuokra on maksamatta
signal-housing-homeless = ei ole asuntoa tai yöpaikkaa
signal-housing-lease = vuokrasopimus on päättymässä
signal-housing-losing = asunto on menossa alta
signal-housing-utilities = sähkö, vesi tai lämpö on poikki
signal-child = perheessä on lapsi
signal-child-mentioned = mainitsee tyttären tai pojan, ikä ei selviä
signal-child-expected = perheeseen odotetaan lasta
signal-danger-violence = puhuu väkivallasta
signal-danger-threat = puhuu uhkailusta tai hengenvaarasta
signal-danger-afraid = pelkää kotona tai jotakuta läheistä
signal-danger-suicide = puhuu kuolemasta tai itsensä satuttamisesta
signal-need-food = ruoka on loppu
signal-need-medicine = lääkkeet ovat loppu
signal-need-money = rahat ovat loppu

# Varoitukset lomakkeella
personal-data-identity-code = Älä kirjoita tähän henkilötunnusta. Kysymme sen tarvittaessa turvallisesti.
personal-data-phone = Tekstissä näyttää olevan puhelinnumero. Kirjoita se mieluummin puhelinnumeron kenttään.
personal-data-email = Tekstissä näyttää olevan sähköpostiosoite. Kirjoita se mieluummin sähköpostin kenttään.

# Miksi kohta havainnossa on merkitty: näytetään kirjoittajalle ja koostajalle
screening-code = Tässä on henkilötunnus. Poista se ennen lähettämistä.
screening-code-ask = Onko tässä henkilötunnus? Poista se, jos on.
screening-phone = Tässä näyttää olevan puhelinnumero. Poista se.
screening-email = Tässä näyttää olevan sähköpostiosoite. Poista se.
screening-iban = Tässä näyttää olevan tilinumero. Poista se.
screening-plate = Tässä näyttää olevan ajoneuvon rekisterinumero. Poista se.
screening-birth = Tässä on syntymäaika. Kirjoita korkeintaan ikäryhmä, esimerkiksi noin 60-vuotias.
screening-birth-ask = Onko tämä jonkun syntymäaika? Poista se, jos on.
screening-number = Tässä on asiakkaan, päätöksen tai asian numero. Poista se.
screening-number-ask = Onko tämä jonkun asiakkaan tai asian numero? Poista se, jos on.
screening-address = Tässä on osoite. Kirjoita mieluummin alueen tai kunnan nimi.
screening-address-ask = Onko tämä jonkun kotiosoite? Kirjoita mieluummin alueen tai kunnan nimi.
screening-name = Tässä on nimi. Kirjoita mieluummin rooli, esimerkiksi asiakas tai naapuri.
screening-name-ask = Onko tämä jonkun nimi? Kirjoita mieluummin rooli, esimerkiksi asiakas tai naapuri.
screening-rare = Tästä ja paikasta yhdessä voi tunnistaa ihmisen. Voiko sen sanoa yleisemmin?
