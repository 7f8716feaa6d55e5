package motette.statements;

import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * An idea or an application as statements need it.
 *
 * @param authorId  who wrote the idea or asks; 0 on paper, and once the account is erased
 * @param cents     rough cost or sum asked of the fund; null where nobody said
 * @param isPublic  everybody reads of it
 * @param isOpen    it waits for a decision, so that offices can be asked
 */
@Introspected
record Matter(
        Subject subject,
        String title,
        String bodyKey,
        String bodyName,
        long authorId,
        @Nullable Long cents,
        boolean isPublic,
        boolean isOpen) {}
