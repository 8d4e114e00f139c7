# Varoitukset lomakkeella, selkosuomeksi. Luonnos, kunnes selkokielen osaaja on tarkistanut.
personal-data-identity-code = Älä kirjoita tähän henkilötunnusta. Kysymme sen sinulta, jos tarvitsemme sitä.
personal-data-phone = Tekstissä on ehkä puhelinnumero. Kirjoita puhelinnumero omaan kenttäänsä.
personal-data-email = Tekstissä on ehkä sähköpostiosoite. Kirjoita osoite omaan kenttäänsä.

# Miksi kohta on merkitty, selkosuomeksi. Luonnos, kunnes selkokielen osaaja on tarkistanut.
screening-code = Tässä on henkilötunnus. Poista henkilötunnus.
screening-code-ask = Onko tässä henkilötunnus? Jos on, poista se.
screening-phone = Tässä on ehkä puhelinnumero. Poista numero.
screening-email = Tässä on ehkä sähköpostiosoite. Poista osoite.
screening-iban = Tässä on ehkä tilinumero. Poista numero.
screening-plate = Tässä on ehkä auton rekisterinumero. Poista numero.
screening-birth = Tässä on syntymäaika. Poista syntymäaika.
screening-birth-ask = Onko tämä jonkun syntymäaika? Jos on, poista se.
screening-number = Tässä on asiakkaan tai asian numero. Poista numero.
screening-number-ask = Onko tämä asiakkaan tai asian numero? Jos on, poista se.
screening-address = Tässä on osoite. Kirjoita vain kunnan nimi.
screening-address-ask = Onko tämä jonkun osoite? Kirjoita vain kunnan nimi.
screening-name = Tässä on nimi. Poista nimi. Voit kirjoittaa: asiakas tai naapuri.
screening-name-ask = Onko tämä jonkun nimi? Jos on, poista nimi.
screening-rare = Joku voi arvata tästä, kuka ihminen on. Voitko kirjoittaa asian yleisemmin?
