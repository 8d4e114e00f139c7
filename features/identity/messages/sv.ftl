## Start page
public-start-title = Socialt arbete för vuxna
public-start-lead = Ta kontakt när pengar, boende, rusmedel, ensamhet eller något annat tynger. Du behöver inte veta vart ditt ärende hör.
public-start-contact = Ta kontakt
public-start-code = Följ ditt ärende med koden
public-start-workers = För anställda
public-start-made-up = Försök: alla personer är påhittade.
public-start-choose = Välj vem du vill vara. Inget lösenord behövs.
public-start-enter = Börja
public-start-inside = Du är redan inloggad.
public-start-to-desk = Gå till arbetsbordet
public-start-nobody = Försöket har inga personer ännu. Skapa dem med kommandot noste demo.
public-start-no-sign-in = Inloggning för anställda ingår inte i den här versionen. Tjänsterna för invånare fungerar redan.
public-start-does-front_door = Tar emot kontakter i hela välfärdsområdet, antecknar samtal och ger råd.
public-start-does-centre = Träffar människor på social- och hälsocentralen och för oron vidare till socialarbetet så att ingen faller mellan stolarna.
public-start-does-counsellor = Ansvarar för den egna enhetens kontakter och tar emot överföringsbegäranden.
public-start-does-social_worker = Ansvarar för kontakter där en tjänsteinnehavares bedömning behövs och tar emot överföringsbegäranden.
public-start-does-lead = Ser enhetens kö och det sista skyddsnätet och tar över ansvaret när den ansvariga är borta.

## Titles
title-front_door = socialhandledare i rådgivningen
title-centre = yrkesutbildad person på social- och hälsocentralen
title-counsellor = socialhandledare
title-social_worker = socialarbetare
title-lead = chef
