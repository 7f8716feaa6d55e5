package motette.shared;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A list that stays as it is for as long as the application runs, such as the quarters of the city pack in one language. What a
 * loop marked {@code th:plain="standing"} prints of it is kept: such a loop names nothing but its own variables, texts without
 * places to fill, and the address of the assets.
 */
public final class Standing<T> extends AbstractList<T> {

    private final List<T> items;
    private final Map<Place, byte[]> printed = new ConcurrentHashMap<>();

    private record Place(Object loop, Object language) {}

    public Standing(List<T> items) {
        this.items = List.copyOf(items);
    }

    @Override
    public T get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }

    /** What a loop printed of it in a language the first time. */
    byte[] printed(Object loop, Object language, Supplier<byte[]> printing) {
        var place = new Place(loop, language);
        var known = printed.get(place);
        if (known == null) {
            known = printing.get();
            printed.put(place, known);
        }
        return known;
    }
}
