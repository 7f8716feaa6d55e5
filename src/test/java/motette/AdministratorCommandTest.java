package motette;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first administrator is made by a command, and never has a password. */
class AdministratorCommandTest {

    private record Ended(int code, String out, String err) {}

    private final String database = PortalTest.database();

    @Test
    void wrong_usage_is_said_before_anything_is_touched() {
        var nowhere =
                new Settings(Map.of("DATASOURCES_DEFAULT_URL", "jdbc:postgresql://127.0.0.1:1/nowhere"), Map.of());
        assertThat(run(nowhere).err()).isEqualTo("The flag --email is missing. See administrator --help.\n");
        assertThat(run(nowhere).code()).isEqualTo(2);
        assertThat(run(nowhere, "--password", "x").err()).startsWith("There is no flag --password.");
        assertThat(run(nowhere, "--email").err()).startsWith("The flag --email needs a value.");
        assertThat(run(nowhere, "--email", "--name", "x").code()).isEqualTo(2);
        assertThat(run(nowhere, "--email=a@b.example", "--email=c@d.example").err())
                .contains("stands twice");
        var help = run(nowhere, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: java -jar motette.jar administrator --email ADDRESS");
        var unreachable = run(nowhere, "--email", "a@b.example");
        assertThat(unreachable.code()).isEqualTo(4);
        assertThat(unreachable.err())
                .contains("127.0.0.1:1/nowhere", "does not answer")
                .hasLineCount(1);
    }

    @Test
    void a_platform_without_administrator_gets_one_and_a_second_only_with_a_reason() throws Exception {
        var settings = new Settings(Map.of("DATASOURCES_DEFAULT_URL", database), Map.of());
        var wrong = run(settings, "--email", "no address");
        assertThat(wrong.err()).isEqualTo("No administrator was made: This is not a whole e-mail address.\n");
        assertThat(wrong.code()).isEqualTo(1);
        ask("update roles set ended_at = now(), end_reason = 'Probe' where name = 'administrator'");

        var first = run(settings, "--email", "Rat@Stadt.example", "--name", "Büro der Probe");
        assertThat(first.err()).isEmpty();
        assertThat(first.code()).isZero();
        assertThat(first.out()).contains("(Büro der Probe) administers this platform from today on");
        assertThat(ask("select string_agg(p.email || ' ' || r.reason, ',') from roles r join persons p on p.id ="
                        + " r.person_id where r.name = 'administrator' and r.acts_until > now()"))
                .isEqualTo("rat@stadt.example first administrator");
        assertThat(ask("select count(*) from mails where recipient = 'rat@stadt.example'"))
                .isEqualTo("0");

        var same = run(settings, "--email", "rat@stadt.example");
        assertThat(same.code()).isZero();
        assertThat(same.out()).contains("administers this platform already");

        var second = run(settings, "--email", "zwei@stadt.example");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("There is an administrator already", "--further");
        assertThat(run(settings, "--email", "zwei@stadt.example", "--further", "Die erste ist nicht erreichbar")
                        .code())
                .isZero();
        assertThat(ask("select reason from audit_entries where deed = 'role.grant' order by id desc limit 1"))
                .isEqualTo("Die erste ist nicht erreichbar");
        ask("insert into persons (pseudonym, email, created_at) values ('Prüfung', 'pruefung@stadt.example', now())");
        ask("insert into roles (person_id, name, from_date, granted_at) select id, 'auditor', current_date - 1,"
                + " now() from persons where email = 'pruefung@stadt.example'");
        var auditor = run(settings, "--email", "pruefung@stadt.example", "--further", "Probe");
        assertThat(auditor.code()).isEqualTo(1);
        assertThat(auditor.err()).contains("whoever audits does not decide");
    }

    private static Ended run(Settings settings, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = AdministratorCommand.run(
                List.of(args),
                settings,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String ask(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement()) {
            if (sql.startsWith("select")) {
                try (var rows = statement.executeQuery(sql)) {
                    rows.next();
                    return String.valueOf(rows.getString(1));
                }
            } else {
                return String.valueOf(statement.executeUpdate(sql));
            }
        }
    }
}
