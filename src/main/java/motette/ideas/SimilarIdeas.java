package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ideas that may be the same as one about to be written: near the place, of the same category, in nearly the same words. */
@Singleton
public class SimilarIdeas {

    private static final int MOST = 5;

    /** Metres within which an idea is near; further away its words must fit clearly. */
    private static final int NEAR_METRES = 1_200;

    private static final double METRES_OF_A_DEGREE = 111_320;

    /** A title has no more; a longer text would only make the search slow. */
    private static final int LONGEST_WORDS = 120;

    /**
     * Looked at closely is only what an index finds: near, or with a word of the title, all words somewhere, or nearly the same
     * letters, without which an idea further away never fits clearly. Words fit by the share of their stems that an idea has, in its title
     * best, or by nearly the same letters.
     */
    private static final String SQL = """
        with asked as (
            select array_agg((quote_literal(stem) || ':A')::tsquery) as in_title, array_agg(quote_literal(stem)::tsquery) as anywhere,
                   string_agg(quote_literal(stem) || ':A', ' | ')::tsquery as one_in_title,
                   string_agg(quote_literal(stem), ' & ')::tsquery as all_anywhere
            from unnest(tsvector_to_array(to_tsvector('german', ?))) stem
        )
        select number, title, quarter, category, icon, tone, state, supports, supported, metres from (
            select i.number, i.title, q.name as quarter, c.key as category, c.icon, c.color as tone, i.state,
                   (select count(*) from supports s where s.idea_number = i.number) as supports,
                   exists (select from supports s where s.idea_number = i.number and s.person_id = ?) as supported,
                   i.category_key = ? as same_category,
                   111320 * sqrt(power((i.lon - ?) * cos(radians(?)), 2) + power(i.lat - ?, 2)) as metres,
                   greatest(similarity(lower(i.title), ?), 0.8 * word_similarity(?, i.words),
                            0.9 * (select coalesce(avg((i.search @@ s)::int), 0) from unnest(asked.in_title) s),
                            0.6 * (select coalesce(avg((i.search @@ s)::int), 0) from unnest(asked.anywhere) s)) as words
            from asked, ideas i join quarters q on q.key = i.quarter_key join categories c on c.key = i.category_key
            where i.state in %s and i.number <> ?
              and (i.lon between ? and ? and i.lat between ? and ?
                   or i.search @@ asked.one_in_title or i.search @@ asked.all_anywhere or ? <%% i.words)
        ) s
        where (metres < ? and (same_category or words > 0.25)) or words > 0.55
        order by (case when same_category then 0.5 else 0 end) + words + 0.6 / (1 + metres / 400) desc, number
        limit ?\
        """;

    private final JdbcOperations jdbc;
    private final Catalogue catalogue;

    SimilarIdeas(JdbcOperations jdbc, Catalogue catalogue) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
    }

    /** @param metres from the place of the new idea, rounded to 50 */
    @Introspected
    public record Similar(
            long number,
            String title,
            String quarter,
            String category,
            String icon,
            String tone,
            IdeaState state,
            long supports,
            boolean supported,
            long metres) {}

    /**
     * Public ideas like this one, the likeliest first, at most five.
     *
     * @param personId whose own support is told; 0 for a guest
     * @param except   number of an idea left out; 0 for none
     */
    @Transactional(readOnly = true)
    public List<Similar> to(
            String category, String words, double lon, double lat, long personId, long except, Locale locale) {
        return jdbc.prepareStatement(SQL.formatted(IdeaState.PUBLIC_SQL), statement -> {
            var plain = IdeaSearch.plain(Typed.cut(words, LONGEST_WORDS));
            var north = NEAR_METRES / METRES_OF_A_DEGREE;
            var east = north / Math.max(0.01, Math.cos(Math.toRadians(lat)));
            statement.setString(1, plain);
            statement.setLong(2, personId);
            statement.setString(3, category);
            statement.setDouble(4, lon);
            statement.setDouble(5, lat);
            statement.setDouble(6, lat);
            statement.setString(7, plain);
            statement.setString(8, plain);
            statement.setLong(9, except);
            statement.setDouble(10, lon - east);
            statement.setDouble(11, lon + east);
            statement.setDouble(12, lat - north);
            statement.setDouble(13, lat + north);
            statement.setString(14, plain);
            statement.setInt(15, NEAR_METRES);
            statement.setInt(16, MOST);
            try (var rows = statement.executeQuery()) {
                var similar = new ArrayList<Similar>();
                while (rows.next()) {
                    similar.add(new Similar(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            catalogue.labelOf(rows.getString(4), locale),
                            rows.getString(5),
                            rows.getString(6),
                            IdeaState.of(rows.getString(7)),
                            rows.getLong(8),
                            rows.getBoolean(9),
                            Math.round(rows.getDouble(10) / 50) * 50));
                }
                return similar;
            }
        });
    }
}
