package motette.bodies;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import motette.bodies.Responsible.Choice;
import motette.bodies.Responsible.Choose;
import motette.bodies.Responsible.Decided;
import motette.places.Community;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Sql;

@Singleton
public class Bodies {

    private final JdbcOperations jdbc;
    private final Places places;
    private final Rules rules;
    private final Sql sql;

    /** Bodies change only with the city pack, which is imported before the first request. */
    private volatile List<Body> known = List.of();

    Bodies(JdbcOperations jdbc, Places places, Rules rules, Sql sql) {
        this.jdbc = jdbc;
        this.places = places;
        this.rules = rules;
        this.sql = sql;
    }

    /** District councils by district, then local councils by name, then the board. */
    public List<Body> all() {
        if (known.isEmpty()) {
            known = read();
        }
        return known;
    }

    public Optional<Body> body(String key) {
        return all().stream().filter(body -> body.key().equals(key)).findFirst();
    }

    public Optional<Body> councilOf(String districtKey) {
        return districtKey.isEmpty()
                ? Optional.empty()
                : all().stream()
                        .filter(body -> body.districtKey().equals(districtKey))
                        .findFirst();
    }

    /**
     * The local council where the quarter is a community, otherwise the district council. Where communities share the
     * quarter, what the person chose decides, and only if it belongs to the quarter.
     *
     * @param communityKey the {@link Choice#communityKey()} chosen; empty when nothing was chosen
     */
    public Responsible responsibleFor(String quarterKey, String communityKey) {
        var quarter = places.quarter(quarterKey)
                .orElseThrow(() -> new IllegalArgumentException("There is no quarter '" + quarterKey + "'"));
        var communities = places.communitiesOf(quarterKey);
        var whole =
                communities.stream().filter(community -> !community.shared()).findFirst();
        if (whole.isPresent()) {
            return decided(whole.get());
        } else if (communities.isEmpty()) {
            return new Decided(councilOf(quarter), null);
        } else {
            return chosen(quarter, communities, communityKey);
        }
    }

    /** The rules that bodies of a kind follow on a day where they have none of their own. */
    public Optional<RulesOfProcedure> rules(String bodyKind, LocalDate day) {
        return rules.ofKind(bodyKind, day);
    }

    /** The rules that a body follows on a day: its own, or else those of its kind. */
    public Optional<RulesOfProcedure> rulesOf(String bodyKey, LocalDate day) {
        return rules.of(bodyKey, day);
    }

    /** What a body is like on a day: seats, vote of the chair and meeting place as its terms and the administration say. */
    @Transactional(readOnly = true)
    public Optional<Body> on(String bodyKey, LocalDate day) {
        return body(bodyKey)
                .flatMap(body -> sql.one(
                        "select seats, chair_votes, venue, address from body_on(?) where body_key = ?",
                        row -> new Body(
                                body.key(),
                                body.kind(),
                                body.name(),
                                body.districtKey(),
                                body.communityKey(),
                                row.getInt(1),
                                row.getBoolean(2),
                                row.getString(3),
                                row.getString(4),
                                body.informationSystemId()),
                        day,
                        bodyKey));
    }

    private Responsible chosen(Quarter quarter, List<Community> communities, String communityKey) {
        var community = communities.stream()
                .filter(one -> one.key().equals(communityKey))
                .findFirst();
        var remainder = places.hasRemainder(quarter.key());
        if (community.isPresent()) {
            return decided(community.get());
        } else if (remainder && communityKey.equals(Choice.NONE)) {
            return new Decided(councilOf(quarter), null);
        } else {
            var choices = new ArrayList<Choice>();
            communities.forEach(one -> choices.add(new Choice(one.key(), one.name(), councilOf(one))));
            if (remainder) {
                var council = councilOf(quarter);
                choices.add(new Choice(Choice.NONE, council.name(), council));
            }
            return new Choose(List.copyOf(choices));
        }
    }

    private Decided decided(Community community) {
        return new Decided(councilOf(community), community);
    }

    private Body councilOf(Quarter quarter) {
        return councilOf(quarter.districtKey())
                .orElseThrow(
                        () -> new IllegalStateException("The district '" + quarter.districtKey() + "' has no council"));
    }

    private Body councilOf(Community community) {
        return all().stream()
                .filter(body -> body.communityKey().equals(community.key()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The community '" + community.key() + "' has no council"));
    }

    @Transactional(readOnly = true)
    List<Body> read() {
        return jdbc.prepareStatement(
                "select key, kind, name, coalesce(district_key, '') as district_key, coalesce(community_key, '') as"
                    + " community_key, seats, chair_votes, venue, address, information_system_id from bodies order by"
                    + " bodies.district_key nulls last, bodies.community_key is null, name",
                statement -> {
                    try (var rows = statement.executeQuery()) {
                        var bodies = new ArrayList<Body>();
                        while (rows.next()) {
                            bodies.add(body(rows));
                        }
                        return List.copyOf(bodies);
                    }
                });
    }

    private static Body body(ResultSet row) throws SQLException {
        return new Body(
                row.getString("key"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("district_key"),
                row.getString("community_key"),
                row.getInt("seats"),
                row.getBoolean("chair_votes"),
                row.getString("venue"),
                row.getString("address"),
                row.getString("information_system_id"));
    }
}
