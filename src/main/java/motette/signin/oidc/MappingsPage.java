package motette.signin.oidc;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import motette.people.RoleScope;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What the page of mappings prints.
 *
 * @param refusal why nothing can be changed now; null when it can
 * @param ended   the mapping whose ending came back with problems; 0 for none
 * @param said    written, ended or nothing
 */
@Introspected
record MappingsPage(
        List<Row> running,
        List<Row> over,
        List<String> providers,
        List<RoleChoice> roles,
        @Nullable Refusal refusal,
        MappingForm form,
        long ended,
        String endReason,
        Problems problems,
        String said) {

    /** @param where name of the area or body; empty for the whole city */
    @Introspected
    record Row(
            long id,
            String provider,
            String claim,
            String value,
            String role,
            String where,
            int days,
            LocalDate from,
            @Nullable LocalDate to,
            String reason,
            String endReason,
            @Nullable Instant endedAt) {}

    static MappingsPage of(
            List<RoleMapping> mappings,
            List<RoleScope> scopes,
            List<Provider> providers,
            Optional<Refusal> refusal,
            MappingForm form,
            long ended,
            String endReason,
            Problems problems,
            String said) {
        var rows = mappings.stream().map(mapping -> row(mapping, scopes)).toList();
        return new MappingsPage(
                rows.stream().filter(row -> row.endedAt() == null).toList(),
                rows.stream().filter(row -> row.endedAt() != null).toList(),
                providers.stream().map(Provider::key).toList(),
                RoleChoice.all(scopes),
                refusal.orElse(null),
                form,
                ended,
                endReason,
                problems,
                said);
    }

    private static Row row(RoleMapping mapping, List<RoleScope> scopes) {
        return new Row(
                mapping.id(),
                mapping.provider(),
                mapping.claim(),
                mapping.value(),
                mapping.role(),
                scopes.stream()
                        .filter(scope -> scope.key().equals(mapping.scope()))
                        .map(RoleScope::name)
                        .findFirst()
                        .orElse(mapping.scope()),
                mapping.days(),
                mapping.fromDate(),
                mapping.toDate(),
                mapping.reason(),
                mapping.endReason(),
                mapping.endedAt());
    }
}
