## Start page
public-start-title = Aikuisten sosiaalityö
public-start-lead = Ota yhteyttä, kun rahat, asuminen, päihteet, yksinäisyys tai jokin muu painaa. Sinun ei tarvitse tietää, mihin asiasi kuuluu.
public-start-contact = Ota yhteyttä
public-start-code = Katso asiaasi tunnuksella
public-start-workers = Työntekijälle
public-start-made-up = Kokeilu: kaikki henkilöt ovat keksittyjä.
public-start-choose = Valitse, kenenä katsot. Salasanaa ei tarvita.
public-start-enter = Aloita
public-start-inside = Olet jo sisällä.
public-start-to-desk = Siirry työpöydälle
public-start-nobody = Kokeilussa ei ole vielä henkilöitä. Luo ne komennolla noste demo.
public-start-no-sign-in = Työntekijöiden kirjautuminen ei kuulu tähän versioon. Asukkaan palvelut toimivat jo.
public-start-does-front_door = Ottaa kopin yhteydenotoista koko hyvinvointialueella, kirjaa puhelut ja neuvoo.
public-start-does-centre = Tapaa ihmisiä sote-keskuksessa ja vie huolen sosiaalityöhön niin, ettei se putoa välistä.
public-start-does-counsellor = Vastaa oman yksikön yhteydenotoista ja ottaa vastaan siirtopyyntöjä.
public-start-does-social_worker = Vastaa yhteydenotoista, joissa tarvitaan viranhaltijan arviota, ja ottaa vastaan siirtopyyntöjä.
public-start-does-lead = Näkee yksikön jonon ja perälaudan ja ottaa vastuun, kun vastuussa oleva on poissa.

## Titles
title-front_door = neuvonnan sosiaaliohjaaja
title-centre = sote-keskuksen ammattilainen
title-counsellor = sosiaaliohjaaja
title-social_worker = sosiaalityöntekijä
title-lead = esihenkilö
