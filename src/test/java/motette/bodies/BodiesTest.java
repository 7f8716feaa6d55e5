package motette.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.HashSet;
import motette.PortalTest;
import motette.bodies.Responsible.Choice;
import motette.bodies.Responsible.Choose;
import motette.bodies.Responsible.Decided;
import motette.places.Places;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest(transactional = false)
class BodiesTest extends PortalTest {

    @Inject
    Bodies bodies;

    @Inject
    Places places;

    @Test
    void there_are_the_councils_and_the_board() {
        assertThat(bodies.all()).hasSize(25).doesNotHaveDuplicates();
        assertThat(bodies.all().getFirst().name()).isEqualTo("Stadtbezirksbeirat Mitte");
        assertThat(bodies.all().getLast().kind()).isEqualTo("fundBoard");
        assertThat(bodies.all())
                .allSatisfy(body -> assertThat(bodies.body(body.key())).contains(body));
        assertThat(bodies.body("no such body")).isEmpty();
        assertThat(places.districts())
                .allSatisfy(district -> assertThat(bodies.councilOf(district.key()))
                        .hasValueSatisfying(
                                council -> assertThat(council.districtKey()).isEqualTo(district.key())));
        assertThat(bodies.councilOf("no such district")).isEmpty();
        assertThat(bodies.councilOf("")).isEmpty();
    }

