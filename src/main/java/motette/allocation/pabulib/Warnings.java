package motette.allocation.pabulib;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gathers warnings; of each kind the first ones are kept and the others counted, so that a large file cannot fill the memory. */
final class Warnings {

    private static final int KEPT = 20;

    private final List<Warning> kept = new ArrayList<>();
    private final Map<Warning.Kind, Long> counts = new EnumMap<>(Warning.Kind.class);

    /** Whether a further one of that kind would be kept; its text need not be composed otherwise. */
    boolean add(Warning.Kind kind) {
        return counts.merge(kind, 1L, Long::sum) <= KEPT;
    }

    void keep(Warning.Kind kind, Place place, String thing, String value, String sentence) {
        kept.add(new Warning(
                kind, place.line(), place.column(), thing, Quoted.plain(value), place + ": " + thing + " " + sentence));
    }

    List<Warning> all() {
        var all = new ArrayList<>(kept);
        counts.forEach((kind, count) -> {
            if (count > KEPT) {
                var more = count - KEPT;
                all.add(new Warning(
                        kind,
                        0,
                        0,
                        "",
                        String.valueOf(more),
                        "and " + more + " more of the kind "
                                + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
            }
        });
        return List.copyOf(all);
    }
}
