package motette.shared;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import motette.shared.PlainPart.Fixed;
import motette.shared.PlainPart.InEveryLanguage;
import motette.shared.PlainPart.Loop;
import motette.shared.PlainPart.Node;
import motette.shared.PlainPart.OfLanguage;
import motette.shared.PlainPart.OverStanding;
import motette.shared.PlainPart.Repeated;
import motette.shared.PlainPart.Settled;
import motette.shared.PlainPart.Several;
import motette.shared.PlainPart.Test;
import motette.shared.PlainPart.Value;
import motette.shared.PlainPart.With;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.model.IAttribute;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IModel;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.ITemplateEnd;
import org.thymeleaf.model.ITemplateEvent;
import org.thymeleaf.model.ITemplateStart;
import org.thymeleaf.standard.expression.AdditionExpression;
import org.thymeleaf.standard.expression.FragmentExpression;
import org.thymeleaf.standard.expression.FragmentSignatureUtils;
import org.thymeleaf.standard.expression.GenericTokenExpression;
import org.thymeleaf.standard.expression.IStandardExpression;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.standard.expression.TextLiteralExpression;
import org.thymeleaf.standard.expression.VariableExpression;
import org.thymeleaf.util.EvaluationUtils;
import org.unbescape.html.HtmlEscape;

/**
 * Reads the events of a part into nodes; neighbouring text becomes one. Fragments that the part takes in are read with it, each
 * place of its own, so that a whole page can be one part.
 */
final class PlainReader {

    private static final String PREFIX = "th";
    private static final String MARK = "plain";
    private static final String STANDING = "standing";
    private static final String REPLACE = PREFIX + ":replace";
    private static final String FRAGMENT = PREFIX + ":fragment";

    /** Attributes that stay when their value is empty, as the standard dialect keeps them. */
    private static final Set<String> KEPT_EMPTY = Set.of("href", "src", "value", "action", "method", "name", "type");

    /** Attributes that are there or not. */
    private static final Set<String> SWITCHES = Set.of(
            "autofocus", "checked", "disabled", "hidden", "multiple", "open", "readonly", "required", "selected");

    /** What the standard dialect does besides setting attributes; not to be found in a plain part. */
    private static final Set<String> FOREIGN = Set.of(
            "insert",
            "replace",
            "include",
            "with",
            "object",
            "switch",
            "case",
            "utext",
            "inline",
            "remove",
            "assert",
            "ref",
            "classappend",
            "styleappend",
            "attrappend",
            "attrprepend",
            "alt-title",
            "lang-xmllang",
            "block");

    private static final byte[] QUOTE = {'"'};

    /** Spaces at the beginning of a line are for who reads the template; one break means the same to a browser. */
    private static final Pattern INDENTATION = Pattern.compile("\\s*\\n\\s*");

    /** A text without places to fill, and where the assets of this version are: the same in every page of one language. */
    private static final Pattern OF_THE_LANGUAGE = Pattern.compile("#\\{[\\w.-]+}|\\$\\{frame\\.(?:assets|icons)}");

    private static final Set<String> KEEPING_SPACES = Set.of("pre", "textarea", "script", "style");

    /** A fragment that was given to another one, and the template in which it is named. */
    private record Given(
            FragmentExpression fragment, @Nullable String template) {}

    private final ITemplateContext context;
    private final Texts texts;

    /** Variables of the loops around what is being read. */
    private final Deque<String> varying = new ArrayDeque<>();

    /** What is being read: the part itself or a fragment in it, from where, and what the fragment was given. */
    private IModel model;

    private Map<String, Given> given = Map.of();

    private int kept;
    private int preformatted;
    private int at;

    PlainReader(ITemplateContext context, IModel model, Texts texts) {
        this.context = context;
        this.model = model;
        this.texts = texts;
    }

    PlainPart part() {
        return new PlainPart(whole().node(), texts, kept);
    }

    private Nodes whole() {
        var nodes = new Nodes();
        while (at < model.size()) {
            read(nodes);
        }
        return nodes;
    }

    /** Within a loop, what names none of its variables is the same in every turn. */
    private Node once(String expression, Node node) {
        if (OF_THE_LANGUAGE.matcher(expression.strip()).matches()) {
            return new OfLanguage(node);
        } else {
            return varies(expression) ? node : new Repeated(node, kept++);
        }
    }

    private Test once(String expression, Test test) {
        return varies(expression) ? test : new Settled(test, kept++);
    }

    private boolean varies(String expression) {
        return varying.isEmpty() || varying.stream().anyMatch(name -> names(expression, name));
    }