    @Test
    void every_quarter_has_a_body_or_a_choice_and_every_council_has_a_place() {
        var reached = new HashSet<Body>();
        for (var quarter : places.quarters()) {
            switch (bodies.responsibleFor(quarter.key(), "")) {
                case Decided decided -> reached.add(decided.body());
                case Choose choose -> {
                    assertThat(choose.choices()).hasSizeGreaterThan(1);
                    choose.choices().forEach(choice -> reached.add(choice.body()));
                }
            }
        }
        assertThat(reached)
                .hasSize(24)
                .containsExactlyInAnyOrderElementsOf(bodies.all().stream()
                        .filter(body -> !body.kind().equals("fundBoard"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"00, sbb-mitte", "70, sbb-alt-west", "27, or-engelsdorf", "29, or-engelsdorf", "95, or-wiederitzsch"})
    void the_local_council_goes_before_the_district_council(String quarter, String body) {
        assertThat(bodies.responsibleFor(quarter, "")).isInstanceOfSatisfying(Decided.class, decided -> {
            assertThat(decided.body().key()).isEqualTo(body);
            assertThat(decided.community() == null).isEqualTo(body.startsWith("sbb"));
        });
        assertThat(bodies.responsibleFor(quarter, "plaussig"))
                .as("where there is nothing to choose a choice from elsewhere changes nothing")
                .isEqualTo(bodies.responsibleFor(quarter, ""));
    }

    @Test
    void where_two_communities_are_the_quarter_the_person_chooses_one_of_them() {
        choicesOf("75", "").extracting(Choice::name).containsExactly("Burghausen", "Rückmarsdorf");
        assertThat(bodies.responsibleFor("75", "burghausen")).isInstanceOfSatisfying(Decided.class, decided -> {
            assertThat(decided.body().communityKey()).isEqualTo("burghausen");
            assertThat(decided.community())
                    .isEqualTo(places.community("burghausen").orElseThrow());
        });
        choicesOf("75", "plaussig").hasSize(2);
        choicesOf("75", Choice.NONE).hasSize(2);
    }

    @Test
    void where_a_community_is_a_part_of_the_quarter_the_rest_belongs_to_the_district_council() {
        choicesOf("15", "").extracting(choice -> choice.body().key()).containsExactly("or-plaussig", "sbb-nordost");
        assertThat(bodies.responsibleFor("15", "plaussig"))
                .isInstanceOfSatisfying(
                        Decided.class,
                        decided -> assertThat(decided.body().key()).isEqualTo("or-plaussig"));
        assertThat(bodies.responsibleFor("15", Choice.NONE))
                .isEqualTo(new Decided(bodies.councilOf("1").orElseThrow(), null));
        choicesOf("15", "burghausen").hasSize(2);
    }

    @Test
    void every_choice_that_is_offered_is_accepted() {
        for (var quarter : new String[] {"15", "75"}) {
            choicesOf(quarter, "")
                    .allSatisfy(choice -> assertThat(bodies.responsibleFor(quarter, choice.communityKey()))
                            .isInstanceOfSatisfying(
                                    Decided.class,
                                    decided -> assertThat(decided.body()).isEqualTo(choice.body())));
        }
    }

    @Test
    void a_quarter_that_is_not_there_is_a_mistake_of_the_caller() {
        assertThatThrownBy(() -> bodies.responsibleFor("no such quarter", "")).hasMessageContaining("no such quarter");
    }

    @ParameterizedTest
    @CsvSource({
        "11, 1, 2, 6",
        "10, 1, 2, 5",
        "9, 1, 2, 5",
        "5, 1, 2, 3",
        "4, 1, 2, 2",
        "1, 1, 2, 1",
        "0, 1, 2, 0",
        "11, 1, 4, 3",
        "12, 1, 4, 3",
        "9, 2, 3, 6",
        "10, 2, 3, 7",
        "11, 1, 1, 11"
    })
    void a_quorum_is_at_least_the_fraction_of_the_seats(int seats, int numerator, int denominator, int quorum) {
        assertThat(SomeRules.of(numerator, denominator, 1, 4, 3).quorum(seats)).isEqualTo(quorum);
    }

    @Test
    void the_latest_rules_that_are_valid_on_the_day_hold() {
        assertThat(bodies.rules("districtCouncil", LocalDate.of(2020, 12, 31))).isEmpty();
        assertThat(bodies.rules("districtCouncil", LocalDate.of(2021, 1, 1))).hasValueSatisfying(rules -> {
            assertThat(rules.quorum(11)).isEqualTo(6);
            assertThat(rules.withoutStatementCents()).isEqualTo(100_000);
            assertThat(rules.noticeDays()).isEqualTo(7);
            assertThat(rules.leadWorkingDays()).isEqualTo(10);
            assertThat(rules.isDefault()).isTrue();
            assertThat(rules.quorumAfterBias(11)).isEqualTo(3);
            assertThat(rules.secondSessionQuorum()).isEqualTo(3);
            assertThat(rules.majority()).isEqualTo(RulesOfProcedure.VOTES_CAST);
            assertThat(rules.tieIs()).isEqualTo("rejected");
            assertThat(rules.abstentionsCount()).isFalse();
            assertThat(rules.minutesDays()).isEqualTo(31);
            assertThat(rules.defaultFields()).contains("quorumMinimum").doesNotContain("majority");
        });
        assertThat(bodies.rulesOf("fonds-gesundheit", LocalDate.of(2026, 1, 1)))
                .hasValueSatisfying(rules -> assertThat(rules.isByConsensus()).isTrue());
        assertThat(bodies.rules("no such kind", LocalDate.of(2026, 1, 1))).isEmpty();
    }

    @Test
    void a_point_tells_its_quarter_and_who_decides_there() {
        assertThat(browser().get("/places/at?lon=12.3769&lat=51.34078").body())
                .isEqualTo(
                        "{\"inside\":true,\"quarter\":{\"key\":\"00\",\"name\":\"Zentrum\"},\"district\":{\"key\":\"0\",\"name\":\"Mitte\"},\"body\":{\"key\":\"sbb-mitte\",\"name\":\"Stadtbezirksbeirat"
                            + " Mitte\"},\"choices\":[]}");
        assertThat(browser().get("/places/at?lon=12.45293&lat=51.39905").body())
                .contains("\"choices\":[{\"communityKey\":\"plaussig\"", "\"communityKey\":\"none\"")
                .doesNotContain("\"Nordost\"},\"body\":");
        assertThat(browser().get("/places/at?lon=11.9688&lat=51.4825").body())
                .isEqualTo("{\"inside\":false,\"choices\":[]}");
        assertThat(browser().get("/places/at?lon=1e300&lat=-1e300").statusCode())
                .isEqualTo(200);
    }

    private ListAssert<Choice> choicesOf(String quarter, String community) {
        return assertThat(bodies.responsibleFor(quarter, community))
                .asInstanceOf(InstanceOfAssertFactories.type(Choose.class))
                .extracting(Choose::choices)
                .asInstanceOf(InstanceOfAssertFactories.list(Choice.class));
    }
}
