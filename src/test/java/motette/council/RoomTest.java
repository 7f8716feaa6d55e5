package motette.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import motette.Browser;
import motette.Queries;
import motette.bodies.Bodies;
import motette.bodies.Quorum;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
@Property(name = "queries.counted", value = "true")
class RoomTest extends CouncilTest {

    @Inject
    Bodies bodies;

    @Inject
    Queries queries;

    @Test
    void a_session_is_held_from_its_opening_to_a_resolution_that_sets_its_money_aside() {
        var room = new Sitting("mitte", 1);
        var idea = room.idea(0);
        assertThat(room.chair.page(room.path + "/live").text()).contains("hat noch nicht begonnen");
        assertThat(room.deed("/room/items/" + room.item(0) + "/treatment", "outcome", "called"))
                .isEqualTo(409);
        room.open(7);
        assertThat(browser().page(room.path + "/live").text()).contains("Beschlussfähig");
        room.call(0);
        room.move(0, "granted-in-part", "400");
        var free = available("mitte");
        room.begin(0, "names");
        var vote = room.vote();
        assertThat(room.member(1).page(room.path + "/seat").select("button[name=choice]"))
                .hasSize(3);
        for (int i = 1; i <= 4; i++) {
            assertThat(room.choose(i, i <= 3 ? "yes" : "no")).isEqualTo(303);
        }
        assertThat(room.choose(4, "abstention")).as("may change").isEqualTo(303);
        assertThat(room.choose(9, "yes")).as("is not here").isEqualTo(409);
        assertThat(browser().page(room.path + "/live").text())
                .contains("4 von 7 haben abgestimmt")
                .doesNotContain("Demo-Beiratsmitglied Mitte 1");
        assertThat(room.deed("/room/votes/" + vote + "/choices", "item", room.item(0), "person", id(5), "choice", "no"))
                .isEqualTo(303);
        assertThat(room.count(0)).isEqualTo(303);
        assertThat(room.count(0)).as("the same form again").isEqualTo(303);
        assertThat(town.ask("select kind || ' ' || amount_cents || ' ' || votes_yes || ' ' || votes_no || ' ' ||"
                        + " abstentions from resolutions where item_id = " + room.item(0)))
                .isEqualTo("granted-in-part 40000 3 1 3");
        assertThat(available("mitte")).isEqualTo(free - 40_000);
        assertThat(town.ask("select state from ideas where number = " + idea)).isEqualTo("granted-in-part");
        assertThat(browser().page(room.path + "/live").text()).contains("Zuletzt beschlossen", "400 €");
        assertThat(browser().page("/ideas/" + idea).text()).contains(WHY);
        assertThat(room.deed("/room/closing")).isEqualTo(303);
        assertThat(room.deed("/room/attendance", "person", id(9), "present", "yes"))
                .isEqualTo(409);
        assertThat(browser().page(room.path + "/live").text()).contains("wurde", "geschlossen");
    }

    @Test
    void without_quorum_nothing_is_voted_on_and_the_second_session_on_the_matter_needs_three() {
        var first = new Sitting("nord", 1);
        first.open(5);
        first.call(0);
        first.move(0, "granted-in-part", "100");
        assertThat(first.chair.page(first.path + "/room").text()).contains("Nicht beschlussfähig");
        assertThat(first.begin(0, "count")).isEqualTo(409);
        var item = first.item(0);
        assertThatThrownBy(() -> town.change("insert into council_votes (request_id, motion_id, session_id, item_id,"
                        + " mode, seats, present, biased, needed, rule, opened_at, opened_by) select"
                        + " gen_random_uuid(), id, "
                        + first.id + ", " + item
                        + ", 'count', 11, 5, 0, 5, 'regular', now(), by from council_motions"
                        + " where item_id = " + item))
                .as("nor does the database")
                .hasMessageContaining("can begin");
        assertThat(first.deed("/room/items/" + item + "/treatment", "outcome", "no-quorum"))
                .isEqualTo(303);
        assertThat(first.deed("/room/closing")).isEqualTo(303);
        town.change("update council_rooms set opened_at = opened_at - interval '1 day' where session_id = " + first.id);
        var second = new Sitting("nord", List.of(first.idea(0)));
        second.open(3);
        second.call(0);
        assertThat(second.chair.page(second.path + "/room").text()).contains("Beschlussfähig");
        second.move(0, "granted-in-part", "100");
        assertThat(second.begin(0, "count")).isEqualTo(303);
        assertThat(second.count(0, "yes", "2", "no", "0", "abstentions", "0"))
                .as("three are there")
                .isEqualTo(422);
        assertThat(second.count(0, "yes", "2", "no", "0", "abstentions", "1")).isEqualTo(303);
        assertThat(town.ask("select quorum from resolutions where item_id = " + second.item(0)))
                .isEqualTo("3");
    }

