package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What everybody reads and downloads of a round that is over. */
@MicronautTest(transactional = false)
class ResultPagesTest extends PortalTest {

    @Inject
    TestRounds rounds;

    @Inject
    Urn urn;

    @Inject
    Counting counting;

    @Inject
    Publishing publishing;

    @Inject
    Waiting town;

    @Inject
    TestClock clock;

    private final Random random = new Random(2);

    @AfterEach
    void empty() {
        clock.reset();
        rounds.forgetAll();
    }

    private void vote(Round round, String quarter, Choice choice) {
        var key = new byte[32];
        random.nextBytes(key);
        urn.cast(round.slug(), new Voter(key, 0, TestRounds.OST, quarter, "30-44"), "", choice, "attempt");
    }

    private void publish(Round round) {
        clock.set(round.closesAt());
        counting.count(round.id());
        for (var person : List.of(Town.administrator(), Town.officer())) {
            town.change("insert into vote_signatures (round_id, person_id, at, office, protocol) select " + round.id()
                    + ", id, now(), 'office', sha256('protocol') from persons where demo_key = '" + person + "'");
        }
        publishing.publish(round.id(), rounds.visitor(Town.administrator()).personId());
        clock.reset();
    }

    @Test
    void until_it_is_published_the_page_says_how_far_it_is_and_nothing_else() {
        var round = rounds.announce(TestRounds.plan("stand", TestRounds.OST));
        var first = rounds.numbers(round, TestRounds.OST).getFirst();
        vote(round, "21", Choice.of(List.of(first)));
        assertThat(browser().page("/votes/stand/result").text())
                .contains("Ein Ergebnis gibt es erst nach dem Ende", "Es entscheidet der Stadtbezirksbeirat");
        clock.set(round.closesAt());
        assertThat(browser().page("/votes/stand/result").text()).contains("Jetzt wird ausgezählt");
        counting.count(round.id());
        var page = browser().page("/votes/stand/result");
        assertThat(page.text()).contains("sobald zwei Personen das Protokoll unterschrieben haben");
        assertThat(page.select("table")).isEmpty();
        for (var path : List.of("/files.zip", "/files/result.json", "/files/receipts.txt")) {
            assertThat(browser().get("/votes/stand" + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(browser().get("/votes/gibt-es-nicht/result").statusCode()).isEqualTo(404);
        rounds.prepare(TestRounds.plan("geheim", TestRounds.MITTE));
        assertThat(browser().get("/votes/geheim/result").statusCode()).isEqualTo(404);
    }

    @Test
    void a_published_result_says_who_took_part_what_it_got_what_the_rule_proposes_and_why(@TempDir Path folder)
            throws IOException {
        var round = rounds.announce(TestRounds.plan("fertig", TestRounds.OST).form(BallotForm.APPROVAL));
        var numbers = rounds.numbers(round, TestRounds.OST);
        for (int i = 0; i < 30; i++) {
            vote(round, i < 18 ? "21" : i < 29 ? "20" : "22", Choice.of(numbers.subList(0, i % 3)));
        }
        rounds.withdraw(round, numbers.get(1), "Der Platz wird schon gebaut.");
        publish(round);
        var page = browser().page("/votes/fertig/result");
        assertThat(page.select(".lead").text()).startsWith("30 Menschen haben abgestimmt.");
        var rows = page.select(".tally__table tbody tr");
        assertThat(rows).hasSize(numbers.size() - 1);
        assertThat(rows.getFirst().select(".tally__count strong").text()).isEqualTo("20");
        assertThat(rows.getFirst().select("rect").attr("width")).isEqualTo("100");
        assertThat(page.select(".verdict__word").eachText()).contains("Dabei", "Nicht dabei");
        assertThat(rows.select("details.why p").eachText()).isNotEmpty().noneMatch(String::isBlank);
        assertThat(page.select("[data-tone=sun]").text())
                .contains("10 Menschen hatten dafür gestimmt", "Der Platz wird schon gebaut.");
        var turnout = page.select(".tally__parts table");
        assertThat(turnout.select("caption").eachText()).containsExactly("Nach Ortsteil", "Wie viele abgestimmt haben");
        assertThat(turnout.getLast().select("tbody strong").eachText())
                .as("all on one day")
                .containsExactly("30");
        assertThat(turnout.getFirst().select("tbody tr").eachText())
                .hasSize(2)
                .anyMatch(row -> row.contains("18"))
                .anyMatch(row -> row.startsWith("Alle anderen zusammen 12"));
        assertThat(page.text()).contains("Es entscheidet der Stadtbezirksbeirat", "verify fertig.zip --manifest");

        var files = new TreeMap<String, byte[]>();
        for (var link : page.select("details a[download]").eachAttr("href")) {
            var answer = browser().get(link);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
            var name = link.replaceFirst(".*/", "");
            files.put(name, answer.body().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Recount.of(files).sentence()).startsWith("Intact: fertig, 30 ballots of 30 voters");
        var zip = folder.resolve("fertig.zip");
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            client.send(
                    java.net.http.HttpRequest.newBuilder(server.getURI().resolve("/votes/fertig/files.zip"))
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofFile(zip));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(Files.size(zip)).isPositive();
        var manifest = page.select(".tally__check code").text().replaceFirst(".* ", "");
        assertThat(new RoundVerifier()
                        .check(zip, Set.of(manifest))
                        .orElseThrow()
                        .intact())
                .isTrue();
        assertThat(browser().get("/votes/fertig/files/nothing.txt").statusCode())
                .isEqualTo(404);
    }

    @Test
    void points_say_from_how_many_people_they_come_and_every_language_has_the_page() {
        var round = rounds.announce(TestRounds.plan("punkte", TestRounds.OST).form(BallotForm.POINTS));
        var numbers = rounds.numbers(round, TestRounds.OST);
        for (int i = 0; i < 3; i++) {
            vote(round, "21", new Choice(new TreeMap<>(Map.of(numbers.getFirst(), 5, numbers.get(1), 1 + i))));
        }
        publish(round);
        var page = browser().page("/votes/punkte/result");
        var first = page.select(".tally__table tbody tr").getFirst();
        assertThat(first.select(".tally__count").text()).isEqualTo("15 von 3 Menschen");
        assertThat(page.text()).contains("Jeder Punkt zählt dabei wie eine Stimme.");
        assertThat(page.select(".tally__parts")).isEmpty();
        for (var language : List.of("de-simple", "en", "uk", "ar", "ru")) {
            assertThat(browser().page("/votes/punkte/result?lang=" + language).select(".tally__table tbody tr"))
                    .as(language)
                    .hasSize(numbers.size());
        }
    }
}
