package motette.shared;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.context.IEngineContext;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.expression.IExpressionObjects;
import org.thymeleaf.model.IAttribute;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IModel;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.ITemplateEvent;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractAttributeModelProcessor;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementModelStructureHandler;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.expression.AdditionExpression;
import org.thymeleaf.standard.expression.GenericTokenExpression;
import org.thymeleaf.standard.expression.IStandardExpression;
import org.thymeleaf.standard.expression.MessageExpression;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.standard.expression.TextLiteralExpression;
import org.thymeleaf.standard.expression.VariableExpression;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.util.EvaluationUtils;
import org.thymeleaf.util.IWritableCharSequence;
import org.unbescape.html.HtmlEscape;

/**
 * {@code th:plain} on an element says: in here are only texts, attributes, {@code th:if}, {@code th:unless} and
 * {@code th:each}. Such a part is read once and then written in one go, for a fraction of what its elements cost one by one.
 * It prints the same; whatever else stands in it is a fault that the first rendering names.
 */
final class PlainParts extends AbstractProcessorDialect {

    private static final String PREFIX = "th";
    private static final String MARK = "plain";
    private static final int BEFORE_EVERYTHING = 10;

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
            "fragment",
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

    private static final byte[] NOT_YET = {};
    private static final byte[] QUOTE = {'"'};

    private final Texts texts;

    PlainParts(Texts texts) {
        super("Plain parts", PREFIX, 1);
        this.texts = texts;
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        var known = new ConcurrentHashMap<Place, Part>();
        return Set.of(new Writing(known), new FirstReading(known, texts));
    }

    /** Where a part stands. */
    private record Place(@Nullable String template, int line, int column) {

        static Place of(ITemplateEvent event) {
            return new Place(event.getTemplateName(), event.getLine(), event.getCol());
        }
    }

    /** Writes a known part. What it prints is never looked through for expressions again. */
    private static final class Writing extends AbstractAttributeTagProcessor {

        private final Map<Place, Part> known;

        Writing(Map<Place, Part> known) {
            super(TemplateMode.HTML, PREFIX, null, false, MARK, true, BEFORE_EVERYTHING, false);
            this.known = known;
        }

        @Override
        protected void doProcess(
                ITemplateContext context,
                IProcessableElementTag tag,
                AttributeName name,
                @Nullable String value,
                IElementTagStructureHandler handler) {
            var part = known.get(Place.of(tag));
            if (part != null) {
                handler.replaceWith(new Written(part.write(context)), false);
            }
        }
    }

    /** A part on its way into the page: bytes where those are wanted, text for whoever asks. */
    private record Written(Utf8Writer html) implements IWritableCharSequence {

        @Override
        public void write(Writer page) throws IOException {
            if (page instanceof Utf8Writer bytes) {
                bytes.append(html);
            } else {
                page.write(html.toString());
            }
        }

        @Override
        public int length() {
            return html.toString().length();
        }

        @Override
        public char charAt(int index) {
            return html.toString().charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return html.toString().subSequence(start, end);
        }

        @Override
        public String toString() {
            return html.toString();
        }
    }

    /** Reads a part that is not known yet and leaves this one rendering to the standard dialect. */
    private static final class FirstReading extends AbstractAttributeModelProcessor {

        private final Map<Place, Part> known;
        private final Texts texts;

        FirstReading(Map<Place, Part> known, Texts texts) {
            super(TemplateMode.HTML, PREFIX, null, false, MARK, true, BEFORE_EVERYTHING + 1, true);
            this.known = known;
            this.texts = texts;
        }

        @Override
        protected void doProcess(
                ITemplateContext context,
                IModel model,
                AttributeName name,
                @Nullable String value,
                IElementModelStructureHandler handler) {
            known.computeIfAbsent(Place.of(model.get(0)), place -> new Reader(context, model, texts).part());
        }
    }

    /** A part that was read. */
    private static final class Part {

        private final Node node;
        private final int repeated;

        /** So many bytes it had the last time, and a few more. */
        private volatile int expected = 1024;

