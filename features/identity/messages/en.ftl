## Start page
public-enter-title = Social work for adults
public-enter-lead = Get in touch when money, housing, substance use, loneliness or anything else weighs on you. You need not know where your matter belongs.
public-enter-contact = Get in touch
public-enter-code = Follow your matter with the code
public-enter-workers = For workers
public-enter-made-up = Trial: everybody here is made up.
public-enter-choose = Choose whom to be. No password is needed.
public-enter-enter = Begin
public-enter-inside = You are already signed in.
public-enter-to-desk = Go to the desk
public-enter-nobody = The trial has no people yet. Make them with the command noste demo.
public-enter-no-sign-in = Sign-in for workers is not part of this version. The services for residents work already.
public-enter-does-front_door = Catches contacts from the whole county, writes down calls and gives advice.
public-enter-does-centre = Meets people at the health and social services centre and takes their worry to social work so that nobody falls between.
public-enter-does-counsellor = Answers for the contacts of one unit and receives hand-overs.
public-enter-does-social_worker = Answers for contacts that need an office-holder's judgement and receives hand-overs.
public-enter-does-lead = Sees the unit's queue and its safety net, and takes over when the one who answers is away.
public-enter-does-user_admin = Keeps people, tasks, units and shifts. Sees no clients.
public-enter-does-dpo = Watches who has looked at what and why. Does not see what documents say.
public-enter-does-data_steward = Joins the records of one person who was written down twice.

## Titles
title-front_door = front-door counsellor
title-centre = professional at the health and social services centre
title-counsellor = social counsellor
title-social_worker = social worker
title-lead = team lead
title-user_admin = administrator
title-dpo = data protection officer
title-data_steward = data steward
