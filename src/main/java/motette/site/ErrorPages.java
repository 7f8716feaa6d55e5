package motette.site;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.codec.CodecException;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.exceptions.response.HateoasErrorResponseProcessor;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.netty.handler.codec.DecoderException;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import motette.limits.TooMany;
import motette.people.ForgedRequest;
import motette.people.SecondFactor;
import motette.shared.Denied;
import motette.shared.Refused;
import motette.shared.View;
import motette.signin.Confirming;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No dead ends: every way out that is not a page of a feature says why and offers the next useful thing. */
@Controller
class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    /** character_not_in_repertoire, and the same inside JSON: untranslatable_character. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    private static final String PROBLEM = "application/problem+json";

    /** foreign_key_violation */
    private static final String FOREIGN_KEY = "23503";

    private static final Pattern GONE = Pattern.compile("is not present in table \"persons\"|person \\d+ is gone");

    /** Parts of addresses that open something: links of mails, codes. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{16,}");

    private final PageRenderer renderer;
    private final BrowserRules rules;
    private final Confirming confirming;

    ErrorPages(PageRenderer renderer, BrowserRules rules, Confirming confirming) {
        this.renderer = renderer;
        this.rules = rules;
        this.confirming = confirming;
    }

    @Error(exception = ForgedRequest.class, global = true)
    HttpResponse<?> forged(HttpRequest<?> request, ForgedRequest forged) {
        return page(request, HttpStatus.FORBIDDEN, "forged", "");
    }

    /** Where only a second factor is missing, the page asks for it and then does what was asked. */
    @Error(exception = Refused.class, global = true)
    HttpResponse<?> refused(HttpRequest<?> request, Refused refused) {
        return SecondFactor.isAllThatIsMissing(refused.refusal())
                ? html(request, HttpStatus.FORBIDDEN, confirming.insteadOf(request))
                : html(request, HttpStatus.CONFLICT, View.of("site/refused", refused.refusal()));
    }

    /** What was typed stands in the page, to be sent again with one button. */
    @Error(exception = TooMany.class, global = true)
    HttpResponse<?> tooMany(HttpRequest<?> request, TooMany tooMany) {
        var status = HttpStatus.TOO_MANY_REQUESTS;
        var answer = isData(request)
                ? problem(request, status, "")
                : html(request, status, View.of("site/too-many", TooManyPage.of(tooMany, isInParts(request))));
        return answer.header(HttpHeaders.RETRY_AFTER, tooMany.pause().seconds());
    }

    /** Somebody signed in reads why not, and the way out; a guest may be somebody who may. */
    @Error(exception = Denied.class, global = true)
    HttpResponse<?> denied(HttpRequest<?> request, Denied denied) {
        if (request.getUserPrincipal().isEmpty()) {
            return toSignIn(request);
        } else if (isInterface(request)) {
            return page(request, HttpStatus.FORBIDDEN, "not-yours", "");
        } else {
            return html(
                    request,
                    HttpStatus.FORBIDDEN,
                    SecondFactor.isAllThatIsMissing(denied.refusal())
                            ? confirming.insteadOf(request)
                            : View.of("site/refused", denied.refusal()));
        }
    }

    /** A guest is asked to sign in and comes back; somebody signed in is told that the page is not theirs. */
    @Error(exception = AuthorizationException.class, global = true)
    HttpResponse<?> notYours(HttpRequest<?> request, AuthorizationException exception) {
        if (exception.isForbidden()) {
            return page(request, HttpStatus.FORBIDDEN, "not-yours", "");
        } else if (isInterface(request)) {
            return page(request, HttpStatus.UNAUTHORIZED, "not-yours", "");
        } else {
            return toSignIn(request);
        }
    }

    private static HttpResponse<?> toSignIn(HttpRequest<?> request) {
        var wanted = request.getMethodName().equals("GET") ? request.getUri().toString() : cameFrom(request);
        return HttpResponse.seeOther(URI.create("/sign-in?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8)));
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
            case EOFException gone -> page(request, HttpStatus.BAD_REQUEST, "bad-request", "");
            case CodecException unreadable -> page(request, HttpStatus.BAD_REQUEST, "bad-request", "");
            default -> {
                if (isUnstorable(fault) || isUndecodable(fault)) {
                    yield page(request, HttpStatus.BAD_REQUEST, "bad-request", "");
                } else if (isOfSomebodyGone(fault)) {
                    yield HttpResponse.seeOther(URI.create("/sign-in"));
                } else {
                    yield ourFault(request, fault);
                }
            }
        };
    }

    private static String kind(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND, METHOD_NOT_ALLOWED -> "not-found";
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

    /** What the server below us could not read as a request, as a length that is no number. */
    private static boolean isUndecodable(Throwable fault) {
        return fault instanceof IllegalArgumentException
                && fault.getStackTrace().length > 0
                && fault.getStackTrace()[0].getClassName().startsWith("io.netty.handler.codec.");
    }

    /** A deed that was under way on another device while the account was erased. Details do not stand in the message: they know people. */
    private static boolean isOfSomebodyGone(@Nullable Throwable fault) {
        return fault != null
                && (fault instanceof PSQLException sql
                                && FOREIGN_KEY.equals(sql.getSQLState())
                                && sql.getServerErrorMessage() instanceof ServerErrorMessage said
                                && GONE.matcher(said.getMessage() + " " + said.getDetail())
                                        .find()
                        || isOfSomebodyGone(fault.getCause()));
    }

    private HttpResponse<?> ourFault(HttpRequest<?> request, Throwable fault) {
        var reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.error(
                "fault reference={} method={} path={}",
                reference,
                request.getMethodName(),
                SECRET.matcher(request.getPath()).replaceAll("…"),
                fault);
        return page(request, HttpStatus.INTERNAL_SERVER_ERROR, "broken", reference);
    }

    /**
     * Answers of controllers without a page of their own get one here. Not by routes for statuses: where the body of a form comes
     * after its head, the framework (4.10) waits for it in a flow that it keeps, asks that same flow again for such a route, and
     * never ends.
     */
    @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
    static final class Bare implements Ordered {

        private static final Set<HttpStatus> SPOKEN = EnumSet.of(
                HttpStatus.NOT_FOUND,
                HttpStatus.METHOD_NOT_ALLOWED,
                HttpStatus.BAD_REQUEST,
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                HttpStatus.REQUEST_ENTITY_TOO_LARGE);

        private final ErrorPages pages;

        Bare(ErrorPages pages) {
            this.pages = pages;
        }

        /** Before every other filter sees the answer. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @ResponseFilter
        void speak(HttpRequest<?> request, MutableHttpResponse<?> response) {
            if (response.body() == null && SPOKEN.contains(response.status())) {
                pages.fill(request, response);
            }
        }
    }

    /** What the server says by itself: no such address, no such method, or nothing it can read as a request. */
    @Singleton
    @Replaces(HateoasErrorResponseProcessor.class)
    static final class OfTheServer implements ErrorResponseProcessor<Object> {

        private final ErrorPages pages;
        private final BrowserRules rules;

        OfTheServer(ErrorPages pages, BrowserRules rules) {
            this.pages = pages;
            this.rules = rules;
        }

        @Override
        @SuppressWarnings("unchecked")
        public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
            pages.fill(context.getRequest(), response);
            rules.tell(context.getRequest(), response);
            return (MutableHttpResponse<Object>) response;
        }
    }

    private void fill(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var status = response.status();
        if (isInterface(request)) {
            response.body(problem(status, "")).contentType(PROBLEM);
        } else {
            response.body(renderer.html(request, error(request, kind(status), "")))
                    .contentType(PageRenderer.HTML);
        }
    }

    private HttpResponse<?> page(HttpRequest<?> request, HttpStatus status, String kind, String reference) {
        return isInterface(request)
                ? problem(request, status, reference)
                : html(request, status, error(request, kind, reference));
    }

    private static View error(HttpRequest<?> request, String kind, String reference) {
        return View.of(
                "site/error",
                Map.of("kind", kind, "reference", reference, "back", kind.equals("too-large") ? form(request) : ""));
    }

    /** The page whose form was sent; empty where the browser does not say, or names nothing of this site. */
    private static String form(HttpRequest<?> request) {
        var path = cameFrom(request);
        return path.matches("/(?!/)[A-Za-z0-9/?=&._-]*") ? path : "";
    }

    private static String cameFrom(HttpRequest<?> request) {
        return request.getHeaders().get("Referer", String.class, "/").replaceFirst("^https?://[^/]+", "");
    }

    private static boolean isInterface(HttpRequest<?> request) {
        return request.getPath().startsWith("/api/") || request.getPath().startsWith("/oparl/");
    }

    private static boolean isData(HttpRequest<?> request) {
        return isInterface(request) || request.getPath().startsWith("/places/");
    }

    private static boolean isInParts(HttpRequest<?> request) {
        return request.getContentType()
                .filter(MediaType.MULTIPART_FORM_DATA_TYPE::matches)
                .isPresent();
    }

    private MutableHttpResponse<?> problem(HttpRequest<?> request, HttpStatus status, String reference) {
        var answer = HttpResponse.status(status).contentType(PROBLEM).body(problem(status, reference));
        rules.tell(request, answer);
        return answer;
    }

    /** As RFC 9457 says. */
    private static Map<String, Object> problem(HttpStatus status, String reference) {
        return Map.of("status", status.getCode(), "title", status.getReason(), "reference", reference);
    }

    /** Rendered here: the filter does not see what goes wrong before it. */
    private MutableHttpResponse<?> html(HttpRequest<?> request, HttpStatus status, View view) {
        var answer = HttpResponse.status(status).contentType(PageRenderer.HTML).body(renderer.html(request, view));
        rules.tell(request, answer);
        return answer;
    }
}
