## Navigation
nav-desk = Arbetsbord
nav-advice = Rådgivning
nav-situation = Läget

## Desk
desk-title = Arbetsbord
desk-weekday-1 = Måndag
desk-weekday-2 = Tisdag
desk-weekday-3 = Onsdag
desk-weekday-4 = Torsdag
desk-weekday-5 = Fredag
desk-weekday-6 = Lördag
desk-weekday-7 = Söndag
desk-date = { $weekday } { $date }
desk-lead = { $date }. { $late }, { $today }.
desk-lead-late = { $count ->
    [0] Inget är försenat
    [1] Ett ärende är försenat
    [2] Två ärenden är försenade
    [3] Tre ärenden är försenade
    [4] Fyra ärenden är försenade
    [5] Fem ärenden är försenade
   *[other] { $count } ärenden är försenade
 }
desk-lead-today = { $count ->
    [0] inget är utlovat för i dag
    [1] ett görs i dag
    [2] två görs i dag
    [3] tre görs i dag
    [4] fyra görs i dag
    [5] fem görs i dag
   *[other] { $count } görs i dag
 }
desk-count-late = { $count } försenade
desk-count-open = { $count } öppna
desk-write-contact = Anteckna kontakt
desk-write-advice = Anteckna rådgivning
desk-work = Att göra
desk-work-caption = Att göra enligt tidsfrist
desk-work-empty = Allt som utlovats är gjort. Nya kontakter syns i kön.
desk-work-empty-lead = Allt som utlovats är gjort. Enhetens läge visar vad som behöver din uppmärksamhet.
desk-work-empty-tutored = Du har inga öppna steg nu. När din handledare utser dig för en klient syns klienten på den här sidan.
desk-work-empty-clients = Allt som utlovats är gjort. Dina egna klienter finns på den här sidan.
desk-work-empty-other = Du har inget att göra nu. När du får en uppgift syns den här.
desk-keys-move = gå mellan rader
desk-keys-open = öppna
desk-column-due = Tidsfrist
desk-column-who = Vem
desk-column-what = Vad ska göras
desk-column-ground = Grund
desk-column-act = Åtgärd
desk-late = Försenat
desk-today = I dag
desk-waiting = Väntar på dig
desk-soon = De sju följande dagarna
desk-later = Senare
desk-nameless = Anonym
desk-call-about = Ring: { $title }
desk-call-about-when = Ring: { $title } ({ $when })
desk-returned-alternative = Förslag: { $alternative }
desk-untaken = { $count ->
    [1] En utan mottagare
   *[other] { $count } utan mottagare
 }
desk-untaken-what = Den turansvariga ansvarar tills någon tar emot
desk-ground-call = Utlovat samtal
desk-ground-step = Överenskommet steg
desk-ground-answer = Utlovat svar
desk-ground-message = Skrev till dig
desk-ground-refused = Togs inte emot
desk-ground-unanswered = Överföringen fick inget svar
desk-ground-duty = Turansvar
desk-act-call = Ring
desk-act-write = Anteckna
desk-act-answer = Svara
desk-act-open = Öppna
desk-act-queue = Öppna kön
desk-offers = Överföringar till dig
desk-offers-empty = Inga överföringsbegäranden till dig. När någon ber om en överföring syns den här.
desk-offer-of = { $person }: { $title }
desk-offer-nameless = Anonym: { $title }
desk-offer-meta = { $from } ansvarar tills du svarar. Svarstid { $until }.
desk-offer-meta-unit = Begäran till hela enheten. { $from } ansvarar tills någon svarar. Svarstid { $until }.
desk-offer-both = Vi var båda på plats
desk-accept = Ta emot
desk-refuse = Avböj och föreslå
desk-drafts = Utkast
desk-draft-contact = Ny kontakt
desk-draft-advice = Rådgivning
desk-draft-task = Anteckning om det utlovade
desk-draft-of = Anteckning: { $title }
desk-draft-other = en annan kontakt
desk-held = Du ansvarar
desk-held-empty = Du ansvarar inte för någon kontakt just nu. Ta emot en ur kön.
desk-held-all = Alla egna i kön
desk-answered = besvarad
desk-offer-open = överföringsbegäran väntar på svar
desk-done-kept = Antecknat. Löftet är hållet.
desk-done-tried = Försöket är antecknat. Löftet står kvar på arbetslistan.
desk-done-gone = Det här är redan gjort eller har övergått till någon annan. Inget blev kvar för dig.

