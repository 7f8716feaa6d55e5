package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/** All bodies by kind. */
@Introspected
record BodiesPage(List<Kind> kinds) {

    private static final List<String> ORDER = List.of("districtCouncil", "localCouncil", "fundBoard");

    @Introspected
    record Kind(String key, List<Row> bodies) {}

    /** @param taken seats that somebody holds now */
    @Introspected
    record Row(String key, String kind, String name, int seats, int taken, String venue, String address) {

        int vacant() {
            return Math.max(0, seats - taken);
        }
    }

    static BodiesPage of(List<Row> bodies) {
        return new BodiesPage(ORDER.stream()
                .map(kind -> new Kind(
                        kind,
                        bodies.stream().filter(body -> body.kind().equals(kind)).toList()))
                .filter(kind -> !kind.bodies().isEmpty())
                .toList());
    }
}
