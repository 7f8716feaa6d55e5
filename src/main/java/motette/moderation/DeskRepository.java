package motette.moderation;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import motette.ideas.Authors;

/** What the desk shows, always within the areas of whoever reads. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface DeskRepository extends GenericRepository<Decision, Long> {

    /** A decision can be taken back for a day, while it stands and nothing that stands was told after it. */
    String UNDOABLE = """
        (d.kind <> 'undo' and d.at > :since
         and not exists (select from idea_events u where u.undoes = d.event_id)
         and not exists (select from idea_events later
                          where later.idea_number = d.idea_number and later.id > d.event_id and later.kind <> 'undone'
                            and not exists (select from idea_events u where u.undoes = later.id)))\
        """;

    @Query("""
        select i.number, i.title, q.name as quarter, c.key as category_key, i.state_since,
               exists (select from idea_marks m where m.idea_number = i.number) as odd, count(*) over () as total
        from ideas i join quarters q on q.key = i.quarter_key join categories c on c.key = i.category_key
        where i.state = 'handed-in'
          and exists (select from area_quarters a where a.quarter_key = i.quarter_key and a.area_key in (:areas))
        order by i.state_since, i.number limit 200\
        """)
    List<WaitingRow> waiting(List<String> areas);

    @Query("""
        select d.id, d.idea_number as number, i.title, q.name as quarter, d.kind, d.reason_key, p.pseudonym as decided_by, d.at,
               exists (select from area_quarters a where a.quarter_key = i.quarter_key and a.area_key in (:areas)) as here,
        """ + UNDOABLE + """
                as undoable,
               exists (select from idea_events u where u.undoes = d.event_id) as undone,
               acted_as_deputy(d.decided_by, d.area_key, d.at) as deputy
        from moderation_decisions d join ideas i on i.number = d.idea_number
        join quarters q on q.key = i.quarter_key join persons p on p.id = d.decided_by
        where d.area_key in (:areas) and d.kind <> 'undo'
        order by d.id desc limit 50\
        """)
    List<DecidedRow> decided(List<String> areas, Instant since);

    @Query("""
        select d.id, d.idea_number as number, i.title, q.name as quarter, d.kind, d.reason_key, p.pseudonym as decided_by, d.at,
               true as here,\
        """ + UNDOABLE + """
                as undoable,
               exists (select from idea_events u where u.undoes = d.event_id) as undone,
               acted_as_deputy(d.decided_by, d.area_key, d.at) as deputy
        from moderation_decisions d join ideas i on i.number = d.idea_number
        join quarters q on q.key = i.quarter_key join persons p on p.id = d.decided_by
        where d.area_key in (:areas) and (d.id = :decision or d.idea_number = :number) and\
        """ + UNDOABLE + """
        order by d.id = :decision desc, d.id desc limit 2\
        """)
    List<DecidedRow> undoable(List<String> areas, long decision, long number, Instant since);

    @Query("""
        select i.number, i.title, i.description, i.kind, i.state, i.state_since, i.handed_in_at,
               c.key as category_key, c.icon, c.color, c.forwarded,
               coalesce(g.keys, '') as group_keys,
               i.quarter_key, q.name as quarter, ds.name as district,
               coalesce(i.community_key, '') as community_key, coalesce(cm.name, '') as community, b.name as body,
               i.place, i.lon, i.lat, i.exact_place, i.cost_cents,\
        """ + Authors.SQL + """
                as author, i.language
        from ideas i join categories c on c.key = i.category_key
        join quarters q on q.key = i.quarter_key join districts ds on ds.key = q.district_key
        left join communities cm on cm.key = i.community_key
        join bodies b on b.key = i.body_key left join persons p on p.id = i.author_id
        left join lateral (select string_agg(x.group_key, ',') as keys from idea_target_groups x
                            where x.idea_number = i.number) g on true
        where i.number = :number
          and exists (select from area_quarters a where a.quarter_key = i.quarter_key and a.area_key in (:areas))\
        """)
    Optional<IdeaRow> idea(long number, List<String> areas);

    @Query("select kind from idea_marks where idea_number = :number order by kind")
    List<String> marks(long number);

    @Query("select reason from idea_closings where idea_number = :number and ended_at is null")
    Optional<String> closing(long number);

    @Query("select id, alt, width, height from photos where idea_number = :number order by position, id")
    List<PhotoRow> photos(long number);

    @Query("""
        select e.kind, e.at, coalesce(b.name, a.name, '') as office, b.key is null and a.key is not null as area, e.reason_key, e.note,
               exists (select from idea_events u where u.undoes = e.id) as undone,
               e.office <> '' and e.person_id is not null and acted_as_deputy(e.person_id, e.office, e.at) as deputy
        from idea_events e left join areas a on a.key = e.office left join bodies b on b.key = e.office
        where e.idea_number = :number order by e.id\
        """)
    List<HistoryRow> history(long number);

    @Query("""
        select cast(to_jsonb(p) as text) from (
            select lon, lat, quarter_key, community_key, body_key, exact_place from ideas where number = :number) p\
        """)
    String placeOf(long number);

    @Query("""
        select p.lon, p.lat, p.quarter_key, p.community_key, p.body_key, p.exact_place
        from moderation_decisions d,
             jsonb_to_record(d.place_before) as p(lon float8, lat float8, quarter_key text, community_key text, body_key text,
                                                  exact_place boolean)
        where d.id = :decision\
        """)
    PlaceRow placeBefore(long decision);

    @Query("select name from quarters where key = :key")
    String quarterName(String key);

    /** Locked against a second undo by the lock on its idea, which the caller takes first. */
    @Query("select d.* from moderation_decisions d where d.id = :id and d.area_key in (:areas)")
    Optional<Decision> decision(long id, List<String> areas);

    @Query("select count(*) from moderation_decisions d where d.id = :id and " + UNDOABLE)
    long countUndoable(long id, Instant since);
}
