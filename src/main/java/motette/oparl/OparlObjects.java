package motette.oparl;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import motette.oparl.OparlRepository.Addresses;
import motette.oparl.OparlRepository.Thing;
import motette.places.CityPack;
import motette.shared.Paging;

/**
 * Objects and lists with their addresses. The city is the one body (Körperschaft) in the sense of OParl; its councils are
 * organizations. What a property means is said at schema.oparl.org/1.1.
 */
@Singleton
class OparlObjects {

    /** Where the specification of this version begins. */
    static final String ROOT = "/oparl/v1.1";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);

    private final OparlRepository repository;
    private final CityPack city;
    private final JsonMapper json;
    private final Addresses at;
    private final String licence;
    private final String ags;

    OparlObjects(
            OparlRepository repository, CityPack city, JsonMapper json, @Value("${motette.base-url}") String baseUrl) {
        this.repository = repository;
        this.city = city;
        this.json = json;
        var site = baseUrl.replaceFirst("/$", "");
        this.at = new Addresses(site + ROOT, site, city.key());
        this.licence = city.said("licence", "url");
        this.ags = String.valueOf(read(city.text("city.json")).getOrDefault("ags", ""));
    }

    Map<String, Object> system() {
        var beginning = repository.beginning();
        var system = object(at.api() + "/system", "System");
        system.put("oparlVersion", Kind.schema(""));
        system.put("license", licence);
        system.put("body", at.api() + "/bodies");
        system.put("name", "Motette, " + city.name());
        system.put("contactName", contact());
        system.put("website", at.site() + "/");
        return timed(system, beginning, beginning);
    }

    Map<String, Object> bodies(Map<String, String> sent) {
        return page(List.of(body()), new Paging(1, 1, 1), "/bodies", sent);
    }

    /** @throws OparlProblem where it is another city */
    Map<String, Object> body(String key) {
        if (key.equals(city.key())) {
            return body();
        } else {
            throw OparlProblem.notThere();
        }
    }

    private Map<String, Object> body() {
        var beginning = repository.beginning();
        var terms = repository.list(Kind.LEGISLATIVE_TERM, at, everything());
        var body = object(at.api() + "/body/" + city.key(), "Body");
        body.put("system", at.api() + "/system");
        body.put("shortName", city.name());
        body.put("name", "Stadt " + city.name());
        body.put("website", at.site() + "/");
        body.put("license", licence);
        body.put("oparlSince", MOMENT.format(beginning));
        body.put("ags", ags);
        body.put("contactName", contact());
        body.put("classification", "Kommune");
        body.put("legislativeTerm", inner(Kind.LEGISLATIVE_TERM, terms));
        lists().forEach((property, kind) -> body.put(property, at.api() + "/" + kind.many()));
        body.put("web", at.site() + "/council");
        var modified = Stream.concat(Stream.of(beginning), terms.stream().map(Thing::modified))
                .max(Instant::compareTo)
                .orElse(beginning);
        return timed(body, beginning, modified);
    }

    private static Map<String, Kind> lists() {
        var lists = new LinkedHashMap<String, Kind>();
        lists.put("organization", Kind.ORGANIZATION);
        lists.put("person", Kind.PERSON);
        lists.put("membership", Kind.MEMBERSHIP);
        lists.put("meeting", Kind.MEETING);
        lists.put("agendaItem", Kind.AGENDA_ITEM);
        lists.put("paper", Kind.PAPER);
        lists.put("consultation", Kind.CONSULTATION);
        lists.put("file", Kind.FILE);
        lists.put("locationList", Kind.LOCATION);
        lists.put("legislativeTermList", Kind.LEGISLATIVE_TERM);
        return lists;
    }

    /** One page of an external list. */
    Map<String, Object> list(Kind kind, Wanted wanted, Map<String, String> sent) {
        var things = repository.list(kind, at, wanted);
        var paging = new Paging(wanted.page(), wanted.limit(), repository.count(kind, at, wanted));
        var objects = wanted.whole()
                ? whole(kind, things)
                : things.stream().map(thing -> plain(kind, thing, kind.inner())).toList();
        return page(objects, paging, "/" + kind.many(), sent);
    }

    /** @throws OparlProblem where there is none, and never was one in public */
    Map<String, Object> one(Kind kind, String key) {
        return repository
                .find(kind, at, key)
                .map(thing -> whole(kind, List.of(thing)).getFirst())
                .orElseThrow(OparlProblem::notThere);
    }

    /** With the inner objects of all of them, asked for once a property. */
    private List<Map<String, Object>> whole(Kind kind, List<Thing> things) {
        var objects = new ArrayList<Map<String, Object>>();
        things.forEach(thing -> objects.add(plain(kind, thing, Map.of())));
        new TreeMap<>(kind.inner()).forEach((property, inner) -> {
            var keys = objects.stream()
                    .flatMap(object -> keys(object.get(property)).stream())
                    .distinct()
                    .toList();
            var found = new HashMap<String, Map<String, Object>>();
            if (!keys.isEmpty()) {
                var there = repository.some(inner, at, keys).stream()
                        .filter(thing -> !thing.deleted())
                        .toList();
                var wholes = inner(inner, there);
                IntStream.range(0, there.size())
                        .forEach(i -> found.put(there.get(i).key(), wholes.get(i)));
            }
            objects.forEach(object -> object.computeIfPresent(
                    property,
                    (name, value) -> value instanceof List<?>
                            ? keys(value).stream()
                                    .filter(found::containsKey)
                                    .map(found::get)
                                    .toList()
                            : found.get(value)));
        });
        return objects;
    }

    private static List<String> keys(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> many -> many.stream().map(String::valueOf).toList();
            default -> List.of(String.valueOf(value));
        };
    }

    /** As they stand within another, with what stands within them: without what points back. */
    private List<Map<String, Object>> inner(Kind kind, List<Thing> things) {
        var objects = whole(kind, things);
        objects.forEach(object -> kind.backwards().forEach(object::remove));
        return objects;
    }

    /** @param without properties that are left out */
    private Map<String, Object> plain(Kind kind, Thing thing, Map<String, Kind> without) {
        var object = new LinkedHashMap<String, Object>();
        object.put("id", at.api() + "/" + kind.one() + "/" + thing.key());
        object.put("type", kind.schema());
        if (!thing.deleted()) {
            object.putAll(read(thing.content()));
            without.keySet().forEach(object::remove);
        }
        timed(object, thing.created(), thing.modified());
        if (thing.deleted()) {
            object.put("deleted", true);
        }
        return object;
    }

    private Map<String, Object> page(
            List<Map<String, Object>> objects, Paging paging, String path, Map<String, String> sent) {
        var pagination = new LinkedHashMap<String, Object>();
        pagination.put("totalElements", paging.total());
        pagination.put("elementsPerPage", paging.size());
        pagination.put("currentPage", paging.page());
        pagination.put("totalPages", paging.pages());
        var links = new LinkedHashMap<String, Object>();
        links.put("first", link(path, sent, 1));
        if (paging.page() > 1) {
            links.put("prev", link(path, sent, Math.min(paging.page() - 1, paging.pages())));
        }
        links.put("self", link(path, sent, paging.page()));
        if (paging.page() < paging.pages()) {
            links.put("next", link(path, sent, paging.page() + 1));
        }
        links.put("last", link(path, sent, paging.pages()));
        var page = new LinkedHashMap<String, Object>();
        page.put("data", objects);
        page.put("pagination", pagination);
        page.put("links", links);
        return page;
    }

    /** With everything that was asked for, and the first page under the address without a number. */
    private String link(String path, Map<String, String> sent, int number) {
        var parameters = new TreeMap<>(sent);
        parameters.remove("page");
        if (number > 1) {
            parameters.put("page", String.valueOf(number));
        }
        return at.api()
                + path
                + parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
    }

    private String contact() {
        return Stream.of(city.said("operator", "name"), city.said("operator", "office"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static Wanted everything() {
        return new Wanted(
                1,
                100,
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                "",
                true);
    }

    private static Map<String, Object> object(String id, String type) {
        var object = new LinkedHashMap<String, Object>();
        object.put("id", id);
        object.put("type", Kind.schema(type));
        return object;
    }

    private static Map<String, Object> timed(Map<String, Object> object, Instant created, Instant modified) {
        object.put("created", MOMENT.format(created));
        object.put("modified", MOMENT.format(modified));
        return object;
    }

    private Map<String, Object> read(String text) {
        try {
            return json.readValue(text, Argument.mapOf(String.class, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
