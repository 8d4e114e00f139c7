## Start page
public-enter-title = Vuxensocialarbete
public-enter-lead = Ta kontakt när pengar, boende, rusmedel, ensamhet eller något annat tynger. Du behöver inte veta vart ditt ärende hör.
public-enter-contact = Ta kontakt
public-enter-code = Följ ditt ärende med koden
public-enter-workers = För anställda
public-enter-made-up = Försök: alla personer är påhittade.
public-enter-choose = Välj vem du vill vara. Inget lösenord behövs.
public-enter-enter = Börja
public-enter-inside = Du är redan inloggad.
public-enter-to-desk = Gå till arbetsbordet
public-enter-nobody = Försöket har inga personer ännu. Skapa dem med kommandot noste demo.
public-enter-no-sign-in = Inloggning för anställda ingår inte i den här versionen. Tjänsterna för invånare fungerar redan.
public-enter-does-front_door = Tar emot kontakter i hela välfärdsområdet, antecknar samtal och ger råd.
public-enter-does-centre = Träffar människor på social- och hälsocentralen och för oron vidare till socialarbetet så att ingen faller mellan stolarna.
public-enter-does-counsellor = Ansvarar för den egna enhetens kontakter och tar emot överföringsbegäranden.
public-enter-does-social_worker = Ansvarar för kontakter där en tjänsteinnehavares bedömning behövs och tar emot överföringsbegäranden.
public-enter-does-lead = Ser enhetens kö och det sista skyddsnätet och tar över ansvaret när den ansvariga är borta.
public-enter-does-user_admin = Sköter personer, uppgifter, enheter och turer. Ser inga klienter.
public-enter-does-dpo = Övervakar vem som har sett vad och varför. Ser inte handlingarnas innehåll.
public-enter-does-data_steward = Förenar uppgifter om samma människa som har antecknats två gånger.

## Titles
title-front_door = socialhandledare i rådgivningen
title-centre = yrkesutbildad person på social- och hälsocentralen
title-counsellor = socialhandledare
title-social_worker = socialarbetare
title-lead = chef
title-user_admin = huvudanvändare
title-dpo = dataskyddsombud
title-data_steward = registervårdare
