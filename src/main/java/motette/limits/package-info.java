/**
 * How much somebody may send in a time, whom the city has blocked, and how a form notices a program: what keeps the rest usable
 * when many come at once or one comes too often. Counts across all copies of the application; keeps no address and no network.
 */
@NullMarked
package motette.limits;

import org.jspecify.annotations.NullMarked;
