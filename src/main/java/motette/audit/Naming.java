package motette.audit;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the public calls the things that deeds are about. The log knows them as "idea:128"; whoever owns ideas says the rest, so
 * that the log need not look upwards.
 */
public interface Naming {

    /** The word before the colon. */
    String kind();

    /**
     * Names of those that the public may see; whatever is left out is called by its kind and key.
     *
     * @param keys what stands behind the colon; at most some fifty
     */
    Map<String, Named> named(Set<String> keys, Locale locale);

    /**
     * A thing with a name.
     *
     * @param path its page; empty where it has none
     */
    record Named(String words, String path) {}
}
