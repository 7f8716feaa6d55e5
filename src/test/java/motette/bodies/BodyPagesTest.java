package motette.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.shared.Time;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Who decides, where and how: read by everybody, recorded by the administration. */
@MicronautTest(transactional = false)
class BodyPagesTest extends PortalTest {

    @Inject
    Waiting town;

    @Inject
    Bodies bodies;

    @Inject
    Functions functions;

    @Test
    void everybody_reads_who_sits_where_and_how_it_is_decided() {
        var list = browser().page("/bodies");
        assertThat(list.select("tbody tr")).hasSize(25);
        assertThat(list.select("tr:contains(Burghausen)").text()).contains("4 von 5 besetzt");

        var council = browser().page("/bodies/sbb-mitte");
        assertThat(council.select(".seat")).hasSize(11);
        assertThat(council.text())
                .contains("Sitze mit Stimme: 11. Davon unbesetzt: 0.", "stimmt nicht mit ab", "Demo-Vorsitz Mitte")
                .contains("wenn mindestens 6 von 11 Sitzen vertreten sind", "Bis 1.000 € entscheidet das Gremium ohne")
                .contains("Nicht alle diese Regeln hat die Stadt bestätigt", "Burgplatz 1, 04109 Leipzig")
                .contains("Amtszeit: seit 1. August 2024", "Stadtbezirksbudget " + today().getYear());
        assertThat(council.select("a[href=/districts/mitte], a[href=/council/sbb-mitte]"))
                .hasSizeGreaterThan(1);

        var fund = browser().page("/bodies/fonds-gesundheit");
        assertThat(fund.select(".seat").eachText())
                .anyMatch(seat -> seat.contains("Gesundheitsamt") && seat.contains("Demo-Vorsitz"))
                .anyMatch(seat -> seat.contains("Techniker Krankenkasse") && seat.contains("unbesetzt"));
        assertThat(fund.text())
                .contains("Der Vorsitz stimmt mit ab.", "Konsens", "nimmt zuerst die Verwaltung Stellung");
        assertThat(browser().get("/bodies/sbb-mond").statusCode()).isEqualTo(404);
        assertThat(browser().page("/districts/ost").select("a[href=/bodies/sbb-ost]"))
                .isNotEmpty();
    }

