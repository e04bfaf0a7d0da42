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

/** Asks veraPDF whether a file keeps each of the flavours: {@code Vera FILE FLAVOUR...}. */
public class Vera {
  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean compliant = true;
    for (int i = 1; i < arguments.length; i++) {
      compliant &= check(arguments[0], PDFAFlavour.byFlavourId(arguments[i]));
    }
    System.exit(compliant ? 0 : 1);
  }

  /** Prints the verdict and each broken rule once, with the number of times it was broken. */
  private static boolean check(String path, PDFAFlavour flavour) throws Exception {
    try (InputStream file = new FileInputStream(path);
        PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
      PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
      ValidationResult result = validator.validate(parser);
      System.out.println(
          flavour.getId() + " compliant=" + result.isCompliant()
              + " assertions=" + result.getTotalAssertions());
      Map<String, Integer> broken = new TreeMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          String rule = assertion.getRuleId().getClause()
              + "-" + assertion.getRuleId().getTestNumber();
          broken.merge(rule + " " + assertion.getMessage(), 1, Integer::sum);
        }
      }
      broken.forEach((rule, times) -> System.out.println("  broken " + times + " times: " + rule));
      return result.isCompliant();
    }
  }
}
