package motette.residence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import motette.PortalTest;
import motette.Waiting;
import motette.signin.ClaimsSeen;
import motette.signin.ClaimsSeen.Attribute;
import motette.town.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a provider says at a sign-in shows where somebody lives, if it says enough and is sure enough. */
@MicronautTest(transactional = false)
class ProviderWatchTest extends PortalTest {

    private static final Map<Attribute, String> WHOLE = Map.of(
            Attribute.GIVEN_NAMES, "Testa Testb",
            Attribute.FAMILY_NAME, "Person",
            Attribute.BIRTH_DATE, "1980-03-07",
            Attribute.STREET, "Prüfstraße 900",
            Attribute.POSTAL_CODE, "04315",
            Attribute.QUARTER, "21");

    @Inject
    ApplicationEventPublisher<ClaimsSeen> announcements;

    @Inject
    Residences residences;

    @Inject
    Waiting waiting;

    private long person;

    @BeforeEach
    void nobody() {
        var residents = new Residents(waiting);
        residents.forgetAll();
        person = residents.id(Town.resident(3));
    }

    @Test
    void names_and_birth_from_a_sure_provider_show_residence_once_a_day() {
        announce(motette.signin.Assurance.SUBSTANTIAL, WHOLE);
        var proof = residences.of(person).proof().orElseThrow();
        assertThat(proof.way()).isEqualTo(Way.PROVIDER);
        assertThat(proof.quarter().key()).isEqualTo("21");
        announce(motette.signin.Assurance.SUBSTANTIAL, WHOLE);
        assertThat(residences.of(person).proof().orElseThrow().id()).isEqualTo(proof.id());
    }

    @Test
    void whoever_is_not_sure_enough_shows_nothing() {
        announce(motette.signin.Assurance.LOW, WHOLE);
        announce(motette.signin.Assurance.NONE, WHOLE);
        assertThat(residences.of(person).isShown()).isFalse();
    }

    @Test
    void without_names_or_a_day_of_birth_nothing_happens() {
        for (var missing : new Attribute[] {Attribute.GIVEN_NAMES, Attribute.FAMILY_NAME, Attribute.BIRTH_DATE}) {
            var less = new EnumMap<>(WHOLE);
            less.remove(missing);
            announce(motette.signin.Assurance.HIGH, less);
        }
        var year = new EnumMap<>(WHOLE);
        year.put(Attribute.BIRTH_DATE, "1980");
        announce(motette.signin.Assurance.HIGH, year);
        assertThat(residences.of(person).isShown()).isFalse();
    }

    private void announce(motette.signin.Assurance level, Map<Attribute, String> attributes) {
        announcements.publishEvent(new ClaimsSeen(person, "land", level, attributes));
    }
}
