/**
 * Which projects fit the budget: proposals for a council, computed by published rules, explained sentence by sentence, and open
 * to be recomputed by anybody. A run proposes; a resolution decides. The rules themselves stand in {@code rules} and know neither
 * database nor HTTP; {@code pabulib} reads and writes their files.
 */
@NullMarked
package motette.allocation;

import org.jspecify.annotations.NullMarked;
