package io.cloneplatform.gateway.validate;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * The patterns of the document as JSON Schema means them, in the dialect of ECMA-262: a dollar at the end stands for the
 * end of the text. To Java it also stands before a last line break, with which a name would get one.
 */
public final class EcmaPattern {
    private EcmaPattern() {}

    /** Compiles a pattern whose only dollar, if it has one, is its last character. */
    public static RegularExpression of(String regex) {
        Pattern pattern = Pattern.compile(regex.endsWith("$") ? regex.substring(0, regex.length() - 1) + "\\z" : regex);
        return text -> pattern.matcher(text).find();
    }
}
