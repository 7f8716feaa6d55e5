package motette.residence;

import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import motette.shared.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses, codes, previews and proofs go when their time is over. Many copies may do it at once: each row goes once.
 * Whatever asks for a running proof or a code asks for its end as well, so nothing holds longer because this comes late.
 */
@Singleton
class ResidenceForgetting {

    /** For how long an ended proof can be looked at when somebody asks why. */
    static final Duration ENDED = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(ResidenceForgetting.class);

    private final Sql sql;
    private final Roll roll;
    private final Letters letters;
    private final DeskCodes deskCodes;
    private final Register register;
    private final Cases cases;
    private final Tries tries;
    private final Clock clock;

    ResidenceForgetting(
            Sql sql,
            Roll roll,
            Letters letters,
            DeskCodes deskCodes,
            Register register,
            Cases cases,
            Tries tries,
            Clock clock) {
        this.sql = sql;
        this.roll = roll;
        this.letters = letters;
        this.deskCodes = deskCodes;
        this.register = register;
        this.cases = cases;
        this.tries = tries;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "5m", initialDelay = "2m")
    @Transactional
    public int forget() {
        var now = clock.instant();
        int count = deskCodes.forget() + letters.forget() + register.forget() + tries.forget() + cases.forget();
        count += sql.change(
                "update residence_proofs set ended_at = valid_until, end_kind = 'expired'"
                        + " where ended_at is null and valid_until <= ?",
                now);
        count += roll.forgetSetAside(now.minus(DeskCodes.UNDO_WITHIN));
        count += sql.change("delete from residence_proofs where ended_at < ?", now.minus(ENDED));
        if (count > 0) {
            LOG.info("residence forgotten count={}", count);
        }
        return count;
    }
}
