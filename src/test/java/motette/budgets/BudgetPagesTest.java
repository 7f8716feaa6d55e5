package motette.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import motette.PortalTest;
import motette.shared.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class BudgetPagesTest extends PortalTest {

    @Inject
    Budgets budgets;

    @Inject
    Ledger ledger;

    @Inject
    Clock clock;

    @Inject
    TransactionOperations<Connection> transactions;

    private int year;

    @BeforeAll
    void move_some_money() {
        year = LocalDate.now(clock).getYear();
        long west = budgets.of("sbb-west", year).orElseThrow().id();
        transactions.executeWrite(status -> {
            ledger.reserve(
                    west, new Money(400_050), "=HYPERLINK(\"https://elsewhere.example\";\"Bänke\")", "idea:7", 0);
            ledger.grant(west, new Money(200_000), "Bescheid ist raus", "idea:7", 0);
            ledger.pay(west, new Money(100_000), "Erste Rate", "idea:7", 0);
            return null;
        });
    }

    @Test
    void every_euro_of_the_year_is_shown_with_the_words_for_where_it_is() {
        var page = browser().page("/budgets/stadtbezirksbudget/sbb-west/" + year);
        assertThat(page.select(".money-bar__words").text()).isEqualTo("50.999,50 € von 55.000 € sind noch frei");
        assertThat(page.select(".money-bar__legend li").eachText())
                .containsExactly(
                        "Ausgezahlt 1.000 €", "Bewilligt 1.000 €", "Vorgemerkt 2.000,50 €", "Frei 50.999,50 €");
        assertThat(page.select("tbody th").eachText())
                .containsExactly("Geld ausgezahlt", "Bescheid erteilt", "Beschlossen", "Budget eröffnet");
        assertThat(page.select("tbody a").eachAttr("href")).contains("/ideas/7");
    }

    @Test
    void the_city_page_adds_up_all_budgets_and_marks_what_is_only_assumed() {
        var page = browser().page("/budgets");
        long whole = budgets.year(year).stream()
                .mapToLong(budget -> budget.accounts().appropriated())
                .sum();
        assertThat(page.select(".panel .money-bar__words").text())
                .contains(new Money(whole).text(Locale.GERMAN).replace('\u00a0', ' '));
        assertThat(page.select(".badge").eachText()).containsExactly("Annahme, von der Stadt noch nicht bestätigt");
        assertThat(page.text())
                .contains("Ein Gremium von 22 hat schon Geld vergeben.", "leipzig.de, Stadtbezirksbudget");
    }

    @Test
    void the_table_for_spreadsheets_holds_the_same_and_no_formula() {
        var answer = browser().get("/budgets/stadtbezirksbudget/sbb-west/" + year + ".csv");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=utf-8");
        assertThat(answer.body().split("\r\n"))
                .hasSize(5)
                .startsWith("date;from;to;amount_eur;reason;reference")
                .anyMatch(line -> line.endsWith(
                        ";appropriation;available;55000,00;leipzig.de, Stadtbezirksbudget;fund:stadtbezirksbudget"))
                .anyMatch(line ->
                        line.contains(";available;reserved;4000,50;\"'=HYPERLINK(\"\"https://elsewhere.example\"\";"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/budgets?year=abc",
                "/budgets?year=99999",
                "/budgets/nothing/sbb-west/2026",
                "/budgets/stadtbezirksbudget/or-engelsdorf/2026",
                "/budgets/stadtbezirksbudget/sbb-west/1999",
                "/budgets/stadtbezirksbudget/sbb-west/99999999999999999999",
                "/budgets/brauchtumsmittel/or-plaussig/2026"
            })
    void what_is_no_budget_has_no_page(String path) {
        assertThat(browser().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_year_without_budgets_says_so() {
        assertThat(browser().page("/budgets?year=2199").text()).contains("Für 2199 ist noch kein Budget eröffnet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_entries set amount_cents = 1",
                "delete from ledger_entries",
                "truncate ledger_entries cascade",
                "update budget_accounts set balance_cents = 1",
                "delete from budget_accounts",
                "truncate budget_accounts cascade",
                "insert into budget_accounts (budget_id, account, balance_cents) select id, 'paid', 5 from budgets"
                        + " limit 1"
            })
    void nobody_changes_the_books_not_even_with_sql(String sql) {
        assertThatThrownBy(() -> transactions.executeWrite(status -> {
                    try (var statement = status.getConnection().createStatement()) {
                        return statement.execute(sql);
                    }
                }))
                .hasMessageMatching("(?s).*(append-only|balances follow from the ledger).*");
    }

    @Test
    void the_database_itself_refuses_what_would_take_an_account_below_zero() {
        assertThatThrownBy(() -> transactions.executeWrite(status -> {
                    try (var statement = status.getConnection().createStatement()) {
                        return statement.execute(
                                "insert into ledger_entries (budget_id, from_account, to_account, amount_cents,"
                                        + " reason, reference, at) select id, 'available', 'reserved', 999999999, 'x',"
                                        + " 'x', now() from budgets limit 1");
                    }
                }))
                .hasMessageContaining("no_account_below_zero");
    }
}
