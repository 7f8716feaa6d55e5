package motette.votes;

import io.micronaut.core.annotation.Introspected;

/**
 * An idea that is meant for the ballot or could be, as it stands now; what is announced is frozen from here.
 *
 * @param number    place so far; 0 while it is not chosen
 * @param costCents 0 where nobody said what it costs
 * @param state     as the story of the idea tells
 */
@Introspected
record Prepared(
        int number,
        String districtKey,
        long idea,
        String title,
        String description,
        long costCents,
        String state,
        String quarter,
        long supports) {

    boolean chosen() {
        return number > 0;
    }

    boolean hasCost() {
        return costCents > 0;
    }

    /** Whether it may stand on a ballot as things are. */
    boolean isOpen() {
        return state.equals("published") || state.equals("postponed");
    }
}
