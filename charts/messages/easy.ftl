# Sanat luvun paikalla, selkosuomeksi. Luonnos, kunnes selkokielen osaaja on tarkistanut.
chart-missing = tietoa ei ole
chart-hidden = alle { $threshold }, emme näytä lukua
chart-and-over = { $from } tai enemmän
