package motette.audit;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import motette.audit.Naming.Named;
import motette.audit.PublicDeeds.PublicDeed;
import motette.shared.Message;
import motette.shared.Money;
import motette.shared.Texts;

/**
 * Public deeds in sentences: what, by which office, about what, why. Never by whom: a row's person is not even read. One query for the
 * rows and one for each kind of thing they are about, however many there are.
 */
@Singleton
class PublicLog {

    /** The newest of every deed by its own index, so that many rows that are not public cost nothing. */
    private static final String NEWEST = """
        select e.id, e.at, e.office, e.deed, e.subject, e.reason, e.details::text, coalesce(s.block, 0)
          from (select n.* from unnest(?::text[]) wanted (deed)
                 cross join lateral (select * from audit_entries a
                                      where a.deed = wanted.deed and a.id < ? and (? = '' or a.subject = ?)
                                      order by a.id desc limit ?) n
                 order by n.id desc limit ?) e
          left join audit_seals s on s.entry_id = e.id
         order by e.id desc\
        """;

    private final JdbcOperations jdbc;
    private final PublicDeeds deeds;
    private final Map<String, Naming> namings = new HashMap<>();
    private final Texts texts;

    PublicLog(JdbcOperations jdbc, PublicDeeds deeds, Collection<Naming> namings, Texts texts) {
        this.jdbc = jdbc;
        this.deeds = deeds;
        this.texts = texts;
        namings.forEach(naming -> this.namings.put(naming.kind(), naming));
    }

    /** What the database says of a public deed. */
    private record Told(Entry entry, long block) {}

    /**
     * The newest first.
     *
     * @param kind    of deeds; empty for all
     * @param subject as "idea:128"; empty for all
     * @param below   only rows with a smaller id
     */
    List<LogLine> newest(String kind, String subject, long below, int most, Locale locale) {
        var rows = read(deeds.names(kind), subject, below, most);
        var names = names(rows, locale);
        return rows.stream().map(row -> line(row, names, locale)).toList();
    }

    @Connectable
    List<Told> read(List<String> wanted, String subject, long below, int most) {
        return jdbc.prepareStatement(NEWEST, statement -> {
            Connection connection = statement.getConnection();
            statement.setArray(1, connection.createArrayOf("text", wanted.toArray()));
            statement.setLong(2, below);
            statement.setString(3, subject);
            statement.setString(4, subject);
            statement.setInt(5, most);
            statement.setInt(6, most);
            var told = new ArrayList<Told>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    told.add(new Told(
                            new Entry(
                                    rows.getLong(1),
                                    Blocks.instant(rows, 2),
                                    null,
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getString(6),
                                    Canonical.read(rows.getString(7)),
                                    new byte[0]),
                            rows.getLong(8)));
                }
            }
            return told;
        });
    }

    /** By "idea:128": subjects and the places of offices alike. */
    private Map<String, Named> names(List<Told> rows, Locale locale) {
        var byKind = new HashMap<String, Set<String>>();
        rows.stream()
                .flatMap(row ->
                        Stream.of(row.entry().subject(), place(row.entry().office())))
                .filter(thing -> namings.containsKey(kind(thing)))
                .forEach(thing -> byKind.computeIfAbsent(kind(thing), kind -> new HashSet<>())
                        .add(key(thing)));
        var names = new HashMap<String, Named>();
        namings.forEach((kind, naming) -> {
            var keys = byKind.getOrDefault(kind, Set.of());
            if (!keys.isEmpty()) {
                naming.named(keys, locale).forEach((key, named) -> names.put(kind + ":" + key, named));
            }
        });
        return names;
    }

    private LogLine line(Told row, Map<String, Named> names, Locale locale) {
        var entry = row.entry();
        var deed = deeds.find(entry.deed()).orElseThrow();
        var named = names.get(entry.subject());
        return new LogLine(
                entry.id(),
                entry.at(),
                what(entry),
                by(entry.office().isEmpty() ? deed.office() : entry.office(), names),
                named == null ? unnamed(entry.subject()) : Message.of("audit.named", named.words()),
                named == null ? "" : named.path(),
                reason(entry, deed, locale),
                row.block());
    }

    /** The sentence of the deed; where its details tell a result or money, the one that says so. */
    private Message what(Entry entry) {
        var plain = "audit.deed." + entry.deed();
        var money = entry.details().get("cents") instanceof Long cents ? new Money(cents) : Money.ZERO;
        var more = plain + "."
                + entry.details().getOrDefault("result", entry.details().containsKey("cents") ? "money" : "");
        return Message.of(texts.has(more) ? more : plain, money);
    }

    private Message by(String office, Map<String, Named> names) {
        var role = "audit.by." + kind(office);
        var place = names.get(place(office));
        if (place != null && texts.has(role + ".of")) {
            return Message.of(role + ".of", place.words());
        } else {
            return Message.of(texts.has(role) ? role : "audit.by.staff");
        }
    }

    private Message unnamed(String subject) {
        var key = "audit.subject." + kind(subject);
        return texts.has(key) ? Message.of(key, key(subject)) : Message.of("audit.named", subject);
    }

    private String reason(Entry entry, PublicDeed deed, Locale locale) {
        return deed.keyed() ? texts.find(locale, "reason." + entry.reason()).orElse(entry.reason()) : entry.reason();
    }

    /** Where an office works: "area:ost" of "coordinator:ost", "body:sbb-ost" of "chair:sbb-ost". */
    private static String place(String office) {
        return (kind(office).equals("coordinator") ? "area:" : "body:") + key(office);
    }

    private static String kind(String thing) {
        int colon = thing.indexOf(':');
        return colon < 0 ? thing : thing.substring(0, colon);
    }

    private static String key(String thing) {
        int colon = thing.indexOf(':');
        return colon < 0 ? "" : thing.substring(colon + 1);
    }
}
