package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import motette.audit.Naming;
import motette.shared.Sql;

/** What the audit log calls rounds, once they are announced. */
@Singleton
class RoundNaming implements Naming {

    private final Sql sql;

    RoundNaming(Sql sql) {
        this.sql = sql;
    }

    @Override
    public String kind() {
        return "round";
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, Named> named(Set<String> keys, Locale locale) {
        var named = new HashMap<String, Named>();
        keys.stream()
                .filter(key -> key.matches("\\d{1,18}"))
                .forEach(key -> sql.one(
                                "select r.title, r.slug from vote_rounds r join vote_announcements a on a.round_id ="
                                        + " r.id where r.id = ?",
                                row -> new Named(row.getString(1), "/votes/" + row.getString(2)),
                                Long.valueOf(key))
                        .ifPresent(round -> named.put(key, round)));
        return named;
    }
}
