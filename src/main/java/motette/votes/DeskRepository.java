package motette.votes;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import motette.shared.Sql;

/** What the desk of rounds shows besides rounds themselves. Never a ballot. */
@Singleton
class DeskRepository {

    private static final String IDEAS = """
        select coalesce(c.number, 0) as number, q.district_key, i.number as idea, i.title, i.description,
               coalesce(i.cost_cents, 0) as cost_cents, i.state, q.name as quarter,
               (select count(*) from supports s where s.idea_number = i.number) as supports
          from ideas i
          join quarters q on q.key = i.quarter_key\
        """;

    private final Sql sql;

    DeskRepository(Sql sql) {
        this.sql = sql;
    }

    /** What is chosen so far, in the order of its choice. */
    @Transactional(readOnly = true)
    public List<Prepared> prepared(long roundId) {
        return sql.list(
                IDEAS + " join vote_candidates c on c.idea_number = i.number where c.round_id = ? order by c.number",
                row -> prepared(row, row.getString("district_key")),
                roundId);
    }

    /** Ideas that the council of the district may decide on, and those chosen already; most supported first. */
    @Transactional(readOnly = true)
    public List<Prepared> choosable(long roundId, String districtKey) {
        return sql.list(IDEAS + """
             left join vote_candidates c on c.idea_number = i.number and c.round_id = ?
             where (i.body_key = (select b.key from bodies b where b.district_key = ?)
                    and i.state in ('published', 'postponed'))
                or c.district_key = ?
             order by supports desc, i.number\
            """, row -> prepared(row, districtKey), roundId, districtKey, districtKey);
    }

    private static Prepared prepared(ResultSet row, String districtKey) throws SQLException {
        return new Prepared(
                row.getInt("number"),
                districtKey,
                row.getLong("idea"),
                row.getString("title"),
                row.getString("description"),
                row.getLong("cost_cents"),
                row.getString("state"),
                row.getString("quarter"),
                row.getLong("supports"));
    }

    /** Two candidates of which at most one can be carried out, by their numbers. */
    @Introspected
    record Pair(int one, int other) {}

    @Transactional(readOnly = true)
    public List<Pair> exclusions(long roundId) {
        return sql.list(
                "select one, other from vote_exclusions where round_id = ? order by one, other",
                row -> new Pair(row.getInt(1), row.getInt(2)),
                roundId);
    }

    /** Titles of announced rounds in one of the same districts whose time meets that of this one. */
    @Transactional(readOnly = true)
    public List<String> overlapping(Round round) {
        return sql.list("""
            select distinct r.title from vote_rounds r
              join vote_announcements a on a.round_id = r.id
              join vote_districts d on d.round_id = r.id
              join vote_districts mine on mine.district_key = d.district_key and mine.round_id = ?
             where r.id <> ? and r.opens_at < ?
               and coalesce((select p.closes_at from vote_prolongations p where p.round_id = r.id order by p.id desc limit 1),
                            r.closes_at) > ?
             order by r.title\
            """, row -> row.getString(1), round.id(), round.id(), round.closesAt(), round.opensAt());
    }

    /** How many voted on a day of Berlin, on a channel. */
    @Introspected
    record DayTurnout(LocalDate day, long web, long kiosk, long paper) {

        long all() {
            return web + kiosk + paper;
        }
    }

    @Transactional(readOnly = true)
    public List<DayTurnout> days(long roundId) {
        return sql.list(
                """
                select (hour at time zone 'Europe/Berlin')::date, count(*) filter (where channel = 'web'),
                       count(*) filter (where channel = 'kiosk'), count(*) filter (where channel = 'paper')
                  from vote_roll where round_id = ? group by 1 order by 1\
                """,
                row -> new DayTurnout(row.getDate(1).toLocalDate(), row.getLong(2), row.getLong(3), row.getLong(4)),
                roundId);
    }

    /** @param inhabitants of the district, of every age */
    @Introspected
    record DistrictTurnout(String name, long voters, long inhabitants) {

        /** Per mille, so that small shares are seen. */
        long perMille() {
            return inhabitants == 0 ? 0 : voters * 1000 / inhabitants;
        }

        String percent() {
            return perMille() / 10 + "," + perMille() % 10;
        }
    }

    @Transactional(readOnly = true)
    public List<DistrictTurnout> districts(long roundId) {
        return sql.list(
                """
                select g.name, g.population, count(v.voter)
                  from (select district_key from vote_districts where round_id = ?
                        union select district_key from vote_roll where round_id = ?) d
                  join districts g on g.key = d.district_key
                  left join vote_roll v on v.district_key = g.key and v.round_id = ?
                 group by g.key, g.name, g.population order by g.key\
                """,
                row -> new DistrictTurnout(row.getString(1), row.getLong(3), row.getLong(2)),
                roundId,
                roundId,
                roundId);
    }

    /**
     * What happened to an announced round.
     *
     * @param kind   hold, prolongation, version, withdrawal or incident
     * @param number of the candidate; 0 where it is about none
     * @param until  end of a hold, new close of a prolongation; empty where there is none
     */
    @Introspected
    record Happening(String kind, Instant at, int number, String title, String reason, Optional<Instant> until) {}

    /** In the order of time. */
    @Transactional(readOnly = true)
    public List<Happening> happenings(long roundId) {
        return sql.list(
                """
                select * from (
                    select 'hold' as kind, at, 0 as number, '' as title, reason, ended_at as until, id from vote_holds where round_id = ?
                    union all
                    select 'prolongation', at, 0, '', reason, closes_at, id from vote_prolongations where round_id = ?
                    union all
                    select 'version', made_at, number, title, reason, null, version from vote_candidate_versions
                     where round_id = ? and version > 1
                    union all
                    select 'withdrawal', w.at, w.number,
                           (select v.title from vote_candidate_versions v where v.round_id = w.round_id and v.number = w.number
                             order by v.version desc limit 1), w.reason, null, 0
                      from vote_withdrawals w where w.round_id = ?
                    union all
                    select 'incident', at, 0, '', reason, null, id from vote_incidents where round_id = ?) h
                 order by at, kind, id\
                """,
                row -> new Happening(
                        row.getString("kind"),
                        row.getTimestamp("at").toInstant(),
                        row.getInt("number"),
                        row.getString("title"),
                        row.getString("reason"),
                        Sql.instant(row, "until")),
                roundId,
                roundId,
                roundId,
                roundId,
                roundId);
    }

    /** Who signed the protocol. */
    @Introspected
    record Signature(long personId, String name, String office, Instant at, String protocol) {}

    @Transactional(readOnly = true)
    public List<Signature> signatures(long roundId) {
        return sql.list(
                """
                select s.person_id, coalesce(p.pseudonym, ''), s.office, s.at, encode(s.protocol, 'hex')
                  from vote_signatures s join persons p on p.id = s.person_id where s.round_id = ? order by s.at, s.person_id\
                """,
                row -> new Signature(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getString(5)),
                roundId);
    }
}