        /** @param repeated number of its {@link Repeated} pieces */
        Part(Node node, int repeated) {
            this.node = node;
            this.repeated = repeated;
        }

        Utf8Writer write(ITemplateContext context) {
            var pieces = new byte[repeated][];
            Arrays.fill(pieces, NOT_YET);
            var page = new Rendering(context, new Scope(context), new Utf8Writer(expected), pieces);
            node.write(page);
            expected = page.html.length() + 256;
            return page.html;
        }
    }

    /**
     * One rendering of a part.
     *
     * @param pieces what repeated pieces looked like the first time; {@link #NOT_YET} before
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Rendering(ITemplateContext context, Scope scope, Utf8Writer html, byte[][] pieces) {}

    /** The variables of a rendering, those of the loops it is in before all others. */
    private static final class Scope implements IExpressionContext {

        private final ITemplateContext outer;
        private final List<String> names = new ArrayList<>(2);
        private final List<Object> values = new ArrayList<>(2);

        Scope(ITemplateContext outer) {
            this.outer = outer;
        }

        void enter(String name) {
            names.add(name);
            values.add("");
        }

        void set(Object value, int back) {
            values.set(values.size() - back, value);
        }

        void leave() {
            names.removeLast();
            values.removeLast();
        }

        @Override
        public @Nullable Object getVariable(String name) {
            for (int i = names.size() - 1; i >= 0; i--) {
                if (names.get(i).equals(name)) {
                    return values.get(i);
                }
            }
            return outer.getVariable(name);
        }

        @Override
        public boolean containsVariable(String name) {
            return names.contains(name) || outer.containsVariable(name);
        }

        @Override
        public Set<String> getVariableNames() {
            var all = new HashSet<>(outer.getVariableNames());
            all.addAll(names);
            return all;
        }

        @Override
        public Locale getLocale() {
            return outer.getLocale();
        }

        @Override
        public IEngineConfiguration getConfiguration() {
            return outer.getConfiguration();
        }

        @Override
        public IExpressionObjects getExpressionObjects() {
            return outer.getExpressionObjects();
        }
    }

    @FunctionalInterface
    private interface Node {

        void write(Rendering page);
    }

    /** A piece of a loop that looks the same in every turn: worked out in the first one. */
    private record Repeated(Node node, int number) implements Node {

        @Override
        public void write(Rendering page) {
            var known = page.pieces[number];
            if (known == NOT_YET) {
                int start = page.html.length();
                node.write(page);
                page.pieces[number] = page.html.since(start);
            } else {
                page.html.append(known);
            }
        }
    }

    /** What an expression gives: at once where it is a path or text, otherwise as the standard dialect works it out. */
    @FunctionalInterface
    private interface Value {

        @Nullable
        Object of(Rendering page);

        static Value of(IStandardExpression expression, Texts texts) {
            Value slow = page -> expression.execute(page.context);
            return switch (expression) {
                case VariableExpression variable
                when !variable.getConvertToString() -> {
                    var node = Expressions.plain(variable.getExpression());
                    yield node == null ? slow : new Fast(node, slow);
                }
                case AdditionExpression sum when isText(sum) -> joined(sum, texts);
                case MessageExpression message -> message(message, texts);
                default -> slow;
            };
        }

        /** Of |/ideas/${number}| and the like; sums of numbers are left to the standard dialect. */
        private static boolean isText(AdditionExpression sum) {
            return sum.getLeft() instanceof AdditionExpression inner
                    ? isText(inner)
                    : isWord(sum.getLeft()) || isWord(sum.getRight());
        }

        private static boolean isWord(IStandardExpression expression) {
            return expression instanceof TextLiteralExpression literal
                    && literal.getValue()
                            .getValue()
                            .chars()
                            .anyMatch(letter -> Character.isLetter(letter) || letter == '/' || letter == '#');
        }

