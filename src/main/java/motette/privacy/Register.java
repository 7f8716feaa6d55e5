package motette.privacy;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The register of personal data, read once from {@code privacy/register.yml}, where its words are explained. A mistake in it stops
 * the start.
 */
@Singleton
final class Register {

    static final String FILE = "/privacy/register.yml";

    private final List<Kind> kinds;
    private final List<Holding> holdings;
    private final List<RetentionRule> retention;
    private final Set<String> otherTables;
    private final Map<String, List<String>> otherColumns;

    Register() {
        var file = new Entry("register.yml", read());
        this.kinds = file.list("kinds").stream().map(Register::kind).toList();
        this.holdings = file.list("holdings").stream().map(Register::holding).toList();
        this.retention = file.list("retention").stream().map(Register::rule).toList();
        var others = file.entry("not-personal");
        this.otherTables = Set.copyOf(others.words("tables"));
        this.otherColumns = others.entry("columns").wordsByName();
        var known = kinds.stream().map(Kind::key).collect(Collectors.toSet());
        Stream.concat(holdings.stream().map(Holding::kind), retention.stream().map(RetentionRule::kind))
                .filter(kind -> !known.contains(kind))
                .forEach(kind -> {
                    throw new IllegalStateException("register.yml has no kind '" + kind + "'");
                });
    }

    /** In the order in which people read about them. */
    List<Kind> kinds() {
        return kinds;
    }

    /** In the order of an erasure. */
    List<Holding> holdings() {
        return holdings;
    }

    List<RetentionRule> retention() {
        return retention;
    }

    /** Whether the column stands in the register, as personal or as not. */
    boolean knows(String table, String column) {
        return otherTables.contains(table)
                || otherColumns.getOrDefault(table, List.of()).contains(column)
                || holdings.stream()
                        .anyMatch(holding ->
                                holding.table().equals(table) && holding.all().contains(column));
    }

    /** Every table the file names. */
    Set<String> tables() {
        return Stream.of(
                        otherTables.stream(),
                        otherColumns.keySet().stream(),
                        holdings.stream().map(Holding::table))
                .flatMap(names -> names)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Kind kind(Entry entry) {
        return new Kind(entry.word("key"), entry.word("basis"), entry.word("mend"));
    }

    private static Holding holding(Entry entry) {
        var files = entry.entry("files");
        var erasure = Change.of(entry.word("erase"), entry.name());
        return new Holding(
                entry.word("table"),
                entry.word("kind"),
                entry.word("rows").strip(),
                entry.words("columns"),
                entry.words("technical"),
                entry.words("secret"),
                files.wordOr("column", ""),
                files.wordOr("name", ""),
                erasure,
                entry.wordOr("otherwise", "").equals("empty"),
                entry.entry("to").wordByName(),
                erasure == Change.KEEP ? entry.word("why") : "");
    }

    private static RetentionRule rule(Entry entry) {
        return new RetentionRule(
                entry.word("key"),
                entry.word("kind"),
                entry.word("table"),
                entry.word("when").strip(),
                RetentionRule.time(entry.word("after")),
                RetentionRule.time(entry.word("every")),
                Change.of(entry.word("deed"), entry.name()),
                entry.entry("to").wordByName());
    }

    private static Object read() {
        try (InputStream in = Register.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("No register of personal data at " + FILE);
            }
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One mapping of the file; says in whose entry something is missing. */
    private record Entry(String name, @Nullable Object said) {

        List<Entry> list(String key) {
            if (find(key) instanceof List<?> list) {
                return list.stream()
                        .map(one -> new Entry(name + ", " + key + " " + one, one))
                        .toList();
            } else {
                throw new IllegalStateException(name + " has no list '" + key + "'");
            }
        }

        Entry entry(String key) {
            return new Entry(name + ", " + key, find(key));
        }

        String word(String key) {
            var found = find(key);
            if (found == null) {
                throw new IllegalStateException(name + " has no '" + key + "'");
            }
            return String.valueOf(found);
        }

        String wordOr(String key, String other) {
            var found = find(key);
            return found == null ? other : String.valueOf(found);
        }

        List<String> words(String key) {
            return words(find(key));
        }

        Map<String, String> wordByName() {
            var words = new LinkedHashMap<String, String>();
            if (said instanceof Map<?, ?> map) {
                map.forEach((key, value) -> words.put(String.valueOf(key), String.valueOf(value)));
            }
            return words;
        }

        Map<String, List<String>> wordsByName() {
            var words = new LinkedHashMap<String, List<String>>();
            if (said instanceof Map<?, ?> map) {
                map.forEach((key, value) -> words.put(String.valueOf(key), words(value)));
            }
            return words;
        }

        private static List<String> words(@Nullable Object found) {
            return found instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }

        private @Nullable Object find(String key) {
            return said instanceof Map<?, ?> map ? map.get(key) : null;
        }
    }
}
