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

# Varför ett ställe i observationen är markerat: visas för den som skriver och den som sammanställer
screening-code = Här finns en personbeteckning. Ta bort den innan du skickar.
screening-code-ask = Är det här en personbeteckning? Ta i så fall bort den.
screening-phone = Här verkar finnas ett telefonnummer. Ta bort det.
screening-email = Här verkar finnas en e-postadress. Ta bort den.
screening-iban = Här verkar finnas ett kontonummer. Ta bort det.
screening-plate = Här verkar finnas ett fordons registernummer. Ta bort det.
screening-birth = Här finns en födelsetid. Skriv högst en åldersgrupp, till exempel omkring 60 år.
screening-birth-ask = Är det här någons födelsetid? Ta i så fall bort den.
screening-number = Här finns numret på en klient, ett beslut eller ett ärende. Ta bort det.
screening-number-ask = Är det här någons klientnummer eller ärendenummer? Ta i så fall bort det.
screening-address = Här finns en adress. Skriv hellre områdets eller kommunens namn.
screening-address-ask = Är det här någons hemadress? Skriv hellre områdets eller kommunens namn.
screening-name = Här finns ett namn. Skriv hellre rollen, till exempel klienten eller grannen.
screening-name-ask = Är det här någons namn? Skriv hellre rollen, till exempel klienten eller grannen.
screening-rare = Det här och platsen tillsammans kan avslöja vem det är. Går det att säga mer allmänt?
