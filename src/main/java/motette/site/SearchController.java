package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import motette.bodies.Bodies;
import motette.ideas.IdeaState;
import motette.places.Places;
import motette.shared.Time;

/** What search engines may read (RFC 9309) and where it is (sitemaps.org, protocol 0.9): public pages and nothing else. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class SearchController {

    private static final String CACHING = "public, max-age=3600";

    private static final List<String> PAGES = List.of(
            "/",
            "/ideas",
            "/districts",
            "/budgets",
            "/insights/money",
            "/council",
            "/about",
            "/allocation/how",
            "/audit",
            "/accessibility",
            "/privacy",
            "/imprint");

    private final PublicIdeas ideas;
    private final Places places;
    private final Bodies bodies;
    private final Clock clock;
    private final String home;

    SearchController(
            PublicIdeas ideas, Places places, Bodies bodies, Clock clock, @Value("${motette.base-url}") String home) {
        this.ideas = ideas;
        this.places = places;
        this.bodies = bodies;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /** Lists under every filter are the same ideas again; personal pages answer nobody else anyway. */
    @Get(value = "/robots.txt", produces = "text/plain;charset=utf-8")
    HttpResponse<String> robots() {
        return HttpResponse.ok("""
            User-agent: *
            Disallow: /ideas?
            Disallow: /ideas/markers
            Disallow: /me
            Disallow: /moderation
            Disallow: /people
            Disallow: /demo
            Sitemap: %s/sitemap.xml
            """.formatted(home)).header(HttpHeaders.CACHE_CONTROL, CACHING);
    }

    @Get(value = "/sitemap.xml", produces = "application/xml;charset=utf-8")
    HttpResponse<String> sitemap() {
        var map = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        PAGES.forEach(path -> map.append(entry(path)));
        places.districts().forEach(district -> map.append(entry("/districts/" + district.slug())));
        var year = LocalDate.now(clock.withZone(Time.ZONE)).getYear();
        bodies.all().forEach(body -> map.append(entry("/council/" + body.key() + "/" + year)));
        ideas.newest()
                .forEach(idea -> map.append("<url><loc>%s/ideas/%d</loc><lastmod>%s</lastmod></url>%n"
                        .formatted(home, idea.number(), idea.changed())));
        return HttpResponse.ok(map.append("</urlset>\n").toString()).header(HttpHeaders.CACHE_CONTROL, CACHING);
    }

    private String entry(String path) {
        return "<url><loc>" + home + path + "</loc></url>\n";
    }

    /** Ideas that everybody may see. */
    @Singleton
    static class PublicIdeas {

        /** A sitemap has at most 50,000 addresses. */
        private static final int MOST = 49_000;

        private final JdbcOperations jdbc;

        PublicIdeas(JdbcOperations jdbc) {
            this.jdbc = jdbc;
        }

        record Entry(long number, LocalDate changed) {}

        @Connectable
        List<Entry> newest() {
            return jdbc.prepareStatement(
                    "select i.number, (select max(e.at) from idea_events e where e.idea_number = i.number)"
                            + " from ideas i where i.state in " + IdeaState.PUBLIC_SQL
                            + " order by i.number desc limit "
                            + MOST,
                    statement -> {
                        var entries = new java.util.ArrayList<Entry>();
                        try (var rows = statement.executeQuery()) {
                            while (rows.next()) {
                                entries.add(new Entry(
                                        rows.getLong(1),
                                        LocalDate.ofInstant(rows.getTimestamp(2).toInstant(), Time.ZONE)));
                            }
                        }
                        return List.copyOf(entries);
                    });
        }
    }
}
