package motette.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.shared.Time;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest(transactional = false)
class SessionsTest extends PortalTest {

    private static final String SUED = "/council/sbb-sued/sessions";
    private static final String WEST = "/council/sbb-west/sessions";

    @Inject
    Clock clock;

    @Inject
    TestClock turned;

    @Inject
    Waiting town;

    @AfterEach
    void be_today_again() {
        turned.reset();
    }

    @Test
    void everybody_sees_when_all_bodies_meet_with_what_was_moved_and_cancelled() {
        var all = browser().page("/council/sessions");
        assertThat(all.select(".sessions li").size()).isGreaterThanOrEqualTo(60);
        // Without the session of this very day, which is there unless it is a holiday.
        var ost = all.select(".sessions li:contains(Stadtbezirksbeirat Ost)");
        ost.removeIf(line -> line.select("time")
                .attr("datetime")
                .startsWith(LocalDate.now(clock.withZone(Time.ZONE)).toString()));
        assertThat(ost.select(".sessions__when").eachText())
                .hasSize(6)
                .allMatch(text -> text.matches("(Mittwoch|Donnerstag), .* 20\\d\\d, 18:00, Stadtbezirksbeirat Ost"));
        assertThat(ost.select("[data-cancelled=true] .small").text())
                .isEqualTo("Abgesagt: In den Ferien wäre das Gremium nicht beschlussfähig.");
        assertThat(ost.select(".badge").eachText()).containsExactly("verschoben", "abgesagt");
        assertThat(browser().page("/council/sbb-ost/sessions?year=1999").text()).contains("noch keine Sitzung geplant");
    }

