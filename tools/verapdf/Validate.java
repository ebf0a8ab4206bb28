import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Judges PDF files by flavours: Validate 3a,ua1 FILE ...
 *
 * <p>One line a verdict, its parts divided by tabs: "verdict", file, flavour, true or false, number of checks;
 * then one line for each rule that is broken: "broken", how often, clause-test, message.
 */
public final class Validate {
    private Validate() {}

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int at = 1; at < arguments.length; at++) {
            for (String name : arguments[0].split(",")) {
                print(arguments[at], name);
            }
        }
    }

    private static void print(String file, String name) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        try (InputStream bytes = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(bytes, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            line("verdict", file, name, result.isCompliant(), result.getTotalAssertions());
            broken(result).forEach((rule, times) -> line("broken", times, rule));
        }
    }

    private static Map<String, Integer> broken(ValidationResult result) {
        Map<String, Integer> rules = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                String says = String.valueOf(assertion.getMessage()).replaceAll("\\s+", " ");
                rules.merge(rule + "\t" + says, 1, Integer::sum);
            }
        }
        return rules;
    }

    private static void line(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(text.length() == 0 ? "" : "\t").append(part);
        }
        System.out.println(text);
    }
}
