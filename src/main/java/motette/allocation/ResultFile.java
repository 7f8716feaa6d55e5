package motette.allocation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.allocation.pabulib.Decimals;
import motette.allocation.rules.Fraction;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Start;
import motette.allocation.rules.Rule.Stop;
import motette.allocation.rules.Rule.Utility;
import motette.allocation.rules.TieOrder;

/**
 * A published result, read back from what {@link ResultJson} writes, to be checked against the ballots. Of the rule's choices those
 * that are not told are as on the command line; a result of another program is read as well, when it uses the same names.
 *
 * @param sha256    of the file with the ballots; empty where it is not told
 * @param selected  ids of the funded projects
 * @param endowment money of each voter in the run that counts
 * @param rounds    purchases of Equal Shares; empty where they are not told
 */
public record ResultFile(
        Rule rule,
        String sha256,
        BigDecimal budget,
        List<String> selected,
        BigDecimal totalCost,
        Optional<Fraction> endowment,
        List<Purchase> rounds) {

    /** Longer numerators and denominators than any run makes. */
    private static final int LONGEST_FRACTION = 10_000;

    /** One purchase: which project, at which price of a unit of utility. */
    public record Purchase(String project, Fraction rho) {}

    /** Why a result cannot be read: one English sentence. */
    public static final class Problem extends RuntimeException {

        private static final long serialVersionUID = 1;

        Problem(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /** @throws Problem when it is no result */
    public static ResultFile read(InputStream in) throws IOException {
        var factory = JsonFactory.builder().build().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try (var parser = factory.createParser(in)) {
            parser.nextToken();
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new Problem("behind the JSON object stands something else");
            } else if (value instanceof Map<?, ?> fields) {
                return of(new Fields("", fields));
            } else {
                throw new Problem("this is not a JSON object");
            }
        } catch (JsonProcessingException broken) {
            var place = broken.getLocation();
            throw new Problem(
                    (place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ")
                            + "this is not JSON: "
                            + String.valueOf(broken.getOriginalMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
        }
    }

    private static ResultFile of(Fields fields) {
        var input = fields.object("input");
        return new ResultFile(
                rule(fields),
                input.map(told -> told.text("sha256", "")).orElse(""),
                fields.numberOfZeroOrMore("budget"),
                fields.texts("selected"),
                fields.number("totalCost"),
                fields.object("endowment").map(told -> told.fraction("last")),
                fields.objects("rounds").stream()
                        .filter(round -> round.has("rho"))
                        .map(round -> new Purchase(round.text("project"), round.fraction("rho")))
                        .toList());
    }

    private static Rule rule(Fields fields) {
        return new Rule(
                fields.choice(Method.class, "rule", Optional.empty()),
                fields.choice(Utility.class, "utility", Optional.of(Utility.COST)),
                fields.choice(Completion.class, "completion", Optional.of(Completion.ADD1U)),
                fields.choice(Start.class, "start", Optional.of(Start.INTEGRAL)),
                fields.has("increment") ? fields.numberAboveZero("increment") : BigDecimal.ONE,
                fields.choice(Stop.class, "stop", Optional.of(Stop.EXHAUSTIVE)),
                fields.has("minVotes") ? fields.whole("minVotes") : 0,
                !fields.is("skip", false),
                ties(fields),
                fields.object("limits").map(ResultFile::limits).orElse(Limits.NONE));
    }

    private static TieOrder ties(Fields fields) {
        if (!fields.has("tieBreak")) {
            return TieOrder.VOTES_COST_ID;
        } else if (fields.isList("tieBreak")) {
            return TieOrder.drawn(fields.texts("tieBreak"));
        } else {
            return switch (fields.text("tieBreak")) {
                case "votes-cost-id" -> TieOrder.VOTES_COST_ID;
                case "cost-votes-id" -> TieOrder.COST_VOTES_ID;
                default -> throw fields.wrong("tieBreak", "votes-cost-id, cost-votes-id or a list of ids");
            };
        }
    }

    private static Limits limits(Fields fields) {
        return new Limits(
                Set.copyOf(new HashSet<>(fields.texts("in"))),
                Set.copyOf(new HashSet<>(fields.texts("out"))),
                fields.sets("exclusive"));
    }

    /** A JSON number, kept as it is written: it may be longer than any number of Java. */
    private record Digits(String text) {}

    private static Object value(JsonParser parser) throws IOException {
        var token = parser.currentToken();
        return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, value(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield values;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> Optional.empty();
            default -> throw new Problem("this file is empty or ends within its JSON");
        };
    }

    /** The fields of an object, asked for by name; a missing or odd one is a sentence. */
    private record Fields(String path, Map<?, ?> values) {

        boolean has(String name) {
            return values.containsKey(name);
        }

        boolean isList(String name) {
            return values.get(name) instanceof List<?>;
        }

        boolean is(String name, boolean expected) {
            if (!has(name)) {
                return false;
            } else if (values.get(name) instanceof Boolean told) {
                return told == expected;
            } else {
                throw wrong(name, "true or false");
            }
        }

        String text(String name) {
            return value(name) instanceof String text ? text : fail(name, "a text");
        }

        String text(String name, String otherwise) {
            return has(name) ? text(name) : otherwise;
        }

        BigDecimal number(String name) {
            return value(name) instanceof Digits digits
                    ? Decimals.parse(digits.text()).orElseThrow(() -> wrong(name, "a plain number"))
                    : fail(name, "a number");
        }

        BigDecimal numberOfZeroOrMore(String name) {
            var number = number(name);
            if (number.signum() < 0) {
                throw wrong(name, "a number of zero or more");
            }
            return number;
        }

        BigDecimal numberAboveZero(String name) {
            var number = number(name);
            if (number.signum() <= 0) {
                throw wrong(name, "a number above zero");
            }
            return number;
        }

        long whole(String name) {
            try {
                return number(name).longValueExact();
            } catch (ArithmeticException notWhole) {
                throw wrong(name, "a whole number");
            }
        }

        Fraction fraction(String name) {
            var text = value(name) instanceof Digits digits ? digits.text() : text(name);
            if (text.length() <= LONGEST_FRACTION && text.matches("-?[0-9]+/0*[1-9][0-9]*")) {
                return Fraction.parse(text);
            } else if (text.length() <= LONGEST_FRACTION && text.matches("-?[0-9]+([.][0-9]+)?")) {
                return Fraction.of(new BigDecimal(text));
            } else {
                throw wrong(name, "a number or a fraction");
            }
        }

        List<String> texts(String name) {
            return list(name).stream()
                    .map(value -> value instanceof String text ? text : this.<String>fail(name, "a list of texts"))
                    .toList();
        }

        List<Set<String>> sets(String name) {
            return list(name).stream()
                    .map(value -> value instanceof List<?> ids
                            ? Set.copyOf(new HashSet<>(new Fields(path, Map.of(name, ids)).texts(name)))
                            : this.<Set<String>>fail(name, "a list of lists"))
                    .toList();
        }

        Optional<Fields> object(String name) {
            if (!has(name)) {
                return Optional.empty();
            } else if (values.get(name) instanceof Map<?, ?> fields) {
                return Optional.of(new Fields(path + name + ".", fields));
            } else {
                throw wrong(name, "an object");
            }
        }

        List<Fields> objects(String name) {
            return has(name)
                    ? list(name).stream()
                            .map(value -> value instanceof Map<?, ?> fields
                                    ? new Fields(path + name + ".", fields)
                                    : this.<Fields>fail(name, "a list of objects"))
                            .toList()
                    : List.of();
        }

        <E extends Enum<E>> E choice(Class<E> choices, String name, Optional<E> otherwise) {
            return has(name) || otherwise.isEmpty()
                    ? RuleNames.find(choices, text(name))
                            .orElseThrow(() -> wrong(name, "one of " + String.join(", ", RuleNames.all(choices))))
                    : otherwise.get();
        }

        Problem wrong(String name, String expected) {
            return new Problem("the field " + path + name + " is not " + expected);
        }

        private List<?> list(String name) {
            return value(name) instanceof List<?> list ? list : this.<List<?>>fail(name, "a list");
        }

        private Object value(String name) {
            var value = values.get(name);
            if (value == null) {
                throw new Problem("the field " + path + name + " is missing");
            } else {
                return value;
            }
        }

        private <T> T fail(String name, String expected) {
            throw wrong(name, expected);
        }
    }
}
