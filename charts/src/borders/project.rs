//! ETRS-TM35FIN: the transverse Mercator projection of the official maps (GRS80, central meridian 27°,
//! scale 0.9996, false easting 500 000 m), by Krüger's series to the third order: exact to a millimetre in
//! Finland.

const SEMI_MAJOR: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_222_101;
const SCALE: f64 = 0.9996;
const MERIDIAN: f64 = 27.0;
const FALSE_EAST: f64 = 500_000.0;

/// What two numbers of a file are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// East and north of ETRS-TM35FIN.
    Metres(f64, f64),
    /// Degrees with the latitude first.
    Swapped,
    Elsewhere,
}

/// Degrees or metres, by where they lie; Finland and its waters are in both of them apart.
pub(super) fn to_metres(first: f64, second: f64) -> Place {
    let east_degrees = 19.0..=32.0;
    let north_degrees = 58.5..=70.5;
    if east_degrees.contains(&first) && north_degrees.contains(&second) {
        let (east, north) = project(first, second);
        return Place::Metres(east, north);
    }
    if east_degrees.contains(&second) && north_degrees.contains(&first) {
        return Place::Swapped;
    }
    if (20_000.0..=800_000.0).contains(&first) && (6_500_000.0..=7_850_000.0).contains(&second) {
        return Place::Metres(first, second);
    }
    Place::Elsewhere
}

/// East and north in metres of a longitude and a latitude in degrees.
fn project(longitude: f64, latitude: f64) -> (f64, f64) {
    let n = FLATTENING / (2.0 - FLATTENING);
    let (n2, n3) = (n * n, n * n * n);
    let radius = SEMI_MAJOR / (1.0 + n) * (1.0 + n2 / 4.0 + n2 * n2 / 64.0);
    let series = [
        n / 2.0 - n2 * 2.0 / 3.0 + n3 * 5.0 / 16.0,
        n2 * 13.0 / 48.0 - n3 * 3.0 / 5.0,
        n3 * 61.0 / 240.0,
    ];
    let eccentricity = (FLATTENING * (2.0 - FLATTENING)).sqrt();
    let (phi, lambda) = (latitude.to_radians(), (longitude - MERIDIAN).to_radians());
    let conformal = phi.tan().asinh() - eccentricity * (eccentricity * phi.sin()).atanh();
    let xi = conformal.sinh().atan2(lambda.cos());
    let eta = (lambda.sin() / conformal.cosh()).atanh();
    // Of the spherical transverse Mercator: the isometric latitude turned to the central meridian.
    let (mut north, mut east) = (xi, eta);
    for (order, factor) in (1..).map(|order| 2.0 * f64::from(order)).zip(series) {
        north += factor * (order * xi).sin() * (order * eta).cosh();
        east += factor * (order * xi).cos() * (order * eta).sinh();
    }
    (SCALE * radius * east + FALSE_EAST, SCALE * radius * north)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projection_agrees_with_the_worked_point_of_the_recommendation() {
        // Public administration's recommendation on ETRS89 coordinates, worked example.
        let (east, north) = project(19.848_136_769_44, 60.385_106_872_2);
        assert!((north - 6_715_706.377).abs() < 0.01, "{north}");
        assert!((east - 106_256.360).abs() < 0.01, "{east}");
        // On the central meridian nothing leans.
        assert_eq!(project(27.0, 65.0).0, FALSE_EAST);
    }

    #[test]
    fn where_numbers_lie_tells_what_they_are() {
        assert!(matches!(to_metres(25.7, 62.2), Place::Metres(_, _)));
        assert_eq!(to_metres(62.2, 25.7), Place::Swapped);
        assert_eq!(
            to_metres(435_000.0, 6_900_000.0),
            Place::Metres(435_000.0, 6_900_000.0)
        );
        // Web Mercator, zero, and another country.
        assert_eq!(to_metres(2_800_000.0, 8_900_000.0), Place::Elsewhere);
        assert_eq!(to_metres(0.0, 0.0), Place::Elsewhere);
        assert_eq!(to_metres(18.0, 59.3), Place::Elsewhere);
        assert_eq!(to_metres(f64::NAN, 62.0), Place::Elsewhere);
    }
}
