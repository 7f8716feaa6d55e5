package motette.shared;

import io.micronaut.core.annotation.Introspected;

/**
 * One page of a list.
 *
 * @param page  from 1
 * @param size  rows a page, 1 to 200
 * @param total rows of the whole list
 */
@Introspected
public record Paging(int page, int size, long total) {

    public Paging {
        if (page < 1 || size < 1 || size > 200 || total < 0) {
            throw new IllegalArgumentException("Page %d of size %d of %d rows".formatted(page, size, total));
        }
    }

    public int pages() {
        return (int) Math.max(1, (total + size - 1) / size);
    }

    public long offset() {
        return (long) (page - 1) * size;
    }

    public long first() {
        return total == 0 ? 0 : offset() + 1;
    }

    public long last() {
        return Math.min(total, offset() + size);
    }

    public boolean hasNext() {
        return page < pages();
    }

    public boolean hasPrevious() {
        return page > 1;
    }
}
