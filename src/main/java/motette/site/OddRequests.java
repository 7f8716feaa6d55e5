package motette.site;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.web.router.RouteAttributes;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns away, before anything reads it, what no page of ours sends: more than a form holds, and text that is none. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OddRequests implements Ordered {

    private static final long MOST_OF_A_FORM = 256 * 1024;
    private static final long MOST_OF_AN_UPLOAD = 16 * 1024 * 1024;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Pattern ODD = Pattern.compile("%(?![0-9A-Fa-f]{2})|%00");

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (ODD.matcher(request.getUri().toString()).find()) {
            throw new HttpStatusException(HttpStatus.BAD_REQUEST, "unreadable address");
        } else if (request.getPath().startsWith("/assets/") && !READING.contains(request.getMethodName())) {
            throw new HttpStatusException(HttpStatus.METHOD_NOT_ALLOWED, "files are read");
        } else if (request.getContentLength() > most(request)) {
            throw new HttpStatusException(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too large");
        }
    }

    /** What takes files says so where its address is declared; nobody has to remember it here. */
    private static long most(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.POST && isInParts(request) && takesParts(request)
                ? MOST_OF_AN_UPLOAD
                : MOST_OF_A_FORM;
    }

    private static boolean isInParts(HttpRequest<?> request) {
        return request.getContentType()
                .filter(MediaType.MULTIPART_FORM_DATA_TYPE::matches)
                .isPresent();
    }

    private static boolean takesParts(HttpRequest<?> request) {
        return RouteAttributes.getRouteInfo(request)
                .filter(route -> route.getConsumes().contains(MediaType.MULTIPART_FORM_DATA_TYPE))
                .isPresent();
    }
}
