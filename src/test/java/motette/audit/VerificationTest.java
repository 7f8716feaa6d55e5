package motette.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import motette.audit.Verification.Verdict;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is done to an export, checking finds it and names the first place. */
class VerificationTest {

    private static final SigningKey FIRST = SigningKey.of(SigningKey.fresh());
    private static final SigningKey SECOND = SigningKey.of(SigningKey.fresh());

    @Property(tries = 300)
    void what_nobody_touched_is_intact(@ForAll long seed, @ForAll boolean full) {
        var town = new Town(seed, full);
        var verdict = verify(town.lines);
        assertThat(verdict.intact()).as(verdict.sentence()).isTrue();
        assertThat(verdict.sentence())
                .contains("Intact, " + town.rows + (town.rows == 1 ? " row in " : " rows in "), "2026-11-22 10:00");
    }

    @Property(tries = 500)
    void a_changed_row_is_named(@ForAll long seed, @ForAll boolean full, @ForAll @IntRange(max = 10_000) int which) {
        var town = new Town(seed, full);
        var told = town.where(line -> line.contains("\"entry\""));
        int at = told.get(which % told.size());
        var row = town.row(at);
        var entry = row.object("entry");
        var random = new Random(seed);
        switch (random.nextInt(6)) {
            case 0 -> entry.put("reason", entry.get("reason") + "x");
            case 1 -> entry.put("deed", "idea.publication.late");
            case 2 -> entry.put("at", "2020-01-01T00:00:00Z");
            case 3 -> entry.put("office", "chair:other");
            case 4 -> entry.put("more", "and more");
            default -> entry.remove("subject");
        }
        town.put(at, row);
        assertBroken(
                town,
                "Row " + entry.get("id") + ", at place " + row.number("position") + " of block " + row.number("block")
                        + ", was changed.");
    }

    @Property(tries = 200)
    void somebody_else_who_did_it_is_named(@ForAll long seed, @ForAll @IntRange(max = 10_000) int which) {
        var town = new Town(seed, true);
        var told = town.where(line -> line.contains("\"who\":{"));
        int at = told.get(which % told.size());
        var row = town.row(at);
        row.object("who").put("person", 99_999L);
        town.put(at, row);
        assertBroken(
                town,
                "Row " + row.object("entry").get("id") + ", at place " + row.number("position") + " of block "
                        + row.number("block") + ", was changed: somebody else did it.");
    }

    @Property(tries = 300)
    void a_row_changed_together_with_its_hash_breaks_its_block(
            @ForAll long seed, @ForAll @IntRange(max = 10_000) int which) {
        var town = new Town(seed, false);
        var rows = town.where(line -> line.startsWith("{\"row\""));
        int at = rows.get(which % rows.size());
        var row = town.row(at);
        if (row.fields.containsKey("entry")) {
            row.object("entry").put("reason", "made up");
            row.fields.put("leaf", hex(Hashes.leaf(Canonical.bytes(row.object("entry")))));
        } else {
            row.fields.put("leaf", hex(Hashes.plain(new byte[] {7})));
        }
        town.put(at, row);
        assertBroken(
                town,
                "Block " + row.number("block")
                        + " was sealed with other rows: at least one was changed together with its hash.");
    }

    @Property(tries = 300)
    void a_removed_row_is_named(@ForAll long seed, @ForAll boolean full, @ForAll @IntRange(max = 10_000) int which) {
        var town = new Town(seed, full);
        var rows = town.where(line -> line.startsWith("{\"row\""));
        int at = rows.get(which % rows.size());
        var row = town.row(at);
        town.lines.remove(at);
        assertBroken(
                town,
                "The row at place " + row.number("position") + " of block " + row.number("block") + " is missing");
    }

    @Property(tries = 300)
    void a_row_that_stands_twice_or_elsewhere_is_found(
            @ForAll long seed, @ForAll @IntRange(max = 10_000) int which, @ForAll @IntRange(max = 10_000) int where) {
        var town = new Town(seed, true);
        var rows = town.where(line -> line.startsWith("{\"row\""));
        int from = rows.get(which % rows.size());
        int to = rows.get(where % rows.size());
        town.lines.add(to, town.lines.get(from));
        var verdict = verify(town.lines);
        assertThat(verdict.intact()).isFalse();
        var copy = town.row(to);
        assertThat(verdict.sentence())
                .matches("(The row|Row \\d+,) at place \\d+ of block \\d+,? (stands a second time or in the wrong place"
                        + "|is missing or stands later|is missing: .*|does not belong there: .*)\\.?")
                .contains("block " + Math.min(copy.number("block"), town.blockAt(to)));
    }

