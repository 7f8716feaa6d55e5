package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.Map;
import motette.PortalTest;
import motette.shared.Languages;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest(transactional = false)
class ReadersLanguageTest extends PortalTest {

    @ParameterizedTest
    @CsvSource({
        "/?lang=ar, lang=ru, uk, ar, rtl",
        "/, lang=ar, uk, ar, rtl",
        "/, lang=de-simple, uk, de-simple, ltr",
        "/, '', 'uk-UA,en;q=0.5', uk, ltr",
        "/, '', 'de-simple,de;q=0.9', de-simple, ltr",
        "/, '', 'ar-SY,ar;q=0.9,en;q=0.5', ar, rtl",
        "/?lang=de-simple, '', en, de-simple, ltr",
        "/?lang=tlh, lang=en, ru, en, ltr",
        "/, lang=tlh, 'fr;q=0.9,ru;q=0.3', ru, ltr",
        "/, '', '', de, ltr",
        "/, '', 'not a language;;', de, ltr"
    })
    void the_address_counts_before_the_cookie_and_the_cookie_before_the_browser(
            String path, String cookie, String offered, String language, String direction) {
        var answer = browser().get(path, "Cookie", cookie.isEmpty() ? "x=y" : cookie, "Accept-Language", offered);
        var page = Jsoup.parse(answer.body());
        assertThat(page.select("html").attr("lang")).isEqualTo(language);
        assertThat(page.select("html").attr("dir")).isEqualTo(direction);
        assertThat(answer.headers().firstValue("Content-Language")).contains(language);
        assertThat(answer.headers().firstValue("Vary").orElse("")).contains("Cookie", "Accept-Language");
    }

    @Test
    void a_language_chosen_in_the_address_is_kept_on_the_device() {
        var browser = browser();
        assertThat(browser.get("/?lang=de-simple").headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("lang=de-simple;"));
        assertThat(browser.page("/ideas").select("html").attr("lang")).isEqualTo("de-simple");
    }

    @Test
    void every_language_is_offered_in_its_own_name_and_leichte_sprache_at_once() {
        var page = browser().page("/ideas?district=ost&lang=de");
        var links = page.select(".masthead .language a");
        assertThat(links.eachText())
                .containsExactly("Deutsch", "Leichte Sprache", "English", "Українська", "العربية", "Русский");
        assertThat(links.eachAttr("lang")).containsExactly("de", "de-simple", "en", "uk", "ar", "ru");
        assertThat(links.eachAttr("dir")).containsExactly("ltr", "ltr", "ltr", "ltr", "rtl", "ltr");
        assertThat(links.get(4).attr("href")).isEqualTo("/ideas?district=ost&lang=ar");
        assertThat(page.select(".masthead .leicht").attr("href")).isEqualTo("/ideas?district=ost&lang=de-simple");
        var leicht = browser().page("/?lang=de-simple");
        assertThat(leicht.select(".masthead .leicht")).isEmpty();
        assertThat(leicht.select(".footer a[href=/words]")).hasSize(1);
    }

    @Test
    void search_engines_find_each_language_at_an_address_of_its_own() {
        var page = browser().page("/districts/ost?lang=ar");
        assertThat(page.select("link[rel=canonical]").attr("href")).endsWith("/districts/ost?lang=ar");
        assertThat(page.select("link[rel=alternate][hreflang]").eachAttr("hreflang"))
                .containsExactly("de", "de-simple", "en", "uk", "ar", "ru", "x-default");
        assertThat(page.select("link[hreflang=de]").attr("href")).endsWith("/districts/ost");
        assertThat(page.select("link[hreflang=uk]").attr("href")).endsWith("/districts/ost?lang=uk");
        var chosenByUs = Jsoup.parse(
                browser().get("/districts/ost", "Accept-Language", "en").body());
        assertThat(chosenByUs.select("html").attr("lang")).isEqualTo("en");
        assertThat(chosenByUs.select("link[rel=canonical]").attr("href"))
                .as("the address without a language stays that of the page")
                .endsWith("/districts/ost");
        assertThat(browser().page("/ideas/new/place").select("link[rel=canonical]"))
                .as("a draft is for nobody else")
                .isEmpty();
    }

    @Test
    void somebody_chooses_the_language_of_their_mails() {
        var browser = browser().signIn(Town.resident(7));
        var answer = browser.submit(browser.page("/me"), "/me/language", Map.of("lang", "uk"));
        assertThat(answer.statusCode()).isEqualTo(303);
        var me = browser.follow(answer);
        assertThat(me.select("html").attr("lang")).isEqualTo("uk");
        assertThat(me.select("#language option[selected]").val()).isEqualTo("uk");
        assertThat(browser.submit(me, "/me/language", Map.of("lang", "tlh")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void hard_words_are_explained_in_leichte_sprache_whatever_the_reader_speaks() {
        for (var language : Languages.ALL) {
            var page = browser().page("/words?lang=" + Languages.tag(language));
            assertThat(page.select("dl.words").attr("lang")).isEqualTo("de-simple");
            assertThat(page.select("dl.words dt").eachText())
                    .hasSizeGreaterThan(35)
                    .anyMatch(word -> word.startsWith("Budget"));
            assertThat(page.select("dl.words dd").eachText()).allMatch(text -> text.length() > 10);
        }
        assertThat(browser().page("/about").select("a[href=/words]")).hasSize(1);
    }
}
