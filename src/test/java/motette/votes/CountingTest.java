package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.shared.Refused;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The urn is emptied once, and nothing leads from what lay in it to who cast it. */
@MicronautTest(transactional = false)
class CountingTest extends PortalTest {

    @Inject
    TestRounds rounds;

    @Inject
    Urn urn;

    @Inject
    Counting counting;

    @Inject
    Results results;

    @Inject
    Publishing publishing;

    @Inject
    RoundCheck check;

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Waiting town;

    @Inject
    TestClock clock;

    private final Random random = new Random(1);

    @AfterEach
    void empty() {
        clock.reset();
        rounds.forgetAll();
    }

    private Voter voter(String district) {
        var key = new byte[32];
        random.nextBytes(key);
        return new Voter(key, 0, district, district + "0", random.nextBoolean() ? "30-44" : "65+");
    }

    private Receipt cast(Round round, String district, String further, Choice choice) {
        return ((Urn.Outcome.Cast) urn.cast(round.slug(), voter(district), further, choice, "attempt")).receipt();
    }

    private void sign(Round round) {
        for (var person : List.of(Town.administrator(), Town.officer())) {
            town.change("insert into vote_signatures (round_id, person_id, at, office, protocol) select " + round.id()
                    + ", id, now(), 'office', sha256('protocol') from persons where demo_key = '" + person + "'");
        }
    }

    private long admin() {
        return rounds.visitor(Town.administrator()).personId();
    }

    @Test
    void nothing_is_counted_before_the_close_and_everything_once_after_it() {
        var round = rounds.announce(TestRounds.plan("einmal", TestRounds.OST).form(BallotForm.APPROVAL));
        var numbers = rounds.numbers(round, TestRounds.OST);
        var receipt = cast(round, TestRounds.OST, "", Choice.of(numbers.subList(0, 2)));
        cast(round, TestRounds.OST, "", Choice.NOTHING);
        assertThatThrownBy(() -> counting.count(round.id()))
                .isInstanceOf(Refused.class)
                .hasMessage("votes.result.refused.running");
        rounds.hold(round, "Der Strom ist ausgefallen.");
        assertThatThrownBy(() -> counting.count(round.id())).isInstanceOf(Refused.class);
        assertThat(results.of(rounds.now(round))).isEmpty();
        clock.set(round.closesAt());
        assertThat(counting.count(round.id())).isTrue();
        assertThat(counting.count(round.id())).isFalse();
        var result = results.of(rounds.now(round)).orElseThrow();
        assertThat(result.ballots()).isEqualTo(2);
        assertThat(result.voters()).isEqualTo(2);
        var layOut = result.districts().getFirst().layOut();
        assertThat(layOut.blank()).isEqualTo(1);
        assertThat(layOut.line(numbers.getFirst()).orElseThrow().votes()).isEqualTo(1);
        assertThat(layOut.line(numbers.get(2)).orElseThrow().votes()).isZero();
        assertThat(results.receipts(round.id())).hasSize(2).contains(receipt.code());
        assertThat(town.ask("select count(*) from vote_urn")).isEqualTo("0");
        assertThat(town.ask("select count(*) from vote_keys.round_keys where round_id = " + round.id()))
                .isEqualTo("0");
        assertThat(town.ask("select count(*) from audit_entries where subject = 'round:" + round.id() + "' and deed in"
                        + " ('votes.count', 'votes.key-destruction')"))
                .isEqualTo("2");
        assertThat(check.findings(round.id())).isEmpty();
    }

