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

# Why a place in an observation is marked: shown to its writer and to the editor
screening-code = There is a personal identity code here. Take it away before you send.
screening-code-ask = Is this a personal identity code? If so, take it away.
screening-phone = There seems to be a phone number here. Take it away.
screening-email = There seems to be an e-mail address here. Take it away.
screening-iban = There seems to be an account number here. Take it away.
screening-plate = There seems to be a vehicle's plate number here. Take it away.
screening-birth = There is a date of birth here. Write an age group at most, for example about 60.
screening-birth-ask = Is this somebody's date of birth? If so, take it away.
screening-number = There is the number of a client, a decision or a matter here. Take it away.
screening-number-ask = Is this somebody's client or matter number? If so, take it away.
screening-address = There is an address here. Write the name of the area or municipality instead.
screening-address-ask = Is this somebody's home address? Write the name of the area or municipality instead.
screening-name = There is a name here. Write the role instead, for example client or neighbour.
screening-name-ask = Is this somebody's name? Write the role instead, for example client or neighbour.
screening-rare = This and the place together may tell who the person is. Can it be said more generally?
