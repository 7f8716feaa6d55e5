package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import motette.council.MinutesContent.Line;
import motette.council.MinutesContent.Part;
import motette.council.MinutesRecords.Coming;
import motette.council.MinutesRecords.Frame;
import motette.council.MinutesRecords.Item;
import motette.council.MinutesRecords.Moved;
import motette.council.MinutesRecords.Voted;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Time;

/**
 * Writes what the records of a closed session say, in German (SächsGemO § 40: day and place, who was there, what was dealt with, the
 * wording of motions and resolutions, how they voted). Nobody types over these lines.
 */
@Singleton
class MinutesDraft {

    private static final String SESSION = "session";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final MinutesRecords records;

    MinutesDraft(MinutesRecords records) {
        this.records = records;
    }

    /**
     * @param typed what the minute-taker adds, by the key of the part
     * @return empty while the session is not closed
     */
    @Transactional(readOnly = true)
    public Optional<MinutesContent> of(CouncilSession session, Map<String, String> typed) {
        return records.frame(session.id()).map(frame -> {
            var comings = records.comings(session.id());
            var items = records.items(session.id());
            var parts = new ArrayList<Part>();
            parts.add(
                    new Part(SESSION, "Sitzung", true, head(session, frame, comings), typed.getOrDefault(SESSION, "")));
            parts.add(new Part("agenda", "Tagesordnung", true, agenda(items), typed.getOrDefault("agenda", "")));
            var about = new About(
                    records.biases(session.id()).stream()
                            .collect(Collectors.groupingBy(
                                    MinutesRecords.Bias::itemId,
                                    Collectors.mapping(MinutesRecords.Bias::name, Collectors.toList()))),
                    records.motions(session.id()).stream().collect(Collectors.groupingBy(Moved::itemId)),
                    records.votes(session.id()).stream().collect(Collectors.groupingBy(Voted::itemId)),
                    records.choices(session.id()).stream()
                            .collect(Collectors.groupingBy(MinutesRecords.Choice::voteId)));
            labelled(items).forEach((item, label) -> {
                var key = String.valueOf(item.id());
                parts.add(new Part(
                        key,
                        "TOP " + label + ": " + item.title(),
                        item.open(),
                        lines(item, about),
                        typed.getOrDefault(key, "")));
            });
            return new MinutesContent(
                    "Niederschrift: " + session.bodyName() + ", Sitzung am " + day(session.startsAt()),
                    List.copyOf(parts));
        });
    }

    private record About(
            Map<Long, List<String>> biases,
            Map<Long, List<Moved>> motions,
            Map<Long, List<Voted>> votes,
            Map<Long, List<MinutesRecords.Choice>> choices) {}

    private List<Line> head(CouncilSession session, Frame frame, List<Coming> comings) {
        var lines = new ArrayList<Line>();
        lines.add(MinutesContent.all("Gremium: " + session.bodyName()));
        lines.add(MinutesContent.all("Tag: " + day(session.startsAt())));
        lines.add(MinutesContent.all(
                "Ort: " + session.venue() + (session.address().isEmpty() ? "" : ", " + session.address())));
        lines.add(MinutesContent.all("Beginn: " + clock(frame.openedAt()) + ", Ende: " + clock(frame.endedAt())));
        var people = new LinkedHashMap<Long, List<Coming>>();
        comings.forEach(each ->
                people.computeIfAbsent(each.personId(), id -> new ArrayList<>()).add(each));
        var chairs = people.values().stream()
                .filter(each -> each.getFirst().chairs())
                .map(each -> each.getFirst().name())
                .toList();
        lines.add(MinutesContent.all(
                chairs.isEmpty() ? "Vorsitz: nicht als anwesend vermerkt" : "Vorsitz: " + String.join(", ", chairs)));
        lines.add(MinutesContent.all("Anwesend mit Stimmrecht: "
                + orNobody(people.values().stream()
                        .filter(each -> each.getFirst().hasSeat())
                        .map(each -> each.getFirst().name() + " (" + times(each, frame) + ")"))));
        var without = people.values().stream()
                .filter(each -> !each.getFirst().hasSeat())
                .map(each -> each.getFirst().name() + " (" + times(each, frame) + ")")
                .collect(Collectors.joining(", "));
        if (!without.isEmpty()) {
            lines.add(MinutesContent.all("Anwesend ohne Stimmrecht: " + without));
        }
        lines.add(MinutesContent.all("Abwesend: " + orNobody(records.absent(session.id()).stream())));
        lines.add(MinutesContent.all(quorum(frame, people)));
        return lines;
    }

