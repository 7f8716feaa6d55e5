/** Public data for machines: the JSON API, GeoJSON (RFC 7946) and its OpenAPI description. Nothing here that a page would not show to everybody. */
@NullMarked
package motette.opendata;

import org.jspecify.annotations.NullMarked;
