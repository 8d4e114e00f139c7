# Öppen statistik.

nav-statistics = Öppen statistik

statistics-title = Öppen statistik
statistics-lead = Siffror om områden som andra har publicerat: det egna området, dess kommuner och hela landet. Här finns inga klientuppgifter.
statistics-narrow = Avgränsa statistiken
statistics-search = Sök i namnet
statistics-theme = Tema
statistics-all-themes = Alla teman
statistics-show = Visa
statistics-found = { $count ->
    [0] Ingen statistik
    [one] { $count } statistik
   *[other] { $count } statistikserier
}
statistics-latest = senast { $year }
statistics-none-found = Sökningen gav ingen statistik. Ta bort avgränsningen eller sök med ett annat ord.
statistics-empty = Statistik har inte hämtats ännu. Administrationen hämtar den med kommandot ”noste statistics fetch” eller från en fil.

statistics-theme-income = Försörjning
statistics-theme-housing = Boende
statistics-theme-work = Arbete och arbetslöshet
statistics-theme-inequality = Ojämlikhet
statistics-theme-health = Hälsa och psykisk hälsa
statistics-theme-substances = Rusmedel och beroenden
statistics-theme-participation = Ensamhet och delaktighet
statistics-theme-safety = Säkerhet
statistics-theme-resources = Tjänsternas resurser
statistics-theme-population = Befolkning
statistics-theme-other = Övriga

statistics-area = Område
statistics-country = Hela landet
statistics-genders = Vilka siffrorna gäller
statistics-gender-total = Alla
statistics-gender-female = Kvinnor
statistics-gender-male = Män
statistics-no-values = Det finns inga siffror för det här området.
statistics-mark-sum = + Kommunen är summan av de kommuner som senare har gått upp i den.
statistics-mark-before = * Siffran gäller kommunen före kommunsammanslagningen. Relationstal kan inte summeras.
statistics-mark-not-comparable = .. Siffran kan inte ges, eftersom siffran för någon sammanslagen kommun saknas.
statistics-mark-none = – Källan har ingen siffra.
statistics-about = Vad siffran berättar
statistics-caveats = Att tänka på
statistics-caveat-unit = Enheten har ändrats mellan åren. Jämför åren med försiktighet.
statistics-caveat-corrected = Källan har i efterhand rättat en del av siffrorna. De tidigare siffrorna är sparade.
statistics-caveat-areas = I en liten kommun kan siffran variera mycket av en slump från år till år.
statistics-source = Källa
statistics-source-updated = { $source }, uppgifterna uppdaterade { $day }
statistics-licence = Licens
statistics-fetched = Hämtat { $day }
statistics-back = All statistik
statistics-years = Utvecklingen per år
statistics-years-words = Linjen visar välfärdsområdets och hela landets siffror åren { $from }–{ $to }. Samma siffror finns i tabellen.
statistics-years-own-words = Linjen visar välfärdsområdets siffror åren { $from }–{ $to }. Hela landets siffror är så mycket större att de finns endast i tabellen.
statistics-map = Kommunerna på karta, { $year }
statistics-map-words = Kartan visar siffrorna för områdets kommuner år { $year }. Mörkare är större. Samma siffror finns i tabellen.
statistics-each = Kommunerna per år
statistics-each-words = Varje kommuns siffror åren { $from }–{ $to } i samma skala. Samma siffror finns i tabellen.
statistics-as-table = Visa som tabell
statistics-missing = ingen uppgift
statistics-and-over = { $from } eller mer
statistics-year = År
statistics-borders = Kommungränser
statistics-caveat-old = Den nyaste siffran är från år { $year }. Hämta nyare siffror eller läs siffran som en riktning.

log-event-statistics-fetch = Öppen statistik hämtades
log-event-statistics-import = Öppen statistik fördes in från en fil
log-event-statistics-borders = Kommungränser importerades från en fil
