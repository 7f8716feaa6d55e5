package motette;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import motette.council.Sittings;
import motette.grants.SampleGrants;
import motette.grants.SomeGrants;
import motette.town.Town;
import motette.votes.PaperHands;
import motette.votes.TestRounds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page in every way it can be shown and used: none of the barriers that {@link Barriers} knows, and nothing that the rules for
 * browsers forbid. Both are asked of the same pages, each loaded once.
 */
@MicronautTest(transactional = false)
class AccessibilityTest extends PortalTest {

    @Inject
    SomeGrants grants;

    @Inject
    SampleGrants people;

    @Inject
    TestRounds rounds;

    @Inject
    Waiting postgres;

    private final Map<Screen, List<String>> found = new ConcurrentHashMap<>();
    private final Map<Screen, List<String>> broken = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** What the paths and steps of screens name in braces; known once it is there. */
    private final Map<String, String> names = new ConcurrentHashMap<>();

    /**
     * A path, who looks at it, and what they do there until they see it: a thing to press, a field with what is typed into it, or what they then see.
     * Whoever is a "tablet" is nobody, but stands before one that is unlocked.
     */
    record Screen(String path, String person, List<String> steps) {

        Screen(String path, String person) {
            this(path, person, List.of());
        }

        Screen then(String... done) {
            return new Screen(path, person, List.of(done));
        }

        int status() {
            return switch (path) {
                case "/nowhere" -> 404;
                case "/allocation/sbb-ost/2026?budget=viel" -> 422;
                default -> 200;
            };
        }

        @Override
        public String toString() {
            return path + (person.isEmpty() ? "" : " as " + person) + (steps.isEmpty() ? "" : " after " + steps);
        }
    }

