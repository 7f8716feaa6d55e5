package motette.allocation.rules;

import java.util.List;

/**
 * Where a rule's own measure left projects equal and the announced order decided.
 *
 * @param with  the projects that were equal, in tie order; empty when there was no tie
 * @param decided by what the chosen one comes before the first of them; one entry per project of {@code with}
 */
public record Tie(List<Integer> with, List<TieOrder.Criterion> decided) {

    public static final Tie NONE = new Tie(List.of(), List.of());

    public boolean occurred() {
        return !with.isEmpty();
    }
}