    @Test
    void a_calendar_follows_what_was_planned_moved_and_cancelled() {
        var answer = browser().get("/council/sbb-ost/sessions.ics");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).isEqualTo("text/calendar;charset=utf-8");
        var calendar = Biweekly.parse(answer.body()).first();
        assertThat(calendar.validate(ICalVersion.V2_0)).isEmpty();
        var events = calendar.getEvents().stream()
                .filter(event -> !event.getDateStart()
                        .getValue()
                        .toInstant()
                        .atZone(Time.ZONE)
                        .toLocalDate()
                        .equals(LocalDate.now(clock.withZone(Time.ZONE))))
                .toList();
        assertThat(events).extracting(event -> event.getSequence().getValue()).containsExactly(0, 0, 1, 0, 1, 0);
        assertThat(events)
                .extracting(event -> event.getStatus().getValue())
                .containsExactly("CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED");
        assertThat(events.get(2).getDescription().getValue()).startsWith("Verschoben: ");
        assertThat(events.getFirst().getLocation().getValue()).contains("Neustädter Straße 1");
        assertThat(events.getFirst()
                        .getDateStart()
                        .getValue()
                        .toInstant()
                        .atZone(clock.getZone())
                        .getHour())
                .isEqualTo(18);
        assertThat(events).extracting(event -> event.getUid().getValue()).doesNotHaveDuplicates();
        assertThat(answer.body()).doesNotContain("Demo-");
    }

    @Test
    void who_chairs_plans_a_year_at_once_however_days_are_typed() {
        var first = free(DayOfWeek.TUESDAY, 100);
        var chair = browser().signIn(Town.chair("sued"));
        var answer =
                chair.post(SUED, form(chair, typed(first) + "\n\n" + first.plusDays(7) + "\n" + typed(first), "17:30"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(days("sbb-sued")).contains(first, first.plusDays(7));
        assertThat(browser()
                        .page(SUED + "?year=" + first.getYear())
                        .select(".sessions__when")
                        .eachText())
                .filteredOn(text -> text.startsWith("Dienstag") && text.endsWith("17:30"))
                .isNotEmpty();
        assertThat(browser().page("/audit?kind=council").text()).contains("Sitzung geplant");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "31.02.2027      | 18:00 | „31.02.2027“ ist kein Tag",
                "bald            | 18:00 | „bald“ ist kein Tag",
                "01.02.2020      | 18:00 | ist um diese Zeit schon vorbei",
                "01.02.2099      | 18:00 | liegt zu weit in der Zukunft",
                "{holiday}       | 18:00 | ist Feiertag",
                "{taken}         | 18:00 | tagt dieses Gremium schon",
                "{free}          | 25:00 | Bitte geben Sie die Uhrzeit an",
                "{free}          |       | Bitte geben Sie die Uhrzeit an",
                "''              | 18:00 | Bitte geben Sie den Tag an"
            })
    void what_cannot_be_planned_comes_back_with_what_was_typed_and_plans_nothing(
            String day, String time, String sentence) {
        var typed = day.replace("{holiday}", holiday().toString())
                .replace("{taken}", days("sbb-west").getFirst().toString())
                .replace("{free}", free(DayOfWeek.MONDAY, 30).toString());
        var chair = browser().signIn(Town.chair("west"));
        var before = days("sbb-west");
        var also = free(DayOfWeek.FRIDAY, 30);
        var answer =
                chair.post(WEST, form(chair, typed.isEmpty() ? "" : also + "\n" + typed, time == null ? "" : time));
        assertThat(answer.statusCode()).isEqualTo(422);
        var page = Jsoup.parse(answer.body());
        assertThat(page.select(".error-summary").text()).contains(sentence);
        assertThat(page.select("#days").text()).contains(typed);
        assertThat(page.select("#venue").val()).isEqualTo("Saal im Erdgeschoss");
        assertThat(days("sbb-west")).isEqualTo(before);
    }

    @Test
    void many_who_plan_the_same_day_at_once_plan_it_once() throws Exception {
        var day = free(DayOfWeek.THURSDAY, 200);
        var people = List.of(Town.chair("sued"), Town.administrator());
        var deeds = new ArrayList<Callable<HttpResponse<String>>>();
        for (var person : people) {
            var browser = browser().signIn(person);
            var form = form(browser, day.toString(), "18:00");
            deeds.addAll(Collections.nCopies(8, () -> browser.post(SUED, form)));
        }
        var codes = new ArrayList<Integer>();
        try (var pool = Executors.newFixedThreadPool(16)) {
            for (var answer : pool.invokeAll(deeds)) {
                codes.add(answer.get().statusCode());
            }
        }
        assertThat(codes).filteredOn(code -> code == 303).hasSize(1);
        assertThat(codes).filteredOn(code -> code == 422).hasSize(15);
        assertThat(number("select count(*) from council_calendar where body_key = 'sbb-sued' and"
                        + " (starts_at at time zone 'Europe/Berlin')::date = '" + day + "'"))
                .isEqualTo(1);
    }

    @Test
    void a_moved_session_says_why_and_keeps_how_it_was_planned() {
        var chair = browser().signIn(Town.chair("nord"));
        var path = planned(chair, "nord", free(DayOfWeek.MONDAY, 60));
        var later = free(DayOfWeek.MONDAY, 80);
        var form = form(chair, typed(later), "19:00");
        assertThat(chair.post(path + "/times", with(form, "reason", "kurz")).statusCode())
                .isEqualTo(422);
        assertThat(chair.post(path + "/times", with(form, "reason", "Die Heizung im Saal ist ausgefallen."))
                        .statusCode())
                .isEqualTo(303);
        var page = browser().page(path);
        assertThat(page.select(".facts").text()).contains("Montag").contains("19:00");
        assertThat(page.select(".notice").text()).contains("Die Heizung im Saal ist ausgefallen.");
        assertThat(page.select("s").text()).contains("18:00");
        assertThat(days("sbb-nord")).contains(later).doesNotContain(free(DayOfWeek.MONDAY, 60));
    }

    @Test
    void a_cancelled_session_says_why_and_its_day_is_free_again() {
        var chair = browser().signIn(Town.chair("mitte"));
        var day = free(DayOfWeek.MONDAY, 60);
        var path = planned(chair, "mitte", day);
        var form = with(form(chair, "", ""), "reason", "Es liegt nichts zur Beratung vor.");
        assertThat(chair.post(path + "/cancellation", with(form, "reason", "")).statusCode())
                .isEqualTo(422);
        assertThat(chair.post(path + "/cancellation", form).statusCode()).isEqualTo(303);
        assertThat(chair.post(path + "/cancellation", form).statusCode()).isEqualTo(409);
        assertThat(chair.post(path + "/times", form).statusCode()).isEqualTo(409);
        var page = browser().page(path);
        assertThat(page.select(".notice").text()).contains("fällt aus").contains("Es liegt nichts zur Beratung vor.");
        assertThat(chair.page(path).select("form[action$=times]")).isEmpty();
        planned(chair, "mitte", day);
    }

    @Test
    void a_day_nearer_than_the_notice_asks_for_needs_a_reason_of_urgency() {
        var chair = browser().signIn(Town.chair("alt-west"));
        var path = planned(chair, "alt-west", free(DayOfWeek.MONDAY, 60));
        var near = java.util.stream.IntStream.rangeClosed(2, 6)
                .mapToObj(LocalDate.now(clock)::plusDays)
                .filter(day -> number("select count(*) from holidays where date = '" + day + "'") == 0)
                .findFirst()
                .orElseThrow();
        var form = with(form(chair, typed(near), "18:00"), "reason", "Der Saal ist doch nicht frei.");
        var answer = chair.post(path + "/times", form);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("weniger als 7 Tage", "urgency-error");
        var id = path.substring(path.lastIndexOf('/') + 1);
        assertThatThrownBy(() -> town.change("insert into council_session_times (session_id, version, starts_at, venue,"
                        + " reason, at, by) select session_id, 2, now() + interval '3 days', venue, 'Der Saal ist nicht"
                        + " frei.', now(), by from council_session_times where session_id = " + id))
                .hasMessageContaining("without notice");
        var why = "Das Geld verfällt sonst am Monatsende.";
        assertThat(chair.post(path + "/times", with(form, "urgency", why)).statusCode())
                .isEqualTo(303);
        assertThat(browser().page(path).select(".notice").text()).contains(why);
        var room = with(with(form, "urgency", ""), "venue", "Turnhalle");
        assertThat(chair.post(path + "/times", room).statusCode())
                .as("another room on the same day needs no urgency")
                .isEqualTo(303);
        assertThat(browser().page(path).select(".notice").text()).doesNotContain(why);
    }

    @Test
    void a_session_that_has_begun_is_history() {
        var chair = browser().signIn(Town.chair("suedwest"));
        var day = free(DayOfWeek.MONDAY, 20);
        var path = planned(chair, "suedwest", day);
        var form = with(form(chair, typed(day.plusDays(1)), "18:00"), "reason", "Das fällt uns zu spät ein.");
        turned.turn(Duration.between(
                clock.instant(), day.atTime(18, 0).atZone(clock.getZone()).toInstant()));
        var again = browser().signIn(Town.chair("suedwest"));
        assertThat(again.page(path).text()).contains("schon begonnen");
        assertThat(again.page(path).select("form[action$=times]")).isEmpty();
        var fresh = with(form, "csrf", again.token());
        assertThat(again.post(path + "/times", fresh).statusCode()).isEqualTo(409);
        assertThat(again.post(path + "/cancellation", fresh).statusCode()).isEqualTo(409);
    }

    @Test
    void who_does_not_chair_the_body_plans_nothing_and_is_told_who_does() {
        for (var person : List.of(Town.resident(3), Town.councillor("sued", 1), Town.chair("nord"), Town.officer())) {
            var browser = browser().signIn(person);
            assertThat(browser.page(SUED).select("form[action$=sessions]")).isEmpty();
            var answer =
                    browser.post(SUED, form(browser, free(DayOfWeek.MONDAY, 40).toString(), "18:00"));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("Sitzungen plant nur der Vorsitz");
        }
        assertThat(browser().get("/council/sbb-nirgends/sessions").statusCode()).isEqualTo(404);
        assertThat(browser().get("/council/sbb-sued/sessions/999999").statusCode())
                .isEqualTo(404);
        assertThat(browser()
                        .get("/council/sbb-sued/sessions/99999999999999999999")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_database_keeps_plans_in_order_and_what_was_said() {
        assertThatThrownBy(() -> town.change("insert into council_session_times (session_id, version, starts_at, venue,"
                        + " reason, at, by) select session_id, 9, starts_at, venue, 'Zwei Schritte auf einmal.', at, by"
                        + " from council_session_times limit 1"))
                .hasMessageContaining("does not follow");
        assertThatThrownBy(() -> town.change("update council_session_times set venue = 'Anderswo'"))
                .hasMessageContaining("council_session_times");
        assertThatThrownBy(() -> town.change("delete from council_session_cancellations"))
                .hasMessageContaining("council_session_cancellations");
    }

    private String planned(Browser chair, String district, LocalDate day) {
        var path = "/council/sbb-" + district + "/sessions";
        assertThat(chair.post(path, form(chair, day.toString(), "18:00")).statusCode())
                .isEqualTo(303);
        return path + "/"
                + number("select session_id from council_days where body_key = 'sbb-" + district + "' and day = '" + day
                        + "'");
    }

    private static Map<String, String> form(Browser browser, String days, String time) {
        return Map.of(
                "csrf",
                browser.token(),
                "days",
                days,
                "time",
                time,
                "venue",
                "Saal im Erdgeschoss",
                "address",
                "Hauptstraße 1",
                "reason",
                "");
    }

    private static Map<String, String> with(Map<String, String> form, String field, String value) {
        var other = new HashMap<>(form);
        other.put(field, value);
        return other;
    }

    private static String typed(LocalDate day) {
        return day.getDayOfMonth() + "." + day.getMonthValue() + ". " + day.getYear();
    }

    /** No holiday, and no Wednesday or day after, when the demo's councils meet. */
    private LocalDate free(DayOfWeek weekday, int ahead) {
        var day = LocalDate.now(clock).plusDays(ahead).with(TemporalAdjusters.nextOrSame(weekday));
        while (number("select count(*) from holidays where date between '" + day + "' and '" + day.plusDays(7) + "'")
                > 0) {
            day = day.plusDays(7);
        }
        return day;
    }

    private LocalDate holiday() {
        return LocalDate.now(clock)
                .plusDays(number("select min(date) - current_date from holidays where date >" + " current_date + 1"));
    }

    private List<LocalDate> days(String body) {
        return Stream.of(town.ask("select string_agg(day::text, ' ' order by day) from council_days where body_key = '"
                                + body + "'")
                        .split(" "))
                .map(LocalDate::parse)
                .toList();
    }

    private long number(String query) {
        return Long.parseLong(town.ask(query));
    }
}