    @Test
    void what_a_member_declares_is_theirs_and_the_offices_until_they_release_it() {
        var member = browser().signIn(Town.councillor("west", 1));
        assertThat(post(
                                member,
                                "/bodies/functions",
                                Map.of(
                                        "organisation",
                                        "X",
                                        "kind",
                                        "king",
                                        "from",
                                        today().plusDays(1),
                                        "to",
                                        "gestern"))
                        .statusCode())
                .isEqualTo(422);
        var kept = Jsoup.parse(post(member, "/bodies/functions", Map.of("organisation", "Grüne Gärten", "from", "nie"))
                .body());
        assertThat(kept.select("#organisation").attr("value")).isEqualTo("Grüne Gärten");
        assertThat(kept.select(".error-summary li")).hasSize(2);

        var typed = Map.of("organisation", "Grüne Gärten West e. V.", "kind", "board", "from", "2020-05-01");
        assertThat(Browser.location(post(member, "/bodies/functions", typed)))
                .isEqualTo("/bodies/functions?said=declared");
        assertThat(post(member, "/bodies/functions", typed).statusCode())
                .as("declared twice")
                .isEqualTo(422);
        assertThat(browser().page("/bodies/sbb-west").text()).doesNotContain("Grüne Gärten");

        var office = browser().signIn(Town.officer());
        var seen = office.page("/bodies/sbb-west/functions?organisation=gruene+gaerten+WEST+ev");
        assertThat(seen.select("[role=status]").text())
                .contains("Demo-Beiratsmitglied West 1 hat „Grüne Gärten West e. V.“ angegeben");
        assertThat(town.ask("select what || ' ' || why from personal_reads where what = 'functions' order by id"
                        + " desc limit 1"))
                .isEqualTo("functions body:sbb-west");
        for (var stranger : new String[] {Town.resident(), Town.councillor("west", 2), Town.chair("ost")}) {
            assertThat(browser()
                            .signIn(stranger)
                            .get("/bodies/sbb-west/functions")
                            .statusCode())
                    .as(stranger)
                    .isEqualTo(403);
        }
        assertThat(browser()
                        .signIn(Town.chair("west"))
                        .get("/bodies/sbb-west/functions")
                        .statusCode())
                .isEqualTo(200);

        var id = town.ask("select id from declared_functions where organisation = 'Grüne Gärten West e. V.'");
        var other = browser().signIn(Town.councillor("west", 2));
        for (var deed : new String[] {"publication", "concealment", "ending", "removal"}) {
            assertThat(post(other, "/bodies/functions/" + id + "/" + deed, Map.of())
                            .statusCode())
                    .as(deed)
                    .isEqualTo(404);
        }
        post(member, "/bodies/functions/" + id + "/publication", Map.of());
        assertThat(browser().page("/bodies/sbb-west").select(".seat").get(0).text())
                .contains("Grüne Gärten West e. V.");
        post(member, "/bodies/functions/" + id + "/concealment", Map.of());
        assertThat(browser().page("/bodies/sbb-west").text()).doesNotContain("Grüne Gärten");

        assertThat(functions.hints("sbb-west", "GRUENE GAERTEN WEST", LocalDate.of(2024, 8, 1)))
                .singleElement()
                .satisfies(hint -> assertThat(hint.kind()).isEqualTo("board"));
        assertThat(functions.hints("sbb-west", "Grüne Gärten West", LocalDate.of(2024, 7, 31)))
                .as("before they were a member")
                .isEmpty();
        assertThat(functions.hints("sbb-ost", "Grüne Gärten West", today()))
                .as("another body")
                .isEmpty();
        post(member, "/bodies/functions/" + id + "/ending", Map.of());
        assertThat(functions.hints("sbb-west", "Grüne Gärten West", today().plusDays(1)))
                .isEmpty();
        post(member, "/bodies/functions/" + id + "/removal", Map.of());
        assertThat(town.ask("select count(*) from declared_functions where organisation like 'Grüne%'"))
                .isEqualTo("0");
        assertThat(browser().signIn(Town.resident()).get("/bodies/functions").statusCode())
                .isEqualTo(403);
    }