    private static List<String> variables(IProcessableElementTag tag) {
        var each = tag.getAttributeValue(PREFIX + ":each");
        return each == null ? List.of() : loopNames(each);
    }

    private static List<String> loopNames(String each) {
        return Stream.of(each.substring(0, each.indexOf(':')).split(","))
                .map(name -> name.strip().intern())
                .toList();
    }

    private static boolean names(String expression, String variable) {
        return Pattern.compile("\\b" + Pattern.quote(variable) + "\\b")
                .matcher(expression)
                .find();
    }

    private void read(Nodes nodes) {
        var event = model.get(at++);
        switch (event) {
            case ITemplateStart start -> {}
            case ITemplateEnd end -> {}
            case IOpenElementTag tag
            when tag.hasAttribute(REPLACE) -> {
                nodes.add(fragment(tag));
                skip();
            }
            case IStandaloneElementTag tag when tag.hasAttribute(REPLACE) -> nodes.add(fragment(tag));
            case IStandaloneElementTag tag -> {
                var own = variables(tag);
                varying.addAll(own);
                nodes.add(element(tag, tag.isMinimized() ? "/>" : ">", null));
                own.forEach(varying::removeLastOccurrence);
            }
            case IOpenElementTag tag -> {
                var own = variables(tag);
                varying.addAll(own);
                boolean keepsSpaces = KEEPING_SPACES.contains(tag.getElementCompleteName());
                preformatted += keepsSpaces ? 1 : 0;
                var content = new Nodes();
                var closing = "";
                while (true) {
                    if (model.get(at) instanceof ICloseElementTag close && !close.isUnmatched()) {
                        closing = close.isSynthetic() || isBlock(tag) ? "" : close.toString();
                        at++;
                        break;
                    }
                    read(content);
                }
                preformatted -= keepsSpaces ? 1 : 0;
                content.add(closing);
                nodes.add(element(tag, ">", content));
                own.forEach(varying::removeLastOccurrence);
            }
            default ->
                nodes.add(
                        preformatted > 0
                                ? event.toString()
                                : INDENTATION.matcher(event.toString()).replaceAll("\n"));
        }
    }

    /** Goes behind the end of the element that was just opened. */
    private void skip() {
        for (int open = 1; open > 0; at++) {
            if (model.get(at) instanceof ICloseElementTag close && !close.isUnmatched()) {
                open--;
            } else if (model.get(at) instanceof IOpenElementTag) {
                open++;
            }
        }
    }

    /** What takes the place of an element with {@code th:replace}: a fragment of a template, or one given to this fragment. */
    private Node fragment(IProcessableElementTag tag) {
        var replace = tag.getAttribute(REPLACE);
        for (var attribute : tag.getAllAttributes()) {
            var name = attribute.getAttributeCompleteName();
            if (name.startsWith(PREFIX + ":") && !name.equals(REPLACE) && !name.equals(PREFIX + ":" + MARK)) {
                throw fault(tag, attribute);
            }
        }
        return switch (parsed(HtmlEscape.unescapeHtml(replace.getValue()))) {
            case FragmentExpression fragment -> fragment(fragment, tag.getTemplateName());
            case VariableExpression variable
            when given.get(variable.getExpression()) instanceof Given it -> fragment(it.fragment(), it.template());
            default -> throw fault(tag, replace);
        };
    }

    private Node fragment(FragmentExpression fragment, @Nullable String here) {
        var template = fragment.getTemplateName() == null
                ? String.valueOf(here)
                : String.valueOf(fragment.getTemplateName().execute(context));
        var selector = String.valueOf(fragment.getFragmentSelector().execute(context));
        var inner = context.getConfiguration()
                .getTemplateManager()
                .parseStandalone(context, template, Set.of(selector), null, true, true);
        var names = new ArrayList<String>();
        var values = new ArrayList<Value>();
        var fragments = new HashMap<String, Given>();
        var parameters = parameters(inner);
        int varied = varying.size();
        if (fragment.hasParameters()) {
            int position = 0;
            for (var assignation : fragment.getParameters()) {
                var name = (fragment.hasSyntheticParameters()
                                ? parameters.get(position++)
                                : String.valueOf(assignation.getLeft().execute(context)))
                        .intern();
                var value = assignation.getRight();
                if (value instanceof FragmentExpression more) {
                    fragments.put(name, new Given(more, here));
                } else {
                    names.add(name);
                    values.add(Value.part(value));
                    if (!varying.isEmpty() && varies(value.getStringRepresentation())) {
                        varying.add(name);
                    }
                }
            }
        }
        var body = within(inner, fragments);
        while (varying.size() > varied) {
            varying.removeLast();
        }
        return names.isEmpty() ? body : new With(names.toArray(String[]::new), values.toArray(Value[]::new), body);
    }

