package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PdfUa;
import motette.residence.Residences;
import motette.shared.Refused;
import motette.town.Town;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ballot papers from the printer into the urn. */
@MicronautTest(transactional = false)
class PapersTest extends OnSiteTest {

    @Inject
    Papers papers;

    @Inject
    SheetEntries entries;

    @Inject
    Residences residences;

    private PaperHands hands;

    PapersTest() {
        super("papier");
    }

    @BeforeEach
    void hands() {
        hands = new PaperHands("papier", waiting);
    }

    @Test
    void a_paper_goes_from_the_printer_over_the_desk_and_two_people_into_the_urn() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        var handed = hands.handOut(desk, batch, PaperHands.card(1));
        assertThat(desk.follow(handed).text()).contains("Bitte jetzt das Blatt geben", "selbst ein Blatt");
        assertThat(waiting.ask("select channel || ' ' || quarter_key || ' ' || coalesce(person_id, 0) from vote_roll"))
                .isEqualTo("paper 21 0");
        var sheet = hands.sheets(batch).getFirst();
        assertThat(desk.follow(hands.type(desk, sheet, "valid", 1)).text()).contains("Eingabe einer zweiten Person");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("0");
        var office = browser().signIn(Town.officer());
        assertThat(hands.look(office, sheet).body())
                .doesNotContain("checked=\"checked\"><span class=\"sheet-lines__number\"");
        assertThat(office.follow(hands.type(office, sheet, "valid", 1)).text()).contains("angenommen");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
        assertThat(waiting.ask("select count(sealed) from vote_sheet_entries")).isEqualTo("0");
        assertThat(waiting.ask("select outcome from vote_sheet_outcomes")).isEqualTo("valid");
        hands.box(desk, batch, 1);
        assertThat(papers.openMatters(round.id())).isEmpty();
        assertThat(desk.page("/votes/papier/paper").text()).contains("Alles stimmt überein");
    }

    @Test
    void nobody_gets_two_papers_and_who_voted_elsewhere_gets_none() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        hands.handOut(desk, batch, PaperHands.card(1));
        var again = hands.handOut(desk, batch, PaperHands.card(1));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("schon einen Stimmzettel bekommen");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("1");
        assertThat(waiting.ask("select count(*) from vote_hand_outs")).isEqualTo("1");
        var attempt = UUID.randomUUID().toString();
        var twice = new HashMap<>(PaperHands.card(2));
        twice.put("attempt", attempt);
        var first = hands.handOut(desk, batch, twice);
        assertThat(Browser.location(hands.handOut(desk, batch, twice))).isEqualTo(Browser.location(first));
        assertThat(waiting.ask("select count(*) from vote_hand_outs")).isEqualTo("2");
    }

    @Test
    void somebody_with_an_account_is_the_same_voter_on_paper_and_on_the_web() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        var person = Town.resident(1);
        show(person, PaperHands.card(7));
        var voter = rounds.voter(round, person).orElseThrow();
        urn.cast("papier", voter, "", Choice.NOTHING, "attempt-one");
        var refused = hands.handOut(desk, batch, PaperHands.card(7));
        assertThat(refused.body()).contains("schon im Internet abgestimmt");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("1");
        var slip = new HashMap<>(PaperHands.card(7));
        slip.put("born", "8.3.1980");
        assertThat(hands.handOut(desk, batch, slip).body()).contains("nicht klar, wer das ist");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("1");
    }

    @Test
    void age_and_district_hold_on_paper_as_everywhere() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        var child = new HashMap<>(PaperHands.card(1));
        child.put("born", "1.1." + (java.time.LocalDate.now(clock).getYear() - 13));
        assertThat(hands.handOut(desk, batch, child).statusCode()).isEqualTo(409);
        var elsewhere = new HashMap<>(PaperHands.card(1));
        elsewhere.putAll(Map.of("quarter", "00", "postcode", postcode("00")));
        assertThat(hands.handOut(desk, batch, elsewhere).body()).contains("wohnt im Stadtbezirk Mitte");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("0");
    }

    @Test
    void a_sheet_that_was_not_taken_can_be_taken_back_for_two_minutes() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        var done = Browser.location(hands.handOut(desk, batch, PaperHands.card(1)));
        assertThat(browser().signIn(Town.coordinator("west")).get(done).statusCode())
                .isEqualTo(403);
        desk.submit(desk.page(done), done + "/reversal", Map.of());
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("0");
        assertThat(waiting.ask("select count(*) from vote_hand_outs")).isEqualTo("0");
        var late = Browser.location(hands.handOut(desk, batch, PaperHands.card(1)));
        clock.turn(Duration.ofMinutes(2).plusSeconds(1));
        assertThat(desk.page(late).select("form[action$=reversal]")).isEmpty();
        assertThat(desk.post(late + "/reversal", Map.of("csrf", desk.token())).statusCode())
                .isEqualTo(409);
        hands.handOut(desk, batch, PaperHands.card(2));
        assertThat(waiting.ask("select count(voter) from vote_hand_outs")).isEqualTo("1");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("2");
    }

    @Test
    void differences_are_shown_field_by_field_and_settled_with_the_paper_in_hand() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        hands.handOut(desk, batch, PaperHands.card(1));
        var sheet = hands.sheets(batch).getFirst();
        var office = browser().signIn(Town.officer());
        hands.type(desk, sheet, "valid", 1, 2);
        assertThat(office.follow(hands.type(office, sheet, "valid", 1)).text()).contains("verschieden");
        assertThat(papers.openMatters(round.id())).extracting(PaperMatter::kind).contains("different");
        assertThat(papers.hindrance(round)).isPresent();
        var page = org.jsoup.Jsoup.parse(hands.look(desk, sheet).body());
        assertThat(page.select("[data-differs=true]")).hasSize(1);
        assertThat(page.select("[data-differs=true]").text()).contains("angekreuzt", "nicht angekreuzt");
        assertThat(page.select("input[name=tick-1]").hasAttr("checked")).isTrue();
        assertThat(page.select("input[name=tick-2]").hasAttr("checked")).isFalse();
        var fields = PaperHands.ticks(sheet, "valid", 1);
        fields.put("csrf", desk.token());
        assertThat(desk.follow(desk.post("/votes/papier/paper/mendings", fields))
                        .text())
                .contains("angenommen");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
        assertThat(waiting.ask("select count(looked_by) from vote_sheet_outcomes"))
                .isEqualTo("1");
        assertThat(desk.post("/votes/papier/paper/mendings", fields).statusCode())
                .isEqualTo(422);
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
    }

    @Test
    void what_makes_no_ballot_is_refused_with_a_sentence() {
        rounds.forgetAll();
        round = rounds.announce(TestRounds.plan("papier", TestRounds.OST).budget(100));
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        var sheet = hands.sheets(batch).getFirst();
        assertThat(hands.look(desk, "ZZZZ-ZZZZ").body()).contains("gehört zu keinem Stimmzettel");
        assertThat(hands.look(desk, sheet).body()).contains("einer zu viel");
        hands.handOut(desk, batch, PaperHands.card(1));
        assertThat(hands.type(desk, sheet, "valid").body()).contains("Nichts ist angekreuzt");
        assertThat(hands.type(desk, sheet, "empty", 1).body()).contains("passt nicht zu den Kreuzen");
        var all = rounds.numbers(round, TestRounds.OST).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        var dear = hands.type(desk, sheet, "valid", all);
        assertThat(dear.statusCode()).isEqualTo(422);
        assertThat(dear.body()).contains("ungültig");
        hands.type(desk, sheet, "invalid", all);
        assertThat(hands.type(desk, sheet, "invalid").body()).contains("schon eingegeben");
        var office = browser().signIn(Town.officer());
        hands.type(office, sheet, "invalid");
        assertThat(hands.look(office, sheet).body()).contains("schon fertig");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("0");
        assertThat(waiting.ask("select outcome from vote_sheet_outcomes")).isEqualTo("invalid");
        assertThat(hands.look(desk, hands.sheets(batch).get(1)).body()).contains("einer zu viel");
    }

    @Test
    void an_empty_paper_takes_part_and_a_withdrawn_candidate_may_stand_on_one() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var office = browser().signIn(Town.officer());
        var batch = hands.stack(desk, TestRounds.OST);
        hands.handOut(desk, batch, PaperHands.card(1));
        hands.handOut(desk, batch, PaperHands.card(2));
        rounds.withdraw(round, 1, "Der Ort ist inzwischen vergeben.");
        var sheets = hands.sheets(batch);
        for (var browser : List.of(desk, office)) {
            hands.type(browser, sheets.get(0), "empty");
            hands.type(browser, sheets.get(1), "valid", 1);
        }
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("2");
    }

    @Test
    void papers_are_typed_for_a_while_after_the_close_and_the_count_waits() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        hands.handOut(desk, batch, PaperHands.card(1));
        hands.handOut(desk, batch, PaperHands.card(2));
        clock.turn(Duration.ofHours(1));
        assertThat(hands.handOut(desk, batch, PaperHands.card(3)).statusCode()).isEqualTo(409);
        var sheets = hands.sheets(batch);
        hands.type(desk, sheets.get(0), "valid", 1);
        assertThat(papers.openMatters(round.id())).extracting(PaperMatter::kind).containsExactly("box", "once");
        hands.box(desk, batch, 2);
        assertThat(papers.openMatters(round.id())).extracting(PaperMatter::kind).containsExactly("missing", "once");
        clock.turn(Duration.ofHours(3));
        assertThat(hands.look(desk, sheets.get(1)).statusCode()).isEqualTo(409);
        assertThat(papers.openMatters(round.id())).extracting(PaperMatter::kind).containsExactly("once");
        hands.type(browser().signIn(Town.officer()), sheets.get(0), "valid", 1);
        assertThat(papers.openMatters(round.id())).isEmpty();
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
        var administrator = browser().signIn(Town.administrator());
        administrator.post("/votes/papier/paper/window", Map.of("csrf", administrator.token(), "minutes", "300"));
        assertThat(hands.look(desk, sheets.get(1)).statusCode()).isEqualTo(200);
        assertThat(papers.openMatters(round.id())).extracting(PaperMatter::kind).containsExactly("missing");
    }

    @Test
    void nothing_is_handed_out_or_typed_while_a_round_is_held() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        hands.handOut(desk, batch, PaperHands.card(1));
        rounds.hold(round, "Der Server wird umgezogen.");
        assertThat(hands.handOut(desk, batch, PaperHands.card(2)).statusCode()).isEqualTo(409);
        assertThat(hands.look(desk, hands.sheets(batch).getFirst()).statusCode())
                .isEqualTo(409);
    }

    @Test
    void the_same_sheet_typed_by_many_at_once_is_one_ballot() throws InterruptedException {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        hands.handOut(desk, batch, PaperHands.card(1));
        hands.handOut(desk, batch, PaperHands.card(2));
        var sheet = SheetNumber.typed(hands.sheets(batch).getFirst()).orElseThrow();
        var typists = Map.of(
                Town.coordinator("ost"), rounds.visitor(Town.coordinator("ost")),
                Town.officer(), rounds.visitor(Town.officer()));
        var strong = typists.values().stream()
                .map(visitor -> new motette.people.Visitor(
                        visitor.personId(),
                        "",
                        visitor.roles(),
                        1,
                        clock.instant().plus(Duration.ofHours(1))))
                .toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            threads.invokeAll(IntStream.range(0, 48)
                    .<Callable<Object>>mapToObj(i -> () -> entries.type(
                            strong.get(i % 2), "papier", sheet, SheetOutcome.VALID, TestRounds.ticks(List.of(1))))
                    .toList());
        }
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
        assertThat(waiting.ask("select count(*) || ' ' || count(distinct person_id) from vote_sheet_entries"))
                .isEqualTo("2 2");
    }

    @Test
    void the_same_voter_at_every_channel_at_once_has_one_entry() throws InterruptedException {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = Long.parseLong(hands.stack(desk, TestRounds.OST));
        var person = Town.resident(1);
        show(person, PaperHands.card(7));
        var voter = rounds.voter(round, person).orElseThrow();
        long coordinator = rounds.visitor(Town.coordinator("ost")).personId();
        try (var threads = Executors.newFixedThreadPool(12)) {
            threads.invokeAll(IntStream.range(0, 36)
                    .<Callable<Object>>mapToObj(i -> () -> switch (i % 3) {
                        case 0 -> urn.cast("papier", voter, "", Choice.NOTHING, "attempt-one");
                        case 1 -> urn.castForGood("papier", voter, "", Choice.NOTHING, Channel.KIOSK);
                        default ->
                            papers.handOut(
                                    coordinator,
                                    "papier",
                                    List.of(batch),
                                    voter,
                                    UUID.randomUUID().toString());
                    })
                    .toList());
        }
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("1");
        var channel = waiting.ask("select channel from vote_roll");
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo(channel.equals("paper") ? "0" : "1");
        assertThat(waiting.ask("select count(*) from vote_hand_outs")).isEqualTo(channel.equals("paper") ? "1" : "0");
    }

    @Test
    void one_may_take_a_sheet_of_each_of_two_districts_where_the_round_allows_it() {
        rounds.forgetAll();
        round = rounds.announce(
                TestRounds.plan("papier", TestRounds.OST, TestRounds.MITTE).withFurtherDistrict());
        var desk = browser().signIn(Town.coordinator("ost"));
        var office = browser().signIn(Town.officer());
        var home = hands.stack(desk, TestRounds.OST);
        var further = hands.stack(office, TestRounds.MITTE);
        var card = new HashMap<>(PaperHands.card(1));
        card.put("second", home);
        assertThat(hands.handOut(desk, home, card).statusCode()).isEqualTo(409);
        card.put("second", further);
        var done = Browser.location(hands.handOut(desk, home, card));
        assertThat(waiting.ask("select district_key || further_key from vote_roll"))
                .isEqualTo("20");
        assertThat(waiting.ask("select count(*) from vote_hand_outs")).isEqualTo("2");
        desk.submit(desk.page(done), done + "/reversal", Map.of());
        assertThat(waiting.ask("select count(*) from vote_hand_outs")).isEqualTo("0");
        assertThat(waiting.ask("select count(*) from vote_roll")).isEqualTo("0");
    }

    @Test
    void stacks_are_offered_where_somebody_may_make_them() {
        rounds.forgetAll();
        round = rounds.announce(TestRounds.plan("papier", TestRounds.MITTE, TestRounds.OST));
        assertThat(browser()
                        .signIn(Town.coordinator("ost"))
                        .page("/votes/papier/paper")
                        .select("#district option")
                        .eachText())
                .containsExactly("Ost");
        assertThat(browser()
                        .signIn(Town.officer())
                        .page("/votes/papier/paper")
                        .select("#district option")
                        .eachText())
                .containsExactly("Mitte", "Ost");
        assertThat(browser().signIn(Town.auditor()).page("/votes/papier/paper").select("#district"))
                .isEmpty();
    }

    @Test
    void the_database_itself_keeps_typists_apart_and_settled_sheets_as_they_are() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        var sheet = hands.sheets(batch).getFirst();
        var insert = "insert into vote_sheet_entries (number, turn, person_id) values ('" + sheet + "', %d, "
                + rounds.visitor(Town.officer()).personId() + ")";
        waiting.change(insert.formatted(1));
        assertThatThrownBy(() -> waiting.change(insert.formatted(2))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> waiting.change(insert.formatted(3))).isInstanceOf(RuntimeException.class);
        waiting.change("insert into vote_sheet_outcomes (number, outcome) values ('" + sheet + "', 'invalid')");
        assertThatThrownBy(() -> waiting.change("update vote_sheet_outcomes set outcome = 'valid'"))
                .hasStackTraceContaining("is settled");
        assertThatThrownBy(() -> waiting.change(
                        "insert into vote_sheet_entries (number, turn, person_id) values ('" + sheet + "', 2, "
                                + rounds.visitor(Town.administrator()).personId() + ")"))
                .hasStackTraceContaining("is settled");
    }

    @Test
    void papers_are_printed_in_an_order_that_nobody_keeps_and_not_after_one_is_handed_out() throws Exception {
        var desk = browser().signIn(Town.coordinator("ost"));
        var batch = hands.stack(desk, TestRounds.OST);
        rounds.withdraw(round, 1, "Der Ort ist inzwischen vergeben.");
        var pdf = hands.print(desk, batch);
        assertThat(pdf.statusCode()).isEqualTo(200);
        try (var document = Loader.loadPDF(pdf.body())) {
            var text = new PDFTextStripper().getText(document);
            var numbers = hands.sheets(batch);
            assertThat(numbers).hasSize(10);
            for (var number : numbers) {
                assertThat(text).contains(number.substring(0, 4) + "-" + number.substring(4));
            }
            assertThat(text).contains("Stimmzettel", "Zurückgezogen", "Ihre Stimme ist ein Rat", "1.000.000");
        }
        PdfUa.keeps(pdf.body());
        hands.handOut(desk, batch, PaperHands.card(1));
        assertThat(hands.print(desk, batch).statusCode()).isEqualTo(409);
    }

    @Test
    void who_has_no_role_sees_nothing_of_papers() {
        for (var stranger : List.of(Town.resident(1), Town.coordinator("west"), Town.chair("ost"))) {
            var browser = browser().signIn(stranger);
            for (var path : List.of("", "/hand-out", "/entry")) {
                assertThat(browser.get("/votes/papier/paper" + path).statusCode())
                        .as(stranger + path)
                        .isEqualTo(403);
            }
        }
        var auditor = browser().signIn(Town.auditor());
        assertThat(auditor.get("/votes/papier/paper").statusCode()).isEqualTo(200);
        assertThat(auditor.get("/votes/papier/paper/entry").statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> papers.handOut(
                        1, "gibt-es-nicht", List.of(1L), new Voter(new byte[32], 0, "2", "21", ""), "attempt"))
                .isInstanceOf(Refused.class);
    }

    /** Somebody shows residence with the card, by the code of their phone. */
    private void show(String person, Map<String, String> card) {
        var phone = browser().signIn(person);
        waiting.change("delete from residence_proofs where person_id = (select id from persons where demo_key = '"
                + person + "')");
        var fields = new HashMap<>(card);
        fields.put("csrf", phone.token());
        phone.post("/residence/card", fields);
        var code = phone.page("/residence/card").select(".code-show__signs").text();
        var desk = browser().signIn(Town.coordinator("ost"));
        assertThat(desk.post("/residence/desk/proof", Map.of("csrf", desk.token(), "code", code))
                        .statusCode())
                .isEqualTo(303);
    }

    private String postcode(String quarter) {
        return residences.somePostcode(quarter);
    }
}
