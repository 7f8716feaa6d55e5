package motette.residence;

import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import motette.shared.Sql;

/** The rule of today: the latest whose day has come. */
@Singleton
class ResidenceRules {

    private final Sql sql;
    private final Clock clock;

    ResidenceRules(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** @throws IllegalStateException when the city pack has no rule for today */
    @Connectable
    ResidenceRule today() {
        return sql.one(
                        "select * from residence_rules where valid_from <= ? order by valid_from desc limit 1",
                        ResidenceRules::rule,
                        LocalDate.now(clock))
                .orElseThrow(() -> new IllegalStateException(
                        "residence.json of the city pack has no rule for " + LocalDate.now(clock)));
    }

    private static ResidenceRule rule(ResultSet row) throws SQLException {
        var ways = EnumSet.noneOf(Way.class);
        if (row.getBoolean("by_letter")) {
            ways.add(Way.LETTER);
        }
        if (row.getBoolean("at_desk")) {
            ways.add(Way.DESK);
        }
        if (row.getBoolean("by_provider")) {
            ways.add(Way.PROVIDER);
        }
        if (row.getBoolean("by_register")) {
            ways.add(Way.REGISTER);
        }
        return new ResidenceRule(
                row.getDate("valid_from").toLocalDate(),
                row.getInt("minimum_age"),
                row.getInt("valid_months"),
                ways,
                row.getInt("letters_per_year"),
                row.getInt("code_days"),
                row.getInt("address_days"),
                Assurance.valueOf(row.getString("provider_level").toUpperCase(Locale.ROOT)),
                row.getBoolean("is_default"));
    }
}
