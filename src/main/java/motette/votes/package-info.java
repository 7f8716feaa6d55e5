/**
 * Voting rounds (Abstimmungsrunden): from the frozen list of candidates over one electoral roll and a sealed urn to a result that
 * anybody can recount. Residents' votes advise; the council decides (SächsGemO § 28). What is kept secret from whom, and what is
 * not, stands in {@code src/docs/secrecy.md}.
 */
@NullMarked
package motette.votes;

import org.jspecify.annotations.NullMarked;
