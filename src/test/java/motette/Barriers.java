package motette;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Barriers of one page that a machine can find, as sentences: WCAG 2.2 A and AA with axe and with what axe does not ask. The page
 * is loaded once and then shown light, dark and in forced colours, on a phone and a desk, at 320 px, at 400 % and with text
 * twice as large; whoever has only a keyboard walks through it; and what a screen reader is told is read from Chromium's
 * accessibility tree.
 */
final class Barriers {

    private static final String AXE = text("/axe.min.js");
    private static final String QUESTIONS = text("/motette/barriers.js");
    /**
     * In the first frame the page hears of its size, after the second it has answered; then the markers of the map come. A window behind
     * others may get no frame for long, so half a second counts as one.
     */
    private static final String DRAWN = """
        () => new Promise(done => {
            let frames = 0;
            const next = () => {
                const frame = requestAnimationFrame(() => { clearTimeout(late); look(); });
                const late = setTimeout(() => { cancelAnimationFrame(frame); look(); }, 500);
            };
            const look = () => ++frames < 3 || frames < 600 && document.querySelector('[data-module=map]:not([aria-busy=false])')
                ? next() : done();
            look();
        })\
        """;

    private static final String RUN_AXE = """
        options => axe.run(document, options).then(found => found.violations.map(rule =>
            rule.id + ' at ' + rule.nodes.map(node => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).slice(0, 3).join(' and ')))\
        """;
    private static final Map<String, Object> EVERYTHING = Map.of(
            "resultTypes",
            List.of("violations"),
            "selectors",
            false,
            "rules",
            Map.of("target-size", Map.of("enabled", true)));
    /** The rules that depend on colours: the others answer the same in the dark. */
    private static final Map<String, Object> COLOURS = Map.of(
            "resultTypes",
            List.of("violations"),
            "selectors",
            false,
            "runOnly",
            List.of("color-contrast", "link-in-text-block"));

    private static final Set<String> CONTROLS = Set.of(
            "button",
            "link",
            "textbox",
            "searchbox",
            "combobox",
            "listbox",
            "checkbox",
            "radio",
            "spinbutton",
            "slider",
            "switch",
            "menuitem",
            "tab",
            "DisclosureTriangle",
            "Date",
            "InputTime");
    private static final Set<String> LANDMARKS =
            Set.of("navigation", "complementary", "region", "form", "search", "banner", "contentinfo", "main");

    private final Page page;
    private final CDPSession devtools;
    private final List<String> found = new ArrayList<>();

    private Barriers(Page page) {
        this.page = page;
        this.devtools = page.context().newCDPSession(page);
    }

    /** What is wrong with the page that is open now; empty when nothing is. The page stays on a desk, in the light. */
    static List<String> on(Page page) {
        var barriers = new Barriers(page);
        barriers.look();
        return barriers.found;
    }

    /** What a window that will look at many pages gets once. */
    static void prepare(Page window) {
        window.addInitScript(AXE);
    }

