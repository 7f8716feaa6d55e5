/**
 * Elections as files in Pabulib's {@code .pb} format, read strictly and streamed, written with nothing lost. A file is taken as a
 * whole or refused with the place and the value at fault; nothing is guessed. Format: pabulib.org/format.
 */
@NullMarked
package motette.allocation.pabulib;

import org.jspecify.annotations.NullMarked;
