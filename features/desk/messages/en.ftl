## Navigation
nav-desk = Desk
nav-advice = Advice
nav-situation = Situation

## Desk
desk-title = Desk
desk-weekday-1 = Monday
desk-weekday-2 = Tuesday
desk-weekday-3 = Wednesday
desk-weekday-4 = Thursday
desk-weekday-5 = Friday
desk-weekday-6 = Saturday
desk-weekday-7 = Sunday
desk-date = { $weekday } { $date }
desk-lead = { $date }. { $late }, { $today }.
desk-lead-late = { $count ->
    [0] Nothing is late
    [1] One thing is late
    [2] Two things are late
    [3] Three things are late
    [4] Four things are late
    [5] Five things are late
   *[other] { $count } things are late
 }
desk-lead-today = { $count ->
    [0] nothing is promised for today
    [1] one is for today
    [2] two are for today
    [3] three are for today
    [4] four are for today
    [5] five are for today
   *[other] { $count } are for today
 }
desk-count-late = { $count } late
desk-count-open = { $count } open
desk-write-contact = Write down a contact
desk-write-advice = Write down advice
desk-work = Work
desk-work-caption = Work by due date
desk-work-empty = Everything promised is done. New contacts are in the queue.
desk-work-empty-lead = Everything promised is done. The situation of the unit tells what needs your attention.
desk-work-empty-tutored = You have no open steps now. When your tutor names you for a client, the client is on this page.
desk-work-empty-clients = Everything promised is done. Your own clients are on this page.
desk-work-empty-other = There is no work for you now. When you are given a task, it is here.
desk-keys-move = move on rows
desk-keys-open = open
desk-column-due = Due
desk-column-who = Who
desk-column-what = What to do
desk-column-ground = Why
desk-column-act = Action
desk-late = Late
desk-today = Today
desk-waiting = Waiting for you
desk-soon = Next seven days
desk-later = Later
desk-nameless = No name
desk-call-about = Call: { $title }
desk-call-about-when = Call: { $title } ({ $when })
desk-returned-alternative = Suggested: { $alternative }
desk-untaken = { $count ->
    [1] One untaken
   *[other] { $count } untaken
 }
desk-untaken-what = The one on duty answers until somebody takes them
desk-ground-call = Promised call
desk-ground-step = Agreed step
desk-ground-answer = Promised answer
desk-ground-message = Wrote to you
desk-ground-refused = Not accepted
desk-ground-unanswered = Hand-over not answered
desk-ground-duty = On duty
desk-act-call = Call
desk-act-write = Write down
desk-act-answer = Answer
desk-act-open = Open
desk-act-queue = Open the queue
desk-offers = Hand-overs offered to you
desk-offers-empty = No hand-overs are offered to you. When somebody offers one, it is here.
desk-offer-of = { $person }: { $title }
desk-offer-nameless = No name: { $title }
desk-offer-meta = { $from } holds it until you answer. Answer by { $until }.
desk-offer-meta-unit = Offered to the whole unit. { $from } holds it until somebody answers. Answer by { $until }.
desk-offer-both = We were both present
desk-accept = Accept
desk-refuse = Refuse and suggest
desk-drafts = Drafts
desk-draft-contact = New contact
desk-draft-advice = Advice
desk-draft-task = Record of a promise
desk-draft-of = Record: { $title }
desk-draft-other = another contact
desk-held = You answer for
desk-held-empty = You answer for no contact now. Take one from the queue.
desk-held-all = All your own in the queue
desk-answered = answered
desk-offer-open = hand-over request pending
desk-done-kept = Written down. The promise is kept.
desk-done-tried = The attempt is written down. The promise stays on your list.
desk-done-gone = This is already done or has moved to somebody else. Nothing is left for you.

## A promise
task-call-title = Call back
task-step-title = Agreed step
task-who = To whom
task-phone = Phone
task-due = At the latest
task-what = Agreed
task-contact = Contact
task-contact-open = Open the contact
task-outcome = How did it go?
task-reached = I reached the person
task-not-reached = I did not reach the person
task-not-reached-hint = The attempt is written down. The promise stays on your list.
task-agreed = What was agreed
task-agreed-hint = What happens next, who does it and when.
task-text = How did it go?
task-save = Write down
task-back = Back to the desk
task-outcome-missing = Choose whether you reached the person.
task-agreed-missing = Write briefly what was agreed.
task-text-missing = Write briefly how it went.