    @Test
    void who_is_biased_takes_no_part_and_the_public_reads_only_how_many() {
        var room = new Sitting("sued", 1);
        room.open(8);
        room.call(0);
        var item = room.item(0);
        assertThat(room.deed(room.member(2), "/seat/items/" + item + "/bias", "ground", ""))
                .isEqualTo(422);
        assertThat(room.deed(room.member(2), "/seat/items/" + item + "/bias", "ground", "relative"))
                .isEqualTo(303);
        assertThat(room.deed("/room/items/" + item + "/biases", "person", id("sued", 3), "ground", "function"))
                .isEqualTo(303);
        assertThat(room.deed(
                        room.member(2), "/room/items/" + item + "/biases", "person", id("sued", 4), "ground", "self"))
                .as("for another member only who runs the session")
                .isEqualTo(403);
        room.move(0, "granted-in-part", "100");
        assertThat(room.begin(0, "open")).isEqualTo(303);
        assertThat(room.choose(2, "yes")).isEqualTo(409);
        assertThat(room.deed(room.member(4), "/seat/items/" + item + "/bias", "ground", "self"))
                .as("not while the vote runs")
                .isEqualTo(409);
        assertThat(town.ask("select count(*) from council_voters where vote_id = " + room.vote()))
                .isEqualTo("6");
        assertThatThrownBy(() ->
                        town.change("insert into council_voters values (" + room.vote() + ", " + id("sued", 2) + ")"))
                .hasMessageContaining("follow from attendance");
        var seen = browser().page(room.path + "/live").text();
        assertThat(seen)
                .contains("2 Mitglieder nehmen an diesem Punkt nicht teil")
                .doesNotContain("Angehörige", "Demo-Beiratsmitglied");
        for (int i : List.of(1, 4, 5)) {
            room.choose(i, "yes");
        }
        for (int i : List.of(6, 7, 8)) {
            room.choose(i, "no");
        }
        assertThat(room.count(0)).isEqualTo(303);
        assertThat(room.chair.page(room.path + "/room").text()).contains("Bei Gleichstand ist es abgelehnt");
        assertThat(room.deed("/room/items/" + item + "/rejection", "reason", "kurz"))
                .isEqualTo(422);
        assertThat(room.deed("/room/items/" + item + "/rejection", "reason", "Es fand keine Mehrheit."))
                .isEqualTo(303);
        assertThat(town.ask("select kind || votes_yes || votes_no from resolutions where item_id = " + item))
                .isEqualTo("not-granted33");
    }

