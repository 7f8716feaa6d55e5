package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;

/** What the coordinator compares with the card. */
@Introspected
record DeskCheckPage(
        String code, String name, LocalDate born, String street, String postcode, String city, String quarter) {

    static DeskCheckPage of(DeskCodes.Look.Seen seen, String city) {
        var card = seen.card();
        return new DeskCheckPage(
                seen.typed(),
                card.name(),
                card.born(),
                card.street(),
                card.postcode(),
                city,
                seen.quarter().name());
    }
}
