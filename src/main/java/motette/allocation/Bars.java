package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Shares} as a picture: a block of bars per row. Lengths are in the units of the picture, which is 360 wide so that its
 * words can be read on a phone.
 */
@Introspected
record Bars(int height, List<Block> blocks) {

    /** Where bars begin, and how long one of 100 per cent is. */
    static final int START = 112;

    static final int LONGEST = 200;

    private static final int NAME = 22;
    private static final int BAR = 17;
    private static final int GAP = 12;

    @Introspected
    record Block(String name, int y, List<Bar> bars) {

        boolean rest() {
            return name.isEmpty();
        }
    }

    /** @param key "people" or the key of a rule */
    @Introspected
    record Bar(String key, int series, int y, int width, int percent) {

        int textY() {
            return y + 10;
        }

        int end() {
            return START + width + 6;
        }
    }

    static Bars of(Shares shares) {
        int most = Math.max(
                1,
                shares.rows().stream()
                        .flatMapToInt(row -> java.util.stream.IntStream.concat(
                                java.util.stream.IntStream.of(row.people()),
                                row.parts().stream().mapToInt(Shares.Part::percent)))
                        .max()
                        .orElse(1));
        var blocks = new ArrayList<Block>();
        int y = 0;
        for (var row : shares.rows()) {
            int top = y + 14;
            y += NAME;
            var bars = new ArrayList<Bar>();
            if (row.told()) {
                bars.add(bar("people", 0, y, row.people(), most));
                y += BAR;
            }
            int series = 0;
            for (var part : row.parts()) {
                series++;
                if (!row.rest() || part.percent() > 0) {
                    bars.add(bar(part.rule(), series, y, part.percent(), most));
                    y += BAR;
                }
            }
            if (bars.stream().anyMatch(bar -> bar.percent() > 0)) {
                blocks.add(new Block(row.name(), top, List.copyOf(bars)));
                y += GAP;
            } else {
                y = top - 14;
            }
        }
        return new Bars(Math.max(y - GAP, 1), List.copyOf(blocks));
    }

    private static Bar bar(String key, int series, int y, int percent, int most) {
        return new Bar(key, series, y, percent * LONGEST / most, percent);
    }
}
