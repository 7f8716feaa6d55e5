package motette.allocation.pabulib;

import java.util.ArrayList;
import java.util.List;

/** Ids of projects in order, found by characters without making a text of every name in every ballot. */
final class ProjectIds {

    private final List<String> ids = new ArrayList<>();
    private int[] slots = new int[64];

    /** False when it is there already. */
    boolean add(String id) {
        var chars = id.toCharArray();
        if (find(chars, 0, chars.length) >= 0) {
            return false;
        } else {
            ids.add(id);
            if (2 * ids.size() > slots.length) {
                slots = new int[4 * slots.length];
                for (int i = 0; i < ids.size(); i++) {
                    place(i);
                }
            } else {
                place(ids.size() - 1);
            }
            return true;
        }
    }

    /** The index of the project named by these characters, -1 where there is none. */
    int find(char[] chars, int from, int to) {
        int slot = hash(chars, from, to) & (slots.length - 1);
        while (slots[slot] != 0 && !same(ids.get(slots[slot] - 1), chars, from, to)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slots[slot] - 1;
    }

    int size() {
        return ids.size();
    }

    String get(int index) {
        return ids.get(index);
    }

    private void place(int index) {
        var chars = ids.get(index).toCharArray();
        int slot = hash(chars, 0, chars.length) & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = index + 1;
    }

    private static boolean same(String id, char[] chars, int from, int to) {
        boolean same = id.length() == to - from;
        for (int i = 0; same && i < id.length(); i++) {
            same = id.charAt(i) == chars[from + i];
        }
        return same;
    }

    private static int hash(char[] chars, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + chars[i];
        }
        return hash ^ (hash >>> 16);
    }
}
