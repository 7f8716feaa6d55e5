package motette.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks an export of the audit without server and database: every row against its hash, every block against its rows, its signature
 * and the block before. Reads line by line and keeps one block's tree, so the file may be of any length.
 *
 * <p>What it cannot know: whether newer blocks exist than the file has. It therefore says until when the file reaches. And whose keys
 * these are: whoever wants to be sure names the fingerprint they got from the city in another way.
 */
public final class Verification {

    private static final int LONGEST_LINE = 8 << 20;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Set<String> trusted;
    private final Map<String, PublishedKey> keys = new HashMap<>();
    private boolean full;
    private boolean ended;
    private @Nullable Block block;
    private @Nullable Instant from;
    private Hashes.Tree tree = new Hashes.Tree();
    private long rows;
    private long hidden;

    /** The first block whose key was neither given nor announced by one that is trusted; 0 while there is none. */
    private long untrusted;

    private String stranger = "";

    private Verification(Set<String> pinned) {
        this.trusted = new HashSet<>(pinned);
    }

    /**
     * What came out.
     *
     * @param sentence one English sentence: what was checked, or what is broken first
     */
    public record Verdict(boolean intact, String sentence) {}

    /** What is broken; the sentence names the first row or block. */
    private static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1;

        Broken(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * Reads and checks a whole export.
     *
     * @param pinned fingerprints of keys that are known to be the city's; where empty, that of the first block is believed
     */
    public static Verdict of(InputStream file, Set<String> pinned) throws IOException {
        var verification = new Verification(pinned);
        try {
            verification.read(new BufferedInputStream(file, 1 << 16));
            return new Verdict(true, verification.summary());
        } catch (Broken broken) {
            return new Verdict(false, String.valueOf(broken.getMessage()));
        }
    }

    private void read(InputStream in) throws IOException {
        long number = 0;
        var line = line(in, 1);
        while (line != null) {
            number++;
            if (ended) {
                throw new Broken("Behind the end, in line " + number + ", stands something else.");
            }
            try {
                take(Canonical.read(line), number);
            } catch (Canonical.Unfit | ClassCastException | DateTimeException | IllegalArgumentException unfit) {
                throw new Broken("Line " + number + where() + " cannot be read"
                        + (unfit instanceof Canonical.Unfit ? ": " + unfit.getMessage() : "") + ".");
            }
            line = line(in, number + 1);
        }
        if (number == 0) {
            throw new Broken("The file is empty.");
        } else if (!ended) {
            throw new Broken("The file is cut off after line " + number + where() + ".");
        }
    }

    private void take(Map<String, @Nullable Object> line, long number) {
        if (number == 1) {
            takeHead(line);
        } else if (line.size() != 1) {
            throw new Canonical.Unfit("it is none of key, block, row and end");
        } else {
            var kind = line.keySet().iterator().next();
            var fields = new Fields(line).object(kind);
            switch (kind) {
                case "key" -> takeKey(fields);
                case "block" -> takeBlock(fields);
                case "row" -> takeRow(fields);
                case "end" -> takeEnd(fields);
                default -> throw new Canonical.Unfit("it is none of key, block, row and end");
            }
        }
    }

    private void takeHead(Map<String, @Nullable Object> line) {
        if (!Long.valueOf(ExportLines.VERSION).equals(line.get(ExportLines.HEAD)) || line.size() != 2) {
            throw new Broken("This is no export of Motette's audit.");
        }
        full = switch (new Fields(line).text("part")) {
            case "full" -> true;
            case "public" -> false;
            default -> throw new Broken("This is no export of Motette's audit.");
        };
    }

    private void takeKey(Fields fields) {
        fields.only("id", "public");
        if (block != null) {
            throw new Canonical.Unfit("keys stand before the blocks");
        }
        var key = PublishedKey.of(Base64.getDecoder().decode(fields.text("public")));
        if (!key.id().equals(fields.text("id"))) {
            throw new Broken("The key " + fields.text("id") + " was changed: it does not have this fingerprint.");
        } else if (keys.put(key.id(), key) != null) {
            throw new Broken("The key " + key.id() + " stands there twice.");
        }
    }

    private void takeBlock(Fields fields) {
        fields.only(
                "motette-audit-block",
                "previous",
                "root",
                "entries",
                "first",
                "last",
                "sealed",
                "key",
                "next",
                "signature");
        closeBlock();
        var before = block;
        long number = fields.number("motette-audit-block");
        long expected = before == null ? 1 : before.number() + 1;
        if (number > expected) {
            throw new Broken("Block " + expected + " is missing.");
        } else if (number < expected) {
            throw new Broken("Block " + number + " stands a second time or in the wrong place, behind block "
                    + (expected - 1) + ".");
        }
        var next = block(fields, number);
        checkSignature(next);
        var previous = before == null ? "" : before.hash();
        if (!next.previous().equals(previous)) {
            throw new Broken("Block " + number + " was not made after this block " + (number - 1)
                    + ": one of the two was exchanged.");
        }
        trust(next, before);
        block = next;
        tree = new Hashes.Tree();
        from = from == null ? next.sealedAt() : from;
    }

    private static Block block(Fields fields, long number) {
        try {
            return new Block(
                    number,
                    fields.text("previous"),
                    fields.text("root"),
                    fields.number("entries"),
                    fields.number("first"),
                    fields.number("last"),
                    moment(fields.text("sealed")),
                    fields.text("key"),
                    fields.text("next"),
                    fields.text("signature"));
        } catch (Canonical.Unfit | DateTimeException unfit) {
            throw new Broken("Block " + number + " was changed: its fields do not fit together.");
        }
    }

    /** A time in another spelling would be signed in ours and so pass unseen. */
    private static Instant moment(String text) {
        var moment = Instant.parse(text);
        if (moment.toString().equals(text)) {
            return moment;
        } else {
            throw new Canonical.Unfit("a time is written in another way");
        }
    }

    private void checkSignature(Block next) {
        var key = keys.get(next.key());
        if (key == null) {
            throw new Broken("Block " + next.number() + " is signed with the key " + next.key()
                    + ", which the file does not have.");
        } else if (!isSigned(next, key)) {
            throw new Broken("Block " + next.number() + " was changed: its signature is not right.");
        }
    }

    private static boolean isSigned(Block block, PublishedKey key) {
        return block.signature().matches("[0-9a-f]{128}")
                && key.signed(block.header(), HexFormat.of().parseHex(block.signature()));
    }

    /** A block holds the hashes of all before it, so a trusted one vouches for them, whoever signed them. */
    private void trust(Block next, @Nullable Block before) {
        if (before == null && trusted.isEmpty()) {
            trusted.add(next.key());
        }
        if (trusted.contains(next.key())) {
            untrusted = 0;
            if (!next.next().isEmpty()) {
                trusted.add(next.next());
            }
        } else if (untrusted == 0) {
            untrusted = next.number();
            stranger = next.key();
        }
    }

    private void takeRow(Fields fields) {
        fields.only("block", "position", "leaf", "entry", "who");
        var current = block;
        if (current == null) {
            throw new Broken("The first row stands before the first block.");
        }
        long position = fields.number("position");
        long expected = tree.count();
        var entry = fields.maybe("entry");
        var name = name(entry, current.number(), position);
        if (fields.number("block") != current.number() || expected >= current.entries()) {
            throw new Broken(
                    expected < current.entries()
                            ? "The row at place " + expected + " of block " + current.number()
                                    + " is missing: behind it stands one of block " + fields.number("block") + "."
                            : name + " does not belong there: block " + current.number() + " has " + current.entries()
                                    + (current.entries() == 1 ? " row." : " rows."));
        } else if (position > expected) {
            throw new Broken(
                    "The row at place " + expected + " of block " + current.number() + " is missing or stands later.");
        } else if (position < expected) {
            throw new Broken(name + " stands a second time or in the wrong place.");
        }
        tree.add(leaf(fields, entry, name));
        rows++;
        if (tree.count() == current.entries()) {
            checkRoot(current);
        }
    }

    private byte[] leaf(Fields fields, @Nullable Fields entry, String name) {
        var text = fields.text("leaf");
        if (!text.matches("[0-9a-f]{64}")) {
            throw new Broken(name + " was changed: its hash is none.");
        }
        var leaf = HexFormat.of().parseHex(text);
        if (entry == null) {
            if (full) {
                throw new Broken(name + " was left out of an export that says it has everything.");
            }
            hidden++;
        } else {
            if (!java.util.Arrays.equals(leaf, Hashes.leaf(Canonical.bytes(entry.all())))) {
                throw new Broken(name + " was changed.");
            }
            checkWho(fields.maybe("who"), entry, name);
        }
        return leaf;
    }

    private void checkWho(@Nullable Fields who, Fields entry, String name) {
        if (who == null) {
            if (full) {
                throw new Broken(name + " does not say who did it, in an export that says it has everything.");
            }
        } else if (!HexFormat.of()
                .formatHex(Hashes.commitment(Canonical.bytes(who.all())))
                .equals(entry.text("who"))) {
            throw new Broken(name + " was changed: somebody else did it.");
        }
    }

    private void closeBlock() {
        var current = block;
        if (current != null) {
            if (tree.count() < current.entries()) {
                throw new Broken("The row at place " + tree.count() + " of block " + current.number()
                        + " is missing: the block has " + current.entries()
                        + (current.entries() == 1 ? " row." : " rows."));
            } else if (current.entries() == 0) {
                checkRoot(current);
            }
        }
    }

    private void checkRoot(Block current) {
        if (!HexFormat.of().formatHex(tree.root()).equals(current.root())) {
            throw new Broken("Block " + current.number()
                    + " was sealed with other rows: at least one was changed together with its hash.");
        }
    }

    private void takeEnd(Fields fields) {
        fields.only("blocks", "rows");
        closeBlock();
        long blocks = block == null ? 0 : block.number();
        if (fields.number("blocks") != blocks) {
            throw new Broken("Block " + (blocks + 1) + " is missing: the end tells of " + fields.number("blocks")
                    + " blocks, not of " + blocks + ".");
        } else if (fields.number("rows") != rows) {
            throw new Broken("The end tells of " + fields.number("rows") + " rows, but there are " + rows + ".");
        } else if (untrusted > 0) {
            throw new Broken("Block " + untrusted + " is signed with the key " + stranger
                    + ", which was neither given nor announced before; if the city says that it is its key, give it"
                    + " with --key.");
        }
        ended = true;
    }

    private String summary() {
        if (block == null || from == null) {
            return "Intact, and nothing in it: no block has been sealed yet.";
        } else {
            return "Intact, " + count(rows, "row") + " in " + count(block.number(), "block") + ", from "
                    + MOMENT.format(from) + " to " + MOMENT.format(block.sealedAt()) + " UTC"
                    + (hidden == 0 ? "" : ", " + hidden + " of them only as a hash because they are not public")
                    + "; last signed with the key " + block.key() + ".";
        }
    }

    private String where() {
        return block == null
                ? ""
                : ", in block " + block.number() + (tree.count() == 0 ? "" : " behind place " + (tree.count() - 1));
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static String name(@Nullable Fields entry, long block, long position) {
        var place = "at place " + position + " of block " + block;
        return entry != null && entry.all().get("id") instanceof Long id
                ? "Row " + id + ", " + place + ","
                : "The row " + place;
    }

    /** The next line without its end; null behind the last. */
    private static @Nullable String line(InputStream in, long number) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (bytes.size() == LONGEST_LINE) {
                throw new Broken("Line " + number + " is longer than any of an export.");
            }
            bytes.write(next);
            next = in.read();
        }
        if (next < 0) {
            throw new Broken("The file is cut off in line " + number + ".");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new Broken("Line " + number + " cannot be read: it is not UTF-8.");
        }
    }

    /** The fields of a JSON object that must be there. */
    private record Fields(Map<String, @Nullable Object> all) {

        Fields object(String name) {
            var fields = maybe(name);
            if (fields == null) {
                throw new Canonical.Unfit("'" + name + "' is no object");
            }
            return fields;
        }

        @SuppressWarnings("unchecked")
        @Nullable
        Fields maybe(String name) {
            return switch (all.get(name)) {
                case null -> null;
                case Map<?, ?> object -> new Fields((Map<String, @Nullable Object>) object);
                default -> throw new Canonical.Unfit("'" + name + "' is no object");
            };
        }

        String text(String name) {
            if (all.get(name) instanceof String text) {
                return text;
            } else {
                throw new Canonical.Unfit("it has no text '" + name + "'");
            }
        }

        long number(String name) {
            if (all.get(name) instanceof Long number) {
                return number;
            } else {
                throw new Canonical.Unfit("it has no number '" + name + "'");
            }
        }

        void only(String... known) {
            for (var name : all.keySet()) {
                if (!Set.of(known).contains(name)) {
                    throw new Canonical.Unfit("'" + name + "' is unknown");
                }
            }
        }
    }
}
