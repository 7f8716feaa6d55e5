package motette.notifications;

import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import motette.ideas.IdeaState;
import motette.shared.Languages;
import motette.shared.Sql;
import motette.shared.Texts;

/** What happened in a place, newest first, for whoever follows it without telling us an address (Atom, RFC 4287). */
@Singleton
class Feed {

    private static final int MOST = 50;
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private static final String NEWS = """
        select e.id, e.kind, e.at, i.number, i.title, q.name
        from idea_events e join ideas i on i.number = e.idea_number join quarters q on q.key = i.quarter_key
        where (q.key = ? or q.district_key = ?) and i.state in\
        """ + " " + IdeaState.PUBLIC_SQL + """
         and e.kind in ('published', 'granted', 'granted-in-part', 'not-granted', 'postponed')
          and not exists (select from idea_events u where u.undoes = e.id)
        order by e.id desc limit\
        """ + " " + MOST;

    private final Sql sql;
    private final Texts texts;
    private final Clock clock;
    private final String home;

    Feed(Sql sql, Texts texts, Clock clock, @Value("${motette.base-url}") String home) {
        this.sql = sql;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    private record Line(long id, String kind, Instant at, long number, String title, String quarter) {}

    /** @param value which place the address of the feed names, as "q:21" */
    @Transactional(readOnly = true)
    String of(Watches.Place place, String value, Locale language) {
        var lines = sql.list(
                NEWS,
                row -> new Line(
                        row.getLong(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6)),
                String.valueOf(place.quarterKey()),
                String.valueOf(place.districtKey()));
        return feed(place, value, language, lines);
    }

    private String feed(Watches.Place place, String value, Locale language, List<Line> lines) {
        var tag = Languages.tag(language);
        var self =
                home + "/watches/news.atom?place=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&lang=" + tag;
        var feed = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"" + ATOM
                + "\" xml:lang=\"" + plain(tag) + "\">\n");
        element(feed, "id", self);
        element(feed, "title", texts.get(language, "watch.feed.title", place.name()));
        element(
                feed,
                "updated",
                moment(lines.stream().map(Line::at).max(Instant::compareTo).orElse(clock.instant())));
        link(feed, "self", self);
        link(feed, "alternate", home + "/ideas");
        feed.append("<author><name>Motette</name></author>\n");
        lines.forEach(line -> entry(feed, line, language));
        return feed.append("</feed>\n").toString();
    }

    private void entry(StringBuilder feed, Line line, Locale language) {
        var page = home + "/ideas/" + line.number();
        feed.append("<entry>\n");
        element(feed, "id", page + "#event-" + line.id());
        element(feed, "title", texts.get(language, "event." + line.kind()) + ": " + line.title());
        element(feed, "updated", moment(line.at()));
        element(feed, "summary", line.quarter());
        link(feed, "alternate", page);
        feed.append("</entry>\n");
    }

    private static void link(StringBuilder feed, String rel, String href) {
        feed.append("<link rel=\"" + rel + "\" href=\"" + plain(href) + "\"/>\n");
    }

    private static void element(StringBuilder feed, String name, String text) {
        feed.append("<" + name + ">" + plain(text) + "</" + name + ">\n");
    }

    /** Written by hand, because a library that writes XML could read it, too, and nothing here does. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cs}\\uFFFE\\uFFFF]", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