    /** As it stood when the session was opened; later comings and goings stand with the names, each vote with its own figures. */
    private static String quorum(Frame frame, Map<Long, List<Coming>> people) {
        long present = people.values().stream()
                .filter(each -> each.getFirst().hasSeat() && each.getFirst().present())
                .filter(each -> Math.abs(Duration.between(each.getFirst().at(), frame.openedAt())
                                .toMinutes())
                        <= 15)
                .count();
        return "Beschlussfähigkeit (§ 39 SächsGemO): " + frame.seats() + " Stimmen, davon mindestens "
                + frame.numerator() + "/" + frame.denominator() + ", also " + frame.needed() + ". Zu Beginn waren "
                + present + " anwesend: " + (present >= frame.needed() ? "beschlussfähig." : "nicht beschlussfähig.");
    }

    private static List<Line> agenda(List<Item> items) {
        var lines = new ArrayList<Line>();
        labelled(items).forEach((item, label) -> {
            var line = "TOP " + label + ": " + item.title()
                    + (item.urgency().isEmpty()
                            ? ""
                            : " (Nachtrag vom " + day(item.addedAt() == null ? Instant.EPOCH : item.addedAt()) + ": "
                                    + item.urgency() + ")")
                    + (item.removed().isEmpty() ? "" : " (abgesetzt: " + item.removed() + ")");
            lines.add(item.open() ? MinutesContent.all(line) : MinutesContent.body(line));
        });
        return lines;
    }

    /** Numbers as the room shows them: public items among themselves, the others among themselves. */
    private static Map<Item, String> labelled(List<Item> items) {
        var labels = new LinkedHashMap<Item, String>();
        int open = 0;
        int closed = 0;
        for (var item : items) {
            labels.put(item, item.open() ? String.valueOf(++open) : "N " + ++closed);
        }
        return labels;
    }

    private static List<Line> lines(Item item, About about) {
        var lines = new ArrayList<Line>();
        if (!item.open()) {
            lines.add(MinutesContent.body("Nicht öffentlich (§ 37 SächsGemO): " + item.secrecy()));
        }
        if (!item.removed().isEmpty()) {
            lines.add(MinutesContent.all("Der Punkt wurde von der Tagesordnung abgesetzt: " + item.removed()));
        } else if (item.calledAt() == null) {
            lines.add(MinutesContent.all("Der Punkt wurde nicht aufgerufen."));
        } else {
            lines.add(MinutesContent.all("Aufgerufen: " + clock(item.calledAt())
                    + (item.endedAt() == null ? "" : ", beendet: " + clock(item.endedAt()))));
        }
        biased(about.biases().getOrDefault(item.id(), List.of()), lines);
        var motions = about.motions().getOrDefault(item.id(), List.of());
        motions.forEach(motion -> lines.add(MinutesContent.all(moved(motion, motions.size() > 1))));
        about.votes()
                .getOrDefault(item.id(), List.of())
                .forEach(vote -> voted(vote, about.choices().getOrDefault(vote.id(), List.of()), lines));
        if (!item.note().isEmpty()) {
            lines.add(MinutesContent.all("Vermerk: " + item.note()));
        }
        result(item).ifPresent(line -> lines.add(MinutesContent.all(line)));
        if (item.isResolved() && !item.wording().isEmpty()) {
            lines.add(MinutesContent.all("Beschluss: " + item.wording()));
        }
        if (item.resolution() != null
                && !item.reason().isEmpty()
                && motions.stream().noneMatch(motion -> motion.reason().equals(item.reason()))) {
            lines.add(MinutesContent.all("Begründung: " + item.reason()));
        }
        return lines;
    }

    /** The sentence of the law; the public reads how many, the ground nobody. */
    private static void biased(List<String> names, List<Line> lines) {
        names.forEach(name -> lines.add(
                MinutesContent.body(name + " hat an Beratung und Abstimmung nicht teilgenommen (§ 20 SächsGemO).")));
        if (names.size() == 1) {
            lines.add(MinutesContent.open(
                    "Ein Mitglied hat an Beratung und Abstimmung nicht teilgenommen (§ 20 SächsGemO)."));
        } else if (names.size() > 1) {
            lines.add(MinutesContent.open(names.size()
                    + " Mitglieder haben an Beratung und Abstimmung nicht teilgenommen (§ 20 SächsGemO)."));
        }
    }

