/**
 * From the resolution to the money (VwVfG §§ 35, 41, 49, 49a; VwGO § 70; budget law of the city): the notice on an own project or the
 * order to an office, payouts that two people release, the proof of use, what comes back, and what falls back at the end of the year.
 * Every euro that moves is a row of the ledger and a row that says for which grant.
 */
@NullMarked
package motette.grants;

import org.jspecify.annotations.NullMarked;
