package motette.allocation.rules;

/** How comparisons are decided; the result is the same. */
enum Arithmetic {
    /** By intervals of doubles where they do not overlap, else by exact fractions. */
    FILTERED,
    /** By exact fractions alone. */
    EXACT
}
