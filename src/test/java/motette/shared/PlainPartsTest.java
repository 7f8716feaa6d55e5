package motette.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.exceptions.TemplateEngineException;
import org.thymeleaf.templateresolver.StringTemplateResolver;
import org.unbescape.html.HtmlEscape;

/** A part marked th:plain prints what the standard dialect prints, the first time and ever after. */
class PlainPartsTest {

    private static final String CARDS = """
        <ul th:plain="" th:class="${wide ? 'cards' : ''}"><li th:each="c, n : ${cards}" th:if="${c.shown}" \
        th:data-number="${c.number}"><a th:href="|/ideas/${c.number}|" th:title="${c.title}">[[${c.title}]]</a>\
        <b th:unless="${n.last}" th:attr="data-a=${c.number == 1 ? 'one' : null},data-b=${c.number + 1}">[[${c.loud('!')}]]</b>\
        <option th:selected="${c.number == 2}" th:value="${''}">x</option><img src="/x.png" th:alt="${c.title}"></li></ul>\
        """;

    record Card(int number, String title, boolean shown) {

        String loud(Object sign) {
            return title + sign;
        }
    }

    private final TemplateEngine engine = engine(true);

    @Test
    void it_prints_the_same_as_the_standard_dialect_again_and_again() {
        var model = Map.<String, Object>of(
                "wide",
                true,
                "cards",
                List.of(
                        new Card(1, "Bänke & <Licht>", true),
                        new Card(2, "Beete", false),
                        new Card(3, "\"Rad\"", true)));
        var standard = render(engine(false), CARDS.replace(" th:plain=\"\"", ""), model);
        for (int i = 0; i < 3; i++) {
            assertThat(render(engine, CARDS, model)).isEqualTo(standard);
        }
        assertThat(standard).contains("Bänke &amp; &lt;Licht&gt;", "href=\"/ideas/3\"", "data-a=\"one\"");
    }

    /** Tests and pieces of the page within a loop, loops in loops, and an expression that only OGNL knows. */
    @Test
    void what_is_the_same_in_every_turn_is_printed_in_every_turn() {
        var template = "<ul th:plain=\"\"><li th:each=\"c : ${cards}\"><h2 th:if=\"${wide}\""
                + " th:text=\"|${sprite}#${c.title}|\"></h2><h3 th:unless=\"${wide}\">no</h3><a"
                + " th:href=\"|${sprite}/a&b/${c.number}|\">x</a><i th:each=\"o : ${cards}\""
                + " th:title=\"|${sprite}!|\" th:text=\"${c.number * 10 + o.number}\"></i></li></ul>";
        for (var wide : List.of(true, false)) {
            var model = Map.<String, Object>of(
                    "wide",
                    wide,
                    "sprite",
                    "\"/icons\"",
                    "cards",
                    List.of(new Card(1, "<eins>", true), new Card(2, "zwei", false)));
            var standard = render(engine(false), template.replace(" th:plain=\"\"", ""), model);
            for (int i = 0; i < 3; i++) {
                assertThat(render(engine, template, model)).isEqualTo(standard);
            }
            assertThat(standard).contains("12", "21", "&quot;/icons&quot;/a&amp;b/2");
        }
    }

    @Test
    void what_is_said_once_in_a_language_is_said_in_that_language_only() {
        var texts = new Texts();
        var template =
                "<p th:plain=\"\" th:title=\"#{nav.ideas}\">[[#{nav.home}]] <b th:each=\"c : ${cards}\">[[#{nav.me}]]"
                        + " [[${c.number}]]</b><i>[[#{ideas.count(${cards.size()}, 1, 2)}]]</i></p>";
        var model = Map.<String, Object>of("cards", List.of(new Card(1, "eins", true), new Card(2, "zwei", true)));
        render(engine, template, model);
        for (int i = 0; i < 2; i++) {
            for (var locale : List.of(Locale.GERMAN, Locale.ENGLISH, Locale.of("ar"))) {
                assertThat(engine.process(template, new Context(locale, model)))
                        .isEqualTo("<p title=\"%1$s\">%2$s <b>%3$s 1</b><b>%3$s 2</b><i>%4$s</i></p>"
                                .formatted(
                                        escaped(texts.get(locale, "nav.ideas")),
                                        escaped(texts.get(locale, "nav.home")),
                                        escaped(texts.get(locale, "nav.me")),
                                        escaped(texts.get(locale, "ideas.count", 2, 1, 2))));
            }
        }
    }

