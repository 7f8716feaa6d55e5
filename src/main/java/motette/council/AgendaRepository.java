package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import motette.ideas.OpenIdeas;
import motette.shared.Languages;
import motette.shared.Sql;
import motette.shared.Time;

/** What sessions deal with, and who is invited to them. */
@Singleton
class AgendaRepository {

    private final Sql sql;

    AgendaRepository(Sql sql) {
        this.sql = sql;
    }

    /** In the order of the agenda. What is not public leaves this house only for who belongs to the body. */
    @Transactional(readOnly = true)
    List<AgendaItem> items(long sessionId, boolean insider) {
        return sql.list(
                """
                select i.id, i.position, i.idea_number, i.application_id, i.title, i.secrecy, i.urgency, coalesce(r.reason, '')
                  from agenda_items i left join agenda_removals r on r.item_id = i.id
                 where i.session_id = ? and (i.secrecy = '' or ?) order by i.position\
                """,
                row -> new AgendaItem(
                        row.getLong(1),
                        row.getInt(2),
                        row.getObject(3, Long.class),
                        row.getObject(4, Long.class),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)),
                sessionId,
                insider);
    }

    /**
     * Ideas that wait for the body, those with most supports first, and applications that were complete in time; without what stands on
     * an agenda that is still to come, or is circulated. An idea for which an application waits comes with it.
     *
     * @param lastDay on which an application may be complete
     */
    @Transactional(readOnly = true)
    List<WaitingMatter> waiting(CouncilSession session, LocalDate lastDay, Instant now) {
        return waiting(session.bodyKey(), session.id(), session.day().getYear(), lastDay, now);
    }

    /** The same for a body, whatever its sessions. */
    @Transactional(readOnly = true)
    List<WaitingMatter> waiting(String bodyKey, LocalDate today, Instant now) {
        return waiting(bodyKey, 0, today.getYear(), today, now);
    }

    private List<WaitingMatter> waiting(String bodyKey, long sessionId, int year, LocalDate lastDay, Instant now) {
        return sql.list(
                """
                with placed as (
                    select a.idea_number, a.application_id from agenda_items a join council_calendar c on c.id = a.session_id
                     where c.cancelled = '' and (c.id = ? or c.starts_at > ?
                           and not exists (select from agenda_removals r where r.item_id = a.id))
                    union all select idea_number, application_id from open_circulations
                ), asked as (
                    select a.id, a.idea_number, v.title, c.at from application_completions c join applications a on a.id = c.application_id
                      join application_versions v on v.application_id = c.application_id and v.version = c.version
                     where v.body_key = ? and c.at < ?
                       and not exists (select from application_withdrawals w where w.application_id = a.id)
                       and not exists (select from standing_resolutions s where s.application_id = a.id or s.idea_number = a.idea_number)
                )
                select 'application:' || id, title from (select * from asked order by at, id) a
                 where not exists (select from placed p where p.application_id = a.id or p.idea_number = a.idea_number)
                union all
                select 'idea:' || number, title from (
                    select i.number, i.title from ideas i
                     where %s and not exists (select from placed p where p.idea_number = i.number)
                       and not exists (select from asked where asked.idea_number = i.number)
                     order by (select count(*) from supports s where s.idea_number = i.number) desc, i.number) i\
                """.formatted(OpenIdeas.CONDITION),
                row -> new WaitingMatter(row.getString(1), row.getString(2)),
                sessionId,
                now,
                bodyKey,
                lastDay.plusDays(1).atStartOfDay(Time.ZONE).toInstant(),
                bodyKey,
                OpenIdeas.endOf(year));
    }

    /** The idea an application came from. */
    Optional<Long> ideaOf(long applicationId) {
        return sql.one(
                        "select coalesce(idea_number, 0) from applications where id = ?",
                        row -> row.getLong(1),
                        applicationId)
                .filter(number -> number != 0);
    }

    @Transactional(readOnly = true)
    Optional<Invitation> invitation(long sessionId) {
        return sql.one(
                "select at, notice_days, urgency from council_invitations where session_id = ?",
                row -> new Invitation(row.getTimestamp(1).toInstant(), row.getInt(2), row.getString(3)),
                sessionId);
    }

    /** Who got the invitation, and how. */
    @Transactional(readOnly = true)
    List<Dispatch> dispatches(long sessionId) {
        return sql.list(
                """
                select coalesce(p.pseudonym, ''), d.channel, d.at from council_dispatches d join persons p on p.id = d.person_id
                 where d.session_id = ? order by d.channel desc, p.pseudonym collate "und-x-icu"\
                """,
                row -> new Dispatch(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()),
                sessionId);
    }

    /** Whoever sits in the body on the day of the session, and who chairs it; deputies only where they stand in. */
    @Transactional(readOnly = true)
    List<Member> members(CouncilSession session) {
        return sql.list(
                """
                select distinct p.id, p.pseudonym, coalesce(p.email, ''), coalesce(p.language, 'de')
                  from acting_roles(?) a join persons p on p.id = a.person_id
                 where a.scope = ? and a.name in ('chair', 'councillor', 'fund-partner') and p.erased_at is null
                 order by p.pseudonym\
                """,
                row -> new Member(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        Languages.find(row.getString(4)).orElse(Languages.standard())),
                session.startsAt(),
                session.bodyKey());
    }

    void lock(long sessionId) {
        sql.lockRow("council_sessions", sessionId);
    }

    void add(
            long sessionId,
            Optional<Long> idea,
            Optional<Long> application,
            String title,
            AgendaForm form,
            boolean late,
            Instant at,
            long by) {
        sql.change(
                """
                insert into agenda_items (session_id, position, idea_number, application_id, title, secrecy, urgency, added_at, added_by)
                select ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ?, ?, ? from agenda_items where session_id = ?\
                """,
                sessionId,
                idea,
                application,
                title,
                form.closed() ? form.secrecy() : "",
                late ? form.urgency() : "",
                at,
                by,
                sessionId);
    }

    /** Two items change places. */
    void swap(AgendaItem one, AgendaItem other) {
        sql.change(
                "update agenda_items set position = case id when ? then ? else ? end where id in (?, ?)",
                one.id(),
                other.position(),
                one.position(),
                one.id(),
                other.id());
    }

    /** The first item on the first position, and so on. */
    void arrange(List<Long> items, List<Integer> positions) {
        sql.changeAll(
                "update agenda_items set position = ? where id = ? and position <> ?",
                IntStream.range(0, items.size())
                        .mapToObj(i -> new Object[] {positions.get(i), items.get(i), positions.get(i)})
                        .toList());
    }

    void delete(long itemId) {
        sql.change("delete from agenda_items where id = ?", itemId);
    }

    void remove(long itemId, String reason, Instant at, long by) {
        sql.change("insert into agenda_removals (item_id, reason, at, by) values (?, ?, ?, ?)", itemId, reason, at, by);
    }

    void invite(long sessionId, int noticeDays, String urgency, List<Member> members, Instant at, long by) {
        sql.change(
                "insert into council_invitations (session_id, at, by, notice_days, urgency) values (?, ?, ?, ?, ?)",
                sessionId,
                at,
                by,
                noticeDays,
                urgency);
        sql.changeAll(
                "insert into council_dispatches (session_id, person_id, channel, at) values (?, ?, ?, ?)",
                members.stream()
                        .map(member ->
                                new Object[] {sessionId, member.personId(), member.hasEmail() ? "mail" : "post", at})
                        .toList());
    }

    /** Days from the invitation to the session as the rules of the body ask for on that day; 0 where none hold. */
    @Transactional(readOnly = true)
    int noticeDays(CouncilSession session) {
        return sql.one(
                        "select notice_days from rules_of(?, ?)",
                        row -> row.getInt(1),
                        session.bodyKey(),
                        session.startsAt().atZone(Time.ZONE).toLocalDate())
                .orElse(0);
    }
}