## Advice
advice-title = Guidance and advice
advice-lead = Three fields are enough. No name is needed.
advice-asked = What was asked
advice-advised = What was advised
advice-next = What next
advice-next-hint = If nothing was agreed, write: nothing further.
advice-person = Name
advice-person-hint = Only if the person told it.
advice-door = How it was asked
advice-door-hint = Phone, visit or other.
advice-theme = Theme
advice-theme-hint = The nearest will do.
advice-theme-none = Not chosen
advice-save = Save the advice
advice-to-contact = This became a contact
advice-asked-missing = Write what was asked.
advice-advised-missing = Write what was advised.
advice-next-missing = Write what happens next, or: nothing further.
advice-door-missing = Choose how the advice was asked for.
advice-contact-open = You are already writing another contact. Save it first. Your text is kept here.
advice-done = The advice is saved.
advice-given = Latest advice
advice-given-own = Only you see these
advice-given-empty = You have not written down any advice yet. It will be here.
advice-asked-short = Asked
advice-advised-short = Advised
advice-next-short = Next

## The unit's situation
unit-title = The unit's situation
unit-lead = { $units }. { $date } { $clock }.
unit-many-units = { $count } units
unit-untaken = Untaken
unit-untaken-longest = longest { $waited }, target under { $target } h
unit-untaken-target = target under { $target } h
unit-open = Open
unit-open-old = { $count } of them over 3 days old
unit-open-count = { $count ->
    [1] one open contact
   *[other] { $count } open contacts
 }
unit-offers = Hand-overs not answered
unit-offers-returned = { $count } more came back unanswered
unit-holders = Holders before help
unit-holders-none = –
unit-holders-target = mean of 30 days, target at most { $target }
unit-net = Safety net
unit-net-hint = rises here by itself
unit-net-empty = Nothing has been left untouched and no promise is overdue.
unit-untouched = Untouched over the limit
unit-overdue = Promise overdue
unit-column-since = Waited
unit-column-held-since = Held since
unit-column-contact = Contact
unit-column-holder = Holder
unit-holders-away = The holder is away
unit-holders-away-empty = All holders are at work.
unit-away = away
unit-matters-away = The holder of a matter is away or leaving
unit-matters-away-empty = Every matter has a holder at work.
unit-left = has left
unit-leaving = last day { $date }
unit-hand-over = Hand over
unit-column-matter = Matter
unit-by-duty = { $name } (on duty)
unit-duty = the one on duty
unit-take-over = Take over
unit-to-queue = Open the queue
unit-promised-call = Promised call
unit-promised-step = Agreed step
unit-ages = Age of the queue
unit-ages-caption = Open contacts by age
unit-as-table = Show as a table
unit-column-age = Age
unit-column-open = Open
unit-column-untaken = Untaken
unit-column-late = Over target
unit-key-taken = taken
unit-key-untaken = untaken
unit-key-late = untaken over target
unit-chart-sentence = Bar chart: { $open } open contacts by age. Untaken { $untaken }, of these over target { $over }. Over three days old { $oldest }. The numbers are in the table under the chart.
unit-age-under-hours = under { $to } h
unit-age-between-hours = { $from }–{ $to } h
unit-age-between-days = { $from }–{ $to } d
unit-age-over-days = over { $from } d
unit-unanswered = Hand-over not answered
unit-unanswered-empty = All hand-overs have been answered in time.
unit-offered-to = { $from } offered it to { $to }
unit-offered-to-unit = { $from } offered it to the unit
unit-not-reached = Not reached
unit-not-reached-empty = Nothing to see. When a contact is ended because the person was not reached, it shows here.
unit-rest = Show the other { $count }
unit-mark-seen = Mark as seen
unit-done-seen = Marked as seen.
unit-many = Many holders
unit-many-empty = Nobody has been passed on more often than the target allows.
unit-self-started = Self-started, last 7 days
unit-self-started-empty = Nobody has linked to a client a contact that they started themselves.
unit-holders-met = { $count } holders

log-event-desk-read = Own desk viewed
log-event-unit-read = Unit's situation viewed
log-event-task-read = Task opened

desk-done-notice = The notice is marked as seen.

