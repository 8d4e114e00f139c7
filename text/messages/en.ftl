# Why the hint was given: shown to the person who catches the contact
signal-housing-eviction = speaks of eviction
signal-housing-arrears = rent is unpaid
signal-housing-homeless = has no home or no place for the night
signal-housing-lease = the tenancy is ending
signal-housing-losing = is about to lose the home
signal-housing-utilities = electricity, water or heating is cut off
signal-child = there is a child in the family
signal-child-mentioned = mentions a daughter or son, age not told
signal-child-expected = the family is expecting a child
signal-danger-violence = speaks of violence
signal-danger-threat = speaks of threats or danger to life
signal-danger-afraid = is afraid at home or of somebody close
signal-danger-suicide = speaks of death or of hurting themselves
signal-need-food = has no food
signal-need-medicine = has no medicine
signal-need-money = has no money

# Warnings on the form
personal-data-identity-code = Do not write a personal identity code here. We ask for it in a safe way if it is needed.
personal-data-phone = There seems to be a phone number in the text. Please write it in the phone number field instead.
personal-data-email = There seems to be an e-mail address in the text. Please write it in the e-mail field instead.