        private static Value message(MessageExpression message, Texts texts) {
            var key = part(message.getBase(), texts);
            var args = message.hasParameters()
                    ? message.getParameters().getExpressions().stream()
                            .map(argument -> part(argument, texts))
                            .toArray(Value[]::new)
                    : new Value[0];
            return page -> {
                var given = new Object[args.length];
                for (int i = 0; i < args.length; i++) {
                    given[i] = args[i].of(page);
                }
                return texts.get(page.context.getLocale(), String.valueOf(key.of(page)), given);
            };
        }

        private static Value joined(AdditionExpression sum, Texts texts) {
            var left = sum.getLeft() instanceof AdditionExpression inner
                    ? joined(inner, texts)
                    : part(sum.getLeft(), texts);
            var right = part(sum.getRight(), texts);
            return page -> String.valueOf(left.of(page)).concat(String.valueOf(right.of(page)));
        }

        private static Value part(IStandardExpression expression, Texts texts) {
            return switch (expression) {
                case TextLiteralExpression literal -> {
                    var text = literal.getValue().getValue();
                    yield page -> text;
                }
                case GenericTokenExpression token -> {
                    var text = token.getValue();
                    yield page -> text;
                }
                default -> of(expression, texts);
            };
        }
    }

    private record Fast(Expressions.Node node, Value slow) implements Value {

        @Override
        public @Nullable Object of(Rendering page) {
            try {
                return node.value(page.scope);
            } catch (Expressions.NotOurs unknown) {
                return slow.of(page);
            }
        }
    }

    private record Several(Node[] nodes) implements Node {

        @Override
        public void write(Rendering page) {
            for (var node : nodes) {
                node.write(page);
            }
        }
    }

    /** What a loop knows of the turn it is in. */
    public record Turn(int index, int count, int size, boolean first, boolean last) {}

    private record Loop(String item, @Nullable String turn, Value list, Node body) implements Node {

        @Override
        public void write(Rendering page) {
            List<?> items = EvaluationUtils.evaluateAsList(list.of(page));
            var inner = (IEngineContext) page.context;
            inner.increaseLevel();
            page.scope.enter(item);
            if (turn != null) {
                page.scope.enter(turn);
            }
            for (int i = 0; i < items.size(); i++) {
                set(item, items.get(i), turn == null ? 1 : 2, page, inner);
                if (turn != null) {
                    set(turn, new Turn(i, i + 1, items.size(), i == 0, i == items.size() - 1), 1, page, inner);
                }
                body.write(page);
            }
            if (turn != null) {
                page.scope.leave();
            }
            page.scope.leave();
            inner.decreaseLevel();
        }

        private static void set(String name, Object value, int back, Rendering page, IEngineContext inner) {
            page.scope.set(value, back);
            inner.setVariable(name, value);
        }
    }

    /** Reads the events of a part into nodes; neighbouring text becomes one. */
    private static final class Reader {

        private final ITemplateContext context;
        private final IModel model;
        private final Texts texts;
        /** Variables of the loops around what is being read. */
        private final Deque<String> varying = new ArrayDeque<>();

        private int repeated;
        private int at;

        Reader(ITemplateContext context, IModel model, Texts texts) {
            this.context = context;
            this.model = model;
            this.texts = texts;
        }

        Part part() {
            var nodes = new Nodes();
            while (at < model.size()) {
                read(nodes);
            }
            return new Part(nodes.node(), repeated);
        }

        /** Within a loop, what names none of its variables is the same in every turn. */
        private Node once(String expression, Node node) {
            return varying.isEmpty() || varying.stream().anyMatch(name -> names(expression, name))
                    ? node
                    : new Repeated(node, repeated++);
        }

        private static List<String> variables(IProcessableElementTag tag) {
            var each = tag.getAttributeValue(PREFIX + ":each");
            return each == null ? List.of() : loopNames(each);
        }

        private static List<String> loopNames(String each) {
            return Stream.of(each.substring(0, each.indexOf(':')).split(","))
                    .map(String::strip)
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
                case IStandaloneElementTag tag -> {
                    var own = variables(tag);
                    varying.addAll(own);
                    nodes.add(element(tag, tag.isMinimized() ? "/>" : ">", null));
                    own.forEach(varying::removeLastOccurrence);
                }
                case IOpenElementTag tag -> {
                    var own = variables(tag);
                    varying.addAll(own);
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
                    content.add(closing);
                    nodes.add(element(tag, ">", content));
                    own.forEach(varying::removeLastOccurrence);
                }
                default -> nodes.add(event.toString());
            }
        }

