package motette.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import motette.votes.DeskRounds;
import motette.votes.RoundEvent;
import motette.votes.TestRounds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever follows a place of a round, or whose idea stands on its ballot, hears of each step once. */
@MicronautTest(transactional = false)
class RoundTidingsTest extends PortalTest {

    @Inject
    DeskRounds made;

    @Inject
    TestRounds tests;

    @Inject
    RoundTidings tidings;

    @Inject
    ApplicationEventPublisher<RoundEvent> events;

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @BeforeEach
    void nobodyFollows() {
        tests.forgetAll();
        waiting.change("delete from watches");
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    private void follow(String email, String language, String column, String place) {
        waiting.change(
                "insert into watches (email, " + column + ", language, end_hash, asked_at, confirmed_at) values ('"
                        + email + "', '" + place + "', '" + language + "', sha256('" + email + "'), now(), now())");
    }

    private String told(long id, String kind) {
        return waiting.ask(
                "select coalesce(string_agg(recipient || ' ' || (unsubscribe <> ''), ', ' order by recipient),"
                        + " '') from mails where topic = 'places-round-" + id + "-" + kind + "'");
    }

    @Test
    void who_follows_a_district_or_a_quarter_of_it_is_told_of_each_step_once_in_their_language() {
        follow("ost@motette.example", "de", "district_key", "2");
        follow("viertel@motette.example", "ar", "quarter_key", "21");
        follow("viertel@motette.example", "ar", "district_key", "2");
        follow("west@motette.example", "de", "district_key", "6");
        waiting.change("insert into watches (email, district_key, language, confirm_hash, end_hash, asked_at) values"
                + " ('unbestaetigt@motette.example', '2', 'de', sha256('x'), sha256('y'), now())");
        long id = made.prepared("gemeldet");
        waiting.change(
                "update persons set email = 'verfasst@motette.example' where demo_key = '" + Town.resident(4) + "'");
        waiting.change("update ideas set author_id = (select id from persons where demo_key = '" + Town.resident(4)
                + "') where number in (select idea_number from vote_candidates where round_id = " + id + ")");
        made.announce(id);
        var all = "ost@motette.example true, verfasst@motette.example false, viertel@motette.example true";
        assertThat(told(id, "announced")).isEqualTo(all);
        assertThat(waiting.ask("select subject || body from mails where topic = 'places-round-" + id
                        + "-announced' and recipient like 'viertel%'"))
                .contains("أُعلن عن تصويت", "/votes/gemeldet", "/watches/end/");
        tidings.look();
        assertThat(told(id, "opened")).as("not open yet").isEmpty();
        clock.set(made.opensAt(id));
        made.hold(id);
        tidings.look();
        assertThat(told(id, "opened")).as("held").isEmpty();
        made.resume(id);
        tidings.look();
        follow("spaeter@motette.example", "de", "district_key", "2");
        tidings.look();
        assertThat(told(id, "opened")).isEqualTo(all);
        events.publishEvent(new RoundEvent(id, RoundEvent.Kind.PUBLISHED));
        events.publishEvent(new RoundEvent(id, RoundEvent.Kind.PUBLISHED));
        assertThat(told(id, "published")).isEqualTo(all.replace("verf", "spaeter@motette.example true, verf"));
        waiting.change("delete from mails where topic like 'places-round-" + id + "-%'");
        tidings.look();
        events.publishEvent(new RoundEvent(id, RoundEvent.Kind.PUBLISHED));
        assertThat(told(id, "published") + told(id, "opened"))
                .as("mails are tidied away some day, that people were told is not")
                .isEmpty();
    }
}
