package motette.signin.oidc;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Which word of a provider gives which role here; the columns say what each means. */
@Introspected
@MappedEntity("role_mappings")
record RoleMapping(
        @Id @GeneratedValue long id,
        String provider,
        String claim,
        String value,
        String role,
        String scope,
        int days,
        LocalDate fromDate,
        @Nullable LocalDate toDate,
        Instant writtenAt,
        @Nullable Long writtenBy,
        String reason,
        @Nullable Instant endedAt,
        String endReason) {

    /** Whether it gives its role to whoever shows the claim on this day. */
    boolean gives(LocalDate day) {
        var last = toDate;
        return endedAt == null && !day.isBefore(fromDate) && (last == null || !day.isAfter(last));
    }

    /** Last day of a role that it gives on this day. */
    LocalDate lastDay(LocalDate day) {
        var last = toDate;
        var held = day.plusDays(days);
        return last != null && last.isBefore(held) ? last : held;
    }
}