    private Node within(IModel fragment, Map<String, Given> fragments) {
        var outer = model;
        var outerGiven = given;
        int behind = at;
        model = fragment;
        given = fragments;
        at = 0;
        var nodes = whole();
        model = outer;
        given = outerGiven;
        at = behind;
        return nodes.node();
    }

    private List<String> parameters(IModel fragment) {
        for (int i = 0; i < fragment.size(); i++) {
            if (fragment.get(i) instanceof IProcessableElementTag tag) {
                return tag.hasAttribute(FRAGMENT)
                        ? FragmentSignatureUtils.parseFragmentSignature(
                                        context.getConfiguration(), tag.getAttributeValue(FRAGMENT))
                                .getParameterNames()
                        : List.of();
            }
        }
        return List.of();
    }

    private Nodes element(IProcessableElementTag tag, String end, @Nullable Nodes content) {
        var inside = new Nodes();
        String text = null;
        Test test = null;
        String each = null;
        boolean standing = false;
        if (!isBlock(tag)) {
            inside.add("<" + tag.getElementCompleteName());
        }
        for (var attribute : tag.getAllAttributes()) {
            var name = attribute.getAttributeCompleteName();
            if (name.startsWith("xmlns:")) {
                continue;
            } else if (!name.startsWith(PREFIX + ":")) {
                inside.add(" " + attribute);
                continue;
            }
            var own = name.substring(PREFIX.length() + 1);
            var value = HtmlEscape.unescapeHtml(attribute.getValue() == null ? "" : attribute.getValue());
            if (FOREIGN.contains(own) || test != null && (own.equals("if") || own.equals("unless"))) {
                throw fault(tag, attribute);
            }
            switch (own) {
                case MARK -> standing = value.equals(STANDING);
                case "fragment" -> {}
                case "text" -> text = value;
                case "if", "unless" -> test = once(value, test(value, own.equals("if")));
                case "each" -> each = value;
                case "attr" ->
                    pairs(value)
                            .forEach(pair -> inside.add(attribute(
                                    tag,
                                    attribute,
                                    pair.substring(0, pair.indexOf('=')).strip(),
                                    pair.substring(pair.indexOf('=') + 1))));
                default -> inside.add(attribute(tag, attribute, own, value));
            }
        }
        if (!isBlock(tag)) {
            inside.add(end);
        }
        if (text != null) {
            inside.add(text(parsed(text)));
            if (content != null && !isBlock(tag)) {
                inside.add("</" + tag.getElementCompleteName() + ">");
            }
        } else if (content != null) {
            inside.add(content);
        }
        var shown = test == null ? inside : Nodes.of(choice(test, inside.node()));
        if (each == null) {
            return shown;
        } else {
            var loop = loop(each, shown.node());
            return Nodes.of(standing ? new OverStanding(loop) : loop);
        }
    }

    private static boolean isBlock(IProcessableElementTag tag) {
        return tag.getElementCompleteName().equals("th:block");
    }

    /** A joined text is written piece by piece: what is fixed, what is the same in every turn of a loop, and the rest. */
    private Nodes text(IStandardExpression expression) {
        var pieces = new Nodes();
        if (expression instanceof AdditionExpression sum && Value.isText(sum)) {
            Value.parts(sum).forEach(part -> {
                switch (part) {
                    case TextLiteralExpression literal ->
                        pieces.add(HtmlEscape.escapeHtml4Xml(literal.getValue().getValue()));
                    case GenericTokenExpression token ->
                        pieces.add(HtmlEscape.escapeHtml4Xml(String.valueOf(token.getValue())));
                    default -> {
                        var value = Value.part(part);
                        pieces.add(
                                once(part.getStringRepresentation(), escaped(page -> String.valueOf(value.of(page)))));
                    }
                }
            });
        } else {
            pieces.add(once(expression.getStringRepresentation(), escaped(Value.of(expression))));
        }
        return pieces;
    }

    private static Node escaped(Value expression) {
        return page -> {
            var value = expression.of(page);
            if (value != null) {
                page.html().appendEscaped(value.toString());
            }
        };
    }

    private Test test(String text, boolean wanted) {
        var value = expression(text);
        return page -> EvaluationUtils.evaluateAsBoolean(value.of(page)) == wanted;
    }

