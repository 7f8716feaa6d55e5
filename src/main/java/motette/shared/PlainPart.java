package motette.shared;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.context.IEngineContext;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.expression.IExpressionObjects;
import org.thymeleaf.standard.expression.AdditionExpression;
import org.thymeleaf.standard.expression.BooleanTokenExpression;
import org.thymeleaf.standard.expression.GenericTokenExpression;
import org.thymeleaf.standard.expression.IStandardExpression;
import org.thymeleaf.standard.expression.MessageExpression;
import org.thymeleaf.standard.expression.NumberTokenExpression;
import org.thymeleaf.standard.expression.TextLiteralExpression;
import org.thymeleaf.standard.expression.VariableExpression;
import org.thymeleaf.util.EvaluationUtils;

/** A part of a template that was read, ready to be written: what {@link PlainParts} makes of an element marked {@code th:plain}. */
final class PlainPart {

    private final Node node;
    private final Texts texts;
    private final int kept;

    /** @param kept number of its {@link Repeated} pieces and {@link Settled} tests */
    PlainPart(Node node, Texts texts, int kept) {
        this.node = node;
        this.texts = texts;
        this.kept = kept;
    }

    void write(ITemplateContext context, Utf8Writer html) {
        node.write(new Rendering(context, new Scope(context), html, texts.in(context.getLocale()), new byte[kept][]));
    }

    /**
     * One rendering of a part.
     *
     * @param kept what repeated pieces and tests were the first time; null before
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Rendering(
            ITemplateContext context, Scope scope, Utf8Writer html, Texts.In texts, byte[] @Nullable [] kept) {}

    /** The variables of a rendering, those of the loops it is in before all others. */
    static final class Scope implements IExpressionContext {

        private static final int DEEPEST = 16;

        private final ITemplateContext outer;

        /** Loops within loops, each with a variable and perhaps its turn; names are interned, so they can be told by identity. */
        private final String[] names = new String[DEEPEST];

        private final @Nullable Object[] values = new Object[DEEPEST];
        private int entered;

        /** Variables of the page that were asked for; they stay the same as long as a part is written. */
        private final String[] askedNames = new String[DEEPEST];

        private final @Nullable Object[] askedValues = new Object[DEEPEST];
        private int asked;

        Scope(ITemplateContext outer) {
            this.outer = outer;
        }

        /** What the standard dialect works out must see the variables of the loops, too. */
        void publish() {
            for (int i = 0; i < entered; i++) {
                ((IEngineContext) outer).setVariable(names[i], values[i]);
            }
        }

        void enter(String name) {
            names[entered] = name;
            values[entered] = "";
            entered++;
        }

        void set(@Nullable Object value, int back) {
            values[entered - back] = value;
        }