    @Test
    void who_leaves_before_voting_takes_the_quorum_with_them_and_the_vote_is_void() {
        var room = new Sitting("west", 1);
        room.open(6);
        room.call(0);
        room.move(0, "granted-in-part", "100");
        room.begin(0, "open");
        assertThat(room.choose(1, "yes")).isEqualTo(303);
        assertThat(room.deed("/room/attendance", "person", id("west", 1), "present", "no"))
                .as("whoever has voted goes when the vote is over")
                .isEqualTo(409);
        assertThat(room.deed("/room/attendance", "person", id("west", 6), "present", "no"))
                .isEqualTo(303);
        assertThat(room.count(0)).isEqualTo(409);
        var vote = room.vote();
        assertThat(room.deed("/room/votes/" + vote + "/result", "item", room.item(0), "outcome", "void"))
                .isEqualTo(422);
        assertThat(room.deed(
                        "/room/votes/" + vote + "/result",
                        "item",
                        room.item(0),
                        "outcome",
                        "void",
                        "reason",
                        "Ein Mitglied ist gegangen."))
                .isEqualTo(303);
        assertThat(room.begin(0, "open")).isEqualTo(409);
        assertThat(room.deed("/room/attendance", "person", id("west", 6), "present", "yes"))
                .isEqualTo(303);
        assertThat(room.begin(0, "open")).isEqualTo(303);
        assertThat(room.vote()).isNotEqualTo(vote);
    }

    @Test
    void of_an_item_that_is_not_public_the_wall_shows_no_word() {
        var room = new Sitting("nordost", 0);
        town.change(
                "insert into agenda_items (session_id, position, title, secrecy, urgency, added_at, added_by) values ("
                        + room.id
                        + ", 9, 'Quittenmarmeladenstreit', 'Es geht um einzelne Menschen.', 'Es kam erst heute.',"
                        + " now(), "
                        + id(Town.chair("nordost")) + ")");
        room.open(6);
        var item = town.ask("select id from agenda_items where session_id = " + room.id + " and secrecy <> ''");
        assertThat(room.deed("/room/items/" + item + "/treatment", "outcome", "called"))
                .isEqualTo(303);
        room.deed(
                "/room/items/" + item + "/motions",
                "request_id",
                UUID.randomUUID().toString(),
                "kind",
                "agreed",
                "wording",
                "Dem Quittenmarmeladenvergleich wird zugestimmt.");
        var wall = browser().page(room.path + "/live");
        assertThat(wall.text()).contains("Nicht öffentlicher Teil").doesNotContain("Quitten");
        assertThat(wall.html()).doesNotContain("Quitten");
        assertThat(room.member(1).page(room.path + "/seat").text()).contains("Quittenmarmeladenvergleich");
        assertThat(browser()
                        .signIn(Town.councillor("sued", 9))
                        .get(room.path + "/seat")
                        .statusCode())
                .isEqualTo(403);
        room.begin(item, "count");
        assertThat(room.deed(
                        "/room/votes/" + room.vote() + "/result",
                        "item",
                        item,
                        "yes",
                        "6",
                        "no",
                        "0",
                        "abstentions",
                        "0"))
                .isEqualTo(303);
        assertThat(browser().page(room.path + "/live").html()).doesNotContain("Quitten");
        assertThat(browser().get("/audit?kind=council").body()).doesNotContain("Quitten");
        assertThat(town.ask("select count(*) from audit_entries where details::text like '%Quitten%' or reason like"
                        + " '%Quitten%'"))
                .isEqualTo("0");
    }

