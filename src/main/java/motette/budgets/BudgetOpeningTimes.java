package motette.budgets;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.order.Ordered;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;

/** Budgets open at the start, after the city is imported, and every night: nobody has to think of New Year. */
@Singleton
class BudgetOpeningTimes implements ApplicationEventListener<StartupEvent>, Ordered {

    private final BudgetOpening opening;
    private final Clock clock;

    BudgetOpeningTimes(BudgetOpening opening, Clock clock) {
        this.opening = opening;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(StartupEvent start) {
        openWhatIsDue();
    }

    @Scheduled(cron = "0 1 0 * * *", zoneId = "Europe/Berlin")
    void openWhatIsDue() {
        opening.open(LocalDate.now(clock));
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
