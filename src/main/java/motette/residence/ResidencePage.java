package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Optional;

/**
 * What somebody reads about where they live.
 *
 * @param ways      what they can do next: letter, card, register; none while a case is open
 * @param tooYoung  the year in which they may vote; 0 where they may
 * @param said      what was just done, or empty
 * @param next      where they came from and go on once residence is shown; empty where they came by themselves
 * @param desks     pages of their tasks: desk, letters, cases, extracts
 */
@Introspected
record ResidencePage(
        Residence residence,
        ResidenceRule rule,
        Optional<LetterState> letter,
        Optional<DeskCodes.Shown> deskCode,
        Optional<Cases.Case> clash,
        List<String> ways,
        int tooYoung,
        String said,
        List<String> desks,
        String next) {

    boolean atLeast(String level) {
        return residence.level().atLeast(ResidenceLevel.valueOf(level.toUpperCase(java.util.Locale.ROOT)));
    }

    /** Without its number, which is not for sentences: shown, claimed, email or none. */
    String level() {
        return residence.level().key();
    }
}
