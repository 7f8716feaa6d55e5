package motette.notifications;

import io.micronaut.core.annotation.Introspected;

/**
 * What an author is told.
 *
 * @param pseudonym   empty for a guest
 * @param guest       handed in without a sign-in: looks the idea up by its code
 * @param open        everybody may see the idea
 * @param office      name of the body or area in whose name it happened, or empty
 * @param area        whether that is an area, named after its places, and not a body
 * @param language    tag of the language to write in
 * @param amountCents granted money in euro cents, 0 where none
 */
@Introspected
record News(
        String title,
        String pseudonym,
        String email,
        boolean guest,
        boolean open,
        String office,
        boolean area,
        String reasonKey,
        String note,
        long amountCents,
        String language) {}
