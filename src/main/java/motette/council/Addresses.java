package motette.council;

import java.util.Optional;
import motette.shared.RowNumbers;

/** Numbers in addresses; whatever else stands there leads to no page. */
final class Addresses {

    private Addresses() {}

    static Optional<Integer> year(String text) {
        return text.matches("[12]\\d{3}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    static Optional<Long> number(String text) {
        return RowNumbers.find(text).filter(number -> !text.startsWith("0"));
    }
}
