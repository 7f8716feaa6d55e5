package motette.grants;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.town.Town;

/** Deeds on grants as people in Ost do them. */
@Singleton
final class PlayedGrants {

    static final String IBAN = "DE89 3704 0044 0532 0130 00";

    private final SomeGrants some;
    private final GrantDeeds deeds;
    private final GrantRepository grants;
    private final Clock clock;

    PlayedGrants(SomeGrants some, GrantDeeds deeds, GrantRepository grants, Clock clock) {
        this.some = some;
        this.deeds = deeds;
        this.grants = grants;
        this.clock = clock;
    }

    /** A notice that was handed over and is final, with an account. */
    void issueAndWaive(long id, Visitor applicant) {
        act(officer(), id, "notice", project());
        act(
                officer(),
                id,
                "service",
                Map.of("channel", "hand", "sent", LocalDate.now(clock).toString()));
        act(applicant, id, "waiver", Map.of());
        act(applicant, id, "account", Map.of("holder", "Demo-Verein", "iban", IBAN));
    }

    void pay(long id, Visitor applicant, String amount) {
        assertThat(act(applicant, id, "request", Map.of("request", uuid(), "amount", amount))
                        .isEmpty())
                .isTrue();
        var release = Map.of("payout", String.valueOf(file(id).payoutId()));
        act(officer(), id, "release", release);
        act(person(Town.administrator()), id, "release", release);
    }

    Problems act(Visitor who, long id, String deed, Map<String, String> form) {
        return deeds.act(who, id, deed, form).orElseThrow();
    }

    Map<String, String> project() {
        var today = LocalDate.now(clock);
        return Map.of(
                "from",
                today.toString(),
                "to",
                LocalDate.of(today.getYear(), 12, 31).toString());
    }

    GrantFile file(long id) {
        return grants.find(id).orElseThrow();
    }

    Visitor officer() {
        return person(Town.officer());
    }

    Visitor person(String key) {
        return new Visitor(some.person(key), "", Set.of(), 0, Instant.now().plus(Duration.ofDays(900)));
    }

    static String uuid() {
        return UUID.randomUUID().toString();
    }
}