    @Property(tries = 300)
    void two_rows_that_changed_places_are_found(
            @ForAll long seed, @ForAll @IntRange(max = 10_000) int which, @ForAll @IntRange(max = 10_000) int where) {
        var town = new Town(seed, true);
        var rows = town.where(line -> line.startsWith("{\"row\""));
        int one = rows.get(which % rows.size());
        int other = rows.get(where % rows.size());
        if (one != other) {
            Collections.swap(town.lines, one, other);
            var verdict = verify(town.lines);
            assertThat(verdict.intact()).isFalse();
            assertThat(verdict.sentence()).contains("of block " + town.blockAt(Math.min(one, other)));
        }
    }

    @Property(tries = 300)
    void two_rows_that_changed_their_places_and_their_numbers_break_their_block(@ForAll long seed) {
        var town = new Town(seed, true);
        var rows = town.where(line -> line.startsWith("{\"row\""));
        for (int i = 0; i + 1 < rows.size(); i++) {
            var one = town.row(rows.get(i));
            var other = town.row(rows.get(i + 1));
            if (one.number("block") == other.number("block")) {
                long place = one.number("position");
                one.fields.put("position", other.number("position"));
                other.fields.put("position", place);
                town.put(rows.get(i), other);
                town.put(rows.get(i + 1), one);
                assertBroken(town, "Block " + one.number("block") + " was sealed with other rows");
                return;
            }
        }
    }

    @Property(tries = 300)
    void a_changed_block_is_named(@ForAll long seed, @ForAll @IntRange(max = 10_000) int which) {
        var town = new Town(seed, false);
        var blocks = town.where(line -> line.startsWith("{\"block\""));
        int at = blocks.get(which % blocks.size());
        var block = town.row(at);
        var random = new Random(seed);
        switch (random.nextInt(7)) {
            case 0 -> block.fields.put("root", "00".repeat(32));
            case 1 -> block.fields.put("sealed", "2026-11-22T09:00:00Z");
            case 2 -> block.fields.put("entries", block.number("entries") + 1);
            case 3 -> block.fields.put("first", block.number("first") + 1);
            // An id may lack any one letter, so that to replace it changes nothing.
            case 4 ->
                block.fields.put("next", "0".repeat(SECOND.published().id().length()));
            case 5 -> block.fields.put("signature", "11".repeat(64));
            default -> block.fields.put("signature", "not a signature");
        }
        town.put(at, block);
        assertBroken(town, "Block " + block.number("motette-audit-block") + " was changed");
    }

    @Property(tries = 300)
    void a_missing_block_is_named(@ForAll long seed, @ForAll @IntRange(max = 10_000) int which) {
        var town = new Town(seed, false);
        var blocks = town.where(line -> line.startsWith("{\"block\""));
        int at = blocks.get(which % blocks.size());
        long number = town.row(at).number("motette-audit-block");
        do {
            town.lines.remove(at);
        } while (town.lines.get(at).startsWith("{\"row\""));
        assertBroken(town, "Block " + number + " is missing");
    }

    @Property(tries = 200)
    void blocks_that_changed_places_or_stand_twice_are_found(@ForAll long seed) {
        var town = new Town(seed, false);
        var blocks = town.where(line -> line.startsWith("{\"block\""));
        int second = blocks.get(1);
        int third = blocks.get(2);
        var twice = new ArrayList<>(town.lines);
        twice.addAll(third, town.lines.subList(second, third));
        assertThat(verify(twice))
                .isEqualTo(new Verdict(false, "Block 2 stands a second time or in the wrong place, behind block 2."));
        var moved = new ArrayList<>(town.lines.subList(0, second));
        moved.addAll(town.lines.subList(third, town.lines.size()));
        moved.addAll(moved.size() - 1, town.lines.subList(second, third));
        assertThat(verify(moved)).isEqualTo(new Verdict(false, "Block 2 is missing."));
    }

    @Property(tries = 300)
    void a_file_that_is_cut_off_is_not_intact(@ForAll long seed, @ForAll @IntRange(max = 100_000) int where) {
        var whole = String.join("", new Town(seed, true).lines).getBytes(StandardCharsets.UTF_8);
        int length = where % whole.length;
        var verdict = verify(java.util.Arrays.copyOf(whole, length), Set.of());
        assertThat(verdict.intact()).isFalse();
        assertThat(verdict.sentence())
                .matches(length == 0 ? "The file is empty\\." : "The file is cut off (in|after) line \\d+.*\\.");
    }

