package motette.bodies;

import io.micronaut.core.annotation.Introspected;

/**
 * A Gremium.
 *
 * @param kind                "districtCouncil", "localCouncil" or "fundBoard"
 * @param districtKey         of a district council, otherwise empty
 * @param communityKey        of a local council, otherwise empty
 * @param seats               those with a vote, the chair only where the chair votes
 * @param informationSystemId its number in the city's council information system; empty where it has none
 */
@Introspected
public record Body(
        String key,
        String kind,
        String name,
        String districtKey,
        String communityKey,
        int seats,
        boolean chairVotes,
        String venue,
        String address,
        String informationSystemId) {}
