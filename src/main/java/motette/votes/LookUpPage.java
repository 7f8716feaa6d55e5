package motette.votes;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;

/**
 * @param counted receipts can be looked up
 * @param typed   as the person typed it
 * @param answer  counted, missing or empty
 */
@Introspected
record LookUpPage(RoundCard card, boolean counted, String typed, String answer, Problems problems) {}
