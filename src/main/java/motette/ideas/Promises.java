package motette.ideas;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import motette.ideas.IdeaPage.NextStep;
import motette.places.CityPack;
import motette.places.WorkingDays;
import motette.shared.Time;

/** Who owns the next step of an idea and by when, from its state, the calendar of the fund and the rules of the city pack. */
@Singleton
class Promises {

    private final WorkingDays workingDays;
    private final int moderationDays;
    private final Clock clock;

    Promises(WorkingDays workingDays, CityPack pack, Clock clock) {
        this.workingDays = workingDays;
        this.moderationDays = pack.number("moderationWorkingDays");
        this.clock = clock;
    }

    /**
     * @param area     name of the coordinator area of the idea's quarter
     * @param body     name of the body that decides
     * @param closesOn month and day after which ideas count for the next year's budget; empty: none
     */
    NextStep of(IdeaState state, Instant since, String area, String body, Optional<MonthDay> closesOn) {
        return switch (state) {
            case HANDED_IN -> step("review", area, workingDays.after(day(since), moderationDays));
            case PUBLISHED -> step("decide", body, endOfBudgetYear(day(since), closesOn));
            case POSTPONED -> step("decide-again", body, endOfBudgetYear(day(since), closesOn));
            case RETURNED -> new NextStep("revise", "", null, 0);
            case GRANTED, GRANTED_IN_PART ->
                step("carry-out", body, LocalDate.of(day(since).getYear(), 12, 31));
            case DECLINED, WITHDRAWN, NOT_GRANTED -> new NextStep("", "", null, 0);
        };
    }

    private NextStep step(String key, String who, LocalDate by) {
        return new NextStep(key, who, by, ChronoUnit.DAYS.between(LocalDate.now(clock), by));
    }

    private static LocalDate endOfBudgetYear(LocalDate published, Optional<MonthDay> closesOn) {
        var late = closesOn.filter(MonthDay.from(published)::isAfter).isPresent();
        return LocalDate.of(published.getYear() + (late ? 1 : 0), 12, 31);
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(Time.ZONE).toLocalDate();
    }
}
