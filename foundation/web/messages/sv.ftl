## Every page
public-skip = Gå till innehållet
public-language = Språk
public-demo = Demonstration. Människorna och ärendena är påhittade.
public-easy-draft = Den lättlästa texten är ett utkast. En språkexpert har ännu inte granskat den.
public-call-us = Du kan också ringa:
public-workers = Anställda: logga in
public-optional = (frivilligt)
public-close = Stäng
public-today = i dag
public-yesterday = i går
public-tomorrow = i morgon
public-trap = Lämna detta fält tomt
public-again-title = Skicka en gång till
public-again-words = Formuläret kom till oss mycket snabbt. Din text finns kvar. Tryck på knappen så skickas den.
public-again-send = Skicka

## Danger first
public-danger-title = Är du eller någon annan i fara just nu?
public-danger-life = Livsfara eller våld
public-danger-social = Socialjouren, alltid öppen

## Forms
public-errors-title = Rätta de här punkterna
public-error-too-long = Förkorta texten. Den har { $length } tecken, och { $longest } får plats.
public-error-date = Skriv dagen, till exempel 13.3.2026.
public-error-no-such-day = Dagen { $day } finns inte. Skriv dagen, till exempel 13.3.2026.

## When something fails
public-failure-not-found = Sidan finns inte
public-failure-not-found-words = Adressen kan vara felskriven, eller så har sidan tagits bort eller är inte öppen för dig.
public-failure-signed-out = Logga in så kan du fortsätta
public-failure-signed-out-words = Sessionen har upphört.
public-failure-bad = Vi förstod inte begäran
public-failure-bad-words = Gå tillbaka till föregående sida och försök på nytt. Ingenting sparades.
public-failure-foreign = Formuläret kom inte från vår sida
public-failure-foreign-words = Av säkerhetsskäl tog vi inte emot det. Öppna formuläret på nytt och skicka det därifrån.
public-failure-large = Försändelsen är för stor
public-failure-large-words = Gå tillbaka till föregående sida och förkorta texten eller skicka en mindre bilaga.
public-failure-many = Det kom väldigt många begäranden
public-failure-many-words = Vänta { $minutes ->
    [one] en minut
   *[other] { $minutes } minuter
 } och försök på nytt. Om ärendet är brådskande, ring.
public-failure-busy = Det är rusning i tjänsten just nu
public-failure-busy-words = Vänta en stund och försök på nytt. Om du skickade ett formulär, gå tillbaka till föregående sida: texten finns där.
public-failure-unavailable = Tjänsten kan inte spara just nu
public-failure-unavailable-words = Felet är vårt, och tjänsten försöker själv på nytt. Vänta en stund och ladda sidan på nytt.
public-failure-internal = Det är ett fel i tjänsten
public-failure-internal-words = Felet är vårt och har antecknats för administratören. Om du skickade ett formulär, gå tillbaka till föregående sida: texten finns där.
public-failure-onward = Gå till början
public-failure-urgent = Om du behöver hjälp genast, ring socialjouren:
public-emergency-number = Nödnumret är
public-resend = Skicka en gång till
public-resend-words = Formuläret var öppet så länge att det inte längre gäller. Texten finns kvar. Tryck på knappen så skickas den.
public-resend-later = Det gick inte att bekräfta att texten kom fram, den finns på den här sidan
public-resend-later-words = Tjänsten kunde inte säkerställa att texten sparades. Stäng inte den här sidan. Vänta en stund, se i en annan flik om den hann sparas, och skicka annars på nytt.
public-resend-signed-out = Sessionen har upphört, texten finns kvar
public-resend-signed-out-words = Logga in i en annan flik. Kom sedan tillbaka hit och skicka på nytt. Stäng inte den här sidan.
public-resend-sign-in = Logga in i en ny flik
public-resend-again = Skicka på nytt
public-resend-files = Bilagorna måste väljas på nytt:
public-resend-unkept = Texten har inte sparats någonstans, eftersom den som skriver på den här blanketten inte får kunna kopplas till texten. Den finns bara på den här sidan, så stäng den inte. Logga in på en annan flik och skicka igen, eller skicka texten genast anonymt på den offentliga blanketten.
public-resend-unkept-others = Blanketten var öppen på en annan persons sida. Texten har inte sparats någonstans: den finns bara på den här sidan. Den kan inte skickas i ditt namn, men den kan skickas anonymt.
public-resend-public = Skicka anonymt
public-failure-confirm = Bekräfta först att det är du
public-failure-confirm-words = För det här krävs en ny inloggning.
public-held-words = Den väntar på dig krypterad. Logga in, så fortsätter du där du var. Ingen annan ser den.
public-held-files = Bilagorna måste väljas på nytt.
public-held-sign-in = Logga in och fortsätt
public-passkey-failed = Nyckeln öppnades inte. Försök igen, eller använd lösenord och kod.
public-held-others = Blanketten hör till någon annan
public-held-others-words = Den var öppen på en annan persons sida. Texten väntar krypterad på den personen, som ser den efter inloggning. Ingenting skickades.

