package motette.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2000        | 200000
        2.000       | 200000
        2 000 €     | 200000
        2.000,50    | 200050
        1,234.50    | 123450
        1.234.567   | 123456700
        14,5        | 1450
        14.05 EUR   | 1405
        € 3         | 300
        0           | 0
        ١٢٠         | 12000
        ١٢٠٫٥       | 12050
        ١٬٢٠٠ €     | 120000
        """)
    void what_people_type_is_read(String typed, long cents) {
        assertThat(Money.parse(typed)).contains(new Money(cents));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "viel",
                "-5",
                "1.2.3",
                "1,234,5",
                "12,345.678",
                "1e9",
                "NaN",
                "9999999999999",
                "1.000.000.000.000.000.000.000",
                "999.999.999.999.999.999,99"
            })
    void what_is_no_amount_is_not_guessed(String typed) {
        assertThat(Money.parse(typed)).isEqualTo(Optional.empty());
    }

    @Property
    void what_a_field_shows_again_is_read_as_the_same(@ForAll @LongRange(max = 99_999_999_999L) long cents) {
        assertThat(Money.parse(new Money(cents).typed())).contains(new Money(cents));
    }

    @Property
    void what_is_written_in_german_is_read_as_the_same(@ForAll @LongRange(max = 99_999_999_999L) long cents) {
        assertThat(Money.parse(new Money(cents).text(Locale.GERMAN))).contains(new Money(cents));
    }
}