    @Test
    void new_rules_hold_from_their_day_on_and_for_this_body_alone() {
        var admin = browser().signIn(Town.administrator());
        var path = "/bodies/sbb-nord/rules";
        var tomorrow = today().plusDays(1);
        var early = post(admin, path, rules(today().toString(), "1/2"));
        assertThat(early.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(early.body()).select("#rules_from-error").text()).contains("frühestens ab morgen");
        assertThat(Jsoup.parse(early.body()).select("#rules_source").attr("value"))
                .isEqualTo("Geschäftsordnung vom 1. November 2026");
        assertThat(post(admin, path, rules(tomorrow.toString(), "9/8")).statusCode())
                .isEqualTo(422);

        var typed = rules(tomorrow.toString(), "2/3");
        assertThat(Browser.location(post(admin, path, typed))).isEqualTo("/bodies/sbb-nord/administration?said=rules");
        assertThat(post(admin, path, typed).statusCode())
                .as("the same form again")
                .isEqualTo(303);
        assertThat(town.ask("select count(*) from rules_of_procedure where body_key = 'sbb-nord'"))
                .isEqualTo("1");

        assertThat(quorum("sbb-nord", today())).isEqualTo(6);
        assertThat(quorum("sbb-nord", tomorrow)).isEqualTo(8);
        assertThat(quorum("sbb-ost", tomorrow)).as("another body").isEqualTo(6);
        var page = browser().page("/bodies/sbb-nord");
        assertThat(page.text())
                .contains(
                        "mindestens 6 von 11 Sitzen",
                        "gelten andere Regeln",
                        "mindestens 8 von 11 Sitzen",
                        "Probe der Regeln");
        assertThat(browser().page("/audit?kind=council").text())
                .contains("Neue Regeln eines Gremiums eingetragen", "Probe der Regeln");

        var later = rules(tomorrow.toString(), "1/3");
        assertThat(post(admin, path, later).statusCode()).isEqualTo(303);
        assertThat(quorum("sbb-nord", tomorrow))
                .as("what was recorded last for a day")
                .isEqualTo(4);
        assertThat(town.ask("select count(*) from rules_of_procedure where body_key = 'sbb-nord'"))
                .as("nothing is overwritten")
                .isEqualTo("2");
        assertThat(post(browser().signIn(Town.chair("nord")), path, later).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_term_begins_where_the_last_ends_and_has_a_seat_for_everybody_who_sits() {
        var admin = browser().signIn(Town.administrator());
        var path = "/bodies/sbb-sued/terms";
        var next = today().plusDays(40);
        var few = post(admin, path, term(next, "", "9", false));
        assertThat(few.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(few.body()).select("#seats-error").text()).contains("Sitz 11 besetzt");
        assertThat(Jsoup.parse(few.body()).select("#seats").attr("value")).isEqualTo("9");
        assertThatThrownBy(() -> town.change("update body_terms set seats = 9 where body_key = 'sbb-sued'"))
                .as("the database alone")
                .rootCause()
                .hasMessageContaining("More seats of sbb-sued are held");

        assertThat(post(admin, path, term(next, "", "13", true)).statusCode()).isEqualTo(303);
        assertThat(bodies.on("sbb-sued", next.minusDays(1)).orElseThrow().seats())
                .isEqualTo(11);
        assertThat(bodies.on("sbb-sued", next).orElseThrow()).satisfies(body -> {
            assertThat(body.seats()).isEqualTo(13);
            assertThat(body.chairVotes()).isTrue();
        });
        assertThat(town.ask("select to_date from body_terms where body_key = 'sbb-sued' order by from_date limit 1"))
                .isEqualTo(next.minusDays(1).toString());
        var overlap = post(admin, path, term(next.minusDays(5), "", "11", false));
        assertThat(Jsoup.parse(overlap.body()).select("#term_from-error").text())
                .contains("andere Amtszeit");
        assertThat(post(admin, path, Map.of("term_from", next)).statusCode())
                .as("without its number a form is refused")
                .isEqualTo(409);
    }

    @Test
    void a_member_too_many_is_refused_until_a_seat_is_free() {
        var admin = browser().signIn(Town.administrator());
        var newcomer = id(Town.resident(9));
        var grant = Map.of(
                "role",
                "councillor",
                "scope",
                "sbb-suedost",
                "from",
                today().toString(),
                "to",
                "",
                "reason",
                "Probe der Sitze");
        var full = post(admin, "/people/" + newcomer + "/roles", grant);
        assertThat(full.statusCode()).isEqualTo(422);
        assertThat(full.body()).contains("Stadtbezirksbeirat Südost: In dieser Zeit ist kein Sitz durchgehend frei.");

        var left = town.ask("select id from roles where scope = 'sbb-suedost' and seat = 4");
        post(admin, "/people/roles/" + left + "/ending", Map.of("reason", "Probe der Sitze"));
        assertThat(browser().page("/bodies/sbb-suedost").text()).contains("Davon unbesetzt: 1.");
        assertThat(post(admin, "/people/" + newcomer + "/roles", grant).statusCode())
                .isEqualTo(303);
        assertThat(town.ask("select seat from roles where reason = 'Probe der Sitze'"))
                .isEqualTo("4");

        var role = town.ask("select id from roles where reason = 'Probe der Sitze'");
        var taken = post(
                admin, "/bodies/sbb-suedost/seats", Map.of("member", role, "seat", "5", "reason", "Anderer Platz"));
        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(taken.body()).select("#seat-error").text())
                .contains("Sitz 5 ist in dieser Zeit besetzt");
        var chair = town.ask("select id from roles where scope = 'sbb-suedost' and name = 'chair'");
        assertThat(post(
                                admin,
                                "/bodies/sbb-suedost/seats",
                                Map.of("member", chair, "seat", "4", "reason", "Anderer Platz"))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_member_moves_to_a_free_seat() {
        var admin = browser().signIn(Town.administrator());
        var role = town.ask("select id from roles where scope = 'fonds-gesundheit' and seat = 2");
        assertThat(post(
                                admin,
                                "/bodies/fonds-gesundheit/seats",
                                Map.of("member", role, "seat", "6", "reason", "Vertritt nun eine andere Kasse"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser()
                        .page("/bodies/fonds-gesundheit")
                        .select(".seat")
                        .get(5)
                        .text())
                .contains("Techniker Krankenkasse", "Demo-Vertretung einer Krankenkasse 2");
        assertThat(town.ask(
                        "select reason from audit_entries where deed = 'role.seat' and subject = 'role:" + role + "'"))
                .isEqualTo("Vertritt nun eine andere Kasse");
    }

    @Test
    void a_member_moves_from_a_day_on_and_who_sat_when_stays_true() {
        var admin = browser().signIn(Town.administrator());
        var role = town.ask("select id from roles where scope = 'sbb-nord' and seat = 11");
        town.change("update roles set ended_at = now(), end_reason = 'Probe' where scope = 'sbb-nord' and seat = 2");
        var day = today().plusDays(20);
        var form = Map.of(
                "member", role, "seat", "2", "seat_from", day.toString(), "reason", "Die Fraktion hat getauscht");
        for (var wrong : List.of("gestern", today().minusDays(1).toString())) {
            var typed = new HashMap<>(form);
            typed.put("seat_from", wrong);
            var answer = post(admin, "/bodies/sbb-nord/seats", typed);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("seat_from-error");
        }
        assertThat(post(admin, "/bodies/sbb-nord/seats", form).statusCode()).isEqualTo(303);
        var seatAt = "select string_agg(seat::text, ',') from roles where scope = 'sbb-nord' and person_id = (select"
                + " person_id from roles where id = " + role + ") and begins_at <= date '%1$s' + time '18:00' and"
                + " acts_until > date '%1$s' + time '18:00'";
        assertThat(town.ask(seatAt.formatted(day.minusDays(1)))).isEqualTo("11");
        assertThat(town.ask(seatAt.formatted(day))).isEqualTo("2");
        assertThat(browser().page("/bodies/sbb-nord").select(".seat[data-vacant]"))
                .as("until then the seat is vacant")
                .hasSize(1);
    }

    @Test
    void a_seat_is_labelled_from_a_day_on_and_a_form_that_comes_again_changes_nothing() {
        var admin = browser().signIn(Town.administrator());
        var path = "/bodies/fonds-gesundheit/seat-labels";
        var before = browser()
                .page("/bodies/fonds-gesundheit")
                .select(".seat")
                .get(3)
                .text();
        var form = Map.of(
                "request_id",
                UUID.randomUUID().toString(),
                "label_seat",
                "4",
                "label",
                "Demo-<b>Kasse</b>",
                "label_from",
                today().toString(),
                "label_source",
                "Schreiben der Kasse");
        for (int i = 0; i < 2; i++) {
            assertThat(post(admin, path, form).statusCode()).isEqualTo(303);
        }
        assertThat(town.ask("select count(*) from seat_label_versions")).isEqualTo("1");
        var seat = browser().page("/bodies/fonds-gesundheit").select(".seat").get(3);
        assertThat(seat.text()).contains("Demo-<b>Kasse</b>").isNotEqualTo(before);
        var later = new HashMap<>(form);
        later.put("request_id", UUID.randomUUID().toString());
        later.put("label", "");
        later.put("label_from", today().plusDays(9).toString());
        assertThat(post(admin, path, later).statusCode()).isEqualTo(303);
        assertThat(browser()
                        .page("/bodies/fonds-gesundheit")
                        .select(".seat")
                        .get(3)
                        .text())
                .contains("Demo-<b>Kasse</b>");
        var wrong = new HashMap<>(form);
        wrong.put("label_seat", "99");
        wrong.put("label_source", "");
        var answer = post(admin, path, wrong);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.body()).select("#label").val()).isEqualTo("Demo-<b>Kasse</b>");
        assertThatThrownBy(() -> town.change("update seat_label_versions set label = 'X'"))
                .hasMessageContaining("was recorded");
        assertThat(post(browser().signIn(Town.chair("ost")), path, form).statusCode())
                .isEqualTo(403);
    }

    @Test
    void of_thirty_two_who_come_for_one_seat_one_takes_it() throws Exception {
        var people = IntStream.rangeClosed(1, 32)
                .mapToObj(i -> i <= 20 ? Town.resident(i) : Town.councillor("alt-west", i % 11 + 1))
                .map(this::id)
                .toList();
        var came = IntStream.range(0, 32)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    try {
                        return town.change("insert into roles (person_id, name, scope, from_date, granted_at) values ("
                                + people.get(i)
                                + ", 'councillor', 'or-burghausen', current_date, now() - interval '1 day')");
                    } catch (RuntimeException refused) {
                        assertThat(refused).rootCause().hasMessageContaining("No seat of or-burghausen is free");
                        return 0;
                    }
                })
                .toList();
        try (var pool = Executors.newFixedThreadPool(32)) {
            assertThat(pool.invokeAll(came).stream()
                            .mapToInt(one -> one.resultNow())
                            .sum())
                    .isEqualTo(1);
        }
        assertThat(town.ask(
                        "select count(*) || ' ' || count(distinct seat) || ' ' || max(seat) from roles where scope ="
                                + " 'or-burghausen' and acts_until > now()"))
                .isEqualTo("5 5 5");
        town.change("delete from roles where scope = 'or-burghausen' and from_date = current_date");
    }

    @Test
    void a_new_meeting_place_stands_on_every_page_from_its_day_on() {
        var admin = browser().signIn(Town.administrator());
        var path = "/bodies/sbb-nordwest/meeting-places";
        var wrong = new HashMap<String, Object>(place(today()));
        wrong.put("email", "kein at");
        wrong.put("place_from", "2020-01-01");
        var answer = post(admin, path, wrong);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.body()).select(".error-summary li")).hasSize(2);
        assertThat(Jsoup.parse(answer.body()).select("#venue").attr("value")).isEqualTo("Haus der Probe");

