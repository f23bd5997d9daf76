package io.cloneplatform.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.cloneplatform.common.json.Json;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** Where a command says what came out: one JSON document, or lines and tables for people. */
public final class Output {
    // What is not ASCII is escaped: a terminal obeys some of it.
    private static final ObjectWriter JSON =
            Json.MAPPER.writerWithDefaultPrettyPrinter().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private final CommandLine command;
    private final PrintWriter out;
    private final boolean json;
    private final boolean full;

    /**
     * The output of a command.
     *
     * @param full whether e-mail addresses are shown whole
     */
    public Output(CommandLine command, boolean json, boolean full) {
        this.command = command;
        this.out = command.getOut();
        this.json = json;
        this.full = full;
    }

    /** Whether a program reads it. */
    public boolean isJson() {
        return json;
    }

    /** Shows an answer: as it is to a program, by the given lines to a person. */
    public void show(JsonNode document, Runnable lines) {
        if (json) {
            out.println(pretty(full ? document : Emails.masked(document)));
        } else {
            lines.run();
        }
        out.flush();
    }

    /** A document as text in which nothing but ASCII stands, DEL included. */
    public static String pretty(JsonNode document) {
        try {
            return JSON.writeValueAsString(document).replace("\u007F", "\\u007F");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line; what others wrote in it is made harmless. */
    public void line(String text) {
        out.println(Plain.text(text));
    }

    /** A heading, bold on a terminal. */
    public void heading(String text) {
        String plain = Plain.text(text);
        out.println(ansi().enabled() ? "\u001B[1m" + plain + "\u001B[0m" : plain);
    }

    /** A mark for good or bad before a line, coloured on a terminal. */
    public void marked(boolean good, String text) {
        marked(good ? "✓" : "✗", good ? 32 : 31, text);
    }

    /** A mark for what is neither. */
    public void unmarked(String text) {
        marked("–", 33, text);
    }

    private void marked(String mark, int colour, String text) {
        String shown = ansi().enabled() ? "\u001B[" + colour + "m" + mark + "\u001B[0m" : mark;
        out.println(shown + " " + Plain.text(text));
    }

    private CommandLine.Help.Ansi ansi() {
        return command.getColorScheme().ansi();
    }

    /** A table, or a sentence when it has no rows. */
    public void table(Table table, String whenEmpty) {
        if (table.isEmpty()) {
            line(whenEmpty);
        } else {
            table.lines().forEach(out::println);
        }
    }

    /** An e-mail address as it may be shown. */
    public String email(JsonNode email) {
        return !email.isTextual() ? "-" : full ? email.textValue() : Emails.masked(email.textValue());
    }
}