    private void look() {
        // A window that looks at many pages has it from the start; it is too much to be sent anew each time.
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(AXE);
        }
        page.evaluate(QUESTIONS);
        show(390, 844, ColorScheme.LIGHT, ForcedColors.NONE);
        tell("on a phone", axe(EVERYTHING));
        tell("on a phone", ask("targets"));
        tell("on a phone", ask("reading"));
        tell("to a screen reader", structure());
        show(390, 844, ColorScheme.DARK, ForcedColors.NONE);
        tell("in the dark", axe(COLOURS));
        show(390, 844, ColorScheme.LIGHT, ForcedColors.ACTIVE);
        tell("in forced colours", ask("forced"));
        show(320, 640, ColorScheme.LIGHT, ForcedColors.NONE);
        tell("at 320 px", ask("layout"));
        // 1280 by 1024 px at 400 %.
        show(320, 256, ColorScheme.LIGHT, ForcedColors.NONE);
        tell("at 400 %", ask("layout"));
        withTextTwiceAsLarge(() -> {
            show(390, 844, ColorScheme.LIGHT, ForcedColors.NONE);
            tell("with large text on a phone", ask("layout"));
            show(1280, 1024, ColorScheme.LIGHT, ForcedColors.NONE);
            tell("with large text on a desk", ask("layout"));
        });
        show(390, 844, ColorScheme.LIGHT, ForcedColors.NONE);
        tell("by keyboard", walk());
        show(1440, 900, ColorScheme.LIGHT, ForcedColors.NONE);
        tell("on a desk", axe(EVERYTHING));
        show(1440, 900, ColorScheme.DARK, ForcedColors.NONE);
        tell("in the dark on a desk", axe(COLOURS));
        show(1440, 900, ColorScheme.LIGHT, ForcedColors.NONE);
    }

    private void tell(String where, List<String> sentences) {
        sentences.forEach(sentence -> found.add(where + ": " + sentence));
    }

    private void show(int width, int height, ColorScheme scheme, ForcedColors forced) {
        page.setViewportSize(width, height);
        page.emulateMedia(new Page.EmulateMediaOptions()
                .setMedia(Media.SCREEN)
                .setColorScheme(scheme)
                .setForcedColors(forced)
                .setReducedMotion(ReducedMotion.REDUCE));
        drawn(page);
    }

    /** Waits until the page shows what it will show at this size. */
    static void drawn(Page page) {
        page.evaluate(DRAWN);
    }

    /** As somebody sets it in their browser: text and what is measured in it grows, the window does not. */
    private void withTextTwiceAsLarge(Runnable deed) {
        fontSize(32);
        deed.run();
        fontSize(16);
    }

    private void fontSize(int pixels) {
        var sizes = new JsonObject();
        sizes.addProperty("standard", pixels);
        sizes.addProperty("fixed", pixels * 13 / 16);
        var arguments = new JsonObject();
        arguments.add("fontSizes", sizes);
        devtools.send("Page.setFontSizes", arguments);
    }

    private List<String> axe(Map<String, Object> options) {
        return strings(page.evaluate(RUN_AXE, options));
    }

    private List<String> ask(String question) {
        return strings(page.evaluate("barriers." + question + "()"));
    }

    /** Presses Tab from the top until the page is left. */
    private List<String> walk() {
        int controls = (Integer) page.evaluate("() => { scrollTo(0, 0); return barriers.follow(); }");
        for (int i = 0; i < controls + 2; i++) {
            tab();
        }
        return ask("followed");
    }

    /** The key alone, without the ways round that the library takes: half a hundred keys a page, on every page. */
    private void tab() {
        var key = new JsonObject();
        key.addProperty("type", "rawKeyDown");
        key.addProperty("key", "Tab");
        key.addProperty("code", "Tab");
        key.addProperty("windowsVirtualKeyCode", 9);
        devtools.send("Input.dispatchKeyEvent", key);
    }

    static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    /** Landmarks, headings, lists, tables and names as Chromium tells them to a screen reader. */
    private List<String> structure() {
        var tree = new Tree(devtools.send("Accessibility.getFullAXTree").getAsJsonArray("nodes"));
        var wrong = new ArrayList<String>();
        Consumer<String> say = wrong::add;
        if (tree.all("main").size() != 1) {
            say.accept("has " + tree.all("main").size() + " main landmarks");
        }
        headings(tree, say);
        for (var role : LANDMARKS) {
            // A form without a name is no landmark (HTML-AAM 1.0).
            var same = tree.all(role).stream()
                    .filter(one -> !role.equals("form") || !tree.name(one).isEmpty())
                    .toList();
            var names = new HashSet<String>();
            for (var landmark : same) {
                if (same.size() > 1 && !names.add(tree.name(landmark))) {
                    say.accept("two landmarks are both " + role + " '" + tree.name(landmark) + "'");
                }
                if (same.size() > 1 && tree.name(landmark).isEmpty()) {
                    say.accept("a landmark of several has no name: " + role);
                }
            }
        }
        for (var node : tree.everything()) {
            var role = tree.role(node);
            if ((CONTROLS.contains(role) || role.equals("image"))
                    && tree.name(node).isEmpty()) {
                say.accept("has no name: " + role + " in '" + tree.name(tree.parent(node)) + "' "
                        + tree.property(node, "url"));
            }
            if (role.equals("list")
                    && tree.children(node).stream()
                            .anyMatch(child ->
                                    !Set.of("listitem", "ListMarker", "none").contains(tree.role(child)))) {
                say.accept("a list holds what is no item: "
                        + tree.children(node).stream()
                                .map(tree::role)
                                .distinct()
                                .toList());
            }
            if (role.equals("table")
                    && tree.below(node).stream()
                            .noneMatch(cell -> tree.role(cell).endsWith("header"))) {
                say.accept("a table has no headers: " + tree.name(node));
            }
            if (Set.of("list", "table").contains(role)) {
                sameWords(tree, node, say);
            }
        }
        return wrong.stream().distinct().toList();
    }

    private static void headings(Tree tree, Consumer<String> say) {
        int last = 0;
        int first = 0;
        for (var heading : tree.all("heading")) {
            int level = Integer.parseInt(tree.property(heading, "level"));
            if (level == 1) {
                first++;
            }
            if (last > 0 && level > last + 1) {
                say.accept("jumps from h" + last + " to h" + level + " '" + tree.name(heading) + "'");
            }
            if (tree.name(heading).isEmpty()) {
                say.accept("has a heading without words, h" + level);
            }
            last = level;
        }
        if (first != 1) {
            say.accept("has " + first + " headings of the first level");
        }
    }

    /** Links of one list that are called the same must lead to the same. */
    private static void sameWords(Tree tree, JsonObject list, Consumer<String> say) {
        var targets = new HashMap<String, String>();
        for (var node : tree.below(list)) {
            if (tree.role(node).equals("link")) {
                var target = tree.property(node, "url");
                var other = targets.putIfAbsent(tree.name(node), target);
                if (other != null && !other.equals(target)) {
                    say.accept("two links of one list are both called '" + tree.name(node) + "'");
                }
            }
        }
    }

    private static String text(String resource) {
        try (var in = Barriers.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("No " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Chromium's accessibility tree without the nodes that it ignores, in reading order. */
    private static final class Tree {

        private final Map<String, JsonObject> byId = new HashMap<>();
        private final List<JsonObject> inOrder = new ArrayList<>();

        Tree(JsonArray nodes) {
            for (var node : nodes) {
                byId.put(node.getAsJsonObject().get("nodeId").getAsString(), node.getAsJsonObject());
            }
            for (var node : nodes) {
                if (!node.getAsJsonObject().has("parentId")) {
                    collect(node.getAsJsonObject(), inOrder);
                }
            }
        }

        private void collect(JsonObject node, List<JsonObject> into) {
            if (!ignored(node)) {
                into.add(node);
            }
            for (var id : ids(node)) {
                var child = byId.get(id);
                if (child != null) {
                    collect(child, into);
                }
            }
        }

        List<JsonObject> everything() {
            return inOrder;
        }

        List<JsonObject> all(String role) {
            return inOrder.stream().filter(node -> role(node).equals(role)).toList();
        }

        List<JsonObject> below(JsonObject node) {
            var found = new ArrayList<JsonObject>();
            collect(node, found);
            return found.subList(Math.min(1, found.size()), found.size());
        }

        /** The nearest that are not ignored. */
        List<JsonObject> children(JsonObject node) {
            var found = new ArrayList<JsonObject>();
            for (var id : ids(node)) {
                var child = byId.get(id);
                if (child != null && ignored(child)) {
                    found.addAll(children(child));
                } else if (child != null) {
                    found.add(child);
                }
            }
            return found;
        }

        JsonObject parent(JsonObject node) {
            var parent = node.has("parentId") ? byId.get(node.get("parentId").getAsString()) : null;
            return parent == null ? node : ignored(parent) ? parent(parent) : parent;
        }

        String role(JsonObject node) {
            return value(node.get("role"));
        }

        String name(JsonObject node) {
            return value(node.get("name")).strip();
        }

        String property(JsonObject node, String name) {
            for (var property : node.has("properties") ? node.getAsJsonArray("properties") : new JsonArray()) {
                if (property.getAsJsonObject().get("name").getAsString().equals(name)) {
                    return value(property.getAsJsonObject().get("value"));
                }
            }
            return "";
        }

        private static boolean ignored(JsonObject node) {
            return node.get("ignored").getAsBoolean();
        }

        private static List<String> ids(JsonObject node) {
            var found = new ArrayList<String>();
            for (var id : node.has("childIds") ? node.getAsJsonArray("childIds") : new JsonArray()) {
                found.add(id.getAsString());
            }
            return found;
        }

        private static String value(@org.jspecify.annotations.Nullable JsonElement typed) {
            return typed == null || !typed.getAsJsonObject().has("value")
                    ? ""
                    : typed.getAsJsonObject().get("value").getAsString();
        }
    }
}
