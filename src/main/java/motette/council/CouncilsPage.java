package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.people.Standin;

/**
 * All bodies.
 *
 * @param mine the bodies somebody sits in or chairs
 */
@Introspected
record CouncilsPage(int year, List<Council> mine, List<Kind> kinds) {

    @Introspected
    record Kind(String key, List<Council> councils) {}

    /**
     * @param waiting      ideas that wait for it
     * @param appropriated euro cents of its budget of the year; 0 where none is open
     * @param standins     who stands in for the chair at this moment
     */
    @Introspected
    record Council(
            String key,
            String kind,
            String name,
            int seats,
            String venue,
            String address,
            long waiting,
            long available,
            long appropriated,
            List<Standin> standins) {

        Council with(long availableCents, long appropriatedCents) {
            return new Council(
                    key, kind, name, seats, venue, address, waiting, availableCents, appropriatedCents, standins);
        }

        Council with(List<Standin> standingIn) {
            return new Council(key, kind, name, seats, venue, address, waiting, available, appropriated, standingIn);
        }
    }
}
