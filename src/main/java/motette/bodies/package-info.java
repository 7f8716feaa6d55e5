/**
 * Who decides: district councils (Stadtbezirksbeiräte, SächsGemO §§ 70, 71), local councils (Ortschaftsräte, §§ 65 to 69)
 * and the board of the health fund, with their seats and rules of procedure.
 */
@NullMarked
package motette.bodies;

import org.jspecify.annotations.NullMarked;
