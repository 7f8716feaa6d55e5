package motette.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2000      | EUR | false | 2.000\u00a0€           | €2,000
        71.43     | EUR | false | 71,43\u00a0€           | €71.43
        14.50     | EUR | false | 14,50\u00a0€           | €14.50
        14.50     | EUR | true  | 14,50\u00a0Euro        | 14.50\u00a0euros
        1         | EUR | true  | 1\u00a0Euro            | 1\u00a0euro
        0         | EUR | true  | 0\u00a0Euro            | 0\u00a0euros
        1E+3      | pln | false | 1.000\u00a0PLN         | PLN\u00a01,000
        0.0001    | ''  | true  | 0,0001                 | 0.0001
        2000      | ??? | false | 2.000                  | 2,000
        12345678901234567890123.5 | '' | false | 12.345.678.901.234.567.890.123,5 | 12,345,678,901,234,567,890,123.5
        """)
    void amounts_are_written_as_the_language_writes_them(
            BigDecimal value, String currency, boolean spelled, String german, String english) {
        var amount = new Amount(value, currency, spelled);
        assertThat(amount.text(Locale.GERMAN)).isEqualTo(german);
        assertThat(amount.text(Locale.ENGLISH)).isEqualTo(english);
    }

    @Test
    void the_euros_of_a_run_look_like_the_euros_of_the_city() {
        for (long cents : new long[] {0, 5, 100, 1450, 200_000, 123_456_789}) {
            for (var locale : Languages.ALL) {
                assertThat(new Amount(BigDecimal.valueOf(cents, 2), "EUR", false).text(locale))
                        .isEqualTo(new Money(cents).text(locale));
            }
        }
    }

    @Test
    void a_list_in_a_text_is_written_as_the_language_lists() {
        var texts = new Texts();
        var amounts = List.of(Money.ofEuros(1), Money.ofEuros(2), Money.ofEuros(3));
        assertThat(texts.get(Locale.GERMAN, "allocation.why.about", amounts))
                .isEqualTo("rund 1\u00a0€, 2\u00a0€ und 3\u00a0€");
    }
}
