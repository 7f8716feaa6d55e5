package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import motette.bodies.NextSession;
import motette.ideas.OnAgenda;
import motette.shared.InMemory;
import motette.shared.Sql;

/**
 * Which ideas and applications stand on a public agenda to come. Their pages are read far more often than agendas change, so the facts
 * stand in memory for a while; nothing is decided by them.
 */
@Singleton
class AgendaNotices implements OnAgenda, NextSession {

    private static final Duration LIFE = Duration.ofSeconds(20);

    /** A session that has begun is dealt with for so long at most. */
    private static final Duration LONGEST = Duration.ofHours(6);

    private final Sql sql;
    private final SessionRepository sessions;
    private final Clock clock;
    private final InMemory<List<Item>> known;

    record Item(long idea, long application, Notice notice) {}

    AgendaNotices(Sql sql, SessionRepository sessions, Clock clock) {
        this.sql = sql;
        this.sessions = sessions;
        this.clock = clock;
        this.known = new InMemory<>(this::items, LIFE);
    }

    @Override
    public Optional<Notice> ofIdea(long number) {
        return coming().stream()
                .filter(item -> item.idea() == number)
                .map(Item::notice)
                .findFirst();
    }

    @Override
    public Optional<Notice> ofApplication(long id) {
        return coming().stream()
                .filter(item -> item.application() == id)
                .map(Item::notice)
                .findFirst();
    }

    @Override
    public Optional<Meeting> of(String bodyKey) {
        return sessions.next(bodyKey, clock.instant())
                .map(session -> new Meeting(session.startsAt(), session.venue(), session.path()));
    }

    @TransactionalEventListener
    void changed(AgendaChanged event) {
        known.forget();
    }

    private List<Item> coming() {
        var since = clock.instant().minus(LONGEST);
        return known.get().stream()
                .filter(item -> item.notice().startsAt().isAfter(since))
                .toList();
    }

    @Transactional(readOnly = true)
    List<Item> items() {
        return sql.list(
                """
                select coalesce(i.idea_number, 0), coalesce(i.application_id, 0), c.body_name, c.starts_at,
                       '/council/' || c.body_key || '/sessions/' || c.id
                  from agenda_items i join council_calendar c on c.id = i.session_id join council_invitations v on v.session_id = c.id
                 where i.secrecy = '' and c.cancelled = '' and c.starts_at > ? and num_nonnulls(i.idea_number, i.application_id) > 0
                   and not exists (select from agenda_removals r where r.item_id = i.id)
                   and not exists (select from item_treatments t where t.item_id = i.id and t.ended_at is not null)
                   and not exists (select from council_room_ends e where e.session_id = c.id)
                 order by c.starts_at, i.position\
                """,
                row -> new Item(
                        row.getLong(1),
                        row.getLong(2),
                        new Notice(row.getString(3), row.getTimestamp(4).toInstant(), row.getString(5))),
                clock.instant().minus(LONGEST));
    }
}