    /** Any single byte that becomes another one is found, or leaves the same JSON. */
    @Property(tries = 1500)
    void a_flipped_byte_is_found(@ForAll long seed, @ForAll @IntRange(max = 1_000_000) int where, @ForAll byte by) {
        var town = new Town(seed, true);
        var whole = String.join("", town.lines).getBytes(StandardCharsets.UTF_8);
        int at = where % whole.length;
        whole[at] = by == whole[at] ? (byte) (by ^ 1) : by;
        var verdict = verify(whole, Set.of());
        assertThat(verdict.intact()).as(verdict.sentence()).isFalse();
    }

    @Test
    void a_block_of_somebody_who_has_no_key_of_the_city_is_found() {
        var town = new Town(5, false);
        var stranger = SigningKey.of(SigningKey.fresh());
        int key = town.where(line -> line.startsWith("{\"key\"")).getLast();
        town.lines.add(key + 1, ExportLines.key(stranger.published()));
        var blocks = town.where(line -> line.startsWith("{\"block\""));
        int last = blocks.getLast();
        var header = town.row(last);
        var forged = town.sealed.getLast();
        var block = Block.sealed(
                forged.number(),
                forged.previous(),
                new Hashes.Tree(),
                0,
                0,
                forged.sealedAt(),
                stranger,
                SECOND.published().id());
        town.lines.subList(last, town.lines.size()).clear();
        town.lines.add(ExportLines.block(block));
        town.lines.add(ExportLines.end(
                forged.number(), town.where(l -> l.startsWith("{\"row\"")).size()));
        assertThat(header.number("motette-audit-block")).isEqualTo(forged.number());
        assertBroken(
                town,
                "Block " + forged.number() + " is signed with the key "
                        + stranger.published().id() + ", which was neither given nor announced before");
        assertThat(verify(bytes(town.lines), Set.of(stranger.published().id())).intact())
                .isTrue();
    }

    @Test
    void a_block_of_the_city_made_after_another_one_is_found() {
        var town = new Town(5, false);
        var second = town.sealed.get(1);
        var other = Block.sealed(
                2,
                "ab".repeat(32),
                new Hashes.Tree(),
                0,
                0,
                second.sealedAt(),
                FIRST,
                SECOND.published().id());
        var lines = new ArrayList<>(town.lines.subList(
                0, town.where(l -> l.startsWith("{\"block\"")).get(1)));
        lines.add(ExportLines.block(other));
        lines.add(ExportLines.end(2, second.first()));
        assertThat(verify(lines).sentence())
                .isEqualTo("Block 2 was not made after this block 1: one of the two was exchanged.");
    }

    @Test
    void who_names_a_key_is_told_when_another_one_signed() {
        var town = new Town(7, false);
        assertThat(verify(bytes(town.lines), Set.of(FIRST.published().id())).intact())
                .as("announces the second")
                .isTrue();
        assertThat(verify(bytes(town.lines), Set.of(SECOND.published().id())).intact())
                .as("signed the last block, which vouches for those before")
                .isTrue();
        var verdict = verify(bytes(town.lines), Set.of("ab".repeat(32)));
        assertThat(verdict.intact()).isFalse();
        assertThat(verdict.sentence())
                .startsWith(
                        "Block 1 is signed with the key " + FIRST.published().id() + ", which was neither given");
    }

    @Test
    void a_row_that_is_not_public_shows_nothing_that_could_be_guessed() {
        var one = entry(1, 42L, "person.renaming", "person:42", new byte[16]);
        var salted = new byte[16];
        salted[0] = 1;
        assertThat(one.leaf())
                .isNotEqualTo(
                        entry(1, 42L, "person.renaming", "person:42", salted).leaf());
        var line = ExportLines.row(1, new Blocks.Placed(0, one.leaf(), one), false, false);
        assertThat(line).doesNotContain("person", "renaming", "42\"", "salt", "who");
        var shown = ExportLines.row(1, new Blocks.Placed(0, one.leaf(), one), true, false);
        assertThat(shown).contains("person.renaming").doesNotContain("salt", "\"person\"");
    }

    @Test
    void something_else_is_said_to_be_something_else() {
        assertThat(verify(List.of("{\"rule\":\"equal-shares\"}\n")).sentence())
                .isEqualTo("This is no export of Motette's audit.");
        assertThat(verify(List.of("{\"motette-audit\":2,\"part\":\"public\"}\n"))
                        .intact())
                .isFalse();
        assertThat(verify(List.of("<!doctype html>\n")).sentence()).startsWith("Line 1 cannot be read");
        assertThat(verify(List.of(ExportLines.head(false), ExportLines.end(0, 0)))
                        .sentence())
                .isEqualTo("Intact, and nothing in it: no block has been sealed yet.");
        assertThat(verify(new byte[(8 << 20) + 2], Set.of()).sentence()).contains("longer than any");
    }

