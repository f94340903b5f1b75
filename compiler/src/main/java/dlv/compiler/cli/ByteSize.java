package dlv.compiler.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as people write it: {@code 4GiB}, {@code 512M}, {@code 65536}; units are powers of 1024. */
final class ByteSize implements ITypeConverter<Long> {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([kmgt]?)(i?b)?");

  @Override
  public Long convert(String value) {
    Matcher form = FORM.matcher(value.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new TypeConversionException("`" + value + "` is no size: write 4GiB, 512MiB or a number of bytes");
    }
    int power = 1 + "kmgt".indexOf(form.group(2).isEmpty() ? ' ' : form.group(2).charAt(0));
    try {
      return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << 10 * power);
    } catch (ArithmeticException e) {
      throw new TypeConversionException("`" + value + "` is more than any memory");
    }
  }
}
