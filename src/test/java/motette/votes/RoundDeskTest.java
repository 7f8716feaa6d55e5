package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micronaut.http.HttpMethod;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import motette.Browser;
import motette.PdfUa;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.shared.Refused;
import motette.town.Town;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A round from the first word to its close, as the desk sees it. */
@MicronautTest(transactional = false)
class RoundDeskTest extends PortalTest {

    private static final String WHY = "Der Anbieter hat sein Angebot geändert.";

    @Inject
    DeskRounds made;

    @Inject
    TestRounds tests;

    @Inject
    RoundRepository rounds;

    @Inject
    DeskRepository desk;

    @Inject
    RunningRounds running;

    @Inject
    Rehearsals rehearsals;

    @Inject
    Preparation preparation;

    @Inject
    Announcing announcing;

    @Inject
    Protocols protocols;

    @Inject
    RoundJob job;

    @Inject
    Router router;

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @BeforeEach
    void noRounds() {
        tests.forgetAll();
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void a_round_is_prepared_step_by_step_and_announced() {
        var browser = browser().signIn(Town.administrator());
        var begun = browser.submit(
                browser.page("/votes/desk/new"),
                "/votes/desk",
                made.typed("schritt-fuer-schritt", Duration.ofDays(10), Duration.ofDays(14)));
        var districts = Browser.location(begun);
        assertThat(districts).matches("/votes/desk/\\d+/districts");
        long id = Long.parseLong(districts.replaceAll("\\D", ""));
        var page = browser.page(districts);
        assertThat(page.select("#money-2").attr("value"))
                .as("what is free is offered")
                .isNotEmpty();
        var candidates = Browser.location(browser.submit(page, districts, Map.of("district", "2", "money-2", "9.000")));
        assertThat(candidates).isEqualTo("/votes/desk/" + id + "/candidates");
        assertThat(browser.page("/votes/desk/" + id).select("form[action$=announcement]"))
                .as("nothing is chosen yet")
                .isEmpty();
        var ideas = made.someIdeas(id);
        browser.post(candidates, Map.of("csrf", browser.token(), "district", "2", "idea", ideas));
        var check = browser.page("/votes/desk/" + id);
        assertThat(check.text()).contains("Prüfliste vor der Ankündigung").doesNotContain("Noch zu klären");
        assertThat(Browser.location(browser.submit(check, "/votes/desk/" + id + "/announcement", Map.of())))
                .isEqualTo("/votes/desk/" + id + "?said=announced");

        var round = rounds.find(id).orElseThrow();
        assertThat(round.phase(clock.instant())).isEqualTo(Phase.ANNOUNCED);
        assertThat(rounds.candidates(id).stream().map(Candidate::ideaNumber))
                .as("drawn from the seed that is kept")
                .isEqualTo(BallotOrder.order(HexFormat.of().parseHex(round.tieSeed()), ideas));
        assertThat(waiting.ask("select count(*) from vote_keys.round_keys where round_id = " + id))
                .isEqualTo("1");
        assertThat(waiting.ask(
                        "select string_agg(distinct kind, ',') from idea_events where kind = 'on-ballot' and note = '"
                                + round.title() + "'"))
                .isEqualTo("on-ballot");
        assertThat(waiting.ask("select string_agg(distinct state, ',') from ideas where number in " + in(ideas)))
                .as("an idea stays where it stands")
                .isIn("published", "postponed", "postponed,published", "published,postponed");
        assertThat(browser.page("/ideas/" + ideas.getFirst())
                        .select(".timeline")
                        .text())
                .contains("Steht zur Abstimmung");
        assertThat(browser.page("/audit").text()).contains("Abstimmung angekündigt");
        assertThat(browser.page("/votes/desk").text()).contains("Angekündigt");
        assertThat(browser.page("/votes/desk/" + id).text())
                .contains("Ideen in ausgeloster Reihenfolge")
                .doesNotContain(round.tieSeed());
    }

    @Test
    void of_two_rounds_with_one_address_saved_at_once_one_stands_and_the_other_is_told() throws Exception {
        var typed = new HashMap<>(made.typed("zugleich", Duration.ofDays(10), Duration.ofDays(14)));
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var start = new CyclicBarrier(2);
            var both = new ArrayList<Future<HttpResponse<String>>>();
            for (int i = 0; i < 2; i++) {
                var browser = browser().signIn(Town.administrator());
                var form = new HashMap<>(typed);
                form.put("csrf", browser.token());
                both.add(threads.submit(() -> {
                    start.await();
                    return browser.post("/votes/desk", form);
                }));
            }
            for (var one : both) {
                answers.add(one.get().statusCode());
                if (one.get().statusCode() == 422) {
                    assertThat(one.get().body()).contains("zugleich", "schon");
                }
            }
        }
        assertThat(answers).containsExactlyInAnyOrder(303, 422);
        assertThat(waiting.ask("select count(*) from vote_rounds where slug = 'zugleich'"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title=kurz",
                "slug=Ümläut",
                "slug=desk",
                "form=",
                "form=points",
                "minimum_age=alt",
                "opens_on=",
                "opens_at=abends",
                "opens_on=2027-03-28 opens_at=02:30",
                "opens_on=2027-10-31 opens_at=02:30",
                "closes_on=2020-01-01",
                "rule=losen",
                "least_votes=-3"
            })
    void what_was_typed_comes_back_with_a_sentence(String changes) {
        var typed = new HashMap<>(made.typed("kommt-zurueck", Duration.ofDays(10), Duration.ofDays(14)));
        for (var change : changes.split(" ")) {
            typed.put(change.split("=")[0], change.endsWith("=") ? "" : change.split("=", 2)[1]);
        }
        typed.put("intro", "Diese Worte bleiben stehen.");
        var browser = browser().signIn(Town.administrator());
        var answer = browser.submit(browser.page("/votes/desk/new"), "/votes/desk", typed);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Diese Worte bleiben stehen.", "error-summary");
        assertThat(waiting.ask("select count(*) from vote_rounds where slug = 'kommt-zurueck'"))
                .isEqualTo("0");
    }

    @Test
    void what_the_check_list_finds_keeps_a_round_from_being_announced() {
        long id = made.prepared("nicht-fertig");
        var ideas = made.someIdeas(id);
        preparation.choose(made.administrator(), id, DeskRounds.OST, ideas.subList(0, 1));
        assertThatThrownBy(() -> announcing.announce(made.administrator(), id)).isInstanceOf(Refused.class);
        preparation.choose(made.administrator(), id, DeskRounds.OST, ideas);
        waiting.change("update vote_districts set budget_cents = 99999999 where round_id = " + id);
        assertThatThrownBy(() -> announcing.announce(made.administrator(), id)).isInstanceOf(Refused.class);
        waiting.change("update vote_districts set budget_cents = 100 where round_id = " + id);
        assertThatThrownBy(() -> announcing.announce(made.administrator(), id)).isInstanceOf(Refused.class);
        waiting.change("update vote_districts set budget_cents = 900000 where round_id = " + id);
        clock.turn(Duration.ofDays(11));
        assertThatThrownBy(() -> announcing.announce(made.administrator(), id))
                .as("its opening is over")
                .isInstanceOf(Refused.class);
        clock.reset();
        assertThat(announcing.announce(made.administrator(), id)).isTrue();
        assertThatThrownBy(() -> announcing.announce(made.administrator(), id))
                .as("once")
                .isInstanceOf(Refused.class);
    }

    /** Whatever a program does. */
    @Test
    void an_announced_round_does_not_change_even_by_sql() {
        long id = made.announced("steht-fest");
        var of = " where round_id = " + id;
        for (var change : List.of(
                "update vote_rounds set closes_at = closes_at + interval '1 day' where id = " + id,
                "update vote_rounds set rule = 'votes' where id = " + id,
                "delete from vote_rounds where id = " + id,
                "update vote_districts set budget_cents = budget_cents + 1" + of,
                "delete from vote_districts" + of,
                "insert into vote_districts values (" + id + ", '3', 100)",
                "update vote_candidates set number = number + 100" + of,
                "delete from vote_candidates" + of,
                "insert into vote_exclusions values (" + id + ", 1, 2)")) {
            assertThatThrownBy(() -> waiting.change(change)).as(change).hasStackTraceContaining("is announced");
        }
    }

    @Test
    void ideas_that_exclude_each_other_do_so_after_the_lot_as_well() {
        long id = made.prepared("entweder-oder");
        var ideas = made.someIdeas(id);
        assertThat(preparation
                        .exclude(made.administrator(), id, ideas.get(0), ideas.get(1))
                        .orElseThrow()
                        .isEmpty())
                .isTrue();
        assertThat(preparation
                        .exclude(made.administrator(), id, ideas.get(0), ideas.get(0))
                        .orElseThrow()
                        .isEmpty())
                .isFalse();
        announcing.announce(made.administrator(), id);
        var numbers =
                rounds.candidates(id).stream().collect(Collectors.toMap(Candidate::number, Candidate::ideaNumber));
        assertThat(desk.exclusions(id))
                .singleElement()
                .satisfies(pair -> assertThat(List.of(numbers.get(pair.one()), numbers.get(pair.other())))
                        .containsExactlyInAnyOrder(ideas.get(0), ideas.get(1)));
    }

    // Deeds and phases

    /** In which phases a form may do something; everywhere else it is refused with 409 and nothing happens. */
    private static final Map<String, Set<Phase>> ALLOWED = allowed();

    private static Map<String, Set<Phase>> allowed() {
        var preparing = Set.of(Phase.PREPARED);
        var running = Set.of(Phase.ANNOUNCED, Phase.OPEN, Phase.HELD);
        var allowed = new TreeMap<String, Set<Phase>>();
        for (var form : List.of(
                "basics", "districts", "candidates", "exclusions", "exclusions/removal", "discard", "announcement")) {
            allowed.put(form, preparing);
        }
        allowed.put("rehearsals", Set.of(Phase.PREPARED, Phase.ANNOUNCED));
        allowed.put("rehearsals/removal", Set.of(Phase.PREPARED, Phase.ANNOUNCED));
        allowed.put("hold", Set.of(Phase.ANNOUNCED, Phase.OPEN));
        allowed.put("hold/ending", Set.of(Phase.HELD));
        allowed.put("prolongation", running);
        allowed.put("candidates/{number}", running);
        allowed.put("candidates/{number}/withdrawal", running);
        // Nor here without a photo.
        allowed.put("candidates/{number}/picture/removal", Set.of());
        allowed.put("count", Set.of(Phase.CLOSED));
        allowed.put("signatures", Set.of(Phase.COUNTED));
        // Not without signatures, in no phase.
        allowed.put("publication", Set.of());
        allowed.put("incidents", Set.of(Phase.ANNOUNCED, Phase.OPEN, Phase.HELD, Phase.CLOSED, Phase.COUNTED));
        return allowed;
    }

    @Test
    void every_form_is_refused_outside_of_its_phases() {
        assertThat(forms()).as("forms of the desk that no line above tells of").isEqualTo(ALLOWED.keySet());
        var wrong = new ArrayList<String>();
        for (var phase : Phase.values()) {
            for (var form : ALLOWED.keySet()) {
                clock.reset();
                tests.forgetAll();
                long id = in(
                        phase,
                        "phase-" + phase.key() + "-"
                                + form.replaceAll("\\W+", "-").replaceAll("-$", ""));
                assertThat(rounds.find(id).orElseThrow().phase(clock.instant())).isEqualTo(phase);
                var before = everything(id);
                var browser = browser().signIn(Town.administrator());
                var answer =
                        browser.post("/votes/desk/" + id + "/" + form.replace("{number}", "1"), filled(browser, id));
                boolean done = answer.statusCode() == 303;
                boolean refused = answer.statusCode() == 409 && everything(id).equals(before);
                if (ALLOWED.getOrDefault(form, Set.of()).contains(phase) ? !done : !refused) {
                    wrong.add(form + " while " + phase.key() + ": " + answer.statusCode());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private TreeSet<String> forms() {
        return router.uriRoutes()
                .filter(route -> route.getHttpMethod() == HttpMethod.POST)
                .map(route -> route.getUriMatchTemplate().toString().replaceAll("\\{(\\w+):[^}]*}", "{$1}"))
                .filter(path -> path.startsWith("/votes/desk/{id}/"))
                .map(path -> path.substring("/votes/desk/{id}/".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Everything any of the forms asks for, so that it is the phase alone that refuses. */
    private Map<String, Object> filled(Browser browser, long id) {
        var fields = new HashMap<String, Object>(made.typed("form-" + id, Duration.ofDays(20), Duration.ofDays(60)));
        var ideas = desk.prepared(id).stream().map(Prepared::idea).toList();
        fields.put("csrf", browser.token());
        fields.put("district", DeskRounds.OST);
        fields.put("money-2", "9000");
        fields.put("idea", ideas);
        fields.put("one", ideas.getFirst());
        fields.put("other", ideas.getLast());
        fields.put("sure", "yes");
        fields.put("description", "Eine neue Beschreibung.");
        fields.put("cost", "1.234");
        fields.put("reason", WHY);
        fields.put("c1", "1");
        var round = rounds.find(id).orElseThrow();
        fields.put(
                "protocol", round.countedAt().isPresent() ? protocols.of(round).hex() : "");
        return fields;
    }

    private String everything(long id) {
        return waiting.ask("select concat_ws(' ', (select count(*) from vote_rounds where id = " + id + "),"
                + " (select title from vote_rounds where id = " + id + "),"
                + " (select count(*) from vote_rehearsals where round_id = " + id + "),"
                + " (select count(*) from vote_holds where round_id = " + id + "),"
                + " (select count(*) from vote_holds where ended_at is null and round_id = " + id + "),"
                + " (select count(*) from vote_prolongations where round_id = " + id + "),"
                + " (select count(*) from vote_candidate_versions where round_id = " + id + "),"
                + " (select count(*) from vote_withdrawals where round_id = " + id + "),"
                + " (select count(*) from vote_exclusions where round_id = " + id + "),"
                + " (select count(*) from vote_counts where round_id = " + id + "),"
                + " (select count(*) from vote_signatures where round_id = " + id + "),"
                + " (select count(*) from vote_publications where round_id = " + id + "),"
                + " (select count(*) from vote_incidents where round_id = " + id + "))");
    }

    private long in(Phase phase, String slug) {
        if (phase == Phase.PREPARED) {
            return made.prepared(slug);
        }
        long id = made.announced(slug);
        var round = rounds.find(id).orElseThrow();
        switch (phase) {
            case OPEN -> clock.set(round.opensAt());
            case HELD -> {
                running.hold(made.administrator(), id, WHY);
                clock.set(round.opensAt());
            }
            case CLOSED -> clock.set(round.closesAt());
            case COUNTED, PUBLISHED -> {
                clock.set(round.closesAt());
                waiting.change("insert into vote_counts values (" + id + ", '" + clock.instant() + "', 0, 0, true)");
                if (phase == Phase.PUBLISHED) {
                    waiting.change("insert into vote_publications values (" + id + ", '" + clock.instant() + "', "
                            + made.administrator().personId() + ", sha256(''))");
                }
            }
            default -> {}
        }
        return id;
    }

    @Test
    void a_hold_does_not_move_the_close_and_cannot_be_ended_after_it() {
        long id = made.announced("angehalten");
        var round = rounds.find(id).orElseThrow();
        clock.set(round.opensAt().plusSeconds(60));
        assertThat(running.hold(made.administrator(), id, WHY).orElseThrow().isEmpty())
                .isTrue();
        assertThat(phase(id)).isEqualTo(Phase.HELD);
        assertThatThrownBy(() -> running.hold(made.administrator(), id, WHY)).isInstanceOf(Refused.class);
        clock.set(round.closesAt().minusMillis(200));
        assertThat(phase(id)).isEqualTo(Phase.HELD);
        clock.set(round.closesAt());
        assertThat(phase(id)).as("the close comes, held or not").isEqualTo(Phase.CLOSED);
        assertThatThrownBy(() -> running.resume(made.administrator(), id)).isInstanceOf(Refused.class);
    }

    @Test
    void a_round_is_prolonged_before_its_close_and_only_to_a_later_one() {
        long id = made.announced("verlaengert");
        var round = rounds.find(id).orElseThrow();
        clock.set(round.closesAt().minusSeconds(60));
        assertThat(running.prolong(made.administrator(), id, TypedMoment.of(round.closesAt()), WHY)
                        .orElseThrow()
                        .has("closes_on"))
                .as("the same close is no later one")
                .isTrue();
        var later = round.closesAt().plus(Duration.ofDays(3));
        assertThat(running.prolong(made.administrator(), id, TypedMoment.of(later), WHY)
                        .orElseThrow()
                        .isEmpty())
                .isTrue();
        clock.set(round.closesAt());
        assertThat(phase(id)).isEqualTo(Phase.OPEN);
        clock.set(later);
        assertThat(phase(id)).isEqualTo(Phase.CLOSED);
        assertThatThrownBy(() ->
                        running.prolong(made.administrator(), id, TypedMoment.of(later.plus(Duration.ofDays(3))), WHY))
                .isInstanceOf(Refused.class);
    }

    /** Clocks go back on 31 October 2027, forward on 28 March 2027: the close stays at 18:00 on the wall. */
    @ParameterizedTest
    @ValueSource(strings = {"2027-03-28", "2027-10-31"})
    void a_close_in_the_evening_stays_in_the_evening_when_clocks_change(String day) {
        var closes = new TypedMoment(day, "18:00").instant().orElseThrow();
        clock.set(closes.minus(Duration.ofDays(30)));
        var typed = new HashMap<>(made.typed("zeit-" + day, Duration.ofDays(20), Duration.ofDays(8)));
        typed.putAll(Map.of("closes_on", day, "closes_at", "18:00"));
        var begun = preparation.begin(made.administrator(), RoundForm.of(typed));
        var round = rounds.find(begun.round()).orElseThrow();
        assertThat(round.closesAt())
                .isEqualTo(Instant.parse(day.equals("2027-03-28") ? "2027-03-28T16:00:00Z" : "2027-10-31T17:00:00Z"));
        assertThat(RoundForm.of(round).closes()).isEqualTo(new TypedMoment(day, "18:00"));
    }

    // After the close

    @Test
    void two_different_people_sign_one_wording_and_then_it_is_published() throws Exception {
        long id = made.announced("unterschrieben");
        clock.set(round(id).opensAt().plusSeconds(60));
        running.note(made.administrator(), id, "Ein Tablet fiel für eine Stunde aus.");
        clock.set(round(id).closesAt());
        var path = "/votes/desk/" + id;
        var admin = browser().signIn(Town.administrator());
        assertThat(admin.submit(admin.page(path), path + "/count", Map.of()).statusCode())
                .isEqualTo(303);
        var text = protocols.of(round(id)).text();
        assertThat(text)
                .contains("Ein Tablet fiel", round(id).tieSeed(), round(id).tieHash(), "Gleiche Anteile")
                .contains(
                        "Ost: " + rounds.candidates(id).size() + " Ideen",
                        "Ost: 0 im Verzeichnis, 0 gezählt, Unterschied 0",
                        "Keine ausgegeben")
                .isEqualTo(protocols.of(round(id)).text());
        assertThat(admin.post(path + "/signatures", Map.of("csrf", admin.token(), "protocol", "00"))
                        .statusCode())
                .as("another wording")
                .isEqualTo(409);
        assertThat(admin.submit(admin.page(path), path + "/signatures", Map.of())
                        .statusCode())
                .isEqualTo(303);
        var again = Map.of(
                "csrf", admin.token(), "protocol", protocols.of(round(id)).hex());
        assertThat(admin.post(path + "/signatures", again).statusCode())
                .as("the same person twice")
                .isEqualTo(409);
        assertThat(admin.post(path + "/publication", again).statusCode())
                .as("one signature is not enough")
                .isEqualTo(409);
        assertThatThrownBy(() -> running.note(made.administrator(), id, WHY))
                .as("what is signed stays")
                .isInstanceOf(Refused.class);
        var officer = browser().signIn(Town.officer());
        assertThat(officer.submit(officer.page(path), path + "/signatures", Map.of())
                        .statusCode())
                .isEqualTo(303);
        assertThat(admin.submit(admin.page(path), path + "/publication", Map.of())
                        .statusCode())
                .isEqualTo(303);
        assertThat(phase(id)).isEqualTo(Phase.PUBLISHED);
        var pdf = admin.sendForBytes(HttpRequest.newBuilder(admin.home().resolve(path + "/protocol.pdf"))
                        .build())
                .body();
        PdfUa.keeps(pdf);
        try (var document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", ""))
                    .contains("EinTabletfiel", protocols.of(round(id)).hex(), "Verwaltung");
        }
        assertThat(waiting.ask("select count(*) from vote_files where name = 'protocol.pdf' and round_id = " + id))
                .isEqualTo("1");
    }

    @Test
    void the_job_tells_once_that_a_round_closed_and_counts_it_after_a_day() {
        long id = made.announced("von-selbst");
        waiting.change(
                "update persons set email = 'amt@motette.example' where demo_key = '" + Town.administrator() + "'");
        clock.set(round(id).closesAt());
        job.look();
        job.look();
        assertThat(waiting.ask("select count(*) from mails where topic = 'round-closed-" + id + "'"))
                .isEqualTo("1");
        assertThat(phase(id)).isEqualTo(Phase.CLOSED);
        clock.turn(Duration.ofHours(25));
        job.look();
        job.look();
        assertThat(phase(id)).isEqualTo(Phase.COUNTED);
    }

    // Who voted hears of changes

    @Test
    void whoever_voted_with_an_account_is_told_once_a_deed_in_their_language() {
        long id = made.announced("geaendert");
        var round = rounds.find(id).orElseThrow();
        clock.set(round.opensAt().plusSeconds(60));
        vote(id, Town.resident(2), "de");
        vote(id, Town.resident(3), "ar");
        var first = rounds.candidates(id).getFirst();
        var form = new VersionForm(first.title() + " (neu)", first.description(), "1.111", WHY);
        assertThat(running.change(made.administrator(), id, first.number(), form)
                        .orElseThrow()
                        .isEmpty())
                .isTrue();
        assertThat(rounds.candidates(id).getFirst().version()).isEqualTo(2);
        assertThat(rounds.candidates(id).getFirst().costCents()).isEqualTo(111_100);
        var topic = "round-" + id + "-version-" + first.number() + "-2";
        assertThat(waiting.ask(
                        "select count(*) || ' ' || count(distinct recipient) from mails where topic = '" + topic + "'"))
                .isEqualTo("2 2");
        assertThat(waiting.ask("select body from mails where topic = '" + topic + "' and recipient like 'resident-2%'"))
                .contains(first.title() + " (neu)", WHY, "/votes/geaendert", "Was Sie gewählt haben, wissen wir nicht");
        assertThat(waiting.ask(
                        "select subject from mails where topic = '" + topic + "' and recipient like 'resident-3%'"))
                .contains("تغيير على ورقة الاقتراع");
        assertThat(running.change(made.administrator(), id, first.number(), form)
                        .orElseThrow()
                        .isEmpty())
                .as("nothing differs")
                .isFalse();
        running.withdraw(made.administrator(), id, first.number(), WHY);
        assertThat(waiting.ask("select count(*) from mails where topic like 'round-" + id + "-%'"))
                .isEqualTo("4");
        assertThatThrownBy(() -> running.withdraw(made.administrator(), id, first.number(), WHY))
                .isInstanceOf(Refused.class);
        assertThat(desk.happenings(id).stream().map(DeskRepository.Happening::kind))
                .containsExactly("version", "withdrawal");
        var progress = browser().signIn(Town.officer()).page("/votes/desk/" + id);
        assertThat(progress.select("#progress ~ .figures strong").text()).isEqualTo("2");
    }

    private void vote(long id, String person, String language) {
        waiting.change("update persons set language = '" + language + "', email = '" + person
                + "@motette.example' where demo_key = '" + person + "'");
        waiting.change(
                "insert into vote_roll (round_id, voter, person_id, district_key, quarter_key, channel, hour) select "
                        + id + ", sha256('" + person + "'), id, '2', '21', 'web', date_trunc('hour', timestamptz '"
                        + clock.instant() + "') from persons where demo_key = '" + person + "'");
    }

    // Rehearsals

    @Test
    void test_ballots_are_counted_apart_and_never_come_into_the_urn() {
        long id = made.prepared("probe");
        var ideas = desk.prepared(id);
        var browser = browser().signIn(Town.administrator());
        var preview = browser.page("/votes/desk/" + id + "/preview");
        assertThat(preview.text()).contains("Vorschau, keine echte Abstimmung");
        var attempt = preview.select("[name=attempt]").attr("value");
        var ballot = Map.of("csrf", browser.token(), "attempt", attempt, "district", "2", "c1", "1");
        assertThat(browser.post("/votes/desk/" + id + "/rehearsals", ballot).statusCode())
                .isEqualTo(303);
        assertThat(browser.post("/votes/desk/" + id + "/rehearsals", ballot).statusCode())
                .as("sent twice, counted once")
                .isEqualTo(303);
        assertThat(rehearsals.count(round(id)).ballots()).isEqualTo(1);
        announcing.announce(made.administrator(), id);
        assertThat(rehearsals.count(round(id)).lines().stream()
                        .filter(line -> line.votes() == 1)
                        .map(Rehearsals.Line::title))
                .as("the lot gave the idea another number")
                .containsExactly(ideas.getFirst().title());
        clock.set(round(id).opensAt());
        assertThat(rehearsals.count(round(id)).ballots())
                .as("as good as deleted")
                .isZero();
        assertThat(browser()
                        .signIn(Town.administrator())
                        .post(
                                "/votes/desk/" + id + "/rehearsals",
                                Map.of(
                                        "csrf",
                                        browser().signIn(Town.administrator()).token(),
                                        "district",
                                        "2"))
                        .statusCode())
                .isNotEqualTo(303);
        assertThatThrownBy(() -> waiting.change("insert into vote_rehearsals values (gen_random_uuid(), " + id
                        + ", '{}', '{}', '" + clock.instant() + "')"))
                .hasStackTraceContaining("nobody rehearses any more");
        assertThat(waiting.ask("select (select count(*) from vote_urn where round_id = " + id
                        + ") + (select count(*) from vote_roll where round_id = " + id + ")"))
                .isEqualTo("0");
    }

    @Test
    void nothing_leads_from_test_ballots_to_the_urn() {
        var classes = new ClassFileImporter().importPackages("motette.votes");
        var known = classes.get(Rehearsals.class).getDirectDependenciesFromSelf().stream()
                .map(use -> use.getTargetClass().getSimpleName())
                .collect(Collectors.toSet());
        assertThat(known).contains("RoundRepository").doesNotContain("Urn", "RoundKeys", "RoundKey", "Voters");
        assertThat(waiting.ask("select count(*) from information_schema.referential_constraints r join"
                        + " information_schema.key_column_usage k using (constraint_name) where"
                        + " k.table_name in ('vote_rehearsals') and r.unique_constraint_name not like"
                        + " 'vote_rounds%'"))
                .isEqualTo("0");
    }

    private Round round(long id) {
        return rounds.find(id).orElseThrow();
    }

    private Phase phase(long id) {
        return round(id).phase(clock.instant());
    }

    private static String in(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }
}
