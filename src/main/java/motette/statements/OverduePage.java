package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import motette.statements.StatementRepository.Waiting;

/** Statements that are late, for everybody. No names of people stand here. */
@Introspected
record OverduePage(LocalDate today, List<Waiting> rows) {}
