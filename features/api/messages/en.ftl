
log-event-token-create = Interface token created
log-event-token-refused = Interface request refused
log-event-request-repeat = Repeated request answered again