    /** Some blocks with some rows; the second key follows the first in the middle. */
    private static final class Town {

        final List<String> lines = new ArrayList<>();
        final List<Block> sealed = new ArrayList<>();
        int rows;

        Town(long seed, boolean full) {
            var random = new Random(seed);
            lines.add(ExportLines.head(full));
            lines.add(ExportLines.key(FIRST.published()));
            lines.add(ExportLines.key(SECOND.published()));
            int count = 3 + random.nextInt(4);
            long id = 1;
            for (int number = 1; number <= count; number++) {
                var tree = new Hashes.Tree();
                var entries = new ArrayList<Entry>();
                int size = number == 2 ? random.nextInt(4) : 1 + random.nextInt(9);
                for (int i = 0; i < size; i++) {
                    var salt = new byte[16];
                    random.nextBytes(salt);
                    var entry = entry(
                            id,
                            random.nextInt(5) == 0 ? null : 1 + random.nextLong(50),
                            random.nextInt(3) == 0 && !(number == 1 && i == 0) ? "person.renaming" : "idea.publication",
                            "idea:" + random.nextInt(20),
                            salt);
                    id += 1 + random.nextInt(3);
                    entries.add(entry);
                    tree.add(entry.leaf());
                }
                var block = Block.sealed(
                        number,
                        sealed.isEmpty() ? "" : sealed.getLast().hash(),
                        tree,
                        entries.isEmpty() ? 0 : entries.getFirst().id(),
                        entries.isEmpty() ? 0 : entries.getLast().id(),
                        Instant.parse("2026-11-22T10:00:00Z").plusSeconds(60L * (number - 1)),
                        number <= 2 ? FIRST : SECOND,
                        number == 2 ? SECOND.published().id() : "");
                sealed.add(block);
                lines.add(ExportLines.block(block));
                for (int i = 0; i < size; i++) {
                    boolean told = full || entries.get(i).deed().equals("idea.publication");
                    lines.add(ExportLines.row(
                            number, new Blocks.Placed(i, entries.get(i).leaf(), entries.get(i)), told, full));
                }
                rows += size;
            }
            lines.add(ExportLines.end(count, rows));
        }

        List<Integer> where(java.util.function.Predicate<String> wanted) {
            var found = new ArrayList<Integer>();
            for (int i = 0; i < lines.size(); i++) {
                if (wanted.test(lines.get(i))) {
                    found.add(i);
                }
            }
            return found;
        }

        Line row(int at) {
            return Line.of(lines.get(at));
        }

        void put(int at, Line line) {
            lines.set(at, line.text());
        }

        /** The number of the block under which a line stands. */
        long blockAt(int at) {
            return where(line -> line.startsWith("{\"block\"")).stream()
                    .filter(block -> block <= at)
                    .map(block -> row(block).number("motette-audit-block"))
                    .reduce(0L, Math::max);
        }
    }

    /** A line that can be changed. */
    private record Line(String kind, Map<String, @Nullable Object> fields) {

        static Line of(String text) {
            var whole = Canonical.read(text.strip());
            var kind = whole.keySet().iterator().next();
            return new Line(kind, object(whole, kind));
        }

        Map<String, @Nullable Object> object(String name) {
            return object(fields, name);
        }

        long number(String name) {
            return fields.get(name) instanceof Long number ? number : -1;
        }

        String text() {
            return Canonical.text(Map.of(kind, fields)) + "\n";
        }

        @SuppressWarnings("unchecked")
        private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> in, String name) {
            return (Map<String, @Nullable Object>) in.getOrDefault(name, new TreeMap<>());
        }
    }

    private static Entry entry(long id, @Nullable Long person, String deed, String subject, byte[] salt) {
        return new Entry(
                id,
                Instant.parse("2026-11-22T09:59:00.123456Z"),
                person,
                "coordinator:ost",
                deed,
                subject,
                "Grund „" + id + "“ \u0007",
                Map.of("cents", 100L * id, "result", "granted"),
                salt);
    }

    private static void assertBroken(Town town, String sentence) {
        var verdict = verify(town.lines);
        assertThat(verdict.intact()).isFalse();
        assertThat(verdict.sentence()).startsWith(sentence);
    }

    private static Verdict verify(List<String> lines) {
        return verify(bytes(lines), Set.of());
    }

    private static byte[] bytes(List<String> lines) {
        return String.join("", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static Verdict verify(byte[] file, Set<String> pinned) {
        try {
            return Verification.of(new ByteArrayInputStream(file), pinned);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
