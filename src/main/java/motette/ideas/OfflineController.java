package motette.ideas;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.bodies.Bodies;
import motette.limits.FormGate;
import motette.limits.TooMany;
import motette.people.EmailAddress;
import motette.people.FormTokens;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.places.Places;
import motette.shared.Message;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.Texts;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/**
 * Ideas written without net. The form is the same for everybody and stays on the device; what a device kept comes here when it
 * has net again. Answers are for the device, which shows their sentences to the person.
 */
@Controller("/ideas/offline")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class OfflineController {

    /** Looked at before it is handed in, in the steps of proposing. */
    private static final String LOOK = "look";

    private final KeptIdeas kept;
    private final Drafts drafts;
    private final ProposePages pages;
    private final ProposeController proposing;
    private final Photos photos;
    private final Places places;
    private final Bodies bodies;
    private final Catalogue catalogue;
    private final CityPack city;
    private final Allowance allowance;
    private final FormGate gate;
    private final FormTokens tokens;
    private final Texts texts;
    private final JsonMapper json;

    OfflineController(
            KeptIdeas kept,
            Drafts drafts,
            ProposePages pages,
            ProposeController proposing,
            Photos photos,
            Places places,
            Bodies bodies,
            Catalogue catalogue,
            CityPack city,
            Allowance allowance,
            FormGate gate,
            FormTokens tokens,
            Texts texts,
            JsonMapper json) {
        this.kept = kept;
        this.drafts = drafts;
        this.pages = pages;
        this.proposing = proposing;
        this.photos = photos;
        this.places = places;
        this.bodies = bodies;
        this.catalogue = catalogue;
        this.city = city;
        this.allowance = allowance;
        this.gate = gate;
        this.tokens = tokens;
        this.texts = texts;
        this.json = json;
    }

    /**
     * Who would send now.
     *
     * @param sender number of the person; empty for a guest
     * @param csrf   for the header of what is sent; empty for a guest
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Sender(String sender, String csrf) {

        /** Without the token: this may end up in a log. */
        @Override
        public String toString() {
            return "Sender[]";
        }
    }

    @Get
    View form(Locale locale) {
        return View.of("ideas/offline", pages.offline(locale));
    }

    /** Asked before each sending, so that nothing goes out under the name of another, and with a token that still holds. */
    @Get("/sender")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<Sender> sender(Visitor visitor) {
        return HttpResponse.ok(new Sender(
                        visitor.isSignedIn() ? String.valueOf(visitor.personId()) : "", tokens.tokenFor(visitor)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /**
     * @param idea JSON object of texts: the fields of {@link Draft} and of the place step, {@code key}, {@code deed} ({@code look}
     *             or empty), {@code continues}, {@code email}, {@code alt0} to {@code alt4}, and the fields of {@link FormGate}
     */
    @Post
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<?> send(
            HttpRequest<?> request,
            @Part @Nullable String idea,
            @Part @Nullable CompletedFileUpload photo0,
            @Part @Nullable CompletedFileUpload photo1,
            @Part @Nullable CompletedFileUpload photo2,
            @Part @Nullable CompletedFileUpload photo3,
            @Part @Nullable CompletedFileUpload photo4,
            Visitor visitor,
            Locale locale) {
        var form = read(idea);
        var key = form.getOrDefault("key", "");
        if (!KeptIdeas.isKey(key)) {
            return needsYou(HttpStatus.UNPROCESSABLE_ENTITY, locale, List.of(Message.of("offline.unreadable")));
        }
        var before = kept.numberOf(key);
        if (before.isPresent()) {
            return told(HttpStatus.OK, sent(key, before.get()));
        }
        try {
            return send(request, form, Arrays.asList(photo0, photo1, photo2, photo3, photo4), visitor, locale);
        } catch (TooMany tooMany) {
            var pause = tooMany.pause();
            return told(
                    HttpStatus.TOO_MANY_REQUESTS,
                    OfflineAnswer.later(
                            texts.get(locale, pause.refusal().reason()),
                            pause.length().toSeconds()));
        } catch (Refused refused) {
            var refusal = refused.refusal();
            return told(
                    HttpStatus.CONFLICT,
                    OfflineAnswer.needsYou(
                            List.of(texts.get(locale, refusal.reason())),
                            refusal.wayOut(),
                            refusal.wayOutText().isEmpty() ? "" : texts.get(locale, refusal.wayOutText())));
        }
    }

    private HttpResponse<?> send(
            HttpRequest<?> request,
            Map<String, String> form,
            List<@Nullable CompletedFileUpload> uploads,
            Visitor visitor,
            Locale locale) {
        var looks = LOOK.equals(form.get("deed"));
        var chosen = new PlaceChoice(places).of(form);
        var fields = fields(form, chosen);
        var email = form.getOrDefault("email", "").strip();
        var address = EmailAddress.of(email);
        var problems = looks ? List.<Message>of() : problems(fields, chosen.isOutside(), email, address);
        if (!problems.isEmpty()) {
            return needsYou(HttpStatus.UNPROCESSABLE_ENTITY, locale, problems);
        } else if (looks && hasAnotherDraft(request, form)) {
            return told(
                    HttpStatus.CONFLICT,
                    OfflineAnswer.needsYou(
                            List.of(texts.get(locale, "offline.another-draft")),
                            "/ideas/new/place",
                            texts.get(locale, "offline.another-draft.open")));
        } else {
            allow(looks, visitor, request, fields);
            var sending = new KeptIdeas.Sending(
                    form.getOrDefault("key", ""),
                    fields,
                    continues(form),
                    ProposeController.ticket(request),
                    encoded(uploads, form, visitor, request));
            return looks
                    ? look(sending, visitor, locale)
                    : told(
                            HttpStatus.OK,
                            sent(
                                    sending.key(),
                                    kept.handIn(
                                            sending,
                                            visitor,
                                            address.orElse(null),
                                            allowance.mayMail(address),
                                            locale,
                                            gate.look(form, Marks.WRITING_TAKES))));
        }
    }

    private HttpResponse<?> look(KeptIdeas.Sending sending, Visitor visitor, Locale locale) {
        return kept.toDraft(sending, visitor)
                .<HttpResponse<?>>map(draft -> proposing.keep(
                        draft,
                        told(
                                HttpStatus.OK,
                                OfflineAnswer.draft(
                                        proposing.hasSimilar(draft, visitor, locale)
                                                ? "/ideas/new/similar"
                                                : "/ideas/new/check"))))
                .orElseGet(() -> told(
                        HttpStatus.OK,
                        sent(sending.key(), kept.numberOf(sending.key()).orElse(0L))));
    }

    private OfflineAnswer sent(String key, long number) {
        return OfflineAnswer.sent(
                number, kept.codeOf(key).map(LookUpCode::grouped).orElse(""));
    }

    private void allow(boolean looks, Visitor visitor, HttpRequest<?> request, Map<String, String> fields) {
        if (looks) {
            allowance.begin(visitor, request, fields);
        } else if (visitor.isSignedIn()) {
            allowance.handIn(visitor);
        } else {
            allowance.handInAsGuest(request);
        }
    }

    private List<KeptIdeas.Photo> encoded(
            List<@Nullable CompletedFileUpload> uploads,
            Map<String, String> form,
            Visitor visitor,
            HttpRequest<?> request) {
        var encoded = new ArrayList<KeptIdeas.Photo>();
        for (int i = 0; i < uploads.size(); i++) {
            var upload = uploads.get(i);
            if (upload != null) {
                var alt = form.getOrDefault("alt" + i, "").strip();
                allowance
                        .photo(KeptIdeas.draftOf(form.getOrDefault("key", "")), visitor, request)
                        .ifPresent(pause -> {
                            throw new TooMany(pause);
                        });
                encoded.add(new KeptIdeas.Photo(photos.encode(upload.getSize(), () -> bytes(upload), alt), alt));
            }
        }
        return List.copyOf(encoded);
    }

    private Map<String, String> fields(Map<String, String> form, PlaceChoice.Chosen chosen) {
        var fields = new HashMap<>(chosen.fields());
        fields.putAll(DraftFields.topic(form));
        fields.putAll(DraftFields.text(
                form.get(Draft.DESCRIPTION), form.get(Draft.KIND), form.get(Draft.COST), form.get(Draft.LANGUAGE)));
        fields.put(Draft.GROUPS, form.getOrDefault(Draft.GROUPS, ""));
        return Map.copyOf(fields);
    }

    private List<Message> problems(
            Map<String, String> fields, boolean outside, String email, Optional<String> address) {
        var form = new IdeaForm(new Draft(new UUID(0, 0), "", fields));
        var all = new ArrayList<Message>();
        var place = outside
                ? Problems.none().add("place", "propose.place.outside", city.name())
                : form.placeProblems(places, bodies);
        for (var step :
                List.of(place, form.topicProblems(catalogue), form.textProblems(), form.groupProblems(catalogue))) {
            step.list().forEach(problem -> all.add(problem.getValue()));
        }
        if (!email.isEmpty() && address.isEmpty()) {
            all.add(Message.of("sign-in.problem.email"));
        }
        return all;
    }

    /** Something else was begun in this browser; it would be lost behind the new one. */
    private boolean hasAnotherDraft(HttpRequest<?> request, Map<String, String> form) {
        var ticket = ProposeController.ticket(request);
        return drafts.find(ticket)
                .filter(draft -> draft.has(Draft.TITLE) || draft.has(Draft.DESCRIPTION))
                .filter(draft -> !Optional.of(draft.id()).equals(continues(form))
                        && !draft.id().equals(KeptIdeas.draftOf(form.getOrDefault("key", ""))))
                .isPresent();
    }

    private static Optional<UUID> continues(Map<String, String> form) {
        var id = form.getOrDefault("continues", "");
        return id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(id))
                : Optional.empty();
    }

    private Map<String, String> read(@Nullable String idea) {
        try {
            return idea == null
                    ? Map.of()
                    : json.readValue(idea.getBytes(StandardCharsets.UTF_8), Argument.mapOf(String.class, String.class));
        } catch (IOException unreadable) {
            return Map.of();
        }
    }

    private static byte[] bytes(CompletedFileUpload upload) {
        try {
            return upload.getBytes();
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    private HttpResponse<?> needsYou(HttpStatus status, Locale locale, List<Message> sentences) {
        return told(
                status,
                OfflineAnswer.needsYou(
                        sentences.stream()
                                .map(sentence -> texts.get(locale, sentence))
                                .toList(),
                        "",
                        ""));
    }

    private static MutableHttpResponse<?> told(HttpStatus status, OfflineAnswer answer) {
        return HttpResponse.status(status).body(answer).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
