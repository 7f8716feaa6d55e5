package motette.ideas;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import motette.limits.Blocked;
import motette.limits.Pause;
import motette.limits.TooMany;
import motette.people.Blocks;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.Refused;

/**
 * Support of neighbours: one per person and idea, which the primary key guarantees; given and taken back until there is a
 * decision; counted from its rows. Both deeds may be repeated without harm.
 */
@Singleton
class Supports {

    /** For SQL over {@code ideas}: no coordinator has closed it. */
    private static final String OPEN =
            " and not exists (select from idea_closings c where c.idea_number = number and c.ended_at is null)";

    private final JdbcOperations jdbc;
    private final Blocks blocks;
    private final Clock clock;
    private final int most;
    private final Duration within;
    private final String giving;
    private final String givingUnblocked;

    /**
     * @param most   so many supports of one person ...
     * @param within ... in this time; counted from the rows themselves, in the statement that adds one
     */
    Supports(
            JdbcOperations jdbc,
            Blocks blocks,
            Clock clock,
            @Value("${motette.supports.most}") int most,
            @Value("${motette.supports.within}") Duration within) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.clock = clock;
        this.most = most;
        this.within = within;
        this.giving = giving(most, false);
        this.givingUnblocked = giving(most, true);
    }

    /**
     * Empty when the idea is supported now; a refusal when it no longer takes support. One statement while nobody in the city is
     * blocked, so one transaction.
     *
     * @throws TooMany when the person supports more in a time than anybody reads
     */
    @Connectable
    Optional<Refusal> give(long number, Visitor visitor) {
        var now = clock.instant();
        return insert(number, visitor, now, true) ? Optional.empty() : giveElse(number, visitor, now);
    }

    private Optional<Refusal> giveElse(long number, Visitor visitor, Instant now) {
        var blocked = blocks.refusal(visitor);
        if (blocked.isPresent() || insert(number, visitor, now, false) || supports(number, visitor)) {
            return blocked;
        } else if (takesSupport(number)) {
            throw new TooMany(
                    Pause.of("supports", untilOneFits(visitor, now)).withWayOut("/ideas/" + number, "support.to-idea"));
        } else {
            return Optional.of(Refusal.of("support.closed").withWayOut("/ideas/" + number, "support.to-idea"));
        }
    }

    /**
     * The statement that gives a support. Its parameters: person, instant, idea, person, instant since when supports are
     * counted, and where it asks for blocks the instant twice.
     */
    static String giving(int most, boolean whileNobodyIsBlocked) {
        return "insert into supports (idea_number, person_id, at) select number, ?, ? from ideas "
                + "where number = ? and state in ('published', 'postponed')" + OPEN
                + " and (select count(*) from (select from supports m where m.person_id = ? and m.at > ? limit "
                + most + ") lately) < " + most + (whileNobodyIsBlocked ? " and" + Blocked.NOBODY : "")
                + " on conflict do nothing";
    }

    private boolean insert(long number, Visitor visitor, Instant now, boolean whileNobodyIsBlocked) {
        return jdbc.prepareStatement(whileNobodyIsBlocked ? givingUnblocked : giving, statement -> {
            statement.setLong(1, visitor.personId());
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setLong(3, number);
            statement.setLong(4, visitor.personId());
            statement.setTimestamp(5, Timestamp.from(now.minus(within)));
            if (whileNobodyIsBlocked) {
                statement.setTimestamp(6, Timestamp.from(now));
                statement.setTimestamp(7, Timestamp.from(now));
            }
            return statement.executeUpdate() == 1;
        });
    }

    private Duration untilOneFits(Visitor visitor, Instant now) {
        return jdbc.prepareStatement(
                "select at from supports where person_id = ? order by at desc offset " + (most - 1) + " limit 1",
                statement -> {
                    statement.setLong(1, visitor.personId());
                    try (var row = statement.executeQuery()) {
                        return row.next()
                                ? Duration.between(
                                        now, row.getTimestamp(1).toInstant().plus(within))
                                : Duration.ZERO;
                    }
                });
    }

    /** The count a body has seen when it decided stays as it was. */
    @Transactional
    void takeBack(long number, Visitor visitor) {
        int takenBack = jdbc.prepareStatement(
                "delete from supports where idea_number = ? and person_id = ? and exists (select from ideas where"
                        + " number = idea_number and state in ('published', 'postponed'))",
                statement -> {
                    statement.setLong(1, number);
                    statement.setLong(2, visitor.personId());
                    return statement.executeUpdate();
                });
        if (takenBack == 0 && supports(number, visitor)) {
            throw new Refused(Refusal.of("support.kept").withWayOut("/ideas/" + number, "support.to-idea"));
        }
    }

    private boolean supports(long number, Visitor visitor) {
        return jdbc.prepareStatement("select from supports where idea_number = ? and person_id = ?", statement -> {
            statement.setLong(1, number);
            statement.setLong(2, visitor.personId());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        });
    }

    private boolean takesSupport(long number) {
        return jdbc.prepareStatement(
                "select from ideas where number = ? and state in ('published', 'postponed')" + OPEN, statement -> {
                    statement.setLong(1, number);
                    try (var rows = statement.executeQuery()) {
                        return rows.next();
                    }
                });
    }
}