        void leave() {
            entered--;
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        public @Nullable Object getVariable(String name) {
            for (int i = entered - 1; i >= 0; i--) {
                if (names[i] == name) {
                    return values[i];
                }
            }
            for (int i = 0; i < asked; i++) {
                if (askedNames[i] == name) {
                    return askedValues[i];
                }
            }
            var value = outer.getVariable(name);
            if (asked < DEEPEST) {
                askedNames[asked] = name;
                askedValues[asked] = value;
                asked++;
            }
            return value;
        }

        @Override
        public boolean containsVariable(String name) {
            return enteredNames().contains(name) || outer.containsVariable(name);
        }

        @Override
        public Set<String> getVariableNames() {
            var all = new HashSet<>(outer.getVariableNames());
            all.addAll(enteredNames());
            return all;
        }

        private List<String> enteredNames() {
            return Arrays.asList(names).subList(0, entered);
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
    interface Node {

        void write(Rendering page);
    }

    /** What stands in the template as it is. */
    @SuppressWarnings("ArrayRecordComponent")
    record Fixed(byte[] text) implements Node {

        @Override
        public void write(Rendering page) {
            page.html.append(text);
        }
    }

    /** What depends on the language of the page and on nothing else. */
    record OfLanguage(Node node) implements Node {

        @Override
        public void write(Rendering page) {
            node.write(page);
        }
    }

    /** Such pieces in a row with the fixed text between them: worked out once in each language. */
    record InEveryLanguage(Node node, Map<Texts.In, byte[]> known) implements Node {

        @Override
        public void write(Rendering page) {
            var text = known.get(page.texts);
            if (text == null) {
                int start = page.html.length();
                node.write(page);
                known.put(page.texts, page.html.since(start));
            } else {
                page.html.append(text);
            }
        }
    }

    /** A piece of a loop that looks the same in every turn: worked out in the first one. */
    record Repeated(Node node, int number) implements Node {

        @Override
        public void write(Rendering page) {
            var known = page.kept[number];
            if (known == null) {
                int start = page.html.length();
                node.write(page);
                page.kept[number] = page.html.since(start);
            } else {
                page.html.append(known);
            }
        }
    }

    /** A test within a loop that comes out the same in every turn. */
    record Settled(Test test, int number) implements Test {

        private static final byte[] YES = {1};
        private static final byte[] NO = {0};

        @Override
        public boolean holds(Rendering page) {
            var known = page.kept[number];
            if (known == null) {
                known = test.holds(page) ? YES : NO;
                page.kept[number] = known;
            }
            return known[0] == 1;
        }
    }

    /** What an {@code th:if} asks. */
    @FunctionalInterface
    interface Test {

        boolean holds(Rendering page);
    }

    /** What an expression gives: at once where it is a path or text, otherwise as the standard dialect works it out. */
    @FunctionalInterface
    interface Value {

        @Nullable
        Object of(Rendering page);

        static Value of(IStandardExpression expression) {
            Value slow = page -> {
                page.scope.publish();
                return expression.execute(page.context);
            };
            return switch (expression) {
                case VariableExpression variable
                when !variable.getConvertToString() -> {
                    var node = Expressions.plain(variable.getExpression());
                    yield node == null ? slow : new Fast(node, slow);
                }
                case AdditionExpression sum when isText(sum) -> joined(sum);
                case MessageExpression message -> message(message);
                default -> slow;
            };
        }

        /** Of |/ideas/${number}| and the like; sums of numbers are left to the standard dialect. */
        static boolean isText(AdditionExpression sum) {
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

        private static Value message(MessageExpression message) {
            var key = part(message.getBase());
            if (message.hasParameters()) {
                var args = message.getParameters().getExpressions().stream()
                        .map(Value::part)
                        .toArray(Value[]::new);
                return page -> {
                    var given = new Object[args.length];
                    for (int i = 0; i < args.length; i++) {
                        given[i] = args[i].of(page);
                    }
                    return page.texts.get(String.valueOf(key.of(page)), given);
                };
            } else {
                return page -> page.texts.get(String.valueOf(key.of(page)));
            }
        }

        private static Value joined(AdditionExpression sum) {
            var parts = parts(sum).map(Value::part).toArray(Value[]::new);
            return page -> {
                var text = new StringBuilder();
                for (var part : parts) {
                    text.append(part.of(page));
                }
                return text.toString();
            };
        }

        /** What a sum of texts is made of, from left to right. */
        static Stream<IStandardExpression> parts(AdditionExpression sum) {
            return Stream.concat(
                    sum.getLeft() instanceof AdditionExpression inner ? parts(inner) : Stream.of(sum.getLeft()),
                    Stream.of(sum.getRight()));
        }

        static Value part(IStandardExpression expression) {
            return switch (expression) {
                case TextLiteralExpression literal -> {
                    var text = literal.getValue().getValue();
                    yield page -> text;
                }
                case GenericTokenExpression token -> {
                    var text = token.getValue();
                    yield page -> text;
                }
                case NumberTokenExpression token -> {
                    var number = token.getValue();
                    yield page -> number;
                }
                case BooleanTokenExpression token -> {
                    var answer = token.getValue();
                    yield page -> answer;
                }
                default -> of(expression);
            };
        }
    }

    record Fast(Expressions.Node node, Value slow) implements Value {

        @Override
        public @Nullable Object of(Rendering page) {
            try {
                return node.value(page.scope);
            } catch (Expressions.NotOurs unknown) {
                return slow.of(page);
            }
        }
    }

    record Several(Node[] nodes) implements Node {

        @Override
        public void write(Rendering page) {
            for (var node : nodes) {
                node.write(page);
            }
        }
    }

    /** A fragment with what its parameters are given, worked out before it begins. */
    @SuppressWarnings("ArrayRecordComponent")
    record With(String[] names, Value[] values, Node body) implements Node {

        @Override
        public void write(Rendering page) {
            var given = new @Nullable Object[values.length];
            for (int i = 0; i < values.length; i++) {
                given[i] = values[i].of(page);
            }
            var inner = (IEngineContext) page.context;
            inner.increaseLevel();
            for (int i = 0; i < names.length; i++) {
                page.scope.enter(names[i]);
                page.scope.set(given[i], 1);
            }
            body.write(page);
            for (int i = 0; i < names.length; i++) {
                page.scope.leave();
            }
            inner.decreaseLevel();
        }
    }

    /** What a loop knows of the turn it is in. */
    public record Turn(int index, int count, int size, boolean first, boolean last) {}

    /** A loop marked as printing nothing but its list: of one that stays it is printed once in each language. */
    static final class OverStanding implements Node {

        private final Loop loop;

        OverStanding(Loop loop) {
            this.loop = loop;
        }

        @Override
        public void write(Rendering page) {
            var many = loop.list.of(page);
            if (many instanceof Standing<?> standing) {
                int start = page.html.length();
                var known = standing.printed(this, page.texts, () -> {
                    loop.write(page, standing);
                    return page.html.since(start);
                });
                if (page.html.length() == start) {
                    page.html.append(known);
                }
            } else {
                loop.write(page, many);
            }
        }
    }

    record Loop(String item, @Nullable String turn, Value list, Node body) implements Node {

        @Override
        public void write(Rendering page) {
            write(page, list.of(page));
        }

        private void write(Rendering page, @Nullable Object many) {
            List<?> items = EvaluationUtils.evaluateAsList(many);
            var inner = (IEngineContext) page.context;
            inner.increaseLevel();
            page.scope.enter(item);
            if (turn != null) {
                page.scope.enter(turn);
            }
            for (int i = 0; i < items.size(); i++) {
                page.scope.set(items.get(i), turn == null ? 1 : 2);
                if (turn != null) {
                    page.scope.set(new Turn(i, i + 1, items.size(), i == 0, i == items.size() - 1), 1);
                }
                body.write(page);
            }
            if (turn != null) {
                page.scope.leave();
            }
            page.scope.leave();
            inner.decreaseLevel();
        }
    }
}
