package motette.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

    private final Texts texts = new Texts();

    @Test
    void six_languages_are_spoken_and_found_by_their_tags() {
        assertThat(Languages.ALL.stream().map(Languages::tag))
                .containsExactly("de", "de-simple", "en", "uk", "ar", "ru");
        for (var locale : Languages.ALL) {
            assertThat(Languages.find(Languages.tag(locale))).contains(locale);
        }
        assertThat(Languages.find("fr")).isEmpty();
        assertThat(Languages.find("")).isEmpty();
        assertThat(Languages.find("DE")).isEmpty();
        assertThat(Languages.writtenIn(Languages.LEICHT)).isEqualTo("de");
    }

    /** RFC 4647 § 3.4: a range is shortened from its end until a language is found. */
    @ParameterizedTest
    @CsvSource({
        "'de-simple,de;q=0.8', de-simple",
        "'de-DE,de;q=0.9,en;q=0.8', de",
        "'ar-SY', ar",
        "'ar-EG,en;q=0.5', ar",
        "'uk-UA,ru;q=0.7', uk",
        "'fr,ru;q=0.5', ru",
        "'en-GB', en",
        "'de-simple-DE', de-simple"
    })
    void what_a_browser_offers_is_looked_up(String offered, String found) {
        assertThat(Languages.lookUp(Locale.LanguageRange.parse(offered)).map(Languages::tag))
                .contains(found);
    }

    @Test
    void amounts_days_and_numbers_are_written_as_each_language_does_with_the_same_digits() {
        var money = Money.ofEuros(12_345);
        var day = LocalDate.of(2026, 11, 22);
        assertThat(money.text(Languages.LEICHT)).isEqualTo("12.345\u00a0€");
        assertThat(money.text(Languages.UKRAINIAN)).isEqualTo("12\u00a0345\u00a0€");
        assertThat(money.text(Languages.RUSSIAN)).isEqualTo("12\u00a0345\u00a0€");
        assertThat(money.text(Languages.ARABIC)).isEqualTo("\u200f12,345\u00a0€");
        assertThat(texts.day(Languages.LEICHT, day)).isEqualTo("22. November 2026");
        assertThat(texts.day(Languages.ARABIC, day)).isEqualTo("22 نوفمبر 2026");
        assertThat(texts.moment(Languages.ARABIC, Instant.parse("2026-11-22T08:30:00Z")))
                .isEqualTo("22 نوفمبر 2026، 09:30");
        assertThat(new Say(texts, Languages.ARABIC).number(4_711)).isEqualTo("4,711");
    }

    @Test
    void a_name_in_latin_letters_keeps_its_place_in_an_arabic_sentence_and_a_link_stays_bare() {
        var said = texts.get(Languages.ARABIC, "map.mini", "Grünau-Mitte, Straße 5 (Hof)");
        assertThat(said).contains("\u2068Grünau-Mitte, Straße 5 (Hof)\u2069");
        assertThat(texts.get(Languages.ARABIC, "notifications.link", "https://motette.example/ideas/1"))
                .contains("https://motette.example/ideas/1")
                .doesNotContain("\u2068");
        assertThat(texts.get(Locale.GERMAN, "map.mini", "Grünau")).doesNotContain("\u2068");
    }

    @Test
    void leichte_sprache_says_in_german_what_it_lacks() {
        assertThat(texts.get(Languages.LEICHT, "nav.accessibility")).isEqualTo("Barriere-Freiheit");
        var lacking = List.of("people.mappings.title", "residence.extracts.title", "audit.blocks.title").stream()
                .filter(texts::has)
                .toList();
        assertThat(lacking).isNotEmpty();
        assertThat(lacking)
                .allSatisfy(
                        key -> assertThat(texts.get(Languages.LEICHT, key)).isEqualTo(texts.get(Locale.GERMAN, key)));
    }
}
