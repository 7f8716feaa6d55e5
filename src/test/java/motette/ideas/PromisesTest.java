package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Optional;
import motette.PortalTest;
import motette.places.CityPack;
import motette.places.WorkingDays;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@MicronautTest(transactional = false)
class PromisesTest extends PortalTest {

    @Inject
    WorkingDays workingDays;

    @Inject
    CityPack pack;

    @ParameterizedTest(name = "{0} since {1}, fund closes {2}: {3} by {5}")
    @CsvSource(nullValues = "-", textBlock = """
        # state          since                  closes  step          who      by
        HANDED_IN,       2026-11-02T09:00:00Z,  08-31,  review,       area,    2026-11-09
        HANDED_IN,       2026-11-13T11:00:00Z,  08-31,  review,       area,    2026-11-23
        HANDED_IN,       2026-11-14T11:00:00Z,  08-31,  review,       area,    2026-11-23
        HANDED_IN,       2026-11-15T22:59:00Z,  08-31,  review,       area,    2026-11-23
        HANDED_IN,       2026-11-15T23:01:00Z,  08-31,  review,       area,    2026-11-24
        HANDED_IN,       2026-12-23T11:00:00Z,  -,      review,       area,    2026-12-31
        HANDED_IN,       2027-03-24T11:00:00Z,  -,      review,       area,    2027-04-02
        PUBLISHED,       2026-03-01T11:00:00Z,  08-31,  decide,       body,    2026-12-31
        PUBLISHED,       2026-08-31T21:59:00Z,  08-31,  decide,       body,    2026-12-31
        PUBLISHED,       2026-08-31T22:01:00Z,  08-31,  decide,       body,    2027-12-31
        PUBLISHED,       2026-12-31T11:00:00Z,  08-31,  decide,       body,    2027-12-31
        PUBLISHED,       2026-12-31T11:00:00Z,  -,      decide,       body,    2026-12-31
        POSTPONED,       2026-05-05T11:00:00Z,  08-31,  decide-again, body,    2026-12-31
        POSTPONED,       2026-10-05T11:00:00Z,  08-31,  decide-again, body,    2027-12-31
        GRANTED,         2026-10-05T11:00:00Z,  08-31,  carry-out,    body,    2026-12-31
        GRANTED_IN_PART, 2026-12-31T23:30:00Z,  08-31,  carry-out,    body,    2027-12-31
        """)
    void the_next_step_has_an_owner_and_a_day(
            IdeaState state, Instant since, @Nullable String closes, String step, String who, LocalDate by) {
        var next = promises(LocalDate.of(2026, 11, 22))
                .of(state, since, "area", "body", Optional.ofNullable(closes).map(day -> MonthDay.parse("--" + day)));
        assertThat(next.key()).isEqualTo(step);
        assertThat(next.who()).isEqualTo(who);
        assertThat(next.by()).isEqualTo(by);
    }

    @ParameterizedTest
    @EnumSource(
            value = IdeaState.class,
            names = {"DECLINED", "WITHDRAWN", "NOT_GRANTED"})
    void where_the_story_has_ended_nothing_is_next(IdeaState state) {
        assertThat(promises(LocalDate.of(2030, 1, 1))
                        .of(state, Instant.EPOCH, "area", "body", Optional.empty())
                        .isNone())
                .isTrue();
    }

    @Test
    void the_author_of_a_returned_idea_is_never_late() {
        var next = promises(LocalDate.of(2030, 1, 1))
                .of(IdeaState.RETURNED, Instant.EPOCH, "area", "body", Optional.of(MonthDay.of(8, 31)));
        assertThat(next.key()).isEqualTo("revise");
        assertThat(next.overdue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-08,left,1,false",
        "2026-11-09,today,0,false",
        "2026-11-10,late,1,true",
        "2027-11-09,late,365,true"
    })
    void the_last_day_still_counts(LocalDate today, String when, long days, boolean overdue) {
        var next = promises(today)
                .of(IdeaState.HANDED_IN, Instant.parse("2026-11-02T09:00:00Z"), "area", "body", Optional.empty());
        assertThat(next.when()).isEqualTo(when);
        assertThat(next.days()).isEqualTo(days);
        assertThat(next.overdue()).isEqualTo(overdue);
    }

    private Promises promises(LocalDate today) {
        return new Promises(
                workingDays,
                pack,
                Clock.fixed(today.atTime(12, 0).atZone(Time.ZONE).toInstant(), Time.ZONE));
    }
}
