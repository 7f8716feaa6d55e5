package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Optional;
import motette.shared.Problems;
import motette.shared.Refusal;

/**
 * What somebody looks through before they cast it.
 *
 * @param kept     there is a choice on this device
 * @param parts    districts with something ticked, and the reader's own
 * @param pairs    both ticked, and only one can be carried out: allowed, and said
 * @param problems of the choice, to be mended on the ballot
 * @param why      why the reader cannot cast it, with the way out
 * @param name     who is signed in; empty for a guest
 * @param again    they have voted already and change their ballot
 * @param attempt  the form that is cast
 * @param said     what was just done, or empty
 */
@Introspected
record ReviewPage(
        RoundCard card,
        String form,
        boolean kept,
        boolean blank,
        List<Part> parts,
        List<Pair> pairs,
        Problems problems,
        Optional<Refusal> why,
        String name,
        boolean again,
        String attempt,
        String said) {

    /** @param gone ticked, but withdrawn in the meantime */
    @Introspected
    record Part(String name, List<RoundPage.Line> lines, List<RoundPage.Line> gone, Sum sum) {}

    /** @param one title of it */
    @Introspected
    record Pair(String one, String other) {

        static List<Pair> of(List<Listed> listed, Choice choice) {
            return listed.stream()
                    .filter(one -> one.stands() && choice.pointsOf(one.number()) > 0)
                    .flatMap(one -> listed.stream()
                            .filter(other -> other.stands()
                                    && choice.pointsOf(other.number()) > 0
                                    && one.number() < other.number()
                                    && one.excludes().contains(other.number()))
                            .map(other -> new Pair(one.title(), other.title())))
                    .toList();
        }
    }

    boolean ready() {
        return kept && problems.isEmpty() && why.isEmpty();
    }
}
