package io.ocellus.page;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.MustacheFactory;
import java.io.StringWriter;

/** Fills Mustache templates; what stands in double braces is escaped. */
final class Templates {
  private static final MustacheFactory FACTORY = new DefaultMustacheFactory("io/ocellus/page");

  private Templates() {}

  static String render(String name, Object values) {
    StringWriter html = new StringWriter();
    FACTORY.compile(name + ".mustache").execute(html, values);
    return html.toString();
  }
}
