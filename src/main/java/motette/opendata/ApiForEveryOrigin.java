package motette.opendata;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Set;

/** Pages of other sites may read the API: it is public and never personal. Only reading, and nothing but the API. */
@ServerFilter("/api/v1/**")
final class ApiForEveryOrigin {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    @ResponseFilter
    void allow(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (READING.contains(request.getMethodName())) {
            response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                    .header(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, HttpHeaders.ETAG);
        }
    }
}
