package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Money and support of every project as a picture: the further right the dearer, the higher the more votes. In units of the
 * picture, which is 360 wide so that its words can be read on a phone.
 *
 * @param across places of euro on the lower edge
 * @param up     places of votes on the left edge
 */
@Introspected
record Scatter(List<Dot> dots, List<Tick> across, List<Tick> up) {

    static final int LEFT = 40;
    static final int RIGHT = 346;
    static final int TOP = 12;
    static final int BOTTOM = 250;

    private static final int APART = 13;

    /**
     * @param place number in the list beside the picture
     * @param kind  "all", "some" or "none" of the rules fund it
     * @param labelled whether there was room for its number
     */
    @Introspected
    record Dot(int place, String title, String kind, int x, int y, int labelX, int labelY, boolean labelled) {

        String move() {
            return "translate(" + x + " " + y + ")";
        }
    }

    @Introspected
    record Tick(int at, long value) {}

    static Scatter of(List<Comparison.Row> rows) {
        long dearest = Math.max(
                        100,
                        rows.stream().mapToLong(Comparison.Row::costCents).max().orElse(0))
                / 100;
        long most =
                Math.max(1, rows.stream().mapToLong(Comparison.Row::votes).max().orElse(0));
        long right = ceiling(dearest);
        long top = ceiling(most);
        var taken = new ArrayList<int[]>();
        var spots = rows.stream()
                .map(row -> new int[] {
                    LEFT + (int) (row.costCents() * (RIGHT - LEFT) / (right * 100)),
                    BOTTOM - (int) (row.votes() * (BOTTOM - TOP) / top)
                })
                .toList();
        taken.addAll(spots);
        var dots = new ArrayList<Dot>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var spot = spots.get(i);
            var label = room(spot, taken);
            if (label.length > 0) {
                taken.add(label);
            }
            dots.add(new Dot(
                    row.place(),
                    row.title(),
                    row.kind(),
                    spot[0],
                    spot[1],
                    label.length > 0 ? label[0] : spot[0],
                    label.length > 0 ? label[1] + 4 : spot[1],
                    label.length > 0));
        }
        return new Scatter(List.copyOf(dots), ticks(right, LEFT, RIGHT), ticks(top, BOTTOM, TOP));
    }

    /** A place for a number next to its dot that no other dot or number has; empty where all are taken. */
    private static int[] room(int[] spot, List<int[]> taken) {
        int[][] around = {{13, 0}, {0, -13}, {-13, 0}, {0, 13}, {11, -11}, {-11, -11}, {11, 11}, {-11, 11}};
        for (var way : around) {
            int x = spot[0] + way[0];
            int y = spot[1] + way[1];
            boolean free = taken.stream()
                    .noneMatch(other ->
                            other != spot && Math.abs(other[0] - x) < APART && Math.abs(other[1] - y) < APART - 2);
            if (free && x > LEFT + 4 && x < RIGHT + 8 && y > TOP - 6 && y < BOTTOM - 4) {
                return new int[] {x, y};
            }
        }
        return new int[0];
    }

    /** Four or five round steps from zero. */
    private static List<Tick> ticks(long end, int from, int to) {
        long step = step(end);
        return LongStream.iterate(0, value -> value <= end, value -> value + step)
                .mapToObj(value -> new Tick(from + (int) (value * (to - from) / end), value))
                .toList();
    }

    private static long ceiling(long value) {
        long step = step(value);
        return (value + step - 1) / step * step;
    }

    /** 1, 2 or 5 times a power of ten, so that at most five of them reach the value. */
    private static long step(long value) {
        long power = 1;
        while (true) {
            for (long factor : new long[] {1, 2, 5}) {
                if (factor * power * 5 >= value) {
                    return factor * power;
                }
            }
            power *= 10;
        }
    }
}
