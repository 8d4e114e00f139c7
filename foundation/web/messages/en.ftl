## Every page
public-skip = Skip to content
public-language = Language
public-demo = Demonstration. People and matters are made up.
public-easy-draft = The easy-language text is a draft. An expert has not checked it yet.
public-call-us = You can also call:
public-workers = Workers: sign in
public-optional = (optional)
public-close = Close
public-today = today
public-yesterday = yesterday
public-tomorrow = tomorrow
public-trap = Leave this field empty
public-again-title = Send once more
public-again-words = The form came to us very quickly. Your text is safe. Press the button and it will be sent.
public-again-send = Send

## Danger first
public-danger-title = Are you or is somebody in danger right now?
public-danger-life = Danger to life, or violence
public-danger-social = Social emergency service, always open

## Forms
public-errors-title = Please correct these
public-error-too-long = Make the text shorter. It has { $length } characters, and { $longest } fit.
public-error-date = Write the day, for example 13.3.2026.
public-error-no-such-day = There is no day { $day }. Write the day, for example 13.3.2026.

## When something fails
public-failure-not-found = There is no such page
public-failure-not-found-words = The address may be mistyped, or the page has been removed or is not open to you.
public-failure-signed-out = Sign in to continue
public-failure-signed-out-words = The session has ended.
public-failure-bad = We did not understand the request
public-failure-bad-words = Go back to the page before and try again. Nothing was saved.
public-failure-foreign = The form did not come from our page
public-failure-foreign-words = For safety we did not accept it. Open the form again and send it from there.
public-failure-large = What you sent is too large
public-failure-large-words = Go back to the page before and shorten the text or send a smaller attachment.
public-failure-many = There were very many requests
public-failure-many-words = Wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
 } and try again. If the matter is urgent, call.
public-failure-busy = The service is very busy right now
public-failure-busy-words = Wait a moment and try again. If you were sending a form, go back to the page before: your text is there.
public-failure-unavailable = The service cannot save anything right now
public-failure-unavailable-words = The fault is ours, and the service is trying again by itself. Wait a moment and load the page again.
public-failure-internal = The service has a fault
public-failure-internal-words = The fault is ours and has been noted for those who maintain the service. If you were sending a form, go back to the page before: your text is there.
public-failure-onward = Go to the start
public-failure-urgent = If you need help at once, call the social emergency service:
public-emergency-number = The emergency number is
public-resend = Send once more
public-resend-words = The form was open so long that it is no longer valid. Your text is safe. Press the button to send it.
public-resend-later = The sending could not be confirmed, your text is on this page
public-resend-later-words = The service could not make sure that the text was saved. Do not close this page. Wait a moment, look in another tab whether it was saved, and otherwise send it again.
public-resend-signed-out = The session has ended, your text is safe
public-resend-signed-out-words = Sign in in another tab. Then come back here and send again. Do not close this page.
public-resend-sign-in = Sign in in a new tab
public-resend-again = Send again
public-resend-files = Attachments need to be chosen again:
public-resend-unkept = The text has not been kept anywhere, because on this form nobody may be able to tell who wrote. It is on this page alone, so do not close it. Sign in on another tab and send it again, or send it now without your name on the public form.
public-resend-unkept-others = The form was open on another person's page. The text has not been kept anywhere: it is on this page alone. It cannot be sent in your name, but it can be sent without a name.
public-resend-public = Send without a name
public-failure-confirm = First confirm that it is you
public-failure-confirm-words = This needs a fresh sign-in.
public-held-words = It waits for you, encrypted. Sign in and go on from where you were. Nobody else sees it.
public-held-files = Attachments must be chosen again.
public-held-sign-in = Sign in and go on
public-passkey-failed = The key did not open. Try again, or use your password and code.
public-held-others = The form is another person’s
public-held-others-words = It was open on another person’s page. The text waits encrypted for that person, who sees it after signing in. Nothing was sent.

## Accessibility statement
public-accessibility = Accessibility statement
public-accessibility-lead = This statement is about the service for contacting adult social work. { $county } is responsible for the service.
public-accessibility-state = How accessible the service is
public-accessibility-state-words = The service is made to level AA of the WCAG 2.2 guidelines. The pages are checked by a program at every change. The service works with a keyboard and without scripts.
public-accessibility-gaps = What we have not done yet
public-accessibility-gaps-words = Users of screen readers have not tried the service yet. The easy-language texts are drafts.
public-accessibility-feedback = Tell us
public-accessibility-feedback-words = If something does not work for you, tell us. We answer within two weeks.
public-accessibility-authority = If you are not satisfied with the answer, you can complain to the supervisory authority:

## The worker's frame
nav-main = Main menu
nav-menu = Menu
nav-own = My work
nav-unit = Unit
nav-knowledge = Knowledge
nav-administration = Administration
top-search = Search for a client, matter or note
top-note = New note
nav-sign-out = Sign out

## Keys
keys-title = Keys
keys-key = Key
keys-does = What it does
keys-move = Next and previous row
keys-open = Opens the row
keys-submit = Saves as finished
keys-leave = Leaves the field, the text stays
keys-this = Shows these keys
keys-off-hint = Single-key commands can be turned off at the foot of the page.
keys-turn-off = Turn key commands off
keys-turn-on = Turn key commands on

## Drafts and live lists
draft-saved = Draft saved { $clock }
draft-offline = No connection. The text is safe on this computer.
draft-restored = You are continuing a draft saved { $saved }.
draft-discard = Start empty
live-changed = The list was updated
document-clash-title = Two versions of the same part
document-clash-safe = Neither is lost
document-clash-words = Somebody saved the same part while you were writing it. Choose which one stands.
document-clash-mine = Your text
document-clash-mine-meta = Not saved yet
document-clash-theirs = The saved text
document-clash-keep-mine = Save my text
document-clash-edit = I join the texts myself
document-clash-keep-theirs = Let the saved text stand

## The front page where no contacts are taken
public-front-title = Tell what you see
public-front-lead = Here people tell what works in everyday life and what does not. { $county } gathers the observations, makes proposals of them and tells what was answered.
