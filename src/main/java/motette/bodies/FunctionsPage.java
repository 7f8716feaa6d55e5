package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What somebody declared about themselves.
 *
 * @param undeclared why nothing more can be declared; null where it can
 * @param said       what was just done; empty for nothing
 */
@Introspected
record FunctionsPage(
        List<DeclaredFunction> functions,
        LocalDate today,
        @Nullable Refusal undeclared,
        FunctionForm form,
        Problems problems,
        String said) {

    List<String> kinds() {
        return FunctionForm.KINDS;
    }
}
