package io.cloneplatform.acceptance.process;

import io.cloneplatform.common.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The platform, the member and the withdrawals that the runbook's lines are about. */
final class RunbookWorld {
    private final Api api = SharedPlatform.api();
    private final Api admin = api.as(SharedPlatform.ADMIN_KEY);
    private final Member member = Member.signUp(api, "operated-" + UUID.randomUUID(), null);
    private final Path data;

    /** A member with money and one withdrawal that waits. */
    RunbookWorld(Path data) {
        this.data = data;
        Map<String, Object> money =
                Map.of("userId", member.id(), "amount", new BigDecimal("9000"), "reason", "For the runbook");
        admin.post("/admin/adjust-balance", money).ok();
        withdrawal();
    }

    private String withdrawal() {
        Map<String, Object> body = Map.of("amount", 5, "withdrawalPassword", Member.WITHDRAWAL_PASSWORD);
        return member.api().post("/withdrawals", body).ok().string("/withdrawal/id");
    }

    /** What the page asks operators to set. */
    private Map<String, String> settings(String lines) {
        boolean restored = lines.contains("backup restore");
        Map<String, String> settings = new HashMap<>(Map.of(
                "API", api.base(),
                "MANAGEMENT", SharedPlatform.management().base(),
                "ADMIN_KEY", SharedPlatform.ADMIN_KEY,
                "DATABASE_URL", restored ? TestDatabase.createEmpty() : SharedPlatform.databaseUrl(),
                "NAME", "Pre-deployment-" + LocalDate.now(Clock.systemUTC()),
                "DATA_DIR", data.toString(),
                "MEMBER", member.email(),
                "RANDOM_NAME", UUID.randomUUID().toString().substring(0, 8)));
        if (lines.contains("$ADMIN/")) {
            settings.put("ADMIN", adminWithSecondFactor());
        }
        if (lines.contains("$WITHDRAWAL")) {
            settings.put("WITHDRAWAL", withdrawal());
        }
        return settings;
    }

    private String adminWithSecondFactor() {
        String name = "op" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, Object> account =
                Map.of("username", name, "password", Member.PASSWORD, "permissions", List.of("users.view"));
        String id = admin.post("/admin/accounts", account).ok().string("/account/id");
        Api own = api.as(api.post("/admin-login", Map.of("username", name, "password", Member.PASSWORD))
                .ok()
                .string("/session/access_token"));
        String secret = own.post("/admin/second-factor", Map.of()).ok().string("/secret");
        own.post("/admin/second-factor/confirm", Map.of("code", Authenticator.code(secret)))
                .ok();
        return id;
    }

    /** A shell in the repository that runs the lines. */
    Launch shell(String lines) {
        return new Launch(List.of("sh", "-e", "-c", lines), settings(lines));
    }

    /** What a statement answers: rows, how many it changed, or the first line of its refusal. */
    String sql(String statement) {
        String withMember = statement.replace("MEMBER_ID", member.id());
        String typed =
                withMember.contains("WITHDRAWAL_ID") ? withMember.replace("WITHDRAWAL_ID", withdrawal()) : withMember;
        return Sql.said(SharedPlatform.databaseUrl(), typed);
    }
}