    static Stream<Screen> screens() {
        return Stream.of(
                new Screen("/", ""),
                new Screen("/?lang=en", ""),
                new Screen("/ideas", ""),
                new Screen("/ideas?q=nichtsgefunden", ""),
                new Screen("/ideas/1", ""),
                new Screen("/ideas/10", Town.resident(2)),
                new Screen("/ideas/new/place", ""),
                new Screen("/ideas/new/place?find=Rabet", ""),
                new Screen("/ideas/new/topic", ""),
                new Screen("/ideas/new/text", ""),
                new Screen("/ideas/new/groups", ""),
                new Screen("/ideas/offline", ""),
                new Screen("/offline", ""),
                new Screen("/sign-in", ""),
                new Screen("/districts", ""),
                new Screen("/districts/ost", ""),
                new Screen("/ideas/1/poster", ""),
                new Screen("/budgets", ""),
                new Screen("/budgets/stadtbezirksbudget/sbb-ost/2026", ""),
                new Screen("/bodies", ""),
                new Screen("/bodies/sbb-ost", ""),
                new Screen("/bodies/fonds-gesundheit", ""),
                new Screen("/bodies/sbb-ost", Town.administrator()),
                new Screen("/bodies/sbb-ost/administration", Town.administrator()),
                new Screen("/bodies/sbb-ost/functions?organisation=Demo-Nachbarschaft%20Ost", Town.officer()),
                new Screen("/bodies/functions", Town.councillor("ost", 1)),
                new Screen("/applications", ""),
                new Screen("/applications/new", Town.resident(3)),
                new Screen("/applications/1/place", Town.resident(3)),
                new Screen("/applications/1/plan", Town.resident(3)),
                new Screen("/applications/1/applicant", Town.resident(3)),
                new Screen("/applications/1/money", Town.resident(3)),
                new Screen("/applications/1/documents", Town.resident(3)),
                new Screen("/applications/1/check", Town.resident(3)),
                new Screen("/applications/2", Town.resident(13)),
                new Screen("/applications/3", Town.officer()),
                new Screen("/applications/3", Town.coordinator("ost")),
                new Screen("/applications/3/receipt", Town.officer()),
                new Screen("/applications/desk", Town.officer()),
                new Screen("/statements/applications/3", ""),
                new Screen("/statements/applications/3", Town.officer()),
                new Screen("/statements/desk", Town.officer()),
                new Screen("/statements/requests/1", Town.officer()),
                new Screen("/statements/requests/2", Town.officer()),
                new Screen("/statements/overdue", ""),
                new Screen("/statements/overdue?lang=ar", ""),
                new Screen("/statements/offices", Town.administrator()),
                new Screen("/grants", Town.resident(4)),
                new Screen("/grants/desk", Town.officer()),
                new Screen("/grants/{paid}", ""),
                new Screen("/grants/{paid}?lang=ar", ""),
                new Screen("/grants/{waiting}/file", Town.officer()),
                new Screen("/grants/{order}/file", Town.officer()),
                new Screen("/grants/{paid}/file", Town.resident(14)),
                new Screen("/grants/{paid}/file", Town.officer()),
                new Screen("/grants/{paid}/proof", Town.resident(14)),
                new Screen("/grants/{paid}/proof?lang=ar", Town.resident(14)),
                new Screen("/grants/{changing}/file", Town.resident(15)),
                new Screen("/grants/{changing}/file", Town.officer()),
                new Screen("/grants/{proven}/file", Town.officer()),
                new Screen("/grants/{proven}/file?lang=ar", Town.auditor()),
                new Screen("/insights/money", ""),
                new Screen("/insights/money?year=2026&body=sbb-ost", ""),
                new Screen("/insights/money?year=2026&place=ost&lang=ar", ""),
                new Screen("/council", ""),
                new Screen("/council/sessions", ""),
                new Screen("/council/sbb-ost/sessions", ""),
                new Screen("/council/sbb-ost/sessions", Town.chair("ost")),
                new Screen("/council/sbb-ost/sessions/{agenda}", ""),
                new Screen("/council/sbb-ost/sessions/{agenda}", Town.chair("ost")),
                new Screen("/council/sbb-ost/sessions/{numbered}/agenda/{item}/number", Town.chair("ost")),
                new Screen("/council/sbb-ost/sessions/{numbered}/agenda/{item}/papers", Town.chair("ost")),
                new Screen("/council/sbb-ost/sessions/{sat}/minutes", ""),
                new Screen("/council/sbb-ost/sessions/{sat}/minutes", Town.chair("ost")),
                new Screen("/council/sbb-ost/sessions/{sat}/minutes?lang=ar", Town.chair("ost")),
                new Screen("/council/sbb-ost/sessions/{sat}/minutes", Town.councillor("ost", 1)),
                new Screen("/council/sbb-ost/sessions/{today}/live", ""),
                new Screen("/council/sbb-ost/sessions/{today}/room", Town.chair("ost")),
                new Screen("/council/sbb-ost/sessions/{today}/seat", Town.councillor("ost", 1)),
                new Screen("/council/sbb-ost/circulations", Town.chair("ost")),
                new Screen("/council/sbb-ost/sessions/{today}/selection", Town.chair("ost")),
                new Screen("/council/sbb-ost/sessions/{today}/selection", Town.councillor("ost", 1)),
                new Screen("/council/sbb-ost/2026", ""),
                new Screen("/council/sbb-ost/2026", Town.chair("ost")),
                new Screen("/council/sbb-ost/2026/ideas/10/resolution", Town.chair("ost")),
                new Screen("/allocation/how", ""),
                new Screen("/allocation/sbb-ost/2026", Town.chair("ost")),
                new Screen(
                        "/allocation/sbb-ost/2026?budget=9.000&least=2&rules=shares&easy=1", Town.councillor("ost", 1)),
                new Screen("/allocation/sbb-ost/2026?budget=viel", Town.officer()),
                new Screen("/allocation/sbb-ost/2026/runs", Town.chair("ost")),
                new Screen("/moderation", Town.coordinator("ost")),
                new Screen("/audit", ""),
                new Screen("/audit?kind=council&subject=999", Town.auditor()),
                new Screen("/audit/blocks", ""),
                new Screen("/limits/blocked", Town.administrator()),
                new Screen("/me", Town.resident()),
                new Screen("/me", Town.chair("ost")),
                new Screen("/residence", Town.resident()),
                new Screen("/residence", Town.administrator()),
                new Screen("/residence/letter", Town.officer()),
                new Screen("/residence/code", Town.resident()),
                new Screen("/residence/code", ""),
                new Screen("/residence/card", Town.resident()),
                new Screen("/residence/desk", Town.coordinator("ost")),
                new Screen("/residence/desk/entry", Town.coordinator("ost")),
                new Screen("/residence/letters", Town.officer()),
                new Screen("/residence/cases", Town.officer()),
                new Screen("/residence/extracts", Town.administrator()),
                new Screen("/me/sign-ins", Town.resident()),
                new Screen("/sign-in/link", ""),
                new Screen("/people", Town.administrator()),
                new Screen("/people/1", Town.administrator()),
                new Screen("/people/1/factors", Town.administrator()),
                new Screen("/people/terms", Town.administrator()),
                new Screen("/people/delegations", Town.chair("ost")),
                new Screen("/me/second-factor", Town.chair("ost")),
                new Screen("/me/second-factor?next=/ideas", Town.resident()),
                new Screen("/me/passkeys", Town.resident()),
                new Screen("/me/authenticator", Town.chair("ost")),
                new Screen("/me/recovery-codes", Town.chair("ost")),
                new Screen("/sign-in/confirm", Town.chair("ost")),
                new Screen("/me/data", Town.resident()),
                new Screen("/me/data/erasure", Town.resident()),
                new Screen("/me/data/erasure", Town.chair("ost")),
                new Screen("/ideas/lookup", ""),
                new Screen("/watches", ""),
                new Screen("/privacy/retention", Town.administrator()),
                new Screen("/privacy/erased", ""),
                new Screen("/me/identities", Town.resident()),
                new Screen("/me/identities/roles", Town.resident()),
                new Screen("/people/mappings", Town.administrator()),
                new Screen("/demo/mailbox", ""),
                new Screen("/styleguide", ""),
                new Screen("/about", ""),
                new Screen("/accessibility", ""),
                new Screen("/accessibility?said=received", ""),
                new Screen("/accessibility/reports", Town.officer()),
                new Screen("/privacy", ""),
                new Screen("/imprint", ""),
                new Screen("/votes/paper", Town.coordinator("ost")),
                new Screen("/votes/stand/paper", Town.coordinator("ost")),
                new Screen("/votes/stand/paper", Town.administrator()),
                new Screen("/votes/stand/paper/hand-out", Town.coordinator("ost")),
                new Screen("/votes/stand/paper/entry", Town.officer()),
                new Screen("/votes/kiosk", Town.coordinator("ost")),
                new Screen("/votes/kiosk/screen", ""),
                new Screen("/votes/kiosk/unlock?tablet={number}", Town.coordinator("ost")),
                new Screen("/votes/kiosk/screen", "tablet 1"),
                new Screen("/votes/kiosk/screen", "tablet 2")
                        .then("[name=tick-1]", "form[action$=review] .button", "see [data-cast-now]"),
                new Screen("/votes/kiosk/screen", "tablet 3")
                        .then("form[action$=review] .button", "[data-cast-now]", "see .kiosk__receipt"),
                new Screen("{handed}", Town.coordinator("ost")),
                new Screen("/votes/papier/paper", Town.coordinator("ost")),
                new Screen("/votes/papier/paper/entry", Town.coordinator("ost"))
                        .then("#code := {fresh}", ".desk-code__go"),
                new Screen("/votes/papier/paper/entry", Town.officer()).then("#code := {differs}", ".desk-code__go"),
                new Screen("/votes/stand", "").then("[name=c2]", "button[value=review]"),
                new Screen("/votes/stand", Town.resident(3)).then("[name=c2]", "button[value=review]"),
                new Screen("/votes/stand", Town.resident(13))
                        .then("[name=c1]", "[name=c2]", "[name=c3]", "[name=c4]", "button[value=review]"),
                new Screen("/votes/papier", Town.resident(3))
                        .then("[name=c2]", "button[value=review]", "form[action$='/ballot'] button"),
                new Screen("/votes/stand", Town.resident(1)),
                new Screen("/votes/stand", Town.administrator()),
                new Screen("/votes/gezaehlt", ""),
                new Screen("/votes/gezaehlt/receipts", ""),
                new Screen("/words", ""),
                new Screen("/?lang=ar", ""),
                new Screen("/votes", ""),
                new Screen("/votes/mitte-und-ost", ""),
                new Screen("/votes/mitte-und-ost?lang=ar", ""),
                new Screen("/votes/mitte-und-ost", Town.resident(3)),
                new Screen("/votes/mitte-und-ost", Town.resident(5)),
                new Screen("/votes/mitte-und-ost/review", ""),
                new Screen("/votes/mitte-und-ost/receipt", Town.resident(3)),
                new Screen("/votes/mitte-und-ost/receipts", ""),
                new Screen("/votes/mitte-und-ost/handover", ""),
                new Screen("/votes/mitte-und-ost/handover/abcdefghjkmnpqrs", ""),
                new Screen("/ideas/10/translations", Town.coordinator("ost")),
                new Screen("/votes/gezaehlt/result", ""),
                new Screen("/votes/gezaehlt/result?lang=ar", ""),
                new Screen("/votes/sued-und-alt-west", ""),
                new Screen("/votes/sued-und-alt-west/result", ""),
                new Screen("/votes/closed/result", ""),
                new Screen("/votes/desk", Town.administrator()),
                new Screen("/votes/desk/new", Town.administrator()),
                new Screen("/votes/desk/{prepared}", Town.administrator()),
                new Screen("/votes/desk/{prepared}/basics", Town.administrator()),
                new Screen("/votes/desk/{prepared}/districts", Town.administrator()),
                new Screen("/votes/desk/{prepared}/candidates", Town.administrator()),
                new Screen("/votes/desk/{prepared}/preview", Town.administrator()),
                new Screen("/votes/desk/{announced}", Town.administrator()),
                new Screen("/votes/desk/{announced}/preview", Town.administrator()),
                new Screen("/votes/desk/{announced}/candidates/1", Town.administrator()),
                new Screen("/votes/desk/{mitte-und-ost}", Town.administrator()),
                new Screen("/votes/desk/{held}", Town.administrator()),
                new Screen("/votes/desk/{held}?lang=ar", Town.administrator()),
                new Screen("/votes/desk/{closed}", Town.administrator()),
                new Screen("/votes/desk/{counted}", Town.administrator()),
                new Screen("/votes/desk/{sued-und-alt-west}", Town.administrator()),
                new Screen("/votes/desk/{counted}", Town.officer()),
                new Screen("/nowhere", ""));
    }

