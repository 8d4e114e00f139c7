## Start page
public-start-title = Apua aikuisille
public-start-lead = Ota yhteyttä, jos tarvitset apua rahassa, asumisessa tai muussa asiassa. Voit kirjoittaa mistä vain.
public-start-contact = Ota yhteyttä
public-start-code = Katso, miten asiasi etenee
public-start-workers = Työntekijälle
public-start-made-up = Tämä on kokeilu. Kaikki ihmiset ovat keksittyjä.
public-start-choose = Valitse ihminen. Salasanaa ei tarvita.
public-start-enter = Aloita
public-start-inside = Olet jo kirjautunut.
public-start-to-desk = Siirry työpöydälle
public-start-nobody = Täällä ei ole vielä ihmisiä. Luo heidät komennolla noste demo.
public-start-no-sign-in = Työntekijät eivät voi vielä kirjautua. Sinä voit jo ottaa yhteyttä.
public-start-does-front_door = Vastaa ensimmäisenä, kun joku ottaa yhteyttä. Kirjoittaa puhelut muistiin ja antaa neuvoja.
public-start-does-centre = Tapaa ihmisiä sote-keskuksessa. Kertoo sosiaalityölle, jos joku tarvitsee apua.
public-start-does-counsellor = Auttaa ihmisiä arjen asioissa. Ottaa asioita vastaan muilta työntekijöiltä.
public-start-does-social_worker = Arvioi, millaista apua ihminen tarvitsee. Ottaa asioita vastaan muilta työntekijöiltä.
public-start-does-lead = Johtaa työtä. Huolehtii, että kaikki saavat vastauksen.
