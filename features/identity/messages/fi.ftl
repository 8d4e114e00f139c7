## Start page
public-enter-title = Aikuisten sosiaalityö
public-enter-lead = Ota yhteyttä, kun rahat, asuminen, päihteet, yksinäisyys tai jokin muu painaa. Sinun ei tarvitse tietää, mihin asiasi kuuluu.
public-enter-contact = Ota yhteyttä
public-enter-code = Katso asiaasi tunnuksella
public-enter-workers = Työntekijälle
public-enter-made-up = Kokeilu: kaikki henkilöt ovat keksittyjä.
public-enter-choose = Valitse, kenenä katsot. Salasanaa ei tarvita.
public-enter-enter = Aloita
public-enter-inside = Olet jo sisällä.
public-enter-to-desk = Siirry työpöydälle
public-enter-nobody = Kokeilussa ei ole vielä henkilöitä. Luo ne komennolla noste demo.
public-enter-no-sign-in = Työntekijöiden kirjautuminen ei kuulu tähän versioon. Asukkaan palvelut toimivat jo.
public-enter-does-front_door = Ottaa kopin yhteydenotoista koko hyvinvointialueella, kirjaa puhelut ja neuvoo.
public-enter-does-centre = Tapaa ihmisiä sote-keskuksessa ja vie huolen sosiaalityöhön niin, ettei se putoa välistä.
public-enter-does-counsellor = Vastaa oman yksikön yhteydenotoista ja ottaa vastaan siirtopyyntöjä.
public-enter-does-social_worker = Vastaa yhteydenotoista, joissa tarvitaan viranhaltijan arviota, ja ottaa vastaan siirtopyyntöjä.
public-enter-does-lead = Näkee yksikön jonon ja perälaudan ja ottaa vastuun, kun vastuussa oleva on poissa.
public-enter-does-user_admin = Pitää yllä henkilöt, tehtävät, yksiköt ja vuorot. Ei näe asiakkaita.
public-enter-does-dpo = Valvoo, kuka on katsonut mitä ja miksi. Ei näe asiakirjojen sisältöä.
public-enter-does-data_steward = Yhdistää saman ihmisen kahteen kertaan kirjatut tiedot.

## Titles
title-front_door = neuvonnan sosiaaliohjaaja
title-centre = sote-keskuksen ammattilainen
title-counsellor = sosiaaliohjaaja
title-social_worker = sosiaalityöntekijä
title-lead = esihenkilö
title-user_admin = pääkäyttäjä
title-dpo = tietosuojavastaava
title-data_steward = tietojen ylläpitäjä