    /** The session of today with a vote that runs; on a holiday there is none, and its pages are those of a closed one. */
    private void voting(Browser chair) {
        var session = "/council/sbb-ost/sessions/" + names.get("today") + "/room";
        var item = postgres.ask(
                "select coalesce(min(id), 0) from agenda_items where idea_number is not null and session_id = "
                        + names.get("today"));
        var deeds = new ArrayList<Map<String, String>>();
        deeds.add(Map.of("path", "/opening"));
        for (int seat = 1; seat <= 7; seat++) {
            deeds.add(Map.of(
                    "path",
                    "/attendance",
                    "present",
                    "yes",
                    "person",
                    postgres.ask("select id from persons where demo_key = '" + Town.councillor("ost", seat) + "'")));
        }
        deeds.add(Map.of("path", "/items/" + item + "/treatment", "outcome", "called"));
        deeds.add(Map.of(
                "path",
                "/items/" + item + "/motions",
                "request_id",
                "00000000-0000-4000-8000-000000000001",
                "kind",
                "postponed",
                "wording",
                "Der Punkt wird auf die nächste Sitzung vertagt.",
                "reason",
                "Es fehlen noch Auskünfte zu den Kosten."));
        deeds.add(Map.of(
                "path",
                "/items/" + item + "/votes",
                "request_id",
                "00000000-0000-4000-8000-000000000002",
                "mode",
                "names"));
        for (var deed : deeds) {
            var fields = new HashMap<String, String>(deed);
            fields.put("csrf", chair.token());
            assertThat(chair.post(session + fields.remove("path"), fields).statusCode())
                    .isIn(303, 409);
        }
    }

