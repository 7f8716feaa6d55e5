package motette.shared;

import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import ognl.OgnlOps;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.standard.expression.IStandardVariableExpression;
import org.thymeleaf.standard.expression.IStandardVariableExpressionEvaluator;
import org.thymeleaf.standard.expression.OGNLVariableExpressionEvaluator;
import org.thymeleaf.standard.expression.StandardExpressionExecutionContext;
import org.thymeleaf.standard.expression.StandardExpressions;

/**
 * Works out the plain expressions of templates: paths through records, beans and maps, calls, literals, comparisons and choices.
 * They mean what OGNL means, at a tenth of its price; everything else is left to OGNL. The whole grammar is {@link Parser}.
 */
public final class Expressions implements IStandardVariableExpressionEvaluator {

    private static final Node FOREIGN = context -> {
        throw new NotOurs();
    };

    private final IStandardVariableExpressionEvaluator ognl = new OGNLVariableExpressionEvaluator(true);
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();

    private Expressions() {}

    /** To be called before the engine renders its first template. */
    public static void install(TemplateEngine engine) {
        engine.getDialects().stream()
                .filter(StandardDialect.class::isInstance)
                .map(StandardDialect.class::cast)
                .forEach(dialect -> dialect.setVariableExpressionEvaluator(new Expressions()));
    }

    @Override
    public @Nullable Object evaluate(
            IExpressionContext context,
            IStandardVariableExpression expression,
            StandardExpressionExecutionContext execution) {
        var text = expression.getExpression();
        var node = node(text);
        if (node != FOREIGN && !hasOtherRoot(context, expression)) {
            try {
                var value = node.value(context);
                return execution.getPerformTypeConversion()
                        ? StandardExpressions.getConversionService(context.getConfiguration())
                                .convert(context, value, String.class)
                        : value;
            } catch (NotOurs unknown) {
                nodes.put(text, FOREIGN);
            } catch (RuntimeException e) {
                throw new TemplateProcessingException("Cannot work out \"" + text + "\"", e);
            }
        }
        return ognl.evaluate(context, expression, execution);
    }

    private Node node(String text) {
        var known = nodes.get(text);
        if (known == null) {
            known = parse(text);
            nodes.put(text, known);
        }
        return known;
    }

    /** Works out an expression that is known to be none of an outer target; null where only OGNL can. */
    static @Nullable Node plain(String text) {
        var node = parse(text);
        return node == FOREIGN ? null : node;
    }

    static Node parse(String text) {
        try {
            return new Parser(text).whole();
        } catch (NotOurs foreign) {
            return FOREIGN;
        }
    }

    private static boolean hasOtherRoot(IExpressionContext context, IStandardVariableExpression expression) {
        return expression.getUseSelectionAsRoot()
                && context instanceof ITemplateContext template
                && template.hasSelectionTarget();
    }

    /** One step of an expression. */
    @FunctionalInterface
    interface Node {

        @Nullable
        Object value(IExpressionContext context);
    }

    static final class NotOurs extends RuntimeException {

        NotOurs() {
            super(null, null, false, false);
        }
    }

    /** A component, a getter or the entry of a map; remembers how the last type was asked. */
    private static final class Property implements Node {

        private final Node target;
        private final String name;
        private volatile Question last = Question.NONE;

        Property(Node target, String name) {
            this.target = target;
            this.name = name;
        }

        @Override
        public @Nullable Object value(IExpressionContext context) {
            var asked = target.value(context);
            if (asked == null) {
                throw new IllegalArgumentException("'" + name + "' of nothing");
            } else if (asked instanceof Map<?, ?> map) {
                if (name.equals("size") || name.equals("isEmpty") || name.equals("keys") || name.equals("values")) {
                    throw new NotOurs();
                }
                return map.get(name);
            } else {
                var question = last;
                if (question.type() != asked.getClass()) {
                    question = Question.property(asked.getClass(), name);
                    last = question;
                }
                return question.alone().apply(asked);
            }
        }
    }

    /** A question with or without arguments. */
    private static final class Call implements Node {

        private final Node target;
        private final String name;
        private final List<Node> arguments;
        private volatile Question last = Question.NONE;

        Call(Node target, String name, List<Node> arguments) {
            this.target = target;
            this.name = name;
            this.arguments = arguments;
        }

        @Override
        public @Nullable Object value(IExpressionContext context) {
            var asked = target.value(context);
            if (asked == null) {
                throw new IllegalArgumentException("'" + name + "' of nothing");
            } else if (arguments.isEmpty()) {
                var question = last;
                if (question.type() != asked.getClass()) {
                    question = Question.call(asked.getClass(), name, null);
                    last = question;
                }
                return question.alone().apply(asked);
            } else {
                var argument = arguments.getFirst().value(context);
                if (argument == null) {
                    throw new NotOurs();
                }
                var question = last;
                if (question.type() != asked.getClass() || question.argument() != argument.getClass()) {
                    question = Question.call(asked.getClass(), name, argument.getClass());
                    last = question;
                }
                return question.withArgument().apply(asked, argument);
            }
        }
    }

