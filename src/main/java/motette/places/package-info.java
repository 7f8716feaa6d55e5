/**
 * Where something is: the districts, quarters, communities and overlapping areas of the one city this installation
 * serves, and which quarter a point lies in. Everything about that city is in its city pack.
 */
@NullMarked
package motette.places;

import org.jspecify.annotations.NullMarked;
