package motette.ideas;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import motette.places.Places;
import motette.shared.Languages;
import motette.shared.Paging;

/** Lists of ideas as cards: one query a page, with exactly what the cards show. */
@Singleton
public class IdeaLists {

    /** Limits are written out: PostgreSQL then keeps one plan instead of planning each time for an unknown number of rows. */
    private static final String CARD =
            "select i.number, i.title, i.quarter_key, i.category_key, i.state, (select count(*) from supports s where"
                + " s.idea_number = i.number), i.cost_cents, p.id, p.alt, i.example, (select version from"
                + " map_version), %s, i.language, %s as translated from ideas i left join photos p on p.idea_number ="
                + " i.number and p.position = 0 ";

    private final JdbcOperations jdbc;
    private final IdeaIndex index;
    private final Places places;
    private final Catalogue catalogue;

    IdeaLists(JdbcOperations jdbc, IdeaIndex index, Places places, Catalogue catalogue) {
        this.jdbc = jdbc;
        this.index = index;
        this.places = places;
        this.catalogue = catalogue;
    }

    /** A page of cards. */
    public record Cards(List<IdeaRow> rows, Paging paging) {}

    /**
     * The page of the list that the filter asks for, public ideas only.
     *
     * @param seed of the random order: the same seed gives the same order
     */
    @Connectable
    public Cards list(IdeaFilter filter, Locale locale, long seed) {
        var conditions = new StringBuilder("where i.state in " + IdeaState.PUBLIC_SQL);
        var values = new ArrayList<Object>();
        narrow(filter, conditions, values);
        var order = order(filter, seed, values);
        var sql = card(filter.hasText() ? "count(*) over ()" : "-1", locale) + conditions
                + " order by " + order + " limit " + IdeaFilter.SIZE + " offset "
                + (filter.page() - 1) * IdeaFilter.SIZE;
        return jdbc.prepareStatement(sql, statement -> {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                var cards = new ArrayList<IdeaRow>(IdeaFilter.SIZE);
                long version = -1;
                long total = -1;
                while (rows.next()) {
                    if (cards.isEmpty()) {
                        version = rows.getLong(11);
                        total = rows.getLong(12);
                    }
                    cards.add(card(rows, locale));
                }
                return new Cards(cards, new Paging(filter.page(), IdeaFilter.SIZE, total(filter, version, total)));
            }
        });
    }

    /** The newest public ideas of a district, or of the whole city where the slug is empty. */
    @Connectable
    public List<IdeaRow> newest(String districtSlug, int limit, Locale locale) {
        return some(districtSlug, "", "i.published_at desc, i.number desc", limit, locale);
    }

    /** The ideas decided last. */
    @Connectable
    public List<IdeaRow> decided(String districtSlug, int limit, Locale locale) {
        return some(
                districtSlug,
                " and i.state not in ('published', 'postponed')",
                "i.state_since desc, i.number desc",
                limit,
                locale);
    }

    /** Everything a person handed in, whatever became of it; for that person only. */
    @Connectable
    public List<IdeaRow> of(long authorId, Locale locale) {
        return query("where i.author_id = ? order by i.number desc limit 200", List.of(authorId), locale);
    }

    /** What a person supports, newest support first. */
    @Connectable
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
            where.append(" and i.quarter_key = any (?)");
            values.add(places.quartersOf(districtSlug).toArray(String[]::new));
        }
        return query(where + " order by " + order + " limit " + limit, values, locale);
    }

    private List<IdeaRow> query(String rest, List<?> values, Locale locale) {
        return jdbc.prepareStatement(card("-1", locale) + rest, statement -> {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                var cards = new ArrayList<IdeaRow>();
                while (rows.next()) {
                    cards.add(card(rows, locale));
                }
                return cards;
            }
        });
    }

    private void narrow(IdeaFilter filter, StringBuilder conditions, List<Object> values) {
        if (!filter.district().isEmpty()) {
            conditions.append(" and i.quarter_key = any (?)");
            values.add(places.quartersOf(filter.district()).toArray(String[]::new));
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
                case "supported" -> "6 desc, i.number desc";
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

    /** A card bears the title in the reader's language where somebody has translated it; who reads German is spared the question. */
    private static String card(String count, Locale locale) {
        return CARD.formatted(
                count,
                locale.equals(Languages.standard())
                        ? "null"
                        : "(select t.title from idea_translations t where t.idea_number = i.number and t.language = '"
                                + Languages.tag(locale) + "' and t.published_at is not null and t.ended_at is null)");
    }

    /** Names of the city pack stand in memory, so the query has only what people wrote. */
    private IdeaRow card(ResultSet row, Locale locale) throws SQLException {
        var quarter = places.known(row.getString(3));
        var category = catalogue.known(row.getString(4));
        var alt = row.getString(9);
        var translated = row.getString(14);
        return new IdeaRow(
                row.getLong(1),
                translated == null ? row.getString(2) : translated,
                translated == null ? row.getString(13) : Languages.tag(locale),
                quarter.key(),
                quarter.name(),
                category.label(locale),
                category.icon(),
                category.tone(),
                IdeaState.of(row.getString(5)),
                row.getLong(6),
                row.getObject(7, Long.class),
                row.getObject(8, UUID.class),
                alt == null ? "" : alt,
                row.getBoolean(10));
    }

    private static void bind(PreparedStatement statement, List<?> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}