## A promise
task-call-title = Ring upp
task-step-title = Överenskommet steg
task-who = Till vem
task-phone = Telefon
task-due = Senast
task-what = Överenskommet
task-contact = Kontakt
task-contact-open = Öppna kontakten
task-outcome = Hur gick det?
task-reached = Jag nådde personen
task-not-reached = Jag nådde inte personen
task-not-reached-hint = Försöket antecknas. Löftet står kvar på arbetslistan.
task-agreed = Vad kom ni överens om
task-agreed-hint = Vad som görs härnäst, vem som gör det och när.
task-text = Hur gick det?
task-save = Anteckna
task-back = Tillbaka till arbetsbordet
task-outcome-missing = Välj om du nådde personen.
task-agreed-missing = Skriv kort vad ni kom överens om.
task-text-missing = Skriv kort hur det gick.

## Advice
advice-title = Handledning och rådgivning
advice-lead = Tre fält räcker. Inget namn behövs.
advice-asked = Vad frågades
advice-advised = Vilket råd gavs
advice-next = Vad härnäst
advice-next-hint = Om ni inte kom överens om något, skriv: ingen fortsättning.
advice-person = Namn
advice-person-hint = Bara om personen berättade det.
advice-door = Hur frågades
advice-door-hint = Telefon, besök eller annat.
advice-theme = Tema
advice-theme-hint = Det närmaste räcker.
advice-theme-none = Inget valt
advice-save = Spara rådgivningen
advice-to-contact = Det här blev en kontakt
advice-asked-missing = Skriv vad som frågades.
advice-advised-missing = Skriv vilket råd som gavs.
advice-next-missing = Skriv vad som sker härnäst, eller: ingen fortsättning.
advice-door-missing = Välj hur rådet söktes.
advice-contact-open = Du har redan en annan kontakt som du inte har sparat. Spara den först. Texten är kvar här.
advice-done = Rådgivningen är sparad.
advice-given = Senast gett råd
advice-given-own = Bara du ser dessa
advice-given-empty = Du har inte antecknat någon rådgivning ännu. Anteckningarna syns här.
advice-asked-short = Frågades
advice-advised-short = Råd
advice-next-short = Härnäst

## The unit's situation
unit-title = Läget i enheten
unit-lead = { $units }. { $date } { $clock }.
unit-many-units = { $count } enheter
unit-untaken = Utan mottagare
unit-untaken-longest = längst { $waited }, mål under { $target } tim
unit-untaken-target = mål under { $target } tim
unit-open = Öppna
unit-open-old = varav { $count } äldre än 3 d
unit-open-count = { $count ->
    [1] en öppen kontakt
   *[other] { $count } öppna kontakter
 }
