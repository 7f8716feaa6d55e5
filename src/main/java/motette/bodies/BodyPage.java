package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import motette.bodies.BodyLinks.BodyLink;
import motette.people.Member;
import motette.people.Standin;
import motette.places.Quarter;
import motette.shared.Message;
import org.jspecify.annotations.Nullable;

/**
 * A body as the public reads it.
 *
 * @param body         as it is today
 * @param area         name of the district or community it decides for; empty for the whole city
 * @param areaPath     page of the district; empty where there is none
 * @param quarters     for which it decides; empty for the whole city
 * @param term         that runs today; null where none is recorded
 * @param chairs       who chairs it
 * @param seats        every seat with a vote, taken or vacant
 * @param defaultLabels whether a label of a seat is a default of the city pack
 * @param unseated     members without a numbered seat
 * @param ahead        members whose term has not begun
 * @param rules        that hold today; null where none do
 * @param next         rules that are recorded for a later day
 * @param meeting      when it meets next; null where nothing is planned
 * @param administers  true for who may record terms and rules
 * @param seesFunctions true for who may read what members declared
 */
@Introspected
record BodyPage(
        Body body,
        String area,
        String areaPath,
        List<Quarter> quarters,
        @Nullable Term term,
        MeetingPlace place,
        List<Sitting> chairs,
        List<Seat> seats,
        boolean defaultLabels,
        List<Sitting> unseated,
        List<Member> ahead,
        @Nullable RulesOfProcedure rules,
        List<Rules.Version> next,
        List<Rules.Version> earlier,
        List<BodyLink> links,
        NextSession.@Nullable Meeting meeting,
        boolean administers,
        boolean seesFunctions) {

    /**
     * @param standin   who acts for them today; null where nobody does
     * @param functions that they let the public read
     */
    @Introspected
    record Sitting(Member member, @Nullable Standin standin, List<DeclaredFunction> functions) {}

    /** @param label organisation that holds the seat; empty where it is a person's own */
    @Introspected
    record Seat(int number, String label, @Nullable Sitting holder) {}

    static List<Seat> seats(int seats, Map<Integer, String> labels, List<Sitting> sitting) {
        return IntStream.rangeClosed(1, seats)
                .mapToObj(number -> new Seat(
                        number,
                        labels.getOrDefault(number, ""),
                        sitting.stream()
                                .filter(one -> one.member().seat() == number)
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    long vacant() {
        return seats.stream().filter(seat -> seat.holder() == null).count();
    }

    /** How it is reckoned whether the body can decide: just enough, one too few, and with many who are biased. */
    List<Message> examples() {
        if (rules == null || body.seats() < 2) {
            return List.of();
        } else {
            int needed = rules.quorum(body.seats());
            int biased = body.seats() / 2 + 1;
            return Stream.of(
                            Quorum.of(rules, body.seats(), needed, 0, false),
                            Quorum.of(rules, body.seats(), needed - 1, 0, false),
                            Quorum.of(rules, body.seats(), body.seats(), biased, false))
                    .map(Quorum::sentence)
                    .toList();
        }
    }

    /** Whether no source settles a field of the rules. */
    boolean isDefault(String field) {
        return rules != null && rules.defaultFields().contains(field);
    }
}