## Quick note, own clients, own counts
desk-quick = Quick note
desk-quick-client = Client
desk-quick-choose = Choose
desk-quick-happened = What happened
desk-quick-next = What next, who and when
desk-quick-save = Write it down
desk-mine = My clients
desk-mine-all = All { $count }
desk-mine-empty = You are nobody's own worker now and hold no matters.
desk-mine-empty-tutored = Your tutor has not named you for any client yet.
desk-mine-own_worker = Own worker
desk-mine-substitute = You stand in for the own worker
desk-mine-own_team = You work beside the own worker
desk-mine-matter_holder = You hold the matter
desk-mine-no-day = no day agreed
desk-share = What your lead sees of your workload
desk-share-lead = The counts are for sharing work. They are not put together nor ranked.
desk-share-own = As own worker
desk-share-substitutes = As substitute
desk-share-matters = Matters held
desk-share-clocks = Time limits in law
desk-share-contacts = Contacts held
desk-share-how-own = Clients whose own worker you are today.
desk-share-how-substitutes = Clients whose own worker you stand in for today.
desk-share-how-matters = Open matters that you hold by name.
desk-share-how-clocks = Limits of these matters that end within a week or have passed.
desk-share-how-contacts = Open contacts that you hold by name.
desk-done-followed = The follow-up is marked as done.

## Safety net, sharing of work, days ahead, flow
nav-flow = Client flow
log-event-flow-read = Client flow viewed
unit-alerts = Clients not to be forgotten
unit-alerts-empty = Every client has a worker, and no matter has been left waiting.
unit-alert-own_worker_left = The own worker has left
unit-alert-own_worker_away = The own worker is away
unit-alert-own_worker_unnamed = Own worker not named
unit-alert-follow_up = Follow-up not done
unit-alert-review_passed = Review of the plan has passed
unit-alert-service_ended = Service ended, nothing agreed after it
unit-alert-note_missing = Visit without a finished note
unit-alert-unreached = Nobody reached
unit-alert-dormant = Dormant matter
unit-alert-ended = Service ended, client relation open
unit-alert-other = Other
unit-column-from = Since
unit-column-client = Client
unit-column-what = What
unit-shares = Work by worker
unit-shares-hint = in alphabetical order
unit-shares-empty = The unit has no workers with clients.
unit-shares-how = How the counts are made
unit-share-who = Worker
unit-share-own = Clients
unit-share-matters = Matters
unit-share-clocks = Limits
unit-share-contacts = Contacts
unit-share-note = Note
unit-share-substitutes = stands in for { $count }
unit-share-how-own = Clients whose own worker the person is today.
unit-share-how-matters = Open matters that the person holds by name.
unit-share-how-clocks = Limits in law of these matters that end within a week or have passed.
unit-share-how-contacts = Open contacts that the person holds by name.
unit-days = Limits, 14 days
unit-days-count = { $count } limits in law
unit-days-late = passed
unit-days-key-late = passed (!)
unit-days-key-soon = today and tomorrow
unit-days-about = : limits by day
unit-days-caption = Limits in law by day
unit-days-sentence = Bar chart: { $count } limits in law within 14 days, { $late } of them passed. The numbers are in the table under the chart.
unit-column-day = Day
unit-column-limits = Limits
unit-matter-offers = Offers of matters
unit-matter-offers-empty = No offer of a matter waits for an answer.
unit-offer-unanswered = unanswered
flow-title = Client flow
flow-lead = How contacts and matters moved between units { $from }–{ $to }.
flow-from = From
flow-to = To
flow-show = Show
flow-order = The last day cannot be before the first. The last 90 days are shown.
flow-bad-day = Write the days, for example 13.3.2026. The last 90 days are shown.
flow-small = under 5
flow-small-note = Small counts are shown as “under 5” unless they are of your own unit. The counts are of moves, not of people.
flow-contacts = Moves of contacts
flow-matters = Moves of matters
flow-none = There were no moves from one unit to another in this time.
flow-column-from = From
flow-column-to = To
flow-column-count = Moves
flow-column-bar = As a bar
flow-ways-contacts = Contacts by unit
flow-ways-matters = Matters by unit
flow-column-unit = Unit that answers now
flow-column-begun = Begun
flow-column-taken = Taken by name
flow-column-wait = Mean wait
flow-column-many = More than two holders
flow-hours = { $hours } h
flow-share = { $percent } %
flow-ways-none = Nothing began in this time.
desk-late-all = Show the other { $count } late
desk-done-quick = Choose a client who has an open matter and write what happened. Your text is kept.
desk-mine-tutor_link = Named to you by your tutor
desk-done-today = Done today
desk-done-hide = Hide what is done
desk-done-empty = Nothing has been done today yet.
desk-done-show = Show what is done today too
desk-done-call = Called: { $title }
