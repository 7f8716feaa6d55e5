package motette.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.limits.Blocked;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class BlockedTest extends PortalTest {

    private static final String PAGE = "/limits/blocked";
    private static final String REASON = "Wiederholt Werbung eingereicht, trotz zweier Hinweise.";

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @Inject
    Blocked blocked;

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void a_blocked_person_reads_everything_and_learns_why_and_where_to_object() {
        var idea = published("Eine Hecke am Weg");
        var person = browser().signIn(Town.resident(11));
        var form = Map.of("csrf", person.token());
        block(Town.resident(11) + "@Motette.Example ", REASON, "");
        var refused = person.post("/ideas/" + idea + "/support", form);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains(REASON, "Wenn Sie das für falsch halten", "href=\"/imprint\"");
        assertThat(waiting.ask("select count(*) from supports where idea_number = " + idea))
                .isEqualTo("0");
        assertThat(person.get("/ideas/" + idea).statusCode()).isEqualTo(200);
        assertThat(person.get("/me").statusCode()).isEqualTo(200);
        var neighbour = browser().signIn(Town.resident(12));
        assertThat(neighbour
                        .post("/ideas/" + idea + "/support", Map.of("csrf", neighbour.token()))
                        .statusCode())
                .isEqualTo(303);

        var id = waiting.ask("select max(id) from blocked_addresses");
        var administrator = browser().signIn(Town.administrator());
        var lifting = PAGE + "/" + id + "/lifting";
        var tooShort = administrator.submit(administrator.page(PAGE), lifting, Map.of("reason", "weil"));
        assertThat(tooShort.statusCode()).isEqualTo(422);
        assertThat(tooShort.body()).contains(">weil</textarea>");
        assertThat(administrator
                        .submit(administrator.page(PAGE), lifting, Map.of("reason", "Der Widerspruch war berechtigt."))
                        .statusCode())
                .isEqualTo(303);
        assertThat(person.post("/ideas/" + idea + "/support", form).statusCode())
                .isEqualTo(303);
        assertThat(waiting.ask("select string_agg(deed || ' ' || (reason <> ''), ', ' order by id) from audit_entries"
                        + " where subject = 'blocked-address:" + id + "'"))
                .isEqualTo("address.block true, address.lifting true");
    }

    @Test
    void a_blocked_person_hands_nothing_in_and_keeps_the_draft() {
        var person = browser().signIn(Town.resident(13));
        block(Town.resident(13) + "@motette.example", REASON, "");
        person.post("/ideas/new/topic", Map.of("csrf", person.token(), "title", "Ein Zaun", "category", "x"));
        var check = person.page("/ideas/new/topic");
        assertThat(check.select("[name=title]").val()).isEqualTo("Ein Zaun");
        var answer = person.post("/ideas/new/submission", Map.of("csrf", person.token(), "draft", draft()));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(REASON);
        assertThat(person.page("/ideas/new/topic").select("[name=title]").val()).isEqualTo("Ein Zaun");
    }

    @Test
    void a_block_ends_with_its_last_day_and_until_then_the_address_is_blocked_however_it_is_written() {
        var today = LocalDate.now(clock);
        block("Ende@Stadt.Example", REASON, today.plusDays(1).toString());
        assertThat(blocked.isBlocked("ende@stadt.example")).isTrue();
        assertThat(blocked.isBlocked(" ENDE@stadt.example")).isTrue();
        assertThat(blocked.isBlocked("anfang@stadt.example")).isFalse();
        clock.set(today.plusDays(2).atStartOfDay(clock.getZone()).toInstant().minusSeconds(5));
        assertThat(blocked.isBlocked("ende@stadt.example")).isTrue();
        clock.turn(Duration.ofSeconds(6));
        assertThat(blocked.isBlocked("ende@stadt.example")).isFalse();
    }

    @Test
    void the_address_is_kept_nowhere_and_a_block_is_lifted_but_not_changed() {
        block("geheim@stadt.example", REASON, "");
        assertThat(waiting.ask("select count(*) from blocked_addresses b where to_jsonb(b)::text like '%geheim@%'"))
                .isEqualTo("0");
        assertThat(waiting.ask("select count(*) from audit_entries a where to_jsonb(a)::text like '%geheim@%'"))
                .isEqualTo("0");
        assertThat(browser().signIn(Town.administrator()).page(PAGE).text()).doesNotContain("geheim@");
        for (var change : new String[] {
            "update blocked_addresses set reason = 'ein ganz anderer Grund'",
            "update blocked_addresses set until_at = now() + interval '9 years'",
            "delete from blocked_addresses where least(lifted_at, until_at) is null"
        }) {
            assertThatThrownBy(() -> waiting.change(change)).as(change).hasStackTraceContaining("lifted, not changed");
        }
    }

    @Test
    void only_administrators_block_and_lift() {
        block("zaun@stadt.example", REASON, "");
        var id = waiting.ask("select max(id) from blocked_addresses");
        for (var other : new String[] {
            Town.resident(), Town.coordinator("ost"), Town.chair("ost"), Town.officer(), Town.auditor()
        }) {
            var browser = browser().signIn(other);
            var form = Map.of("csrf", browser.token(), "email", "x@stadt.example", "reason", REASON);
            assertThat(browser.get(PAGE).statusCode()).as(other).isEqualTo(403);
            assertThat(browser.post(PAGE, form).statusCode()).as(other).isEqualTo(403);
            assertThat(browser.post(PAGE + "/" + id + "/lifting", form).statusCode())
                    .as(other)
                    .isEqualTo(403);
        }
        assertThat(blocked.isBlocked("zaun@stadt.example")).isTrue();
        assertThat(blocked.isBlocked("x@stadt.example")).isFalse();
    }

    @Test
    void a_term_that_has_ended_blocks_nobody() {
        var administrator = browser().signIn(Town.administrator());
        var csrf = administrator.token();
        waiting.change("update roles set to_date = current_date - 1 where name = 'administrator'");
        try {
            assertThat(administrator
                            .post(PAGE, Map.of("csrf", csrf, "email", "frist@stadt.example", "reason", REASON))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(blocked.isBlocked("frist@stadt.example")).isFalse();
        } finally {
            waiting.change("update roles set to_date = null where name = 'administrator'");
        }
    }

    @Test
    void what_is_wrong_with_a_block_is_said_and_what_was_typed_stays() {
        var administrator = browser().signIn(Town.administrator());
        var answer = administrator.submit(
                administrator.page(PAGE), PAGE, Map.of("email", "kein mail", "reason", "kurz", "until", "2001-01-01"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("vollständige E-Mail-Adresse", "10 bis 500 Zeichen", "heute oder einen späteren Tag")
                .contains("value=\"kein mail\"", ">kurz</textarea>", "value=\"2001-01-01\"");
        for (var until : new String[] {"morgen", "2026-13-45", "99999999999999-01-01"}) {
            assertThat(administrator
                            .post(
                                    PAGE,
                                    Map.of(
                                            "csrf",
                                            administrator.token(),
                                            "email",
                                            "a@b.example",
                                            "reason",
                                            REASON,
                                            "until",
                                            until))
                            .statusCode())
                    .as(until)
                    .isEqualTo(422);
        }
        assertThat(administrator
                        .post(PAGE + "/999999/lifting", Map.of("csrf", administrator.token(), "reason", REASON))
                        .statusCode())
                .isEqualTo(404);
        assertThat(administrator
                        .post(PAGE + "/x/lifting", Map.of("csrf", administrator.token(), "reason", REASON))
                        .statusCode())
                .isEqualTo(400);
    }

    private void block(String email, String reason, String until) {
        var administrator = browser().signIn(Town.administrator());
        var answer = administrator.submit(
                administrator.page(PAGE), PAGE, Map.of("email", email, "reason", reason, "until", until));
        assertThat(Browser.location(answer)).isEqualTo(PAGE + "?said=blocked");
    }

    private long published(String title) {
        long number = waiting.idea(Town.resident(2), "63", title, Instant.now());
        waiting.change("insert into idea_events (idea_number, kind, at) values (" + number + ", 'published', now())");
        return number;
    }

    private String draft() {
        return waiting.ask(
                "select id from idea_drafts where fields ->> 'title' = 'Ein Zaun' order by changed_at desc limit 1");
    }
}
