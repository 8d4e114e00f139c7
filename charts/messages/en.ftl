# Words in the place of a figure, in a picture and its table
chart-missing = not known
chart-hidden = under { $threshold }, not shown
chart-and-over = { $from } or more

# Why a file of borders was refused
borders-too-large = The file is too large. At most { $number } megabytes are read. Choose a coarser scale, for example 1:4 500 000.
borders-too-deep = The file is nested deeper than { $number } levels. A file of municipal borders is not.
borders-not-a-number = The file has a coordinate that is not a number.
borders-not-json = The file is not JSON. The error is on line { $number }.
borders-not-a-collection = The file is not a GeoJSON collection of areas (FeatureCollection).
borders-too-many-areas = The file has more than { $number } areas. Choose the borders of municipalities.
borders-too-many-points = The file has more than { $number } points. Choose a coarser scale.
borders-not-a-polygon = Area { $number } is not a polygon (Polygon or MultiPolygon).
borders-no-code = Area { $number } has no number of a municipality. It should be in kunta, natcode, kuntanro or code.
borders-unknown-municipality = The municipality number of area { $number } is not in the list of municipalities in force.
borders-twice = Municipality { $number } is in the file twice.
borders-swapped = The coordinates of area { $number } have latitude before longitude. GeoJSON has longitude first.
borders-elsewhere = Area { $number } is not in Finland. Coordinates should be degrees or metres of ETRS-TM35FIN.
