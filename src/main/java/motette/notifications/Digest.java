package motette.notifications;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import motette.ideas.IdeaState;
import motette.mail.Outbox;
import motette.shared.Languages;
import motette.shared.Texts;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/**
 * Once a week one mail to everybody who follows places where something happened in the week before. The outbox takes one mail a
 * recipient and week, so it may be written by many copies and tried again.
 */
@Singleton
class Digest {

    /** Of more than so many the mail says only how many there are. */
    private static final int LINES = 30;

    private static final String NEWS = """
        select distinct max(w.person_id) over (partition by coalesce(p.email, w.email)) as person_id, coalesce(p.email, w.email) as email,
               max(coalesce(p.language, w.language)) over (partition by coalesce(p.email, w.email)) as language, i.number, i.title, q.name, e.kind, e.id
        from watches w
        left join persons p on p.id = w.person_id
        join quarters q on q.key = w.quarter_key or q.district_key = w.district_key
        join ideas i on i.quarter_key = q.key and i.state in\
        """ + " " + IdeaState.PUBLIC_SQL + """
         join idea_events e on e.idea_number = i.number and e.at >= ? and e.at < ?
                          and e.kind in ('published', 'granted', 'granted-in-part', 'not-granted', 'postponed')
        where w.confirmed_at < ? and coalesce(p.email, w.email) is not null
          and not exists (select from idea_events u where u.undoes = e.id)
        order by 2, i.number, e.id\
        """;

    private final JdbcOperations jdbc;
    private final TransactionOperations<Connection> transactions;
    private final Watches watches;
    private final Outbox outbox;
    private final Texts texts;
    private final Clock clock;
    private final String home;

    Digest(
            JdbcOperations jdbc,
            TransactionOperations<Connection> transactions,
            Watches watches,
            Outbox outbox,
            Texts texts,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.watches = watches;
        this.outbox = outbox;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    private record Line(long number, String title, String quarter, String kind) {}

    private record Reader(@Nullable Long personId, String email, Locale language) {}

    /** On the hours of Monday: whoever was down at eight catches up. */
    @Scheduled(cron = "0 0 8-20 * * MON", zoneId = "Europe/Berlin")
    void write() {
        transactions.executeWrite(status -> {
            var monday = LocalDate.now(clock).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            news(monday.minusWeeks(1), monday).forEach((reader, lines) -> post(reader, lines, monday.minusWeeks(1)));
            return true;
        });
    }

    private LinkedHashMap<Reader, List<Line>> news(LocalDate from, LocalDate to) {
        return jdbc.prepareStatement(NEWS, statement -> {
            statement.setTimestamp(1, start(from));
            statement.setTimestamp(2, start(to));
            statement.setTimestamp(3, start(to));
            var news = new LinkedHashMap<Reader, List<Line>>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var reader = new Reader(
                            rows.getObject(1, Long.class),
                            rows.getString(2),
                            Languages.find(rows.getString(3)).orElse(Languages.standard()));
                    news.computeIfAbsent(reader, absent -> new ArrayList<>())
                            .add(new Line(rows.getLong(4), rows.getString(5), rows.getString(6), rows.getString(7)));
                }
            }
            return news;
        });
    }

    private void post(Reader reader, List<Line> lines, LocalDate week) {
        var language = reader.language();
        var end = watches.endAddress(reader.personId(), reader.email());
        var told = lines.stream()
                .limit(LINES)
                .map(line -> texts.get(
                        language,
                        "watch.mail.line",
                        texts.get(language, "event." + line.kind()),
                        line.title(),
                        line.quarter(),
                        home + "/ideas/" + line.number()))
                .collect(Collectors.joining("\n\n"));
        var more = lines.size() > LINES ? "\n\n" + texts.get(language, "watch.mail.more", lines.size() - LINES) : "";
        outbox.postNews(
                "places-%d-W%02d"
                        .formatted(week.get(IsoFields.WEEK_BASED_YEAR), week.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
                reader.email(),
                texts.get(language, "watch.mail.subject"),
                texts.get(language, "watch.mail.greeting") + "\n\n" + told + more + "\n\n"
                        + texts.get(language, "watch.mail.end", end),
                end);
    }

    private static Timestamp start(LocalDate day) {
        return Timestamp.from(day.atStartOfDay(Time.ZONE).toInstant());
    }
}
