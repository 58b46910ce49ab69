package tabula.agents.train;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is to be known of a field of {@link RunConfig}, in one place: errors, the schema, the
 * documentation and the form on the page are made of it. See {@link ConfigField}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {

  ConfigField.Group group();

  /** The default, as JSON has it; texts without quotes. */
  String initial();

  /** What runs did that were started before there was this field; the default if empty. */
  String before() default "";

  /** The lowest number that is allowed. */
  double least() default 0;

  /** The highest number that is allowed. */
  double most() default 0;

  /** A line that says what it does. */
  String means();
}
