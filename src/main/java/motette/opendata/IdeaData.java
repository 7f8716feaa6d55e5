package motette.opendata;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import motette.ideas.Authors;
import motette.ideas.Catalogue;
import motette.ideas.IdeaSearch;
import motette.ideas.IdeaState;
import motette.ideas.Photos;
import motette.opendata.Answers.Amount;
import motette.opendata.Answers.Decision;
import motette.opendata.Answers.InDistrict;
import motette.opendata.Answers.Labelled;
import motette.opendata.Answers.Line;
import motette.opendata.Answers.Location;
import motette.opendata.Answers.Named;
import motette.opendata.Answers.PhotoOfIdea;
import motette.opendata.Answers.Picture;
import motette.opendata.Answers.Summary;
import motette.opendata.Answers.Votes;
import motette.shared.Languages;
import motette.shared.Texts;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/** Public ideas as rows for machines. Whoever wrote one is a pseudonym here and nothing else. */
@Singleton
class IdeaData {

    private static final String IS_PUBLIC = " i.state in " + IdeaState.PUBLIC_SQL + " ";

    private static final String FROM = """
        from ideas i
        join categories c on c.key = i.category_key
        join quarters q on q.key = i.quarter_key
        join districts d on d.key = q.district_key
        """;

    /** The decision is the last line of the story that decides and was not taken back, with the resolution behind it. */
    private static final String SELECT = """
        select i.number, i.title, i.description, i.kind, i.state, i.state_since, i.handed_in_at, i.published_at, i.language,
               i.example, i.place, i.lon, i.lat, i.exact_place, i.cost_cents,\
        """ + Authors.SQL + """
                as author,
               i.category_key,
               d.key as district_key, d.slug as district_slug, d.name as district_name,
               q.key as quarter_key, q.name as quarter_name, m.key as community_key, m.name as community_name,
               b.key as body_key, b.name as body_name,
               (select count(*) from supports s where s.idea_number = i.number) as supports,
               array(select ig.group_key from idea_target_groups ig where ig.idea_number = i.number) as target_groups,
               e.kind as decision_kind, e.at as decision_at, e.office as decision_office, o.name as decision_office_name,
               coalesce(r.reason, e.note) as decision_reason, coalesce(nullif(r.amount_cents, 0), e.amount_cents) as decision_cents,
               r.decided_on, r.votes_yes, r.votes_no, r.abstentions
        """ + FROM + """
        left join persons p on p.id = i.author_id
        join bodies b on b.key = i.body_key
        left join communities m on m.key = i.community_key
        left join lateral (
            select e.id, e.kind, e.at, e.office, e.note, e.amount_cents from idea_events e
            where e.idea_number = i.number and e.kind in ('granted', 'granted-in-part', 'not-granted', 'postponed')
              and not exists (select from idea_events u where u.undoes = e.id)
            order by e.id desc limit 1) e on true
        left join bodies o on o.key = e.office
        left join resolutions r on r.event_id = e.id
        where
        """ + IS_PUBLIC;

    private static final String NEWEST_FIRST = " order by i.published_at desc, i.number desc ";

    private final JdbcOperations jdbc;
    private final Catalogue catalogue;
    private final Texts texts;
    private final String home;

