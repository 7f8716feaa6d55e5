package motette.votes;

import java.util.Optional;
import motette.shared.Refusal;

/** Something that has to be done before a closed round may be counted, as entering the last ballot papers. */
interface BeforeCount {

    /** Why it cannot be counted yet; the round is locked while this is asked. */
    Optional<Refusal> hindrance(Round round);
}
