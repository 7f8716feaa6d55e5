package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import motette.bodies.Bodies;
import motette.bodies.Quorum;
import motette.bodies.RulesOfProcedure;
import motette.budgets.BudgetView;
import motette.budgets.Budgets;
import motette.shared.Money;
import motette.shared.Sql;
import motette.shared.Time;
import motette.statements.Statements;
import org.jspecify.annotations.Nullable;

/** What happens in a session, as rows; who writes holds the row of the session. */
@Singleton
class RoomRepository {

    private final Sql sql;
    private final Bodies bodies;
    private final Budgets budgets;
    private final Statements statements;

    RoomRepository(Sql sql, Bodies bodies, Budgets budgets, Statements statements) {
        this.sql = sql;
        this.bodies = bodies;
        this.budgets = budgets;
        this.statements = statements;
    }

    /** Versions of the rooms of some sessions; those that have not begun are missing. */
    @Transactional(readOnly = true)
    Map<Long, Long> versions(List<Long> sessions) {
        return sql
                .list(
                        "select session_id, version from council_rooms where session_id = any (string_to_array(?,"
                                + " ',')::bigint[])",
                        row -> Map.entry(row.getLong(1), row.getLong(2)),
                        sessions.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The whole room, as who belongs to the body sees it. */
    @Transactional(readOnly = true)
    Room room(CouncilSession session, Instant now) {
        var begun = sql.one(
                "select r.opened_at, r.version, e.at from council_rooms r left join council_room_ends e using"
                        + " (session_id) where session_id = ?",
                row -> new Begun(row.getTimestamp(1).toInstant(), row.getLong(2), instant(row, 3)),
                session.id());
        var items = items(session.id());
        var open = items.stream().filter(RoomItem::isOpen).findFirst();
        var vote = open.flatMap(item -> vote(item.id()));
        var members = members(
                session,
                open.map(RoomItem::id).orElse(0L),
                vote.map(RoomVote::id).orElse(0L),
                begun.map(Begun::openedAt).filter(at -> at.isBefore(now)).orElse(now));
        var matter = open.filter(RoomItem::isMatter).map(item -> matter(session, item));
        var rules = bodies.rulesOf(session.bodyKey(), session.day());
        return new Room(
                session,
                session.isOn(now),
                begun.map(Begun::openedAt).orElse(null),
                begun.map(Begun::endedAt).orElse(null),
                begun.map(Begun::version).orElse(0L),
                members,
                items,
                begun.flatMap(yes -> rules.flatMap(its -> quorum(session, its, open, members)))
                        .orElse(null),
                open.map(item -> motions(item.id())).orElse(List.of()),
                vote.orElse(null),
                matter.orElse(null),
                matter.map(about -> statements.given(about.subject())).orElse(null),
                matter.flatMap(about -> budget(session, about))
                        .map(budget -> budget.accounts().available())
                        .orElse(null),
                rules.map(its -> new Money(its.withoutStatementCents())).orElse(null));
    }

    boolean isClosed(long sessionId) {
        return sql.holds("select from council_room_ends where session_id = ?", sessionId);
    }

    private record Begun(
            Instant openedAt, long version, @Nullable Instant endedAt) {}

    /** The open budget that pays for it. */
    Optional<BudgetView> budget(CouncilSession session, Matter matter) {
        return budget(session.bodyKey(), matter);
    }

    Optional<BudgetView> budget(String bodyKey, Matter matter) {
        return budgets.of(bodyKey, matter.year()).filter(BudgetView::isOpen);
    }

    /** In the order of the agenda, what is not public last. */
    @Transactional(readOnly = true)
    List<RoomItem> items(long sessionId) {
        var numbers = new int[2];
        return sql.list(
                """
                select i.id, i.idea_number, i.application_id, i.title, i.secrecy = '', i.urgency <> '', x.item_id is not null,
                       t.item_id is not null, coalesce(t.outcome, ''), coalesce(t.note, ''),
                       r.id, r.kind, r.amount_cents, r.wording, r.votes_yes, r.votes_no, r.abstentions
                  from agenda_items i
                  left join agenda_removals x on x.item_id = i.id
                  left join item_treatments t on t.item_id = i.id
                  left join resolutions r on r.item_id = i.id
                 where i.session_id = ? order by i.secrecy <> '', i.position\
                """,
                row -> {
                    var isPublic = row.getBoolean(5);
                    var number = ++numbers[isPublic ? 0 : 1];
                    return new RoomItem(
                            row.getLong(1),
                            isPublic ? String.valueOf(number) : "N " + number,
                            row.getObject(2, Long.class),
                            row.getObject(3, Long.class),
                            row.getString(4),
                            isPublic,
                            row.getBoolean(6),
                            row.getBoolean(7),
                            row.getBoolean(8),
                            row.getString(9),
                            row.getString(10),
                            resolved(row));
                },
                sessionId);
    }

    private static RoomItem.@Nullable Resolved resolved(ResultSet row) throws SQLException {
        return row.getObject(11) == null
                ? null
                : new RoomItem.Resolved(
                        row.getLong(11),
                        row.getString(12),
                        new Money(row.getLong(13)),
                        row.getString(14),
                        row.getInt(15),
                        row.getInt(16),
                        row.getInt(17));
    }

    /** Members who act now or came, by seat; whoever chairs first. */
    private List<RoomMember> members(CouncilSession session, long itemId, long voteId, Instant moment) {
        return sql.list(
                """
                with here as (
                    select distinct on (person_id) person_id, seat, present, at from council_attendance where session_id = ?
                     order by person_id, id desc
                ), acting as (
                    select a.person_id, max(r.seat) as seat, bool_or(a.name = 'chair') as chairs
                      from acting_roles(?) a join roles r on r.id = a.role_id
                     where a.scope = ? and a.name in ('chair', 'councillor', 'fund-partner') group by a.person_id
                )
                select p.id, coalesce(p.pseudonym, ''), coalesce(case when h.present then h.seat else coalesce(a.seat, h.seat) end, 0),
                       coalesce(a.chairs, false), coalesce(h.present, false), h.at,
                       exists (select from item_biases b where b.item_id = ? and b.person_id = p.id),
                       exists (select from council_voters v where v.vote_id = ? and v.person_id = p.id),
                       exists (select from council_excused e where e.session_id = ? and e.person_id = p.id), coalesce(c.choice, '')
                  from acting a full join here h using (person_id) join persons p on p.id = person_id
                  left join council_choices c on c.vote_id = ? and c.person_id = p.id
                 order by coalesce(a.chairs, false) desc, coalesce(h.seat, a.seat), p.pseudonym\
                """,
                row -> new RoomMember(
                        row.getLong(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        instant(row, 6),
                        row.getBoolean(7),
                        row.getBoolean(8),
                        row.getBoolean(9),
                        row.getString(10)),
                session.id(),
                moment,
                session.bodyKey(),
                itemId,
                voteId,
                session.id(),
                voteId);
    }

    /** As the database reckons it for an item, or for the body as it is there between items. */
    private Optional<Quorum> quorum(
            CouncilSession session, RulesOfProcedure rules, Optional<RoomItem> open, List<RoomMember> members) {
        return open.isPresent()
                ? reckoned(open.get().id())
                        .map(found -> Quorum.of(
                                rules,
                                found.seats(),
                                found.present(),
                                found.biased(),
                                found.rule().equals("second")))
                : bodies.on(session.bodyKey(), session.day())
                        .map(body -> Quorum.of(
                                rules,
                                body.seats(),
                                Math.min(body.seats(), (int) members.stream()
                                        .filter(each -> each.present() && each.hasVote())
                                        .count()),
                                0,
                                false));
    }

    record Reckoned(int seats, int present, int biased, int needed, String rule) {

        boolean isReached() {
            return present - biased >= needed;
        }
    }

    Optional<Reckoned> reckoned(long itemId) {
        return sql.one(
                "select seats, present, biased, needed, rule from council_quorum(?)",
                row -> new Reckoned(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getString(5)),
                itemId);
    }

    private List<Motion> motions(long itemId) {
        return sql.list(
                "select id, number, kind, amount_cents, wording, reason from council_motions where item_id"
                        + " = ? order by number desc",
                row -> new Motion(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3),
                        new Money(row.getLong(4)),
                        row.getString(5),
                        row.getString(6)),
                itemId);
    }

    private Optional<RoomVote> vote(long itemId) {
        return sql.one(
                """
                select v.id, m.number, v.mode, (select count(*) from council_voters x where x.vote_id = v.id),
                       (select count(*) from council_choices x where x.vote_id = v.id), v.needed,
                       coalesce(r.outcome, ''), coalesce(r.yes, 0), coalesce(r.no, 0), coalesce(r.abstentions, 0), coalesce(r.reason, '')
                  from council_votes v join council_motions m on m.id = v.motion_id
                  left join council_vote_results r on r.vote_id = v.id
                 where v.item_id = ? order by v.id desc limit 1\
                """,
                row -> new RoomVote(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getString(7),
                        row.getInt(8),
                        row.getInt(9),
                        row.getInt(10),
                        row.getString(11)),
                itemId);
    }

    /** The idea or application of an item, with what keeps the body from resolving on it. */
    Matter matter(CouncilSession session, RoomItem item) {
        return item.application() != null
                ? application(session.bodyKey(), item.application())
                : idea(session.day().getYear(), item.idea() == null ? 0 : item.idea());
    }

    Matter idea(int year, long number) {
        return sql.one(
                        "select coalesce(i.cost_cents, 0), i.state, exists (select from standing_resolutions s where"
                                + " s.idea_number = i.number) from ideas i where i.number = ?",
                        row -> new Matter(
                                number,
                                0,
                                0,
                                new Money(row.getLong(1)),
                                year,
                                null,
                                row.getBoolean(3)
                                        ? "decided"
                                        : row.getString(2).equals("withdrawn") ? "withdrawn" : ""),
                        number)
                .orElseThrow();
    }

    Matter application(String bodyKey, long id) {
        return sql.one(
                        """
                        select coalesce(a.idea_number, 0), v.version, v.requested_cents, v.year, c.at, v.body_key,
                               exists (select from application_withdrawals w where w.application_id = a.id),
                               exists (select from standing_resolutions s where s.application_id = a.id or s.idea_number = a.idea_number)
                          from applications a
                          left join application_completions c on c.application_id = a.id
                          join lateral (select * from application_versions where application_id = a.id order by version desc limit 1) v on true
                         where a.id = ?\
                        """,
                        row -> {
                            var complete = instant(row, 5);
                            return new Matter(
                                    row.getLong(1),
                                    id,
                                    row.getInt(2),
                                    new Money(row.getLong(3)),
                                    row.getInt(4),
                                    complete == null
                                            ? null
                                            : complete.atZone(Time.ZONE).toLocalDate(),
                                    row.getBoolean(8)
                                            ? "decided"
                                            : row.getBoolean(7)
                                                    ? "withdrawn"
                                                    : complete == null
                                                            ? "incomplete"
                                                            : row.getString(6).equals(bodyKey) ? "" : "elsewhere");
                        },
                        id)
                .orElseThrow();
    }

    /** Who asks, where it is an organisation. */
    @Transactional(readOnly = true)
    Optional<String> organisation(long applicationId) {
        return sql.one(
                        "select organisation from application_versions where application_id = ? order by version desc"
                                + " limit 1",
                        row -> row.getString(1),
                        applicationId)
                .filter(name -> !name.isEmpty());
    }

    void open(long sessionId, Instant at, long by) {
        sql.change("insert into council_rooms (session_id, opened_at, opened_by) values (?, ?, ?)", sessionId, at, by);
    }

    void close(long sessionId, Instant at, long by) {
        sql.change("insert into council_room_ends (session_id, at, by) values (?, ?, ?)", sessionId, at, by);
    }

    void mark(long sessionId, RoomMember member, boolean present, Instant at, long by) {
        sql.change(
                "insert into council_attendance (session_id, person_id, seat, present, at, by) values (?, ?, ?, ?, ?,"
                        + " ?)",
                sessionId,
                member.personId(),
                member.hasVote() ? Optional.of(member.seat()) : Optional.empty(),
                present,
                at,
                by);
    }

    void call(long sessionId, long itemId, Instant at, long by) {
        sql.change(
                "insert into item_treatments (item_id, session_id, called_at, called_by) values (?, ?, ?, ?)",
                itemId,
                sessionId,
                at,
                by);
    }

    void end(long itemId, String outcome, String note, Instant at, long by) {
        sql.change(
                "update item_treatments set ended_at = ?, ended_by = ?, outcome = ?, note = ? where item_id = ?",
                at,
                by,
                outcome,
                note,
                itemId);
    }

    /** False where it stands already. */
    boolean declare(long itemId, long personId, String ground, Instant at, long by) {
        return sql.change(
                        "insert into item_biases (item_id, person_id, ground, at, by) values (?, ?, ?, ?, ?) on"
                                + " conflict do nothing",
                        itemId,
                        personId,
                        ground,
                        at,
                        by)
                == 1;
    }

    boolean isMoved(UUID request) {
        return sql.holds("select from council_motions where request_id = ?", request);
    }

    void move(UUID request, long itemId, MotionForm form, Money amount, boolean stated, Instant at, long by) {
        sql.change(
                """
                insert into council_motions (request_id, item_id, number, kind, amount_cents, wording, reason, statement, at, by)
                select ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ? from council_motions where item_id = ?\
                """,
                request,
                itemId,
                form.kind(),
                amount.cents(),
                form.wording(),
                form.reason(),
                stated,
                at,
                by,
                itemId);
    }

    boolean isBegun(UUID request) {
        return sql.holds("select from council_votes where request_id = ?", request);
    }

    void begin(
            UUID request,
            long sessionId,
            long itemId,
            Motion motion,
            String mode,
            Reckoned quorum,
            Instant at,
            long by) {
        sql.change(
                "insert into council_votes (request_id, motion_id, session_id, item_id, mode, seats, present, biased,"
                        + " needed, rule, opened_at, opened_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                request,
                motion.id(),
                sessionId,
                itemId,
                mode,
                quorum.seats(),
                quorum.present(),
                quorum.biased(),
                quorum.needed(),
                quorum.rule(),
                at,
                by);
    }

    /** The last choice counts. */
    void choose(long voteId, long personId, String choice, Instant at, long by) {
        sql.change("""
            insert into council_choices (vote_id, person_id, choice, at, by) values (?, ?, ?, ?, ?)
            on conflict (vote_id, person_id) do update set choice = excluded.choice, at = excluded.at, by = excluded.by\
            """, voteId, personId, choice, at, by);
    }

    void end(long voteId, String outcome, Vote vote, String reason, Instant at, long by) {
        sql.change(
                "insert into council_vote_results (vote_id, outcome, yes, no, abstentions, reason, at, by) values (?,"
                        + " ?, ?, ?, ?, ?, ?, ?)",
                voteId,
                outcome,
                vote.yes(),
                vote.no(),
                vote.abstentions(),
                reason,
                at,
                by);
    }

    /** The quorum a vote had when it began: seats and voters needed. */
    Reckoned quorumOf(long voteId) {
        return sql.one(
                        "select seats, present, biased, needed, rule from council_votes where id = ?",
                        row -> new Reckoned(
                                row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getString(5)),
                        voteId)
                .orElseThrow();
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
