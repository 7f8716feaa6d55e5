package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * What a deed of an upper storey needs to know of an idea, read under its row lock.
 *
 * @param authorId     0 where a guest handed it in or the author is gone
 * @param state        as derived from its story: handed-in, published, returned, declined, withdrawn, granted,
 *                     granted-in-part, not-granted, postponed
 * @param communityKey null outside communities
 * @param costCents    rough cost in euro cents; null when not said
 */
@Introspected
public record IdeaFacts(
        long number,
        long authorId,
        String title,
        String state,
        String quarterKey,
        @Nullable String communityKey,
        String bodyKey,
        double lon,
        double lat,
        @Nullable Long costCents) {}
