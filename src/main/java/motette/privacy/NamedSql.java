package motette.privacy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQL of the register with its four names: {@code :person}, {@code :email}, {@code :before}, {@code :now}. */
final class NamedSql {

    private static final Pattern NAME = Pattern.compile("(?<!:):(person|email|before|now)\\b");

    private final String sql;
    private final List<String> names = new ArrayList<>();

    NamedSql(String named) {
        var matcher = NAME.matcher(named);
        this.sql = matcher.replaceAll(found -> {
            names.add(found.group(1));
            return switch (found.group(1)) {
                case "person" -> "?::bigint";
                case "email" -> "?::text";
                default -> "?::timestamptz";
            };
        });
    }

    String sql() {
        return sql;
    }

    /** What the names stand for; {@code email} is null for a person without an address. */
    record Values(long person, @Nullable String email, Instant before, Instant now) {}

    void bind(PreparedStatement statement, Values values) throws SQLException {
        for (int i = 0; i < names.size(); i++) {
            switch (names.get(i)) {
                case "person" -> statement.setLong(i + 1, values.person());
                case "email" -> statement.setObject(i + 1, values.email(), Types.VARCHAR);
                case "before" -> statement.setTimestamp(i + 1, Timestamp.from(values.before()));
                default -> statement.setTimestamp(i + 1, Timestamp.from(values.now()));
            }
        }
    }
}
