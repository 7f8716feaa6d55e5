package motette.site;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.web.router.Router;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import motette.limits.FormGate;
import motette.people.FormTokens;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.places.Tiles;
import motette.shared.Languages;
import motette.shared.Say;
import motette.shared.Texts;

/** Gives every page its frame, so that features need not know of it. */
@Singleton
final class Frames {

    private static final Pattern OF_THE_LANGUAGE = Pattern.compile("(^|&)lang=[^&]*");

    /** Pages that anybody reads alike; drafts, desks and what belongs to a person are not among them. */
    private static final Pattern FOR_EVERYBODY = Pattern.compile(
            "/|/(?:about|words|accessibility|privacy|imprint|audit|ideas|districts|budgets|council|allocation/how|insights/money)"
                + "|/ideas/\\d+|/(?:districts|budgets)/[^/]+(?:/\\d+)?");

    private final String assets;
    private final String home;
    private final boolean demo;
    private final String cityName;
    private final ReadersLanguage languages;
    private final FormTokens tokens;
    private final FormGate gate;
    private final Texts texts;
    private final Roles roles;
    private final Previews previews;
    private final Tiles tiles;
    private final BeanProvider<Router> router;

    Frames(
            @Value("${motette.assets.version}") String version,
            @Value("${motette.base-url}") String home,
            @Value("${motette.demo}") boolean demo,
            CityPack city,
            ReadersLanguage languages,
            FormTokens tokens,
            FormGate gate,
            Texts texts,
            Roles roles,
            Previews previews,
            Tiles tiles,
            BeanProvider<Router> router) {
        this.assets = "/assets/" + version;
        this.home = home.replaceFirst("/+$", "");
        this.demo = demo;
        this.cityName = city.name();
        this.languages = languages;
        this.tokens = tokens;
        this.gate = gate;
        this.texts = texts;
        this.roles = roles;
        this.previews = previews;
        this.tiles = tiles;
        this.router = router;
    }

    void addTo(Map<String, Object> model, HttpRequest<?> request) {
        var locale = languages.resolveOrDefault(request);
        model.put("frame", frame(request, locale));
        model.put("say", new Say(texts, locale));
        model.put("gate", gate);
        model.put("preview", previews.of(model.get("page"), request, locale));
        model.put("tiles", tiles);
    }

    private Frame frame(HttpRequest<?> request, Locale locale) {
        var visitor =
                request.getUserPrincipal(Authentication.class).map(Visitor::of).orElse(Visitor.GUEST);
        var held = held(visitor);
        var here = here(request);
        return new Frame(
                Languages.tag(locale),
                Languages.direction(locale),
                assets,
                assets + "/components/icon/icons.svg",
                place(request.getPath()),
                tokens.tokenFor(visitor),
                here,
                URLEncoder.encode(here, StandardCharsets.UTF_8),
                demo,
                visitor.isSignedIn(),
                visitor.pseudonym(),
                held.contains(RoleName.COORDINATOR),
                held.contains(RoleName.CHAIR) || held.contains(RoleName.COUNCILLOR),
                held.contains(RoleName.OFFICER)
                        || held.contains(RoleName.ADMINISTRATOR)
                        || held.contains(RoleName.AUDITOR),
                cityName,
                isForEverybody(request) ? canonical(here, asked(request, locale)) : "",
                Languages.ALL.contains(Languages.LEICHT) && !locale.equals(Languages.LEICHT)
                        ? spoken(here, Languages.LEICHT)
                        : "",
                Languages.ALL.stream()
                        .map(other -> new Frame.Language(
                                Languages.tag(other),
                                Languages.ownName(other),
                                Languages.direction(other),
                                spoken(here, other),
                                canonical(here, other),
                                other.equals(locale)))
                        .toList());
    }

    private static boolean isForEverybody(HttpRequest<?> request) {
        return (request.getMethodName().equals("GET") || request.getMethodName().equals("HEAD"))
                && FOR_EVERYBODY.matcher(request.getPath()).matches();
    }

    /** The language that the address names; one that we chose by what the browser speaks gives the page no address of its own. */
    private static Locale asked(HttpRequest<?> request, Locale locale) {
        return request.getParameters().contains("lang") ? locale : Languages.standard();
    }

    /** The standard language has the bare address. */
    private String canonical(String here, Locale locale) {
        return home + (locale.equals(Languages.standard()) ? here : spoken(here, locale));
    }

    private static String spoken(String here, Locale locale) {
        return here + (here.contains("?") ? "&" : "?") + "lang=" + Languages.tag(locale);
    }

    /** What somebody acts in at this moment; asked only for those whose token names a role, who are few. */
    private Set<RoleName> held(Visitor visitor) {
        return visitor.roles().isEmpty()
                ? Set.of()
                : roles.running(visitor.personId()).stream()
                        .map(Roles.Held::name)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A page answered to a form has no address of its own to come back to; the page that the form stood on has. */
    private String here(HttpRequest<?> request) {
        return switch (request.getMethodName()) {
            case "GET", "HEAD" -> withoutLanguage(request.getUri());
            default -> formPage(request);
        };
    }

    private String formPage(HttpRequest<?> request) {
        try {
            var page = URI.create(request.getHeaders().get(HttpHeaders.REFERER, String.class, ""));
            var ours = page.getRawAuthority() != null
                    && page.getRawAuthority().equals(request.getHeaders().get(HttpHeaders.HOST));
            return ours && router.get().GET(page.getRawPath()).isPresent() ? withoutLanguage(page) : "/";
        } catch (IllegalArgumentException unreadable) {
            return "/";
        }
    }

    /** Begins with exactly one slash: two would name another site. */
    private static String withoutLanguage(URI page) {
        var query = page.getRawQuery();
        var kept = query == null ? "" : OF_THE_LANGUAGE.matcher(query).replaceAll("");
        var rest = kept.startsWith("&") ? kept.substring(1) : kept;
        return "/" + inside(page.getRawPath()) + (rest.isEmpty() ? "" : "?" + rest);
    }

    /** A path without the slashes it begins with. */
    private static String inside(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return path.substring(start);
    }

    private static String place(String path) {
        var inside = inside(path);
        int end = inside.indexOf('/');
        var first = (end < 0 ? inside : inside.substring(0, end)).toLowerCase(Locale.ROOT);
        return switch (first) {
            case "" -> "home";
            case "ideas" -> path.startsWith("/ideas/new") ? "propose" : "ideas";
            case "budgets", "insights" -> "budgets";
            case "council", "allocation" -> "council";
            case "moderation" -> "desk";
            case "sign-in", "me", "people", "residence", "limits" -> "me";
            default -> "";
        };
    }
}
