package io.cloneplatform.cli.audit;

import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.user.Members;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which records a command is about. */
final class Wanted {
    @Option(
            names = "--actor",
            paramLabel = "ID",
            description = "Only what this admin did; admin-key for the admin key.")
    private String actor;

    @Option(
            names = "--user",
            paramLabel = "MEMBER",
            description = "Only what concerns this member, or the admin with this id.")
    private String user;

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this, such as premium.freeze or signed-in.")
    private String action;

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "Only what came from this address.")
    private String ip;

    @Option(names = "--request", paramLabel = "ID", description = "Only what the request with this id did.")
    private String request;

    @Option(names = "--from", paramLabel = "TIME", description = "From this date (UTC) or instant on.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Until the end of this date (UTC), or until this instant.")
    private String to;

    /** The parameters of a request, each with an ampersand before it. */
    String query(AdminApi api) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("actor", actor);
        given.put("userId", user == null ? null : new Members(api).id(user));
        given.put("action", action);
        given.put("ip", ip);
        given.put("requestId", request);
        given.put("from", from);
        given.put("to", to);
        StringBuilder query = new StringBuilder();
        given.forEach((name, value) -> {
            if (value != null) {
                query.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return query.toString();
    }
}
