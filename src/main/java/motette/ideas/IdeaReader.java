package motette.ideas;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import motette.bodies.Bodies;
import motette.bodies.Body;
import motette.budgets.Budgets;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.places.Area;
import motette.places.CityPack;
import motette.places.Community;
import motette.places.Places;
import motette.shared.Texts;

/** Reads the page of one idea: two queries that travel together, and one more where somebody may see what is not public. */
@Singleton
class IdeaReader {

    private static final String PAGE = """
        select i.number, i.title, i.description, i.kind, i.state, i.state_since, i.published_at, i.category_key, i.quarter_key,
               i.community_key, i.body_key, i.place, i.lon, i.lat, i.exact_place, i.cost_cents, \
        """ + Authors.SQL + """
        as author, i.author_id, i.example, i.language, array(
        """ + Translations.READINGS + """
               ) as readings,
               coalesce((select c.reason from idea_closings c where c.idea_number = i.number and c.ended_at is null), '') as closed,
               (select count(*) from supports s where s.idea_number = i.number) as supports,
               exists (select from supports s where s.idea_number = i.number and s.person_id = ?) as supported,
               array(select t.group_key from idea_target_groups t where t.idea_number = i.number) as groups,
               array(select f.id::text || ' ' || f.width || ' ' || f.height || ' ' || f.alt from photos f
                      where f.idea_number = i.number order by f.position) as photos
        from ideas i
        left join persons p on p.id = i.author_id
        where i.number = ?\
        """;

    private static final String TIMELINE = """
        select e.id, e.kind, e.at, e.office, e.reason_key, e.note, e.amount_cents,
               exists (select from idea_events u where u.undoes = e.id) as undone,
               e.office <> '' and e.person_id is not null and acted_as_deputy(e.person_id, e.office, e.at) as deputy
        from idea_events e where e.idea_number = ? order by e.id\
        """;

    private final JdbcOperations jdbc;
    private final IdeaRights rights;
    private final Places places;
    private final Bodies bodies;
    private final Budgets budgets;
    private final Catalogue catalogue;
    private final Promises promises;
    private final CityPack city;
    private final Texts texts;
    private final OnBallot ballots;
    private final MoneyAsked money;
    private final OfficesAsked offices;
    private final OnAgenda agendas;

