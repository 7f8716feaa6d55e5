package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import motette.PortalTest;
import motette.TestClock;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The core alone: a ballot goes into the urn once, while the clock says so. */
@MicronautTest(transactional = false)
class TestRoundsTest extends PortalTest {

    @Inject
    TestRounds rounds;

    @Inject
    Urn urn;

    @Inject
    TestClock clock;

    @AfterEach
    void realTime() {
        clock.reset();
        rounds.forgetAll();
    }

    @Test
    void a_ballot_of_a_resident_lies_in_the_urn_and_a_later_one_takes_its_place() {
        var round = rounds.announce(TestRounds.plan("runde-ost", TestRounds.OST));
        assertThat(round.phase(clock.instant())).isEqualTo(Phase.OPEN);
        assertThat(rounds.voter(round, Town.resident(1))).isEmpty();
        var voter = rounds.voter(round, Town.resident(3)).orElseThrow();
        var numbers = rounds.numbers(round, TestRounds.OST);
        var first = (Urn.Outcome.Cast) urn.cast("runde-ost", voter, "", TestRounds.ticks(numbers.subList(1, 2)), "a");
        var later = (Urn.Outcome.Cast) urn.cast("runde-ost", voter, "", TestRounds.ticks(numbers.subList(2, 3)), "b");
        assertThat(first.again()).isFalse();
        assertThat(later.again()).isTrue();
        var held = urn.held(round, voter).orElseThrow();
        assertThat(held.choice().points()).containsOnlyKeys(numbers.get(2));
        assertThat(held.receipt()).isEqualTo(later.receipt()).isNotEqualTo(first.receipt());
    }

    @Test
    void a_plan_of_points_in_two_districts_becomes_a_round() {
        var round = rounds.announce(TestRounds.plan("zwei", TestRounds.MITTE, TestRounds.OST)
                .form(BallotForm.POINTS)
                .withFurtherDistrict()
                .minimumAge(16)
                .budget(5_000_000)
                .rule("shares", 3)
                .from(Duration.ofDays(1), Duration.ofDays(2)));
        assertThat(round.phase(clock.instant())).isEqualTo(Phase.ANNOUNCED);
        assertThat(round.districts()).extracting(Round.RoundDistrict::key).containsExactly("0", "2");
        assertThat(rounds.candidates(round)).hasSize(8);
        clock.turn(Duration.ofDays(1).plusMinutes(1));
        assertThat(round.phase(clock.instant())).isEqualTo(Phase.OPEN);
        rounds.hold(round, "Ein Preis war falsch geschrieben.");
        assertThat(rounds.now(round).phase(clock.instant())).isEqualTo(Phase.HELD);
        rounds.resume(round);
        rounds.withdraw(round, 1, "Der Ort ist verkauft worden.");
        assertThat(rounds.candidates(round).getFirst().withdrawn()).isPresent();
        clock.set(round.closesAt());
        assertThat(rounds.now(round).phase(clock.instant())).isEqualTo(Phase.CLOSED);
    }
}
