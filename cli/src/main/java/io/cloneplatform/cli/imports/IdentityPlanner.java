package io.cloneplatform.cli.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Completes names, addresses and codes so that each is valid and one member's alone, always in the same way. */
final class IdentityPlanner {
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]+\\.[^@\\s\\p{Cntrl}]+");
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_NAME = 100;
    private static final Set<String> GENDERS = Set.of("male", "female", "other");

    private final MemberIndex index;
    private final Findings findings;
    private final Instant now;

    IdentityPlanner(MemberIndex index, Findings findings, Instant now) {
        this.index = index;
        this.findings = findings;
        this.now = now;
    }

    /** The names that members of a batch would like to have, looked up. */
    static TakenNames lookUp(Sql sql, List<MemberRecords> batch) {
        List<String> emails = new ArrayList<>();
        List<String> usernames = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        for (MemberRecords records : batch) {
            Fields fields = new Fields(records.user().value());
            String email = fields.text("email").orElse("");
            emails.add(email);
            usernames.add(fields.text("username").orElse("").toLowerCase(Locale.ROOT));
            usernames.add(Usernames.stem(email));
            codes.addAll(wantedCodes(fields, records));
        }
        return TakenNames.among(sql, emails, usernames, codes);
    }

    Identity plan(MemberRecords records, Fields fields, TakenNames taken) {
        MemberNode node = records.node();
        String key = records.user().key();
        String email = email(node, key, fields, taken);
        String username = username(node, key, fields, email, taken);
        return new Identity(
                email,
                username,
                name(key, fields, username),
                gender(key, fields),
                createdAt(key, fields),
                codes(records, fields, taken));
    }

    private String email(MemberNode node, String key, Fields fields, TakenNames taken) {
        String email = fields.text("email").orElse("");
        boolean valid = email.length() <= LONGEST_EMAIL
                && EMAIL.matcher(email).matches()
                && !email.toLowerCase(Locale.ROOT).endsWith(Usernames.COMPLETED);
        if (valid && index.ownsEmail(node, email) && taken.isEmailFree(email, node.id())) {
            return email;
        }
        fields.keep("email");
        String completed = node.id() + Usernames.COMPLETED;
        String reason = email.isEmpty() ? "missing" : valid ? email + " is another member's" : "no e-mail address";
        findings.add(Oddity.EMAIL_COMPLETED, key, reason + ", became " + completed);
        return completed;
    }

    private String username(MemberNode node, String key, Fields fields, String email, TakenNames taken) {
        String username = fields.text("username").orElse("");
        boolean valid = Usernames.isValid(username);
        if (valid && index.ownsUsername(node, username) && taken.isUsernameFree(username, node.id())) {
            return username;
        }
        String stem = Usernames.stem(email);
        boolean free = Usernames.isValid(stem) && index.ownsStem(node, stem) && taken.isUsernameFree(stem, node.id());
        String completed = free ? stem : Usernames.unique(stem, node.id());
        String reason = username.isEmpty() ? "missing" : valid ? username + " is another member's" : "not usable";
        findings.add(Oddity.USERNAME_COMPLETED, key, reason + ", became " + completed);
        if (!username.isEmpty()) {
            fields.keep("username");
        }
        return completed;
    }

    private String name(String key, Fields fields, String username) {
        String given = fields.text("name", "fullName", "displayName").orElse("");
        String name = Texts.line(given, LONGEST_NAME);
        if (name.equals(given) && !name.isEmpty()) {
            return name;
        }
        fields.keep("name");
        String completed = name.isEmpty() ? username : name;
        findings.add(Oddity.NAME_COMPLETED, key, "became " + completed);
        return completed;
    }

    private String gender(String key, Fields fields) {
        String gender = fields.text("gender").orElse("").toLowerCase(Locale.ROOT);
        if (!gender.isEmpty() && !GENDERS.contains(gender)) {
            findings.add(Oddity.GENDER_UNKNOWN, key, Texts.line(gender, 50));
            fields.keep("gender");
        }
        return GENDERS.contains(gender) ? gender : null;
    }

    private Instant createdAt(String key, Fields fields) {
        return fields.time("createdAt", "created_at").orElseGet(() -> {
            findings.add(Oddity.TIME_COMPLETED, key, "createdAt");
            return now;
        });
    }

    private List<String> codes(MemberRecords records, Fields fields, TakenNames taken) {
        UUID id = records.node().id();
        List<String> wanted = wantedCodes(fields, records);
        List<String> kept = wanted.stream()
                .filter(InvitationCodes::usable)
                .filter(code -> index.ownsCode(records.node(), code) && taken.isCodeFree(code, id))
                .toList();
        if (kept.isEmpty() || kept.size() < wanted.size()) {
            String refused = wanted.isEmpty() ? "none" : String.join(", ", wanted);
            findings.add(
                    Oddity.CODE_REPLACED,
                    records.user().key(),
                    "had " + Texts.line(refused, 100) + (kept.isEmpty() ? ", gets a new one" : ", keeps " + kept));
        }
        return kept;
    }

    private static List<String> wantedCodes(Fields fields, MemberRecords records) {
        return Stream.concat(
                        fields.text("invitationCode", "referralCode").map(InvitationCodes::of).stream(),
                        records.codes().stream())
                .distinct()
                .toList();
    }
}
