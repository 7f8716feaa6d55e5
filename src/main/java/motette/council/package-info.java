/** What a body decides: resolutions on ideas (SächsGemO §§ 39, 40, 71), each reserving its money in the same transaction. */
@NullMarked
package motette.council;

import org.jspecify.annotations.NullMarked;