unit-offers = Överföring utan svar
unit-offers-returned = dessutom kom { $count } tillbaka utan svar
unit-holders = Ansvariga före hjälpen
unit-holders-none = –
unit-holders-target = medeltal för 30 dagar, mål högst { $target }
unit-net = Sista skyddsnätet
unit-net-hint = kommer hit automatiskt
unit-net-empty = Inget har blivit orört och inget löfte har överskridits.
unit-untouched = Ingen har rört dem inom tidsgränsen
unit-overdue = Löftet har gått ut
unit-column-since = Väntat
unit-column-held-since = Ansvarig sedan
unit-column-contact = Kontakt
unit-column-holder = Ansvarig
unit-holders-away = Den ansvariga är borta
unit-holders-away-empty = Alla ansvariga är på jobbet.
unit-away = borta
unit-matters-away = Den som ansvarar för ärendet är borta eller slutar
unit-matters-away-empty = Alla ärenden har en ansvarig på jobbet.
unit-left = har slutat
unit-leaving = sista dagen { $date }
unit-hand-over = Överför
unit-column-matter = Ärende
unit-by-duty = { $name } (turansvarig)
unit-duty = turansvarig
unit-take-over = Ta över
unit-to-queue = Öppna kön
unit-promised-call = Utlovat samtal
unit-promised-step = Överenskommet steg
unit-ages = Väntetider i kön
unit-ages-caption = Öppna kontakter enligt ålder
unit-as-table = Visa som tabell
unit-column-age = Ålder
unit-column-open = Öppna
unit-column-untaken = Utan mottagare
unit-column-late = Över målet
unit-key-taken = mottagen
unit-key-untaken = utan mottagare
unit-key-late = utan mottagare, över målet
unit-chart-sentence = Stapeldiagram: { $open } öppna kontakter enligt ålder. Utan mottagare { $untaken }, av dessa över målet { $over }. Äldre än tre dagar { $oldest }. Talen finns i tabellen under figuren.
unit-age-under-hours = under { $to } tim
unit-age-between-hours = { $from }–{ $to } tim
unit-age-between-days = { $from }–{ $to } d
unit-age-over-days = över { $from } d
unit-unanswered = Överföringen fick inget svar
unit-unanswered-empty = Alla överföringsbegäranden har besvarats i tid.
unit-offered-to = { $from } erbjöd: { $to }
unit-offered-to-unit = { $from } erbjöd enheten
unit-not-reached = Inte nådda
unit-not-reached-empty = Inget att se. När en kontakt avslutas för att personen inte nåtts syns den här.
unit-rest = Visa de övriga { $count }
unit-mark-seen = Markera som sedd
unit-done-seen = Markerad som sedd.
unit-many = Många ansvariga
unit-many-empty = Ingen har överförts oftare än målet tillåter.
unit-self-started = Egna initiativ, de senaste 7 dagarna
unit-self-started-empty = Ingen har kopplat en kontakt på eget initiativ till en klient.
unit-holders-met = { $count } ansvariga

log-event-desk-read = Eget skrivbord visat
log-event-unit-read = Enhetens läge visat
log-event-task-read = Uppgift öppnad

desk-done-notice = Meddelandet är markerat som sett.

## Quick note, own clients, own counts
desk-quick = Snabbanteckning
desk-quick-client = Klient
desk-quick-choose = Välj
desk-quick-happened = Vad hände
desk-quick-next = Vad härnäst, vem och när
desk-quick-save = Anteckna
desk-mine = Egna klienter
desk-mine-all = Alla { $count }
desk-mine-empty = Du är nu ingens egna kontaktperson och ansvarar inte för ärenden.
desk-mine-empty-tutored = Din handledare har ännu inte utsett dig för någon klient.
desk-mine-own_worker = Egen kontaktperson
desk-mine-substitute = Du ersätter den egna kontaktpersonen
desk-mine-own_team = Du arbetar vid den egna kontaktpersonens sida
desk-mine-matter_holder = Du ansvarar för ärendet
desk-mine-no-day = ingen dag avtalad
desk-share = Så här ser din chef din arbetsmängd
desk-share-lead = Talen används för att dela arbete. De läggs inte ihop och rangordnas inte.
desk-share-own = Som egen kontaktperson
desk-share-substitutes = Som ersättare
desk-share-matters = Ärenden på ansvar
desk-share-clocks = Lagens tidsfrister
desk-share-contacts = Kontakter på ansvar
desk-share-how-own = Klienter vars egna kontaktperson du är i dag.
desk-share-how-substitutes = Klienter vars egna kontaktperson du ersätter i dag.
desk-share-how-matters = Öppna ärenden som du ansvarar för i eget namn.
desk-share-how-clocks = Tidsfrister i dessa ärenden som går ut inom en vecka eller har överskridits.
desk-share-how-contacts = Öppna kontakter som du ansvarar för i eget namn.
desk-done-followed = Uppföljningen är markerad som gjord.

