package motette.shared;

import java.util.HashMap;
import java.util.Map;

/**
 * A template and what it prints; the template finds the page record as {@code page}. Controllers answer with it, the storey
 * {@code site} renders it within its frame.
 *
 * @param template path below {@code web/} without ending
 */
public record View(String template, Map<String, Object> model) {

    public static View of(String template, Object page) {
        var model = new HashMap<String, Object>();
        model.put("page", page);
        return new View(template, model);
    }
}
