package motette.residence;

import motette.places.Quarter;
import motette.shared.Problems;
import motette.shared.Refusal;

/** What an identity card says that somebody with an office sees, for the moment of a request: nothing of it is kept. */
public sealed interface CardSeen {

    /**
     * @param identity      who they are in an electoral roll, the same as by any other way ({@link Residences#identity})
     * @param birthYear     as the card says
     * @param keptBirthYear as far as the rule of today keeps it; 0 where it does not
     * @param personId      their account where they showed residence with one; 0 otherwise
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Known(byte[] identity, Quarter quarter, int birthYear, int keptBirthYear, long personId)
            implements CardSeen {

        /** Never in a log. */
        @Override
        public String toString() {
            return "Card";
        }
    }

    /** To be typed anew. */
    record Wrong(Problems problems) implements CardSeen {}

    /** The roll knows several whom it could be, or somebody else of that name at that address: only the office can tell. */
    record Unclear(Refusal refusal) implements CardSeen {}
}