    /** How objects of a type are asked: a method turned into a function, which costs no more than a call in Java. */
    private record Question(
            Class<?> type,
            @Nullable Class<?> argument,
            Function<Object, @Nullable Object> alone,
            BiFunction<Object, Object, @Nullable Object> withArgument) {

        private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

        private static final Function<Object, @Nullable Object> NEVER = asked -> {
            throw new IllegalStateException();
        };

        private static final BiFunction<Object, Object, @Nullable Object> NEVER_WITH = (asked, argument) -> {
            throw new IllegalStateException();
        };

        static final Question NONE = new Question(Question.class, null, NEVER, NEVER_WITH);

        static Question property(Class<?> type, String name) {
            var capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            return question(type, null, type.isRecord() ? List.of(name) : List.of("get" + capital, "is" + capital));
        }

        static Question call(Class<?> type, String name, @Nullable Class<?> argument) {
            return question(type, argument, List.of(name));
        }

        private static Question question(Class<?> type, @Nullable Class<?> argument, List<String> names) {
            return names.stream()
                    .flatMap(name ->
                            methods(type).filter(method -> method.getName().equals(name) && takes(method, argument)))
                    .findFirst()
                    .map(method -> of(method, type, argument))
                    .orElseThrow(NotOurs::new);
        }

        /** Records may be asked everything; of other types the public methods of a public type. */
        private static Stream<Method> methods(Class<?> type) {
            return type.isRecord()
                    ? Arrays.stream(type.getDeclaredMethods())
                    : family(type)
                            .filter(member -> Modifier.isPublic(member.getModifiers()))
                            .flatMap(member -> Arrays.stream(member.getDeclaredMethods()))
                            .filter(method -> Modifier.isPublic(method.getModifiers())
                                    && !Modifier.isStatic(method.getModifiers()));
        }

        private static Stream<Class<?>> family(@Nullable Class<?> type) {
            return type == null
                    ? Stream.empty()
                    : Stream.concat(
                            Stream.of(type),
                            Stream.concat(
                                    family(type.getSuperclass()),
                                    Arrays.stream(type.getInterfaces()).flatMap(Question::family)));
        }

        private static boolean takes(Method method, @Nullable Class<?> argument) {
            return argument == null
                    ? method.getParameterCount() == 0
                    : method.getParameterCount() == 1
                            && MethodType.methodType(method.getParameterTypes()[0])
                                    .wrap()
                                    .returnType()
                                    .isAssignableFrom(argument);
        }

        @SuppressWarnings("unchecked")
        private static Question of(Method method, Class<?> type, @Nullable Class<?> argument) {
            try {
                var lookup = method.getDeclaringClass().isRecord()
                        ? MethodHandles.privateLookupIn(method.getDeclaringClass(), LOOKUP)
                        : LOOKUP;
                var handle = lookup.unreflect(method);
                var alone = method.getParameterCount() == 0;
                var function = LambdaMetafactory.metafactory(
                                lookup,
                                "apply",
                                MethodType.methodType(alone ? Function.class : BiFunction.class),
                                MethodType.genericMethodType(alone ? 1 : 2),
                                handle,
                                handle.type().wrap())
                        .getTarget()
                        .invoke();
                return alone
                        ? new Question(type, argument, (Function<Object, @Nullable Object>) function, NEVER_WITH)
                        : new Question(type, argument, NEVER, (BiFunction<Object, Object, @Nullable Object>) function);
            } catch (IllegalAccessException | LambdaConversionException hidden) {
                throw new NotOurs();
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * <pre>
     * choice  = or ["?" choice ":" choice]          compare = sum [("==" | "!=" | "&lt;" | "&gt;" | "&lt;=" | "&gt;=") sum]
     * or      = and {("or" | "||") and}             sum     = one {"+" one}
     * and     = not {("and" | "&amp;&amp;") not}            one     = "(" choice ")" | 'text' | number | path
     * not     = ("!" | "not") not | compare         path    = name {"." name ["(" [choice] ")"]}
     * </pre>
     */
    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Node whole() {
            var node = choice();
            space();
            if (at < text.length()) {
                throw new NotOurs();
            }
            return node;
        }

        private Node choice() {
            var test = or();
            if (takes("?")) {
                var yes = choice();
                need(":");
                var no = choice();
                return context -> OgnlOps.booleanValue(test.value(context)) ? yes.value(context) : no.value(context);
            } else {
                return test;
            }
        }

        private Node or() {
            var left = and();
            while (takesWord("or") || takes("||")) {
                var first = left;
                var second = and();
                left = context -> {
                    var value = first.value(context);
                    return OgnlOps.booleanValue(value) ? value : second.value(context);
                };
            }
            return left;
        }

        private Node and() {
            var left = not();
            while (takesWord("and") || takes("&&")) {
                var first = left;
                var second = not();
                left = context -> {
                    var value = first.value(context);
                    return OgnlOps.booleanValue(value) ? second.value(context) : value;
                };
            }
            return left;
        }

        private Node not() {
            space();
            if (!text.startsWith("!=", at) && (takes("!") || takesWord("not"))) {
                var denied = not();
                return context -> !OgnlOps.booleanValue(denied.value(context));
            } else {
                return compare();
            }
        }

        private Node compare() {
            var left = sum();
            if (takes("==")) {
                var right = sum();
                return context -> same(left.value(context), right.value(context));
            } else if (takes("!=")) {
                var right = sum();
                return context -> !same(left.value(context), right.value(context));
            } else if (takes("<=")) {
                var right = sum();
                return context -> !OgnlOps.greater(left.value(context), right.value(context));
            } else if (takes(">=")) {
                var right = sum();
                return context -> !OgnlOps.less(left.value(context), right.value(context));
            } else if (takes("<")) {
                var right = sum();
                return context -> OgnlOps.less(left.value(context), right.value(context));
            } else if (takes(">")) {
                var right = sum();
                return context -> OgnlOps.greater(left.value(context), right.value(context));
            } else {
                return left;
            }
        }

        private static boolean same(@Nullable Object left, @Nullable Object right) {
            return left instanceof String one && right instanceof String other
                    ? one.equals(other)
                    : OgnlOps.equal(left, right);
        }

        private Node sum() {
            var left = one();
            while (takes("+")) {
                var first = left;
                var second = one();
                left = context -> add(first.value(context), second.value(context));
            }
            return left;
        }

        private static @Nullable Object add(@Nullable Object left, @Nullable Object right) {
            return left instanceof String one && right instanceof String other
                    ? one.concat(other)
                    : OgnlOps.add(left, right);
        }

        private Node one() {
            space();
            if (takes("(")) {
                var node = choice();
                need(")");
                return node;
            } else if (takes("'")) {
                return text();
            } else if (at < text.length() && Character.isDigit(text.charAt(at))) {
                return number();
            } else {
                return path();
            }
        }

        /** As in OGNL a single letter is a character, not a text. */
        private Node text() {
            int end = text.indexOf('\'', at);
            if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
                throw new NotOurs();
            }
            var literal = text.substring(at, end);
            at = end + 1;
            Object value = literal.length() == 1 ? (Object) literal.charAt(0) : literal;
            return context -> value;
        }

        private Node number() {
            int start = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            if (at - start > 9
                    || at < text.length() && (text.charAt(at) == '.' || Character.isLetter(text.charAt(at)))) {
                throw new NotOurs();
            }
            Object value = Integer.valueOf(text.substring(start, at));
            return context -> value;
        }

        private Node path() {
            var first = name();
            var node = switch (first) {
                case "null" -> (Node) context -> null;
                case "true" -> (Node) context -> Boolean.TRUE;
                case "false" -> (Node) context -> Boolean.FALSE;
                case "param", "session", "application", "execInfo", "new", "instanceof", "in", "not", "and", "or" ->
                    throw new NotOurs();
                default -> (Node) context -> context.getVariable(first);
            };
            while (takes(".")) {
                var name = name();
                if (takes("(")) {
                    var arguments = new ArrayList<Node>();
                    if (!takes(")")) {
                        arguments.add(choice());
                        need(")");
                    }
                    node = new Call(node, name, List.copyOf(arguments));
                } else {
                    node = new Property(node, name);
                }
            }
            space();
            if (at < text.length() && (text.charAt(at) == '(' || text.charAt(at) == '[')) {
                throw new NotOurs();
            }
            return node;
        }

        private String name() {
            space();
            int start = at;
            while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at)) && text.charAt(at) != '$') {
                at++;
            }
            if (at == start || !Character.isJavaIdentifierStart(text.charAt(start))) {
                throw new NotOurs();
            }
            return text.substring(start, at).intern();
        }

        private boolean takes(String sign) {
            space();
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return true;
            } else {
                return false;
            }
        }

        private boolean takesWord(String word) {
            space();
            int end = at + word.length();
            if (text.startsWith(word, at) && end < text.length() && !Character.isJavaIdentifierPart(text.charAt(end))) {
                at = end;
                return true;
            } else {
                return false;
            }
        }

        private void need(String sign) {
            if (!takes(sign)) {
                throw new NotOurs();
            }
        }

        private void space() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
