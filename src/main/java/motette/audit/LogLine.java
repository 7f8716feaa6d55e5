package motette.audit;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import motette.shared.Message;

/**
 * A public deed as people read it.
 *
 * @param what   the deed in a sentence
 * @param by     in which role it was done
 * @param name   of its subject
 * @param path   to its subject; empty where there is no page
 * @param reason why; empty where none was given
 * @param block  number of the block that seals it; 0 while it waits for one
 */
@Introspected
record LogLine(long id, Instant at, Message what, Message by, Message name, String path, String reason, long block) {}
