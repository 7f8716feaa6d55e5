package motette.shared;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a form, at most one sentence a field, in the order of the fields; the person can mend it. */
public final class Problems {

    private final Map<String, Message> byField = new LinkedHashMap<>();

    public static Problems none() {
        return new Problems();
    }

    public Problems add(String field, String key, Object... args) {
        byField.putIfAbsent(field, Message.of(key, args));
        return this;
    }

    public boolean isEmpty() {
        return byField.isEmpty();
    }

    public boolean has(String field) {
        return byField.containsKey(field);
    }

    public int size() {
        return byField.size();
    }

    /** The sentence of a field that {@link #has} one. */
    public Message get(String field) {
        var message = byField.get(field);
        if (message == null) {
            throw new IllegalArgumentException("Nothing is wrong with " + field);
        }
        return message;
    }

    public List<Map.Entry<String, Message>> list() {
        return List.copyOf(byField.entrySet());
    }
}
