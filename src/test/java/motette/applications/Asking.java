package motette.applications;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import motette.Browser;
import motette.shared.Time;

/** Somebody who writes an application through the forms. */
final class Asking {

    static final int YEAR = LocalDate.now(Time.ZONE).getYear() + 1;

    private final Browser browser;
    private final String path;

    private Asking(Browser browser, String path) {
        this.browser = browser;
        this.path = path;
    }

    static Asking begin(Browser browser) {
        return begin(browser, Map.of());
    }

    static Asking begin(Browser browser, Map<String, String> more) {
        var form = new HashMap<>(more);
        form.put("csrf", browser.token());
        var to = Browser.location(browser.post("/applications", form));
        return new Asking(browser, to.replaceFirst("/place$", ""));
    }

    String path() {
        return path;
    }

    long number() {
        return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    }

    Browser browser() {
        return browser;
    }

    static Map<String, Map<String, String>> complete(String title) {
        var steps = new LinkedHashMap<String, Map<String, String>>();
        steps.put("place", Map.of("title", title, "quarter", "20", "place", "Rabet"));
        steps.put(
                "plan",
                Map.of(
                        "kind",
                        "own-project",
                        "what",
                        "Wir bauen Bänke im Schatten für alle im Quartier.",
                        "for-whom",
                        "Familien und Ältere",
                        "how",
                        "Wir bauen an drei Samstagen gemeinsam.",
                        "partners",
                        "",
                        "from",
                        YEAR + "-03-01",
                        "to",
                        YEAR + "-10-31"));
        steps.put(
                "applicant",
                Map.of(
                        "legal",
                        "person",
                        "name",
                        "Geheimnis Siebenschön",
                        "street",
                        "Verstecktgasse 7",
                        "postcode",
                        "04315",
                        "town",
                        "Leipzig",
                        "phone",
                        "0341 4711",
                        "email",
                        "",
                        "confirmed",
                        "yes"));
        steps.put(
                "money",
                Map.of(
                        "cost1-what",
                        "Holz",
                        "cost1-amount",
                        "1.000,50",
                        "asked",
                        "900,50",
                        "finance1-source",
                        "own-work",
                        "finance1-what",
                        "Arbeit",
                        "finance1-amount",
                        "100"));
        return steps;
    }

    Asking write(String title) {
        complete(title).forEach(this::step);
        return this;
    }

    /** The same from paper, with a stamp of four days ago. */
    Asking writeFromPaper(String title) {
        complete(title).forEach((step, typed) -> {
            var form = new HashMap<>(typed);
            if (step.equals("applicant")) {
                form.put("consent", "yes");
                form.put("received", LocalDate.now(Time.ZONE).minusDays(4).toString());
            }
            step(step, form);
        });
        return this;
    }

    Asking step(String step, Map<String, String> typed) {
        var answer = post(step, typed);
        if (answer.statusCode() != 303) {
            throw new AssertionError(step + " answers " + answer.statusCode() + "\n" + answer.body());
        }
        return this;
    }

    HttpResponse<String> post(String step, Map<String, String> typed) {
        var form = new HashMap<>(typed);
        form.put("csrf", browser.token());
        return browser.post(path + "/" + step, form);
    }

    HttpResponse<String> send(int version) {
        return post("submission", Map.of("version", String.valueOf(version), "no-start", "yes", "privacy", "yes"));
    }
}
