# Varför tipset gavs: visas för den som tar emot kontakten
signal-housing-eviction = talar om vräkning
signal-housing-arrears = hyran är obetald
signal-housing-homeless = saknar bostad eller nattlogi
signal-housing-lease = hyresavtalet håller på att upphöra
signal-housing-losing = håller på att förlora sin bostad
signal-housing-utilities = elen, vattnet eller värmen är avstängd
signal-child = det finns ett barn i familjen
signal-child-mentioned = nämner en dotter eller son, åldern framgår inte
signal-child-expected = familjen väntar barn
signal-danger-violence = talar om våld
signal-danger-threat = talar om hot eller livsfara
signal-danger-afraid = är rädd hemma eller för någon närstående
signal-danger-suicide = talar om döden eller om att skada sig själv
signal-need-food = maten är slut
signal-need-medicine = medicinen är slut
signal-need-money = pengarna är slut

# Varningar på formuläret
personal-data-identity-code = Skriv inte personbeteckningen här. Vi frågar efter den på ett tryggt sätt om den behövs.
personal-data-phone = Det ser ut att finnas ett telefonnummer i texten. Skriv det hellre i fältet för telefonnummer.
personal-data-email = Det ser ut att finnas en e-postadress i texten. Skriv den hellre i fältet för e-post.
