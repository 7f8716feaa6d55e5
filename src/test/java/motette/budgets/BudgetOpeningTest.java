package motette.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import motette.PortalTest;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class BudgetOpeningTest extends PortalTest {

    @Inject
    BudgetOpening opening;

    @Inject
    Budgets budgets;

    @Inject
    JdbcOperations jdbc;

    @Inject
    TransactionOperations<Connection> transactions;

    @Test
    void a_budget_opens_with_the_rate_that_holds_on_the_first_of_january() {
        opening.open(LocalDate.of(2024, 6, 1));
        opening.open(LocalDate.of(2025, 6, 1));
        assertThat(free("sbb-mitte", 2024)).isEqualTo(5_000_000);
        assertThat(free("sbb-mitte", 2025)).isEqualTo(5_500_000);
        assertThat(free("or-engelsdorf", 2025)).isEqualTo(8_006_400);
        assertThat(free("fonds-gesundheit", 2025)).isEqualTo(2_500_000);
    }

    @Test
    void the_running_year_is_open_from_the_start_and_a_body_without_population_has_no_budget() {
        int year = LocalDate.now(java.time.ZoneId.of("Europe/Berlin")).getYear();
        assertThat(budgets.year(year)).hasSize(10 + 11 + 1);
        assertThat(budgets.of("or-plaussig", year)).get().matches(budget -> !budget.isOpen());
        assertThat(browser().get("/budgets").body())
                .contains("Ortschaftsrat Plaußig", "Die Einwohnerzahl ist nicht veröffentlicht");
    }

    @Test
    void the_next_year_opens_on_the_day_its_fund_takes_ideas() {
        opening.open(LocalDate.of(2051, 10, 31));
        assertThat(budgets.of("sbb-mitte", 2051)).get().matches(BudgetView::isOpen);
        assertThat(budgets.of("sbb-mitte", 2052)).get().matches(budget -> !budget.isOpen());
        opening.open(LocalDate.of(2051, 11, 1));
        assertThat(budgets.of("sbb-mitte", 2052)).get().matches(BudgetView::isOpen);
        assertThat(budgets.of("or-engelsdorf", 2052)).get().matches(budget -> !budget.isOpen());
    }

    @Test
    void many_copies_that_open_at_once_open_each_budget_once() throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var runs = new ArrayList<Future<?>>();
            for (int i = 0; i < 8; i++) {
                runs.add(threads.submit(() -> opening.open(LocalDate.of(2040, 6, 1))));
            }
            for (var run : runs) {
                run.get();
            }
        }
        assertThat(budgets.year(2040)).hasSize(22);
        assertThat(number("select count(*) from ledger_entries e join budgets b on b.id = e.budget_id where"
                        + " b.year = 2040"))
                .isEqualTo(22);
        assertThat(budgets.year(2040))
                .allMatch(budget ->
                        budget.accounts().appropriated() == budget.accounts().available());
    }

    private long free(String body, int year) {
        return budgets.of(body, year).orElseThrow().accounts().available();
    }

    private long number(String sql) {
        return transactions.executeRead(status -> jdbc.prepareStatement(sql, statement -> {
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }));
    }
}
