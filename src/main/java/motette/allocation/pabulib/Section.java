package motette.allocation.pabulib;

import java.util.Arrays;
import java.util.Optional;

/** The parts of a file, in their order. */
enum Section {
    META("key"),
    PROJECTS("project_id"),
    VOTES("voter_id");

    private final String firstColumn;

    Section(String firstColumn) {
        this.firstColumn = firstColumn;
    }

    String firstColumn() {
        return firstColumn;
    }

    static Optional<Section> named(String text) {
        return Arrays.stream(values())
                .filter(section -> section.name().equalsIgnoreCase(text))
                .findFirst();
    }
}