    IdeaData(JdbcOperations jdbc, Catalogue catalogue, Texts texts, @Value("${motette.base-url}") String home) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.texts = texts;
        this.home = home.replaceFirst("/$", "");
    }

    /** Which ideas; everything said must hold. */
    record Filter(
            Optional<String> district,
            Optional<String> quarter,
            Optional<String> category,
            Optional<String> state,
            Optional<String> words,
            Optional<Parameters.Box> box) {

        private void add(StringBuilder sql, List<Object> values) {
            district.ifPresent(slug -> and(sql, values, "d.slug = ?", slug));
            quarter.ifPresent(key -> and(sql, values, "i.quarter_key = ?", key));
            category.ifPresent(key -> and(sql, values, "i.category_key = ?", key));
            state.ifPresent(name -> and(sql, values, "i.state = ?", name));
            words.ifPresent(text -> and(sql, values, IdeaSearch.FITS, text, IdeaSearch.plain(text)));
            box.ifPresent(within -> and(
                    sql,
                    values,
                    "i.lon between ? and ? and i.lat between ? and ?",
                    within.west(),
                    within.east(),
                    within.south(),
                    within.north()));
        }

        private static void and(StringBuilder sql, List<Object> values, String condition, Object... given) {
            sql.append(" and ").append(condition);
            values.addAll(List.of(given));
        }
    }

    @Transactional(readOnly = true)
    public long count(Filter filter) {
        var sql = new StringBuilder("select count(*) " + FROM + " where " + IS_PUBLIC);
        var values = new ArrayList<>();
        filter.add(sql, values);
        return query(sql.toString(), values, row -> row.getLong(1)).getFirst();
    }

    @Transactional(readOnly = true)
    public List<Summary> newest(Filter filter, int limit, long offset) {
        var sql = new StringBuilder(SELECT);
        var values = new ArrayList<>();
        filter.add(sql, values);
        sql.append(NEWEST_FIRST).append("limit ? offset ?");
        values.add(limit);
        values.add(offset);
        return query(sql.toString(), values, this::summary);
    }

    @Transactional(readOnly = true)
    public Optional<Summary> find(long number) {
        return query(SELECT + " and i.number = ?", List.of(number), this::summary).stream()
                .findFirst();
    }

    @Transactional(readOnly = true)
    public List<Line> timeline(long number) {
        return query(
                """
                select e.kind, e.at, e.office, coalesce(b.name, a.name, e.office) as office_name, e.reason_key, e.note, e.amount_cents,
                       exists (select from idea_events u where u.undoes = e.id) as taken_back
                from idea_events e
                left join bodies b on b.key = e.office
                left join areas a on a.key = e.office
                where e.idea_number = ? order by e.id\
                """,
                List.of(number),
                row -> new Line(
                        row.getString("kind"),
                        time(row, "at"),
                        named(row, "office", "office_name"),
                        row.getString("reason_key").isEmpty() ? null : row.getString("reason_key"),
                        row.getString("note"),
                        Amount.ofNullable(row.getObject("amount_cents", Long.class)),
                        row.getBoolean("taken_back")));
    }

    @Transactional(readOnly = true)
    public List<PhotoOfIdea> photos(long number) {
        return query(
                "select id, alt, width, height from photos where idea_number = ? order by position, id",
                List.of(number),
                row -> {
                    var id = row.getObject("id", UUID.class);
                    return new PhotoOfIdea(
                            row.getString("alt"),
                            row.getInt("width"),
                            row.getInt("height"),
                            Photos.WIDTHS.stream()
                                    .map(width -> new Picture(width, home + Photos.path(id, width)))
                                    .toList());
                });
    }

    /** Whether the key is in the column of the table; both are names of ours, never what somebody sent. */
    @Transactional(readOnly = true)
    public boolean knows(String table, String column, String key) {
        return !query("select 1 from " + table + " where " + column + " = ?", List.of(key), row -> row.getInt(1))
                .isEmpty();
    }

    private Summary summary(ResultSet row) throws SQLException {
        return new Summary(
                row.getLong("number"),
                home + "/ideas/" + row.getLong("number"),
                row.getString("title"),
                row.getString("description"),
                row.getString("kind"),
                row.getString("state"),
                time(row, "state_since"),
                time(row, "handed_in_at"),
                time(row, "published_at"),
                Authors.name(texts, Languages.standard(), row.getString("author")),
                row.getString("language"),
                row.getBoolean("example"),
                category(row.getString("category_key")),
                targetGroups(row),
                new InDistrict(
                        row.getString("district_key"), row.getString("district_slug"), row.getString("district_name")),
                new Named(row.getString("quarter_key"), row.getString("quarter_name")),
                named(row, "community_key", "community_name"),
                new Named(row.getString("body_key"), row.getString("body_name")),
                new Location(
                        row.getDouble("lon"),
                        row.getDouble("lat"),
                        row.getBoolean("exact_place"),
                        row.getString("place")),
                cost(row.getObject("cost_cents", Long.class)),
                row.getLong("supports"),
                decision(row));
    }

    /** A cost of nothing is said, an unsaid cost is null. */
    private static @Nullable Amount cost(@Nullable Long cents) {
        return cents == null ? null : Amount.of(cents);
    }

    private List<Labelled> targetGroups(ResultSet row) throws SQLException {
        var keys = List.of((String[]) row.getArray("target_groups").getArray());
        return catalogue.targetGroups().stream()
                .filter(group -> keys.contains(group.key()))
                .map(group -> new Labelled(group.key(), new TreeMap<>(group.labels())))
                .toList();
    }

    private static @Nullable Decision decision(ResultSet row) throws SQLException {
        var kind = row.getString("decision_kind");
        if (kind == null) {
            return null;
        } else {
            var on = row.getObject("decided_on", LocalDate.class);
            return new Decision(
                    kind,
                    String.valueOf(
                            on != null
                                    ? on
                                    : instant(row, "decision_at")
                                            .atZone(Time.ZONE)
                                            .toLocalDate()),
                    named(row, "decision_office", "decision_office_name"),
                    row.getString("decision_reason"),
                    Amount.ofNullable(row.getObject("decision_cents", Long.class)),
                    on == null
                            ? null
                            : new Votes(row.getInt("votes_yes"), row.getInt("votes_no"), row.getInt("abstentions")));
        }
    }

    private Labelled category(String key) {
        return new Labelled(key, new TreeMap<>(catalogue.known(key).labels()));
    }

    private static @Nullable Named named(ResultSet row, String key, String name) throws SQLException {
        var found = row.getString(name);
        return found == null || found.isEmpty() ? null : new Named(row.getString(key), found);
    }

    private static String time(ResultSet row, String column) throws SQLException {
        return Answers.iso(instant(row, column));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, List<?> values, Mapper<T> mapper) {
        return jdbc.prepareStatement(sql, (PreparedStatement statement) -> {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            var rows = new ArrayList<T>();
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(mapper.map(result));
                }
            }
            return rows;
        });
    }
}