## Safety net, sharing of work, days ahead, flow
nav-flow = Klientflöde
log-event-flow-read = Klientflödet visat
unit-alerts = Klienter som inte får glömmas
unit-alerts-empty = Varje klient har en medarbetare, och inget ärende har blivit väntande.
unit-alert-own_worker_left = Egna kontaktpersonen har slutat
unit-alert-own_worker_away = Egna kontaktpersonen är borta
unit-alert-own_worker_unnamed = Egen kontaktperson inte utsedd
unit-alert-follow_up = Uppföljning ogjord
unit-alert-review_passed = Översyn av planen förbi
unit-alert-service_ended = Tjänst avslutad, fortsättning inte överenskommen
unit-alert-note_missing = Besök oantecknat
unit-alert-unreached = Inte nådd
unit-alert-dormant = Vilande ärende
unit-alert-ended = Tjänsten slut, klientrelationen öppen
unit-alert-other = Annat
unit-column-from = Sedan
unit-column-client = Klient
unit-column-what = Vad
unit-shares = Arbete per medarbetare
unit-shares-hint = i alfabetisk ordning
unit-shares-empty = Enheten har inga medarbetare med klienter.
unit-shares-how = Så räknas talen
unit-share-who = Medarbetare
unit-share-own = Klienter
unit-share-matters = Ärenden
unit-share-clocks = Tidsfrister
unit-share-contacts = Kontakter
unit-share-note = Obs
unit-share-substitutes = ersätter { $count }
unit-share-how-own = Klienter vars egna kontaktperson hen är i dag.
unit-share-how-matters = Öppna ärenden som hen ansvarar för i eget namn.
unit-share-how-clocks = Lagens tidsfrister i dessa ärenden som går ut inom en vecka eller har överskridits.
unit-share-how-contacts = Öppna kontakter som hen ansvarar för i eget namn.
unit-days = Tidsfrister, 14 dagar
unit-days-count = { $count } lagstadgade tidsfrister
unit-days-late = överskriden
unit-days-key-late = överskriden (!)
unit-days-key-soon = i dag och i morgon
unit-days-about = : tidsfrister per dag
unit-days-caption = Lagens tidsfrister per dag
unit-days-sentence = Stapeldiagram: { $count } lagstadgade tidsfrister inom 14 dagar, av dem överskridna { $late }. Talen finns i tabellen under diagrammet.
unit-column-day = Dag
unit-column-limits = Tidsfrister
unit-matter-offers = Begäranden om överföring av ärenden
unit-matter-offers-empty = Ingen begäran om överföring av ett ärende väntar på svar.
unit-offer-unanswered = obesvarad
flow-title = Klientflöde
flow-lead = Hur kontakter och ärenden gick mellan enheterna { $from }–{ $to }.
flow-from = Från
flow-to = Till
flow-show = Visa
flow-order = Slutdagen kan inte vara före startdagen. De senaste 90 dagarna visas.
flow-bad-day = Skriv dagarna, till exempel 13.3.2026. De senaste 90 dagarna visas.
flow-small = under 5
flow-small-note = Små tal visas som ”under 5” om talet inte gäller din egen enhet. Talen berättar om överföringar, inte om människor.
flow-contacts = Kontakternas överföringar
flow-matters = Ärendenas överföringar
flow-none = Inga överföringar mellan enheter under den här tiden.
flow-column-from = Varifrån
flow-column-to = Vart
flow-column-count = Överföringar
flow-column-bar = Som stapel
flow-ways-contacts = Kontakter per enhet
flow-ways-matters = Ärenden per enhet
flow-column-unit = Enhet som svarar nu
flow-column-begun = Började
flow-column-taken = Tagna i eget namn
flow-column-wait = Väntan i medeltal
flow-column-many = Över två ansvariga
flow-hours = { $hours } t
flow-share = { $percent } %
flow-ways-none = Inget började under den här tiden.
desk-late-all = Visa de övriga { $count } försenade
desk-done-quick = Välj en klient som har ett öppet ärende och skriv vad som hände. Din text finns kvar.
desk-mine-tutor_link = Din handledare har gett dig hen
desk-done-today = Klart i dag
desk-done-hide = Dölj det som är klart
desk-done-empty = Inget har blivit klart i dag.
desk-done-show = Visa också det som är klart i dag
desk-done-call = Ringt: { $title }
