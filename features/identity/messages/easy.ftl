## Start page
public-enter-title = Apua aikuisille
public-enter-lead = Ota yhteyttä, jos tarvitset apua rahassa, asumisessa tai muussa asiassa. Voit kirjoittaa mistä vain.
public-enter-contact = Ota yhteyttä
public-enter-code = Katso, miten asiasi etenee
public-enter-workers = Työntekijälle
public-enter-made-up = Tämä on kokeilu. Kaikki ihmiset ovat keksittyjä.
public-enter-choose = Valitse ihminen. Salasanaa ei tarvita.
public-enter-enter = Aloita
public-enter-inside = Olet jo kirjautunut.
public-enter-to-desk = Siirry työpöydälle
public-enter-nobody = Täällä ei ole vielä ihmisiä. Luo heidät komennolla noste demo.
public-enter-no-sign-in = Työntekijät eivät voi vielä kirjautua. Sinä voit jo ottaa yhteyttä.
public-enter-does-front_door = Vastaa ensimmäisenä, kun joku ottaa yhteyttä. Kirjoittaa puhelut muistiin ja antaa neuvoja.
public-enter-does-centre = Tapaa ihmisiä sote-keskuksessa. Kertoo sosiaalityölle, jos joku tarvitsee apua.
public-enter-does-counsellor = Auttaa ihmisiä arjen asioissa. Ottaa asioita vastaan muilta työntekijöiltä.
public-enter-does-social_worker = Arvioi, millaista apua ihminen tarvitsee. Ottaa asioita vastaan muilta työntekijöiltä.
public-enter-does-lead = Johtaa työtä. Huolehtii, että kaikki saavat vastauksen.
