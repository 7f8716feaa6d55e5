package motette.allocation.pabulib;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hands rows on with the column {@code selected} filled and with some keys of META set. */
final class Selecting implements Rows {

    private static final String SELECTED = "selected";

    private final Rows next;
    private final Set<String> ids;
    private final Map<String, String> unset;
    private final Map<String, String> meta;
    private String section = "";
    private int width;
    private int value;
    private int selected;

    Selecting(Rows next, Set<String> ids, Map<String, String> meta) {
        this.next = next;
        this.ids = ids;
        this.meta = meta;
        this.unset = new LinkedHashMap<>(meta);
    }

    @Override
    public void section(String name, List<String> columns) throws IOException {
        leaveSection();
        section = name;
        width = columns.size();
        value = columns.indexOf("value");
        if (name.equals(Section.PROJECTS.name())) {
            selected = columns.indexOf(SELECTED);
            next.section(name, selected < 0 ? with(columns, SELECTED) : columns);
        } else {
            next.section(name, columns);
        }
    }

    @Override
    public void row(List<String> values) throws IOException {
        if (section.equals(Section.PROJECTS.name())) {
            var mark = ids.contains(values.getFirst()) ? "1" : "0";
            next.row(selected < 0 ? with(values, mark) : with(values, selected, mark));
        } else if (section.equals(Section.META.name())) {
            var set = meta.get(values.getFirst());
            unset.remove(values.getFirst());
            next.row(set == null ? values : with(values, value, set));
        } else {
            next.row(values);
        }
    }

    @Override
    public void end() throws IOException {
        next.end();
    }

    private void leaveSection() throws IOException {
        if (section.equals(Section.META.name())) {
            for (var entry : unset.entrySet()) {
                var values = new ArrayList<>(Collections.nCopies(width, ""));
                values.set(0, entry.getKey());
                values.set(value, entry.getValue());
                next.row(values);
            }
        }
    }

    private static List<String> with(List<String> values, String last) {
        var more = new ArrayList<>(values);
        more.add(last);
        return more;
    }

    private static List<String> with(List<String> values, int index, String value) {
        var changed = new ArrayList<>(values);
        changed.set(index, value);
        return changed;
    }
}
