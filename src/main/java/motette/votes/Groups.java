package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How many of each group, as far as the public reads it: groups of fewer than {@value #LEAST} are joined, with the next larger ones
 * where they are still too few, so that nobody finds them by subtraction. Nothing is told where nothing would be left apart.
 *
 * @param told largest first
 * @param rest people of all other groups together; 0 or at least {@value #LEAST}
 */
@Introspected
record Groups(List<Group> told, long rest) {

    static final long LEAST = 10;

    static final Groups NOTHING = new Groups(List.of(), 0);

    @Introspected
    record Group(String key, long people) {}

    static Groups of(Map<String, Long> people) {
        var told = new ArrayList<>(people.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> new Group(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(Group::people).reversed().thenComparing(Group::key))
                .toList());
        long rest = 0;
        while (!told.isEmpty() && (told.getLast().people() < LEAST || (rest > 0 && rest < LEAST))) {
            rest += told.removeLast().people();
        }
        return told.isEmpty() ? NOTHING : new Groups(List.copyOf(told), rest);
    }

    long all() {
        return told.stream().mapToLong(Group::people).sum() + rest;
    }

    boolean isTold() {
        return !told.isEmpty();
    }
}
