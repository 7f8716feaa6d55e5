package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.town.Town;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A shared tablet, unlocked for one ballot at a time. */
@MicronautTest(transactional = false)
class KiosksTest extends OnSiteTest {

    private static final String SCREEN = "/votes/kiosk/screen";

    @Inject
    Kiosks kiosks;

    KiosksTest() {
        super("tablet");
    }

    @Test
    void a_voter_fills_in_reviews_and_casts_and_the_tablet_forgets() {
        var tablet = tablet();
        assertThat(tablet.page(SCREEN).text()).contains(number(), "Hier können Sie abstimmen");
        assertThat(Browser.location(tablet.get("/me"))).startsWith("/sign-in");
        unlock(1);
        var ballot = tablet.page(SCREEN);
        assertThat(ballot.text()).contains("Ihr Stimmzettel").doesNotContain("Testb", "Prüfstraße");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("0");
        var review = review(tablet, ballot, 1);
        assertThat(review.body()).contains("Ist das richtig so?").contains("Stimme abgeben");
        assertThat(review.headers().firstValue("Cache-Control")).hasValue("no-store");
        var attempt = attempt(ballot);
        var cast = cast(tablet, attempt, 1);
        var done = tablet.follow(cast);
        var receipt = done.select(".kiosk__receipt").text();
        assertThat(waiting.ask("select receipt from vote_urn")).isEqualTo(receipt.replace("-", ""));
        assertThat(waiting.ask("select channel || ' ' || quarter_key from vote_roll"))
                .isEqualTo("kiosk 21");
        assertThat(tablet.follow(cast(tablet, attempt, 1)).text()).contains(receipt);
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
        tablet.submit(done, SCREEN + "/end", Map.of());
        assertThat(tablet.page(SCREEN).text())
                .contains("Hier können Sie abstimmen")
                .doesNotContain(receipt);
        assertThat(waiting.ask("select count(*) from vote_kiosk_unlocks")).isEqualTo("0");
    }