    /** Pages are looked at by two browsers at once before the first test; the tests then only read what was found. */
    @BeforeAll
    void look() throws InterruptedException {
        rounds.open("stand", "2");
        rounds.open("papier", "2");
        paper();
        rounds.inOtherPhases("3");
        for (var slug :
                List.of("prepared", "announced", "held", "closed", "counted", "mitte-und-ost", "sued-und-alt-west")) {
            names.put(slug, String.valueOf(rounds.number(slug)));
        }
        names.put("waiting", String.valueOf(grants.ownProject(Town.resident(14), 50_000)));
        names.put("order", String.valueOf(grants.proposal(50_000)));
        names.put("paid", String.valueOf(grants.paid(people, Town.resident(14))));
        names.put("changing", String.valueOf(grants.changing(people, Town.resident(15))));
        names.put("proven", String.valueOf(grants.proven(people, Town.resident(16))));
        var chair = browser().signIn(Town.chair("ost"));
        rounds.published("gezaehlt", "0", "2");
        var seen = chair.page("/allocation/sbb-ost/2026?least=2")
                .select(".proposal form [name=input]")
                .first();
        var kept = chair.post(
                "/allocation/sbb-ost/2026/runs?least=2",
                Map.of("csrf", chair.token(), "rule", "shares", "input", seen == null ? "" : seen.attr("value")));
        assertThat(kept.statusCode()).isEqualTo(303);
        var closed = Sittings.closed(postgres, "sbb-ost");
        names.put("sat", String.valueOf(closed));
        var minutes = "/council/sbb-ost/sessions/" + closed + "/minutes/";
        for (var deed : List.of(
                Map.of("path", "versions", "base", "0", "text-session", "Es war ein kurzer Abend."),
                Map.of("path", "signatures", "base", "1", "role", "chair"))) {
            var fields = new HashMap<String, String>(deed);
            fields.put("csrf", chair.token());
            assertThat(chair.post(minutes + fields.remove("path"), fields).statusCode())
                    .isEqualTo(303);
        }
        names.put("agenda", postgres.ask("select min(session_id) from agenda_items"));
        // Until the session of today begins, it alone has the ideas of the district on its agenda.
        names.put("numbered", postgres.ask("select min(session_id) from agenda_items where idea_number is not null"));
        names.put(
                "item",
                postgres.ask("select min(id) from agenda_items where idea_number is not null and session_id = "
                        + names.get("numbered")));
        names.put("today", postgres.ask("select min(session_id) from council_invitations"));
        voting(chair);
        var waiting = new ConcurrentLinkedQueue<>(screens().toList());
        try (var browsers = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 2; i++) {
                browsers.execute(() -> look(waiting));
            }
        }
    }

    /** A stack of which two sheets are handed out; one is typed by two, each otherwise. */
    private void paper() {
        var hands = new PaperHands("papier", postgres);
        var desk = browser().signIn(Town.coordinator("ost"));
        var stack = hands.stack(desk, "2");
        hands.handOut(desk, stack, PaperHands.card(1));
        names.put("handed", Browser.location(hands.handOut(desk, stack, PaperHands.card(2))));
        var sheets = hands.sheets(stack);
        names.put("fresh", sheets.get(0));
        names.put("differs", sheets.get(1));
        hands.type(desk, sheets.get(1), "valid", 1, 2);
        hands.type(browser().signIn(Town.officer()), sheets.get(1), "valid", 1);
        for (int i = 1; i <= 3; i++) {
            names.put("tablet " + i, rounds.unlockedTablet("stand"));
        }
        names.put("number", postgres.ask("select max(number) from vote_kiosks"));
    }

    private String named(String text) {
        var words = text;
        for (var name : names.entrySet()) {
            words = words.replace("{" + name.getKey() + "}", name.getValue());
        }
        return words;
    }

    private Page window(Chromium chromium, String person) {
        var window = chromium.open(1440, 900, ColorScheme.LIGHT, true, person.startsWith("tablet") ? "" : person);
        window.addInitScript(CspInBrowserTest.LISTEN);
        Barriers.prepare(window);
        if (person.startsWith("tablet")) {
            window.context()
                    .addCookies(List.of(new Cookie("motette-kiosk", named("{" + person + "}"))
                            .setUrl(server.getURI().toString())));
        }
        return window;
    }

    private void look(Queue<Screen> waiting) {
        try (var chromium = new Chromium(server.getURI())) {
            var windows = new HashMap<String, Page>();
            for (var screen = waiting.poll(); screen != null; screen = waiting.poll()) {
                var window = windows.computeIfAbsent(screen.person(), person -> window(chromium, person));
                found.put(screen, look(window, screen));
                if (screen.path().contains("lang=")) {
                    window.context().close();
                    windows.remove(screen.person());
                }
            }
            complaints.addAll(chromium.complaints());
        }
    }

    private List<String> look(Page window, Screen screen) {
        try {
            window.bringToFront();
            var answer = window.navigate(named(screen.path()));
            for (var step : screen.steps()) {
                var parts = named(step).split(" := ", 2);
                if (parts.length == 2) {
                    window.fill(parts[0], parts[1]);
                } else if (step.startsWith("see ")) {
                    window.waitForSelector(step.substring(4));
                } else {
                    window.click(step);
                }
            }
            // Before the machine that looks for barriers puts its own styles into the page.
            Barriers.drawn(window);
            broken.put(screen, Barriers.strings(window.evaluate("window.broken")));
            return answer.status() == screen.status()
                    ? Barriers.on(window)
                    : List.of("answers " + answer.status() + " instead of " + screen.status());
        } catch (RuntimeException e) {
            // Whatever it is, the other screens are looked at, and this one says why it was not.
            return List.of("cannot be looked at: " + e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void a_page_has_no_barrier_that_a_machine_can_see(Screen screen) {
        assertThat(found).containsKey(screen);
        assertThat(found.get(screen)).as(screen.toString()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void a_page_needs_nothing_that_the_rules_for_browsers_forbid(Screen screen) {
        assertThat(broken).containsKey(screen);
        assertThat(broken.get(screen)).as(screen.toString()).isEmpty();
    }

    @Test
    void no_page_asks_another_origin_or_complains() {
        assertThat(complaints).isEmpty();
    }
}
