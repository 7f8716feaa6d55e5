package motette.oparl;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Set;

/** Pages of other sites may read it, as OParl asks (specification 1.1, CORS). Only reading. */
@ServerFilter("/oparl/**")
final class OparlForEveryOrigin {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    @ResponseFilter
    void allow(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (READING.contains(request.getMethodName())) {
            response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                    .header(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, HttpHeaders.ETAG);
        }
    }
}
