package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import motette.shared.Sql;
import motette.shared.Time;

/**
 * Voters of each day, from the roll alone. Days that are over change no more, so each round is asked for once a day and phase and
 * stands in memory between.
 */
@Singleton
class RollDays {

    private final Sql sql;
    private final Clock clock;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    RollDays(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private record Known(LocalDate today, Phase phase, VoterDays days) {}

    @Transactional(readOnly = true)
    public VoterDays of(Round round) {
        var now = clock.instant();
        var phase = round.phase(now);
        if (phase.compareTo(Phase.OPEN) < 0) {
            return VoterDays.NOTHING;
        }
        var today = berlin(now);
        var before = known.get(round.id());
        if (before != null && before.today().equals(today) && before.phase() == phase) {
            return before.days();
        } else {
            var days = read(round, today, phase.isOver());
            known.put(round.id(), new Known(today, phase, days));
            return days;
        }
    }

    private VoterDays read(Round round, LocalDate today, boolean over) {
        var people = new HashMap<LocalDate, Long>();
        sql.list(
                "select (hour at time zone 'Europe/Berlin')::date::text, count(*) from vote_roll where round_id = ?"
                        + " group by 1",
                row -> people.put(LocalDate.parse(row.getString(1)), row.getLong(2)),
                round.id());
        var last = over ? berlin(round.closesAt().minusMillis(1)) : today.minusDays(1);
        return VoterDays.of(people, berlin(round.opensAt()), last, over);
    }

    private static LocalDate berlin(Instant instant) {
        return instant.atZone(Time.ZONE).toLocalDate();
    }
}