    private static Node choice(Test test, Node node) {
        return page -> {
            if (test.holds(page)) {
                node.write(page);
            }
        };
    }

    private Nodes attribute(IProcessableElementTag tag, IAttribute from, String name, String value) {
        if (tag.hasAttribute(name)) {
            throw fault(tag, from);
        }
        var parsed = parsed(value);
        if (SWITCHES.contains(name)) {
            var given = new Fixed((" " + name + "=\"" + name + "\"").getBytes(StandardCharsets.UTF_8));
            return Nodes.of(choice(once(value, test(value, true)), given));
        } else if (parsed instanceof AdditionExpression sum && Value.isText(sum)) {
            var whole = new Nodes();
            whole.add(" " + name + "=\"");
            whole.add(text(sum));
            whole.add("\"");
            return whole;
        } else {
            var expression = Value.of(parsed);
            var start = (" " + name + "=\"").getBytes(StandardCharsets.UTF_8);
            var keptEmpty = KEPT_EMPTY.contains(name)
                    && !from.getAttributeCompleteName().equals(PREFIX + ":attr");
            return Nodes.of(once(value, (Node) page -> {
                var result = expression.of(page);
                var text = result == null ? "" : result.toString();
                if (keptEmpty || !text.isEmpty()) {
                    page.html().append(start).appendEscaped(text).append(QUOTE);
                }
            }));
        }
    }

    private Loop loop(String each, Node body) {
        int colon = each.indexOf(':');
        var names = loopNames(each);
        return new Loop(
                names.getFirst(), names.size() > 1 ? names.get(1) : null, expression(each.substring(colon + 1)), body);
    }

    private Value expression(String text) {
        return Value.of(parsed(text));
    }

    private IStandardExpression parsed(String text) {
        return (IStandardExpression) StandardExpressions.getExpressionParser(context.getConfiguration())
                .parseExpression(context, text.strip());
    }

    /** "a=…,b=…" at the commas outside of braces, brackets and quotes. */
    private static List<String> pairs(String text) {
        var pairs = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            quoted = quoted != (letter == '\'');
            if (!quoted) {
                depth += letter == '{' || letter == '(' ? 1 : letter == '}' || letter == ')' ? -1 : 0;
                if (letter == ',' && depth == 0) {
                    pairs.add(text.substring(start, i));
                    start = i + 1;
                }
            }
        }
        pairs.add(text.substring(start));
        return pairs;
    }

    private static TemplateProcessingException fault(ITemplateEvent tag, IAttribute attribute) {
        return new TemplateProcessingException(
                "'" + attribute + "' cannot stand in a part marked th:plain",
                tag.getTemplateName(),
                tag.getLine(),
                tag.getCol());
    }

    /** Collects nodes; fixed text beside fixed text becomes one, across the borders of elements. */
    private static final class Nodes {

        private final List<Node> nodes = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        static Nodes of(Node node) {
            var one = new Nodes();
            one.add(node);
            return one;
        }

        void add(String more) {
            text.append(more);
        }

        void add(Node node) {
            flush();
            nodes.add(node);
        }

        void add(Nodes more) {
            for (var node : more.nodes) {
                if (node instanceof Fixed fixed) {
                    add(new String(fixed.text(), StandardCharsets.UTF_8));
                } else {
                    add(node);
                }
            }
            text.append(more.text);
        }

        Node node() {
            flush();
            var folded = folded();
            return folded.size() == 1 ? folded.getFirst() : new Several(folded.toArray(Node[]::new));
        }

        /** What depends on the language alone becomes one piece a language, with the fixed text around it. */
        private List<Node> folded() {
            var all = new ArrayList<Node>();
            var run = new ArrayList<Node>();
            for (var node : nodes) {
                if (!(node instanceof Fixed || node instanceof OfLanguage)) {
                    close(run, all);
                    all.add(node);
                } else {
                    run.add(node);
                }
            }
            close(run, all);
            return all;
        }

        private static void close(List<Node> run, List<Node> all) {
            if (run.stream().anyMatch(OfLanguage.class::isInstance)) {
                all.add(new InEveryLanguage(new Several(run.toArray(Node[]::new)), new ConcurrentHashMap<>()));
            } else {
                all.addAll(run);
            }
            run.clear();
        }

        private void flush() {
            if (!text.isEmpty()) {
                nodes.add(new Fixed(text.toString().getBytes(StandardCharsets.UTF_8)));
                text.setLength(0);
            }
        }
    }
}