## Accessibility statement
public-accessibility = Tillgänglighetsutlåtande
public-accessibility-lead = Utlåtandet gäller tjänsten för kontakt med socialarbetet för vuxna. För tjänsten ansvarar { $county }.
public-accessibility-state = Hur tillgänglig tjänsten är
public-accessibility-state-words = Tjänsten är gjord enligt nivå AA i anvisningarna WCAG 2.2. Sidorna kontrolleras med program vid varje ändring. Tjänsten kan användas med tangentbord och utan skript.
public-accessibility-gaps = Vad vi ännu inte har gjort
public-accessibility-gaps-words = Användare av skärmläsare har ännu inte prövat tjänsten. De lättlästa texterna är utkast.
public-accessibility-feedback = Berätta för oss
public-accessibility-feedback-words = Om något inte fungerar för dig, berätta det. Vi svarar inom två veckor.
public-accessibility-authority = Om du inte är nöjd med svaret kan du anföra klagan hos tillsynsmyndigheten:

## The worker's frame
nav-main = Huvudmeny
nav-menu = Meny
nav-own = Eget arbete
nav-unit = Enheten
nav-knowledge = Kunskap
nav-administration = Administration
top-search = Sök klient, ärende eller anteckning
top-note = Ny anteckning
nav-sign-out = Logga ut

## Keys
keys-title = Tangenter
keys-key = Tangent
keys-does = Vad den gör
keys-move = Nästa och föregående rad
keys-open = Öppnar raden
keys-submit = Sparar som färdigt
keys-leave = Lämnar fältet, texten finns kvar
keys-this = Visar de här tangenterna
keys-off-hint = Kommandon med en tangent kan stängas av längst ner på sidan.
keys-turn-off = Stäng av tangentkommandon
keys-turn-on = Ta tangentkommandon i bruk

## Drafts and live lists
draft-saved = Utkastet sparat { $clock }
draft-offline = Ingen förbindelse. Texten är sparad på den här datorn.
draft-restored = Du fortsätter på ett utkast som sparades { $saved }.
draft-discard = Börja från tomt
live-changed = Listan uppdaterades
document-clash-title = Två versioner av samma avsnitt
document-clash-safe = Ingendera har försvunnit
document-clash-words = Någon sparade samma avsnitt medan du skrev. Välj vad som ska gälla.
document-clash-mine = Din text
document-clash-mine-meta = Inte sparad ännu
document-clash-theirs = Den sparade texten
document-clash-keep-mine = Spara min text
document-clash-edit = Jag sammanför texterna själv
document-clash-keep-theirs = Låt den sparade gälla

## The front page where no contacts are taken
public-front-title = Berätta vad du ser
public-front-lead = Här berättar man vad som fungerar i människors vardag och vad som inte gör det. { $county } samlar iakttagelserna, lägger fram förslag och berättar vilket svar som gavs.
