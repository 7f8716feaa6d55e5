package motette.signin;

import io.micronaut.core.annotation.Introspected;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import motette.shared.Problems;

/**
 * What the sign-in page prints.
 *
 * @param passkeyFirst whether this device has a passkey, which then stands before everything else
 */
@Introspected
record SignInPage(
        String next,
        boolean demo,
        List<Group> groups,
        boolean passkeyFirst,
        List<PartyButton> parties,
        String email,
        Problems problems) {

    /** @param role key of the heading: resident, coordinator, chair, councillor, staff */
    @Introspected
    record Group(String role, List<DemoPerson> people) {}

    static SignInPage of(
            String next,
            List<DemoPerson> people,
            boolean passkeyFirst,
            List<PartyButton> parties,
            String email,
            Problems problems) {
        var groups = new LinkedHashMap<String, List<DemoPerson>>();
        for (var role : List.of("resident", "coordinator", "chair", "councillor", "staff")) {
            groups.put(
                    role,
                    people.stream()
                            .filter(person -> role.equals(heading(person.role())))
                            .toList());
        }
        return new SignInPage(
                next,
                !people.isEmpty(),
                groups.entrySet().stream()
                        .map(group -> new Group(group.getKey(), group.getValue()))
                        .toList(),
                passkeyFirst,
                parties,
                email,
                problems);
    }

    /** {@code next} as part of an address. */
    public String nextEncoded() {
        return URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    public boolean hasResidentParties() {
        return parties.stream().anyMatch(party -> !party.staff());
    }

    public boolean hasStaffParties() {
        return parties.stream().anyMatch(PartyButton::staff);
    }

    private static String heading(String role) {
        return switch (role) {
            case "resident", "coordinator", "chair", "councillor" -> role;
            default -> "staff";
        };
    }
}
