package motette.audit;

import io.micronaut.http.MediaType;
import io.micronaut.http.server.types.files.StreamedFile;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sealed rows as a file that anybody can check, see {@link ExportLines}. It is read in pieces while it is sent: however long the
 * log, only a piece is in memory, and no connection to the database waits for a slow reader. That is sound because nothing that is
 * sealed ever changes.
 */
@Singleton
public class Export {

    private static final MediaType NDJSON = MediaType.of("application/x-ndjson");
    private static final int ROWS_AT_ONCE = 500;
    private static final int BLOCKS_AT_ONCE = 100;

    private final Blocks blocks;
    private final PublicDeeds deeds;

    Export(Blocks blocks, PublicDeeds deeds) {
        this.blocks = blocks;
        this.deeds = deeds;
    }

    /** For everybody: rows that are not public stand there as their hash, and nobody's id. */
    StreamedFile publicPart() {
        return file(false);
    }

    /** For auditors: every row with who did it. Whoever hands it out asks for the right and records the deed. */
    public StreamedFile full() {
        return file(true);
    }

    /** Number of the last block, up to which an export made now would reach; 0 while there is none. */
    public long lastBlock() {
        return blocks.newest(Long.MAX_VALUE, 1).stream()
                .mapToLong(Block::number)
                .findFirst()
                .orElse(0);
    }

    private StreamedFile file(boolean full) {
        long upTo = lastBlock();
        var name = "motette-audit-" + (full ? "full" : "public") + "-" + upTo + ".ndjson";
        return new StreamedFile(new SequenceInputStream(new Pieces(upTo, full)), NDJSON).attach(name);
    }

    /** The file piece by piece: the head, blocks with their rows, the end. */
    private final class Pieces implements Enumeration<InputStream> {

        private final long upTo;
        private final boolean full;
        private List<Block> waiting = List.of();
        private @Nullable Block open;
        private long block;
        private int position;
        private long rows;
        private boolean begun;
        private boolean ended;

        Pieces(long upTo, boolean full) {
            this.upTo = upTo;
            this.full = full;
        }

        @Override
        public boolean hasMoreElements() {
            return !ended;
        }

        @Override
        public InputStream nextElement() {
            var piece = new StringBuilder();
            if (!begun) {
                begun = true;
                piece.append(ExportLines.head(full));
                blocks.keys().forEach(dated -> piece.append(ExportLines.key(dated.key())));
            } else if (open != null) {
                rowsOf(open, piece);
            } else if (block < upTo) {
                next(piece);
            } else {
                ended = true;
                piece.append(ExportLines.end(block, rows));
            }
            return new ByteArrayInputStream(piece.toString().getBytes(StandardCharsets.UTF_8));
        }

        private void next(StringBuilder piece) {
            if (waiting.isEmpty()) {
                waiting = blocks.following(block, upTo, BLOCKS_AT_ONCE);
            }
            var next = waiting.getFirst();
            waiting = waiting.subList(1, waiting.size());
            block = next.number();
            piece.append(ExportLines.block(next));
            if (next.entries() > 0) {
                open = next;
                position = -1;
                rowsOf(next, piece);
            }
        }

        private void rowsOf(Block from, StringBuilder piece) {
            var placed = blocks.rows(from.number(), position, ROWS_AT_ONCE);
            for (var row : placed) {
                piece.append(ExportLines.row(
                        from.number(), row, full || deeds.has(row.entry().deed()), full));
                position = row.position();
            }
            rows += placed.size();
            if (placed.size() < ROWS_AT_ONCE) {
                open = null;
            }
        }
    }
}
