package motette.ideas;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import motette.Browser;

/** A person on the way through the four steps, as a browser without script: each page is read and its form is sent. */
record Proposal(Browser browser) {

    static final String PLACE = "/ideas/new/place";
    static final String TOPIC = "/ideas/new/topic";
    static final String TEXT = "/ideas/new/text";
    static final String GROUPS = "/ideas/new/groups";
    static final String CHECK = "/ideas/new/check";
    static final String SUBMISSION = "/ideas/new/submission";

    HttpResponse<String> at(double lon, double lat) {
        return place(Map.of("lon", lon, "lat", lat));
    }

    HttpResponse<String> place(Map<String, ?> typed) {
        return browser.submit(browser.page(PLACE), PLACE, typed);
    }

    HttpResponse<String> topic(String title, String category) {
        return browser.submit(browser.page(TOPIC), TOPIC, Map.of("title", title, "category", category));
    }

    HttpResponse<String> text(Map<String, ?> typed) {
        var all = new HashMap<String, Object>(
                Map.of("description", Ideas.TEXT, "kind", "proposal", "cost", "", "deed", "next"));
        all.putAll(typed);
        return browser.submit(browser.page(TEXT), TEXT, all);
    }

    HttpResponse<String> groups(String... groups) {
        return browser.submit(browser.page(GROUPS), GROUPS, Map.of("groups", List.of(groups)));
    }

    HttpResponse<String> handIn() {
        return browser.submit(browser.page(CHECK), SUBMISSION, Map.of());
    }

    /** Everything but handing in. */
    Proposal written(String title) {
        at(12.3727, 51.3402);
        topic(title, "sitzen_rasten");
        text(Map.of());
        groups("alle");
        return this;
    }

    /** The number of the idea that the answer leads to. */
    static long number(HttpResponse<String> answer) {
        return Long.parseLong(Browser.location(answer).replaceAll("/ideas/(\\d+).*", "$1"));
    }

    /** The cookie that holds the draft, as the answer sets it. */
    static String ticket(HttpResponse<String> answer) {
        return answer.headers().allValues("set-cookie").stream()
                .filter(cookie -> cookie.startsWith("draft="))
                .map(cookie -> cookie.substring("draft=".length()).replaceAll(";.*", ""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No draft is kept: " + answer.headers()));
    }
}
