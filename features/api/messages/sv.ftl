
log-event-token-create = Gränssnittsnyckel skapad
log-event-token-refused = Begäran i gränssnittet nekad
log-event-request-repeat = Upprepad begäran besvarad på nytt