    @Test
    void the_server_reckons_the_sum_of_a_tablet_for_the_ballot_that_is_unlocked() {
        var tablet = tablet();
        unlock(1);
        var attempt = attempt(tablet.page(SCREEN));
        var sum = tablet.post(SCREEN + "/total", Map.of("attempt", attempt, "tick-1", "1", "price", "1"));
        assertThat(sum.body()).contains("1 Idee", "\"exceeds\":false");
        assertThat(sum.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(tablet.post(SCREEN + "/total", Map.of("attempt", "one-before", "tick-1", "1"))
                        .statusCode())
                .isEqualTo(410);
        assertThat(browser().post(SCREEN + "/total", Map.of("attempt", attempt)).statusCode())
                .isEqualTo(410);
    }

    @Test
    void the_order_is_another_one_for_every_voter_and_stays_over_the_review() {
        var orders = new java.util.HashSet<List<String>>();
        var tablet = tablet();
        for (int person = 1; person <= 6; person++) {
            unlock(person);
            var ballot = tablet.page(SCREEN);
            var order = ballot.select("input[type=checkbox]").eachAttr("name");
            assertThat(tablet.page(SCREEN).select("input[type=checkbox]").eachAttr("name"))
                    .isEqualTo(order);
            orders.add(order);
            tablet.submit(ballot, SCREEN + "/end", Map.of());
        }
        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void forms_of_the_voter_before_do_nothing_for_the_next() {
        var tablet = tablet();
        unlock(1);
        var before = attempt(tablet.page(SCREEN));
        cast(tablet, before, 1);
        tablet.post(SCREEN + "/end", Map.of());
        unlock(2);
        assertThat(tablet.follow(cast(tablet, before, 2)).text()).contains("Ihr Stimmzettel");
        assertThat(Browser.location(tablet.post(SCREEN + "/review", Map.of("attempt", before, "tick-1", "1"))))
                .contains("said=gone");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("1");
    }

    @Test
    void an_unlock_is_for_ten_minutes_one_ballot_and_one_tablet() {
        var tablet = tablet();
        var first = number();
        var other = tablet();
        unlock(1);
        assertThat(other.page(SCREEN).text()).contains("Hier können Sie abstimmen");
        var phone = browser().signIn(Town.coordinator("ost"));
        var busy = phone.post("/votes/kiosk/unlock", card(phone, 2, first));
        assertThat(busy.statusCode()).isEqualTo(409);
        assertThat(busy.body()).contains("stimmt gerade jemand ab");
        var attempt = attempt(tablet.page(SCREEN));
        assertThat(tablet.follow(cast(other, attempt, 1)).text()).contains("Ihr Stimmzettel");
        clock.turn(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(tablet.page(SCREEN).text()).contains("Hier können Sie abstimmen");
        assertThat(tablet.follow(cast(tablet, attempt, 1)).text()).contains("gilt nicht mehr");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("0");
    }

    @Test
    void who_voted_meanwhile_is_told_and_nothing_is_cast_twice() {
        var tablet = tablet();
        unlock(1);
        var attempt = attempt(tablet.page(SCREEN));
        var second = tablet();
        unlock(1);
        cast(second, attempt(second.page(SCREEN)), 1);
        assertThat(tablet.follow(cast(tablet, attempt, 1)).text()).contains("nicht angenommen");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("1");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
        var phone = browser().signIn(Town.coordinator("ost"));
        assertThat(phone.post("/votes/kiosk/unlock", card(phone, 1, number())).body())
                .contains("schon an einem Tablet abgestimmt");
    }

    @Test
    void nothing_is_cast_at_the_close_or_while_the_round_is_held() {
        var tablet = tablet();
        unlock(1);
        var attempt = attempt(tablet.page(SCREEN));
        rounds.hold(round, "Der Server wird umgezogen.");
        assertThat(tablet.follow(cast(tablet, attempt, 1)).text()).contains("gerade angehalten");
        rounds.resume(round);
        clock.set(round.closesAt().minusSeconds(60));
        unlock(1);
        var late = attempt(tablet.page(SCREEN));
        clock.set(round.closesAt());
        assertThat(tablet.follow(cast(tablet, late, 1)).text()).contains("zu Ende");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("0");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("0");
    }

    @Test
    void many_taps_at_once_are_one_ballot() throws InterruptedException {
        var tablet = tablet();
        unlock(1);
        var attempt = attempt(tablet.page(SCREEN));
        var kiosk = kiosks.numbered(Integer.parseInt(number())).orElseThrow();
        try (var threads = Executors.newFixedThreadPool(12)) {
            threads.invokeAll(IntStream.range(0, 36)
                    .<Callable<Object>>mapToObj(i -> () -> kiosks.cast(kiosk, attempt, TestRounds.ticks(List.of(1))))
                    .toList());
        }
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("1");
        assertThat(tablet.page(SCREEN).select(".kiosk__receipt")).isNotEmpty();
    }

    @Test
    void a_tablet_ends_with_its_coordinator_or_its_day() {
        var tablet = tablet();
        unlock(1);
        var phone = browser().signIn(Town.coordinator("ost"));
        var id = waiting.ask("select max(id) from vote_kiosks");
        var stranger = browser().signIn(Town.coordinator("west"));
        assertThat(stranger.post("/votes/kiosk/" + id + "/ending", Map.of("csrf", stranger.token()))
                        .statusCode())
                .isEqualTo(404);
        phone.submit(phone.page("/votes/kiosk"), "/votes/kiosk/" + id + "/ending", Map.of());
        assertThat(tablet.page(SCREEN).text()).contains("kein Tablet zum Abstimmen");
        var next = tablet();
        clock.turn(Kiosks.OPEN_FOR);
        assertThat(next.page(SCREEN).text()).contains("kein Tablet zum Abstimmen");
    }

    // The hands

    /** A browser that became a tablet of the round. */
    private Browser tablet() {
        var browser = browser().signIn(Town.coordinator("ost"));
        var opened = browser.post("/votes/kiosk/openings", Map.of("csrf", browser.token(), "round", "tablet"));
        assertThat(Browser.location(opened)).isEqualTo(SCREEN);
        return browser;
    }

    /** Of the tablet opened last. */
    private String number() {
        return waiting.ask("select number from vote_kiosks order by id desc limit 1");
    }

    private void unlock(int person) {
        var phone = browser().signIn(Town.coordinator("ost"));
        var free = waiting.ask("select k.number from vote_kiosks k where closed_at is null and not exists"
                + " (select from vote_kiosk_unlocks u where u.kiosk_id = k.id and not u.done) order by k.id limit 1");
        assertThat(Browser.location(phone.post("/votes/kiosk/unlock", card(phone, person, free))))
                .contains("said=unlocked");
    }

    private static Map<String, String> card(Browser phone, int person, String tablet) {
        var fields = new HashMap<>(PaperHands.card(person));
        fields.put("csrf", phone.token());
        fields.put("tablet", tablet);
        fields.put("attempt", UUID.randomUUID().toString());
        return fields;
    }

    private static String attempt(Document ballot) {
        return ballot.select("form[action$=review] input[name=attempt]").attr("value");
    }

    private static HttpResponse<String> review(Browser tablet, Document ballot, int number) {
        return tablet.submit(ballot, SCREEN + "/review", Map.of("tick-" + number, "1"));
    }

    private static HttpResponse<String> cast(Browser tablet, String attempt, int number) {
        return tablet.post(SCREEN + "/ballot", Map.of("attempt", attempt, "tick-" + number, "1"));
    }
}
