# Open statistics.

nav-statistics = Open statistics

statistics-title = Open statistics
statistics-lead = Figures about areas that others have published: our county, its municipalities and the whole country. There is no client data here.
statistics-narrow = Narrow the statistics
statistics-search = Search in the name
statistics-theme = Theme
statistics-all-themes = All themes
statistics-show = Show
statistics-found = { $count ->
    [0] No statistics
    [one] { $count } statistic
   *[other] { $count } statistics
}
statistics-latest = newest { $year }
statistics-none-found = No statistics were found. Remove the filter or search with another word.
statistics-empty = No statistics have been fetched yet. The administration fetches them with “noste statistics fetch” or imports them from a file.

statistics-theme-income = Income
statistics-theme-housing = Housing
statistics-theme-work = Work and unemployment
statistics-theme-inequality = Inequality
statistics-theme-health = Health and mental health
statistics-theme-substances = Substances and addictions
statistics-theme-participation = Loneliness and participation
statistics-theme-safety = Safety
statistics-theme-resources = Resources of services
statistics-theme-population = Population
statistics-theme-other = Others

statistics-area = Area
statistics-country = Whole country
statistics-genders = Whom the figures are about
statistics-gender-total = Everybody
statistics-gender-female = Women
statistics-gender-male = Men
statistics-no-values = There are no figures for this area.
statistics-mark-sum = + The sum of the municipalities that have since become part of this one.
statistics-mark-before = * The municipality before a merger. Rates cannot be added up.
statistics-mark-not-comparable = .. No figure can be given: that of a municipality that was merged is missing.
statistics-mark-none = – The source has no figure.
statistics-about = What the figure tells
statistics-caveats = When reading
statistics-caveat-unit = The unit has changed between years. Compare years with care.
statistics-caveat-corrected = The source has corrected some of these figures afterwards. The earlier figures are kept.
statistics-caveat-areas = In a small municipality the figure can vary a lot by chance from year to year.
statistics-source = Source
statistics-source-updated = { $source }, data updated { $day }
statistics-licence = Licence
statistics-fetched = Fetched { $day }
statistics-back = All statistics
statistics-years = Year by year
statistics-years-words = The line shows the figures of the county and the whole country in { $from }–{ $to }. The same figures are in the table.
statistics-years-own-words = The line shows the figures of the county in { $from }–{ $to }. Those of the whole country are so much larger that they are in the table only.
statistics-map = Municipalities on a map, { $year }
statistics-map-words = The map shows the figures of the municipalities in { $year }. Darker is greater. The same figures are in the table.
statistics-each = Municipalities year by year
statistics-each-words = The figures of each municipality in { $from }–{ $to } on one scale. The same figures are in the table.
statistics-as-table = Show as a table
statistics-missing = not known
statistics-and-over = { $from } or more
statistics-year = Year
statistics-borders = Borders of municipalities
statistics-caveat-old = The newest figure is of { $year }. Fetch newer figures, or read this as a direction.

log-event-statistics-fetch = Open statistics were fetched
log-event-statistics-import = Open statistics were imported from a file
log-event-statistics-borders = Borders of municipalities were imported from a file
