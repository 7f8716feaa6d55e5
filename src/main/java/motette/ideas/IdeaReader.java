package motette.ideas;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import motette.people.Roles;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.shared.Texts;

/** Reads the page of one idea: two queries, and one more where somebody may see what is not public. */
@Singleton
class IdeaReader {

    private static final String PAGE = """
        select i.number, i.title, i.description, i.kind, i.state, i.state_since, i.published_at, c.label_%1$s as category, c.icon, c.color,
               i.quarter_key, q.name as quarter, d.name as district, d.slug, coalesce(m.name, '') as community, b.name as body,
               i.place, i.lon, i.lat, i.exact_place, i.cost_cents, a.pseudonym, i.author_id, i.example, i.language,
               (select count(*) from supports s where s.idea_number = i.number) as supports,
               exists (select from supports s where s.idea_number = i.number and s.person_id = ?) as supported,
               array(select g.label_%1$s from idea_target_groups t join target_groups g on g.key = t.group_key
                      where t.idea_number = i.number order by g.position) as groups,
               array(select p.id::text || ' ' || p.width || ' ' || p.height || ' ' || p.alt from photos p
                      where p.idea_number = i.number order by p.position) as photos,
               coalesce((select ar.name from area_quarters aq join areas ar on ar.key = aq.area_key and ar.kind = 'coordinator'
                          where aq.quarter_key = i.quarter_key limit 1), '') as area,
               (select f.closes_on from funds f where f.body_kind = b.kind limit 1) as closes_on
        from ideas i
        join categories c on c.key = i.category_key
        join quarters q on q.key = i.quarter_key
        join districts d on d.key = q.district_key
        join bodies b on b.key = i.body_key
        join persons a on a.id = i.author_id
        left join communities m on m.key = i.community_key
        where i.number = ?\
        """;

    private static final String TIMELINE = """
        select e.id, e.kind, e.at, coalesce(b.name, ar.name, '') as office, e.reason_key, e.note, e.amount_cents,
               exists (select from idea_events u where u.undoes = e.id) as undone
        from idea_events e
        left join bodies b on b.key = e.office
        left join areas ar on ar.key = e.office
        where e.idea_number = ? order by e.id\
        """;

    private final JdbcOperations jdbc;
    private final Roles roles;
    private final Promises promises;
    private final CityPack city;
    private final Texts texts;

    IdeaReader(JdbcOperations jdbc, Roles roles, Promises promises, CityPack city, Texts texts) {
        this.jdbc = jdbc;
        this.roles = roles;
        this.promises = promises;
        this.city = city;
        this.texts = texts;
    }

    /** Empty where there is no such idea or the reader may not see it: both look the same from outside. */
    @Transactional(readOnly = true)
    Optional<IdeaPage> page(long number, Visitor visitor, Locale locale, String said) {
        var sql = PAGE.formatted(locale.getLanguage().equals("en") ? "en" : "de");
        return jdbc.prepareStatement(sql, statement -> {
            statement.setLong(1, visitor.personId());
            statement.setLong(2, number);
            try (var row = statement.executeQuery()) {
                if (row.next()) {
                    var state = IdeaState.of(row.getString("state"));
                    var whole = state.isPublic() || isConcerned(row, visitor);
                    return whole || wasPublic(row, state)
                            ? Optional.of(page(row, state, whole, visitor, locale, said))
                            : Optional.empty();
                } else {
                    return Optional.empty();
                }
            }
        });
    }

    private boolean isConcerned(ResultSet row, Visitor visitor) throws SQLException {
        return visitor.isSignedIn()
                && (row.getLong("author_id") == visitor.personId()
                        || roles.coordinatorArea(visitor.personId(), row.getString("quarter_key"))
                                .isPresent());
    }

    /** Whoever supported an idea still learns what became of it; a publication taken back never was one. */
    private static boolean wasPublic(ResultSet row, IdeaState state) throws SQLException {
        return row.getTimestamp("published_at") != null
                && (state == IdeaState.WITHDRAWN || state == IdeaState.DECLINED);
    }

    /** @param whole with its pictures, which are gone for the public when the idea is withdrawn */
    private IdeaPage page(ResultSet row, IdeaState state, boolean whole, Visitor visitor, Locale locale, String said)
            throws SQLException {
        var mine = visitor.isSignedIn() && row.getLong("author_id") == visitor.personId();
        var timeline = timeline(row.getLong("number"), locale);
        return new IdeaPage(
                row.getLong("number"),
                row.getString("title"),
                row.getString("description")
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList(),
                row.getString("kind"),
                state,
                row.getString("category"),
                row.getString("icon"),
                row.getString("color"),
                row.getString("quarter_key"),
                row.getString("quarter"),
                row.getString("district"),
                row.getString("slug"),
                row.getString("community"),
                row.getString("body"),
                row.getString("place"),
                row.getDouble("lon"),
                row.getDouble("lat"),
                row.getBoolean("exact_place"),
                row.getObject("cost_cents", Long.class),
                row.getString("pseudonym"),
                row.getBoolean("example"),
                row.getString("language"),
                row.getLong("supports"),
                row.getBoolean("supported"),
                mine,
                state.isPublic() || wasPublic(row, state),
                mine && state == IdeaState.RETURNED,
                Arrays.asList((String[]) row.getArray("groups").getArray()),
                whole ? photos(row) : List.of(),
                timeline,
                promises.of(
                        state,
                        row.getTimestamp("state_since").toInstant(),
                        row.getString("area"),
                        row.getString("body"),
                        row.getString("closes_on")),
                timeline.stream()
                        .filter(line -> !line.undone() && line.amountCents() != null)
                        .mapToLong(line -> line.amountCents() == null ? 0 : line.amountCents())
                        .sum(),
                city.attribution(),
                mine ? said : "");
    }

    private List<IdeaPage.Line> timeline(long number, Locale locale) {
        return jdbc.prepareStatement(TIMELINE, statement -> {
            statement.setLong(1, number);
            try (var rows = statement.executeQuery()) {
                var lines = new ArrayList<IdeaPage.Line>();
                while (rows.next()) {
                    var reason = rows.getString("reason_key");
                    lines.add(new IdeaPage.Line(
                            rows.getLong("id"),
                            rows.getString("kind"),
                            rows.getTimestamp("at").toInstant(),
                            rows.getString("office"),
                            reason.isEmpty()
                                    ? ""
                                    : texts.find(locale, "reason." + reason).orElse(""),
                            rows.getString("note"),
                            rows.getObject("amount_cents", Long.class),
                            rows.getBoolean("undone")));
                }
                return lines;
            }
        });
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
