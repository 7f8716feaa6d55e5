package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import java.util.Set;
import motette.shared.Time;

/**
 * How residence is shown in this city, data with a day from which it holds.
 *
 * @param minimumAge     years by the difference of calendar years; 0 asks for no age, and then no year of birth is kept
 * @param validMonths    how long a proof holds
 * @param lettersPerYear how many letters one person may ask for in twelve months
 * @param codeDays       how long the code of a letter holds after printing
 * @param addressDays    how long an address waits for printing before it is deleted
 * @param isDefault      no source settles this; the page says so
 */
@Introspected
public record ResidenceRule(
        LocalDate validFrom,
        int minimumAge,
        int validMonths,
        Set<Way> ways,
        int lettersPerYear,
        int codeDays,
        int addressDays,
        Assurance providerLevel,
        boolean isDefault) {

    public boolean allows(Way way) {
        return ways.contains(way);
    }

    /** The end of a proof that begins now: the same wall clock time, months later. */
    Instant until(Instant now) {
        return now.atZone(Time.ZONE).plus(Period.ofMonths(validMonths)).toInstant();
    }

    /** The year of birth, where this rule needs one. */
    Optional<Integer> kept(LocalDate born) {
        return minimumAge > 0 ? Optional.of(born.getYear()) : Optional.empty();
    }
}
