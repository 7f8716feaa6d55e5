package motette.shared;

import io.micronaut.core.annotation.Introspected;

/**
 * The rules say no: why, and the way out. The page explains with it, the service refuses with it.
 *
 * @param reason   the sentence a person reads
 * @param wayOut   where the next useful thing is, a path of this site; empty where there is none
 * @param wayOutText what the link says; empty where there is none
 */
@Introspected
public record Refusal(Message reason, String wayOut, String wayOutText) {

    public static Refusal of(String key, Object... args) {
        return new Refusal(Message.of(key, args), "", "");
    }

    public Refusal withWayOut(String path, String textKey) {
        return new Refusal(reason, path, textKey);
    }
}