    @Test
    void indentation_becomes_a_line_break_where_it_means_nothing() {
        for (int i = 0; i < 3; i++) {
            var page = render(
                    engine, "<div th:plain=\"\">\n    <p>one\n  two</p>\n  <pre>a\n   b</pre> c  d\n</div>", Map.of());
            assertThat(page)
                    .isEqualTo(
                            i == 0
                                    ? "<div>\n    <p>one\n  two</p>\n  <pre>a\n   b</pre> c  d\n</div>"
                                    : "<div>\n<p>one\ntwo</p>\n<pre>a\n   b</pre> c  d\n</div>");
        }
    }

    /** A whole page: its frame, a fragment given to the frame, and one in a loop with a piece of the turn and one of the page. */
    @Test
    void fragments_are_taken_in_as_the_standard_dialect_takes_them_in() {
        var template = """
            <main th:plain="" th:replace="~{:: frame(title=${heading}, kind='wide', content=~{:: content})}">
            in vain <i th:utext="${heading}"></i></main>
            <th:block th:remove="all">
            <section th:fragment="frame(title, kind, content)" th:class="|page ${kind}|"><h1>[[${title}]]</h1>
            <th:block th:replace="${content}"></th:block></section>
            <th:block th:fragment="content"><p th:title="${title}">[[${cards.size()}]]</p>
            <ul><li th:each="c : ${cards}"><b th:replace="~{:: card(${c.title}, 3, true)}"></b>
            <i th:replace="~{:: card(${heading}, 2, false)}"/></li></ul></th:block>
            <b th:fragment="card(words, level, loud)" th:if="${words != null}" th:data-level="${level + 1}">
            [[${words}]][[${loud} ? '!' : '.']] [[${heading}]]</b>
            </th:block>
            """.replace("\n", "");
        var model = Map.<String, Object>of(
                "heading",
                "Ideen & <mehr>",
                "title",
                "outside",
                "cards",
                List.of(new Card(1, "eins", true), new Card(2, "\"zwei\"", true)));
        var standard = render(engine(false), template.replace(" th:plain=\"\"", ""), model);
        for (int i = 0; i < 3; i++) {
            assertThat(render(engine, template, model)).isEqualTo(standard);
        }
        assertThat(standard)
                .startsWith("<section class=\"page wide\"><h1>Ideen &amp; &lt;mehr&gt;</h1><p title=\"Ideen")
                .contains("<li><b data-level=\"4\">eins! Ideen &amp; &lt;mehr&gt;</b><b data-level=\"3\">Ideen")
                .doesNotContain("in vain");
    }

    @Test
    void what_a_loop_says_of_a_standing_list_is_kept_for_that_list_and_language_only() {
        var template = "<ul th:plain=\"\"><li th:plain=\"standing\" th:each=\"c : ${cards}\" th:title=\"#{nav.ideas}\">"
                + "[[${c.title}]]<b th:if=\"${c.shown}\">!</b></li></ul>";
        var plain = template.replaceAll(" th:plain=\"\\w*\"", "");
        var texts = new Texts();
        var lists = List.of(
                new Standing<>(List.of(new Card(1, "eins & <a>", true), new Card(2, "zwei", false))),
                new Standing<>(List.of(new Card(3, "drei", true))),
                new Standing<>(List.<Card>of()),
                List.of(new Card(4, "vier", true)));
        render(engine, template, Map.of("cards", List.of()));
        for (int i = 0; i < 3; i++) {
            for (var cards : lists) {
                for (var locale : List.of(Locale.GERMAN, Locale.ENGLISH)) {
                    var model = Map.<String, Object>of("cards", cards);
                    var title = escaped(texts.get(locale, "nav.ideas"));
                    assertThat(engine.process(template, new Context(locale, model)))
                            .isEqualTo(render(
                                    engine(false),
                                    plain.replace("th:title=\"#{nav.ideas}\"", "title=\"" + title + "\""),
                                    model));
                }
            }
        }
    }