    @Test
    void two_districts_on_one_ballot_are_two_ballots_with_one_receipt() {
        var round = rounds.announce(TestRounds.plan("beide", TestRounds.MITTE, TestRounds.OST)
                .form(BallotForm.POINTS)
                .withFurtherDistrict());
        int mitte = rounds.numbers(round, TestRounds.MITTE).getFirst();
        int ost = rounds.numbers(round, TestRounds.OST).getFirst();
        cast(round, TestRounds.MITTE, TestRounds.OST, new Choice(new java.util.TreeMap<>(Map.of(mitte, 4, ost, 5))));
        cast(round, TestRounds.OST, "", new Choice(new java.util.TreeMap<>(Map.of(ost, 2))));
        urn.castForGood(round.slug(), voter("3"), TestRounds.OST, Choice.NOTHING, Channel.KIOSK);
        urn.handOut(round.slug(), voter(TestRounds.OST), "");
        rounds.withdraw(round, mitte, "Der Platz wird schon gebaut.");
        clock.set(round.closesAt());
        counting.count(round.id());
        var result = results.of(rounds.now(round)).orElseThrow();
        assertThat(result.ballots()).isEqualTo(3);
        assertThat(result.voters()).isEqualTo(4);
        var first = result.districts().getFirst().layOut();
        var second = result.districts().getLast().layOut();
        assertThat(first.ballots()).isEqualTo(1);
        assertThat(first.line(mitte).orElseThrow().points()).isEqualTo(4);
        assertThat(first.line(mitte).orElseThrow().reason()).isEqualTo("withdrawn");
        assertThat(first.spentCents()).isZero();
        assertThat(second.ballots()).isEqualTo(3);
        assertThat(second.blank()).isEqualTo(1);
        assertThat(second.line(ost).orElseThrow().points()).isEqualTo(7);
        assertThat(second.line(ost).orElseThrow().votes()).isEqualTo(2);
        assertThat(check.findings(round.id())).isEmpty();
    }

    @Test
    void the_order_after_the_count_has_nothing_to_do_with_the_order_of_casting() {
        var round = rounds.announce(TestRounds.plan("ordnung", TestRounds.OST).form(BallotForm.POINTS, 10));
        var numbers = rounds.numbers(round, TestRounds.OST);
        var cast = new ArrayList<String>();
        for (int i = 0; i < 90; i++) {
            var choice = new Choice(
                    new java.util.TreeMap<>(Map.of(numbers.getFirst(), 1 + i % 10, numbers.get(1), 1 + i / 10)));
            cast(round, TestRounds.OST, "", choice);
            cast.add(choice.text());
        }
        var voters = "select string_agg(encode(voter, 'hex'), ' ' order by ctid) from vote_roll where round_id = "
                + round.id();
        var before = town.ask(voters);
        clock.set(round.closesAt());
        counting.count(round.id());
        var counted = results.papers(round.id(), TestRounds.OST).stream()
                .map(paper -> paper.choice().text())
                .toList();
        assertThat(counted).containsExactlyInAnyOrderElementsOf(cast).isNotEqualTo(cast);
        assertThat(inPlace(cast, counted)).isLessThan(20);
        var rows = "select string_agg(choices::text || points::text, ' ' order by ctid) from vote_ballots";
        assertThat(town.ask(rows)).isNotEmpty();
        assertThat(inPlace(List.of(before.split(" ")), List.of(town.ask(voters).split(" "))))
                .isLessThan(20);
        assertThat(town.ask("select count(distinct xmin::text) from vote_roll")).isEqualTo("1");
        assertThat(town.ask("select count(distinct xmin::text) from vote_ballots"))
                .isEqualTo("1");
        assertThat(town.ask(
                        "select (select min(xmin::text) from vote_ballots) = (select min(xmin::text) from vote_roll)"))
                .isEqualTo("t");
    }

    private static long inPlace(List<String> one, List<String> other) {
        return IntStream.range(0, one.size())
                .filter(i -> one.get(i).equals(other.get(i)))
                .count();
    }

    @Test
    void an_urn_that_does_not_agree_with_the_roll_is_not_counted_and_nothing_changes() {
        var round = rounds.announce(TestRounds.plan("fehlt", TestRounds.OST));
        for (int i = 0; i < 3; i++) {
            cast(round, TestRounds.OST, "", Choice.NOTHING);
        }
        town.change("delete from vote_urn where token = (select min(token) from vote_urn)");
        clock.set(round.closesAt());
        assertThatThrownBy(() -> counting.count(round.id())).hasMessage("votes.result.refused.unequal");
        assertThat(town.ask("select count(*) from vote_urn")).isEqualTo("2");
        assertThat(town.ask("select count(*) from vote_keys.round_keys where round_id = " + round.id()))
                .isEqualTo("1");
        town.change("update vote_urn set sealed = sealed || '\\x00' where token = (select min(token) from vote_urn)");
        assertThatThrownBy(() -> counting.count(round.id())).hasMessage("votes.result.refused.changed");
        assertThat(rounds.now(round).countedAt()).isEmpty();
    }

