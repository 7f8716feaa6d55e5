package motette;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator said before the application exists, by environment or by system property.
 * {@code DATASOURCES_DEFAULT_URL} and {@code -Ddatasources.default.url} mean the same.
 */
record Settings(Map<String, String> environment, Map<String, String> properties) {

    static Settings ofProcess() {
        return new Settings(
                System.getenv(),
                System.getProperties().stringPropertyNames().stream()
                        .collect(java.util.stream.Collectors.toMap(name -> name, System::getProperty)));
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(properties.get(name))
                .or(() -> Optional.ofNullable(environment.get(variable(name))))
                .filter(value -> !value.isBlank());
    }

    int port() {
        var text = get("micronaut.server.port").orElse("8080");
        if (text.matches("-?\\d{1,5}") && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        } else {
            throw new StartupFailure(
                    "MICRONAUT_SERVER_PORT is '" + text + "', but a port is a number from 0 to 65535.");
        }
    }

    boolean isProduction() {
        return Arrays.stream(get("micronaut.environments").orElse("").split(","))
                .map(String::strip)
                .anyMatch("production"::equals);
    }

    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
