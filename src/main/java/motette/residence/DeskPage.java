package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Optional;
import motette.shared.Problems;

/**
 * The coordinator's desk for identity cards.
 *
 * @param given what this coordinator confirmed today
 * @param done  the one just confirmed, while it can be undone
 * @param said  entered for staff: case; rejected; undone; or empty
 */
@Introspected
record DeskPage(
        String typed, Problems problems, List<DeskCodes.Given> given, Optional<DeskCodes.Given> done, String said) {}
