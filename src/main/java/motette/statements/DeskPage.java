package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import motette.statements.StatementRepository.Appealed;
import motette.statements.StatementRepository.Unasked;
import motette.statements.StatementRepository.Waiting;

/**
 * The desk of the administration.
 *
 * @param office key of the one office shown; empty for all
 * @param mine   keys of the offices for which the reader works
 */
@Introspected
record DeskPage(
        List<Row> rows,
        List<Appealed> appeals,
        List<Unasked> unasked,
        List<Office> offices,
        List<String> mine,
        String office,
        String state) {

    static final List<String> STATES = List.of("open", "answered", "forwarded", "returned");

    @Introspected
    record Row(Waiting it, boolean overdue) {

        static Row of(Waiting waiting, LocalDate today) {
            return new Row(
                    waiting,
                    waiting.state().equals(Request.OPEN) && waiting.due().isBefore(today));
        }

        String badge() {
            return overdue ? "overdue" : it.state();
        }

        String tone() {
            return Badges.tone(badge());
        }

        String icon() {
            return Badges.icon(badge());
        }
    }

    List<String> states() {
        return STATES;
    }

    boolean isMine(String key) {
        return mine.contains(key);
    }

    long overdue() {
        return rows.stream().filter(Row::overdue).count();
    }
}
