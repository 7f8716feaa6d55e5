package motette.audit;

import io.micronaut.core.annotation.Introspected;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The public log.
 *
 * @param kind    of deeds wanted; empty for all
 * @param subject typed or linked, as "idea:128" or "128"; empty for all
 * @param before  only rows with a smaller id; 0 on the first page
 * @param more    whether older ones follow
 * @param auditor whether the reader may take the full export
 */
@Introspected
record LogPage(
        List<String> kinds,
        String kind,
        String subject,
        long before,
        List<LogLine> lines,
        boolean more,
        boolean auditor) {

    boolean isNarrow() {
        return !kind.isEmpty() || !subject.isEmpty();
    }

    /** The first page of deeds of that kind, about the same subject. */
    String ofKind(String other) {
        return address(other, 0);
    }

    /** The first page with the same filter. */
    String newest() {
        return address(kind, 0);
    }

    /** The next page with the same filter. */
    String older() {
        return address(kind, lines.getLast().id());
    }

    private String address(String ofKind, long from) {
        var parameters = new ArrayList<String>();
        if (!ofKind.isEmpty()) {
            parameters.add("kind=" + ofKind);
        }
        if (!subject.isEmpty()) {
            parameters.add("subject=" + URLEncoder.encode(subject, StandardCharsets.UTF_8));
        }
        if (from > 0) {
            parameters.add("before=" + from);
        }
        return parameters.isEmpty() ? "/audit" : "/audit?" + String.join("&", parameters);
    }
}