    IdeaReader(
            JdbcOperations jdbc,
            IdeaRights rights,
            Places places,
            Bodies bodies,
            Budgets budgets,
            Catalogue catalogue,
            Promises promises,
            CityPack city,
            Texts texts,
            OnBallot ballots,
            MoneyAsked money,
            OfficesAsked offices,
            OnAgenda agendas) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.places = places;
        this.bodies = bodies;
        this.budgets = budgets;
        this.catalogue = catalogue;
        this.promises = promises;
        this.city = city;
        this.texts = texts;
        this.ballots = ballots;
        this.money = money;
        this.offices = offices;
        this.agendas = agendas;
    }

    /**
     * The page of an idea.
     *
     * @param asked tag of the language to read it in; empty for the reader's own
     * @return empty where there is no such idea or the reader may not see it: both look the same from outside
     */
    @Connectable
    Optional<IdeaPage> page(long number, Visitor visitor, Locale locale, String said, String asked) {
        return read(number, visitor.personId(), locale, (row, timeline) -> {
            var state = IdeaState.of(row.getString("state"));
            boolean mine = isMine(row, visitor);
            boolean coordinated = isCoordinated(row, visitor, state.isPublic() || mine);
            boolean whole = state.isPublic() || mine || coordinated;
            return whole || wasPublic(row, state)
                    ? Optional.of(page(
                            row,
                            timeline,
                            state,
                            whole,
                            mine,
                            coordinated,
                            visitor.is(RoleName.OFFICER),
                            locale,
                            said,
                            asked))
                    : Optional.empty();
        });
    }

    /** The page of a guest's idea for whoever holds its code. */
    @Connectable
    Optional<IdeaPage> pageOfGuest(long number, Locale locale) {
        return read(number, 0, locale, (row, timeline) -> {
            var state = IdeaState.of(row.getString("state"));
            return Optional.of(page(row, timeline, state, true, true, false, false, locale, "", ""));
        });
    }

    @FunctionalInterface
    private interface Made {
        Optional<IdeaPage> of(ResultSet row, List<IdeaPage.Line> timeline) throws SQLException;
    }

    private Optional<IdeaPage> read(long number, long personId, Locale locale, Made made) {
        return jdbc.prepareStatement(PAGE + ";" + TIMELINE, statement -> {
            statement.setLong(1, personId);
            statement.setLong(2, number);
            statement.setLong(3, number);
            statement.execute();
            try (var row = statement.getResultSet()) {
                statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
                try (var lines = statement.getResultSet()) {
                    return row.next() ? made.of(row, timeline(lines, locale)) : Optional.empty();
                }
            }
        });
    }

    private boolean isMine(ResultSet row, Visitor visitor) throws SQLException {
        return rights.owns(visitor, row.getLong("author_id"));
    }

    /** Where they see it anyhow, asked only for those whose token names a role, who are few. */
    private boolean isCoordinated(ResultSet row, Visitor visitor, boolean sees) throws SQLException {
        return visitor.isSignedIn()
                && !(sees && visitor.roles().isEmpty())
                && rights.coordinates(visitor, row.getString("quarter_key"));
    }

    /** Whoever supported an idea still learns what became of it; a publication taken back never was one. */
    private static boolean wasPublic(ResultSet row, IdeaState state) throws SQLException {
        return row.getTimestamp("published_at") != null
                && (state == IdeaState.WITHDRAWN || state == IdeaState.DECLINED);
    }

    /**
     * @param whole  with its pictures, which are gone for the public when the idea is withdrawn
     * @param office the reader is of the administration, who asks offices
     */
    private IdeaPage page(
            ResultSet row,
            List<IdeaPage.Line> timeline,
            IdeaState state,
            boolean whole,
            boolean mine,
            boolean coordinated,
            boolean office,
            Locale locale,
            String said,
            String asked)
            throws SQLException {
        var readings = readings(row);
        var reading = Reading.first(readings, asked, locale);
        var category = catalogue.known(row.getString("category_key"));
        var quarter = places.known(row.getString("quarter_key"));
        var community = Optional.ofNullable(row.getString("community_key")).flatMap(places::community);
        var bodyKey = row.getString("body_key");
        var body = bodies.body(bodyKey)
                .orElseThrow(() -> new IllegalStateException("The city pack knows no body '" + bodyKey + "'"));
        return new IdeaPage(
                row.getLong("number"),
                reading.title(),
                row.getString("kind"),
                state,
                category.label(locale),
                category.icon(),
                category.tone(),
                quarter.key(),
                quarter.name(),
                quarter.districtName(),
                quarter.districtSlug(),
                community.map(Community::name).orElse(""),
                body.name(),
                row.getString("place"),
                row.getDouble("lon"),
                row.getDouble("lat"),
                row.getBoolean("exact_place"),
                row.getObject("cost_cents", Long.class),
                Authors.name(texts, locale, row.getString("author")),
                row.getBoolean("example"),
                row.getLong("supports"),
                row.getBoolean("supported"),
                mine,
                state.isPublic() || wasPublic(row, state),
                mine && state == IdeaState.RETURNED && row.getString("closed").isEmpty(),
                row.getString("closed"),
                groups((String[]) row.getArray("groups").getArray(), locale),
                whole ? photos(row) : List.of(),
                timeline,
                promises.of(
                        state,
                        row.getTimestamp("state_since").toInstant(),
                        places.coordinatorAreaOf(quarter.key()).map(Area::name).orElse(""),
                        body.name(),
                        budgets.closesOn(body.kind())),
                timeline.stream()
                        .filter(line -> !line.undone() && line.amountCents() != null)
                        .mapToLong(line -> line.amountCents() == null ? 0 : line.amountCents())
                        .sum(),
                city.attribution(),
                mine ? said : "",
                reading,
                readings,
                coordinated,
                ballots.of(row.getLong("number")),
                money.isAskedFor(row.getLong("number")),
                office || offices.areAskedOn(row.getLong("number")),
                agendas.ofIdea(row.getLong("number")));
    }

    private static List<Reading> readings(ResultSet row) throws SQLException {
        var readings = new ArrayList<Reading>();
        readings.add(new Reading(
                row.getString("language"),
                row.getString("title"),
                row.getString("description"),
                Reading.ORIGINAL,
                "",
                false));
        for (var made : (Object[]) row.getArray("readings").getArray()) {
            var it = (String[]) made;
            readings.add(new Reading(it[0], it[1], it[2], it[3], it[4], it[5].equals("true")));
        }
        return readings;
    }

    /** In the order of the city pack. */
    private List<String> groups(String[] keys, Locale locale) {
        var chosen = List.of(keys);
        return catalogue.targetGroups().stream()
                .filter(group -> chosen.contains(group.key()))
                .map(group -> group.label(locale))
                .toList();
    }

    private String officeName(String key) {
        return bodies.body(key)
                .map(Body::name)
                .or(() -> places.area(key).map(Area::name))
                .orElse("");
    }

    private List<IdeaPage.Line> timeline(ResultSet rows, Locale locale) throws SQLException {
        var lines = new ArrayList<IdeaPage.Line>();
        while (rows.next()) {
            var reason = rows.getString("reason_key");
            lines.add(new IdeaPage.Line(
                    rows.getLong("id"),
                    rows.getString("kind"),
                    rows.getTimestamp("at").toInstant(),
                    officeName(rows.getString("office")),
                    reason.isEmpty()
                            ? ""
                            : texts.find(locale, "reason." + reason).orElse(""),
                    rows.getString("note"),
                    rows.getObject("amount_cents", Long.class),
                    rows.getBoolean("undone"),
                    rows.getBoolean("deputy")));
        }
        return lines;
    }

    private static List<IdeaPage.Photo> photos(ResultSet row) throws SQLException {
        var photos = new ArrayList<IdeaPage.Photo>();
        for (var photo : (String[]) row.getArray("photos").getArray()) {
            var parts = photo.split(" ", 4);
            photos.add(new IdeaPage.Photo(
                    UUID.fromString(parts[0]), parts[3], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
        }
        return photos;
    }
}
