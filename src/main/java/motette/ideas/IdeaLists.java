package motette.ideas;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import motette.shared.Paging;

/** Lists of ideas as cards: one query a page, with exactly what the cards show. */
@Singleton
public class IdeaLists {

    /** Limits are written out: PostgreSQL then keeps one plan instead of planning each time for an unknown number of rows. */
    private static final String CARD =
            "select i.number, i.title, i.quarter_key, q.name, c.label_%s, c.icon, c.color, i.state, (select count(*)"
                + " from supports s where s.idea_number = i.number), i.cost_cents, p.id, p.alt, i.example, v.version,"
                + " %s from map_version v, ideas i join quarters q on q.key = i.quarter_key join categories c on c.key"
                + " = i.category_key left join photos p on p.idea_number = i.number and p.position = 0 ";

    private final JdbcOperations jdbc;
    private final IdeaIndex index;

    IdeaLists(JdbcOperations jdbc, IdeaIndex index) {
        this.jdbc = jdbc;
        this.index = index;
    }

    /** A page of cards. */
    public record Cards(List<IdeaRow> rows, Paging paging) {}

    /**
     * The page of the list that the filter asks for, public ideas only.
     *
     * @param seed of the random order: the same seed gives the same order
     */
    @Transactional(readOnly = true)
    public Cards list(IdeaFilter filter, Locale locale, long seed) {
        var conditions = new StringBuilder("where i.state in " + IdeaState.PUBLIC_SQL);
        var values = new ArrayList<Object>();
        narrow(filter, conditions, values);
        var order = order(filter, seed, values);
        var sql = CARD.formatted(language(locale), filter.hasText() ? "count(*) over ()" : "-1") + conditions
                + " order by " + order + " limit " + IdeaFilter.SIZE + " offset "
                + (filter.page() - 1) * IdeaFilter.SIZE;
        return jdbc.prepareStatement(sql, statement -> {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                var cards = new ArrayList<IdeaRow>(IdeaFilter.SIZE);
                long version = -1;
                long total = -1;
                while (rows.next()) {
                    cards.add(card(rows));
                    version = rows.getLong(14);
                    total = rows.getLong(15);
                }
                return new Cards(cards, new Paging(filter.page(), IdeaFilter.SIZE, total(filter, version, total)));
            }
        });
    }

    /** The newest public ideas of a district, or of the whole city where the slug is empty. */
    @Transactional(readOnly = true)
    public List<IdeaRow> newest(String districtSlug, int limit, Locale locale) {
        return some(districtSlug, "", "i.published_at desc, i.number desc", limit, locale);
    }

    /** The ideas decided last. */
    @Transactional(readOnly = true)
    public List<IdeaRow> decided(String districtSlug, int limit, Locale locale) {
        return some(
                districtSlug,
                " and i.state not in ('published', 'postponed')",
                "i.state_since desc, i.number desc",
                limit,
                locale);
    }

    /** Everything a person handed in, whatever became of it; for that person only. */
    @Transactional(readOnly = true)
    public List<IdeaRow> of(long authorId, Locale locale) {
        return query("where i.author_id = ? order by i.number desc limit 200", List.of(authorId), locale);
    }

    /** What a person supports, newest support first. */
    @Transactional(readOnly = true)
    public List<IdeaRow> supportedBy(long personId, Locale locale) {
        return query(
                "join supports mine on mine.idea_number = i.number and mine.person_id = ? where i.state in "
                        + IdeaState.PUBLIC_SQL + " order by mine.at desc limit 200",
                List.of(personId),
                locale);
    }

    private List<IdeaRow> some(String districtSlug, String condition, String order, int limit, Locale locale) {
        var values = new ArrayList<Object>();
        var where = new StringBuilder("where i.state in " + IdeaState.PUBLIC_SQL + condition);
        if (!districtSlug.isEmpty()) {
            where.append(" and q.district_key = (select key from districts where slug = ?)");
            values.add(districtSlug);
        }
        return query(where + " order by " + order + " limit " + limit, values, locale);
    }

    private List<IdeaRow> query(String rest, List<?> values, Locale locale) {
        return jdbc.prepareStatement(CARD.formatted(language(locale), "-1") + rest, statement -> {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                var cards = new ArrayList<IdeaRow>();
                while (rows.next()) {
                    cards.add(card(rows));
                }
                return cards;
            }
        });
    }

    private static void narrow(IdeaFilter filter, StringBuilder conditions, List<Object> values) {
        if (!filter.district().isEmpty()) {
            conditions.append(" and q.district_key = (select key from districts where slug = ?)");
            values.add(filter.district());
        }
        if (!filter.quarter().isEmpty()) {
            conditions.append(" and i.quarter_key = ?");
            values.add(filter.quarter());
        }
        if (!filter.category().isEmpty()) {
            conditions.append(" and i.category_key = ?");
            values.add(filter.category());
        }
        switch (filter.state()) {
            case "" -> {}
            case "decided" -> conditions.append(" and i.state not in ('published', 'postponed')");
            case "granted" -> conditions.append(" and i.state in ('granted', 'granted-in-part')");
            default -> {
                conditions.append(" and i.state = ?");
                values.add(filter.state());
            }
        }
        if (filter.hasText()) {
            conditions.append(" and ").append(IdeaSearch.FITS);
            values.add(filter.text());
            values.add(IdeaSearch.plain(filter.text()));
        }
    }

    private static String order(IdeaFilter filter, long seed, List<Object> values) {
        if (filter.hasText() && filter.sort().equals("newest")) {
            values.add(filter.text());
            values.add(IdeaSearch.plain(filter.text()));
            return IdeaSearch.RANK;
        } else {
            return switch (filter.sort()) {
                case "supported" -> "9 desc, i.number desc";
                case "random" -> {
                    values.add(seed);
                    yield "hashint8extended(i.number, ?), i.number";
                }
                default -> "i.published_at desc, i.number desc";
            };
        }
    }

    /** Without text search the index knows the count; an empty page has not told the version, so it is asked for. */
    private long total(IdeaFilter filter, long version, long counted) {
        if (filter.hasText()) {
            return Math.max(counted, 0);
        } else {
            return (version < 0 ? index.now() : index.at(version)).count(filter);
        }
    }

    private static IdeaRow card(ResultSet row) throws SQLException {
        var alt = row.getString(12);
        return new IdeaRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                IdeaState.of(row.getString(8)),
                row.getLong(9),
                row.getObject(10, Long.class),
                row.getObject(11, UUID.class),
                alt == null ? "" : alt,
                row.getBoolean(13));
    }

    private static void bind(PreparedStatement statement, List<?> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    private static String language(Locale locale) {
        return locale.getLanguage().equals("en") ? "en" : "de";
    }
}
