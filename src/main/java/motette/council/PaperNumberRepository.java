package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import motette.shared.Sql;

/** Numbers of ideas and applications in the council information system, in versions. */
@Singleton
class PaperNumberRepository {

    private final Sql sql;

    PaperNumberRepository(Sql sql) {
        this.sql = sql;
    }

    /** As they are now, by item; items about nothing that could have one are not there. */
    @Transactional(readOnly = true)
    Map<Long, PaperNumber> of(long sessionId) {
        return sql
                .list(
                        """
                        select i.id, coalesce(n.version, 0), coalesce(n.number, ''), coalesce(n.link, '')
                          from agenda_items i
                          left join lateral (select version, number, link from paper_numbers
                                              where application_id = i.application_id
                                                 or i.application_id is null and idea_number = i.idea_number
                                              order by version desc limit 1) n on true
                         where i.session_id = ? and (i.idea_number is not null or i.application_id is not null)\
                        """,
                        row -> Map.entry(
                                row.getLong(1), new PaperNumber(row.getInt(2), row.getString(3), row.getString(4))),
                        sessionId)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The next version, unless somebody recorded one since.
     *
     * @return false where they did
     */
    boolean record(long itemId, PaperNumberForm form, Instant at, long by) {
        return sql.change("""
            insert into paper_numbers (idea_number, application_id, version, number, link, recorded_by, recorded_at)
            select case when application_id is null then idea_number end, application_id, ?, ?, ?, ?, ?
              from agenda_items where id = ?
            on conflict on constraint one_version_of_a_number do nothing\
            """, form.version() + 1, form.number(), form.link(), by, at, itemId) == 1;
    }
}
