package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.stream.Collectors;
import motette.shared.Paging;

/** What the list with its map prints. */
@Introspected
record IdeasPage(
        List<IdeaRow> rows,
        Paging paging,
        IdeaFilter filter,
        IdeaFilterChoices.Choices choices,
        List<Double> bounds,
        String attribution) {

    List<String> states() {
        return List.of("published", "decided", "granted", "not-granted", "postponed");
    }

    List<String> sorts() {
        return List.of("newest", "supported", "random");
    }

    String boundsText() {
        return bounds.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