        assertThat(post(admin, path, place(today().plusDays(3))).statusCode()).isEqualTo(303);
        assertThat(browser().page("/bodies/sbb-nordwest").text()).doesNotContain("Haus der Probe");
        assertThat(post(admin, path, place(today())).statusCode()).isEqualTo(303);
        var page = browser().page("/bodies/sbb-nordwest");
        assertThat(page.text()).contains("Haus der Probe", "Probeweg 1", "Aufzug am Nebeneingang");
        assertThat(page.select("a[href=mailto:buero@stadt.example]")).hasSize(1);
        assertThat(browser().page("/council").select("tr:contains(Nordwest)").text())
                .contains("Haus der Probe");
        assertThat(browser().page("/districts/nordwest").text()).contains("Haus der Probe");
        assertThat(bodies.on("sbb-nordwest", today().minusDays(1)).orElseThrow().venue())
                .doesNotContain("Haus der Probe");
    }

    private int quorum(String body, LocalDate day) {
        return bodies.rulesOf(body, day).orElseThrow().quorum(11);
    }

    private static Map<String, Object> rules(String from, String quorum) {
        return new HashMap<>(Map.ofEntries(
                Map.entry("request_id", UUID.randomUUID().toString()),
                Map.entry("rules_from", from),
                Map.entry("quorum", quorum),
                Map.entry("after_bias", "1/4"),
                Map.entry("second", "3"),
                Map.entry("majority", "votes-cast"),
                Map.entry("without_statement", "1.500"),
                Map.entry("notice", "7"),
                Map.entry("lead", "10"),
                Map.entry("minutes", "30"),
                Map.entry("rules_source", "Geschäftsordnung vom 1. November 2026"),
                Map.entry("reason", "Probe der Regeln")));
    }

    private static Map<String, Object> term(LocalDate from, String to, String seats, boolean chairVotes) {
        var typed = new HashMap<String, Object>(Map.of(
                "request_id", UUID.randomUUID().toString(),
                "term_from", from,
                "term_to", to,
                "seats", seats,
                "term_source", "Hauptsatzung, Probe"));
        if (chairVotes) {
            typed.put("chair_votes", "yes");
        }
        return typed;
    }

    private static Map<String, Object> place(LocalDate from) {
        return Map.of(
                "request_id", UUID.randomUUID().toString(),
                "place_from", from,
                "venue", "Haus der Probe",
                "address", "Probeweg 1, 04159 Leipzig",
                "accessibility", "Aufzug am Nebeneingang",
                "email", "buero@stadt.example",
                "phone", "",
                "place_source", "Schreiben des Büros, Probe");
    }

    private HttpResponse<String> post(Browser browser, String path, Map<String, ?> typed) {
        var fields = new HashMap<String, Object>(typed);
        fields.put("csrf", browser.token());
        return browser.post(path, fields);
    }

    private static LocalDate today() {
        return LocalDate.now(Time.ZONE);
    }

    private String id(String person) {
        return town.ask("select id from persons where demo_key = '" + person + "'");
    }
}
