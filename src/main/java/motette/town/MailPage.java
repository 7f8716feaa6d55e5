package motette.town;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One mail of the demo city, its text in pieces. */
@Introspected
record MailPage(String recipient, String subject, Instant at, List<Piece> pieces) {

    /** @param href path on this site; empty for plain text */
    @Introspected
    record Piece(String text, String href) {}

    /** Only addresses of this portal become links, and only as paths, so that they work wherever the demo runs. */
    static List<Piece> pieces(String body, String home) {
        var link = Pattern.compile(
                Pattern.quote(home) + "(/[A-Za-z0-9/_?=&%.~#-]*[A-Za-z0-9/_=-])?(?=[.,;:!?)]*(?:\\s|$))");
        var pieces = new ArrayList<Piece>();
        var match = link.matcher(body);
        int from = 0;
        while (home.matches("https?://.+") && match.find()) {
            pieces.add(new Piece(body.substring(from, match.start()), ""));
            var path = match.group(1) == null ? "/" : match.group(1);
            pieces.add(path.startsWith("//") ? new Piece(match.group(), "") : new Piece(match.group(), path));
            from = match.end();
        }
        pieces.add(new Piece(body.substring(from), ""));
        return pieces;
    }
}
