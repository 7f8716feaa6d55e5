package motette.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import motette.PortalTest;
import motette.Waiting;
import motette.ideas.EventKind;
import motette.ideas.Story;
import motette.town.Town;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest(transactional = false)
class IdeaMailsTest extends PortalTest {

    @Inject
    Waiting waiting;

    @Inject
    Deeds deeds;

    @ParameterizedTest
    @CsvSource({
        "PUBLISHED, Ihre Idee ist veröffentlicht, unterstützen",
        "GRANTED, Bewilligt, 1.234,50 €",
        "GRANTED_IN_PART, Teilweise bewilligt, 1.234,50 €",
        "NOT_GRANTED, Nicht bewilligt, kein Geld",
        "POSTPONED, Vertagt, Tagesordnung"
    })
    void the_author_is_told_what_happened_and_what_comes_next(EventKind kind, String subject, String sentence) {
        long number = idea();
        long event = deeds.tell(number, kind, "", "Weil es so ist.");
        assertThat(mail(number, event, "subject")).isEqualTo(subject + ": Bänke für die Prager Straße");
        assertThat(mail(number, event, "body"))
                .contains(sentence, "Weil es so ist.", "Demo-Einwohner", "/ideas/" + number)
                .doesNotContain("{", "null");
        assertThat(mail(number, event, "recipient")).isEqualTo(Town.resident(3) + "@motette.example");
    }

    @ParameterizedTest
    @CsvSource({"RETURNED, unclear, Noch nicht verständlich", "DECLINED, duplicate, Diese Idee gibt es schon"})
    void a_return_or_decline_names_its_reason_and_what_the_author_can_do(EventKind kind, String reason, String words) {
        long number = idea();
        long event = deeds.tell(number, kind, reason, "");
        assertThat(mail(number, event, "body"))
                .contains(words, "Der Grund: ", "Koordination West und Alt-West", "Wie es weitergeht")
                .doesNotContain("eigenen Worten", "{");
    }

    @Test
    void a_decision_that_is_rolled_back_leaves_no_mail() {
        long number = idea();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> deeds.tellAndFail(number)))
                .hasMessage("rolled back");
        assertThat(waiting.ask("select count(*) from mails where topic like 'idea-" + number + "-%'"))
                .isEqualTo("0");
    }

    @Test
    void authors_without_address_and_corrections_of_a_place_cause_no_mail() {
        waiting.change("update persons set email = null where demo_key = '" + Town.resident(4) + "'");
        long nobody = waiting.idea(Town.resident(4), "63", "Ohne Adresse geht es auch", Instant.now());
        deeds.tell(nobody, EventKind.PUBLISHED, "", "");
        long number = idea();
        long corrected = deeds.tell(number, EventKind.PLACE_CORRECTED, "", "");
        deeds.takeBack(number, corrected);
        assertThat(waiting.ask("select count(*) from mails where topic like 'idea-" + nobody
                        + "-%' or topic like 'idea-" + number + "-%'"))
                .isEqualTo("0");
    }

    @Test
    void a_decision_taken_back_is_told_too() {
        long number = idea();
        long published = deeds.tell(number, EventKind.PUBLISHED, "", "");
        deeds.takeBack(number, published);
        assertThat(waiting.ask(
                        "select string_agg(split_part(subject, ':', 1), ' / ' order by id) from mails where topic like"
                                + " 'idea-"
                                + number + "-%'"))
                .isEqualTo("Ihre Idee ist veröffentlicht / Wird noch einmal geprüft");
    }

    private long idea() {
        return waiting.idea(Town.resident(3), "63", "Bänke für die Prager Straße", Instant.now());
    }

    private String mail(long number, long event, String column) {
        return waiting.ask("select " + column + " from mails where topic = 'idea-" + number + "-event-" + event + "'");
    }

    /** What upper storeys do. */
    @Singleton
    static class Deeds {

        private final Story story;

        Deeds(Story story) {
            this.story = story;
        }

        @Transactional
        public long tell(long number, EventKind kind, String reason, String note) {
            story.lock(number);
            return story.tell(
                    number,
                    kind,
                    0,
                    "coordinator-west-alt-west",
                    reason,
                    note,
                    kind.name().startsWith("GRANTED") ? 123450L : null);
        }

        @Transactional
        public void takeBack(long number, long event) {
            story.takeBack(number, event, 0, "coordinator-west-alt-west");
        }

        @Transactional
        public void tellAndFail(long number) {
            story.tell(number, EventKind.PUBLISHED, 0, "", "", "", null);
            throw new IllegalStateException("rolled back");
        }
    }
}
