package motette.votes;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import motette.shared.Languages;
import motette.shared.View;

/** What came out of a round, and the files to count it again. */
@Controller("/votes/{slug}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class ResultController {

    /** A file that is published never changes. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final RoundRepository rounds;
    private final Results results;
    private final RollDays days;
    private final Publishing publishing;
    private final HttpLocaleResolver locales;
    private final Clock clock;

    ResultController(
            RoundRepository rounds,
            Results results,
            RollDays days,
            Publishing publishing,
            HttpLocaleResolver locales,
            Clock clock) {
        this.rounds = rounds;
        this.results = results;
        this.days = days;
        this.publishing = publishing;
        this.locales = locales;
        this.clock = clock;
    }

    @Get("/result")
    HttpResponse<?> result(String slug, HttpRequest<?> request) {
        return round(slug)
                .<HttpResponse<?>>map(round -> HttpResponse.ok(View.of("votes/result", page(round, request))))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/files.zip")
    HttpResponse<?> all(String slug) {
        return published(slug)
                .<HttpResponse<?>>map(round -> file(round.slug() + ".zip", "application/zip", packed(round)))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/files/{name}")
    HttpResponse<?> one(String slug, String name) {
        return published(slug)
                .flatMap(round -> publishing.file(round.id(), name))
                .<HttpResponse<?>>map(content -> file(name, type(name), content))
                .orElseGet(HttpResponse::notFound);
    }

    private Optional<Round> round(String slug) {
        return rounds.find(slug).filter(round -> round.phase(clock.instant()).isPublic());
    }

    private Optional<Round> published(String slug) {
        return round(slug).filter(round -> round.publishedAt().isPresent());
    }

    private ResultPage page(Round round, HttpRequest<?> request) {
        return round.publishedAt()
                .flatMap(at -> results.of(round))
                .map(result -> ResultPage.of(
                        round,
                        result,
                        days.of(round),
                        results.quarters(),
                        publishing.list(round.id()),
                        locales.resolveOrDefault(request).equals(Languages.LEICHT)))
                .orElseGet(() -> ResultPage.waiting(round, round.phase(clock.instant())));
    }

    private byte[] packed(Round round) {
        var out = new ByteArrayOutputStream();
        try {
            Archive.pack(round.slug(), publishing.published(round.id()), out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "json" -> MediaType.APPLICATION_JSON;
            case "pdf" -> MediaType.APPLICATION_PDF;
            default -> "text/plain;charset=utf-8";
        };
    }

    private static HttpResponse<?> file(String name, String type, byte[] content) {
        return HttpResponse.ok(content)
                .contentType(MediaType.of(type))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header(HttpHeaders.CACHE_CONTROL, FOR_EVER);
    }
}