        private Node element(IProcessableElementTag tag, String end, @Nullable Nodes content) {
            var inside = new Nodes();
            String text = null;
            Value test = null;
            boolean wanted = true;
            String each = null;
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
                    case MARK -> {}
                    case "text" -> text = value;
                    case "if", "unless" -> {
                        test = expression(value);
                        wanted = own.equals("if");
                    }
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
                inside.add(once(text, escaped(expression(text))));
                if (content != null && !isBlock(tag)) {
                    inside.add("</" + tag.getElementCompleteName() + ">");
                }
            } else if (content != null) {
                inside.add(content.node());
            }
            var shown = test == null ? inside.node() : choice(test, wanted, inside.node());
            return each == null ? shown : loop(each, shown);
        }

        private static boolean isBlock(IProcessableElementTag tag) {
            return tag.getElementCompleteName().equals("th:block");
        }

        private static Node escaped(Value expression) {
            return page -> {
                var value = expression.of(page);
                if (value instanceof Long || value instanceof Integer) {
                    page.html.append(value.toString());
                } else if (value != null) {
                    page.html.append(escape(value.toString()));
                }
            };
        }

        /** Most texts have nothing to escape, which is quicker to see than to escape. */
        private static String escape(String text) {
            for (int i = 0; i < text.length(); i++) {
                char letter = text.charAt(i);
                if (letter == '<' || letter == '>' || letter == '&' || letter == '"' || letter == '\'') {
                    return HtmlEscape.escapeHtml4Xml(text);
                }
            }
            return text;
        }

        private static Node choice(Value test, boolean wanted, Node node) {
            return page -> {
                if (EvaluationUtils.evaluateAsBoolean(test.of(page)) == wanted) {
                    node.write(page);
                }
            };
        }

        private Node attribute(IProcessableElementTag tag, IAttribute from, String name, String value) {
            if (tag.hasAttribute(name)) {
                throw fault(tag, from);
            }
            var expression = expression(value);
            var start = (" " + name + "=\"").getBytes(StandardCharsets.UTF_8);
            if (SWITCHES.contains(name)) {
                return once(value, page -> {
                    if (EvaluationUtils.evaluateAsBoolean(expression.of(page))) {
                        page.html.append(start).append(name).append(QUOTE);
                    }
                });
            } else {
                var keptEmpty = KEPT_EMPTY.contains(name)
                        && !from.getAttributeCompleteName().equals(PREFIX + ":attr");
                return once(value, page -> {
                    var result = expression.of(page);
                    var text = result == null ? "" : result.toString();
                    if (keptEmpty || !text.isEmpty()) {
                        page.html.append(start).append(escape(text)).append(QUOTE);
                    }
                });
            }
        }

        private Node loop(String each, Node body) {
            int colon = each.indexOf(':');
            var names = loopNames(each);
            return new Loop(
                    names.getFirst(),
                    names.size() > 1 ? names.get(1) : null,
                    expression(each.substring(colon + 1)),
                    body);
        }

        private Value expression(String text) {
            return Value.of(
                    (IStandardExpression) StandardExpressions.getExpressionParser(context.getConfiguration())
                            .parseExpression(context, text.strip()),
                    texts);
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
    }

    /** Collects nodes, joining static text. */
    private static final class Nodes {

        private final List<Node> nodes = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        void add(String more) {
            text.append(more);
        }

        void add(Node node) {
            flush();
            nodes.add(node);
        }

        Node node() {
            flush();
            return nodes.size() == 1 ? nodes.getFirst() : new Several(nodes.toArray(Node[]::new));
        }

        private void flush() {
            if (!text.isEmpty()) {
                var fixed = text.toString().getBytes(StandardCharsets.UTF_8);
                nodes.add(page -> page.html.append(fixed));
                text.setLength(0);
            }
        }
    }
}
