package motette.oparl;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The interface: it begins at {@code /oparl/v1.1/system}, everything else is found by its links. */
@Controller(OparlObjects.ROOT)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class OparlController {

    /** What the links of a list repeat. */
    private static final Set<String> PARAMETERS = Set.of(
            "limit",
            "created_since",
            "created_until",
            "modified_since",
            "modified_until",
            "organization",
            "omit_internal");

    private final OparlObjects objects;
    private final JsonMapper json;

    OparlController(OparlObjects objects, JsonMapper json) {
        this.objects = objects;
        this.json = json;
    }

    @Get(value = "/system", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> system(HttpRequest<?> request) {
        return answer(request, objects.system());
    }

    @Get(value = "/{kind}", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> list(HttpRequest<?> request, String kind) {
        var sent = new TreeMap<String, String>();
        request.getParameters().asMap().forEach((name, values) -> {
            if (PARAMETERS.contains(name)) {
                sent.put(name, values.getFirst());
            }
        });
        if (kind.equals("bodies")) {
            return answer(request, objects.bodies(sent));
        } else {
            var known = Kind.ofMany(kind).orElseThrow(OparlProblem::notThere);
            return answer(request, objects.list(known, Wanted.of(request.getParameters()), sent));
        }
    }

    @Get(value = "/{kind}/{key}", produces = MediaType.APPLICATION_JSON)
    HttpResponse<?> one(HttpRequest<?> request, String kind, String key) {
        if (!key.matches("[a-z0-9-]{1,60}")) {
            throw OparlProblem.notThere();
        }
        return answer(
                request,
                kind.equals("body")
                        ? objects.body(key)
                        : objects.one(Kind.ofOne(kind).orElseThrow(OparlProblem::notThere), key));
    }

    @Error(exception = OparlProblem.class)
    HttpResponse<?> problem(OparlProblem problem) {
        return HttpResponse.status(problem.status())
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(write(Map.of("type", Kind.schema("Error"), "message", problem.sentence())));
    }

    /** The tag is the content's own, so that every copy of the application answers with the same. */
    private HttpResponse<?> answer(HttpRequest<?> request, Map<String, Object> object) {
        var body = write(object);
        var tag = "\"" + HexFormat.of().formatHex(sha256(body), 0, 16) + "\"";
        var answer = isKnown(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH), tag)
                ? HttpResponse.notModified()
                : HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }

    private static boolean isKnown(@Nullable String tags, String tag) {
        return tags != null
                && Arrays.stream(tags.split(","))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals(tag) || each.equals("*"));
    }

    private byte[] write(Object answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
