package io.cloneplatform.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
    private static final List<String> PRODUCED = List.of("application/json", "text/csv");

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static HttpServer server;

    @BeforeAll
    static void start() {
        Router router = Router.router(VERTX);
        router.route().handler(context -> context.end(Negotiation.mediaType(context, PRODUCED)));
        server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    private static HttpResponse<String> ask(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv",
                "TEXT/CSV",
                "text/*",
                "text/csv; charset=utf-8",
                "text/csv, */*",
                "*/*, text/csv",
                "application/json;q=0.5, text/csv",
                "application/json ; q=0.4 , text/csv ; q=0.6",
                "text/csv;q=0.1",
                "image/png, text/csv;q=0.2",
                "application/json;q=0, */*"
            })
    void givesTheFormThatTheClientPrefers(String accept) throws Exception {
        assertThat(ask("Accept", accept).body()).isEqualTo("text/csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "*",
                "application/json",
                "application/*",
                "application/json, text/plain, */*",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/csv;q=0.5, application/json",
                "text/csv;q=0, */*",
                "text/csv;q=0",
                "image/png",
                "",
                ";;;q=abc",
                "text",
                "/",
                "text/csv/more",
                "\""
            })
    void givesJsonToEveryoneElse(String accept) throws Exception {
        assertThat(ask("Accept", accept).body()).isEqualTo("application/json");
    }

    @Test
    void givesJsonWithoutAWishAndTellsCaches() throws Exception {
        HttpResponse<String> answer = ask();
        assertThat(answer.body()).isEqualTo("application/json");
        assertThat(answer.headers().firstValue("Vary"))
                .hasValueSatisfying(vary -> assertThat(vary).isEqualToIgnoringCase("Accept"));
    }
}
