# Varoitukset lomakkeella, selkosuomeksi. Luonnos, kunnes selkokielen osaaja on tarkistanut.
personal-data-identity-code = Älä kirjoita tähän henkilötunnusta. Kysymme sen sinulta, jos tarvitsemme sitä.
personal-data-phone = Tekstissä on ehkä puhelinnumero. Kirjoita puhelinnumero omaan kenttäänsä.
personal-data-email = Tekstissä on ehkä sähköpostiosoite. Kirjoita osoite omaan kenttäänsä.
