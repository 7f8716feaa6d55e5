/** Motette starts here: the command, the embedded database of the demo city, and what goes wrong at a start. */
@NullMarked
package motette;

import org.jspecify.annotations.NullMarked;
