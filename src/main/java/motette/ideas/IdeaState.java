package motette.ideas;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where an idea stands, as its story tells; with the look of its badge (src/docs/design.md). */
public enum IdeaState {
    HANDED_IN(false, "stone", "clock"),
    PUBLISHED(true, "lake", "people"),
    RETURNED(false, "sun", "undo"),
    DECLINED(false, "clay", "x"),
    WITHDRAWN(false, "stone", "forward"),
    GRANTED(true, "leaf", "euro"),
    GRANTED_IN_PART(true, "leaf", "euro"),
    NOT_GRANTED(true, "clay", "x"),
    POSTPONED(true, "sun", "calendar");

    /** For SQL: the states that everybody may see. */
    public static final String PUBLIC_SQL = "('published', 'granted', 'granted-in-part', 'not-granted', 'postponed')";

    public static final List<IdeaState> PUBLIC =
            Arrays.stream(values()).filter(IdeaState::isPublic).toList();

    private static final Map<String, IdeaState> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(IdeaState::key, Function.identity()));

    private final String key;
    private final boolean isPublic;
    private final String tone;
    private final String icon;

    IdeaState(boolean isPublic, String tone, String icon) {
        this.key = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.isPublic = isPublic;
        this.tone = tone;
        this.icon = icon;
    }

    public String key() {
        return key;
    }

    public boolean isPublic() {
        return isPublic;
    }

    /** Neighbours may still say that they want it. */
    public boolean takesSupport() {
        return this == PUBLISHED || this == POSTPONED;
    }

    public String tone() {
        return tone;
    }

    public String icon() {
        return icon;
    }

    public static Optional<IdeaState> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    public static IdeaState of(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("No state '" + key + "'"));
    }
}
