package motette.audit;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lines of an export: JSON, one object a line, UTF-8. First what it is, then the keys, then each block and behind it its rows in
 * their places, at the end how much there was. {@link Verification} reads them.
 */
final class ExportLines {

    static final String HEAD = "motette-audit";
    static final int VERSION = 1;

    private ExportLines() {}

    static String head(boolean full) {
        return line(Map.of(HEAD, VERSION, "part", full ? "full" : "public"));
    }

    static String key(PublishedKey key) {
        return line(Map.of("key", Map.of("id", key.id(), "public", key.base64())));
    }

    static String block(Block block) {
        var fields = new TreeMap<>(block.told());
        fields.put("signature", block.signature());
        return line(Map.of("block", fields));
    }

    /**
     * @param told    whether the row itself stands there, not only its hash
     * @param withWho whether the person and the salt stand there as well
     */
    static String row(long block, Blocks.Placed placed, boolean told, boolean withWho) {
        var fields = new TreeMap<String, Object>();
        fields.put("block", block);
        fields.put("position", placed.position());
        fields.put("leaf", HexFormat.of().formatHex(placed.leaf()));
        if (told) {
            fields.put("entry", placed.entry().told());
        }
        if (withWho) {
            fields.put("who", placed.entry().who());
        }
        return line(Map.of("row", fields));
    }

    static String end(long blocks, long rows) {
        return line(Map.of("end", Map.of("blocks", blocks, "rows", rows)));
    }

    private static String line(Map<String, ?> object) {
        return Canonical.text(object) + "\n";
    }
}
