package motette.oparl;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which properties the objects of OParl 1.1 have, of which type, and which they must have. Facts from the schema of the specification
 * (github.com/OParl/spec, folder schema, version 1.1). "!" marks what must be there; "url Paper" is the address of such an object,
 * "list Paper" that of an external list, "[Paper]" are objects given whole.
 */
final class Schema {

    private static final String COMMON = """
        id! url
        type! text
        license url
        keyword [text]
        created moment
        modified moment
        web page
        deleted flag
        """;

    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("System", """
                oparlVersion! text
                otherOparlVersions [url System]
                body! list Body
                name text
                contactEmail text
                contactName text
                website page
                vendor url
                product url
                """),
            Map.entry("Body", """
                system url System
                shortName text
                name! text
                website page
                licenseValidSince moment
                oparlSince moment
                ags text
                rgs text
                equivalent [url]
                contactEmail text
                contactName text
                organization! list Organization
                person! list Person
                meeting! list Meeting
                paper! list Paper
                legislativeTerm! [LegislativeTerm]
                agendaItem list AgendaItem
                consultation list Consultation
                file list File
                locationList list Location
                legislativeTermList list LegislativeTerm
                membership list Membership
                classification text
                location Location
                """),
            Map.entry("LegislativeTerm", """
                body url Body
                name text
                startDate day
                endDate day
                """),
            Map.entry("Organization", """
                body url Body
                name text
                membership [url Membership]
                meeting list Meeting
                consultation list Consultation
                shortName text
                post [text]
                subOrganizationOf url Organization
                organizationType text
                classification text
                startDate day
                endDate day
                website page
                location Location
                externalBody url
                """),
            Map.entry("Person", """
                body url Body
                name text
                familyName text
                givenName text
                formOfAddress text
                affix text
                title [text]
                gender text
                phone [text]
                email [text]
                location url Location
                status [text]
                membership [Membership]
                life text
                lifeSource text
                """),
            Map.entry("Membership", """
                person url Person
                organization url Organization
                role text
                votingRight flag
                startDate day
                endDate day
                onBehalfOf url Organization
                """),
            Map.entry("Meeting", """
                name text
                meetingState text
                cancelled flag
                start moment
                end moment
                location Location
                organization [url Organization]
                participant [url Person]
                invitation File
                resultsProtocol File
                verbatimProtocol File
                auxiliaryFile [File]
                agendaItem [AgendaItem]
                """),
            Map.entry("AgendaItem", """
                meeting url Meeting
                number text
                order! number
                name text
                public flag
                consultation url Consultation
                result text
                resolutionText text
                resolutionFile File
                auxiliaryFile [File]
                start moment
                end moment
                """),
            Map.entry("Paper", """
                body url Body
                name text
                reference text
                date day
                paperType text
                relatedPaper [url Paper]
                superordinatedPaper [url Paper]
                subordinatedPaper [url Paper]
                mainFile File
                auxiliaryFile [File]
                location [Location]
                originatorPerson [url Person]
                originatorOrganization [url Organization]
                underDirectionOf [url Organization]
                consultation [Consultation]
                """),
            Map.entry("Consultation", """
                paper url Paper
                agendaItem url AgendaItem
                meeting url Meeting
                organization [url Organization]
                authoritative flag
                role text
                """),
            Map.entry("File", """
                name text
                fileName text
                mimeType text
                date day
                size number
                sha1Checksum text
                sha512Checksum text
                text text
                accessUrl! page
                downloadUrl page
                externalServiceUrl url
                masterFile url File
                derivativeFile [url File]
                fileLicense url
                meeting [url Meeting]
                agendaItem [url AgendaItem]
                paper [url Paper]
                """),
            Map.entry("Location", """
                description text
                geojson json
                streetAddress text
                room text
                postalCode text
                subLocality text
                locality text
                bodies [url Body]
                organizations [url Organization]
                persons [url Person]
                meetings [url Meeting]
                papers [url Paper]
                """));

    private static final Pattern OF_ANOTHER_VENDOR = Pattern.compile("[a-z]+:[A-Za-z]+");

    /** What an object leads to. */
    record Found(Map<String, String> objects, Map<String, String> lists, List<String> pages, List<String> faults) {

        static Found nothing() {
            return new Found(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private Schema() {}

    /** @param type name as in {@link #OWN} */
    static void read(String type, JsonNode object, Found found) {
        var at = type + " " + object.path("id").asText();
        if (!object.path("type").asText().equals("https://schema.oparl.org/1.1/" + type)) {
            found.faults().add(at + " has the type " + object.path("type"));
        }
        var deleted = object.path("deleted").asBoolean();
        var rules = new LinkedHashMap<String, String>();
        (OWN.getOrDefault(type, "") + COMMON).lines().forEach(line -> {
            var name = line.substring(0, line.indexOf(' '));
            rules.put(name.replace("!", ""), line.substring(line.indexOf(' ') + 1));
            if (name.endsWith("!") && !object.has(name.replace("!", "")) && !deleted) {
                found.faults().add(at + " lacks " + name);
            }
        });
        object.fields().forEachRemaining(field -> {
            var rule = rules.get(field.getKey());
            if (rule == null) {
                if (!OF_ANOTHER_VENDOR.matcher(field.getKey()).matches()) {
                    found.faults().add(at + " has " + field.getKey());
                }
            } else if (deleted
                    && !List.of("id", "type", "created", "modified", "deleted").contains(field.getKey())) {
                found.faults().add(at + " is deleted and says " + field.getKey());
            } else if (!fits(rule, field.getValue(), found)) {
                found.faults().add(at + ": " + field.getKey() + " is " + field.getValue());
            }
        });
        found.objects().put(object.path("id").asText(), type);
    }

    private static boolean fits(String rule, JsonNode value, Found found) {
        if (rule.startsWith("[")) {
            var inner = rule.substring(1, rule.length() - 1);
            var all = value.isArray();
            for (var each : value) {
                all &= fits(inner, each, found);
            }
            return all;
        }
        return switch (rule) {
            case "text" -> value.isTextual() && !value.asText().isEmpty();
            case "flag" -> value.isBoolean();
            case "number" -> value.isInt() && value.asInt() >= 0;
            case "json" ->
                value.isObject()
                        && value.path("type").asText().equals("Feature")
                        && value.path("geometry").path("coordinates").size() == 2;
            case "day" -> parses(() -> LocalDate.parse(value.asText()));
            case "moment" -> parses(() -> OffsetDateTime.parse(value.asText()));
            case "url" -> isAddress(value);
            case "page" -> isAddress(value) && found.pages().add(value.asText());
            default -> of(rule, value, found);
        };
    }

    private static boolean of(String rule, JsonNode value, Found found) {
        if (rule.startsWith("url ")) {
            found.objects().put(value.asText(), rule.substring(4));
            return isAddress(value);
        } else if (rule.startsWith("list ")) {
            found.lists().put(value.asText(), rule.substring(5));
            return isAddress(value);
        } else {
            read(rule, value, found);
            return value.isObject();
        }
    }

    private static boolean isAddress(JsonNode value) {
        return value.isTextual() && URI.create(value.asText()).isAbsolute();
    }

    private static boolean parses(Runnable parsing) {
        try {
            parsing.run();
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
