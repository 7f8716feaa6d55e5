package motette.grants;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.limits.Limits;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.RowNumbers;
import motette.shared.Texts;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** The page on which who got a grant writes the proof of its use, with pictures. */
@Controller("/grants")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class ProofController {

    private final GrantRepository grants;
    private final ProofRepository proofs;
    private final GrantDeeds deeds;
    private final GrantRights rights;
    private final ProofPhotos photos;
    private final Limits limits;
    private final Texts texts;
    private final Clock clock;

    ProofController(
            GrantRepository grants,
            ProofRepository proofs,
            GrantDeeds deeds,
            GrantRights rights,
            ProofPhotos photos,
            Limits limits,
            Texts texts,
            Clock clock) {
        this.grants = grants;
        this.proofs = proofs;
        this.deeds = deeds;
        this.rights = rights;
        this.photos = photos;
        this.limits = limits;
        this.texts = texts;
        this.clock = clock;
    }

    @Get("/{resolution:[0-9]+}/proof")
    HttpResponse<?> write(String resolution, Visitor visitor, Locale locale) {
        return theirs(resolution, visitor)
                .<HttpResponse<?>>map(file -> file.takesProof()
                        ? HttpResponse.ok(View.of("grants/proof", page(file, typed(file), Problems.none(), locale)))
                        : toFile(file.id()))
                .orElseGet(HttpResponse::notFound);
    }

    /** Sends it; or shows it again with more rows and what the lines come to. */
    @Post("/{resolution:[0-9]+}/proof")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> send(String resolution, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        long id = RowNumbers.of(resolution);
        if (form.getOrDefault("again", "").matches("rows|sum")) {
            return theirs(resolution, visitor)
                    .<HttpResponse<?>>map(
                            file -> HttpResponse.ok(View.of("grants/proof", page(file, form, Problems.none(), locale))))
                    .orElseGet(HttpResponse::notFound);
        }
        var problems = deeds.act(visitor, id, "proof", form);
        if (problems.filter(Problems::isEmpty).isPresent()) {
            return HttpResponse.seeOther(URI.create("/grants/" + id + "/file?said=sent"));
        } else {
            return problems.flatMap(wrong -> grants.find(id).map(file -> page(file, form, wrong, locale)))
                    .<HttpResponse<?>>map(
                            page -> HttpResponse.unprocessableEntity().body(View.of("grants/proof", page)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    /** What the lines come to while they are typed. */
    @Post("/{resolution:[0-9]+}/sums")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> sums(String resolution, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        return theirs(resolution, visitor)
                .<HttpResponse<?>>map(file -> HttpResponse.ok(
                                ProofSums.of(ProofForm.of(file, grants.planned(file), form), texts, locale))
                        .contentType(MediaType.APPLICATION_JSON_TYPE))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{resolution:[0-9]+}/photos")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<?> photos(
            String resolution,
            @Part @Nullable String remove,
            @Part @Nullable String alt,
            @Part @Nullable CompletedFileUpload photo,
            Visitor visitor,
            Locale locale) {
        var found = theirs(resolution, visitor);
        if (found.isEmpty()) {
            return HttpResponse.notFound();
        }
        var file = found.get();
        var words = alt == null ? "" : GrantForm.text(Map.of("alt", alt), "alt");
        var problems = Problems.none();
        if (!file.takesProof()) {
            throw GrantBooks.no(file, "proof");
        } else if (remove != null && uuid(remove).isPresent()) {
            photos.remove(file, uuid(remove).get());
        } else if (photo == null
                || photo.getFilename() == null
                || photo.getFilename().isEmpty()) {
            problems.add("photo", "propose.photo.missing");
        } else if (GrantForm.length(words) < 3 || GrantForm.length(words) > 200) {
            problems.add("alt", "grants.photo.alt-problem");
        } else {
            limits.demand("grant-photos", visitor.personId());
            try {
                photos.add(visitor, file, photos.check(photo.getSize(), () -> bytes(photo)), words);
            } catch (Refused refused) {
                var reason = refused.refusal().reason();
                problems.add("photo", reason.key(), reason.args().toArray());
            }
        }
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create("/grants/" + file.id() + "/proof#photos"))
                : HttpResponse.unprocessableEntity()
                        .body(View.of("grants/proof", page(file, typed(file), problems, locale)));
    }

    @Get("/{resolution:[0-9]+}/photos/{photo}")
    HttpResponse<?> photo(String resolution, String photo, Visitor visitor) {
        return grants.find(RowNumbers.of(resolution))
                .filter(file -> rights.reads(visitor, file))
                .flatMap(file -> uuid(photo)
                        .flatMap(id -> photos.jpeg(
                                file.id(), id, rights.asking(visitor, file).isEmpty())))
                .<HttpResponse<?>>map(jpeg -> HttpResponse.ok(jpeg)
                        .contentType(MediaType.IMAGE_JPEG_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                        .header("X-Content-Type-Options", "nosniff"))
                .orElseGet(HttpResponse::notFound);
    }

    private ProofPage page(GrantFile file, Map<String, String> typed, Problems problems, Locale locale) {
        var form = ProofForm.of(file, grants.planned(file), typed);
        return new ProofPage(
                file,
                form.costs(),
                form.sources(),
                form.receipts(),
                ProofSums.of(form, texts, locale),
                form.get("kind", "final"),
                form.get("spent", ""),
                form.get("report", ""),
                photos.of(file.id()),
                LocalDate.now(clock),
                problems);
    }

    /** What was sent and given back stands there again. */
    private Map<String, String> typed(GrantFile file) {
        return file.outcome().equals("returned") ? ProofForm.again(proofs.of(file)) : Map.of();
    }

    private Optional<GrantFile> theirs(String resolution, Visitor visitor) {
        return grants.find(RowNumbers.of(resolution))
                .filter(file -> rights.reads(visitor, file)
                        && rights.asking(visitor, file).isEmpty());
    }

    private static HttpResponse<?> toFile(long id) {
        return HttpResponse.seeOther(URI.create("/grants/" + id + "/file"));
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private static byte[] bytes(CompletedFileUpload upload) {
        try {
            return upload.getBytes();
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }
}
