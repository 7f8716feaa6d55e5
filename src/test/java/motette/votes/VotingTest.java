package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a voter over HTTP, as a browser without script goes it. */
@MicronautTest(transactional = false)
class VotingTest extends PortalTest {

    private static final String HERE = "/votes/runde";

    @Inject
    TestRounds rounds;

    @Inject
    Urn urn;

    @Inject
    Waiting waiting;

    @Inject
    Queries queries;

    @Inject
    TestClock clock;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        return properties;
    }

    @BeforeEach
    void no_round() {
        rounds.forgetAll();
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void a_guest_chooses_signs_in_casts_and_gets_a_receipt() {
        var round = open(TestRounds.OST);
        var number = rounds.numbers(round, TestRounds.OST).get(1);
        var browser = browser();
        var answer = choose(browser, Map.of("c" + number, "1"));
        assertThat(Browser.location(answer)).isEqualTo(HERE + "/review");
        var review = browser.page(HERE + "/review");
        assertThat(review.select(".ballot-sheet").text()).contains(title(round, number));
        assertThat(review.text()).contains("Ihre Stimme ist ein Rat", "Zum Abgeben melden Sie sich bitte an");
        assertThat(review.select("main a[href^=/sign-in]").attr("href")).isEqualTo("/sign-in?next=" + HERE + "/review");
        assertThat(review.select("form[action$=/ballot]")).isEmpty();

        browser.signIn(Town.resident(3));
        var again = browser.page(HERE + "/review");
        assertThat(again.select(".ballot-sheet").text()).contains(title(round, number));
        assertThat(again.text()).contains("angemeldet als");
        var cast = browser.submit(again, HERE + "/ballot", Map.of());
        assertThat(Browser.location(cast)).isEqualTo(HERE + "/receipt");
        var shown = receipt(browser);
        var held = urn.held(round, rounds.voter(round, Town.resident(3)).orElseThrow())
                .orElseThrow();
        assertThat(held.choice().points()).containsOnlyKeys(number);
        assertThat(shown).isEqualTo(held.receipt().spaced());
        assertThat(browser.get(HERE + "/receipt.txt").body()).contains(shown);
        assertThat(waiting.ask("select count(*) from vote_choices")).isEqualTo("0");
        assertThat(browser.page("/me").text()).contains("Runde runde");
    }

    @Test
    void the_same_form_sent_often_and_at_once_is_one_ballot_with_one_receipt() throws Exception {
        var round = open(TestRounds.OST);
        var number = rounds.numbers(round, TestRounds.OST).getFirst();
        var browser = browser().signIn(Town.resident(3));
        choose(browser, Map.of("c" + number, "1"));
        var review = browser.page(HERE + "/review");
        Callable<HttpResponse<String>> tap = () -> browser.submit(review, HERE + "/ballot", Map.of());
        try (var thumbs = Executors.newFixedThreadPool(6)) {
            for (var answer :
                    thumbs.invokeAll(IntStream.range(0, 6).mapToObj(i -> tap).toList())) {
                assertThat(Browser.location(answer.get())).isEqualTo(HERE + "/receipt");
            }
        }
        var receipt = receipt(browser);
        assertThat(Browser.location(tap.call())).isEqualTo(HERE + "/receipt");
        assertThat(receipt(browser)).isEqualTo(receipt);
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
    }

    @Test
    void a_changed_ballot_starts_with_the_old_one_which_stays_valid_until_the_new_one_is_cast() {
        var round = open(TestRounds.OST);
        var numbers = rounds.numbers(round, TestRounds.OST);
        var browser = browser().signIn(Town.resident(3));
        vote(browser, Map.of("c" + numbers.get(1), "1"));
        var first = receipt(browser);
        assertThat(browser.page(HERE).select("form.ballot"))
                .as("nobody casts an empty ballot over the old one by mistake")
                .isEmpty();
        var ballot = browser.follow(browser.submit(browser.page(HERE), HERE + "/change", Map.of()));
        assertThat(ballot.select("input[type=checkbox][checked]").eachAttr("name"))
                .containsExactly("c" + numbers.get(1));
        choose(browser, Map.of("c" + numbers.get(3), "1"));
        var review = browser.page(HERE + "/review");
        assertThat(review.text()).contains("Sie haben schon abgestimmt", "Bis dahin gilt der bisherige");
        assertThat(receipt(browser)).isEqualTo(first);
        browser.submit(review, HERE + "/ballot", Map.of());
        assertThat(receipt(browser)).isNotEqualTo(first);
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("1");
    }

    @Test
    void what_is_cast_is_what_was_reviewed() {
        var round = open(TestRounds.OST);
        var numbers = rounds.numbers(round, TestRounds.OST);
        var browser = browser().signIn(Town.resident(3));
        choose(browser, Map.of("c" + numbers.get(1), "1"));
        var review = browser.page(HERE + "/review");
        choose(browser, Map.of("c" + numbers.get(2), "1"));
        var answer = browser.submit(review, HERE + "/ballot", Map.of());
        assertThat(Browser.location(answer)).isEqualTo(HERE + "/review?said=changed");
        assertThat(browser.follow(answer).text()).contains("Ihre Auswahl hat sich inzwischen geändert");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("0");
    }

    @Test
    void too_dear_a_choice_is_told_with_the_amount_and_not_cast() {
        var round = open(TestRounds.OST);
        var all = new HashMap<String, String>();
        rounds.numbers(round, TestRounds.OST).forEach(number -> all.put("c" + number, "1"));
        var browser = browser().signIn(Town.resident(3));
        choose(browser, all);
        var review = browser.page(HERE + "/review");
        assertThat(review.select(".error-summary").text()).contains("In Ost kosten Ihre Ideen", "13.200");
        assertThat(review.select("form[action$=/ballot]")).isEmpty();
        var attempt = Map.of("csrf", browser.token(), "attempt", "no such attempt");
        assertThat(Browser.location(browser.post(HERE + "/ballot", attempt))).contains("/review");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("0");
    }

    @Test
    void the_server_reckons_what_the_script_shows() {
        var round = open(TestRounds.OST);
        var numbers = rounds.numbers(round, TestRounds.OST);
        var answer = browser().post(HERE + "/total", Map.of("c" + numbers.getFirst(), "1", "price", "1"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"district\":\"2\"", "1 Idee", "\"exceeds\":false");
    }

    @Test
    void everybody_who_cannot_vote_reads_why_and_the_way_out() {
        open(TestRounds.OST);
        var elsewhere = browser().signIn(Town.resident(1)).page(HERE);
        assertThat(elsewhere.select(".notice").text()).contains("Diese Abstimmung ist für: Ost");
        assertThat(elsewhere.select("form.ballot")).isEmpty();
        var noProof = browser().signIn(Town.administrator());
        assertThat(noProof.page(HERE).select("main .notice a").attr("href"))
                .isEqualTo("/residence?next=" + HERE + "/review");
        assertThat(noProof.page("/residence?next=" + HERE + "/review").text()).contains("kommen Sie von hier zurück");
        assertThat(noProof.page("/residence?next=//evil.example").text()).doesNotContain("kommen Sie von hier zurück");
        var proof = browser().signIn(Town.resident(3));
        assertThat(proof.page("/residence?next=" + HERE + "/review")
                        .select("main a.button--large")
                        .attr("href"))
                .isEqualTo(HERE + "/review");
        assertThat(proof.page("/residence").select("main a.button--large").attr("href"))
                .as("the way back is kept")
                .isEqualTo(HERE + "/review");
    }

    @Test
    void whoever_is_too_young_reads_from_when_on_and_may_propose() {
        rounds.announce(TestRounds.plan("runde", TestRounds.OST).minimumAge(99));
        var young = browser().signIn(Town.resident(3));
        var why = young.page(HERE).select("main .notice");
        assertThat(why.text()).contains("mindestens 99 Jahre alt wird", "Bei Ihnen ist das");
        assertThat(why.select("a").attr("href")).isEqualTo("/ideas/new");
        assertThat(young.page(HERE).select("form.ballot")).isEmpty();
    }

    @Test
    void whoever_voted_on_site_reads_so_on_every_page_and_casts_nothing_more() {
        var round = open(TestRounds.OST);
        var browser = browser().signIn(Town.resident(3));
        choose(browser, Map.of("c" + rounds.numbers(round, TestRounds.OST).getFirst(), "1"));
        var review = browser.page(HERE + "/review");
        var voter = rounds.voter(round, Town.resident(3)).orElseThrow();
        urn.castForGood("runde", voter, "", Choice.NOTHING, Channel.KIOSK);
        assertThat(browser.page(HERE).text()).contains("Sie haben an einem Gerät vor Ort abgestimmt");
        assertThat(browser.page(HERE).select("form.ballot")).isEmpty();
        var again = browser.page(HERE + "/review");
        assertThat(again.select(".notice").text()).contains("Sie haben schon abgestimmt, vor Ort oder auf Papier");
        assertThat(again.select("form[action$=/ballot]")).isEmpty();
        assertThat(browser.page(HERE + "/receipt").text()).contains("vor Ort abgestimmt");
        var refused = browser.submit(review, HERE + "/ballot", Map.of());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Sie haben schon abgestimmt, vor Ort oder auf Papier");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
    }

    @Test
    void a_refused_ballot_says_why_and_leads_on() {
        var round = open(TestRounds.OST);
        var browser = browser().signIn(Town.resident(3));
        choose(browser, Map.of("c" + rounds.numbers(round, TestRounds.OST).getFirst(), "1"));
        var review = browser.page(HERE + "/review");
        rounds.hold(round, "Ein Preis war falsch geschrieben.");
        refused(browser, review, "gerade angehalten: Ein Preis war falsch geschrieben.", HERE);
        rounds.resume(round);
        clock.set(round.closesAt());
        browser.signIn(Town.resident(3));
        refused(browser, browser.page(HERE + "/review"), "Diese Abstimmung ist vorbei. Sie endete am", HERE);
        rounds.forgetAll();
        refused(browser, review, "Diese Abstimmung gibt es nicht", "/votes");
        clock.reset();
        rounds.announce(TestRounds.plan("runde", TestRounds.OST).from(Duration.ofMinutes(5), Duration.ofHours(2)));
        browser.signIn(Town.resident(3));
        refused(browser, review, "Diese Abstimmung öffnet erst", HERE);
    }

    private static void refused(Browser browser, Document review, String why, String wayOut) {
        var sent = Map.of(
                "csrf",
                browser.token(),
                "attempt",
                review.select("[name=attempt]").attr("value"));
        var answer = browser.post(HERE + "/ballot", sent);
        assertThat(answer.statusCode()).isEqualTo(409);
        var page = org.jsoup.Jsoup.parse(answer.body());
        assertThat(page.select("main").text()).contains(why);
        assertThat(page.select("main a").eachAttr("href")).contains(wayOut);
    }

    @Test
    void of_two_that_exclude_each_other_both_may_be_ticked_and_the_review_says_so() {
        var prepared = rounds.prepare(TestRounds.plan("runde", TestRounds.OST).form(BallotForm.APPROVAL));
        var numbers = rounds.numbers(prepared, TestRounds.OST);
        rounds.exclude(prepared, numbers.get(0), numbers.get(2));
        var round = rounds.announcePrepared(prepared);
        var browser = browser().signIn(Town.resident(3));
        assertThat(choose(browser, Map.of("c" + numbers.get(0), "1", "c" + numbers.get(1), "1"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser.page(HERE + "/review").text()).doesNotContain("nur eine umsetzen");
        choose(browser, Map.of("c" + numbers.get(0), "1", "c" + numbers.get(2), "1"));
        assertThat(browser.page(HERE + "/review").text())
                .contains("nur eine umsetzen", title(round, numbers.get(0)), title(round, numbers.get(2)));
        vote(browser, Map.of());
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
    }

    @Test
    void every_way_to_write_is_shut_before_the_opening_in_a_hold_and_from_the_close_on() {
        var browser = browser().signIn(Town.resident(3));
        var csrf = browser.token();
        rounds.announce(TestRounds.plan("runde", TestRounds.OST).from(Duration.ofMinutes(5), Duration.ofHours(2)));
        shut(browser, csrf, browser.page(HERE + "/review"));
        assertThat(browser.page(HERE).text()).contains("Die Liste steht fest");
        rounds.forgetAll();
        var round = open(TestRounds.OST);
        var number = rounds.numbers(round, TestRounds.OST).getFirst();
        choose(browser, Map.of("c" + number, "1"));
        var review = browser.page(HERE + "/review");
        rounds.hold(round, "Ein Preis war falsch geschrieben.");
        shut(browser, csrf, review);
        assertThat(browser.page(HERE).text()).contains("Ein Preis war falsch geschrieben.");
        rounds.resume(round);
        clock.set(round.closesAt());
        browser.signIn(Town.resident(3));
        shut(browser, browser.token(), review);
        assertThat(browser.page(HERE).text()).contains("Es wird gezählt");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("0");
    }

    private static void shut(Browser browser, String csrf, Document review) {
        var sent =
                Map.of("csrf", csrf, "attempt", review.select("[name=attempt]").attr("value"));
        for (var path : List.of("/choice", "/total", "/ballot", "/change", "/handover", "/handover/abcdefghjkmnpqrs")) {
            assertThat(browser.post(HERE + path, sent).statusCode()).as(path).isEqualTo(409);
        }
    }

    @Test
    void a_choice_goes_over_to_another_device_once_and_only_by_the_button() {
        var round = open(TestRounds.OST);
        var number = rounds.numbers(round, TestRounds.OST).get(2);
        var phone = browser();
        choose(phone, Map.of("c" + number, "1"));
        var shown = phone.submit(phone.page(HERE + "/handover"), HERE + "/handover", Map.of());
        var address =
                org.jsoup.Jsoup.parse(shown.body()).select(".handover-address").text();
        var path = address.substring(address.indexOf("/votes/"));
        var other = browser();
        assertThat(other.page(path).text()).contains("ausgefüllt");
        other.page(path);
        var taken = other.submit(other.page(path), path, Map.of());
        assertThat(other.follow(taken).select(".ballot-sheet").text()).contains(title(round, number));
        var late = browser().post(path, Map.of());
        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(late.body()).contains("gilt nicht mehr");
        assertThat(phone.page(HERE + "/review").select(".ballot-sheet").text()).contains(title(round, number));
    }

    @Test
    void a_code_ends_after_ten_minutes_and_a_choice_after_a_day() {
        var round = open(TestRounds.OST);
        var phone = browser();
        choose(phone, Map.of("c" + rounds.numbers(round, TestRounds.OST).getFirst(), "1"));
        var shown = phone.submit(phone.page(HERE + "/handover"), HERE + "/handover", Map.of());
        var address =
                org.jsoup.Jsoup.parse(shown.body()).select(".handover-address").text();
        clock.turn(Duration.ofMinutes(11));
        assertThat(browser()
                        .post(address.substring(address.indexOf("/votes/")), Map.of())
                        .statusCode())
                .isEqualTo(410);
        clock.turn(Duration.ofHours(24));
        assertThat(phone.page(HERE + "/review").text()).contains("Hier ist noch nichts ausgewählt");
    }

    @Test
    void the_database_alone_does_not_tell_what_somebody_is_choosing() {
        var round = open(TestRounds.OST);
        var numbers = rounds.numbers(round, TestRounds.OST);
        choose(browser(), Map.of("c" + numbers.getFirst(), "1"));
        choose(browser(), Map.of("c" + numbers.get(1), "1", "c" + numbers.get(3), "1"));
        assertThat(waiting.ask("select count(distinct octet_length(sealed)) from vote_choices"))
                .isEqualTo("1");
    }

    @Test
    void whoever_may_votes_in_one_further_district_and_in_no_second() {
        var round = rounds.announce(TestRounds.plan("runde", TestRounds.MITTE, TestRounds.OST, "4")
                .withFurtherDistrict()
                .budget(5_000_000));
        var home = rounds.numbers(round, TestRounds.OST).getFirst();
        var further = rounds.numbers(round, TestRounds.MITTE).getFirst();
        var third = rounds.numbers(round, "4").getFirst();
        var browser = browser().signIn(Town.resident(3));
        choose(browser, Map.of("c" + home, "1", "c" + further, "1", "c" + third, "1"));
        assertThat(browser.page(HERE + "/review").select(".error-summary").text())
                .contains("in einem anderen Stadtbezirk");
        vote(browser, Map.of("c" + home, "1", "c" + further, "1"));
        var held = urn.held(round, rounds.voter(round, Town.resident(3)).orElseThrow())
                .orElseThrow();
        assertThat(held.choice().points()).containsOnlyKeys(home, further);
        assertThat(held.further()).isEqualTo(TestRounds.MITTE);
    }

    @Test
    void points_are_given_with_buttons_or_a_number_and_too_many_are_told() {
        var round = rounds.announce(TestRounds.plan("runde", TestRounds.OST).form(BallotForm.POINTS, 8));
        var number = rounds.numbers(round, TestRounds.OST).getFirst();
        var browser = browser().signIn(Town.resident(3));
        assertThat(browser.page(HERE).select("input[type=number][max=8]")).hasSize(4);
        choose(browser, Map.of("c" + number, "9"));
        assertThat(browser.page(HERE + "/review").select(".error-summary").text())
                .contains("höchstens 8 Punkte");
        vote(browser, Map.of("c" + number, "8"));
        assertThat(urn.held(round, rounds.voter(round, Town.resident(3)).orElseThrow())
                        .orElseThrow()
                        .choice()
                        .pointsOf(number))
                .isEqualTo(8);
    }

    @Test
    void a_blank_ballot_says_that_it_is_blank_and_can_be_cast() {
        var round = open(TestRounds.OST);
        var browser = browser().signIn(Town.resident(3));
        choose(browser, Map.of());
        assertThat(browser.page(HERE + "/review").text()).contains("Ihr Stimmzettel ist leer");
        vote(browser, Map.of());
        assertThat(urn.held(round, rounds.voter(round, Town.resident(3)).orElseThrow())
                        .orElseThrow()
                        .choice()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_withdrawn_candidate_is_shown_with_the_reason_and_cannot_be_ticked() {
        var round = open(TestRounds.OST);
        var number = rounds.numbers(round, TestRounds.OST).getFirst();
        rounds.withdraw(round, number, "Der Ort ist verkauft worden.");
        var page = browser().page(HERE);
        assertThat(page.select(".candidate[data-gone=true]").text()).contains("Der Ort ist verkauft worden.");
        assertThat(page.select("input[name=c" + number + "]").hasAttr("disabled"))
                .isTrue();
    }

    @Test
    void the_order_of_the_ballot_is_another_one_on_every_device_and_stays_there() {
        open(TestRounds.MITTE, TestRounds.OST, "4");
        var one = browser();
        var order = one.page(HERE).select("form.ballot input[type=checkbox]").eachAttr("name");
        assertThat(one.page(HERE).select("form.ballot input[type=checkbox]").eachAttr("name"))
                .isEqualTo(order);
        assertThat(IntStream.range(0, 12)
                        .mapToObj(i -> browser()
                                .page(HERE)
                                .select("form.ballot input[type=checkbox]")
                                .eachAttr("name"))
                        .distinct()
                        .count())
                .isGreaterThan(3);
    }

    @Test
    void a_receipt_is_looked_up_after_the_count() {
        var round = open(TestRounds.OST);
        var browser = browser();
        assertThat(browser.page(HERE + "/receipts").text()).contains("Noch ist nicht gezählt");
        clock.set(round.closesAt());
        waiting.change("insert into vote_counts (round_id, at, ballots, voters, key_gone) values (" + round.id()
                + ", now(), 1, 1, true)");
        waiting.change(
                "insert into vote_receipts (round_id, receipt) values (" + round.id() + ", '0123456789ABCDEFGHJK')");
        assertThat(look(browser, "O1234 56789-abcdefghjk").body()).contains("Gezählt: Der Stimmzettel");
        assertThat(look(browser, "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ").body()).contains("nicht unter den gezählten");
        var wrong = look(browser, "zu kurz");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("20 Buchstaben und Ziffern", "zu kurz");
    }

    @Test
    void a_page_of_a_round_asks_the_database_three_times_at_most_for_a_guest() {
        open(TestRounds.MITTE, TestRounds.OST);
        browser().page(HERE);
        assertThat(queries.during(() -> browser().page(HERE))).hasSizeLessThanOrEqualTo(3);
        assertThat(queries.during(() -> browser().page("/votes"))).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void casting_a_ballot_asks_the_database_ten_times_besides_its_limit() {
        var round = open(TestRounds.OST);
        var browser = browser().signIn(Town.resident(3));
        choose(browser, Map.of("c" + rounds.numbers(round, TestRounds.OST).getFirst(), "1"));
        var review = browser.page(HERE + "/review");
        var sent = queries.during(() -> assertThat(Browser.location(browser.submit(review, HERE + "/ballot", Map.of())))
                .isEqualTo(HERE + "/receipt"));
        assertThat(sent)
                .filteredOn(statement -> !statement.contains("limit_buckets"))
                .hasSizeLessThanOrEqualTo(10);
        assertThat(sent)
                .filteredOn(statement -> statement.contains("pg_advisory_xact_lock_shared"))
                .hasSize(1);
    }

    @Test
    void days_that_are_over_are_told_once_ten_more_have_voted() {
        var round =
                rounds.announce(TestRounds.plan("runde", TestRounds.OST).from(Duration.ofDays(-3), Duration.ofDays(4)));
        rounds.enter(round, clock.instant().minus(Duration.ofDays(3)), 12);
        rounds.enter(round, clock.instant().minus(Duration.ofDays(2)), 4);
        rounds.enter(round, clock.instant().minus(Duration.ofDays(1)), 7);
        rounds.enter(round, clock.instant(), 20);
        var days = browser().page(HERE).select("section[aria-labelledby=days]");
        assertThat(days.select("td strong").eachText()).containsExactly("12");
        clock.turn(Duration.ofDays(1));
        assertThat(browser()
                        .page(HERE)
                        .select("section[aria-labelledby=days] td strong")
                        .eachText())
                .containsExactly("12", "11");
        clock.set(round.closesAt());
        assertThat(browser()
                        .page(HERE)
                        .select("section[aria-labelledby=days] td strong")
                        .eachText())
                .containsExactly("12", "11", "20");
    }

    @Test
    void before_ten_have_voted_no_day_is_told() {
        var round =
                rounds.announce(TestRounds.plan("runde", TestRounds.OST).from(Duration.ofDays(-3), Duration.ofDays(4)));
        rounds.enter(round, clock.instant().minus(Duration.ofDays(2)), 9);
        assertThat(browser().page(HERE).select("section[aria-labelledby=days]").text())
                .contains("sobald genug Menschen abgestimmt haben");
        clock.set(round.closesAt());
        assertThat(browser().page(HERE).select("section[aria-labelledby=days]").text())
                .contains("so wenige abgestimmt")
                .doesNotContain("9");
    }

    @Test
    void home_district_and_idea_lead_to_an_open_round() {
        var round = open(TestRounds.OST);
        assertThat(browser().page("/").select("main .hero .round-notice a").attr("href"))
                .isEqualTo(HERE);
        assertThat(browser().page("/districts/ost").select(".round-notice a").attr("href"))
                .isEqualTo(HERE);
        assertThat(browser().page("/districts/west").select(".round-notice")).isEmpty();
        var idea = rounds.candidates(round).getFirst().ideaNumber();
        assertThat(browser().page("/ideas/" + idea).select(".notice a[href=" + HERE + "]"))
                .isNotEmpty();
    }

    @Test
    void a_round_in_the_making_is_nobodys_business() {
        rounds.prepare(TestRounds.plan("runde", TestRounds.OST));
        assertThat(browser().get(HERE).statusCode()).isEqualTo(404);
        assertThat(browser().get(HERE + "/review").statusCode()).isEqualTo(404);
        assertThat(browser().post(HERE + "/choice", Map.of("c1", "1")).statusCode())
                .isEqualTo(409);
        assertThat(browser().page("/votes").text()).doesNotContain("Runde runde");
    }

    private Round open(String... districts) {
        return rounds.announce(TestRounds.plan("runde", districts));
    }

    private HttpResponse<String> choose(Browser browser, Map<String, String> ticks) {
        return browser.submit(browser.page(HERE), HERE + "/choice", ticks);
    }

    private void vote(Browser browser, Map<String, String> ticks) {
        choose(browser, ticks);
        var answer = browser.submit(browser.page(HERE + "/review"), HERE + "/ballot", Map.of());
        assertThat(Browser.location(answer)).isEqualTo(HERE + "/receipt");
    }

    private static String receipt(Browser browser) {
        return browser.page(HERE + "/receipt").select(".receipt-signs").text();
    }

    private HttpResponse<String> look(Browser browser, String typed) {
        return browser.submit(browser.page(HERE + "/receipts"), HERE + "/receipts", Map.of("receipt", typed));
    }

    private String title(Round round, int number) {
        return rounds.candidates(round).get(number - 1).title();
    }
}
