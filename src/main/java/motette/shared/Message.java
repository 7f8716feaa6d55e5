package motette.shared;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * A sentence for people, not yet in a language: its key in {@code web/messages} and what is to be filled in.
 *
 * @param key  name of the text
 * @param args what {0}, {1} … stand for
 */
@Introspected
public record Message(String key, List<Object> args) {

    public static Message of(String key, Object... args) {
        return new Message(key, List.of(args));
    }
}
