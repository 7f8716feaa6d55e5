package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Optional;
import motette.places.Quarter;

/**
 * What is known of where somebody lives, now.
 *
 * @param claimed   the quarter the person named; empty when they did not
 * @param proof     the running proof; empty below {@link ResidenceLevel#SHOWN}
 */
@Introspected
public record Residence(ResidenceLevel level, Optional<Quarter> claimed, Optional<Proof> proof) {

    public static final Residence NOTHING = new Residence(ResidenceLevel.NONE, Optional.empty(), Optional.empty());

    /**
     * An entry of the electoral roll.
     *
     * @param birthYear 0 where no rule asked for it when residence was shown
     * @param until     first moment at which it no longer holds
     */
    @Introspected
    public record Proof(long id, Quarter quarter, Way way, int birthYear, Instant since, Instant until) {

        /**
         * With only the year known, an age counts as reached from 1 January of the year in which it will be: nobody is kept
         * out who has reached it.
         */
        public boolean isOfAge(int age, int year) {
            return age <= 0 || (birthYear > 0 && year - birthYear >= age);
        }
    }

    public boolean isShown() {
        return proof.isPresent();
    }
}