    @Test
    void every_page_that_is_open_hears_of_a_deed_and_nobody_holds_a_line_on_another_day() throws Exception {
        var room = new Sitting("nordwest", 1);
        room.open(6);
        var request = HttpRequest.newBuilder(URI.create(browser().home() + room.path + "/live/events"))
                .header("Accept", "text/event-stream")
                .build();
        try (var client = HttpClient.newHttpClient();
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var listening = new CountDownLatch(3);
            var lines = IntStream.range(0, 3)
                    .mapToObj(i -> pool.submit(() -> {
                        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                        try (var reader = new BufferedReader(new InputStreamReader(answer.body()))) {
                            var before = version(reader);
                            listening.countDown();
                            for (long now = version(reader); ; now = version(reader)) {
                                if (now > before) {
                                    return now;
                                }
                            }
                        }
                    }))
                    .toList();
            assertThat(listening.await(30, TimeUnit.SECONDS)).isTrue();
            room.call(0);
            var version = Long.parseLong(town.ask("select version from council_rooms where session_id = " + room.id));
            for (Future<Long> line : lines) {
                assertThat(line.get(30, TimeUnit.SECONDS)).isEqualTo(version);
            }
        }
        var other =
                town.ask("select s.id from council_sessions s join council_calendar c using (id) where c.starts_at >"
                        + " now() + interval '3 days' limit 1");
        var body = town.ask("select body_key from council_sessions where id = " + other);
        assertThat(browser()
                        .get("/council/" + body + "/sessions/" + other + "/live/events")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void votes_that_come_all_at_once_and_twice_are_each_counted_once() throws Exception {
        var room = new Sitting("alt-west", 1);
        room.open(11);
        room.call(0);
        room.move(0, "granted-in-part", "100");
        room.begin(0, "names");
        var deeds = new ArrayList<Callable<Integer>>();
        for (int i = 1; i <= 11; i++) {
            int seat = i;
            room.member(seat);
            for (int n = 0; n < 4; n++) {
                deeds.add(() -> room.choose(seat, seat <= 6 ? "yes" : "no"));
            }
        }
        java.util.Collections.shuffle(deeds, new Random(7));
        try (var pool = Executors.newFixedThreadPool(12)) {
            for (var answer : pool.invokeAll(deeds)) {
                assertThat(answer.get()).isEqualTo(303);
            }
            var counts = new ArrayList<Callable<Integer>>();
            for (int n = 0; n < 6; n++) {
                counts.add(() -> room.count(0));
            }
            for (var answer : pool.invokeAll(counts)) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
        assertThat(town.ask(
                        "select votes_yes || ' ' || votes_no || ' ' || abstentions from resolutions where item_id = "
                                + room.item(0)))
                .isEqualTo("6 5 0");
        assertThat(town.ask("select count(*) from ledger_entries where reference = 'idea:" + room.idea(0) + "'"))
                .isEqualTo("1");
    }

    @Test
    void whatever_is_done_in_whatever_order_no_resolution_lacks_quorum_money_or_an_unbiased_vote() throws Exception {
        var room = new Sitting("suedwest", 3);
        room.open(7);
        var browsers = IntStream.rangeClosed(1, 8).mapToObj(room::member).toList();
        var codes = new java.util.concurrent.ConcurrentHashMap<Integer, Integer>();
        try (var pool = Executors.newFixedThreadPool(6)) {
            var all = new ArrayList<Callable<Integer>>();
            for (int thread = 0; thread < 6; thread++) {
                var random = new Random(100 + thread);
                all.add(() -> {
                    for (int i = 0; i < 120; i++) {
                        codes.merge(randomDeed(room, browsers, random), 1, Integer::sum);
                    }
                    return 0;
                });
            }
            for (var answer : pool.invokeAll(all)) {
                answer.get();
            }
        }
        assertThat(codes.keySet()).as("never a fault: " + codes).isSubsetOf(303, 409, 422, 403);
        assertThat(codes.getOrDefault(303, 0)).isGreaterThan(50);
        assertThat(town.ask(
                        "select count(*) from resolutions r join council_votes v on v.id = r.vote_id where r.votes_yes"
                                + " + r.votes_no + r.abstentions < v.needed"))
                .isEqualTo("0");
        assertThat(town.ask("select count(*) from council_votes v join council_voters w on w.vote_id = v.id join"
                        + " item_biases b on b.item_id = v.item_id and b.person_id = w.person_id join"
                        + " resolutions r on r.vote_id = v.id"))
                .isEqualTo("0");
        assertThat(town.ask(
                        "select count(*) from budget_accounts where balance_cents < 0 and account <> 'appropriation'"))
                .isEqualTo("0");
        assertThat(town.ask("select coalesce(sum(amount_cents), 0) from resolutions where item_id is not null and"
                        + " budget_id = (select id from budgets where body_key = 'sbb-suedwest' and year ="
                        + " extract(year from now()))"))
                .isEqualTo(town.ask("select coalesce(sum(e.amount_cents), 0) from ledger_entries e where e.to_account"
                        + " = 'reserved' and e.reference in (select 'idea:' || idea_number from resolutions"
                        + " where item_id is not null) and e.budget_id = (select id from budgets where body_key"
                        + " = 'sbb-suedwest' and year = extract(year from now()))"));
    }

    private int randomDeed(Sitting room, List<Browser> members, Random random) {
        int at = random.nextInt(3);
        var item = room.item(at);
        var vote = town.ask("select coalesce(max(id), 0) from council_votes where session_id = " + room.id);
        return switch (random.nextInt(12)) {
            case 0 ->
                room.deed(
                        "/room/attendance",
                        "person",
                        id("suedwest", 1 + random.nextInt(8)),
                        "present",
                        random.nextInt(4) == 0 ? "no" : "yes");
            case 1 -> room.deed("/room/items/" + item + "/treatment", "outcome", "called");
            case 2 ->
                random.nextInt(6) == 0
                        ? room.deed("/room/items/" + item + "/treatment", "outcome", "noted")
                        : room.deed("/room/items/" + item + "/treatment", "outcome", "called");
            case 3 ->
                random.nextInt(5) == 0
                        ? room.deed(members.get(random.nextInt(8)), "/seat/items/" + item + "/bias", "ground", "other")
                        : 303;
            case 4, 5 ->
                room.deed(
                        "/room/items/" + item + "/motions",
                        "request_id",
                        UUID.randomUUID().toString(),
                        "kind",
                        "granted-in-part",
                        "amount",
                        String.valueOf(50 + random.nextInt(200)),
                        "wording",
                        "Das Geld wird dafür bereitgestellt.",
                        "reason",
                        WHY);
            case 6, 7 -> room.begin(item, "names");
            case 8, 9, 10 ->
                room.deed(
                        members.get(random.nextInt(8)),
                        "/seat/votes/" + vote + "/choice",
                        "choice",
                        random.nextInt(3) == 0 ? "no" : "yes");
            default -> room.deed("/room/votes/" + vote + "/result", "item", item);
        };
    }

    @Test
    void the_quorum_in_words_is_the_one_the_database_reckons() {
        var room = new Sitting("suedost", 2);
        room.open(11);
        room.call(0);
        for (int biased = 1; biased <= 8; biased++) {
            room.deed("/room/items/" + room.item(0) + "/biases", "person", id("suedost", biased), "ground", "other");
            var reckoned =
                    town.ask("select seats || ' ' || present || ' ' || biased || ' ' || needed || ' ' || rule from"
                            + " council_quorum(" + room.item(0) + ")");
            var day = java.time.LocalDate.parse(town.ask("select (starts_at at time zone 'Europe/Berlin')::date from"
                    + " council_calendar where id = " + room.id));
            var words = Quorum.of(bodies.rulesOf("sbb-suedost", day).orElseThrow(), 11, 11, biased, false);
            assertThat(reckoned)
                    .isEqualTo("11 11 " + biased + " " + words.needed() + " "
                            + words.rule().name().toLowerCase(java.util.Locale.ROOT));
            assertThat(words.isReached()).isEqualTo(words.counted() >= words.needed());
        }
    }

    @Test
    void while_the_mayor_objects_the_resolution_rests_and_annulled_it_frees_its_money_for_another() {
        var room = new Sitting("alt-west", List.of(published("alt-west")));
        room.open(6);
        room.call(0);
        room.move(0, "granted-in-part", "300");
        var free = available("alt-west");
        room.begin(0, "count");
        assertThat(room.count(0, "yes", "6", "no", "0", "abstentions", "0")).isEqualTo(303);
        assertThat(room.deed("/room/closing")).isEqualTo(303);
        assertThat(available("alt-west")).isEqualTo(free - 30_000);
        var resolution = town.ask("select id from resolutions where item_id = " + room.item(0));
        var path = "/council/sbb-alt-west/resolutions/" + resolution;
        assertThat(browser().page(path).text()).contains("6 Ja, 0 Nein", "300 €");
        assertThat(browser().page(path).select("main form")).isEmpty();
        var why = "Das Gremium war dafür nicht zuständig.";
        for (var person : List.of(Town.resident(2), Town.chair("alt-west"), Town.administrator())) {
            assertThat(object(browser().signIn(person), path + "/objection", Map.of("reason", why)))
                    .isEqualTo(403);
        }
        var office = browser().signIn(Town.officer());
        assertThat(object(office, path + "/objection/end", Map.of("outcome", "lifted", "reason", why)))
                .isEqualTo(409);
        assertThat(object(office, path + "/objection", Map.of("reason", "kurz")))
                .isEqualTo(422);
        assertThat(object(office, path + "/objection", Map.of("reason", why))).isEqualTo(303);
        assertThat(object(office, path + "/objection", Map.of("reason", why))).isEqualTo(303);
        assertThat(town.ask("select resolution_rests(" + resolution + ")")).isEqualTo("t");
        assertThat(browser().page(path).text()).contains("Widerspruch des Oberbürgermeisters", why);
        assertThatThrownBy(() -> town.change("delete from standing_resolutions where resolution_id = " + resolution))
                .hasMessageContaining("stands");
        assertThat(object(office, path + "/objection/end", Map.of("outcome", "annulled", "reason", why)))
                .isEqualTo(303);
        assertThat(object(office, path + "/objection/end", Map.of("outcome", "annulled", "reason", why)))
                .isEqualTo(303);
        assertThat(available("alt-west")).isEqualTo(free);
        assertThat(town.ask("select state from ideas where number = " + room.idea(0)))
                .isEqualTo("published");
        assertThat(town.ask("select resolution_rests(" + resolution + ")")).isEqualTo("t");
        assertThat(town.ask("select count(*) from standing_resolutions where resolution_id = " + resolution))
                .isEqualTo("0");
    }

    @Test
    void a_recommendation_to_the_city_is_told_and_the_body_may_still_decide_later() {
        var room = new Sitting("ost", 2);
        room.open(7);
        room.call(0);
        room.move(0, "recommended", "");
        room.begin(0, "count");
        assertThat(room.count(0, "yes", "6", "no", "1", "abstentions", "0")).isEqualTo(303);
        assertThat(town.ask("select r.kind || ' ' || i.state || ' ' || (select count(*) from standing_resolutions s"
                        + " where s.idea_number = i.number) from resolutions r join ideas i on i.number ="
                        + " r.idea_number where r.item_id = " + room.item(0)))
                .isEqualTo("recommended published 0");
        assertThat(browser().page("/ideas/" + room.idea(0)).text()).contains("Der Stadt empfohlen");
        room.call(1);
        room.move(1, "postponed", "");
        room.begin(1, "count");
        assertThat(room.count(1, "yes", "1", "no", "6", "abstentions", "0")).isEqualTo(303);
        assertThat(room.deed("/room/items/" + room.item(1) + "/rejection", "reason", "Es fand keine Mehrheit."))
                .as("nothing is said about the idea by not postponing it")
                .isEqualTo(409);
        room.move(1, "granted-in-part", "100");
        assertThat(room.begin(1, "count")).isEqualTo(303);
    }

    @Test
    void the_room_asks_the_database_as_often_with_many_items_as_with_few() {
        var few = new Sitting("mitte", 1);
        few.open(6);
        few.call(0);
        var many = new Sitting("nord", 6);
        many.open(9);
        many.call(0);
        for (var view : List.of("/room", "/live")) {
            few.chair.page(few.path + view);
            assertThat(queries.during(() -> many.chair.page(many.path + view)))
                    .hasSizeLessThanOrEqualTo(queries.during(() -> few.chair.page(few.path + view))
                                    .size()
                            + 1)
                    .hasSizeLessThan(18);
        }
    }

    @Test
    void papers_lie_on_the_table_when_their_item_is_called() {
        var room = new Sitting("suedwest", 2);
        room.open(6);
        for (var paper : List.of("Kostenplan", "Gutachten")) {
            town.change(
                    "insert into agenda_papers (id, item_id, number, title, open, late, content, added_at, added_by)"
                            + " values (gen_random_uuid(), " + room.item(0) + ", '', '" + paper + "', "
                            + paper.equals("Kostenplan") + ", true, '\\x255044462d', now(), "
                            + id(Town.chair("suedwest")) + ")");
        }
        for (var reader : List.of(room.chair, room.member(1), browser())) {
            assertThat(reader.page(room.path + "/live").text()).doesNotContain("Kostenplan", "Gutachten");
        }
        town.change("update ideas set cost_cents = 900000 where number = " + room.idea(0));
        room.call(0);
        room.move(0, "postponed", "");
        assertThat(room.member(1).page(room.path + "/seat").text())
                .as("a motion without money says nothing of the sum")
                .contains("liegt noch nicht vor")
                .doesNotContain("bei dieser Summe nicht nötig");
        var link = room.chair.page(room.path + "/room").select("a[href*=/papers/]");
        assertThat(link.eachText()).containsExactly("Kostenplan", "Gutachten");
        assertThat(room.member(1)
                        .page(room.path + "/seat")
                        .select("a[href*=/papers/]")
                        .eachAttr("href"))
                .isEqualTo(link.eachAttr("href"));
        for (var reader : List.of(room.chair, room.member(1), browser())) {
            assertThat(reader.page(room.path + "/live")
                            .select("a[href*=/papers/]")
                            .eachText())
                    .as("what is not public never stands on the wall")
                    .containsExactly("Kostenplan");
        }
        town.change(
                "insert into agenda_paper_withdrawals (paper_id, reason, at, by) select id, 'Falsche Fassung', now(),"
                        + " added_by from agenda_papers where item_id = " + room.item(0) + " and open");
        assertThat(browser().page(room.path + "/live").text()).doesNotContain("Kostenplan");
        assertThat(room.member(1).page(room.path + "/seat").text()).doesNotContain("Kostenplan");
    }

    @Test
    void a_script_in_the_wording_of_a_motion_is_words_on_the_wall_and_at_every_seat() {
        var room = new Sitting("mitte", 1);
        room.open(6);
        room.call(0);
        var wording = "<script>alert(1)</script> wird vertagt.";
        assertThat(room.deed(
                        "/room/items/" + room.item(0) + "/motions",
                        "request_id",
                        UUID.randomUUID().toString(),
                        "kind",
                        "postponed",
                        "wording",
                        wording,
                        "reason",
                        WHY))
                .isEqualTo(303);
        for (var page : List.of(
                browser().page(room.path + "/live"),
                room.member(1).page(room.path + "/seat"),
                room.chair.page(room.path + "/room"))) {
            assertThat(page.select("main script")).isEmpty();
            assertThat(page.select(".room__wording").text()).isEqualTo(wording);
        }
    }

    private String published(String district) {
        return town.ask("select max(number) from ideas where body_key = 'sbb-" + district
                + "' and state = 'published' and published_at < now()");
    }

    private static int object(Browser browser, String path, Map<String, String> fields) {
        var form = new HashMap<>(fields);
        form.put("csrf", browser.token());
        return browser.post(path, form).statusCode();
    }

    private static long version(BufferedReader reader) throws java.io.IOException {
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("data:")) {
                return Long.parseLong(line.substring(5).strip());
            }
        }
        throw new java.io.IOException("the line was closed");
    }

    private String id(int seat) {
        return id("mitte", seat);
    }
}
