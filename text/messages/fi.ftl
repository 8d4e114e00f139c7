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
