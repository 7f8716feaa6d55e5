package motette.oparl;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types of objects that stand in external lists, with the words of their addresses. */
enum Kind {
    ORGANIZATION("organization", "organizations", "Organization"),
    PERSON("person", "people", "Person"),
    MEMBERSHIP("membership", "memberships", "Membership"),
    MEETING("meeting", "meetings", "Meeting"),
    AGENDA_ITEM("agenda-item", "agenda-items", "AgendaItem"),
    PAPER("paper", "papers", "Paper"),
    CONSULTATION("consultation", "consultations", "Consultation"),
    FILE("file", "files", "File"),
    LOCATION("location", "locations", "Location"),
    LEGISLATIVE_TERM("legislative-term", "legislative-terms", "LegislativeTerm");

    private static final String SCHEMA = "https://schema.oparl.org/1.1/";

    private final String one;
    private final String many;
    private final String type;

    Kind(String one, String many, String type) {
        this.one = one;
        this.many = many;
        this.type = type;
    }

    static Optional<Kind> ofOne(String word) {
        return Arrays.stream(values()).filter(kind -> kind.one.equals(word)).findFirst();
    }

    static Optional<Kind> ofMany(String word) {
        return Arrays.stream(values()).filter(kind -> kind.many.equals(word)).findFirst();
    }

    String one() {
        return one;
    }

    String many() {
        return many;
    }

    String schema() {
        return schema(type);
    }

    static String schema(String type) {
        return SCHEMA + type;
    }

    /** Objects that are given whole within one of this kind, by the name of the property that holds their keys. */
    Map<String, Kind> inner() {
        return switch (this) {
            case ORGANIZATION -> Map.of("location", LOCATION);
            case PERSON -> Map.of("membership", MEMBERSHIP);
            case MEETING -> Map.of("location", LOCATION, "agendaItem", AGENDA_ITEM, "resultsProtocol", FILE);
            case AGENDA_ITEM -> Map.of("auxiliaryFile", FILE);
            case PAPER -> Map.of("location", LOCATION, "consultation", CONSULTATION);
            default -> Map.of();
        };
    }

    /** What points back to the object around it, and is left out there. */
    List<String> backwards() {
        return switch (this) {
            case MEMBERSHIP -> List.of("person");
            case AGENDA_ITEM -> List.of("meeting");
            case CONSULTATION -> List.of("paper");
            case LOCATION -> List.of("organizations", "meetings", "papers");
            case FILE -> List.of("meeting", "agendaItem");
            case LEGISLATIVE_TERM -> List.of("body");
            default -> List.of();
        };
    }
}
