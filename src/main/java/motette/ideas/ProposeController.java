package motette.ideas;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import motette.bodies.Bodies;
import motette.limits.FormGate;
import motette.limits.Pause;
import motette.limits.Suspicion;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.places.Places;
import motette.shared.Languages;
import motette.shared.Problems;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** Proposing in four steps: place, idea, who it helps, check. Every step is a page and a form; the draft is kept in between. */
@Controller("/ideas/new")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class ProposeController {

    static final String COOKIE = "draft";

    private static final Pattern REMOVAL = Pattern.compile("remove-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Drafts drafts;
    private final ProposePages pages;
    private final IdeaService service;
    private final SimilarIdeas similarIdeas;
    private final Photos photos;
    private final Places places;
    private final Bodies bodies;
    private final Catalogue catalogue;
    private final CityPack city;
    private final Allowance allowance;
    private final FormGate gate;
    private final boolean secure;

    ProposeController(
            Drafts drafts,
            ProposePages pages,
            IdeaService service,
            SimilarIdeas similarIdeas,
            Photos photos,
            Places places,
            Bodies bodies,
            Catalogue catalogue,
            CityPack city,
            Allowance allowance,
            FormGate gate,
            @Value("${motette.secure-cookies}") boolean secure) {
        this.drafts = drafts;
        this.pages = pages;
        this.service = service;
        this.similarIdeas = similarIdeas;
        this.photos = photos;
        this.places = places;
        this.bodies = bodies;
        this.catalogue = catalogue;
        this.city = city;
        this.allowance = allowance;
        this.gate = gate;
        this.secure = secure;
    }

    @Get
    HttpResponse<?> begin() {
        return to("place");
    }

    // Step 1: the place

    @Get("/place")
    HttpResponse<?> place(
            HttpRequest<?> request, @QueryValue(defaultValue = "") String find, Visitor visitor, Locale locale) {
        return page("place", 1, draft(request), Problems.none(), find, visitor, locale);
    }

    @Post("/place")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> choosePlace(
            HttpRequest<?> request, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        var chosen = new PlaceChoice(places).of(form);
        var typed = chosen.fields();
        var draft = save(request, visitor, typed);
        if ("find".equals(form.get("deed")) && !form.getOrDefault("find", "").isBlank()) {
            return keep(
                    draft, page("place", 1, draft, Problems.none(), form.getOrDefault("find", ""), visitor, locale));
        } else if (chosen.isOutside()) {
            var problems = Problems.none().add("place", "propose.place.outside", city.name());
            return keep(draft, page("place", 1, draft, problems, "", visitor, locale));
        } else {
            var problems = new IdeaForm(draft).placeProblems(places, bodies);
            return keep(
                    draft,
                    problems.isEmpty()
                            ? to("topic")
                            : page("place", 1, draft, problems, form.getOrDefault("find", ""), visitor, locale));
        }
    }

    // Step 2: the idea

    @Get("/topic")
    HttpResponse<?> topic(HttpRequest<?> request, Visitor visitor, Locale locale) {
        return page("topic", 2, draft(request), Problems.none(), "", visitor, locale);
    }

    @Post("/topic")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> chooseTopic(
            HttpRequest<?> request, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        var draft = save(request, visitor, DraftFields.topic(form));
        var problems = new IdeaForm(draft).topicProblems(catalogue);
        if (!problems.isEmpty()) {
            return keep(draft, page("topic", 2, draft, problems, "", visitor, locale));
        } else {
            return keep(draft, to(similar(draft, visitor, locale).isEmpty() ? "text" : "similar"));
        }
    }

    /** Before the text is asked for: is it there already? */
    @Get("/similar")
    HttpResponse<?> similar(HttpRequest<?> request, Visitor visitor, Locale locale) {
        var draft = draft(request);
        var similar = similar(draft, visitor, locale);
        return similar.isEmpty()
                ? to("text")
                : HttpResponse.ok(View.of(
                        "ideas/propose-similar", pages.of(2, draft, Problems.none(), "", similar, visitor, locale)));
    }

    @Get("/text")
    HttpResponse<?> text(HttpRequest<?> request, Visitor visitor, Locale locale) {
        return page("text", 2, draft(request), Problems.none(), "", visitor, locale);
    }

    @Post("/text")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<?> write(
            HttpRequest<?> request,
            @Part @Nullable String description,
            @Part @Nullable String kind,
            @Part @Nullable String cost,
            @Part @Nullable String language,
            @Part @Nullable String alt,
            @Part @Nullable String deed,
            @Part @Nullable CompletedFileUpload photo,
            Visitor visitor,
            Locale locale) {
        var draft = save(request, visitor, DraftFields.text(description, kind, cost, language));
        var wanted = deed == null ? "" : deed;
        var problems = Problems.none();
        if (REMOVAL.matcher(wanted).matches()) {
            photos.remove(draft.id(), UUID.fromString(wanted.substring("remove-".length())));
        } else if (photo != null
                && photo.getFilename() != null
                && !photo.getFilename().isEmpty()) {
            allowance
                    .photo(draft.id(), visitor, request)
                    .map(Pause::refusal)
                    .or(() -> photos.add(draft.id(), photo.getSize(), () -> bytes(photo), alt == null ? "" : alt))
                    .ifPresent(refusal -> problems.add(
                            "photo",
                            refusal.reason().key(),
                            refusal.reason().args().toArray()));
        } else if (wanted.equals("photo")) {
            problems.add("photo", "propose.photo.missing");
        }
        if (wanted.isEmpty() || wanted.equals("next")) {
            new IdeaForm(draft)
                    .textProblems()
                    .list()
                    .forEach(problem -> problems.add(
                            problem.getKey(),
                            problem.getValue().key(),
                            problem.getValue().args().toArray()));
            return keep(
                    draft, problems.isEmpty() ? to("groups") : page("text", 2, draft, problems, "", visitor, locale));
        } else {
            return keep(
                    draft,
                    problems.isEmpty()
                            ? HttpResponse.seeOther(URI.create("/ideas/new/text#photos"))
                            : page("text", 2, draft, problems, "", visitor, locale));
        }
    }

    // Step 3: who it helps

    @Get("/groups")
    HttpResponse<?> groups(HttpRequest<?> request, Visitor visitor, Locale locale) {
        return page("groups", 3, draft(request), Problems.none(), "", visitor, locale);
    }

    @Post("/groups")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> chooseGroups(
            HttpRequest<?> request, @Body Map<String, Object> form, Visitor visitor, Locale locale) {
        var chosen = form.get("groups") instanceof List<?> many
                ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(form.getOrDefault("groups", ""));
        var draft = save(request, visitor, Map.of(Draft.GROUPS, chosen));
        var problems = new IdeaForm(draft).groupProblems(catalogue);
        return keep(draft, problems.isEmpty() ? to("check") : page("groups", 3, draft, problems, "", visitor, locale));
    }

    // Step 4: check and hand in

    @Get("/check")
    HttpResponse<?> check(HttpRequest<?> request, Visitor visitor, Locale locale) {
        var draft = draft(request);
        var form = new IdeaForm(draft);
        if (!form.placeProblems(places, bodies).isEmpty()) {
            return to("place");
        } else if (!form.topicProblems(catalogue).isEmpty()) {
            return to("topic");
        } else if (!form.textProblems().isEmpty()) {
            return to("text");
        } else if (!form.groupProblems(catalogue).isEmpty()) {
            return to("groups");
        } else {
            return page("check", 4, draft, Problems.none(), "", visitor, locale);
        }
    }

    @Post("/submission")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> handIn(HttpRequest<?> request, @Body Map<String, String> form, Visitor visitor, Locale locale) {
        allowance.handIn(visitor);
        var ticket = ticket(request);
        return (isOfThisPage(ticket, form)
                        ? service.handIn(ticket, visitor, Languages.writtenIn(locale), odd(ticket, form))
                        : Optional.<IdeaService.HandedIn>empty())
                .<HttpResponse<?>>map(idea -> forget(HttpResponse.seeOther(
                        URI.create("/ideas/" + idea.number() + "?said=" + (idea.revised() ? "revised" : "thanks")))))
                .orElseGet(() -> to("check"));
    }

    /** A page of an older draft, left open in another window, hands nothing in. */
    static boolean isOfThisPage(String ticket, Map<String, String> form) {
        return Drafts.idOf(ticket)
                .filter(id -> id.toString().equals(form.get("draft")))
                .isPresent();
    }

    /** The last step with an address of a guest that no mail would reach. */
    HttpResponse<?> checkAgain(HttpRequest<?> request, String email, Visitor visitor, Locale locale) {
        var asUsual = check(request, visitor, locale);
        return asUsual.status() == HttpStatus.OK
                ? page(
                        "check",
                        4,
                        draft(request),
                        Problems.none().add("email", "sign-in.problem.email"),
                        email,
                        visitor,
                        locale)
                : asUsual;
    }

    /** Saves what is typed while it is typed. */
    @Post("/draft")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> save(HttpRequest<?> request, @Body Map<String, Object> form, Visitor visitor) {
        var typed = new HashMap<String, String>();
        for (var field : List.of(
                Draft.TITLE, Draft.DESCRIPTION, Draft.KIND, Draft.COST, Draft.PLACE, Draft.CATEGORY, Draft.LANGUAGE)) {
            if (form.get(field) instanceof String text) {
                typed.put(field, text);
            }
        }
        return keep(save(request, visitor, typed), HttpResponse.noContent());
    }

    @Post("/discard")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> discard(HttpRequest<?> request) {
        drafts.find(ticket(request)).ifPresent(drafts::discard);
        return forget(to("place"));
    }

    /** The author of a returned idea mends it: its words become a draft. */
    @Post("/revision/{number:[0-9]+}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> revise(String number, Visitor visitor) {
        return service.reopen(IdeaController.numberOf(number), visitor)
                .<HttpResponse<?>>map(draft -> keep(draft, to("place")))
                .orElseGet(HttpResponse::notFound);
    }

    boolean hasSimilar(Draft draft, Visitor visitor, Locale locale) {
        return !similar(draft, visitor, locale).isEmpty();
    }

    private List<SimilarIdeas.Similar> similar(Draft draft, Visitor visitor, Locale locale) {
        return draft.has(Draft.LON) && draft.has(Draft.LAT) && draft.has(Draft.TITLE)
                ? similarIdeas.to(
                        draft.get(Draft.CATEGORY),
                        draft.get(Draft.TITLE),
                        Double.parseDouble(draft.get(Draft.LON)),
                        Double.parseDouble(draft.get(Draft.LAT)),
                        visitor.personId(),
                        draft.has(Draft.REVISES) ? Long.parseLong(draft.get(Draft.REVISES)) : 0,
                        locale)
                : List.of();
    }

    private MutableHttpResponse<?> page(
            String name, int step, Draft draft, Problems problems, String find, Visitor visitor, Locale locale) {
        var body = View.of("ideas/propose-" + name, pages.of(step, draft, problems, find, List.of(), visitor, locale));
        return problems.isEmpty()
                ? HttpResponse.ok(body)
                : HttpResponse.unprocessableEntity().body(body);
    }

    private Draft draft(HttpRequest<?> request) {
        return drafts.find(ticket(request)).orElseGet(() -> drafts.begin(Map.of()));
    }

    /** A draft counts when it is stored for the first time, not with every word that is saved. */
    private Draft save(HttpRequest<?> request, Visitor visitor, Map<String, String> typed) {
        return drafts.save(
                drafts.find(ticket(request)).orElseGet(() -> {
                    allowance.begin(visitor, request, typed);
                    return drafts.begin(Map.of());
                }),
                typed);
    }

    /** The check is read in a moment by who has written it all; the whole is not written in one. */
    Set<Suspicion> odd(String ticket, Map<String, String> form) {
        var odd = EnumSet.noneOf(Suspicion.class);
        odd.addAll(gate.look(form, Duration.ofSeconds(1)));
        if (drafts.isYounger(ticket, Marks.WRITING_TAKES)) {
            odd.add(Suspicion.TOO_FAST);
        }
        return odd;
    }

    static String ticket(HttpRequest<?> request) {
        return request.getCookies().findCookie(COOKIE).map(Cookie::getValue).orElse("");
    }

    HttpResponse<?> keep(Draft draft, MutableHttpResponse<?> answer) {
        return answer.cookie(Cookie.of(COOKIE, draft.ticket())
                .path("/")
                .maxAge(Drafts.KEPT)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Lax));
    }

    HttpResponse<?> forget(MutableHttpResponse<?> answer) {
        return answer.cookie(Cookie.of(COOKIE, "")
                .path("/")
                .maxAge(0)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Lax));
    }

    private static MutableHttpResponse<?> to(String step) {
        return HttpResponse.seeOther(URI.create("/ideas/new/" + step));
    }

    private static byte[] bytes(CompletedFileUpload upload) {
        try {
            return upload.getBytes();
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }
}
