package motette.ideas;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import motette.shared.Time;

/** What a body can still decide on in a year, and who wants it: a board lists it, an allocation reckons with it. */
@Singleton
public class OpenIdeas {

    /**
     * For SQL over {@code ideas i}: open for the body's decision in a year. Takes the key of the body and {@link #endOf the
     * end of the year}.
     */
    public static final String CONDITION =
            "(i.body_key = ? and i.state in ('published', 'postponed') and i.published_at < ?)";

    private final JdbcOperations jdbc;
    private final Catalogue catalogue;

    OpenIdeas(JdbcOperations jdbc, Catalogue catalogue) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
    }

    /** The first instant after the year, Europe/Berlin. */
    public static Timestamp endOf(int year) {
        return Timestamp.from(
                LocalDate.of(year + 1, 1, 1).atStartOfDay(Time.ZONE).toInstant());
    }

    /** In the order of their numbers. */
    @Transactional(readOnly = true)
    public List<OpenIdea> of(String bodyKey, int year, Locale locale) {
        return jdbc.prepareStatement("""
            select i.number, i.title, q.name, c.key, c.color, c.icon, i.cost_cents,
                   (select count(*) from supports s where s.idea_number = i.number),
                   array(select g.group_key from idea_target_groups g where g.idea_number = i.number)
              from ideas i
              join quarters q on q.key = i.quarter_key
              join categories c on c.key = i.category_key
             where %s order by i.number\
            """.formatted(CONDITION), statement -> {
            statement.setString(1, bodyKey);
            statement.setTimestamp(2, endOf(year));
            var ideas = new ArrayList<OpenIdea>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    ideas.add(new OpenIdea(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            catalogue.labelOf(rows.getString(4), locale),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getObject(7, Long.class),
                            rows.getLong(8),
                            catalogue.groupLabels(List.of((String[]) array(rows, 9)), locale)));
                }
            }
            return ideas;
        });
    }

    /**
     * Who supports which of them, ideas without a cost left out; in an order that depends on the content alone. Each support of
     * somebody who is gone stands alone: nothing says which of them were one person's.
     */
    @Transactional(readOnly = true)
    public List<SupportGroup> supporters(String bodyKey, int year) {
        return jdbc.prepareStatement("""
            select home, ideas, count(*) from (
                select coalesce(q.name, '') as home, array_agg(s.idea_number order by s.idea_number) as ideas
                  from ideas i
                  join supports s on s.idea_number = i.number
                  left join persons p on p.id = s.person_id
                  left join quarters q on q.key = p.home_quarter
                 where %s and i.cost_cents is not null
                 group by s.person_id, case when s.person_id is null then s.ctid end, q.name) person
             group by home, ideas order by ideas, home collate "C"\
            """.formatted(CONDITION), statement -> {
            statement.setString(1, bodyKey);
            statement.setTimestamp(2, endOf(year));
            var groups = new ArrayList<SupportGroup>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    groups.add(new SupportGroup(rows.getString(1), List.of((Long[]) array(rows, 2)), rows.getLong(3)));
                }
            }
            return groups;
        });
    }

    private static Object array(ResultSet rows, int column) throws SQLException {
        Array array = rows.getArray(column);
        return array.getArray();
    }
}
