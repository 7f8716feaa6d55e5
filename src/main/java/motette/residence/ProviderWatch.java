package motette.residence;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import motette.signin.ClaimsSeen;
import motette.signin.ClaimsSeen.Attribute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever signs in with a provider that vouches for their names and their date of birth shows with it where they live, in the same
 * transaction. Where the provider says less, or the rules say no, the sign-in goes on without.
 */
@Singleton
class ProviderWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderWatch.class);

    /** A proof is renewed by signing in once in this time, so that not every sign-in writes. */
    private static final Duration FRESH = Duration.ofDays(1);

    private final Residences residences;
    private final Clock clock;

    ProviderWatch(Residences residences, Clock clock) {
        this.residences = residences;
        this.clock = clock;
    }

    @EventListener
    void show(ClaimsSeen claims) {
        verified(claims)
                .filter(who -> !isFresh(claims.personId()))
                .map(who -> residences.shownBy(claims.personId(), who))
                .ifPresent(outcome -> LOG.info(
                        "provider vouched for a residence provider={} person={} outcome={}",
                        claims.provider(),
                        claims.personId(),
                        outcome.getClass().getSimpleName()));
    }

    private boolean isFresh(long personId) {
        return residences
                .of(personId)
                .proof()
                .filter(proof -> proof.way() == Way.PROVIDER
                        && clock.instant().isBefore(proof.since().plus(FRESH)))
                .isPresent();
    }

    private static Optional<VerifiedPerson> verified(ClaimsSeen claims) {
        var given = text(claims, Attribute.GIVEN_NAMES);
        var family = text(claims, Attribute.FAMILY_NAME);
        return given.isEmpty() || family.isEmpty()
                ? Optional.empty()
                : assurance(claims)
                        .flatMap(level -> day(text(claims, Attribute.BIRTH_DATE))
                                .map(born -> new VerifiedPerson(
                                        given,
                                        family,
                                        born,
                                        text(claims, Attribute.STREET),
                                        text(claims, Attribute.POSTAL_CODE),
                                        text(claims, Attribute.QUARTER),
                                        level)));
    }

    private static String text(ClaimsSeen claims, Attribute attribute) {
        return claims.attributes().getOrDefault(attribute, "");
    }

    private static Optional<Assurance> assurance(ClaimsSeen claims) {
        return switch (claims.level()) {
            case NONE -> Optional.empty();
            case LOW -> Optional.of(Assurance.LOW);
            case SUBSTANTIAL -> Optional.of(Assurance.SUBSTANTIAL);
            case HIGH -> Optional.of(Assurance.HIGH);
        };
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException no) {
            return Optional.empty();
        }
    }
}
