package motette.council;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;

/** Sessions of councils of the town, held over HTTP by the people of their bodies. */
abstract class CouncilTest extends PortalTest {

    static final String WHY = "Viele Menschen im Quartier haben es unterstützt.";

    @Inject
    Waiting town;

    long available(String district) {
        return Long.parseLong(
                town.ask("select balance_cents from budget_accounts a join budgets b on b.id = a.budget_id where"
                        + " a.account = 'available' and b.body_key = 'sbb-" + district
                        + "' and b.year = extract(year from now() at time zone 'Europe/Berlin')"));
    }

    String id(String district, int seat) {
        return id(Town.councillor(district, seat));
    }

    String id(String person) {
        return town.ask("select id from persons where demo_key = '" + person + "'");
    }

    /** A session of today to which everybody is invited. */
    final class Sitting {

        final String district;
        final String id;
        final String path;
        final Browser chair;
        private final Map<Integer, Browser> members = new HashMap<>();

        Sitting(String district, int ideas) {
            this(
                    district,
                    Arrays.stream(town.ask("select coalesce(string_agg(number::text, ' '), '') from (select number"
                                            + " from ideas where body_key = 'sbb-" + district
                                            + "' and state = 'published' and published_at < now() order by"
                                            + " number limit "
                                            + ideas + ") x")
                                    .split(" "))
                            .filter(number -> !number.isEmpty())
                            .toList());
        }

        Sitting(String district, List<String> ideas) {
            this.district = district;
            chair = browser().signIn(Town.chair(district));
            var by = id(Town.chair(district));
            town.change("insert into council_sessions (body_key, planned_at, planned_by) values ('sbb-" + district
                    + "', now(), " + by + ")");
            id = town.ask("select max(id) from council_sessions where body_key = 'sbb-" + district + "'");
            town.change("delete from council_days where body_key = 'sbb-" + district
                    + "' and day = (now() at time zone 'Europe/Berlin')::date");
            town.change("insert into council_days values (" + id + ", 'sbb-" + district
                    + "', (now() at time zone 'Europe/Berlin')::date)");
            town.change("insert into council_session_times (session_id, version, starts_at, venue, at, by) values ("
                    + id + ", 1, now() - interval '1 minute', 'Saal', now(), " + by + ")");
            int position = 1;
            for (var idea : ideas) {
                town.change("insert into agenda_items (session_id, position, idea_number, title, added_at, added_by)"
                        + " select "
                        + id + ", " + position++ + ", number, title, now(), " + by
                        + " from ideas where number = " + idea);
            }
            town.change("insert into council_invitations (session_id, at, by, notice_days) values (" + id + ", now(), "
                    + by + ", 7)");
            path = "/council/sbb-" + district + "/sessions/" + id;
        }

        String item(int index) {
            return town.ask("select id from agenda_items where session_id = " + id
                    + " and secrecy = '' order by position" + " offset " + index + " limit 1");
        }

        String idea(int index) {
            return town.ask("select idea_number from agenda_items where session_id = " + id
                    + " order by position offset " + index + " limit 1");
        }

        String vote() {
            return town.ask("select coalesce(max(id), 0) from council_votes where session_id = " + id);
        }

        synchronized Browser member(int seat) {
            return members.computeIfAbsent(seat, number -> browser().signIn(Town.councillor(district, number)));
        }

        void open(int present) {
            assertThat(deed("/room/opening")).isEqualTo(303);
            for (int i = 1; i <= present; i++) {
                assertThat(deed("/room/attendance", "person", CouncilTest.this.id(district, i), "present", "yes"))
                        .isEqualTo(303);
            }
        }

        void call(int index) {
            assertThat(deed("/room/items/" + item(index) + "/treatment", "outcome", "called"))
                    .isEqualTo(303);
        }

        void move(int index, String kind, String amount) {
            assertThat(deed(
                            "/room/items/" + item(index) + "/motions",
                            "request_id",
                            UUID.randomUUID().toString(),
                            "kind",
                            kind,
                            "amount",
                            amount,
                            "wording",
                            "Das Geld wird dafür bereitgestellt.",
                            "reason",
                            WHY))
                    .isEqualTo(303);
        }

        int begin(int index, String mode) {
            return begin(item(index), mode);
        }

        int begin(String item, String mode) {
            return deed(
                    "/room/items/" + item + "/votes",
                    "request_id",
                    UUID.randomUUID().toString(),
                    "mode",
                    mode);
        }

        int choose(int seat, String choice) {
            return deed(member(seat), "/seat/votes/" + vote() + "/choice", "choice", choice);
        }

        int count(int index, String... figures) {
            return deed("/room/votes/" + vote() + "/result", with("item", item(index), figures));
        }

        private static String[] with(String name, String value, String... others) {
            return Stream.concat(Stream.of(name, value), Arrays.stream(others)).toArray(String[]::new);
        }

        int deed(String deed, String... fields) {
            return deed(chair, deed, fields);
        }

        int deed(Browser browser, String deed, String... fields) {
            var form = new HashMap<String, String>();
            for (int i = 0; i < fields.length; i += 2) {
                form.put(fields[i], fields[i + 1]);
            }
            form.put("csrf", browser.token());
            return browser.post(path + deed, form).statusCode();
        }
    }
}
