package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.Waiting;

/** What people do with the ballot papers of a round, without a screen. */
public final class PaperHands {

    private final String here;
    private final Waiting waiting;

    public PaperHands(String slug, Waiting waiting) {
        this.here = "/votes/" + slug + "/paper";
        this.waiting = waiting;
    }

    /** Printed, ten sheets. @return its number */
    public String stack(Browser browser, String district) {
        var made =
                browser.post(here + "/batches", Map.of("csrf", browser.token(), "district", district, "sheets", "10"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
        var batch = Browser.location(made).replaceAll(".*stack=", "");
        assertThat(print(browser, batch).statusCode()).isEqualTo(200);
        return batch;
    }

    HttpResponse<byte[]> print(Browser browser, String batch) {
        return browser.sendForBytes(
                HttpRequest.newBuilder(browser.home().resolve(here + "/batches/" + batch + "/print"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("csrf=" + browser.token()))
                        .build());
    }

    /** Numbers of its sheets. */
    public List<String> sheets(String batch) {
        return List.of(
                waiting.ask("select string_agg(number, ',' order by number) from vote_sheets where batch_id = " + batch)
                        .split(","));
    }

    /** What stands on the card of a person of the east. */
    public static Map<String, String> card(int number) {
        var form = new HashMap<String, String>();
        form.put("given", "Test" + (char) ('a' + number));
        form.put("family", "Person");
        form.put("born", "7.3.1980");
        form.put("street", "Prüfstraße " + number);
        form.put("postcode", "04315");
        form.put("quarter", "21");
        return form;
    }

    public HttpResponse<String> handOut(Browser browser, String batch, Map<String, String> card) {
        var fields = new HashMap<>(card);
        fields.put("csrf", browser.token());
        fields.put("stack", batch);
        fields.putIfAbsent("attempt", UUID.randomUUID().toString());
        return browser.post(here + "/hand-out", fields);
    }

    HttpResponse<String> look(Browser browser, String sheet) {
        return browser.post(here + "/sheet", Map.of("csrf", browser.token(), "code", sheet));
    }

    public HttpResponse<String> type(Browser browser, String sheet, String outcome, int... numbers) {
        var fields = ticks(sheet, outcome, numbers);
        fields.put("csrf", browser.token());
        return browser.post(here + "/entries", fields);
    }

    static Map<String, String> ticks(String sheet, String outcome, int... numbers) {
        var fields = IntStream.of(numbers)
                .boxed()
                .collect(Collectors.toMap(n -> "tick-" + n, n -> "1", (a, b) -> a, LinkedHashMap<String, String>::new));
        fields.put("sheet", sheet);
        fields.put("outcome", outcome);
        return fields;
    }

    void box(Browser browser, String batch, int sheets) {
        assertThat(browser.post(
                                here + "/batches/" + batch + "/box",
                                Map.of("csrf", browser.token(), "box", String.valueOf(sheets)))
                        .statusCode())
                .isEqualTo(303);
    }
}