    @Test
    void a_count_whose_connection_dies_leaves_the_round_as_it_was() {
        var round = rounds.announce(TestRounds.plan("abbruch", TestRounds.OST));
        for (int i = 0; i < 5; i++) {
            cast(
                    round,
                    TestRounds.OST,
                    "",
                    Choice.of(rounds.numbers(round, TestRounds.OST).subList(0, 1)));
        }
        clock.set(round.closesAt());
        assertThatThrownBy(() -> transactions.executeWrite(status -> {
                    counting.count(round.id());
                    try (var statement = status.getConnection().createStatement()) {
                        return statement.execute("select pg_terminate_backend(pg_backend_pid())");
                    }
                }))
                .isInstanceOf(Exception.class);
        assertThat(town.ask("select count(*) from vote_urn")).isEqualTo("5");
        assertThat(town.ask("select count(*) from vote_ballots")).isEqualTo("0");
        assertThat(town.ask("select count(*) from vote_keys.round_keys where round_id = " + round.id()))
                .isEqualTo("1");
        assertThat(counting.count(round.id())).isTrue();
        assertThat(results.of(rounds.now(round)).orElseThrow().ballots()).isEqualTo(5);
    }

    @Test
    void a_published_round_is_recounted_and_whatever_is_changed_later_is_found() {
        var round = rounds.announce(TestRounds.plan("heraus", TestRounds.OST)
                .form(BallotForm.APPROVAL)
                .rule("shares", 2));
        var numbers = rounds.numbers(round, TestRounds.OST);
        for (int i = 0; i < 25; i++) {
            var some = new ArrayList<>(numbers);
            Collections.shuffle(some, random);
            cast(round, TestRounds.OST, "", Choice.of(some.subList(0, i % 3)));
        }
        assertThatThrownBy(() -> publishing.publish(round.id(), admin())).hasMessage("votes.result.refused.uncounted");
        clock.set(round.closesAt());
        counting.count(round.id());
        assertThatThrownBy(() -> publishing.publish(round.id(), admin())).hasMessage("votes.result.refused.unsigned");
        sign(round);
        publishing.publish(round.id(), admin());
        assertThatThrownBy(() -> publishing.publish(round.id(), admin())).hasMessage("votes.result.refused.published");
        var files = publishing.published(round.id());
        assertThat(files.keySet())
                .containsExactly(
                        "candidates.json", "heraus-ost.pb", "manifest.json", "receipts.txt", "result.json", "seed.txt");
        var verdict = Recount.of(files);
        assertThat(verdict.sentence()).startsWith("Intact: heraus, 25 ballots of 25 voters in 1 district");
        assertThat(town.ask("select details ->> 'manifest' from audit_entries where deed = 'votes.publication'"
                        + " order by id desc limit 1"))
                .isEqualTo(verdict.manifest());
        assertThat(check.findings(round.id())).isEmpty();
        var anew = new HashMap<String, String>();
        publishing.files(rounds.now(round), Map.of()).forEach((name, content) -> anew.put(name, Lot.sha256(content)));
        files.forEach((name, content) -> assertThat(anew).containsEntry(name, Lot.sha256(content)));
        town.change("alter table vote_ballots disable trigger counted_ballots_stay");
        town.change("update vote_ballots set choices = '{}' where round_id = " + round.id()
                + " and serial = (select min(serial)" + " from vote_ballots where round_id = " + round.id()
                + " and cardinality(choices) > 0)");
        town.change("alter table vote_ballots enable trigger counted_ballots_stay");
        assertThat(check.findings(round.id()))
                .extracting(finding -> finding.key())
                .contains("votes.result.finding.file");
    }

    @Test
    void what_is_counted_does_not_change_by_sql_either() {
        var round = rounds.announce(TestRounds.plan("fest", TestRounds.OST));
        cast(round, TestRounds.OST, "", Choice.NOTHING);
        clock.set(round.closesAt());
        counting.count(round.id());
        for (var statement : List.of(
                "delete from vote_ballots",
                "update vote_ballots set choices = '{1}'",
                "delete from vote_receipts",
                "delete from vote_counts",
                "insert into vote_urn select " + round.id() + ", sha256('x'), 'x', '00000000000000000000'",
                "insert into vote_withdrawals select round_id, number, now(), made_by, 'Zu spät, gezählt ist.' from"
                        + " vote_candidate_versions limit 1",
                "insert into vote_candidate_versions select round_id, number, 2, title, description, 5, now(), made_by,"
                        + " 'Zu spät, gezählt ist.' from vote_candidate_versions limit 1")) {
            assertThatThrownBy(() -> town.change(statement)).as(statement).isInstanceOf(Exception.class);
        }
    }
}
