package motette.allocation.pabulib;

/**
 * Where in a file, as an editor counts.
 *
 * @param line   from 1
 * @param column character in the line, from 1; 0 where the whole line is meant
 */
record Place(int line, int column) {

    @Override
    public String toString() {
        return column == 0 ? "line " + line : "line " + line + ", column " + column;
    }
}
