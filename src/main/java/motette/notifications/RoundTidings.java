package motette.notifications;

import io.micronaut.context.annotation.Value;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import motette.mail.Outbox;
import motette.shared.Languages;
import motette.shared.Sql;
import motette.shared.Texts;
import motette.shared.Time;
import motette.votes.RoundEvent;

/**
 * Tells of a voting round when it is announced, opens and is published: those who follow its districts or a quarter of them, and
 * those whose ideas stand on its ballot. No job opens a round; this one only says so.
 */
@Singleton
class RoundTidings {

    private static final String READERS = """
        with place as (
            select w.person_id, coalesce(p.email, w.email) as email, coalesce(p.language, w.language) as language, true as follows
              from watches w
              left join persons p on p.id = w.person_id
              left join quarters q on q.key = w.quarter_key
              join vote_districts d on d.round_id = ? and d.district_key in (w.district_key, q.district_key)
             where w.confirmed_at is not null and p.erased_at is null
            union all
            select p.id, p.email, p.language, false
              from vote_candidates c
              join ideas i on i.number = c.idea_number
              join persons p on p.id = i.author_id
             where c.round_id = ? and p.erased_at is null)
        select distinct on (email) person_id, email, language, follows
          from place where email is not null order by email, follows desc, person_id nulls last\
        """;

    private final Sql sql;
    private final Watches watches;
    private final Outbox outbox;
    private final Texts texts;
    private final Clock clock;
    private final String home;

    RoundTidings(
            Sql sql,
            Watches watches,
            Outbox outbox,
            Texts texts,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.sql = sql;
        this.watches = watches;
        this.outbox = outbox;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    private record About(long id, String slug, String title, Instant opens, Instant closes) {}

    private record Reader(Optional<Long> person, String email, Locale language, boolean follows) {}

    @EventListener
    @Transactional
    void tell(RoundEvent event) {
        switch (event.kind()) {
            case ANNOUNCED -> tell(event.roundId(), "announced");
            case PUBLISHED -> tell(event.roundId(), "published");
            case HELD, RESUMED, PROLONGED, CHANGED -> {}
        }
    }

    /** Of those that take ballots now. One that was held all the time opens with its resumption. */
    @Scheduled(fixedDelay = "5m", initialDelay = "2m")
    @Transactional
    public void look() {
        sql.list("""
            select r.id from vote_rounds r
              join vote_announcements a on a.round_id = r.id
             where r.opens_at <= ?
               and coalesce((select p.closes_at from vote_prolongations p where p.round_id = r.id order by p.id desc limit 1),
                            r.closes_at) > ?
               and not exists (select from vote_holds h where h.round_id = r.id and h.ended_at is null)
               and not exists (select from told_rounds t where t.round_id = r.id and t.kind = 'opened')\
            """, row -> row.getLong(1), clock.instant(), clock.instant()).forEach(id -> tell(id, "opened"));
    }

    private void tell(long roundId, String kind) {
        int first = sql.change(
                "insert into told_rounds (round_id, kind, at) values (?, ?, ?) on conflict do nothing",
                roundId,
                kind,
                clock.instant());
        if (first == 1) {
            var about = about(roundId);
            var subjects = new HashMap<Locale, String>();
            var bodies = new HashMap<Locale, String>();
            outbox.postAll(
                    "places-round-" + roundId + "-" + kind,
                    sql
                            .list(
                                    READERS,
                                    row -> new Reader(
                                            Optional.ofNullable(row.getObject(1, Long.class)),
                                            row.getString(2),
                                            Languages.find(row.getString(3)).orElse(Languages.standard()),
                                            row.getBoolean(4)),
                                    roundId,
                                    roundId)
                            .stream()
                            .map(reader -> letter(
                                    reader,
                                    subjects.computeIfAbsent(
                                            reader.language(), language -> subject(about, kind, language)),
                                    bodies.computeIfAbsent(reader.language(), language -> body(about, kind, language))))
                            .toList());
        }
    }

    private About about(long roundId) {
        return sql.one(
                        """
                        select r.id, r.slug, r.title, r.opens_at,
                               coalesce((select p.closes_at from vote_prolongations p where p.round_id = r.id order by p.id desc limit 1),
                                        r.closes_at)
                          from vote_rounds r where r.id = ?\
                        """,
                        row -> new About(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getTimestamp(4).toInstant(),
                                row.getTimestamp(5).toInstant()),
                        roundId)
                .orElseThrow();
    }

    private String subject(About about, String kind, Locale language) {
        return texts.get(language, "notifications.round." + kind + ".subject", about.title());
    }

    private String body(About about, String kind, Locale language) {
        return texts.get(
                language,
                "notifications.round." + kind + ".what",
                about.title(),
                LocalDateTime.ofInstant(about.opens(), Time.ZONE),
                LocalDateTime.ofInstant(about.closes(), Time.ZONE),
                home + "/votes/" + about.slug() + (kind.equals("published") ? "/result" : ""));
    }

    private Outbox.Letter letter(Reader reader, String subject, String body) {
        if (reader.follows()) {
            var end = watches.endAddress(reader.person().orElse(null), reader.email());
            return new Outbox.Letter(
                    reader.email(), subject, body + "\n\n" + texts.get(reader.language(), "watch.mail.end", end), end);
        } else {
            return new Outbox.Letter(
                    reader.email(),
                    subject,
                    body + "\n\n" + texts.get(reader.language(), "notifications.round.yours"),
                    "");
        }
    }
}
