
log-event-token-create = Rajapinnan tunnus luotu
log-event-token-refused = Rajapinnan pyyntö evätty
log-event-request-repeat = Toistettu pyyntö vastattu uudelleen
