package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Languages;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of proposing print; each step prints its part.
 *
 * @param step   1 place, 2 idea, 3 who it helps, 4 check
 * @param query  what was typed into the search for a place, or on the last step the address of a guest
 * @param spots  answers of the search for a place
 * @param owner  number of the person who proposes; empty for a guest. What is kept on the device is theirs
 * @param language tag of the language it is written in
 * @param languages in which it may be written
 * @param forwarded name of the report service when the category is one for it; empty otherwise
 */
@Introspected
record ProposePage(
        int step,
        Draft draft,
        Problems problems,
        String query,
        List<Spot> spots,
        List<District> districts,
        List<Community> communities,
        List<Option> categories,
        List<Option> groups,
        List<SimilarIdeas.Similar> similar,
        List<Photo> photos,
        String forwarded,
        String quarterName,
        String bodyName,
        String categoryLabel,
        List<String> groupLabels,
        @Nullable Long costCents,
        String bounds,
        String attribution,
        boolean signedIn,
        String owner,
        String pseudonym,
        String language,
        List<Reading.Spoken> languages) {

    @Introspected
    record Spot(String value, String name, String quarter, String kind, boolean chosen) {}

    @Introspected
    record District(String name, List<Option> quarters) {}

    @Introspected
    record Community(String key, String name, String body, boolean chosen) {}

    @Introspected
    record Option(String key, String label, String hint, String icon, String tone, boolean chosen) {}

    @Introspected
    record Photo(String id, String alt) {}

    /** For the words of the draft. */
    String direction() {
        return Languages.direction(language);
    }

    boolean hasPlace() {
        return draft.has(Draft.QUARTER);
    }

    boolean begun() {
        return draft.has(Draft.TITLE) || draft.has(Draft.DESCRIPTION);
    }

    boolean revises() {
        return draft.has(Draft.REVISES);
    }

    List<String> paragraphs() {
        return draft.get(Draft.DESCRIPTION)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
