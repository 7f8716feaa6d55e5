package motette.limits;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Thrown where a limit is used up: answered as 429 with the time to wait and a page that keeps what was typed. */
public final class TooMany extends RuntimeException {

    private final transient Pause pause;
    private final String path;
    private final transient Map<String, List<String>> typed;

    public TooMany(Pause pause) {
        this(pause, "", Map.of());
    }

    private TooMany(Pause pause, String path, Map<String, List<String>> typed) {
        super(pause.refusal().reason().key(), null, false, false);
        this.pause = pause;
        this.path = path;
        this.typed = typed;
    }

    /**
     * The page offers to send this form again.
     *
     * @param action path that the form is sent to
     * @param form   its fields as sent; the token of the form is not kept
     */
    public TooMany keeping(String action, Map<String, ?> form) {
        var fields = new TreeMap<String, List<String>>();
        form.forEach((name, value) -> {
            if (!name.equals("csrf")) {
                fields.put(
                        name,
                        value instanceof List<?> many
                                ? many.stream().map(String::valueOf).toList()
                                : List.of(String.valueOf(value)));
            }
        });
        return new TooMany(pause, action, fields);
    }

    public Pause pause() {
        return pause;
    }

    /** Where the kept form is sent to; empty where none was kept. */
    public String path() {
        return path;
    }

    public Map<String, List<String>> typed() {
        return typed;
    }
}
