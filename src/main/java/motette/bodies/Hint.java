package motette.bodies;

import io.micronaut.core.annotation.Introspected;

/**
 * That a member of a body declared a function in an organisation of this name. No finding: a person asks, the member says whether they
 * are biased.
 *
 * @param organisation as the member wrote it
 * @param kind         what they are there
 */
@Introspected
public record Hint(long personId, String pseudonym, String organisation, String kind) {}
