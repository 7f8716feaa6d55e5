package motette.places;

/** How far what somebody typed is from a word. */
final class Typing {

    private Typing() {}

    /** Short words are too much alike to forgive anything. */
    static int forgivable(String typed) {
        return typed.length() < 4 ? 0 : typed.length() < 7 ? 1 : 2;
    }

    /**
     * The fewest letters added, left out, mistaken or swapped with their neighbour that lead from what was typed to the
     * word or to a beginning of it (optimal string alignment, of which the last row is read).
     */
    static int slips(String typed, String word) {
        int[] beforeLast = new int[word.length() + 1];
        int[] last = new int[word.length() + 1];
        int[] row = new int[word.length() + 1];
        for (int j = 0; j <= word.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= typed.length(); i++) {
            var oldest = beforeLast;
            beforeLast = last;
            last = row;
            row = oldest;
            row[0] = i;
            for (int j = 1; j <= word.length(); j++) {
                boolean same = typed.charAt(i - 1) == word.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && typed.charAt(i - 1) == word.charAt(j - 2)
                        && typed.charAt(i - 2) == word.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }
        int fewest = typed.length();
        for (int slips : row) {
            fewest = Math.min(fewest, slips);
        }
        return fewest;
    }
}
