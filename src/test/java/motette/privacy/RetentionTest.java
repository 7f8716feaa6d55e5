package motette.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.PortalTest;
import motette.TestClock;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class RetentionTest extends PortalTest {

    @Inject
    Retention retention;

    @Inject
    Register register;

    @Inject
    TestClock clock;

    @Inject
    Sql sql;

    @AfterEach
    void real_time() {
        clock.reset();
    }

    @Test
    void what_is_over_its_time_goes_and_the_rest_stays() {
        drafts("over", 3, "31 days");
        drafts("young", 2, "29 days");
        sql.run("insert into mails (topic, recipient, subject, body, created_at, next_try_at, expires_at, sent_at,"
                + " once) values ('old', 'a@b.example', 's', 'b', now() - interval '181 days', now(), null, now(),"
                + " false), ('new', 'a@b.example', 's', 'b', now() - interval '179 days', now(), null, now(),"
                + " false), ('secret-over', 'a@b.example', 's', 'b', now(), now(), now() - interval '1 second',"
                + " null, false), ('secret', 'a@b.example', 's', 'b', now(), now(), now() + interval '1 hour',"
                + " null, false), ('once-sent', 'a@b.example', 's', 'b', now(), now(), now() + interval '1 hour',"
                + " now(), true), ('once', 'a@b.example', 's', 'b', now(), now(), now() + interval '1 hour', null,"
                + " true)");
        due();
        sql.run("delete from idea_drafts where fields ->> 'title' not in ('over', 'young')");
        var before = sql.number("select coalesce(sum(\"rows\"), 0) from retention_runs where rule = 'drafts'");
        retention.forget();
        assertThat(sql.ask("select string_agg(fields ->> 'title', ',' order by id) from idea_drafts where fields ->>"
                        + " 'title' in ('over', 'young')"))
                .isEqualTo("young,young");
        assertThat(sql.ask("select string_agg(topic || '=' || body, ' ' order by topic) from mails where recipient ="
                        + " 'a@b.example'"))
                .isEqualTo("new=b once=b secret=b secret-over=");
        assertThat(sql.number("select sum(\"rows\") from retention_runs where rule = 'drafts'") - before)
                .isEqualTo(3);
    }

    @Test
    void a_link_to_sign_in_is_forgotten_a_day_after_its_end() {
        sql.run("insert into sign_in_links (token_hash, email, next, created_at, expires_at, browser_hash) select"
                + " sha256(email::bytea), email, '/', now() - interval '2 days', now() - age, sha256('x') from (values"
                + " ('gestern@stadt.example', interval '25 hours'), ('heute@stadt.example', interval '23 hours')) as l"
                + " (email, age)");
        due();
        retention.forget();
        assertThat(sql.ask("select string_agg(email, ' ') from sign_in_links where email like '%@stadt.example'"))
                .isEqualTo("heute@stadt.example");
    }

    @Test
    void a_block_goes_a_year_after_it_was_lifted_or_over_and_one_that_stands_never() {
        for (var block : Map.of(
                        "lifted long ago", "null, now() - interval '366 days'",
                        "over long ago", "now() - interval '366 days', null",
                        "over long ago, lifted late", "now() - interval '366 days', now() - interval '1 day'",
                        "lifted lately", "null, now() - interval '364 days'",
                        "over lately", "now() - interval '364 days', null",
                        "stands", "null, null")
                .entrySet()) {
            sql.run("insert into blocked_addresses (address_hash, key_mark, reason, from_at, until_at, blocked_by,"
                    + " lifted_at, lifted_by, lift_reason) select sha256('x'), '00000000', 'block: " + block.getKey()
                    + "', now() - interval '3 years', until_at::timestamptz, 1, lifted_at::timestamptz, case when"
                    + " lifted_at is not null then 1 end, case when lifted_at is not null then 'zu Recht"
                    + " widersprochen' end from (values ("
                    + block.getValue() + ")) as b (until_at, lifted_at)");
        }
        due();
        var page = browser().signIn(Town.administrator()).page("/privacy/retention");
        assertThat(page.select("tbody tr").stream()
                        .filter(row -> row.text().startsWith("Sperren, die aufgehoben oder vorbei sind: 1 Jahr"))
                        .map(row -> row.select("td.num").text()))
                .containsExactly("3");
        retention.forget();
        assertThat(sql.ask("select string_agg(reason, ', ' order by reason) from blocked_addresses where reason like"
                        + " 'block: %'"))
                .isEqualTo("block: lifted lately, block: over lately, block: stands");
    }

    @Test
    void many_copies_at_once_forget_each_row_once_in_batches() throws Exception {
        drafts("many", 2_500, "40 days");
        due();
        var before = sql.number("select coalesce(sum(\"rows\"), 0) from retention_runs where rule = 'drafts'");
        try (var copies = Executors.newFixedThreadPool(8)) {
            for (var run : IntStream.range(0, 8)
                    .mapToObj(i -> copies.submit(retention::forget))
                    .toList()) {
                run.get();
            }
        }
        retention.forget();
        assertThat(sql.number("select count(*) from idea_drafts where fields ->> 'title' = 'many'"))
                .isZero();
        assertThat(sql.number("select sum(\"rows\") from retention_runs where rule = 'drafts'") - before)
                .isEqualTo(2_500);
    }

    @Test
    void a_rule_waits_for_its_next_time() {
        due();
        retention.forget();
        drafts("later", 1, "31 days");
        retention.forget();
        assertThat(sql.number("select count(*) from idea_drafts where fields ->> 'title' = 'later'"))
                .isEqualTo(1);
        clock.turn(Duration.ofHours(25));
        retention.forget();
        assertThat(sql.number("select count(*) from idea_drafts where fields ->> 'title' = 'later'"))
                .isZero();
    }

    @Test
    void the_administrator_sees_what_would_go_and_looking_changes_nothing() {
        drafts("seen", 4, "50 days");
        var page = browser().signIn(Town.administrator()).page("/privacy/retention");
        var row = page.select("tbody tr").stream()
                .filter(one -> one.text().startsWith("Entwürfe: 30 Tage nach der letzten Änderung gelöscht"))
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseLong(row.select("td.num").text())).isGreaterThanOrEqualTo(4);
        assertThat(page.select("tbody tr")).hasSameSizeAs(register.retention());
        assertThat(sql.number("select count(*) from idea_drafts where fields ->> 'title' = 'seen'"))
                .isEqualTo(4);
        assertThat(browser().signIn(Town.resident()).get("/privacy/retention").statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_privacy_page_says_what_the_register_does() {
        for (var language : Map.of("de", "30 Tage", "en", "30 days").entrySet()) {
            var page = browser().page("/privacy?lang=" + language.getKey());
            assertThat(page.select("section.panel h3")).hasSameSizeAs(register.kinds());
            assertThat(page.select("section.panel li")).hasSameSizeAs(register.retention());
            assertThat(page.select("#kind-drafts").text()).contains(language.getValue());
        }
        assertThat(browser().page("/privacy").select("#kind-guests").text()).contains("Einwilligung", "180 Tage");
    }

    private void due() {
        sql.run("delete from retention_rounds");
    }

    private void drafts(String title, int count, String age) {
        sql.run("insert into idea_drafts (id, secret_hash, fields, created_at, changed_at) select gen_random_uuid(),"
                + " sha256('x'), jsonb_build_object('title', '" + title + "'), now(), now() - interval '" + age
                + "' from generate_series(1, " + count + ")");
    }
}
