package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;

/**
 * For the office: what the members of a body declared.
 *
 * @param asked the organisation that was asked for; empty where none was
 * @param hints members whose organisation bears that name
 */
@Introspected
record DeclaredPage(Body body, LocalDate today, List<Functions.Declared> members, String asked, List<Hint> hints) {}