    private static String moved(Moved motion, boolean many) {
        return "Antrag" + (many ? " " + motion.number() : "") + " ("
                + switch (motion.kind()) {
                    case "granted" -> "bewilligen, " + money(motion.amountCents());
                    case "granted-in-part" -> "teilweise bewilligen, " + money(motion.amountCents());
                    case "postponed" -> "vertagen";
                    case "recommended" -> "empfehlen";
                    default -> "beschließen";
                }
                + "): " + motion.wording()
                + (motion.reason().isEmpty() ? "" : " Begründung: " + motion.reason());
    }

    private static void voted(Voted vote, List<MinutesRecords.Choice> choices, List<Line> lines) {
        var how = switch (vote.mode()) {
            case "names" -> "Namentliche Abstimmung";
            case "secret" -> "Geheime Abstimmung";
            default -> "Offene Abstimmung";
        };
        if (vote.outcome().equals("void")) {
            lines.add(MinutesContent.all(
                    how + " über Antrag " + vote.motion() + ": ungültig und nicht gezählt. " + vote.reason()));
        } else {
            lines.add(MinutesContent.all(how + " über Antrag " + vote.motion() + ": " + vote.yes() + " Ja, " + vote.no()
                    + " Nein, " + vote.abstentions() + (vote.abstentions() == 1 ? " Enthaltung: " : " Enthaltungen: ")
                    + (vote.outcome().equals("adopted") ? "angenommen." : "abgelehnt.")));
            lines.add(MinutesContent.all("Stimmberechtigt anwesend: " + vote.present()
                    + (vote.biased() == 0 ? "" : ", davon nach § 20 SächsGemO ausgeschlossen: " + vote.biased())
                    + "; nötig: " + vote.needed()
                    + switch (vote.rule()) {
                        case "bias" -> " (mehr als die Hälfte ausgeschlossen, § 39 SächsGemO)";
                        case "second" -> " (zweite Sitzung in derselben Sache, § 39 SächsGemO)";
                        default -> "";
                    }
                    + "."));
        }
        for (var choice : List.of("yes", "no", "abstention")) {
            var names = choices.stream()
                    .filter(each -> each.choice().equals(choice))
                    .map(MinutesRecords.Choice::name)
                    .collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                lines.add(MinutesContent.all(
                        (choice.equals("yes") ? "Ja: " : choice.equals("no") ? "Nein: " : "Enthaltung: ") + names));
            }
        }
    }

    private static Optional<String> result(Item item) {
        if (item.resolution() != null) {
            return Optional.of("Ergebnis: "
                    + switch (item.resolution()) {
                        case "granted" -> "bewilligt, " + money(item.amountCents());
                        case "granted-in-part" -> "teilweise bewilligt, " + money(item.amountCents());
                        case "not-granted" -> "nicht bewilligt";
                        case "postponed" -> "vertagt";
                        case "recommended" -> "empfohlen";
                        case "agreed" -> "beschlossen";
                        default -> "abgelehnt";
                    }
                    + ".");
        } else {
            return switch (item.outcome()) {
                case "noted" -> Optional.of("Ergebnis: zur Kenntnis genommen, es war nichts zu beschließen.");
                case "no-quorum" -> Optional.of("Ergebnis: Das Gremium war nicht beschlussfähig.");
                default -> Optional.empty();
            };
        }
    }

    /** "18:00 bis 19:10 Uhr, 19:30 bis 20:15 Uhr": who did not go stayed to the end. */
    private static String times(List<Coming> person, Frame frame) {
        var times = new ArrayList<String>();
        Instant came = null;
        for (var each : person) {
            if (each.present()) {
                came = each.at();
            } else if (came != null) {
                times.add(hour(came) + " bis " + clock(each.at()));
                came = null;
            }
        }
        if (came != null) {
            times.add(hour(came) + " bis " + clock(frame.endedAt()));
        }
        return String.join(", ", times);
    }

    private static String orNobody(Stream<String> names) {
        var joined = names.collect(Collectors.joining(", "));
        return joined.isEmpty() ? "niemand" : joined;
    }

    private static String money(long cents) {
        return new Money(cents).text(Languages.standard());
    }

    private static String day(Instant moment) {
        return DAY.format(moment.atZone(Time.ZONE));
    }

    private static String clock(Instant moment) {
        return hour(moment) + " Uhr";
    }

    private static String hour(Instant moment) {
        return HOUR.format(moment.atZone(Time.ZONE));
    }
}
