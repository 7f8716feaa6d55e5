package motette.site;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/**
 * Whoever reads pages and names nothing else (link checkers, archives, readers for the blind that fetch by themselves) gets pages and
 * the files they link to. The framework takes a route that names no type for one that answers JSON and would say 406.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ReadersOfPages {

    private static final String ANYTHING_ELSE = "*/*;q=0.1";

    @RequestFilter
    @PreMatching
    void accept(HttpRequest<?> request) {
        if (request.getHeaders() instanceof MutableHttpHeaders headers
                && headers.accept().contains(MediaType.TEXT_HTML_TYPE)
                && !headers.accept().contains(MediaType.ALL_TYPE)) {
            headers.add(HttpHeaders.ACCEPT, ANYTHING_ELSE);
        }
    }
}
