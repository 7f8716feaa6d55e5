package motette.site;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.codec.CodecException;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.netty.handler.codec.DecoderException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import motette.people.ForgedRequest;
import motette.shared.Refused;
import motette.shared.View;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No dead ends: every way out that is not a page of a feature says why and offers the next useful thing. */
@Controller
class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    /** character_not_in_repertoire, and the same inside JSON: untranslatable_character. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    private final PageRenderer renderer;

    ErrorPages(PageRenderer renderer) {
        this.renderer = renderer;
    }

    @Error(status = HttpStatus.NOT_FOUND, global = true)
    HttpResponse<?> notFound(HttpRequest<?> request) {
        return page(request, HttpStatus.NOT_FOUND, "not-found", "");
    }

    @Error(status = HttpStatus.METHOD_NOT_ALLOWED, global = true)
    HttpResponse<?> notAllowed(HttpRequest<?> request) {
        return page(request, HttpStatus.METHOD_NOT_ALLOWED, "not-found", "");
    }

    @Error(status = HttpStatus.BAD_REQUEST, global = true)
    HttpResponse<?> badRequest(HttpRequest<?> request) {
        return page(request, HttpStatus.BAD_REQUEST, "bad-request", "");
    }

    @Error(status = HttpStatus.UNSUPPORTED_MEDIA_TYPE, global = true)
    HttpResponse<?> unsupported(HttpRequest<?> request) {
        return page(request, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "bad-request", "");
    }

    @Error(status = HttpStatus.REQUEST_ENTITY_TOO_LARGE, global = true)
    HttpResponse<?> tooLarge(HttpRequest<?> request) {
        return page(request, HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "");
    }

    @Error(exception = ForgedRequest.class, global = true)
    HttpResponse<?> forged(HttpRequest<?> request, ForgedRequest forged) {
        return page(request, HttpStatus.FORBIDDEN, "forged", "");
    }

    @Error(exception = Refused.class, global = true)
    HttpResponse<?> refused(HttpRequest<?> request, Refused refused) {
        return html(request, HttpStatus.CONFLICT, View.of("site/refused", refused.refusal()));
    }

    /** A guest is asked to sign in and comes back; somebody signed in is told that the page is not theirs. */
    @Error(exception = AuthorizationException.class, global = true)
    HttpResponse<?> notYours(HttpRequest<?> request, AuthorizationException exception) {
        if (exception.isForbidden()) {
            return page(request, HttpStatus.FORBIDDEN, "not-yours", "");
        } else if (request.getPath().startsWith("/api/")) {
            return page(request, HttpStatus.UNAUTHORIZED, "not-yours", "");
        } else {
            var wanted = request.getMethodName().equals("GET")
                    ? request.getUri().toString()
                    : request.getHeaders().get("Referer", String.class, "/").replaceFirst("^https?://[^/]+", "");
            return HttpResponse.seeOther(
                    URI.create("/sign-in?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8)));
        }
    }

    @Error(global = true)
    HttpResponse<?> broken(HttpRequest<?> request, Throwable fault) {
        return switch (fault) {
            case HttpStatusException told -> page(request, told.getStatus(), kind(told.getStatus()), "");
            case ContentLengthExceededException tooLong ->
                page(request, HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "");
            case BufferLengthExceededException tooLong ->
                page(request, HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "");
            case URISyntaxException unreadable -> page(request, HttpStatus.BAD_REQUEST, "bad-request", "");
            case DecoderException unreadable -> page(request, HttpStatus.BAD_REQUEST, "bad-request", "");
            case UnsatisfiedRouteException unreadable -> page(request, HttpStatus.BAD_REQUEST, "bad-request", "");
            case ConversionErrorException unreadable -> page(request, HttpStatus.BAD_REQUEST, "bad-request", "");
            case CodecException unreadable -> page(request, HttpStatus.BAD_REQUEST, "bad-request", "");
            default ->
                isUnstorable(fault)
                        ? page(request, HttpStatus.BAD_REQUEST, "bad-request", "")
                        : ourFault(request, fault);
        };
    }

    private static String kind(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "not-found";
            case REQUEST_ENTITY_TOO_LARGE -> "too-large";
            default -> "bad-request";
        };
    }

    /** A character that PostgreSQL does not keep, above all NUL: nobody types it. */
    private static boolean isUnstorable(@Nullable Throwable fault) {
        return fault != null
                && (fault instanceof SQLException sql && UNSTORABLE.contains(String.valueOf(sql.getSQLState()))
                        || isUnstorable(fault.getCause()));
    }

    private HttpResponse<?> ourFault(HttpRequest<?> request, Throwable fault) {
        var reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("fault reference={} method={} path={}", reference, request.getMethodName(), request.getPath(), fault);
        return page(request, HttpStatus.INTERNAL_SERVER_ERROR, "broken", reference);
    }

    private HttpResponse<?> page(HttpRequest<?> request, HttpStatus status, String kind, String reference) {
        if (request.getPath().startsWith("/api/")) {
            return HttpResponse.status(status)
                    .contentType("application/problem+json")
                    .body(Map.of("status", status.getCode(), "title", status.getReason(), "reference", reference));
        } else {
            return html(request, status, View.of("site/error", Map.of("kind", kind, "reference", reference)));
        }
    }

    /** Rendered here: the filter does not see what goes wrong before it. */
    private HttpResponse<?> html(HttpRequest<?> request, HttpStatus status, View view) {
        return HttpResponse.status(status).contentType(PageRenderer.HTML).body(renderer.html(request, view));
    }
}
