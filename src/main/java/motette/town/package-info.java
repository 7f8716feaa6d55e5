/** The cast of the demo city and of all tests: people called by what they do. Seeded in demo mode only. */
@NullMarked
package motette.town;

import org.jspecify.annotations.NullMarked;
