package motette.ideas;

import java.util.List;

/**
 * People who support exactly the same ideas and say to live in the same quarter; who they are is not in it.
 *
 * @param homeQuarter name of the quarter; empty where none is said
 * @param ideas       numbers, ascending
 * @param people      at least 1
 */
public record SupportGroup(String homeQuarter, List<Long> ideas, long people) {}
