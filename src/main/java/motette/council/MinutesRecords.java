package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import motette.shared.Sql;
import org.jspecify.annotations.Nullable;

/** What a closed session left in the records, as the minutes need it: a fixed number of questions for any session. */
@Singleton
class MinutesRecords {

    private final Sql sql;

    MinutesRecords(Sql sql) {
        this.sql = sql;
    }

    /**
     * @param needed      members with a vote who have to be there (without bias)
     * @param minutesDays days within which the minutes are shown to the body
     */
    record Frame(
            Instant openedAt,
            Instant endedAt,
            int seats,
            int numerator,
            int denominator,
            int needed,
            int minutesDays) {}

    /** @param present whether they came or went */
    record Coming(long personId, String name, boolean hasSeat, boolean chairs, boolean present, Instant at) {}

    record Item(
            long id,
            String title,
            boolean open,
            String secrecy,
            String urgency,
            @Nullable Instant addedAt,
            String removed,
            @Nullable Instant calledAt,
            @Nullable Instant endedAt,
            String outcome,
            String note,
            @Nullable String resolution,
            long amountCents,
            String wording,
            String reason) {

        /** Something holds from now on; of what failed, only the motion is read. */
        boolean isResolved() {
            return resolution != null && !resolution.equals("not-granted") && !resolution.equals("rejected");
        }
    }

    record Bias(long itemId, String name) {}

    record Moved(long itemId, int number, String kind, long amountCents, String wording, String reason) {}

    record Voted(
            long id,
            long itemId,
            int motion,
            String mode,
            int seats,
            int present,
            int biased,
            int needed,
            String rule,
            String outcome,
            int yes,
            int no,
            int abstentions,
            String reason) {}

    /** Only of votes by name. */
    record Choice(long voteId, String name, String choice) {}

    /** Empty while the session is not closed. */
    @Transactional(readOnly = true)
    Optional<Frame> frame(long sessionId) {
        return sql.one(
                """
                select r.opened_at, e.at, o.seats, p.quorum_numerator, p.quorum_denominator,
                       (o.seats * p.quorum_numerator + p.quorum_denominator - 1) / p.quorum_denominator, p.minutes_days
                  from council_rooms r join council_room_ends e using (session_id) join council_calendar c on c.id = r.session_id
                  cross join lateral rules_of(c.body_key, (c.starts_at at time zone 'Europe/Berlin')::date) p
                  join lateral body_on((c.starts_at at time zone 'Europe/Berlin')::date) o on o.body_key = c.body_key
                 where r.session_id = ?\
                """,
                row -> new Frame(
                        row.getTimestamp(1).toInstant(),
                        row.getTimestamp(2).toInstant(),
                        row.getInt(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getInt(7)),
                sessionId);
    }

    @Transactional(readOnly = true)
    List<Coming> comings(long sessionId) {
        return sql.list(
                """
                select a.person_id, coalesce(p.pseudonym, ''), a.seat is not null,
                       exists (select from acting_roles(r.opened_at) x join council_sessions s on s.id = a.session_id
                                where x.scope = s.body_key and x.name = 'chair' and x.person_id = a.person_id), a.present, a.at
                  from council_attendance a join council_rooms r using (session_id) join persons p on p.id = a.person_id
                 where a.session_id = ? order by a.seat nulls first, p.pseudonym, a.person_id, a.id\
                """,
                row -> new Coming(
                        row.getLong(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getTimestamp(6).toInstant()),
                sessionId);
    }

    /** Members with a seat of their own on that day who never came; whoever said so before is excused. */
    @Transactional(readOnly = true)
    List<String> absent(long sessionId) {
        return sql.list("""
            select coalesce(p.pseudonym, '') || case when e.person_id is null then '' else ' (entschuldigt)' end from council_rooms o join council_sessions s on s.id = o.session_id
              join roles r on r.scope = s.body_key and r.seat is not null and r.begins_at <= o.opened_at and r.acts_until > o.opened_at
              join persons p on p.id = r.person_id
              left join council_excused e on e.session_id = o.session_id and e.person_id = r.person_id
             where o.session_id = ? and not exists (select from council_attendance a
                    where a.session_id = o.session_id and a.person_id = r.person_id)
             order by r.seat\
            """, row -> row.getString(1), sessionId);
    }

    /** Public items first, each part in the order of the agenda. */
    @Transactional(readOnly = true)
    List<Item> items(long sessionId) {
        return sql.list(
                """
                select i.id, i.title, i.secrecy = '', i.secrecy, i.urgency, i.added_at, coalesce(x.reason, ''), t.called_at, t.ended_at,
                       coalesce(t.outcome, ''), coalesce(t.note, ''), r.kind, coalesce(r.amount_cents, 0), coalesce(r.wording, ''),
                       coalesce(r.reason, '')
                  from agenda_items i
                  left join agenda_removals x on x.item_id = i.id
                  left join item_treatments t on t.item_id = i.id
                  left join resolutions r on r.item_id = i.id
                 where i.session_id = ? order by i.secrecy <> '', i.position\
                """,
                row -> new Item(
                        row.getLong(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getString(4),
                        row.getString(5),
                        instant(row, 6),
                        row.getString(7),
                        instant(row, 8),
                        instant(row, 9),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12),
                        row.getLong(13),
                        row.getString(14),
                        row.getString(15)),
                sessionId);
    }

    @Transactional(readOnly = true)
    List<Bias> biases(long sessionId) {
        return sql.list("""
            select b.item_id, coalesce(p.pseudonym, '') from item_biases b join agenda_items i on i.id = b.item_id
              join persons p on p.id = b.person_id where i.session_id = ? order by b.item_id, p.pseudonym\
            """, row -> new Bias(row.getLong(1), row.getString(2)), sessionId);
    }

    @Transactional(readOnly = true)
    List<Moved> motions(long sessionId) {
        return sql.list(
                """
                select m.item_id, m.number, m.kind, m.amount_cents, m.wording, m.reason
                  from council_motions m join agenda_items i on i.id = m.item_id where i.session_id = ? order by m.item_id, m.number\
                """,
                row -> new Moved(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6)),
                sessionId);
    }

    @Transactional(readOnly = true)
    List<Voted> votes(long sessionId) {
        return sql.list(
                """
                select v.id, v.item_id, m.number, v.mode, v.seats, v.present, v.biased, v.needed, v.rule, r.outcome, r.yes, r.no,
                       r.abstentions, r.reason
                  from council_votes v join council_motions m on m.id = v.motion_id join council_vote_results r on r.vote_id = v.id
                 where v.session_id = ? order by v.id\
                """,
                row -> new Voted(
                        row.getLong(1),
                        row.getLong(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getInt(8),
                        row.getString(9),
                        row.getString(10),
                        row.getInt(11),
                        row.getInt(12),
                        row.getInt(13),
                        row.getString(14)),
                sessionId);
    }

    @Transactional(readOnly = true)
    List<Choice> choices(long sessionId) {
        return sql.list("""
            select v.id, coalesce(p.pseudonym, ''), coalesce(c.choice, 'abstention') from council_votes v
              join council_vote_results r on r.vote_id = v.id and r.outcome <> 'void'
              join council_voters x on x.vote_id = v.id join persons p on p.id = x.person_id
              left join council_choices c on c.vote_id = v.id and c.person_id = x.person_id
             where v.session_id = ? and v.mode = 'names' order by v.id, p.pseudonym\
            """, row -> new Choice(row.getLong(1), row.getString(2), row.getString(3)), sessionId);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column))
                .map(Timestamp::toInstant)
                .orElse(null);
    }
}