    @Test
    void a_fragment_that_only_the_rendering_would_know_is_a_fault() {
        assertThatThrownBy(() ->
                        render(engine, "<p th:plain=\"\"><i th:replace=\"${chosen}\"></i></p>", Map.of("chosen", "x")))
                .hasStackTraceContaining("th:replace=\"${chosen}\"' cannot stand in a part marked th:plain");
        assertThatThrownBy(() -> render(
                        engine,
                        "<p th:plain=\"\"><i th:if=\"${x}\" th:replace=\"~{:: a}\"></i></p><b th:fragment=\"a\">a</b>",
                        Map.of("x", true)))
                .hasStackTraceContaining("th:if=\"${x}\"' cannot stand in a part marked th:plain");
    }

    @Test
    void what_people_wrote_is_never_worked_out() {
        var model = Map.<String, Object>of("secret", "leaked", "written", "[[${secret}]] [(${secret})] <b>&");
        for (int i = 0; i < 3; i++) {
            assertThat(render(engine, "<p th:plain=\"\" th:title=\"${written}\">[[${written}]]</p>", model))
                    .doesNotContain("leaked", "<b>")
                    .contains("[[${secret}]]");
        }
    }

    @Test
    void a_part_that_is_not_plain_is_named() {
        assertThatThrownBy(() -> render(engine, "<p th:plain=\"\"><i th:utext=\"${x}\"></i></p>", Map.of("x", "y")))
                .isInstanceOf(TemplateEngineException.class)
                .hasStackTraceContaining("th:utext=\"${x}\"' cannot stand in a part marked th:plain");
    }

    @Test
    void expressions_mean_what_ognl_means() {
        var model = Map.<String, Object>of(
                "c",
                new Card(7, "Rad", true),
                "list",
                List.of("a", "b"),
                "map",
                Map.of("key", "value"),
                "empty",
                "",
                "zero",
                0);
        for (var expression : List.of(
                "c.number",
                "c.title + c.number",
                "c.number + 1",
                "c.number == 7 and c.shown",
                "not c.shown or zero > 0",
                "map.key",
                "map.get('key')",
                "list.size()",
                "list.isEmpty() ? 'none' : list.size() + ' of them'",
                "c.title == 'Rad'",
                "c.title != ''",
                "'#' + c.title",
                "'a' + c.number + 'b'",
                "zero == 0",
                "zero <= 0",
                "c.number >= 8",
                "null",
                "empty == ''",
                "(c.number + 1) == 8",
                "!c.shown",
                "c.title.length() * 2",
                "list[1]")) {
            var template = "<p th:text=\"${" + expression.replace("<", "&lt;").replace(">", "&gt;") + "}\"></p>";
            assertThat(render(engine, template, model))
                    .as(expression)
                    .isEqualTo(render(engine(false), template, model));
        }
    }

    private static TemplateEngine engine(boolean ours) {
        TemplateTexts.readRecords();
        var engine = new TemplateEngine();
        engine.setTemplateResolver(new StringTemplateResolver());
        if (ours) {
            engine.addDialect(new PlainParts(new Texts()));
            Expressions.install(engine);
        }
        return engine;
    }

    private static String escaped(String text) {
        return HtmlEscape.escapeHtml4Xml(text);
    }

    private static String render(TemplateEngine engine, String template, Map<String, Object> model) {
        return engine.process(template, new Context(Locale.GERMAN, model));
    }
}
