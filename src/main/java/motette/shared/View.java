package motette.shared;

import io.micronaut.views.ModelAndView;
import java.util.HashMap;
import java.util.Map;

/** A template and the page record it prints; the template finds it as {@code page}. */
public final class View {

    private View() {}

    public static ModelAndView<Map<String, Object>> of(String template, Object page) {
        var model = new HashMap<String, Object>();
        model.put("page", page);
        return new ModelAndView<>(template, model);
    }
}
