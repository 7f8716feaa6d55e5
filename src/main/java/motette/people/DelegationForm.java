package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.Map;

/**
 * An absence as it was typed.
 *
 * @param deputy "role-deputy role", the numbers of both rows
 */
@Introspected
record DelegationForm(String deputy, String from, String to) {

    static DelegationForm fresh(LocalDate today) {
        return new DelegationForm("", today.toString(), "");
    }

    static DelegationForm of(Map<String, String> sent) {
        return new DelegationForm(
                sent.getOrDefault("deputy", ""),
                sent.getOrDefault("from", "").strip(),
                sent.getOrDefault("to", "").strip());
    }

    static String choice(long roleId, long deputyRoleId) {
        return roleId + "-" + deputyRoleId;
    }
}
