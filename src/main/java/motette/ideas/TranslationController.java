package motette.ideas;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import motette.limits.Limits;
import motette.people.Visitor;
import motette.shared.Languages;
import motette.shared.Problems;
import motette.shared.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wordings of an idea in other languages: for its author, and for whoever coordinates its quarter. */
@Controller("/ideas/{number:[0-9]+}/translations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class TranslationController {

    private static final Logger LOG = LoggerFactory.getLogger(TranslationController.class);

    private final IdeaReader reader;
    private final Translations translations;
    private final Translator translator;
    private final Limits limits;

    TranslationController(IdeaReader reader, Translations translations, Translator translator, Limits limits) {
        this.reader = reader;
        this.translations = translations;
        this.translator = translator;
        this.limits = limits;
    }

    @Get
    HttpResponse<?> read(
            String number,
            @QueryValue(defaultValue = "") String in,
            @QueryValue(defaultValue = "") String said,
            Visitor visitor,
            Locale locale) {
        return mine(number, visitor, locale)
                .<HttpResponse<?>>map(idea -> HttpResponse.ok(view(
                        idea,
                        visitor,
                        begun(idea, in, visitor),
                        false,
                        said.matches("offered|published|withdrawn") ? said : "",
                        Problems.none())))
                .orElseGet(HttpResponse::notFound);
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> write(String number, @Body Map<String, String> sent, Visitor visitor, Locale locale) {
        return mine(number, visitor, locale)
                .<HttpResponse<?>>map(idea -> {
                    var form = TranslationForm.of(sent);
                    var problems = form.problems(original(idea).language());
                    if (problems.isEmpty()) {
                        limits.demand("translations", visitor.personId());
                        return translations
                                .write(idea.number(), visitor, form)
                                .<HttpResponse<?>>map(standing -> back(
                                        idea.number(),
                                        standing == Translations.Standing.COORDINATOR ? "published" : "offered"))
                                .orElseGet(HttpResponse::notFound);
                    } else {
                        return HttpResponse.unprocessableEntity().body(view(idea, visitor, form, false, "", problems));
                    }
                })
                .orElseGet(HttpResponse::notFound);
    }

    /** The form, filled by the translation service; nothing is kept of it until somebody has gone over it. */
    @Post("/draft")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> draft(String number, @Body Map<String, String> sent, Visitor visitor, Locale locale) {
        return mine(number, visitor, locale)
                .filter(idea -> idea.coordinated())
                .<HttpResponse<?>>map(idea -> drafted(idea, sent.getOrDefault("language", ""), visitor))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{id:[0-9]+}/publication")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> publish(String number, String id, Visitor visitor) {
        return translations.publish(IdeaController.numberOf(number), IdeaController.numberOf(id), visitor)
                ? back(IdeaController.numberOf(number), "published")
                : HttpResponse.notFound();
    }

    @Post("/{id:[0-9]+}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> withdraw(String number, String id, Visitor visitor) {
        return translations.withdraw(IdeaController.numberOf(number), IdeaController.numberOf(id), visitor)
                ? back(IdeaController.numberOf(number), "withdrawn")
                : HttpResponse.notFound();
    }

    private HttpResponse<?> drafted(IdeaPage idea, String language, Visitor visitor) {
        var original = original(idea);
        if (Languages.find(language).isPresent() && translator.speaks(original.language(), language)) {
            limits.demand("translations", visitor.personId());
            try {
                var texts = translator.translate(
                        original.language(), language, List.of(original.title(), original.description()));
                var form = new TranslationForm(language, texts.getFirst(), texts.getLast(), "machine", "");
                return HttpResponse.ok(view(idea, visitor, form, true, "", Problems.none()));
            } catch (Translator.Silent silent) {
                LOG.warn("no translation idea={} language={}: {}", idea.number(), language, silent.getMessage());
                return HttpResponse.unprocessableEntity()
                        .body(view(
                                idea,
                                visitor,
                                TranslationForm.empty(language),
                                false,
                                "",
                                Problems.none().add("title", "translation.machine.silent")));
            }
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(view(
                            idea,
                            visitor,
                            TranslationForm.empty(language),
                            false,
                            "",
                            Problems.none().add("in", "translation.machine.unknown")));
        }
    }

    /** What was written last in the language, to be changed; else an empty form. */
    private TranslationForm begun(IdeaPage idea, String language, Visitor visitor) {
        return translations.of(idea.number(), visitor).stream()
                .filter(row -> row.language().equals(language))
                .findFirst()
                .map(row -> new TranslationForm(
                        language,
                        row.title(),
                        row.description(),
                        row.madeBy().equals("author") ? "coordinator" : row.madeBy(),
                        row.helper()))
                .orElseGet(() ->
                        TranslationForm.empty(Languages.find(language).isPresent() ? language : suggestion(idea)));
    }

    /** Leichte Sprache first: it helps most people. */
    private static String suggestion(IdeaPage idea) {
        return Languages.ALL.stream()
                .filter(language -> !language.equals(Languages.standard()))
                .map(Languages::tag)
                .filter(language -> idea.readings().stream()
                        .noneMatch(reading -> reading.language().equals(language)))
                .findFirst()
                .orElse("");
    }

    private View view(
            IdeaPage idea, Visitor visitor, TranslationForm form, boolean drafted, String said, Problems problems) {
        var original = original(idea);
        return View.of(
                "ideas/translations",
                new TranslationsPage(
                        idea.number(),
                        original,
                        translations.of(idea.number(), visitor),
                        Reading.Spoken.all(form.language()).stream()
                                .filter(spoken -> !spoken.tag().equals(original.language()))
                                .toList(),
                        form,
                        idea.coordinated(),
                        translator.speaks(original.language(), form.language()),
                        drafted,
                        said,
                        problems));
    }

    private Optional<IdeaPage> mine(String number, Visitor visitor, Locale locale) {
        return reader.page(IdeaController.numberOf(number), visitor, locale, "", "")
                .filter(IdeaPage::translatable);
    }

    private static Reading original(IdeaPage idea) {
        return idea.readings().getFirst();
    }

    private static HttpResponse<?> back(long number, String said) {
        return HttpResponse.seeOther(URI.create("/ideas/" + number + "/translations?said=" + said));
    }
}
